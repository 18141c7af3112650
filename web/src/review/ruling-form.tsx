/** The ruling: three answers, a reason that is never empty, and on to the next match. `a`, `n`, `p` choose, Enter saves, `r` goes to the reason. */
import { Button, Radio, Textarea } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useFetcher, useNavigate } from 'react-router'
import type { Answer, Ruled } from '../recalls/types.ts'
import { useKeys, type Keys } from '../ui/keys.tsx'
import { inSentence, word } from '../ui/words.ts'
import { refreshOpenCount } from './open-count.ts'
import styles from './review.module.css'
import { useSay } from './said.tsx'
import { templatesFor } from './templates.ts'
import type { ReviewedMatch } from './types.ts'

export type RulingAnswer =
  | { ok: true; ruled: Ruled & { decision_no: number }; release: { ok: true } | { ok: false; message: string } | null }
  | { ok: false; field: string | null; message: string }

const RULINGS: readonly { ruling: Answer; key: string }[] = [
  { ruling: 'affected', key: 'a' },
  { ruling: 'possibly', key: 'p' },
  { ruling: 'no', key: 'n' },
]

export function RulingForm({ match, next }: { match: ReviewedMatch; next: string }) {
  const fetcher = useFetcher<RulingAnswer>()
  const [ruling, setRuling] = useState<Answer | null>(null)
  const [reason, setReason] = useState('')
  const save = useRef<HTMLButtonElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  // The way on is the one from where the ruling was made; the queue is shorter afterwards.
  const onwards = useRef(next)
  useOnwards(match, fetcher.data, onwards)
  const templates = ruling === null ? [] : templatesFor(ruling, match)
  const choose = useMemo(
    () => (chosen: Answer) => {
      setRuling(chosen)
      // What was typed stays; what a template put in gives way to the template of the new answer.
      setReason((written) => (isTemplate(written, match) ? (templatesFor(chosen, match)[0] ?? '') : written))
    },
    [match],
  )
  useKeys(
    useMemo<Keys>(() => {
      const keys = RULINGS.map(({ ruling: each, key }): [string, Keys[string]] => [
        key,
        {
          does: `Rule: ${inSentence(each)} (Enter saves)`,
          run: () => {
            choose(each)
            save.current?.focus()
          },
        },
      ])
      return { ...Object.fromEntries(keys), r: { does: 'To the reason', run: () => area.current?.focus() } }
    }, [choose]),
  )
  const problem = fetcher.data?.ok === false ? fetcher.data : null
  const stopped = match.campaign !== null && match.campaign.stopped_at !== null && match.campaign.released_at === null
  return (
    <fetcher.Form
      method="post"
      className={styles['form']}
      noValidate
      onSubmit={() => {
        onwards.current = next
      }}
      aria-labelledby="ruling-title"
    >
      <h2 id="ruling-title">Your ruling</h2>
      <input type="hidden" name="stopped_by" value={stopped ? (match.campaign?.campaign_id ?? '') : ''} />
      <Radio.Group
        name="ruling"
        value={ruling ?? ''}
        onChange={(value) => choose(value as Answer)}
        label="This listing is"
        error={problem?.field === 'ruling' ? problem.message : undefined}
      >
        <div className={styles['choices']}>
          {RULINGS.map(({ ruling: each }) => (
            <Radio key={each} value={each} label={word(each)} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        ref={area}
        name="reason"
        label="Reason"
        description="What decides it. It is kept with your name, and the seller can read it."
        rows={4}
        maxLength={4000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
        }}
        error={problem?.field === 'reason' ? problem.message : undefined}
      />
      {templates.length > 1 && (
        <div>
          <p className="dim small">Or begin with:</p>
          <ul className={styles['templates']}>
            {templates
              .filter((text) => text !== reason)
              .map((text) => (
                <li key={text}>
                  <button
                    type="button"
                    onClick={() => {
                      setReason(text)
                      area.current?.focus()
                    }}
                  >
                    {text}
                  </button>
                </li>
              ))}
          </ul>
        </div>
      )}
      <Consequence ruling={ruling} stopped={stopped} match={match} />
      <div className="row">
        <Button ref={save} type="submit" loading={fetcher.state !== 'idle'}>
          {ruling === null ? 'Save ruling' : `Save: ${inSentence(ruling)}`}
        </Button>
        {problem !== null && problem.field !== 'ruling' && problem.field !== 'reason' && <strong role="alert">{problem.message}</strong>}
      </div>
    </fetcher.Form>
  )
}

function isTemplate(written: string, match: ReviewedMatch): boolean {
  return written.trim() === '' || RULINGS.some(({ ruling }) => templatesFor(ruling, match).includes(written))
}

/** What saving does besides, before it is done. */
function Consequence({ ruling, stopped, match }: { ruling: Answer | null; stopped: boolean; match: ReviewedMatch }) {
  if (ruling === 'affected' && match.campaign !== null && !stopped)
    return <p className="dim">A campaign is open: this listing is stopped at once, and its buyers are told.</p>
  if (ruling === 'no' && stopped)
    return <p className="dim">The listing is stopped. Saving asks for its release; it stays stopped until another officer confirms.</p>
  if (ruling === 'possibly' && stopped) return <p className="dim">The listing stays stopped.</p>
  return null
}

/** Once the ruling is saved: say what it did, count again, open the next match. */
function useOnwards(match: ReviewedMatch, answer: RulingAnswer | undefined, onwards: React.RefObject<string>): void {
  const handled = useRef<RulingAnswer>(undefined)
  const say = useSay()
  const navigate = useNavigate()
  useEffect(() => {
    if (answer?.ok !== true || handled.current === answer) return
    handled.current = answer
    const { ruled, release } = answer
    const { recall_id, listing_id, listing } = match
    const undo = { recall_id, listing_id, decision_no: ruled.decision_no, title: listing.title }
    const built = ruled.campaign?.effect === 'extended' || release?.ok === true
    const text = `${effectOf(ruled, listing.title)}${releaseText(release)}`
    say(built ? { text } : { text, undo })
    void refreshOpenCount()
    void navigate(onwards.current)
  }, [answer, match, say, navigate, onwards])
}

function effectOf({ campaign, ruling }: Ruled, title: string): string {
  const saved = `Saved: “${title}” is ${inSentence(ruling ?? 'no')}.`
  if (campaign === null) return saved
  if (campaign.effect === 'extended') return `${saved} The campaign stopped it at once, and its buyers are being told.`
  return ruling === 'affected' ? `${saved} The campaign had stopped it already.` : saved
}

function releaseText(release: (RulingAnswer & { ok: true })['release']): string {
  if (release === null) return ''
  return release.ok
    ? ' Its release waits for another officer under “Releases to confirm”.'
    : ` Its release was not asked for: ${release.message}`
}
