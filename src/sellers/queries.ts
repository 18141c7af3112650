/** All SQL of the room. It only reads, and every statement names the seller: what is another seller's is not found, never refused. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import { beforeKey, timeKey, type Key } from '../platform/lists.ts'
import type { Balance, ReleaseStatement, StatementOfReasons } from '../supply/index.ts'

export type SellerStopRow = {
  listing_id: string
  title: string
  campaign_id: string
  recall_id: string
  recall_number: string
  agency: string
  recall_title: string
  url: string | null
  published_on: string
  placed_at: Date
  placed_key: string
  released_at: Date | null
  release_statement: ReleaseStatement | null
  /** Only the accounts that were ever posted to; null where the listing has no books. */
  units: Partial<Balance> | null
  affected_units: number
  refunded_units: number
  statement: StatementOfReasons
}

export type StopFilters = { listingId?: string | undefined; campaignId?: string | undefined; inForce?: boolean | undefined }

/** Stops on the seller's listings, the latest first; a listing that two recalls concern has two. */
export async function stopsPage(
  db: Db,
  sellerId: string,
  filters: StopFilters,
  after: Key | null,
  limit: number,
): Promise<SellerStopRow[]> {
  const { rows } = await sql<SellerStopRow>`
    -- The stops of this page: index listings_seller, then the primary key of the stops.
    with mine as (
      select s.listing_id, l.title, s.campaign_id, s.placed_at, s.released_at, s.release_statement, s.statement
        from catalog.listings_view l
        join supply.stops_view s on s.listing_id = l.listing_id
       where l.seller_id = ${sellerId}
         and ${filters.listingId === undefined ? sql`true` : sql`l.listing_id = ${filters.listingId}`}
         and ${filters.campaignId === undefined ? sql`true` : sql`s.campaign_id = ${filters.campaignId}`}
         and ${filters.inForce === undefined ? sql`true` : sql`(s.released_at is null) = ${filters.inForce}`}
         and ${beforeKey([sql`s.placed_at`, sql`s.listing_id`, sql`s.campaign_id`], after)}
       order by s.placed_at desc, s.listing_id desc, s.campaign_id desc
       limit ${limit}
    ),
    ${linesOf(sellerId)}
    select m.listing_id, m.title, m.campaign_id, c.recall_id, r.recall_number, r.agency, r.title as recall_title, r.content ->> 'url' as url,
           r.published_on, m.placed_at, ${timeKey(sql`m.placed_at`)} as placed_key, m.released_at, m.release_statement,
           -- Where its units are: the ledger's primary key (listing_id, entry_key).
           (select jsonb_object_agg(b.account, b.units)
              from (select account, sum(units) as units from supply.unit_balances_view
                     where listing_id = m.listing_id group by account) b) as units,
           coalesce(l.affected_units, 0) as affected_units, coalesce(l.refunded_units, 0) as refunded_units, m.statement
      from mine m
      join campaigns.campaigns_view c on c.campaign_id = m.campaign_id
      join recalls.current_recalls_view r on r.recall_id = c.recall_id
      left join lines l on l.listing_id = m.listing_id and l.campaign_id = m.campaign_id
     order by m.placed_at desc, m.listing_id desc, m.campaign_id desc`.execute(db)
  return rows
}

/**
 * The common table `lines` for the stops in `mine`: the seller's affected units, and those paid back, per listing and campaign. One pass over
 * each campaign's lines (index affected_lines_campaign), then primary-key look-ups of cases. Units only: nothing of it leads to a buyer.
 */
function linesOf(sellerId: string): RawBuilder<unknown> {
  return sql`
    lines as (
      select a.listing_id, a.campaign_id, sum(a.units) filter (where a.answer = 'affected')::bigint as affected_units,
             sum(a.units) filter (where k.buyer_id is not null and c.buyer_id is not null)::bigint as refunded_units
        from outreach.affected_lines_view a
        left join remedies.cases_view c on c.buyer_id = a.buyer_id and c.campaign_id = a.campaign_id and c.state = 'refunded'
        left join remedies.case_lines_view k
          on k.buyer_id = a.buyer_id and k.campaign_id = a.campaign_id and k.order_id = a.order_id and k.line_no = a.line_no
       where a.seller_id = ${sellerId} and a.campaign_id in (select campaign_id from mine)
       group by a.listing_id, a.campaign_id
    )`
}

