/** A safety officer's decision on what a newer revision proposes: the wider or narrower scope, listings to add, listings to release. */
import { decide } from '../matching/index.ts'
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { snakeCase } from '../platform/json.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { currentRecall, jurisdictionOfAgency } from '../recalls/index.ts'
import { noticesMayGo, reviseBrief } from '../outreach/index.ts'
import { lockLedger } from '../supply/index.ts'
import { walkAgain } from './extend-campaign.ts'
import type { CampaignCounts } from './line.ts'
import { afterLastStep } from './propose.ts'
import { campaignOfRecall, insertStep, listingsToStop, stoppedListings, type Campaign } from './queries.ts'
import { insertProposalDecision, insertScope, proposalListings, proposalsOf, recallAt, type ProposalRow } from './queries-proposals.ts'
import { askReleasesIn, openedCampaign, readReason } from './release-listings.ts'

/** What of a proposal is accepted; `null` refuses it whole. */
export type Accepted = {
  /** The newer scope becomes the campaign's. */
  scope: boolean
  /** Of its listings to add or to look at again, those that are affected. */
  add: readonly string[]
  /** Of its listings to release, those whose release is asked for. A second person confirms each. */
  release: readonly string[]
}

export type ProposalDecision = { campaignId: string; revision: number; accept: Accepted | null; actor: string; at: Date; reason: string }

/** `counts`: what the walk under the decided scope added; null where nothing was walked. */
export type DecidedProposal = {
  campaignId: string
  revision: number
  decision: 'accepted' | 'refused'
  scope: boolean
  added: string[]
  releaseAsked: string[]
  counts: CampaignCounts | null
}

/** Listings in one decision. */
const LISTINGS_MAX = 2_000

/**
 * Decides on a proposal, once. An accepted scope is what the campaign executes from then on: the line is walked again under it, so that new
 * order lines are found and their buyers told. What buyers were told before stays, also where the newer scope leaves their lines out.
 */
export async function decideProposal(tx: Tx, enqueue: Enqueue, order: ProposalDecision): Promise<Result<DecidedProposal>> {
  const { campaignId, revision, accept, actor } = order
  const said = readReason(order)
  if (!said.ok) return said
  const reason = said.value
  if (accept !== null && !accept.scope && accept.add.length + accept.release.length === 0) {
    return fail('invalid', 'Accept the scope, or a listing to add or to release. To leave all as it is, refuse the proposal.', 'scope')
  }
  const opened = await openedCampaign(tx, campaignId)
  if (!opened.ok) return opened
  const campaign = opened.value
  const decidable = await standingProposal(tx, campaign, revision)
  if (!decidable.ok) return decidable
  const at = afterLastStep(campaign, order.at)
  const decided = { campaignId, revision, actor, at, reason }
  if (accept === null) {
    await insertProposalDecision(tx.db, { ...decided, decision: 'refused', scope: false, added: [], released: [] })
    await insertStep(tx.db, { campaignId, step: 'change_refused', actor, at, counts: { revision } })
    await audit(tx.db, { actor, action: 'campaigns.change_refused', subject: `campaign:${campaignId}`, detail: { revision, reason }, at })
    return ok({ campaignId, revision, decision: 'refused', scope: false, added: [], releaseAsked: [], counts: null })
  }
  const named = await allNamed(tx, campaignId, revision, accept)
  if (!named.ok) return named
  const mayGo = accept.scope ? await revisedMayGo(tx, campaign, revision) : ok(null)
  if (!mayGo.ok) return mayGo

  // Whoever takes several locks takes the recall's, then the ledger's, then the audit log's.
  await lockLedger(tx.db)
  await insertProposalDecision(tx.db, {
    ...decided,
    decision: 'accepted',
    scope: accept.scope,
    added: accept.add,
    released: accept.release,
  })
  for (const listingId of accept.add) {
    const ruled = await decide(tx, { listingId, recallId: campaign.recallId, ruling: 'affected', actor, at, reason })
    if (!ruled.ok) return ruled
  }
  if (accept.scope) await adoptScope(tx, campaign, decidable.value, decided)
  const counts = accept.scope || accept.add.length > 0 ? await walkDifference(tx, enqueue, campaignId, decided) : null
  const asked = await askDecided(tx, campaignId, accept.release, decided)
  if (!asked.ok) return asked
  const detail = { revision, scope: accept.scope, added: accept.add, released: accept.release, reason, counts: snakeCase(counts) }
  await audit(tx.db, { actor, action: 'campaigns.change_accepted', subject: `campaign:${campaignId}`, detail, at })
  return ok({ campaignId, revision, decision: 'accepted', scope: accept.scope, added: [...accept.add], releaseAsked: asked.value, counts })
}

