/** SQL of stops, the `sellable` answer and the balances. The postings are in `queries-books.ts`, the promises in `queries-invariants.ts`. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { emptyBalance, type Account, type Balance } from './ledger.ts'
import type { StatementOfReasons } from './statement.ts'

export type NewStop = { listingId: string; statement: StatementOfReasons }

/** Statements are about 2 KB: some 4 MB a batch. */
const STOP_BATCH_MAX = 2_000

/** Places stops that do not stand yet and returns how many were new. */
export async function insertStops(db: Db, campaignId: string, stops: readonly NewStop[], actor: string, at: Date): Promise<number> {
  let placed = 0
  for (let start = 0; start < stops.length; start += STOP_BATCH_MAX) {
    const batch = stops.slice(start, start + STOP_BATCH_MAX)
    // The primary key (listing_id, campaign_id, stop_no) finds the latest stop of each. One that stands makes the second placing none; one
    // that was released is followed by the next number.
    const done = await sql`
      insert into supply.stops (listing_id, campaign_id, stop_no, placed_at, placed_by, statement)
      select i.listing_id, ${campaignId}, coalesce(s.stop_no, 0) + 1, greatest(${at}::timestamptz, s.released_at), ${actor}, i.statement::jsonb
        from unnest(${batch.map((stop) => stop.listingId)}::text[], ${batch.map((stop) => JSON.stringify(stop.statement))}::text[])
          as i (listing_id, statement)
        left join supply.stops_view s on s.listing_id = i.listing_id and s.campaign_id = ${campaignId}
       where s.listing_id is null or s.released_at is not null
      on conflict do nothing`.execute(db)
    placed += Number(done.numAffectedRows ?? 0)
  }
  return placed
}

export type SellableRow = { listing_id: string; known: boolean; campaign_id: string | null; placed_at: Date | null; reason: string | null }

/** One row per asked listing and stop that stands on it; one row without a stop where none stands. In the order asked. */
export async function selectSellable(db: Db, listingIds: readonly string[]): Promise<SellableRow[]> {
  // Per listing one look-up in each of three primary keys: catalog.listings, supply.stops, supply.stop_releases. Every stop without its
  // release counts, whatever its number.
  const { rows } = await sql<SellableRow>`
    select asked.listing_id, l.listing_id is not null as known, s.campaign_id, s.placed_at, s.reason
      from unnest(${listingIds}::text[]) with ordinality as asked (listing_id, position)
      left join catalog.listings_view l on l.listing_id = asked.listing_id
      left join lateral (
        select s.campaign_id, s.placed_at, s.statement ->> 'what' as reason
          from supply.stops s
         where s.listing_id = asked.listing_id
           and not exists (select from supply.stop_releases r where r.listing_id = s.listing_id and r.campaign_id = s.campaign_id and r.stop_no = s.stop_no)) s on true
     order by asked.position, s.placed_at, s.campaign_id`.execute(db)
  return rows
}

/** Of these listings, those on which a stop of this campaign stands. The primary key of the stops serves it. */
export async function stoppedBy(db: Db, campaignId: string, listingIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ listing_id: string }>`
    select listing_id from supply.stops_view
     where listing_id = any(${listingIds}::text[]) and campaign_id = ${campaignId} and released_at is null`.execute(db)
  return rows.map((row) => row.listing_id)
}

/** Which listings: these, or all that a campaign stopped. */
export type Which = { listingIds: readonly string[] } | { campaignId: string }

/** Units of one listing and lot (`''` where lots are not told apart). */
export type LotBalance = { listingId: string; lot: string; balance: Balance }

export async function selectBalances(db: Db, which: Which): Promise<LotBalance[]> {
  const chosen =
    'listingIds' in which
      ? sql`listing_id = any(${which.listingIds}::text[])`
      : sql`listing_id in (select listing_id from supply.stops_view where campaign_id = ${which.campaignId})`
  // The condition reaches below the view's grouping, where the primary key (listing_id, entry_key) serves it; the index stops_campaign
  // serves the choice by campaign.
  const { rows } = await sql<{ listing_id: string; lot: string; account: Account; units: number }>`
    select listing_id, lot, account, units from supply.unit_balances_view where ${chosen} order by listing_id, lot`.execute(db)
  const lots: LotBalance[] = []
  for (const row of rows) {
    let last = lots.at(-1)
    if (last === undefined || last.listingId !== row.listing_id || last.lot !== row.lot) {
      last = { listingId: row.listing_id, lot: row.lot, balance: emptyBalance() }
      lots.push(last)
    }
    last.balance[row.account] = row.units
  }
  return lots
}
