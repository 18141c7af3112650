/**
 * The scope as we read it from the text, each value leading to its words, each field with its correction. What the agency did not say is said
 * to be unsaid: unknown never means "none".
 */
import { useEffect, useRef, useState } from 'react'
import { useFetcher } from 'react-router'
import { CorrectionForm, CorrectionNote, type CorrectionAnswer } from './correction.tsx'
import { FIELDS, valueOf, type CorrectableField } from './corrections.ts'
import styles from './recalls.module.css'
import { saidValue, UNSAID } from './said-value.tsx'
import type { Correction, Recall } from './types.ts'

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
    value: saidValue(field, valueOf(recall, field.field), recall.scope.currency),
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
