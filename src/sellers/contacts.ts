/** What the seller sees of who told their buyers: the items of its lists. */
import { isoTime } from '../platform/json.ts'
import type { Item, ListShape } from '../platform/lists.ts'
import { sellerListShape } from '../outreach/index.ts'
import { ORDER_STATES, type CampaignTold, type OrderRow } from './queries-contacts.ts'

export const orderShape: ListShape<OrderRow> = {
  name: 'recall-orders',
  key: ['text'],
  keyOf: (row) => [row.order_id],
  item: (row) => ({
    ...row,
    ordered_at: isoTime(row.ordered_at),
    told_at: isoTime(row.told_at),
    your_told_at: isoTime(row.your_told_at),
    left_to_you_until: isoTime(row.left_to_you_until),
  }),
  columns: [
    'order_id', 'ordered_at', 'units', 'state', 'told_at', 'your_channel', 'your_told_at', 'your_outcome', 'left_to_you_until',
  ], // prettier-ignore
}

/** As officers see the lists, without which officer handed one in or took it back. */
export const ownListShape: typeof sellerListShape = {
  ...sellerListShape,
  item: (row) => {
    const { recorded_by, seller_id: _seller, ...item } = sellerListShape.item(row)
    return { ...item, by: String(recorded_by).startsWith('seller:') ? 'you' : 'the safety team' }
  },
  columns: ['list_id', 'kind', 'until', 'recorded_at', 'by', 'orders', 'standing', 'covering', 'ended_as', 'ended_at', 'ended_why'],
}

export function toldItem(told: CampaignTold, hours: { planHours: number; restHours: number }): Item {
  const { campaign_id, recall_id, recall_number, agency, title, url, opened_at, orders } = told
  return {
    campaign_id,
    recall: { recall_id, recall_number, agency, title, url },
    opened_at: isoTime(opened_at),
    orders,
    states: Object.fromEntries(ORDER_STATES.map((state) => [state, told[state]])),
    plan_hours: hours.planHours,
    rest_hours: hours.restHours,
  }
}
