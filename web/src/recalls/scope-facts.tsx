/**
 * The scope as we read it from the text, each value leading to its words, each field with its correction. What the agency did not say is said
 * to be unsaid: unknown never means "none".
 */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useFetcher } from 'react-router'
import { count, money, monthRange } from '../ui/format.ts'
import { inSentence } from '../ui/words.ts'
import { CorrectionForm, CorrectionNote, type CorrectionAnswer } from './correction.tsx'
import { FIELDS, valueOf, type CorrectableField } from './corrections.ts'
import styles from './recalls.module.css'
import { Said } from './said.tsx'
import type { Correction, Recall } from './types.ts'

const UNSAID = (
  <span key="unsaid" className="dim">
    not stated
  </span>
)

/** `onSaved` is told what a saved correction or withdrawal did. */
export function ScopeFacts({
  recall,
  corrections,
  onSaved,
}: {
  recall: Recall
  corrections: readonly Correction[]
  onSaved: (effect: string) => void
}) {
  const [open, setOpen] = useState<string | null>(null)
  const fetcher = useFetcher<CorrectionAnswer>()
  const handled = useRef<CorrectionAnswer>(undefined)
  const buttons = useRef(new Map<string, HTMLButtonElement>())
  useEffect(() => {
    // Once the page has read again what it shows: a field may stand elsewhere then, and its button is to have the keyboard.
    if (fetcher.state !== 'idle' || fetcher.data?.ok !== true || handled.current === fetcher.data) return
    handled.current = fetcher.data
    setOpen(null)
    buttons.current.get(fetcher.data.field)?.focus()
    onSaved(fetcher.data.effect)
  }, [fetcher.data, fetcher.state, onSaved])
  function close(field: string): void {
    setOpen(null)
    buttons.current.get(field)?.focus()
  }
  const rows = FIELDS.map((field) => ({
    field,
    value: saidValue(recall, field),
    correction: corrections.find((each) => each.field === field.field && each.withdrawn_at === null) ?? null,
  }))
  const said = rows.filter(({ value, correction }) => value !== UNSAID || correction !== null)
  const unsaid = rows.filter((row) => !said.includes(row))
  const button = ({ field, name }: CorrectableField, words: string) => (
    <button
      type="button"
      ref={(element) => void (element === null ? buttons.current.delete(field) : buttons.current.set(field, element))}
      className={styles['correct']}
      aria-expanded={open === field}
      aria-label={`Correct: ${name}`}
      onClick={() => setOpen(open === field ? null : field)}
    >
      {words}
    </button>
  )
  const form = ({ field, correction }: (typeof rows)[number]) =>
    open === field.field && (
      <CorrectionForm recall={recall} field={field} correction={correction} fetcher={fetcher} onCancel={() => close(field.field)} />
    )
  return (
    <dl className={styles['facts']}>
      {said.map((row) => (
        <div key={row.field.field} className={styles['factRow']}>
          <dt>{row.field.name}</dt>
          <dd>
            <div className={styles['factLine']}>
              <div>{row.value}</div>
              {button(row.field, 'Correct')}
            </div>
            {row.correction !== null && <CorrectionNote recall={recall} field={row.field} correction={row.correction} />}
            {form(row)}
          </dd>
        </div>
      ))}
      {unsaid.length > 0 && (
        <div className={styles['factRow']}>
          <dt>Not stated</dt>
          <dd>
            <div className={styles['unsaid']}>
              {unsaid.map(({ field }) => (
                <span key={field.field}>{button(field, field.name)}</span>
              ))}
            </div>
            {unsaid.map((row) => (
              <div key={row.field.field}>{form(row)}</div>
            ))}
          </dd>
        </div>
      )}
      {recall.firms.length > 0 && (
        <div className={styles['factRow']}>
          <dt>Firms</dt>
          <dd>{recall.firms.map((firm) => `${firm.name} (${firm.role})`).join(', ')}</dd>
        </div>
      )}
    </dl>
  )
}

function saidValue(recall: Recall, field: CorrectableField): ReactNode {
  const value = valueOf(recall, field.field)
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
      return each(value, money(Number(value), recall.scope.currency))
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