/** The proposal, if it can be decided: it stands, and the agency did not change the recall once more since. */
async function standingProposal(tx: Tx, campaign: Campaign, revision: number): Promise<Result<ProposalRow>> {
  const [proposal] = await proposalsOf(tx.db, campaign.campaignId, revision)
  if (proposal === undefined) return fail('not_found', `Nothing is proposed from revision ${revision} of this recall.`, 'revision')
  if (proposal.decision === 'superseded')
    return fail('conflict', 'A newer revision replaced this proposal. Decide on that one.', 'revision')
  if (proposal.decision !== null)
    return fail('conflict', `This proposal was ${proposal.decision} already, by ${proposal.decided_by}.`, 'revision')
  const current = await currentRecall(tx.db, campaign.recallId)
  if (current !== null && current.revision > revision) {
    return fail(
      'conflict',
      `This recall changed again: revision ${current.revision}. Its proposal comes with the next screening.`,
      'revision',
    )
  }
  return ok(proposal)
}

/** Every listing that is accepted stands in the proposal, under what it is accepted for. */
async function allNamed(tx: Tx, campaignId: string, revision: number, accept: Accepted): Promise<Result<null>> {
  const listingIds = [...accept.add, ...accept.release]
  if (listingIds.length > LISTINGS_MAX) return fail('invalid', `Decide on at most ${LISTINGS_MAX} listings at once.`, 'release')
  const rows = await proposalListings(tx.db, campaignId, revision, { listingIds }, null, LISTINGS_MAX)
  const named = new Map(rows.map((row) => [row.listing_id, row.proposal]))
  const strange = accept.release.find((id) => named.get(id) !== 'release')
  if (strange !== undefined) return fail('invalid', `The proposal does not name listing ${strange} for release.`, 'release')
  const other = accept.add.find((id) => named.get(id) === undefined || named.get(id) === 'release')
  if (other !== undefined) return fail('invalid', `The proposal does not name listing ${other} as one to add.`, 'add')
  return ok(null)
}

/** Whether those who are told by the newer revision can be told by it. */
async function revisedMayGo(tx: Tx, { recallId, remedies }: Campaign, revision: number): Promise<Result<null>> {
  const recall = await recallAt(tx.db, recallId, revision)
  if (recall === null) return ok(null)
  return noticesMayGo([{ jurisdiction: jurisdictionOfAgency(recall.agency), recall, remedies: remedies.options, proof: remedies.proof }])
}

type Decided = { campaignId: string; revision: number; actor: string; at: Date; reason: string }

async function adoptScope(tx: Tx, campaign: Campaign, proposal: ProposalRow, decided: Decided): Promise<void> {
  const recall = await recallAt(tx.db, campaign.recallId, decided.revision)
  if (recall === null) throw new Error(`Revision ${decided.revision} of ${campaign.recallId} is proposed and is not there.`)
  await insertScope(tx.db, { ...decided, scope: recall.scope })
  // Whoever is told from now on is told by what the agency says now; what was said stays as it was said.
  await reviseBrief(tx, { campaignId: decided.campaignId, recall, at: decided.at })
  const step = proposal.change.narrower && !proposal.change.wider ? 'scope_narrowed' : 'scope_widened'
  await insertStep(tx.db, {
    campaignId: decided.campaignId,
    step,
    actor: decided.actor,
    at: decided.at,
    counts: { revision: decided.revision },
  })
}

/** The line again, under the scope as decided now: it does only what is missing. */
async function walkDifference(tx: Tx, enqueue: Enqueue, campaignId: string, { actor, at }: Decided): Promise<CampaignCounts> {
  const campaign = (await campaignOfRecall(tx.db, campaignId))!
  const toStop = await listingsToStop(tx.db, campaign.recallId, campaignId, 'unseen')
  const stopped = await stoppedListings(tx.db, campaignId)
  return await walkAgain(tx, enqueue, campaign, { campaignId, actor, at }, { toStop, stopped }, 'campaigns.extended')
}

async function askDecided(tx: Tx, campaignId: string, listingIds: readonly string[], decided: Decided): Promise<Result<string[]>> {
  if (listingIds.length === 0) return ok([])
  const campaign = (await campaignOfRecall(tx.db, campaignId))!
  const asked = await askReleasesIn(tx, campaign, { ...decided, listingIds })
  return asked.ok ? ok(asked.value.asked) : asked
}
