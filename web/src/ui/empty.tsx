/** What would be here, how it gets here, and a first step. */
import type { ReactNode } from 'react'
import styles from './blocks.module.css'

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <p className={styles['emptyTitle']}>{title}</p>
      {children}
    </div>
  )
}
