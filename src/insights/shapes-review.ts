/** What the lists of the review are: their order, their items, their CSV columns. Columns are only ever added, at the end. */
import { isoTime } from '../platform/json.ts'
import type { ListShape } from '../platform/lists.ts'
import type { ReviewRow, RulingRow, WaitingReleaseRow } from './queries-review.ts'
import { probabilityOf } from '../matching/index.ts'

export const reviewShape: ListShape<ReviewRow> = {
  name: 'review',
  key: ['integer', 'number', 'number', 'text', 'text'],
  keyOf: (row) => [row.rank, -row.weight, -row.tie_units, row.listing_id, row.recall_id],
  item: ({ rank: _rank, tie_units: _tie, ...row }) => ({
    ...row,
    hazards: row.hazards ?? [],
    probability: probabilityOf(row.weight, row.answer === 'possibly'),
  }),
  columns: [
    'listing_id', 'recall_id', 'title', 'brand', 'seller_id', 'seller_name', 'agency', 'recall_number', 'recall_title', 'severity', 'hazards',
    'why', 'answer', 'weight', 'probability', 'tier', 'ruling', 'sold_units', 'stock_units', 'campaign_id',
  ], // prettier-ignore
  limit: 50,
}

export const rulingShape: ListShape<RulingRow> = {
  name: 'rulings',
  key: ['time', 'text', 'text', 'integer'],
  keyOf: (row) => [row.decided_key, row.listing_id, row.recall_id, row.decision_no],
  item: ({ decided_key: _key, ...row }) => ({ ...row, decided_at: isoTime(row.decided_at) }),
  columns: [
    'listing_id', 'recall_id', 'decision_no', 'title', 'seller_id', 'seller_name', 'agency', 'recall_number', 'recall_title', 'ruling',
    'engine_answer', 'engine_tier', 'decided_by', 'decided_at', 'reason', 'undoes', 'is_latest',
  ], // prettier-ignore
}

export const waitingReleaseShape: ListShape<WaitingReleaseRow> = {
  name: 'waiting-releases',
  key: ['time', 'text', 'text', 'integer'],
  keyOf: (row) => [row.asked_key, row.campaign_id, row.listing_id, row.request_no],
  item: ({ asked_key: _key, ...row }) => ({ ...row, asked_at: isoTime(row.asked_at) }),
  columns: ['campaign_id', 'listing_id', 'request_no', 'title', 'seller_id', 'seller_name', 'recall_id', 'asked_by', 'asked_at', 'reason'],
}
