/** One field's correction: the form for it, and what stands since. */
import { Button, Checkbox, Radio, TextInput, Textarea } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import type { useFetcher } from 'react-router'
import { Actor } from '../ui/actor.tsx'
import { count, money, monthRange } from '../ui/format.ts'
import { Ago } from '../ui/time.tsx'
import { inSentence, word } from '../ui/words.ts'
import { typed, valueOf, type CorrectableField } from './corrections.ts'
import styles from './recalls.module.css'
import { saidValue } from './said-value.tsx'
import type { Correction, Recall } from './types.ts'

/** What became of a correction or of its withdrawal. `effect` is a sentence on what it did; `at` names the input at fault. */
export type CorrectionAnswer = { field: string } & ({ ok: true; effect: string } | { ok: false; at: string | null; message: string })

const REASON_LENGTH_MAX = 4_000

export function CorrectionForm({
  recall,
  field,
  correction,
  fetcher,
  onCancel,
}: {
  recall: Recall
  field: CorrectableField
  correction: Correction | null
  fetcher: ReturnType<typeof useFetcher<CorrectionAnswer>>
  onCancel: () => void
}) {
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  // The answer of an earlier opening of the form is not this one's.
  const [before] = useState(fetcher.data)
  const answer = fetcher.data === before ? null : fetcher.data
  const problem = answer?.ok === false && answer.field === field.field ? answer : null
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input:not([type=hidden]), textarea')?.focus()
  }, [])
  const saving = (intent: string) => fetcher.state !== 'idle' && fetcher.formData?.get('intent') === intent
  return (
    <fetcher.Form
      ref={form}
      method="post"
      className={styles['correction']}
      noValidate
      aria-label={`Correct: ${field.name}`}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <input type="hidden" name="field" value={field.field} />
      <input type="hidden" name="currency" value={recall.scope.currency} />
      {correction !== null && <input type="hidden" name="correction_no" value={correction.correction_no} />}
      <ValueInput recall={recall} field={field} error={problem?.at === 'value' ? problem.message : undefined} />
      <Textarea
        id={`${id}-reason`}
        name="reason"
        label="Reason"
        description="What in the agency’s text says so. It is kept with your name."
        rows={2}
        maxLength={REASON_LENGTH_MAX}
        error={problem?.at === 'reason' ? problem.message : undefined}
      />
      <p className="dim">It holds above every later reading of the text, until somebody withdraws it. Listings are then compared again.</p>
      <div className="row">
        <Button type="submit" name="intent" value="correct" loading={saving('correct')}>
          Save the correction
        </Button>
        {correction !== null && (
          <Button type="submit" name="intent" value="withdraw" variant="default" loading={saving('withdraw')}>
            Withdraw the correction
          </Button>
        )}
        <Button variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      {problem !== null && problem.at !== 'value' && problem.at !== 'reason' && <strong role="alert">{problem.message}</strong>}
    </fetcher.Form>
  )
}

/** Nothing is said where a field is left empty: "unknown" must stay sayable. */
const HOW: Record<string, string> = {
  list: 'One per line. Leave it empty where the agency does not state any.',
  count: 'A whole number. Leave it empty where the agency does not state one.',
  month: 'As YYYY-MM. Leave it empty where the agency does not state one.',
  places: 'One country and its number per line: CA 1200.',
}

function ValueInput({ recall, field, error }: { recall: Recall; field: CorrectableField; error: string | undefined }) {
  const id = useId()
  const { currency } = recall.scope
  const value = valueOf(recall, field.field)
  const now = typed(field.kind, value, currency)
  switch (field.kind) {
    case 'choices':
      return (
        <Checkbox.Group label={field.name} defaultValue={value as string[]} error={error}>
          <div className={styles['choices']}>
            {field.choices!.map((choice) => (
              <Checkbox key={choice} name="value" value={choice} label={word(choice)} id={`${id}-${choice}`} />
            ))}
          </div>
        </Checkbox.Group>
      )
    case 'flag':
    case 'yes':
      return (
        <Radio.Group name="value" label={field.name} defaultValue={now} error={error}>
          <div className="row" style={{ paddingTop: 4 }}>
            <Radio value="true" label="Yes" id={`${id}-yes`} />
            <Radio value="false" label="No" id={`${id}-no`} />
            {field.kind === 'flag' && <Radio value="" label="Not stated" id={`${id}-unsaid`} />}
          </div>
        </Radio.Group>
      )
    case 'list':
    case 'places':
      return (
        <Textarea
          id={id}
          name="value"
          label={field.name}
          description={HOW[field.kind]}
          defaultValue={now}
          rows={Math.min(8, Math.max(3, now.split('\n').length))}
          error={error}
        />
      )
    default:
      return (
        <TextInput
          id={id}
          name="value"
          label={field.name}
          description={field.kind === 'price' ? `In ${currency}. Leave it empty where the agency does not state one.` : HOW[field.kind]}
          defaultValue={now}
          error={error}
        />
      )
  }
}

/** Below the value that a person gave: who, when, why, and what is read from the text. */
export function CorrectionNote({ recall, field, correction }: { recall: Recall; field: CorrectableField; correction: Correction }) {
  const { read_now: readNow, reason, decided_by, decided_at, text_changed_since } = correction
  return (
    <div className={styles['corrected']}>
      <p>
        Corrected by <Actor actor={decided_by} /> <Ago at={decided_at} />: {reason}
      </p>
      <p className="dim">Read from the text: {saidValue(field, readNow, recall.scope.currency)}.</p>
      {text_changed_since && (
        <p>
          <strong>The agency has changed its text since.</strong> Look whether the correction still holds.
        </p>
      )}
    </div>
  )
}

const WORDS_MAX = 8

/** A value of a field as one says it. */
export function inWords({ kind }: CorrectableField, value: unknown, currency: string): string {
  if (value === null || value === undefined) return 'not stated'
  switch (kind) {
    case 'list':
    case 'choices': {
      const items = (value as string[]).map((item) => (kind === 'choices' ? inSentence(item) : item))
      if (items.length === 0) return 'not stated'
      return items.length <= WORDS_MAX
        ? items.join(', ')
        : `${items.slice(0, WORDS_MAX).join(', ')} and ${count(items.length - WORDS_MAX)} more`
    }
    case 'places': {
      const places = Object.entries(value as Record<string, number>)
      return places.length === 0 ? 'not stated' : places.map(([country, units]) => `${count(units)} in ${country}`).join(', ')
    }
    case 'flag':
    case 'yes':
      return value === true ? 'yes' : 'no'
    case 'month':
      return monthRange(String(value), String(value)) ?? 'not stated'
    case 'price':
      return money(Number(value), currency)
    case 'count':
      return count(Number(value))
    default:
      return kind satisfies never
  }
}
