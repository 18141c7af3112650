/** SQL of releases: the end of a stop, and what becomes of the units it held. Run under `lockLedger`. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { LAST_HOLD_NO, next, notEnded, notFreed, post, type Order } from './queries-books.ts'
import type { ReleaseStatement } from './release-statement.ts'

export type NewRelease = { listingId: string; statement: ReleaseStatement }

/** Statements are about 1 KB: some 2 MB a batch. */
const RELEASE_BATCH_MAX = 2_000

/** Ends the stops of this campaign that stand on these listings. Returns the listings whose stop ended now. */
export async function insertReleases(
  db: Db,
  { campaignId, releases, actor, at }: { campaignId: string; releases: readonly NewRelease[]; actor: string; at: Date },
): Promise<string[]> {
  const released: string[] = []
  for (let start = 0; start < releases.length; start += RELEASE_BATCH_MAX) {
    const batch = releases.slice(start, start + RELEASE_BATCH_MAX)
    // The primary key (listing_id, campaign_id, stop_no) finds the latest stop of each; one that has its release is left alone.
    const { rows } = await sql<{ listing_id: string }>`
      insert into supply.stop_releases (listing_id, campaign_id, stop_no, released_at, released_by, reason, statement)
      select s.listing_id, s.campaign_id, s.stop_no, greatest(${at}::timestamptz, s.placed_at), ${actor}, i.statement ->> 'why', i.statement
        from (select distinct on (listing_id) listing_id, statement::jsonb as statement
                from unnest(${batch.map((each) => each.listingId)}::text[], ${batch.map((each) => JSON.stringify(each.statement))}::text[])
                       as incoming (listing_id, statement)) i
        join supply.stops_view s on s.listing_id = i.listing_id and s.campaign_id = ${campaignId} and s.released_at is null
      returning listing_id`.execute(db)
    released.push(...rows.map((row) => row.listing_id))
  }
  return released
}

/** Units of the product. `units` are free again; `passedOn` are held by another campaign from now on. */
export type FreedCounts = { units: number; passedOn: number }

/**
 * Lets go of what the campaign held of listings whose stop by it has ended. Where another stop stands on the listing, that one's campaign
 * holds the units from now on; else they go back to `sellable`, and with them those of orders that were taken back.
 */
export async function freeUnits(db: Db, order: Order): Promise<FreedCounts> {
  const { rows } = await sql<FreedCounts>`
    -- The stop that claims a listing's units from now on: the oldest that stands. Served by the primary key of the stops.
    with heirs as (
      select distinct on (listing_id) listing_id, campaign_id as heir
        from supply.stops_view
       where listing_id = any(${order.listingIds}::text[]) and released_at is null
       order by listing_id, placed_at, campaign_id
    ),
    -- The campaign's holds of these listings. Served by the primary key of the holds.
    ending as (
      select h.listing_id, h.centre_id, h.lot, h.hold_no, h.units, heirs.heir
        from supply.holds h
        left join heirs on heirs.listing_id = h.listing_id
       where h.listing_id = any(${order.listingIds}::text[]) and h.campaign_id = ${order.campaignId} and ${notEnded('h')}
    ),
    ended as (
      insert into supply.hold_ends (listing_id, centre_id, lot, campaign_id, hold_no, ended_at, ended_by, passed_to)
      select listing_id, centre_id, lot, ${order.campaignId}, hold_no, ${order.at}::timestamptz, ${order.actor}, heir from ending
    ),
    passed as (
      insert into supply.holds (listing_id, centre_id, lot, campaign_id, hold_no, units, placed_at, placed_by)
      select listing_id, centre_id, lot, heir, ${LAST_HOLD_NO} + row_number() over (partition by listing_id, centre_id, lot order by hold_no),
             units, ${order.at}::timestamptz, ${order.actor}
        from ending p
       where heir is not null
      returning units
    ),
    -- Units of orders taken back, by whichever campaign: no stop claims them any more. Served by interceptions_listing.
    taken as (
      select i.buyer_id, i.order_id, i.line_no, i.listing_id, i.centre_id, i.lot, i.units
        from supply.interceptions i
       where i.listing_id = any(${order.listingIds}::text[]) and i.listing_id not in (select listing_id from heirs) and ${notFreed('i')}
    ),
    freed as (
      insert into supply.interception_ends (buyer_id, order_id, line_no, campaign_id, listing_id, ended_at)
      select buyer_id, order_id, line_no, ${order.campaignId}, listing_id, ${order.at}::timestamptz from taken
    ),
    -- The numbers of the next postings. Served by the primary key (listing_id, entry_key).
    numbers as (
      select listing_id, centre_id, lot, ${next('release')} as release_no
        from supply.unit_entries
       where listing_id = any(${order.listingIds}::text[])
       group by listing_id, centre_id, lot
    ),
    sums as (
      select listing_id, centre_id, lot, sum(units) as units
        from (select listing_id, centre_id, lot, units from ending where heir is null
              union all
              select listing_id, centre_id, lot, units from taken) kept
       group by listing_id, centre_id, lot
    ),
    places as (select s.*, coalesce(n.release_no, 1) as release_no from sums s left join numbers n using (listing_id, centre_id, lot)),
    moved as (${post(order, 'release', 'places', { n: 'release_no', units: 'units' })})
    select (select coalesce(sum(units), 0)::bigint from sums) as units, (select coalesce(sum(units), 0)::bigint from passed) as "passedOn"`.execute(
    db,
  )
  return rows[0]!
}
