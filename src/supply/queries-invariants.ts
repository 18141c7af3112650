/** The promises of this room as statements that find what breaks them. `tocsin doctor` runs them on any database. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Invariant } from '../platform/invariants.ts'
import { notEnded, notFreed } from './queries-books.ts'
import { RELEASE_TEXTS } from './release-statement.ts'
import { gatesNotTold } from './queries-gates.ts'
import { STATEMENT_TEXTS } from './statement.ts'

const VIOLATIONS_MAX = 100

async function found(db: Db, query: RawBuilder<{ violation: string }>): Promise<string[]> {
  const { rows } = await query.execute(db)
  return rows.map((row) => row.violation)
}

/** Stops without a release beside them. */
const STANDING = sql`
    select s.listing_id, s.campaign_id, s.placed_at
      from supply.stops s
     where not exists (select from supply.stop_releases r
                        where r.listing_id = s.listing_id and r.campaign_id = s.campaign_id and r.stop_no = s.stop_no)`

/** Units that are held now: by holds that have not ended, and of orders taken back that nobody freed. */
const HELD = sql`
    select h.listing_id, h.lot, h.units from supply.holds h where ${notEnded('h')}
    union all
    select i.listing_id, i.lot, i.units from supply.interceptions i where ${notFreed('i')}`

/** The lines of standing stops that were not taken back. Served by order_lines_listing and the key of the interceptions. */
const LINES_NOT_TAKEN_BACK = sql`
    select o.listing_id, coalesce(o.lot, '') as lot, o.state, o.units
      from catalog.order_lines_view o
     where o.listing_id in (select listing_id from stopped)
       and not exists (select from supply.interceptions i
                        where i.buyer_id = o.buyer_id and i.order_id = o.order_id and i.line_no = o.line_no)`

/** Each line of these is one account of one lot, as the ledger has it and as the rows behind it say. */
async function unitsConserved(db: Db): Promise<string[]> {
  return await found(
    db,
    sql`
    with stopped as (select distinct listing_id from (${STANDING}) standing),
    lines as (${LINES_NOT_TAKEN_BACK}),
    ledger as (select listing_id, lot, account, units from supply.unit_balances_view where listing_id in (select listing_id from stopped)),
    -- What each account must be: the catalogue's lines, our holds and interceptions, and for received the sum of all others.
    expected as (
      select listing_id, lot, 'with_consumers' as account, sum(units) as units from lines where state = 'shipped' group by listing_id, lot
      union all
      select listing_id, lot, 'in_transit', sum(units) from lines where state = 'open' group by listing_id, lot
      union all
      select listing_id, lot, 'held', sum(units)
        from (${HELD}) kept
       where listing_id in (select listing_id from stopped)
       group by listing_id, lot
      union all
      select listing_id, lot, 'received', sum(units) from ledger where account <> 'received' group by listing_id, lot
    ),
    compared as (
      select listing_id, lot, account, coalesce(l.units, 0) as booked, coalesce(e.units, 0) as expected
        from (select * from ledger where account in ('with_consumers', 'in_transit', 'held', 'received')) l
        full join expected e using (listing_id, lot, account)
    )
    select format('Listing %s, lot %s: the ledger has %s units %s, the rows say %s.', listing_id, coalesce(nullif(lot, ''), 'not told'), booked,
                  replace(account, '_', ' '), expected) as violation
      from compared where booked <> expected
    union all
    select format('Listing %s, lot %s: the account %s is %s units.', listing_id, coalesce(nullif(lot, ''), 'not told'), replace(account, '_', ' '), units)
      from ledger where units < 0
     limit ${VIOLATIONS_MAX}`,
  )
}

async function stockInPlace(db: Db): Promise<string[]> {
  return await found(
    db,
    sql`
    with stopped as (select distinct listing_id from (${STANDING}) standing),
    held as (
      select listing_id, centre_id, lot, sum(units) as units from supply.holds h
       where listing_id in (select listing_id from stopped) and ${notEnded('h')} group by listing_id, centre_id, lot
    ),
    -- Units taken back from orders that the marketplace has cancelled since: they may have come back to their shelf, or not yet.
    returned as (
      select i.listing_id, i.centre_id, i.lot, sum(i.units) as units
        from supply.interceptions i
        join catalog.order_lines_view o using (buyer_id, order_id, line_no)
       where i.listing_id in (select listing_id from stopped) and o.state = 'cancelled' and ${notFreed('i')}
       group by i.listing_id, i.centre_id, i.lot
    ),
    shelves as (
      select listing_id, centre_id, lot, coalesce(s.units, 0) as units, coalesce(h.units, 0) as held, coalesce(r.units, 0) as returned
        from (select * from catalog.stock_view where listing_id in (select listing_id from stopped)) s
        full join held h using (listing_id, centre_id, lot)
        left join returned r using (listing_id, centre_id, lot)
    )
    select format('Listing %s, centre %s, lot %s: %s units are held, but %s lie on the shelf.', listing_id, centre_id,
                  coalesce(nullif(lot, ''), 'not told'), held, units) as violation
      from shelves where units < held or units > held + returned
     limit ${VIOLATIONS_MAX}`,
  )
}

