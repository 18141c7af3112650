/** A safety officer's ruling on a match, and what it means for the campaign of its recall. */
import { decide, matchOf, type Match } from '../matching/index.ts'
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { ok, type Result } from '../platform/result.ts'
import type { Answer } from '../recalls/index.ts'
import { lockLedger, tellGates } from '../supply/index.ts'
import { extendCampaignIn } from './extend-campaign.ts'
import type { CampaignCounts } from './line.ts'
import { campaignOfRecall, lockRecall, type Campaign } from './queries.ts'

export type Ruling = { recallId: string; listingId: string; ruling: Answer; actor: string; reason: string; at: Date }

/** `extended`: the ruling brought the listing into the open campaign. `noted`: it stands beside what the campaign did. */
export type RulingEffect = { campaignId: string; effect: 'extended' | 'noted'; counts: CampaignCounts | null }

/**
 * Rules on a match in the caller's transaction. Where the recall's campaign is open and the listing is ruled affected, the campaign is
 * extended to it at once. Any other ruling after the opening is noted: a stop ends by a release, with its own reasons, never silently.
 */
export async function ruleOnMatch(
  tx: Tx,
  enqueue: Enqueue,
  ruling: Ruling,
): Promise<Result<{ decisionNo: number; campaign: RulingEffect | null }>> {
  const { recallId, listingId, actor, at } = ruling
  await lockRecall(tx.db, recallId)
  const campaign = await campaignOfRecall(tx.db, recallId)
  // Everyone who takes both takes the ledger before the audit log, so that nobody waits in a circle.
  if (campaign !== null) await lockLedger(tx.db)
  const before = await matchOf(tx.db, listingId, recallId)
  const decided = await decide(tx, ruling)
  if (!decided.ok) return decided
  if (!saysTheSame(before, ruling)) {
    const detail = { ruling: ruling.ruling, reason: ruling.reason.trim(), decision_no: decided.value.decisionNo }
    await audit(tx.db, { actor, action: 'matching.decided', subject: `match:${recallId}:${listingId}`, detail, at })
  }
  const effect = campaign === null ? null : await effectOn(tx, enqueue, campaign, ruling)
  // What the gate holds or lets go with this ruling is told in the same commit.
  await tellGates(tx, { listingIds: [listingId], actor, at })
  return ok({ decisionNo: decided.value.decisionNo, campaign: effect })
}

async function effectOn(tx: Tx, enqueue: Enqueue, campaign: Campaign, { ruling, actor, at }: Ruling): Promise<RulingEffect> {
  const { campaignId } = campaign
  if (ruling !== 'affected') return { campaignId, effect: 'noted', counts: null }
  const counts = await extendCampaignIn(tx, enqueue, campaign, { campaignId, actor, at })
  return counts.listingsStopped === 0 ? { campaignId, effect: 'noted', counts: null } : { campaignId, effect: 'extended', counts }
}

/** A double click: the latest ruling already says so, by the same person for the same reason. */
function saysTheSame(before: Match | null, ruling: Ruling): boolean {
  return (
    before !== null &&
    before.ruling === ruling.ruling &&
    before.decidedBy === ruling.actor &&
    before.decisionReason === ruling.reason.trim()
  )
}
