/** A link that becomes known after a campaign was opened: the other agency's recall joins it. What was told stays told. */
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { snakeCase } from '../platform/json.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { currentRecall, jointRecalls, jurisdictionOfAgency, type Jurisdiction } from '../recalls/index.ts'
import { lockLedger } from '../supply/index.ts'
import { tellFromNowOn } from './joint.ts'
import { remediesElsewhere } from './remedies-offered.ts'
import { noticesMayGo } from '../outreach/index.ts'
import { walkLine, type CampaignCounts } from './line.ts'
import { REASON_CHARACTERS_MAX } from './open-campaign.ts'
import { campaignOfRecall, listingsToStop, lockRecall, stoppedListings } from './queries.ts'
import { campaignsExecuting, insertExecutedRecalls } from './queries-joint.ts'

export type RecallToAdd = { campaignId: string; recallId: string; actor: string; reason: string; at: Date }

/** `toldByIt`: buyers of its jurisdiction whom nothing was sent yet, and who now hear of it by their own agency's notice. Counts are of what was added. */
export type AddedRecall = { campaignId: string; recallId: string; jurisdiction: Jurisdiction; toldByIt: number; counts: CampaignCounts }

/**
 * Adds a recall to the campaign on the same recall of another agency: its affected listings are stopped, the lines of its jurisdiction's buyers
 * are judged by its scope from now on, and those of them who were not told anything yet are told by it. Nothing that was found or told is taken
 * back.
 */
export async function addRecallIn(tx: Tx, enqueue: Enqueue, order: RecallToAdd): Promise<Result<AddedRecall>> {
  const { campaignId, recallId, actor } = order
  const reason = order.reason.trim()
  if (reason === '') return fail('invalid', 'Say why. It is kept for the record.', 'reason')
  if (reason.length > REASON_CHARACTERS_MAX) return fail('invalid', `Say why in at most ${REASON_CHARACTERS_MAX} characters.`, 'reason')
  await lockRecall(tx.db, campaignId)
  const campaign = await campaignOfRecall(tx.db, campaignId)
  if (campaign === null || campaign.campaignId !== campaignId)
    return fail('not_found', `There is no campaign ${campaignId}.`, 'campaign_id')
  const joined = await joining(tx, campaignId, recallId)
  if (!joined.ok) return joined

  const { revision, recall, jurisdiction } = joined.value
  const { options, proof } = remediesElsewhere(campaign.remedies, recall)
  const mayGo = noticesMayGo([{ jurisdiction, recall, remedies: options, proof }])
  if (!mayGo.ok) return mayGo
  // Two who change a campaign at once take turns; the later one's steps stand after those of the earlier.
  const at = new Date(Math.max(order.at.getTime(), campaign.lastStepAt.getTime() + 1))
  await insertExecutedRecalls(tx.db, [{ campaignId, recallId, revision, jurisdiction }], { actor, reason, at })
  const toldByIt = await tellFromNowOn(tx, joined.value, { campaignId, chosen: campaign.remedies, at })
  await lockLedger(tx.db)
  const toStop = await listingsToStop(tx.db, campaign.recallId, campaignId, 'unseen')
  const stopped = await stoppedListings(tx.db, campaignId)
  const line = { campaignId, recall: campaign.recall, scope: campaign.scope, actor, at, opening: false }
  const counts = await walkLine(tx, enqueue, line, { toStop, stopped })
  const detail = {
    recall_id: recallId,
    revision,
    jurisdiction,
    reason,
    told_by_it: toldByIt,
    title: recall.title,
    counts: snakeCase(counts),
  }
  await audit(tx.db, { actor, action: 'campaigns.recall-added', subject: `campaign:${campaignId}`, detail, at })
  return ok({ campaignId, recallId, jurisdiction, toldByIt, counts })
}

/** The recall if it may join: it is here, one with a recall of the campaign, in no campaign yet, and its agency is not in this one. */
async function joining(tx: Tx, campaignId: string, recallId: string) {
  const current = await currentRecall(tx.db, recallId)
  if (current === null) return fail('not_found', `There is no recall ${recallId}.`, 'recall_id')
  const [taken] = await campaignsExecuting(tx.db, [recallId])
  if (taken !== undefined) return fail('conflict', `The campaign ${taken.campaignId} executes ${recallId} already.`, 'recall_id')
  const group = await jointRecalls(tx.db, recallId)
  const executed = await campaignsExecuting(tx.db, [campaignId])
  const ours = group.filter((each) => executed.some((known) => known.recallId === each.recallId))
  if (ours.length === 0) {
    return fail(
      'conflict',
      `${recallId} is not linked with a recall of this campaign. Say first that both are the same recall.`,
      'recall_id',
    )
  }
  const { agency } = current.recall
  if (executed.some((known) => known.recallId.startsWith(`${agency}-`))) {
    return fail(
      'conflict',
      `This campaign has a recall of the ${agency} already. ${recallId} is another one: open a campaign on it.`,
      'recall_id',
    )
  }
  return ok({ recallId, revision: current.revision, jurisdiction: jurisdictionOfAgency(agency), recall: current.recall })
}