async function zeroEscape(db: Db): Promise<string[]> {
  return await found(
    db,
    sql`
    with standing as (${STANDING}),
    stopped as (select distinct listing_id from standing)
    -- Ordered while a stop stood or before its release, and neither cancelled nor taken back. Served by order_lines_listing.
    select format('Listing %s was ordered at %s, after its stop at %s (order %s, line %s).', o.listing_id, o.ordered_at, s.placed_at, o.order_id, o.line_no)
             as violation
      from supply.stop_history_view s
      join catalog.order_lines_view o on o.listing_id = s.listing_id and o.ordered_at > s.placed_at
     where o.state <> 'cancelled' and (s.released_at is null or o.ordered_at < s.released_at)
       and not exists (select from supply.interceptions i
                        where i.buyer_id = o.buyer_id and i.order_id = o.order_id and i.line_no = o.line_no)
    union all
    -- Open although the listing is stopped: it may still ship.
    select format('Listing %s is stopped, but order %s, line %s, is still open and was not taken back.', o.listing_id, o.order_id, o.line_no)
      from catalog.order_lines_view o
     where o.listing_id in (select listing_id from stopped) and o.state = 'open'
       and not exists (select from supply.interceptions i
                        where i.buyer_id = o.buyer_id and i.order_id = o.order_id and i.line_no = o.line_no)
    union all
    select format('Order %s, line %s, of listing %s was taken back and shipped all the same.', i.order_id, i.line_no, i.listing_id)
      from supply.interceptions i
      join catalog.order_lines_view o using (buyer_id, order_id, line_no)
     where o.state = 'shipped'
     limit ${VIOLATIONS_MAX}`,
  )
}

async function reasonsGiven(db: Db): Promise<string[]> {
  return await found(
    db,
    sql`
    select format('The stop of listing %s by campaign %s has a statement of reasons without %s.', listing_id, campaign_id, element) as violation
      from supply.stops
     cross join lateral (
       -- jsonb_typeof of what is not there is null, which is no 'string' either.
       select element from unnest(${[...STATEMENT_TEXTS]}::text[]) as texts (element)
        where jsonb_typeof(statement -> element) is distinct from 'string' or btrim(statement ->> element) = ''
       union all select 'restriction' where statement ->> 'restriction' is distinct from 'stop'
       union all select 'found_by' where coalesce(statement ->> 'found_by', '') not in ('rule', 'person', 'notice')
       union all select 'automated' where jsonb_typeof(statement -> 'automated') is distinct from 'boolean'
       union all select 'reasons' where jsonb_typeof(statement -> 'reasons') is distinct from 'array' or statement -> 'reasons' = '[]'
     ) lacking
    union all
    select format('The release of listing %s by campaign %s has a statement without %s.', listing_id, campaign_id, element)
      from supply.stop_releases
     cross join unnest(${[...RELEASE_TEXTS]}::text[]) as texts (element)
     where statement is not null and coalesce(btrim(statement ->> element), '') = ''
     limit ${VIOLATIONS_MAX}`,
  )
}

async function heldUnderStops(db: Db): Promise<string[]> {
  return await found(
    db,
    sql`
    with standing as (${STANDING}),
    free as (select listing_id, lot, units from supply.unit_balances_view
              where account = 'held' and listing_id not in (select listing_id from standing))
    select format('Listing %s, lot %s: %s units are held, but no stop stands on it.', listing_id, coalesce(nullif(lot, ''), 'not told'), units) as violation
      from free where units <> 0
    union all
    select format('Listing %s: campaign %s holds %s units, but its stop does not stand.', h.listing_id, h.campaign_id, sum(h.units))
      from supply.holds h
     where ${notEnded('h')} and (h.listing_id, h.campaign_id) not in (select listing_id, campaign_id from standing)
     group by h.listing_id, h.campaign_id
     limit ${VIOLATIONS_MAX}`,
  )
}

async function releasesFollowStops(db: Db): Promise<string[]> {
  return await found(
    db,
    sql`
    -- Served by the primary key of the stops, whose numbers run from 1.
    select format('Listing %s, campaign %s: stop number %s %s.', listing_id, campaign_id, stop_no, wrong) as violation
      from (select s.*, lag(released_at) over w as freed_before, lag(stop_no) over w as no_before
              from supply.stop_history_view s
            window w as (partition by listing_id, campaign_id order by stop_no)) s
     cross join lateral (
       select 'was released before it was placed' as wrong where released_at < placed_at
       union all select 'follows no stop with the number before' where stop_no <> coalesce(no_before, 0) + 1
       union all select 'was placed while the one before it stood' where no_before is not null and (freed_before is null or freed_before > placed_at)
     ) checks
     limit ${VIOLATIONS_MAX}`,
  )
}

export const supplyInvariants: Invariant[] = [
  {
    name: 'supply.units-conserved',
    promise:
      'For each stopped listing and lot, units received are sellable, held, in transit, with consumers, returned, destroyed or reworked.',
    check: unitsConserved,
  },
  {
    name: 'supply.stock-in-place',
    promise: 'All stock of a stopped listing is held, and held stock lies where it was.',
    check: stockInPlace,
  },
  { name: 'supply.zero-escape', promise: 'No unit of a stopped listing is ordered, picked or shipped after the stop.', check: zeroEscape },
  {
    name: 'supply.reasons-given',
    promise: 'Every stop and every release has a whole statement of reasons that the seller can read.',
    check: reasonsGiven,
  },
  {
    name: 'supply.held-under-stops',
    promise: 'Units are held only while a stop stands on their listing, each by a campaign whose stop stands.',
    check: heldUnderStops,
  },
  {
    name: 'supply.gates-told',
    promise: 'Every listing kept from sale by the gate has a statement of reasons that its seller can read.',
    check: async (db) =>
      (await gatesNotTold(db)).map(
        (gate) => `Listing ${gate.listing_id} is kept from sale under ${gate.recall_id}, and its seller was not told why.`,
      ),
  },
  {
    name: 'supply.releases-follow-stops',
    promise: 'Every release ends a stop that stood, and a listing is stopped by a campaign once at a time.',
    check: releasesFollowStops,
  },
]
