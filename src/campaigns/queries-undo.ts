/** What a campaign did because of a ruling. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

export type BuiltOn = { stoppedAt: Date; notices: number }

/** The stop of the listing that the recall's campaign placed at or after a ruling `affected`; null where it placed none. */
export async function builtOn(db: Db, recallId: string, listingId: string, decisionNo: number): Promise<BuiltOn | null> {
  // Primary keys; the buyers of the stopped listing by order_lines_listing, their notices by the key (buyer_id, campaign_id).
  const { rows } = await sql<BuiltOn>`
    select s.placed_at as "stoppedAt",
           (select count(*) from outreach.notices_view n
             where n.campaign_id = s.campaign_id
               and n.buyer_id in (select o.buyer_id from catalog.order_lines_view o where o.listing_id = s.listing_id)) as notices
      from matching.decisions_view d
      join campaigns.campaigns c on c.recall_id = d.recall_id
      join supply.stops_view s on s.listing_id = d.listing_id and s.campaign_id = c.campaign_id
     where d.recall_id = ${recallId} and d.listing_id = ${listingId} and d.decision_no = ${decisionNo} and d.ruling = 'affected'
       and s.placed_at >= d.decided_at`.execute(db)
  return rows[0] ?? null
}
