/** The rows behind the figures of supply: stopped listings, held stock, open orders taken back. One campaign each. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { afterKey, type Key } from '../platform/lists.ts'
import type { Balance } from '../supply/index.ts'
import { all } from './queries-stages.ts'

export type ListingRow = {
  listing_id: string
  title: string
  seller_id: string
  seller_name: string
  placed_at: Date
  placed_by: string
  released_at: Date | null
  /** Only the accounts that were ever posted to; null where the listing has no books. */
  units: Partial<Balance> | null
}

/** Listings that the campaign stopped, with the units of each account. Index stops_campaign, then the ledger's primary key per listing. */
export async function listingRows(db: Db, campaignId: string, after: Key | null, limit: number): Promise<ListingRow[]> {
  const { rows } = await sql<ListingRow>`
    select s.listing_id, l.title, l.seller_id, e.name as seller_name, s.placed_at, s.placed_by, s.released_at,
           (select jsonb_object_agg(b.account, b.units)
              from (select account, sum(units) as units from supply.unit_balances_view
                     where listing_id = s.listing_id group by account) b) as units
      from supply.stops_view s
      join catalog.listings_view l on l.listing_id = s.listing_id
      join catalog.sellers_view e on e.seller_id = l.seller_id
     where ${all([sql`s.campaign_id = ${campaignId}`, afterKey([sql`s.listing_id`], after)])}
     order by s.listing_id
     limit ${limit}`.execute(db)
  return rows
}

export type StockRow = {
  listing_id: string
  title: string
  centre_id: string
  centre_name: string
  lot: string
  units: number
  placed_at: Date
}

/** Stock that the campaign holds, by place. Index holds_campaign; a campaign holds few enough places to sort. */
export async function stockRows(db: Db, campaignId: string, after: Key | null, limit: number): Promise<StockRow[]> {
  const { rows } = await sql<StockRow>`
    select h.listing_id, l.title, h.centre_id, e.name as centre_name, h.lot, h.units, h.placed_at
      from supply.holds_view h
      join catalog.listings_view l on l.listing_id = h.listing_id
      join catalog.centres_view e on e.centre_id = h.centre_id
     where ${all([sql`h.campaign_id = ${campaignId}`, afterKey([sql`h.listing_id`, sql`h.centre_id`, sql`h.lot`], after)])}
     order by h.listing_id, h.centre_id, h.lot
     limit ${limit}`.execute(db)
  return rows
}

export type InterceptionRow = {
  buyer_id: string
  order_id: string
  line_no: number
  listing_id: string
  units: number
  intercepted_at: Date
}

/** Open order lines that the campaign took back. The primary key gives the order, or the index interceptions_campaign the rows. */
export async function interceptionRows(db: Db, campaignId: string, after: Key | null, limit: number): Promise<InterceptionRow[]> {
  const { rows } = await sql<InterceptionRow>`
    select i.buyer_id, i.order_id, i.line_no, i.listing_id, i.units, i.intercepted_at
      from supply.interceptions_view i
     where ${all([sql`i.campaign_id = ${campaignId}`, afterKey([sql`i.buyer_id`, sql`i.order_id`, sql`i.line_no`], after)])}
     order by i.buyer_id, i.order_id, i.line_no
     limit ${limit}`.execute(db)
  return rows
}
