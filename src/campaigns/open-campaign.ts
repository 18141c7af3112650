/** Opening a campaign: this marketplace's execution of one recall, from one decision to a notice for every buyer, in one transaction. */
import { writeBrief } from '../outreach/index.ts'
import { writeOffer } from '../remedies/index.ts'
import { audit } from '../platform/audit.ts'
import { transaction, type Database, type Tx } from '../platform/db.ts'
import { snakeCase } from '../platform/json.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { currentRecall } from '../recalls/index.ts'
import { walkLine, type CampaignCounts } from './line.ts'
import { campaignOfRecall, insertCampaign, insertStep, listingsToStop, lockRecall, type Campaign } from './queries.ts'
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
}

export type OpenedCampaign = { campaignId: string; counts: CampaignCounts }

export const REASON_CHARACTERS_MAX = 4_000

/**
 * Opens the campaign of a recall: stops every affected listing, holds its stock, takes back open orders, finds the affected order lines and
 * makes the notices and the first wave. All of it or nothing. Listings that are only possibly affected stay in the review queue; ruling one
 * affected later extends the campaign.
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
  if (open !== null) return fail('conflict', alreadyOpen(open), 'recall_id')
  const { recall, revision } = current
  const chosen = chooseRemedies(order.remedies, recall)
  if (!chosen.ok) return chosen

  const campaignId = recallId
  const toStop = await listingsToStop(tx.db, recallId, campaignId, 'seen')
  if (toStop.length === 0) {
    return fail('conflict', `No listing is affected by ${recallId}. Look at its matches, and rule those affected that are.`, 'recall_id')
  }

  const remedies = chosen.value
  await insertCampaign(tx.db, { campaignId, recallId, revision, actor, reason, scope: recall.scope, remedies, at })
  await insertStep(tx.db, { campaignId, step: 'opened', actor, at, counts: { revision } })
  await writeBrief(tx, {
    campaignId,
    recallId,
    brief: { jurisdiction: 'US', recall, remedies: remedies.options, proof: remedies.proof },
    at,
  })
  await writeOffer(tx, { campaignId, recallId, options: remedies.options, proof: remedies.proof, at })
  const counts = await walkLine(tx, enqueue, { campaignId, recall, scope: recall.scope, actor, at, opening: true }, { toStop, stopped: [] })
  const detail = { recall_id: recallId, revision, reason, remedies, counts: snakeCase(counts) }
  await audit(tx.db, { actor, action: 'campaigns.opened', subject: `campaign:${campaignId}`, detail, at })
  return ok({ campaignId, counts })
}

function alreadyOpen(campaign: Campaign): string {
  return `The campaign ${campaign.campaignId} is open already, since ${campaign.openedAt.toISOString()}, by ${campaign.openedBy}.`
}
