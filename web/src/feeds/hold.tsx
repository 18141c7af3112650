/** Dumps of unusual size of one agency, with both sizes, and a person's decision on them. */
import { Button, Textarea } from '@mantine/core'
import type { useFetcher } from 'react-router'
import { count } from '../ui/format.ts'
import { Ago } from '../ui/time.tsx'
import styles from './feeds.module.css'
import { sizeText } from './health.ts'
import type { FeedStatus, HoldRuling } from './types.ts'

/** What became of a decision. `effect` is a sentence on what it did. */
export type HoldAnswer = { agency: string } & ({ ok: true; effect: string } | { ok: false; field: string | null; message: string })

const REASON_LENGTH_MAX = 500

/** One decision is on all that is held of the agency, as the server takes it. */
export function Holds({ feed, fetcher }: { feed: FeedStatus; fetcher: ReturnType<typeof useFetcher<HoldAnswer>> }) {
  const { agency } = feed
  const held = feed.sources.flatMap(({ source, hold }) => (hold === null ? [] : [{ source, ...hold }]))
  const problem = fetcher.data?.agency === agency && !fetcher.data.ok ? fetcher.data : null
  const atField = problem?.field === 'reason'
  const deciding = (ruling: HoldRuling) =>
    fetcher.state !== 'idle' && fetcher.formData?.get('agency') === agency && fetcher.formData.get('ruling') === ruling
  return (
    <fetcher.Form method="post" className={styles['hold']} noValidate>
      <input type="hidden" name="agency" value={agency} />
      <h3>{held.length === 1 ? 'A dump is held' : `${held.length} dumps are held; you decide on all of them`}</h3>
      <ul>
        {held.map(({ source, items, usual_items: usual, reason, held_at }) => (
          <li key={source}>
            <strong>
              {source}: {count(items)} items, {sizeText(items, usual)}
            </strong>
            . Held <Ago at={held_at} />: {reason}.
          </li>
        ))}
      </ul>
      <Textarea
        id={`hold-reason-${agency}`}
        name="reason"
        label="Reason"
        description="What you found out about the size. It is kept with your name."
        rows={2}
        maxLength={REASON_LENGTH_MAX}
        error={atField ? problem.message : undefined}
      />
      <div className="row">
        <Button type="submit" name="ruling" value="release" variant="default" loading={deciding('release')}>
          Release: take it in
        </Button>
        <Button type="submit" name="ruling" value="refuse" variant="default" loading={deciding('refuse')}>
          Refuse: take in nothing
        </Button>
      </div>
      {problem !== null && !atField && <strong role="alert">{problem.message}</strong>}
    </fetcher.Form>
  )
}
