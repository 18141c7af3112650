/** Around a table of rows: filters that live in the address, what to say when there are none, the next rows, the same rows as CSV. */
import { Button, TextInput } from '@mantine/core'
import { useMemo, useRef, type ReactNode } from 'react'
import { Form, Link, useSearchParams } from 'react-router'
import { changedSearch, type Search } from '../paths.ts'
import { useKeys, type Keys } from './keys.tsx'
import styles from './table.module.css'
import { word } from './words.ts'

export function Filters({ children }: { children: ReactNode }) {
  return <div className={styles['filters']}>{children}</div>
}

/** One filter as links: `All`, or what `all` calls it, then its values. `clears` names the filters that a value does not go with. */
export function ChoiceFilter(props: {
  name: string
  label: string
  values: readonly string[]
  clears?: Readonly<Record<string, readonly string[]>>
  all?: string
  /** The word of a value, where the value alone is not it. */
  word?: (value: string) => string
}) {
  const { name, label, values, clears = {}, all = 'All', word: key = (value: string) => value } = props
  const [search] = useSearchParams()
  const chosen = search.get(name) ?? ''
  const change = (value: string): Search => ({ ...Object.fromEntries((clears[value] ?? []).map((other) => [other, null])), [name]: value })
  return (
    <nav className={styles['filter']} aria-label={`Filter by ${label.toLowerCase()}`}>
      <span>{label}</span>
      {['', ...values].map((value) => (
        <Link key={value} to={changedSearch(search, change(value))} aria-current={chosen === value ? 'true' : undefined} preventScrollReset>
          {value === '' ? all : word(key(value))}
        </Link>
      ))}
    </nav>
  )
}

/** A filter that a link has set: what it leaves, and a link that takes it away. */
export function Narrowed({ name, text }: { name: string; text: string }) {
  const [search] = useSearchParams()
  return (
    <p className={styles['narrowed']}>
      {text}.{' '}
      <Link to={changedSearch(search, { [name]: null })} preventScrollReset>
        Show all<span className="visually-hidden"> again, not “{text}”</span>
      </Link>
    </p>
  )
}

/** A search box whose words go into the address as `q`; `/` puts the cursor into it. */
export function SearchBox({ label, placeholder, keep = [] }: { label: string; placeholder?: string; keep?: readonly string[] }) {
  const [search] = useSearchParams()
  const input = useRef<HTMLInputElement>(null)
  useKeys(useMemo<Keys>(() => ({ '/': { does: 'Search', run: () => input.current?.focus() } }), []))
  const asked = search.get('q') ?? ''
  return (
    <search>
      <Form method="get" className="row" style={{ alignItems: 'flex-end' }}>
        {keep.map((name) => {
          const value = search.get(name)
          return value === null ? null : <input key={name} type="hidden" name={name} value={value} />
        })}
        <TextInput
          key={asked}
          ref={input}
          name="q"
          type="search"
          label={label}
          defaultValue={asked}
          {...(placeholder === undefined ? {} : { placeholder })}
          style={{ flex: '0 1 360px' }}
        />
        <Button type="submit" variant="default">
          Search
        </Button>
      </Form>
    </search>
  )
}

/** Below the rows: the next ones, the first ones, and all of them as a file. */
export function ListFoot({ shown, next, csv }: { shown: number; next: string | null; csv: string }) {
  const [search] = useSearchParams()
  return (
    <nav className={`${styles['foot']} no-print`} aria-label="More rows">
      {next !== null && (
        <Button component={Link} to={withCursor(search, next)} variant="default">
          Next {shown} rows
        </Button>
      )}
      {search.has('cursor') && <Link to={changedSearch(search, {})}>Back to the first rows</Link>}
      {shown > 0 && (
        <a href={csv} download>
          Download as CSV
        </a>
      )}
    </nav>
  )
}

function withCursor(search: URLSearchParams, cursor: string): string {
  const next = new URLSearchParams(search)
  next.set('cursor', cursor)
  return `?${next}`
}
