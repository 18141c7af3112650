/** Taking back one's own ruling, as long as nothing was built on it. */
import { matchOf, takeBack, type TakenBack } from '../matching/index.ts'
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { lockLedger, tellGates } from '../supply/index.ts'
import { extendCampaignIn } from './extend-campaign.ts'
import { builtOn, type BuiltOn } from './queries-undo.ts'
import { campaignOfRecall, lockRecall } from './queries.ts'

export type Undo = { recallId: string; listingId: string; decisionNo: number; actor: string; reason: string; at: Date }

/**
 * Takes a ruling back in the caller's transaction; what stood before stands again, and an open campaign takes the listing up where that says
 * so. Refused, with what happened, where the ruling already stopped the listing: then buyers may have been told, and a stop ends by a release.
 */
export async function undoRuling(tx: Tx, enqueue: Enqueue, undo: Undo): Promise<Result<TakenBack>> {
  const { recallId, listingId, decisionNo, actor, at } = undo
  await lockRecall(tx.db, recallId)
  const campaign = await campaignOfRecall(tx.db, recallId)
  // Everyone who takes both takes the ledger before the audit log, so that nobody waits in a circle.
  if (campaign !== null) await lockLedger(tx.db)
  const built = await builtOn(tx.db, recallId, listingId, decisionNo)
  if (built !== null) return fail('conflict', happened(built), 'decision_no')
  const taken = await takeBack(tx, undo)
  if (!taken.ok) return taken
  const detail = { undoes: decisionNo, decision_no: taken.value.decisionNo, restored: taken.value.restored, reason: undo.reason.trim() }
  await audit(tx.db, { actor, action: 'matching.taken_back', subject: `match:${recallId}:${listingId}`, detail, at })
  const match = await matchOf(tx.db, listingId, recallId)
  if (campaign !== null && match?.answer === 'affected') await extendCampaignIn(tx, enqueue, campaign, { campaignId: campaign.campaignId, actor, at }) // prettier-ignore
  await tellGates(tx, { listingIds: [listingId], actor, at })
  return ok(taken.value)
}

function happened({ stoppedAt, notices, releaseAskedAt }: BuiltOn): string {
  if (releaseAskedAt !== null)
    return 'The release of this listing was asked for because of this ruling. Take the request back first, under “Releases to confirm”.'
  const told = notices === 0 ? '' : ` and made notices for ${notices === 1 ? 'one buyer' : `${notices} buyers`}`
  return `The campaign stopped this listing at ${stoppedAt?.toISOString()}${told} because of this ruling. That cannot be taken back: rule anew, and ask for a release.`
}
