/** A stop as its seller sees it: which units, why, until when, what to do next. */
import type { Db } from '../platform/db.ts'
import { isoTime } from '../platform/json.ts'
import { LIMIT_MAX, type Item, type ListShape } from '../platform/lists.ts'
import { ACCOUNTS } from '../supply/index.ts'
import { earlierStops, holdsOf, stopsPage, type SellerGateRow, type SellerStopRow } from './queries.ts'

export const stopShape: ListShape<SellerStopRow> = {
  name: 'stops',
  key: ['time', 'text', 'text'],
  keyOf: (row) => [row.placed_key, row.listing_id, row.campaign_id],
  item: (row) => ({
    listing_id: row.listing_id,
    title: row.title,
    campaign_id: row.campaign_id,
    recall: {
      recall_id: row.recall_id,
      recall_number: row.recall_number,
      agency: row.agency,
      title: row.recall_title,
      url: row.url,
      published_on: row.published_on,
    },
    placed_at: isoTime(row.placed_at),
    released_at: isoTime(row.released_at),
    units: Object.fromEntries(ACCOUNTS.map((account) => [account, row.units?.[account] ?? 0])),
    affected_units: row.affected_units,
    refunded_units: row.refunded_units,
    statement: row.statement,
    release: row.release_statement,
  }),
  columns: [
    'listing_id', 'title', 'campaign_id', 'recall.recall_number', 'recall.agency', 'recall.title', 'recall.url', 'recall.published_on',
    'placed_at', 'released_at', 'units.received', 'units.sellable', 'units.held', 'units.in_transit', 'units.with_consumers',
    'affected_units', 'refunded_units', 'statement.what', 'statement.until', 'statement.facts', 'statement.ground',
    'statement.grounds_url', 'statement.redress', 'release.what', 'release.why', 'release.stock', 'release.stays',
  ], // prettier-ignore
}

/**
 * One stop with the stock it holds and its reasons: of the campaign asked for, else the one that stands, else the latest. Null where the
 * seller has no such listing or it was never stopped: another seller's listing looks the same.
 */
export async function stopOf(db: Db, sellerId: string, listingId: string, campaignId: string | undefined): Promise<Item | null> {
  const stops = await stopsPage(db, sellerId, { listingId, campaignId }, null, LIMIT_MAX)
  const stop = stops.find((row) => row.released_at === null) ?? stops[0]
  if (stop === undefined) return null
  const holds = await holdsOf(db, sellerId, stop.listing_id)
  const earlier = await earlierStops(db, sellerId, stop.listing_id, stop.campaign_id, stop.placed_at)
  return {
    ...stopShape.item(stop),
    earlier: earlier.map((each) => ({
      stop_no: each.stop_no,
      placed_at: isoTime(each.placed_at),
      released_at: isoTime(each.released_at),
      why_released: each.release_statement?.why ?? null,
    })),
    holds: holds.map((hold) => ({ ...hold, placed_at: isoTime(hold.placed_at) })),
    // The reasons as they were told: the statement is what was decided, a later screening may say something else.
    reasons: stop.statement.reasons,
  }
}

/** What is kept from sale without a campaign, with the statement of reasons. */
export const gateShape: ListShape<SellerGateRow> = {
  name: 'seller-gates',
  key: ['time', 'text', 'text'],
  keyOf: (row) => [row.placed_key, row.listing_id, row.recall_id],
  item: ({ placed_key: _key, ...row }) => ({ ...row, placed_at: isoTime(row.placed_at) }),
  columns: [
    'listing_id', 'title', 'recall_id', 'recall_number', 'agency', 'recall_title', 'gate', 'placed_at', 'statement.what', 'statement.until',
    'statement.facts', 'statement.ground', 'statement.grounds_url', 'statement.redress',
  ], // prettier-ignore
}
