/** A picture of numbers with the same numbers as a table one key (`t`) or one link away; which of the two is in the address. */
import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { changedSearch } from '../paths.ts'
import styles from './picture.module.css'

const PARAMETER = 'tables'

/** The names of the pictures that are shown as tables, from the address. */
export function tablesShown(search: URLSearchParams): Set<string> {
  return new Set((search.get(PARAMETER) ?? '').split(' ').filter((name) => name !== ''))
}

export function tablesSearch(search: URLSearchParams, names: Iterable<string>): string {
  return changedSearch(search, { [PARAMETER]: [...names].join(' ') })
}

export function Picture({
  name,
  title,
  lead,
  picture,
  table,
}: {
  name: string
  title: string
  lead?: ReactNode
  picture: ReactNode
  table: ReactNode
}) {
  const [search] = useSearchParams()
  const shown = tablesShown(search)
  const asTable = shown.has(name)
  const others = [...shown].filter((each) => each !== name)
  return (
    <section className={styles['picture']} aria-labelledby={`${name}-title`}>
      <div className={styles['top']}>
        <h2 id={`${name}-title`}>{title}</h2>
        <Link to={tablesSearch(search, asTable ? others : [...others, name])} replace preventScrollReset className="quiet no-print">
          {asTable ? 'Show the picture' : 'Show as a table'}
          <span className="visually-hidden"> of: {title}</span>
        </Link>
      </div>
      {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
      {asTable ? table : picture}
    </section>
  )
}
