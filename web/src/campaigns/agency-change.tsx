/** A newer revision of the recall: what it says otherwise, whom it touches, and the officer's decision on it. */
import { Button, Checkbox, Textarea } from '@mantine/core'
import { useParams, type useFetcher } from 'react-router'
import { api } from '../paths.ts'
import { Note } from '../ui/blocks.tsx'
import { count, counted, listed, weight } from '../ui/format.ts'
import { Table, type Column } from '../ui/table.tsx'
import { Ago } from '../ui/time.tsx'
import { inSentence, word } from '../ui/words.ts'
import styles from './campaigns.module.css'
import type { ChangeAnswer } from './changes-page.tsx'
import type { Proposal, ProposalListing } from './types.ts'

type Fetcher = ReturnType<typeof useFetcher<ChangeAnswer>>

const FIELDS: readonly Column<Proposal['fields'][number]>[] = [
  { head: 'What', cell: (row) => word(`field:${row.field}`) },
  { head: 'Before', wide: true, cell: (row) => said(row.before) },
  { head: 'Now', wide: true, cell: (row) => said(row.after) },
  { head: 'Scope', cell: (row) => word(row.direction) },
]

const CAME_FROM: Record<Proposal['cause'], string> = {
  document: '',
  reading: ', from reading the same notice again',
  correction: ', from a correction that an officer made',
}

export function AgencyChange(props: { proposal: Proposal; listings: readonly ProposalListing[]; fetcher: Fetcher }) {
  const { proposal, listings, fetcher } = props
  const problem = fetcher.data?.form === 'change' && !fetcher.data.ok ? fetcher.data : null
  const deciding = (verb: string) =>
    fetcher.state !== 'idle' && fetcher.formData?.get('form') === 'change' && fetcher.formData.get('verb') === verb
  return (
    <section className="stack" aria-labelledby="change-title">
      <h2 id="change-title">{word(`changed-by:${proposal.cause}`)}</h2>
      <p>
        Revision {proposal.revision} came in <Ago at={proposal.recorded_at} />
        {CAME_FROM[proposal.cause]}. This campaign executes revision {proposal.from_revision}. Nothing changes until you decide, except that
        listings which are surely affected are stopped.
      </p>
      <Others change={proposal.change} />
      {proposal.fields.length > 0 && (
        <Table label="What the recall says otherwise" columns={FIELDS} rows={proposal.fields} rowKey={(row) => row.field} phone="stacks" />
      )}
      <Lines lines={proposal.lines} />
      <fetcher.Form method="post" className="stack" key={proposal.revision} noValidate>
        <input type="hidden" name="form" value="change" />
        <input type="hidden" name="revision" value={proposal.revision} />
        <Choice proposal={proposal} listings={listings} kind="add" name="add" />
        <Choice proposal={proposal} listings={listings} kind="look_again" name="add" />
        <Choice proposal={proposal} listings={listings} kind="release" name="release" />
        <Checkbox
          name="scope"
          defaultChecked
          label="Take the new scope over for this campaign"
          description="Order lines are judged by it from now on. New buyers are told; whoever was told before keeps what they were offered."
        />
        <Textarea
          name="reason"
          label="Reason for the decision"
          description="It is kept with your name. The sellers of the listings concerned can read it."
          rows={2}
          maxLength={4000}
          className={styles['reason']}
          error={problem?.field === 'reason' ? problem.message : undefined}
        />
        <div className="row">
          <Button type="submit" name="verb" value="accept" loading={deciding('accept')}>
            Accept what is ticked
          </Button>
          <Button type="submit" name="verb" value="leave" variant="default" loading={deciding('leave')}>
            Leave all as it is
          </Button>
        </div>
        {problem !== null && problem.field !== 'reason' && <strong role="alert">{problem.message}</strong>}
      </fetcher.Form>
    </section>
  )
}

