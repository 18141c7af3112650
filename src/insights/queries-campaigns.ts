/** The list of campaigns, each with the figures that tell where it stands. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { beforeKey, timeKey, type Key } from '../platform/lists.ts'

export type CampaignRow = {
  campaign_id: string
  recall_id: string
  recall_number: string
  title: string
  opened_at: Date
  opened_key: string
  opened_by: string
  listings_stopped: number
  held_units: number
  affected_units: number
  affected_buyers: number
  delivered_buyers: number
  remedied_units: number
}

/** Campaigns, the latest first, with the same figures as their own pages. One pass over each table for the whole page of campaigns. */
export async function campaignsPage(db: Db, after: Key | null, limit: number): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`
    -- The campaigns of this page; there are as many as recalls that touched this marketplace, so a sort serves it.
    with page as (
      select c.campaign_id, c.recall_id, c.opened_at, c.opened_by
        from campaigns.campaigns_view c
       where ${beforeKey([sql`c.opened_at`, sql`c.campaign_id`], after)}
       order by c.opened_at desc, c.campaign_id desc
       limit ${limit}
    ),
    -- Listings stopped: index stops_campaign.
    stops as (
      select campaign_id, count(*) as listings_stopped
        from supply.stops_view where campaign_id in (select campaign_id from page) group by campaign_id
    ),
    -- Units held: index holds_campaign.
    holds as (
      select campaign_id, sum(units)::bigint as held_units
        from supply.holds_view where campaign_id in (select campaign_id from page) group by campaign_id
    ),
    -- Units in scope, and of all lines those whose case is refunded: index affected_lines_campaign, then the primary keys of the cases.
    lines as (
      select l.campaign_id, sum(l.units) filter (where l.answer = 'affected')::bigint as affected_units,
             sum(l.units) filter (where k.buyer_id is not null and c.state = 'refunded')::bigint as remedied_units
        from outreach.affected_lines_view l
        left join remedies.cases_view c on c.buyer_id = l.buyer_id and c.campaign_id = l.campaign_id and c.state = 'refunded'
        left join remedies.case_lines_view k
          on k.buyer_id = l.buyer_id and k.campaign_id = l.campaign_id and k.order_id = l.order_id and k.line_no = l.line_no
       where l.campaign_id in (select campaign_id from page)
       group by l.campaign_id
    ),
    -- Buyers: index notices_bucket.
    buyers as (
      select campaign_id, count(*) filter (where answer = 'affected') as affected_buyers,
             count(*) filter (where state = 'delivered') as delivered_buyers
        from outreach.notices_view where campaign_id in (select campaign_id from page) group by campaign_id
    )
    select p.campaign_id, p.recall_id, r.recall_number, r.title, p.opened_at, ${timeKey(sql`p.opened_at`)} as opened_key, p.opened_by,
           coalesce(s.listings_stopped, 0) as listings_stopped, coalesce(h.held_units, 0) as held_units,
           coalesce(l.affected_units, 0) as affected_units, coalesce(b.affected_buyers, 0) as affected_buyers,
           coalesce(b.delivered_buyers, 0) as delivered_buyers, coalesce(l.remedied_units, 0) as remedied_units
      from page p
      join recalls.current_recalls_view r on r.recall_id = p.recall_id
      left join stops s on s.campaign_id = p.campaign_id
      left join holds h on h.campaign_id = p.campaign_id
      left join lines l on l.campaign_id = p.campaign_id
      left join buyers b on b.campaign_id = p.campaign_id
     order by p.opened_at desc, p.campaign_id desc`.execute(db)
  return rows
}

export type MarketplaceCounts = { recalls: number; listings: number; sellers: number }

/** How much there is to watch and to watch for. Each counts a table whole, in its primary key. */
export async function marketplaceCounts(db: Db): Promise<MarketplaceCounts> {
  const { rows } = await sql<MarketplaceCounts>`
    select (select count(*) from recalls.current_recalls_view) as recalls,
           (select count(*) from catalog.listings_view) as listings,
           (select count(*) from catalog.sellers_view) as sellers`.execute(db)
  return rows[0]!
}
