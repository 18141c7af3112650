/** What a campaign did because of a ruling. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

/** A stop with the notices of its buyers, or a release that was asked for. */
export type BuiltOn = { stoppedAt: Date | null; notices: number; releaseAskedAt: Date | null }

/**
 * What the recall's campaign did with the listing at or after a ruling: the stop that `affected` brought, the release that waits after any
 * other. Null where it did nothing.
 */
export async function builtOn(db: Db, recallId: string, listingId: string, decisionNo: number): Promise<BuiltOn | null> {
  // Primary keys; the buyers of the stopped listing by order_lines_listing, their notices by the key (buyer_id, campaign_id).
  const { rows } = await sql<BuiltOn>`
    select case when d.ruling = 'affected' and s.placed_at >= d.decided_at then s.placed_at end as "stoppedAt", r.asked_at as "releaseAskedAt",
           (select count(*) from outreach.notices_view n
             where n.campaign_id = s.campaign_id
               and n.buyer_id in (select o.buyer_id from catalog.order_lines_view o where o.listing_id = s.listing_id)) as notices
      from matching.decisions_view d
      join lateral (select campaign_id from campaigns.campaigns where recall_id = d.recall_id
                     union select campaign_id from campaigns.campaign_recalls where recall_id = d.recall_id) c on true
      join supply.stops_view s on s.listing_id = d.listing_id and s.campaign_id = c.campaign_id
      left join campaigns.release_requests_view r on r.campaign_id = s.campaign_id and r.listing_id = s.listing_id and r.stop_no = s.stop_no
                                                 and r.answer is null and r.asked_at >= d.decided_at and d.ruling <> 'affected'
     where d.recall_id = ${recallId} and d.listing_id = ${listingId} and d.decision_no = ${decisionNo}
       and (d.ruling = 'affected' and s.placed_at >= d.decided_at or r.asked_at is not null)`.execute(db)
  return rows[0] ?? null
}
