/** What a field says, value by value, each leading to the words that say it. */
import type { ReactNode } from 'react'
import { count, money, monthRange } from '../ui/format.ts'
import { inSentence } from '../ui/words.ts'
import type { CorrectableField } from './corrections.ts'
import { Said } from './said.tsx'

/** Unknown never means "none". */
export const UNSAID = (
  <span key="unsaid" className="dim">
    not stated
  </span>
)

/** A value of a field in words, each part leading to where it was read. */
export function saidValue(field: CorrectableField, value: unknown, currency: string): ReactNode {
  if (value === null || value === undefined) return UNSAID
  const each = (one: unknown, words: ReactNode) => (
    <Said field={field.field} value={one}>
      {words}
    </Said>
  )
  switch (field.kind) {
    case 'list':
    case 'choices':
      return list(field, value as string[])
    case 'places': {
      const places = Object.entries(value as Record<string, number>)
      if (places.length === 0) return UNSAID
      return joined(places.map(([country, units]) => [country, each(`${country} ${units}`, `${count(units)} in ${country}`)]))
    }
    case 'flag':
    case 'yes':
      // That nothing says so is no place of the text.
      return value === true ? each(true, 'yes') : field.field === 'online_only' ? each(false, 'no') : 'no'
    case 'month':
      return each(value, monthRange(String(value), String(value)))
    case 'price':
      return each(value, money(Number(value), currency))
    case 'count':
      return each(value, count(Number(value)))
    default:
      return field.kind satisfies never
  }
}

const SHOWN_MAX = 12
/** The page's own language for codes: fixed width, as they are compared letter by letter. */
const CODES: readonly string[] = ['models', 'gtins', 'lots', 'serials', 'expands']

function list({ field, kind }: CorrectableField, values: readonly string[]): ReactNode {
  if (values.length === 0) return UNSAID
  const items = values.map((value): [string, ReactNode] => [
    value,
    <Said key={value} field={field} value={value}>
      {kind === 'choices' ? inSentence(value) : value === '*' ? 'and others' : value.replace(/\*$/, '…')}
    </Said>,
  ])
  const look = CODES.includes(field) ? 'mono' : undefined
  if (items.length <= SHOWN_MAX) return <span className={look}>{joined(items)}</span>
  return (
    <details>
      <summary>
        {count(values.length)}: <span className={look}>{values.slice(0, 3).join(', ')} …</span>
      </summary>
      <span className={look}>{joined(items)}</span>
    </details>
  )
}

function joined(items: readonly (readonly [string, ReactNode])[]): ReactNode {
  return items.map(([key, item], index) => (
    <span key={key}>
      {index > 0 && ', '}
      {item}
    </span>
  ))
}