/** What is no scope and of consequence all the same. */
function Others({ change }: { change: Proposal['change'] }) {
  const sentences = [
    change.kind === null ? null : `It was a ${inSentence(change.kind.before)} and is a ${inSentence(change.kind.after)} now.`,
    change.remedies_added.length === 0
      ? null
      : `New remedies: ${listed(change.remedies_added.map(inSentence))}. Notices of this campaign go on offering what was decided at its opening.`,
    change.remedies_removed.length === 0 ? null : `No longer named: ${listed(change.remedies_removed.map(inSentence))}.`,
    change.hazards_added.length === 0 ? null : `New dangers: ${listed(change.hazards_added.map(inSentence))}.`,
    change.oversight?.after === 'closed'
      ? 'The agency ended its oversight. That does not make the product safe, so nothing is released for it.'
      : null,
  ].filter((sentence) => sentence !== null)
  if (sentences.length === 0) return null
  return (
    <Note title="Beside the scope">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Note>
  )
}

function Lines({ lines: { into, out } }: { lines: Proposal['lines'] }) {
  if (into.lines + out.lines === 0) return <p>No order lines of the stopped listings come into scope or fall out of it.</p>
  const sums = ({ lines, units, buyers }: Proposal['lines']['into']) =>
    `${counted(lines, 'order line')} (${counted(units, 'unit')} of ${counted(buyers, 'buyer')})`
  return (
    <p>
      {into.lines === 0 ? 'Nothing comes into scope.' : `Of the stopped listings, ${sums(into)} would come into scope.`}{' '}
      {out.lines === 0 ? 'Nothing falls out of it.' : `${sums(out)} would fall out of it; these buyers keep what they were offered.`}
    </p>
  )
}

const KINDS = {
  add: {
    title: 'Listings to add',
    text: 'They are affected by the new text and are not stopped. Tick those that are the recalled product.',
  },
  look_again: {
    title: 'Listings to look at again',
    text: 'Somebody ruled on them by the older text, and by the new one they are affected. Tick those that are the recalled product.',
  },
  release: {
    title: 'Listings to release',
    text: 'They are stopped and no longer affected by the new text. Tick those to release; another safety officer confirms each.',
  },
}

function Choice(props: { proposal: Proposal; listings: readonly ProposalListing[]; kind: keyof typeof KINDS; name: 'add' | 'release' }) {
  const { proposal, listings, kind, name } = props
  const { campaignId = '' } = useParams()
  const total = proposal.listings[kind]
  const rows = listings.filter((listing) => listing.proposal === kind)
  if (total === 0) return null
  return (
    <fieldset className={styles['choice']}>
      <legend>
        <h3>
          {KINDS[kind].title}: {count(total)}
        </h3>
      </legend>
      <p className="dim">{KINDS[kind].text}</p>
      {rows.map((row) => (
        <Checkbox
          key={row.listing_id}
          name={name}
          value={row.listing_id}
          label={
            <>
              {row.title} <span className="dim mono">{row.listing_id}</span>
            </>
          }
          description={<Why row={row} />}
        />
      ))}
      {rows.length < total && <p>{counted(total - rows.length, 'more listing')}: see the CSV.</p>}
      <p>
        <a href={api.proposalListings(campaignId, proposal.revision, { proposal: kind, format: 'csv' })}>{KINDS[kind].title} as CSV</a>
      </p>
    </fieldset>
  )
}

function Why({ row }: { row: ProposalListing }) {
  const engine =
    row.engine_answer === null || row.weight === null
      ? 'Screening no longer finds it.'
      : `Screening says “${inSentence(row.engine_answer)}” (${weight(row.weight)} bits): ${row.reasons.map((reason) => reason.text).join(' ') || 'nothing speaks for it.'}`
  return (
    <span>
      Seller: {row.seller_name}. {engine}
      {row.ruling !== null && ` Ruled “${inSentence(row.ruling)}”: ${row.ruling_reason ?? ''}`}
      {row.edited_at !== null && (
        <strong className={styles['edited']}>
          The seller changed this listing <Ago at={row.edited_at} />, after it was stopped. Look at it before you release it.
        </strong>
      )}
    </span>
  )
}

function said(values: readonly string[]) {
  return values.length === 0 ? <span className="dim">not said</span> : values.join(', ')
}
