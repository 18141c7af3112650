/** Opening a campaign: this marketplace's execution of one recall, from one decision to a notice for every buyer, in one transaction. */
import { recordSellerList, writeBrief, type RecordedList } from '../outreach/index.ts'
import { writeOffer } from '../remedies/index.ts'
import { audit } from '../platform/audit.ts'
import { transaction, type Database, type Tx } from '../platform/db.ts'
import { snakeCase } from '../platform/json.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { currentRecall, jurisdictionOfAgency } from '../recalls/index.ts'
import { agencyOfRecall, campaignToJoin, recallsBeside, tellElsewhere, tellingMayGo } from './joint.ts'
import { walkLine, type CampaignCounts } from './line.ts'
import { campaignOfRecall, insertCampaign, insertStep, listingsToStop, lockRecall, type Campaign } from './queries.ts'
import { insertExecutedRecalls } from './queries-joint.ts'
import { chooseRemedies, type RemediesAsked } from './remedies-offered.ts'

export type CampaignDeps = { database: Database; enqueue: Enqueue }

export type CampaignOrder = {
  recallId: string
  /** `officer:<user id>` or `cli`. */
  actor: string
  /** Why, for the record. */
  reason: string
  remedies: RemediesAsked
  at: Date
  /** Whom sellers told before the campaign, as CSV: the first wave leaves out those who were told just now. */
  toldBySellers?: readonly { sellerId: string; csv: string }[]
}

/** `toldBySellers`: what became of each list, where any was given. One that cannot be used keeps no campaign from opening. */
export type OpenedCampaign = {
  campaignId: string
  counts: CampaignCounts
  toldBySellers?: { sellerId: string; list: Result<RecordedList> }[]
}

export const REASON_CHARACTERS_MAX = 4_000

/**
 * Opens the campaign of a recall: stops every affected listing, holds its stock, takes back open orders, finds the affected order lines and
 * makes the notices and the first wave. All of it or nothing. Listings that are only possibly affected stay in the review queue; ruling one
 * affected later extends the campaign. Where other agencies published the same recall, the campaign executes theirs too: a listing that any of
 * them names is stopped, and each buyer is told by that of their own jurisdiction.
 */
export async function openCampaign(deps: CampaignDeps, order: CampaignOrder): Promise<Result<OpenedCampaign>> {
  return await transaction(deps.database, (tx) => openCampaignIn(tx, deps.enqueue, order))
}

/** `openCampaign` in the caller's transaction. What it refuses, it refuses before it writes anything. */
export async function openCampaignIn(tx: Tx, enqueue: Enqueue, order: CampaignOrder): Promise<Result<OpenedCampaign>> {
  const { recallId, actor, at } = order
  const reason = order.reason.trim()
  if (reason === '') return fail('invalid', 'Say why this campaign is opened. It is kept for the record.', 'reason')
  if (reason.length > REASON_CHARACTERS_MAX) return fail('invalid', `Say why in at most ${REASON_CHARACTERS_MAX} characters.`, 'reason')

  await lockRecall(tx.db, recallId)
  const current = await currentRecall(tx.db, recallId)
  if (current === null) return fail('not_found', `There is no recall ${recallId}.`, 'recall_id')
  const open = await campaignOfRecall(tx.db, recallId)
  if (open !== null) return fail('conflict', alreadyOpen(open, recallId), 'recall_id')
  const joins = await campaignToJoin(tx.db, recallId)
  if (joins !== null) return fail('conflict', belongsTo(joins, recallId), 'recall_id')
  const { recall, revision } = current
  const chosen = chooseRemedies(order.remedies, recall)
  if (!chosen.ok) return chosen

  const campaignId = recallId
  const beside = await recallsBeside(tx.db, recallId)
  const toStop = await listingsToStop(tx.db, recallId, campaignId, 'seen', beside.map((each) => each.recallId)) // prettier-ignore
  if (toStop.length === 0) {
    return fail('conflict', `No listing is affected by ${recallId}. Look at its matches, and rule those affected that are.`, 'recall_id')
  }

  const remedies = chosen.value
  const jurisdiction = jurisdictionOfAgency(recall.agency)
  const brief = { jurisdiction, recall, remedies: remedies.options, proof: remedies.proof }
  const mayGo = tellingMayGo(brief, beside, remedies)
  if (!mayGo.ok) return mayGo
  await insertCampaign(tx.db, { campaignId, recallId, revision, actor, reason, scope: recall.scope, remedies, at })
  const executed = [{ recallId, revision, jurisdiction }, ...beside].map((each) => ({ ...each, campaignId }))
  await insertExecutedRecalls(tx.db, executed, { actor, reason, at })
  await insertStep(tx.db, { campaignId, step: 'opened', actor, at, counts: { revision } })
  await writeBrief(tx, { campaignId, recallId, brief, at })
  await writeOffer(tx, { campaignId, recallId, jurisdiction, own: true, ...remedies, at })
  await tellElsewhere(tx, jurisdiction, beside, { campaignId, chosen: remedies, at })
  const counts = await walkLine(tx, enqueue, { campaignId, recall, scope: recall.scope, actor, at, opening: true }, { toStop, stopped: [] })
  const toldBySellers: NonNullable<OpenedCampaign['toldBySellers']> = []
  for (const { sellerId, csv } of order.toldBySellers ?? []) {
    const list = { campaignId, sellerId, kind: 'told' as const, until: null, list: { csv }, actor, at }
    toldBySellers.push({ sellerId, list: await recordSellerList(tx, list) })
  }
  const joint = beside.length === 0 ? {} : { executed_beside: beside.map((each) => each.recallId) }
  const detail = { recall_id: recallId, ...joint, revision, reason, remedies, counts: snakeCase(counts) }
  await audit(tx.db, { actor, action: 'campaigns.opened', subject: `campaign:${campaignId}`, detail, at })
  return ok({ campaignId, counts, ...(toldBySellers.length === 0 ? {} : { toldBySellers }) })
}

function alreadyOpen({ campaignId, openedAt, openedBy }: Campaign, recallId: string): string {
  const since = `since ${openedAt.toISOString()}, by ${openedBy}`
  return campaignId === recallId
    ? `The campaign ${campaignId} is open already, ${since}.`
    : `The campaign ${campaignId} executes ${recallId} too: it is the same recall. It is open already, ${since}.`
}

function belongsTo(joins: { campaignId: string; recallId: string }, recallId: string): string {
  const where = `The campaign ${joins.campaignId} is open on it.`
  return `${recallId} is the same recall as ${joins.recallId} of the ${agencyOfRecall(joins.recallId)}. ${where} Add ${recallId} to that campaign instead of opening a second one.`
}
