/** The pieces pages are made of: head with crumbs, facts, notes, key figures. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import styles from './blocks.module.css'
import { count } from './format.ts'

export type Crumb = { to: string; name: string }

/** The head of a page: where it is, its one heading, what it is about, its one main action. The title goes into the tab too. */
export function PageHead({
  title,
  crumbs = [],
  lead,
  action,
}: {
  title: string
  crumbs?: readonly Crumb[]
  lead?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={styles['head']}>
      <title>{[title, ...crumbs.map((crumb) => crumb.name).toReversed(), 'Tocsin'].join(' · ')}</title>
      {crumbs.length > 0 && (
        <nav aria-label="Where this page is">
          <ol className={styles['crumbs']}>
            {crumbs.map((crumb) => (
              <li key={crumb.to}>
                <Link to={crumb.to} className="quiet">
                  {crumb.name}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className={styles['headRow']}>
        <h1>{title}</h1>
        {action}
      </div>
      {lead !== undefined && <div className={styles['lead']}>{lead}</div>}
    </div>
  )
}

/** Names and what they are. A fact that nobody stated says so where it matters, else it is left out by the caller. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A note beside the text. The colours of danger are kept for the dangers of products; our own problems are ink. */
export function Note({
  title,
  kind = 'plain',
  role,
  children,
}: {
  title: string
  kind?: 'plain' | 'problem' | 'warning' | 'danger'
  role?: 'alert' | 'status'
  children?: ReactNode
}) {
  return (
    <div className={styles['note']} data-kind={kind} role={role}>
      <p className={styles['noteTitle']}>{title}</p>
      {children}
    </div>
  )
}

export type Figure = { name: string; value: number; to: string; beside?: ReactNode }

/** Key figures in one row, each a link to its rows. */
export function KeyFigures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={styles['figures']}>
      {figures.map((figure) => (
        <div key={figure.name} className={styles['figure']}>
          <dt>{figure.name}</dt>
          <dd>
            <Link to={figure.to}>{count(figure.value)}</Link>
            <small>{figure.beside ?? '\u00a0'}</small>
          </dd>
        </div>
      ))}
    </dl>
  )
}
