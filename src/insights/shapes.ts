/** What each list of the desk is: its order, its items, its CSV columns. Columns are only ever added, at the end. */
import type { FeedOverview } from '../feeds/index.ts'
import { isoTime } from '../platform/json.ts'
import type { ListShape } from '../platform/lists.ts'
import { wholeBalance, type Money } from './figures.ts'
import type { BuyerRow, DeliveryRow } from './queries-buyer-rows.ts'
import type { CampaignRow } from './queries-campaigns.ts'
import type { CaseRow, LineRow, RefundRow } from './queries-line-rows.ts'
import type { MatchRow, RecallRow } from './queries-recalls.ts'
import type { InterceptionRow, ListingRow, StockRow } from './queries-supply-rows.ts'

/** One row per agency, by its name: what was taken in last, and how the agency is heard. */
export const feedShape: ListShape<FeedOverview> = {
  name: 'feeds',
  key: ['text'],
  keyOf: (feed) => [feed.agency],
  item: ({ agency, last, health, newestPublishedOn }) => ({
    agency,
    last_import_at: isoTime(last === null ? null : (last.endedAt ?? last.startedAt)),
    source: last?.source ?? null,
    items: last?.items ?? 0,
    new_recalls: last?.newRecalls ?? 0,
    new_revisions: last?.newRevisions ?? 0,
    refused: last?.refused ?? 0,
    documents: last?.documents ?? 0,
    problems: last?.problems ?? [],
    last_success_at: isoTime(health?.lastSuccessAt ?? null),
    lag_minutes: health?.lagMinutes ?? null,
    newest_published_on: newestPublishedOn,
    alarms: health?.alarms ?? [],
    sources: (health?.sources ?? []).map((source) => ({
      source: source.source,
      last_pull_at: isoTime(source.lastPullAt),
      last_outcome: source.lastOutcome,
      last_said: source.lastSaid,
      last_success_at: isoTime(source.lastSuccessAt),
      lag_minutes: source.lagMinutes,
      failures: source.failuresSince,
      next_pull_at: isoTime(source.nextPullAt),
      hold:
        source.hold === null
          ? null
          : {
              held_at: isoTime(source.hold.heldAt),
              reason: source.hold.reason,
              items: source.hold.items,
              usual_items: source.hold.usualItems,
            },
    })),
  }),
  columns: [
    'agency', 'last_import_at', 'source', 'items', 'new_recalls', 'new_revisions', 'refused', 'documents', 'last_success_at', 'lag_minutes',
    'newest_published_on', 'alarms',
  ], // prettier-ignore
}

export const recallShape: ListShape<RecallRow> = {
  name: 'recalls',
  key: ['date', 'text'],
  keyOf: (row) => [row.published_on, row.recall_id],
  item: (row) => ({ ...row, hazards: row.hazards ?? [] }),
  columns: [
    'recall_id', 'recall_number', 'agency', 'title', 'published_on', 'kind', 'hazards', 'affected', 'possibly', 'campaign_id', 'also',
  ], // prettier-ignore
}

export const matchShape: ListShape<MatchRow> = {
  name: 'matches',
  key: ['number', 'text'],
  keyOf: (row) => [-row.weight, row.listing_id],
  item: (row) => ({ ...row, reasons: row.reasons.map(({ field, weight, text }) => ({ field, weight, text })) }),
  columns: [
    'listing_id', 'title', 'brand', 'seller_id', 'seller_name', 'answer', 'engine_answer', 'weight', 'tier', 'reasons', 'ruling',
    'decided_by', 'decision_reason', 'recall_id',
  ], // prettier-ignore
}

export const campaignShape: ListShape<CampaignRow> = {
  name: 'campaigns',
  key: ['time', 'text'],
  keyOf: (row) => [row.opened_key, row.campaign_id],
  item: (row) => ({ ...without(row, 'opened_key'), opened_at: isoTime(row.opened_at) }),
  columns: [
    'campaign_id', 'recall_id', 'recall_number', 'title', 'opened_at', 'opened_by', 'listings_stopped', 'held_units', 'affected_units',
    'affected_buyers', 'delivered_buyers', 'remedied_units',
  ], // prettier-ignore
  // Each campaign of the page has all its lines and notices counted.
  limit: 20,
}

export const listingShape: ListShape<ListingRow> = {
  name: 'listings',
  key: ['text'],
  keyOf: (row) => [row.listing_id],
  item: (row) => ({ ...row, placed_at: isoTime(row.placed_at), released_at: isoTime(row.released_at), units: wholeBalance(row.units) }),
  columns: [
    'listing_id', 'title', 'seller_id', 'seller_name', 'placed_at', 'placed_by', 'released_at', 'units.received', 'units.sellable',
    'units.held', 'units.in_transit', 'units.with_consumers', 'units.returned', 'units.destroyed', 'units.reworked',
  ], // prettier-ignore
}

