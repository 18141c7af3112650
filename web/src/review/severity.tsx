/** How dangerous: the word, with the sign of its colour beside it (ANSI Z535: red, orange, yellow with black). */
import styles from './review.module.css'
import { word } from '../ui/words.ts'

export function Severity({ severity }: { severity: string }) {
  return (
    <span className={styles['severity']} data-severity={severity}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 .8 11.6 11H.4Z" />
      </svg>
      {word(severity)}
    </span>
  )
}
