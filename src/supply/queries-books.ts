/**
 * SQL that moves units: holding shelves, intercepting open orders, and the ledger entries of both. Each statement reads the catalogue and the
 * ledger in one snapshot and posts the difference, so that running it again posts nothing. The rules are those of `ledger.ts`.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import { POSTINGS, type Posting } from './ledger.ts'

/** By whom, for which campaign, when, on which listings. */
export type Order = { campaignId: string; listingIds: readonly string[]; actor: string; at: Date }

/** Two postings on the same listing would both see the same difference: they take turns, to the end of the transaction. */
export async function lockLedger(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('supply.unit_entries'))`.execute(db)
}

/** `entryKey` of `ledger.ts` over the columns n, centre_id and lot. */
function key(posting: Posting, n: string): RawBuilder<string> {
  return sql<string>`${posting} || ':' || ${sql.ref(n)} || ':' || replace(replace(centre_id, '%', '%25'), ':', '%3A') || ':' || lot`
}

/** Inserts one entry per row of `source`, which has listing_id, centre_id, lot and the columns named for the number and the units. */
export function post(order: Order, posting: Posting, source: string, columns: { n: string; units: string }): RawBuilder<unknown> {
  const { from, to } = POSTINGS[posting]
  const units = sql.ref(columns.units)
  return sql`
      insert into supply.unit_entries
             (listing_id, entry_key, centre_id, lot, from_account, to_account, units, campaign_id, posted_at, posted_by)
      select listing_id, ${key(posting, columns.n)}, centre_id, lot, ${from}, ${to}, ${units}, ${order.campaignId}, ${order.at}::timestamptz, ${order.actor}
        from ${sql.ref(source)}
       where ${units} > 0`
}

/** Whether the units of an interception are still held. Served by the primary key of interception_ends. */
export function notFreed(alias: string): RawBuilder<boolean> {
  return sql<boolean>`not exists (select from supply.interception_ends e
                                   where e.buyer_id = ${sql.ref(`${alias}.buyer_id`)} and e.order_id = ${sql.ref(`${alias}.order_id`)}
                                     and e.line_no = ${sql.ref(`${alias}.line_no`)})`
}

/** Whether a hold has not ended. Served by the primary key of hold_ends. */
export function notEnded(alias: string): RawBuilder<boolean> {
  return sql<boolean>`not exists (select from supply.hold_ends e
                                   where e.listing_id = ${sql.ref(`${alias}.listing_id`)} and e.centre_id = ${sql.ref(`${alias}.centre_id`)}
                                     and e.lot = ${sql.ref(`${alias}.lot`)} and e.campaign_id = ${sql.ref(`${alias}.campaign_id`)}
                                     and e.hold_no = ${sql.ref(`${alias}.hold_no`)})`
}

/** How many postings of a kind the rows of supply.unit_entries in the group are, plus one: the number of the next. */
export function next(posting: Posting): RawBuilder<number> {
  const { from, to } = POSTINGS[posting]
  return sql<number>`count(*) filter (where from_account = ${from} and to_account = ${to}) + 1`
}

/** What has gone into an account less what has left it, over the rows of supply.unit_entries in the group. */
function balance(account: 'sellable' | 'held'): RawBuilder<number> {
  return sql<number>`coalesce(sum(units) filter (where to_account = ${account}), 0) - coalesce(sum(units) filter (where from_account = ${account}), 0)`
}

export type HeldCounts = { listings: number; centres: number; units: number }

/** The number of the last hold at the place of a row `p`, by whichever campaign; 0 where there was none. */
export const LAST_HOLD_NO = sql<number>`(select coalesce(max(h.hold_no), 0) from supply.holds h
                                   where h.listing_id = p.listing_id and h.centre_id = p.centre_id and h.lot = p.lot)`

/** Holds every unit that lies on the shelves of these listings and that nobody holds yet. `shelfPostings` says how many. */
export async function holdShelves(db: Db, order: Order): Promise<HeldCounts> {
  const { rows } = await sql<HeldCounts>`
    -- What the ledger has at each place of these listings. Served by the primary key (listing_id, entry_key).
    with booked as (
      select listing_id, centre_id, lot, ${balance('sellable')} as sellable, ${balance('held')} as held,
             ${next('opening:sellable')} as opening_no, ${next('hold')} as hold_no, ${next('left:sellable')} as left_no
        from supply.unit_entries
       where listing_id = any(${order.listingIds}::text[])
       group by listing_id, centre_id, lot
    ),
    -- Units taken back from open orders are held without lying on the shelf, until the marketplace cancels their line. Served by
    -- interceptions_listing and the primary key of the order lines.
    away as (
      select i.listing_id, i.centre_id, i.lot, sum(i.units) as units
        from supply.interceptions i
        join catalog.order_lines_view o using (buyer_id, order_id, line_no)
       where i.listing_id = any(${order.listingIds}::text[]) and o.state <> 'cancelled' and ${notFreed('i')}
       group by i.listing_id, i.centre_id, i.lot
    ),
    -- Each shelf, and each place that the ledger thinks has some: units that nobody holds yet. Served by the primary key of the shelves.
    shelves as (
      select listing_id, centre_id, lot, coalesce(b.sellable, 0) as sellable, coalesce(b.opening_no, 1) as opening_no,
             coalesce(b.hold_no, 1) as hold_no, coalesce(b.left_no, 1) as left_no,
             greatest(coalesce(s.units, 0) - (coalesce(b.held, 0) - coalesce(a.units, 0)), 0) as to_hold
        from (select listing_id, centre_id, lot, units from catalog.stock_view where listing_id = any(${order.listingIds}::text[])) s
        full join booked b using (listing_id, centre_id, lot)
        left join away a using (listing_id, centre_id, lot)
       where s.listing_id is not null or b.sellable > 0
    ),
    -- Of those, what came in since the ledger last looked: for a first campaign, everything. What was free again and is gone, left.
    places as (select *, greatest(to_hold - sellable, 0) as arrived, greatest(sellable - to_hold, 0) as gone from shelves),
    opened as (${post(order, 'opening:sellable', 'places', { n: 'opening_no', units: 'arrived' })}),
    moved as (${post(order, 'hold', 'places', { n: 'hold_no', units: 'to_hold' })}),
    gone as (${post(order, 'left:sellable', 'places', { n: 'left_no', units: 'gone' })}),
    placed as (
      insert into supply.holds (listing_id, centre_id, lot, campaign_id, hold_no, units, placed_at, placed_by)
      select listing_id, centre_id, lot, ${order.campaignId}, ${LAST_HOLD_NO} + 1, to_hold, ${order.at}::timestamptz, ${order.actor}
        from places p
       where to_hold > 0
      returning listing_id, centre_id, units
    )
    select count(distinct listing_id) as listings, count(distinct centre_id) as centres, coalesce(sum(units), 0)::bigint as units from placed`.execute(
    db,
  )
  return rows[0]!
}

export type InterceptedCounts = { lines: number; units: number }

/** Takes back every open line of these listings that was not taken back before, and moves its units from the way to the buyer into held. */
export async function interceptLines(db: Db, order: Order): Promise<InterceptedCounts> {
  const { rows } = await sql<InterceptedCounts>`
    -- Open lines; those taken back before are known by their key. Served by order_lines_listing.
    with taken as (
      insert into supply.interceptions
             (buyer_id, order_id, line_no, campaign_id, listing_id, centre_id, lot, units, amount_minor, currency, intercepted_at)
      select buyer_id, order_id, line_no, ${order.campaignId}, listing_id, coalesce(centre_id, ''), coalesce(lot, ''), units, amount_minor, currency,
             ${order.at}::timestamptz
        from catalog.order_lines_view
       where listing_id = any(${order.listingIds}::text[]) and state = 'open'
      on conflict do nothing
      returning listing_id, centre_id, lot, units
    ),
    sums as (select listing_id, centre_id, lot, sum(units) as units from taken group by listing_id, centre_id, lot),
    -- The numbers of the next postings. Served by the primary key (listing_id, entry_key).
    numbers as (
      select listing_id, centre_id, lot, ${next('opening:in_transit')} as opening_no, ${next('intercept')} as intercept_no
        from supply.unit_entries
       where listing_id = any(${order.listingIds}::text[])
       group by listing_id, centre_id, lot
    ),
    places as (
      select s.*, coalesce(n.opening_no, 1) as opening_no, coalesce(n.intercept_no, 1) as intercept_no
        from sums s
        left join numbers n using (listing_id, centre_id, lot)
    ),
    opened as (${post(order, 'opening:in_transit', 'places', { n: 'opening_no', units: 'units' })}),
    moved as (${post(order, 'intercept', 'places', { n: 'intercept_no', units: 'units' })})
    select count(*) as lines, coalesce(sum(units), 0)::bigint as units from taken`.execute(db)
  return rows[0]!
}

/** Brings the account `with_consumers` to what the catalogue says was shipped. A line that we took back is not counted, whatever became of it. */
export async function postShippedUnits(db: Db, order: Order): Promise<void> {
  await sql`
    -- Shipped units per lot. Served by order_lines_listing; the lines taken back, by interceptions_listing.
    with shipped as (
      select o.listing_id, coalesce(o.lot, '') as lot, sum(o.units) as units
        from catalog.order_lines_view o
       where o.listing_id = any(${order.listingIds}::text[]) and o.state = 'shipped'
         and (o.buyer_id, o.order_id, o.line_no) not in (
               select buyer_id, order_id, line_no from supply.interceptions where listing_id = any(${order.listingIds}::text[]))
       group by o.listing_id, coalesce(o.lot, '')
    ),
    -- What the ledger has of it. Served by the primary key (listing_id, entry_key).
    booked as (
      select listing_id, lot, ${next('opening:with_consumers')} as opening_no, ${next('correction:with_consumers')} as correction_no,
             sum(case when from_account = 'received' then units else -units end) as units
        from supply.unit_entries
       where listing_id = any(${order.listingIds}::text[])
         and (from_account, to_account) in (('received', 'with_consumers'), ('with_consumers', 'received'))
       group by listing_id, lot
    ),
    -- The difference: more were shipped than we knew, or the marketplace took a shipment back.
    lots as (
      select listing_id, '' as centre_id, lot, coalesce(b.opening_no, 1) as opening_no, coalesce(b.correction_no, 1) as correction_no,
             coalesce(s.units, 0) - coalesce(b.units, 0) as more, coalesce(b.units, 0) - coalesce(s.units, 0) as fewer
        from shipped s
        full join booked b using (listing_id, lot)
    ),
    opened as (${post(order, 'opening:with_consumers', 'lots', { n: 'opening_no', units: 'more' })})
    ${post(order, 'correction:with_consumers', 'lots', { n: 'correction_no', units: 'fewer' })}`.execute(db)
}
