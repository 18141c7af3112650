/** What a newer revision of a recall means for its open campaign: compared, counted and proposed. A person decides (`decide-proposal.ts`). */
import { audit } from '../platform/audit.ts'
import { transaction, type Database, type Tx } from '../platform/db.ts'
import { COUNTRIES_OF, currentRecall, scopeChange } from '../recalls/index.ts'
import { endsOversight, fieldChanges, isOfConsequence } from './change-fields.ts'
import { campaignOfRecall, insertStep, lockRecall, type Campaign } from './queries.ts'
import { campaignsExecuting } from './queries-joint.ts'
import {
  campaignsBehind,
  countLineChanges,
  countProposalListings,
  insertProposal,
  insertProposalListings,
  proposalsOf,
  stepOfRevisionExists,
  supersedeProposals,
} from './queries-proposals.ts'

/** `listings` are those named for the first time, in new proposals and standing ones. */
export type ProposedCounts = { proposed: number; superseded: number; listings: number; oversightEnded: number }

/**
 * Compares every campaign whose recall was revised since with the newest revision, and keeps one standing proposal for each where there is
 * something to decide. Run after screening and sweeping: what the engine is sure of is stopped by then. Run again it changes nothing, but
 * names listings that screening found meanwhile.
 */
export async function proposeFromRevisions(deps: { database: Database }, order: { at: Date; actor: string }): Promise<ProposedCounts> {
  const counts: ProposedCounts = { proposed: 0, superseded: 0, listings: 0, oversightEnded: 0 }
  for (const campaignId of await campaignsBehind(deps.database.db)) {
    const added = await transaction(deps.database, (tx) => proposeIn(tx, { ...order, campaignId }))
    for (const name of Object.keys(counts) as (keyof ProposedCounts)[]) counts[name] += added[name]
  }
  return counts
}

/** One campaign, in the caller's transaction. */
async function proposeIn(tx: Tx, order: { campaignId: string; at: Date; actor: string }): Promise<ProposedCounts> {
  const counts: ProposedCounts = { proposed: 0, superseded: 0, listings: 0, oversightEnded: 0 }
  await lockRecall(tx.db, order.campaignId)
  const campaign = await campaignOfRecall(tx.db, order.campaignId)
  const current = campaign === null ? null : await currentRecall(tx.db, campaign.recallId)
  if (campaign === null || current === null || current.revision <= campaign.revision) return counts
  const { campaignId, recallId } = campaign
  const { revision, recall } = current
  const at = afterLastStep(campaign, order.at)
  const [standing] = await proposalsOf(tx.db, campaignId, revision)
  if (standing !== undefined && standing.decision !== null) return counts

  const change = scopeChange(campaign.recall, recall)
  if (endsOversight(change) && !(await stepOfRevisionExists(tx.db, campaignId, 'oversight_ended', revision))) {
    counts.oversightEnded = 1
    await insertStep(tx.db, { campaignId, step: 'oversight_ended', actor: order.actor, at, counts: { revision } })
  }
  counts.superseded = await supersedeProposals(tx.db, { ...order, revision, at })
  // An agency that closes its file does not say that a product became safe, so that alone proposes no release.
  const wanted = { campaignId, recallId, revision, releases: change.narrower || !endsOversight(change), at }
  if (standing === undefined) {
    if (!isOfConsequence(change) && (await countProposalListings(tx.db, wanted)) === 0) return counts
    const lines = await countLineChanges(tx.db, campaignId, recall.scope, await countriesElsewhere(tx, campaign))
    const fields = fieldChanges(change, campaign.recall, recall)
    await insertProposal(tx.db, { ...order, at, revision, fromRevision: campaign.revision, change, fields, lines })
    counts.proposed = 1
  }
  counts.listings = await insertProposalListings(tx.db, wanted)
  if (counts.proposed === 0) return counts
  await insertStep(tx.db, { campaignId, step: 'change_proposed', actor: order.actor, at, counts: { revision, listings: counts.listings } })
  const detail = { revision, from_revision: campaign.revision, wider: change.wider, narrower: change.narrower, listings: counts.listings }
  await audit(tx.db, { actor: order.actor, action: 'campaigns.change_proposed', subject: `campaign:${campaignId}`, detail, at })
  return counts
}

/** Countries whose buyers are judged by the same recall of another agency, whatever becomes of this one. */
async function countriesElsewhere(tx: Tx, { campaignId, recallId }: Campaign): Promise<string[]> {
  const executed = await campaignsExecuting(tx.db, [campaignId, recallId])
  const own = executed.find((each) => each.recallId === recallId)?.jurisdiction
  return [...new Set(executed.map((each) => each.jurisdiction))].filter((each) => each !== own).flatMap((each) => [...COUNTRIES_OF[each]])
}

/** Steps stand on the timeline in the order they were taken, whatever clock their callers have. */
export function afterLastStep(campaign: Pick<Campaign, 'lastStepAt'>, at: Date): Date {
  return new Date(Math.max(at.getTime(), campaign.lastStepAt.getTime() + 1))
}
