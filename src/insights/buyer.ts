/** Everything about one buyer of a campaign on one page: their notice, lines, deliveries and case. */
import type { Db } from '../platform/db.ts'
import { isoTime } from '../platform/json.ts'
import { LIMIT_MAX } from '../platform/lists.ts'
import { caseEvents, deliveryRows, noticeOf } from './queries-buyer-rows.ts'
import { caseRows, lineRows, refundRows } from './queries-line-rows.ts'
import { caseShape, deliveryShape, lineShape, refundShape } from './shapes.ts'
import { inSnapshot } from './snapshot.ts'

/** At most 500 lines and deliveries are shown. Null where this buyer has no notice of this campaign. */
export async function buyerView(database: Db, campaignId: string, buyerId: string): Promise<Record<string, unknown> | null> {
  return await inSnapshot(database, async (db) => {
    const found = await noticeOf(db, campaignId, buyerId)
    if (found === null) return null
    const { buyer_id, name, country, region, ...notice } = found
    const [remedyCase] = await caseRows(db, campaignId, { buyerId }, null, 1)
    return {
      buyer: { buyer_id, name, country, region },
      notice: {
        ...notice,
        created_at: isoTime(notice.created_at),
        state_at: isoTime(notice.state_at),
        acknowledged_at: isoTime(notice.acknowledged_at),
      },
      lines: (await lineRows(db, campaignId, { buyerId }, null, LIMIT_MAX)).map(lineShape.item),
      deliveries: (await deliveryRows(db, campaignId, { buyerId }, null, LIMIT_MAX)).map(deliveryShape.item),
      case:
        remedyCase === undefined
          ? null
          : {
              ...caseShape.item(remedyCase),
              refunds: (await refundRows(db, campaignId, { buyerId }, null, LIMIT_MAX)).map(refundShape.item),
              events: (await caseEvents(db, campaignId, buyerId)).map((event) => ({ ...event, at: isoTime(event.at) })),
            },
    }
  })
}
