/** The lists of what sellers said: their items and CSV columns, only ever added to at the end. */
import { isoTime } from '../../platform/json.ts'
import type { ListShape } from '../../platform/lists.ts'
import type { ContactRow, ListRow } from './queries-lists.ts'

export const sellerListShape: ListShape<ListRow> = {
  name: 'seller-lists',
  key: ['time', 'text'],
  keyOf: (row) => [row.recorded_key, row.list_id],
  item: ({ recorded_key: _key, ...row }) => ({
    ...row,
    until: isoTime(row.until),
    recorded_at: isoTime(row.recorded_at),
    ended_at: isoTime(row.ended_at),
  }),
  columns: [
    'list_id', 'seller_id', 'kind', 'until', 'recorded_at', 'recorded_by', 'orders', 'standing', 'covering', 'ended_as', 'ended_at', 'ended_why',
  ], // prettier-ignore
}

export const sellerContactShape: ListShape<ContactRow> = {
  name: 'seller-contacts',
  key: ['text', 'text', 'text', 'integer'],
  keyOf: (row) => [row.buyer_id, row.order_id, row.seller_id, row.contact_no],
  item: (row) => ({
    ...row,
    told_at: isoTime(row.told_at),
    recorded_at: isoTime(row.recorded_at),
    covers_until: isoTime(row.covers_until),
    ended_at: isoTime(row.ended_at),
  }),
  columns: [
    'buyer_id', 'order_id', 'seller_id', 'contact_no', 'list_id', 'kind', 'channel', 'told_at', 'outcome', 'recorded_at', 'covers_until',
    'covers_not', 'ended_at', 'ended_as', 'ended_by', 'ended_why',
  ], // prettier-ignore
}
