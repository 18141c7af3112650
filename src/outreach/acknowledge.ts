/** The buyer tells us that they have read a notice, or shows it by opening a case. */
import type { Tx } from '../platform/db.ts'
import { insertAcknowledgement, insertSeen, type AcknowledgedHow } from './queries-pages.ts'

/**
 * Records that the buyer has read the notice, and with it that they saw it on the page. The first time counts; again changes nothing.
 * `acknowledged` is false for a buyer without a notice of this campaign, and for one who had confirmed before.
 */
export async function acknowledge(
  tx: Tx,
  read: { buyerId: string; campaignId: string; how: AcknowledgedHow; at: Date },
): Promise<{ acknowledged: boolean }> {
  await insertSeen(tx.db, { buyerId: read.buyerId, campaignIds: [read.campaignId], at: read.at })
  return { acknowledged: await insertAcknowledgement(tx.db, read) }
}
