/** A campaign at a glance: what was stopped, where every unit is, how far every buyer was reached, and what happened when. */
import { useMemo } from 'react'
import { Link, useLoaderData, useNavigate, useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import { api, paths, type CampaignList, type Search } from '../paths.ts'
import { KeyFigures, Note, type Figure } from '../ui/blocks.tsx'
import { Actor } from '../ui/actor.tsx'
import { Patterns } from '../ui/bars.tsx'
import { count, counted, money, recallIdName, share } from '../ui/format.ts'
import { useKeys, type Keys } from '../ui/keys.tsx'
import { tablesSearch, tablesShown } from '../ui/picture.tsx'
import { useRefresh } from '../ui/refresh.ts'
import { Ago } from '../ui/time.tsx'
import { inSentence, word } from '../ui/words.ts'
import { CampaignHead } from './campaign-head.tsx'
import { useCampaign } from './campaign.ts'
import styles from './campaigns.module.css'
import { isSending } from './figures.ts'
import { ReachFunnel } from './funnel.tsx'
import { CampaignRecalls, NotYetIn } from './recalls.tsx'
import { ResponseOverTime } from './response.tsx'
import { Timeline } from './timeline.tsx'
import type { Campaign, List, Proposal, Release } from './types.ts'
import { UnitsWaterfall } from './waterfall.tsx'

const PICTURES = ['waterfall', 'funnel', 'response', 'timeline']

type Waiting = { proposal: Proposal | null; releases: number; more: boolean }

/** What waits for a decision of this campaign. */
export async function loader({ params, request }: LoaderFunctionArgs): Promise<Waiting> {
  const campaignId = params['campaignId'] ?? ''
  const [proposals, releases] = await Promise.all([
    get<List<Proposal>>(api.proposals(campaignId), request.signal),
    get<List<Release>>(api.releases(campaignId, { open: 'true' }), request.signal),
  ])
  const proposal = proposals.items.find((each) => each.decision === null) ?? null
  return { proposal, releases: releases.items.length, more: releases.next !== null }
}

export { action } from './recalls.tsx'

export function Component() {
  const data = useCampaign()
  const sending = isSending(data.timeline)
  useRefresh(sending)
  useTablesKey()
  return (
    <>
      <CampaignHead title={data.campaign.title} lead={<Lead data={data} />} />
      <div className={styles['overview']}>
        <ToDecide campaignId={data.campaign.campaign_id} />
        <NotYetIn data={data} />
        <Sending sending={sending} accepted={data.figures.mails_accepted} notices={data.figures.notices} />
        <KeyFigures figures={keyFigures(data)} />
        <Patterns />
        <UnitsWaterfall data={data} />
        <div className={styles['pair']}>
          <ReachFunnel data={data} />
          <ResponseOverTime data={data} />
        </div>
        <CampaignRecalls data={data} />
        <Timeline data={data} />
      </div>
    </>
  )
}

function Lead({ data: { campaign } }: { data: Campaign }) {
  return (
    <>
      <p>
        Recall <Link to={paths.recall(campaign.recall_id)}>{recallIdName(campaign.recall_id)}</Link>. Opened <Ago at={campaign.opened_at} />{' '}
        by <Actor actor={campaign.opened_by} />. Remedy: {campaign.remedies.options.map(inSentence).join(' or ')}
        {campaign.remedies.proof === 'none' ? '' : `, on a ${inSentence(campaign.remedies.proof)}`}.
      </p>
      <p>Reason: {campaign.reason}</p>
    </>
  )
}

/** The recall changed, or a release waits: said first, because somebody has to decide. */
function ToDecide({ campaignId }: { campaignId: string }) {
  const { proposal, releases, more } = useLoaderData<typeof loader>()
  if (proposal === null && releases === 0) return null
  const { wider = false, narrower = false } = proposal?.change ?? {}
  const covers = wider && narrower ? 'covers more in one respect and less in another' : wider ? 'covers more' : 'covers less'
  const changed = wider || narrower ? covers : 'covers the same units, and says something else that matters'
  return (
    <Note title={proposal === null ? 'A release waits for a second person' : word(`changed-by:${proposal.cause}`)}>
      {proposal !== null && (
        <p>
          Revision {proposal.revision} {changed}. {counted(proposal.listings.add + proposal.listings.look_again, 'listing')} to look at,{' '}
          {counted(proposal.listings.release, 'listing')} to release, {counted(proposal.lines.into.lines, 'order line')} coming into scope.
        </p>
      )}
      {releases > 0 && (
        <p>
          {more ? 'More than ' : ''}
          {counted(releases, 'release')} {releases === 1 ? 'waits' : 'wait'} for a second person.
        </p>
      )}
      <p>
        <Link to={paths.campaignChanges(campaignId)}>Look at it and decide</Link>
      </p>
    </Note>
  )
}

function keyFigures({ campaign: { campaign_id: id }, figures }: Campaign): Figure[] {
  const list = (name: CampaignList, search: Search = {}) => paths.campaignList(id, name, search)
  const refunded = figures.refunded.map((sum) => money(sum.amount_minor, sum.currency)).join(' + ')
  return [
    { name: 'Listings stopped', value: figures.listings_stopped, to: list('listings') },
    { name: 'Units held', value: figures.held_units, to: list('stock') },
    { name: 'Units intercepted', value: figures.intercepted_units, to: list('interceptions') },
    { name: 'Units affected', value: figures.affected_units, to: list('lines', { answer: 'affected' }) },
    { name: 'Buyers to reach', value: figures.notices, to: list('buyers') },
    {
      name: 'Buyers delivered',
      value: figures.delivered_buyers,
      to: list('buyers', { state: 'delivered' }),
      beside: share(figures.delivered_buyers, figures.notices),
    },
    {
      name: 'Units remedied',
      value: figures.remedied_units,
      to: list('lines', { remedy_state: 'refunded' }),
      beside: refunded === '' ? undefined : <Link to={list('refunds', { outcome: 'paid' })}>{refunded}</Link>,
    },
  ]
}

function Sending({ sending, accepted, notices }: { sending: boolean; accepted: number; notices: number }) {
  return (
    <output className={styles['sending']} hidden={!sending}>
      {sending && (
        <>
          <p>The mails are going out. This page refreshes itself.</p>
          {/* The bar moves often; only the sentence above is announced. */}
          <progress max={Math.max(notices, 1)} value={accepted} aria-label="Mails accepted" />
          <p className="dim number" aria-hidden="true">
            {count(accepted)} of {counted(notices, 'mail')} accepted by the mail server
          </p>
        </>
      )}
    </output>
  )
}

/** `t` turns all pictures into tables and back. */
function useTablesKey(): void {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  useKeys(
    useMemo<Keys>(
      () => ({
        t: {
          does: 'Pictures as tables and back',
          run: () =>
            void navigate(tablesSearch(search, tablesShown(search).size > 0 ? [] : PICTURES), { replace: true, preventScrollReset: true }),
        },
      }),
      [search, navigate],
    ),
  )
}
