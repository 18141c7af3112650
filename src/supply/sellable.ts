/** May this listing be sold? What shops ask before they take an order. */
import type { Db } from '../platform/db.ts'
import { selectSellable } from './queries.ts'

/** A stop that stands. `reason` is what the seller reads of it. */
export type StandingStop = { campaignId: string; since: Date; reason: string }

export type Sellable = {
  listingId: string
  /** `false` where a stop stands; `null` where we do not know the listing: that is no yes. */
  sellable: boolean | null
  stops: StandingStop[]
}

/** The answer for each listing, in the order asked, each once. One query. */
export async function sellable(db: Db, listingIds: readonly string[]): Promise<Sellable[]> {
  const answers = new Map<string, Sellable>()
  for (const row of await selectSellable(db, [...new Set(listingIds)])) {
    const answer = answers.get(row.listing_id) ?? { listingId: row.listing_id, sellable: row.known ? true : null, stops: [] }
    if (row.campaign_id !== null) {
      answer.sellable = false
      answer.stops.push({ campaignId: row.campaign_id, since: row.placed_at!, reason: row.reason! })
    }
    answers.set(row.listing_id, answer)
  }
  return [...answers.values()]
}