export const stockShape: ListShape<StockRow> = {
  name: 'stock',
  key: ['text', 'text', 'text'],
  keyOf: (row) => [row.listing_id, row.centre_id, row.lot],
  item: (row) => ({ ...row, placed_at: isoTime(row.placed_at) }),
  columns: ['listing_id', 'title', 'centre_id', 'centre_name', 'lot', 'units', 'placed_at'],
}

export const interceptionShape: ListShape<InterceptionRow> = {
  name: 'interceptions',
  key: ['text', 'text', 'integer'],
  keyOf: (row) => [row.buyer_id, row.order_id, row.line_no],
  item: (row) => ({ ...row, intercepted_at: isoTime(row.intercepted_at) }),
  columns: ['buyer_id', 'order_id', 'line_no', 'listing_id', 'units', 'intercepted_at'],
}

export const lineShape: ListShape<LineRow> = {
  name: 'lines',
  key: ['text', 'text', 'integer'],
  keyOf: (row) => [row.buyer_id, row.order_id, row.line_no],
  item: (row) => ({ ...without(row, 'ordered_key'), ordered_at: isoTime(row.ordered_at) }),
  columns: [
    'buyer_id', 'order_id', 'line_no', 'listing_id', 'ordered_at', 'units', 'amount_minor', 'currency', 'answer', 'remedy_state',
  ], // prettier-ignore
}

/** The lines out of scope stand in the catalogue, in the order of its index, so their cursors are not those of `lines`. */
export const outOfScopeShape: ListShape<LineRow> = {
  ...lineShape,
  name: 'lines-out-of-scope',
  key: ['text', 'time', 'text', 'text', 'integer'],
  keyOf: (row) => [row.listing_id, row.ordered_key, row.buyer_id, row.order_id, row.line_no],
}

export const buyerShape: ListShape<BuyerRow> = {
  name: 'buyers',
  key: ['text'],
  keyOf: (row) => [row.buyer_id],
  item: (row) => ({ ...row, state_at: isoTime(row.state_at), acknowledged_at: isoTime(row.acknowledged_at) }),
  columns: [
    'buyer_id', 'answer', 'units', 'state', 'state_at', 'state_reason', 'acknowledged_at', 'case_state', 'last_channel', 'last_outcome',
  ], // prettier-ignore
}

export const deliveryShape: ListShape<DeliveryRow> = {
  name: 'deliveries',
  key: ['text', 'integer', 'text', 'integer'],
  keyOf: (row) => [row.buyer_id, row.wave, row.channel, row.attempt],
  item: (row) => ({ ...row, started_at: isoTime(row.started_at), ended_at: isoTime(row.ended_at) }),
  columns: [
    'buyer_id', 'wave', 'channel', 'attempt', 'started_at', 'ended_at', 'outcome', 'answer_text', 'recipient_domain',
  ], // prettier-ignore
}

export const caseShape: ListShape<CaseRow> = {
  name: 'cases',
  key: ['text'],
  keyOf: (row) => [row.buyer_id],
  item: (row) => ({
    buyer_id: row.buyer_id,
    case_id: row.case_id,
    state: row.state,
    state_at: isoTime(row.state_at),
    opened_at: isoTime(row.opened_at),
    remedy: row.remedy,
    units: row.units ?? 0,
    refund: refundOf(row),
  }),
  columns: ['buyer_id', 'case_id', 'state', 'state_at', 'opened_at', 'remedy', 'units', 'refund.amount_minor', 'refund.currency'],
}

/** The one amount of a case. A case paid in two currencies has no one amount: its refunds are listed by currency. */
function refundOf(row: CaseRow): Money | null {
  if (row.currencies !== 1 || row.refund_minor === null || row.currency === null) return null
  return { amount_minor: row.refund_minor, currency: row.currency }
}

export const refundShape: ListShape<RefundRow> = {
  name: 'refunds',
  key: ['text', 'text'],
  keyOf: (row) => [row.buyer_id, row.currency],
  item: (row) => ({ ...row, asked_at: isoTime(row.asked_at), settled_at: isoTime(row.settled_at) }),
  columns: ['buyer_id', 'currency', 'amount_minor', 'asked_at', 'attempts', 'outcome', 'payment_reference', 'settled_at'],
}

/** The row without the field that only its cursor needs. */
function without<Row extends object, Name extends keyof Row & string>(row: Row, name: Name): Omit<Row, Name> {
  return Object.fromEntries(Object.entries(row).filter(([field]) => field !== name)) as Omit<Row, Name>
}
