/** A person's ruling on a match, with the reason that must stand behind it. */
import { Button, Radio, Textarea } from '@mantine/core'
import { useId } from 'react'
import type { useFetcher } from 'react-router'
import { word } from '../ui/words.ts'
import type { Answer, Match } from './types.ts'

/** What became of a ruling. `effect` is a sentence on what it did. */
export type RulingAnswer = { listing_id: string } & ({ ok: true; effect: string } | { ok: false; field: string | null; message: string })

const RULINGS: readonly Answer[] = ['affected', 'possibly', 'no']

export function Ruling({
  match,
  campaignOpen,
  fetcher,
}: {
  match: Match
  campaignOpen: boolean
  fetcher: ReturnType<typeof useFetcher<RulingAnswer>>
}) {
  const id = useId()
  const data = fetcher.data?.listing_id === match.listing_id ? fetcher.data : null
  const problem = data?.ok === false ? data : null
  const own = problem?.field === 'ruling' || problem?.field === 'reason' ? problem.field : null
  return (
    // A saved ruling starts the form afresh.
    <fetcher.Form method="post" className="stack" key={`${match.ruling} ${match.decision_reason}`} noValidate>
      <input type="hidden" name="listing_id" value={match.listing_id} />
      <input type="hidden" name="recall_id" value={match.recall_id} />
      <Radio.Group
        name="ruling"
        label={match.ruling === null ? 'Your ruling' : 'Change the ruling'}
        error={own === 'ruling' ? problem?.message : undefined}
      >
        <div className="row" style={{ paddingTop: 4 }}>
          {RULINGS.map((ruling) => (
            <Radio key={ruling} value={ruling} label={word(ruling)} id={`${id}-${ruling}`} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        id={`${id}-reason`}
        name="reason"
        label="Reason"
        description="What you saw that decides it. It is kept with your name, and the seller can read it."
        rows={2}
        maxLength={4000}
        error={own === 'reason' ? problem?.message : undefined}
      />
      {campaignOpen && (
        <p className="dim">
          A campaign is open on this recall. If you rule “affected”, this listing is stopped at once and its buyers are told.
        </p>
      )}
      <div className="row">
        <Button
          type="submit"
          variant="default"
          loading={fetcher.state !== 'idle' && fetcher.formData?.get('listing_id') === match.listing_id}
        >
          Save ruling
        </Button>
        {problem !== null && own === null && <strong role="alert">{problem.message}</strong>}
      </div>
    </fetcher.Form>
  )
}
