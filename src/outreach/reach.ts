/** The funnel of a campaign: identified, notified, delivered, acknowledged, remedied. */
import type { Db } from '../platform/db.ts'
import { selectReach, type Reach } from './queries-reach.ts'

/** The account of every affected buyer's state, in buyers. */
export async function reachOf(db: Db, campaignId: string): Promise<Reach> {
  return selectReach(db, campaignId)
}
