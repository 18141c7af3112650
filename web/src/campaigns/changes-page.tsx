/** What the agency changed since the campaign opened, what that would do here, and releases: one person asks, another one confirms. */
import { Link, useFetcher, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import { get, newKey, post } from '../api.ts'
import { api, paths } from '../paths.ts'
import { Actor } from '../ui/actor.tsx'
import { Empty } from '../ui/empty.tsx'
import { counted } from '../ui/format.ts'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Ago } from '../ui/time.tsx'
import { AgencyChange } from './agency-change.tsx'
import { CampaignHead } from './campaign-head.tsx'
import { useCampaign } from './campaign.ts'
import styles from './campaigns.module.css'
import { AskForRelease, WaitingReleases } from './releases.tsx'
import type { List, Proposal, ProposalListing, Release } from './types.ts'

/** Listings of a proposal that are shown and can be chosen at once; the CSV has all. */
export const LISTINGS_SHOWN = 500

type Changes = { proposals: Proposal[]; listings: ProposalListing[]; waiting: Release[]; ended: Release[] }

export async function loader({ params, request }: LoaderFunctionArgs): Promise<Changes> {
  const campaignId = params['campaignId'] ?? ''
  const limit = String(LISTINGS_SHOWN)
  const [proposals, waiting, ended] = await Promise.all([
    get<List<Proposal>>(api.proposals(campaignId), request.signal),
    get<List<Release>>(api.releases(campaignId, { open: 'true', limit }), request.signal),
    get<List<Release>>(api.releases(campaignId, { open: 'false', limit }), request.signal),
  ])
  const standing = proposals.items.find((proposal) => proposal.decision === null)
  const named = standing === undefined ? null : api.proposalListings(campaignId, standing.revision, { limit })
  const listings = named === null ? [] : (await get<List<ProposalListing>>(named, request.signal)).items
  return { proposals: proposals.items, listings, waiting: waiting.items, ended: ended.items }
}

/** What became of a form. `said` is a sentence on what it did; `form` names which one asked. */
export type ChangeAnswer = { form: string } & ({ ok: true; said: string } | { ok: false; field: string | null; message: string })

export async function action({ params, request }: ActionFunctionArgs): Promise<ChangeAnswer> {
  const form = await request.formData()
  const campaignId = params['campaignId'] ?? ''
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const [name, verb, reason] = [text('form'), text('verb'), text('reason')]
  const refuse = (field: string | null, message: string): ChangeAnswer => ({ form: name, ok: false, field, message })
  if (reason === '' && verb !== 'confirm' && verb !== 'confirm-all')
    return refuse('reason', 'Write the reason. It is kept for the record, and the sellers concerned can read it.')
  const [address, body, said] = ((): [string, object, string] => {
    if (verb === 'accept' || verb === 'leave') {
      const release = form.getAll('release').map(String)
      const accept = { decision: 'accept', scope: form.has('scope'), add: form.getAll('add').map(String), release, reason }
      const asked = release.length === 0 ? '' : ` ${counted(release.length, 'release')} now waits for another safety officer.`
      const done =
        verb === 'accept' ? `Decided. New notices go out by themselves.${asked}` : 'Kept with your reason. The campaign goes on as it was.'
      return [
        api.proposalDecisions(campaignId, Number(text('revision'))),
        verb === 'accept' ? accept : { decision: 'refuse', reason },
        done,
      ]
    }
    const listing = text('listing')
    if (verb === 'ask') return [api.releases(campaignId), { listing_id: listing, reason }, 'Asked for. Another safety officer confirms it.']
    if (verb === 'confirm-all') {
      const ids = form.getAll('listing').map(String)
      return [
        api.confirmReleases(campaignId),
        { listing_ids: ids },
        `${counted(ids.length, 'listing')} released. Their sellers can read why.`,
      ]
    }
    if (verb === 'confirm') {
      return [api.releaseAnswer(campaignId, listing, 'confirm'), {}, `Released: listing ${listing}. Its seller can read why.`]
    }
    return [api.releaseAnswer(campaignId, listing, 'refuse'), { reason }, `Listing ${listing} stays stopped.`]
  })()
  const answer = await post<unknown>(address, body, newKey())
  return answer.ok ? { form: name, ok: true, said } : refuse(answer.problem.field, answer.problem.message)
}

export function Component() {
  const { campaign } = useCampaign()
  const { proposals, listings, waiting, ended } = useLoaderData<typeof loader>()
  const fetcher = useFetcher<ChangeAnswer>()
  const standing = proposals.find((proposal) => proposal.decision === null)
  const decided = proposals.filter((proposal) => proposal.decision !== null)
  const answered = ended.filter((release) => release.answer !== null)
  return (
    <>
      <CampaignHead title="Changes and releases" lead={<Lead standing={standing} waiting={waiting.length} />} below={[]} />
      <output className={styles['done']} aria-live="polite">
        {fetcher.data?.ok === true && fetcher.data.said}
      </output>
      <div className={styles['overview']}>
        {standing === undefined ? (
          <Empty title="The agency has changed nothing that is to be decided">
            <p>
              When it widens, narrows or corrects <Link to={paths.recall(campaign.recall_id)}>the recall</Link>, what that would change here
              is shown on this page, and you decide.
            </p>
          </Empty>
        ) : (
          <AgencyChange proposal={standing} listings={listings} fetcher={fetcher} />
        )}
        <WaitingReleases releases={waiting} fetcher={fetcher} />
        <AskForRelease fetcher={fetcher} />
        {decided.length + answered.length > 0 && <Earlier decided={decided} answered={answered} />}
      </div>
    </>
  )
}

function Lead({ standing, waiting }: { standing: Proposal | undefined; waiting: number }) {
  return (
    <p>
      {standing === undefined ? 'No change of the agency waits for a decision.' : 'A change of the agency waits for a decision.'}{' '}
      {waiting === 0 ? 'No release waits.' : `${counted(waiting, 'release')} ${waiting === 1 ? 'waits' : 'wait'} for a second person.`}
    </p>
  )
}

type Done = { key: string; at: string; what: string; state: string; by: string; reason: string }

const DONE: readonly Column<Done>[] = [
  { head: 'What', wide: true, cell: (row) => row.what },
  { head: 'Decision', cell: (row) => <State state={row.state} /> },
  { head: 'When', cell: (row) => <Ago at={row.at} /> },
  { head: 'By', cell: (row) => <Actor actor={row.by} /> },
  { head: 'Reason', wide: true, cell: (row) => row.reason },
]

function Earlier({ decided, answered }: { decided: readonly Proposal[]; answered: readonly Release[] }) {
  const rows: Done[] = [
    ...decided.map(({ revision, decision }) => ({
      key: `p ${revision}`,
      at: decision!.decided_at,
      what: `Revision ${revision} of the recall${decision!.scope ? ': its scope was taken over' : ''}`,
      state: decision!.decision,
      by: decision!.decided_by,
      reason: decision!.reason,
    })),
    ...answered.map((release) => ({
      key: `r ${release.listing_id} ${release.request_no}`,
      at: release.answered_at!,
      what: `Release of ${release.title}`,
      state: release.answer!,
      by: release.answered_by!,
      reason: release.answer_reason === '' || release.answer_reason === null ? release.reason : release.answer_reason,
    })),
  ]
  return (
    <section className="stack" aria-labelledby="earlier-title">
      <h2 id="earlier-title">Decided before</h2>
      <Table
        label="Decided before"
        columns={DONE}
        rows={rows.toSorted((a, b) => b.at.localeCompare(a.at))}
        rowKey={(row) => row.key}
        phone="stacks"
      />
    </section>
  )
}