export type SellerGateRow = {
  listing_id: string
  title: string
  recall_id: string
  recall_number: string
  agency: string
  recall_title: string
  gate: 'recalled' | 'under_review'
  placed_at: Date
  placed_key: string
  statement: StatementOfReasons
}

/** What is kept from sale of the seller's without a campaign, the latest first. Index listings_seller, then the primary key of the gates. */
export async function gatesPage(db: Db, sellerId: string, after: Key | null, limit: number): Promise<SellerGateRow[]> {
  const { rows } = await sql<SellerGateRow>`
    select g.listing_id, l.title, g.recall_id, r.recall_number, r.agency, r.title as recall_title, g.gate, g.placed_at,
           ${timeKey(sql`g.placed_at`)} as placed_key, g.statement
      from catalog.listings_view l
      join supply.gates_view g on g.listing_id = l.listing_id
     cross join lateral (select recall_number, agency, title from recalls.current_recalls_view where recall_id = g.recall_id) r
     where l.seller_id = ${sellerId} and g.ended_at is null and ${beforeKey([sql`g.placed_at`, sql`g.listing_id`, sql`g.recall_id`], after)}
     order by g.placed_at desc, g.listing_id desc, g.recall_id desc
     limit ${limit}`.execute(db)
  return rows
}

export type HoldRow = { centre_id: string; centre_name: string; lot: string; units: number; placed_at: Date }

/** Stock that is held now of one of the seller's listings, for whichever of its stops. The primary key of the holds serves it. */
export async function holdsOf(db: Db, sellerId: string, listingId: string): Promise<HoldRow[]> {
  const { rows } = await sql<HoldRow>`
    select h.centre_id, e.name as centre_name, h.lot, sum(h.units)::bigint as units, min(h.placed_at) as placed_at
      from supply.holds_view h
      join catalog.listings_view l on l.listing_id = h.listing_id
      join catalog.centres_view e on e.centre_id = h.centre_id
     where l.seller_id = ${sellerId} and h.listing_id = ${listingId}
     group by h.centre_id, e.name, h.lot
     order by h.centre_id, h.lot`.execute(db)
  return rows
}

export type EarlierStop = { stop_no: number; placed_at: Date; released_at: Date | null; release_statement: ReleaseStatement | null }

/** Earlier stops of one of the seller's listings by the same campaign, the latest first. The primary key of the stops serves it. */
export async function earlierStops(db: Db, sellerId: string, listingId: string, campaignId: string, before: Date): Promise<EarlierStop[]> {
  const { rows } = await sql<EarlierStop>`
    select s.stop_no, s.placed_at, s.released_at, s.release_statement
      from supply.stop_history_view s
      join catalog.listings_view l on l.listing_id = s.listing_id
     where l.seller_id = ${sellerId} and s.listing_id = ${listingId} and s.campaign_id = ${campaignId} and s.placed_at < ${before}::timestamptz
     order by s.stop_no desc
     limit 100`.execute(db)
  return rows
}

export type SellerSummary = {
  seller_id: string
  name: string
  listings: number
  listings_stopped: number
  units_held: number
  units_affected: number
  units_refunded: number
}

/** The seller in figures, each the sum of the rows of `stopsPage`; null where the marketplace knows no such seller. */
export async function sellerSummary(db: Db, sellerId: string): Promise<SellerSummary | null> {
  const { rows } = await sql<SellerSummary>`
    -- Every stop on the seller's listings, whether or not it still stands.
    with mine as (
      select s.listing_id, s.campaign_id, s.released_at
        from catalog.listings_view l
        join supply.stops_view s on s.listing_id = l.listing_id
       where l.seller_id = ${sellerId}
    ),
    ${linesOf(sellerId)}
    select s.seller_id, s.name,
           (select count(*) from catalog.listings_view where seller_id = s.seller_id) as listings,
           (select count(distinct listing_id) from mine where released_at is null) as listings_stopped,
           (select coalesce(sum(units), 0)::bigint from supply.unit_balances_view
             where account = 'held' and listing_id = any(array(select listing_id from mine))) as units_held,
           (select coalesce(sum(affected_units), 0)::bigint from lines join mine using (listing_id, campaign_id)) as units_affected,
           (select coalesce(sum(refunded_units), 0)::bigint from lines join mine using (listing_id, campaign_id)) as units_refunded
      from catalog.sellers_view s
     where s.seller_id = ${sellerId}`.execute(db)
  return rows[0] ?? null
}
