/** May this listing be sold? What shops ask before they take an order. */
import type { Db } from '../platform/db.ts'
import { selectSellable } from './queries.ts'
import { selectGates, type GateKind } from './queries-gates.ts'

/** A stop that stands. `reason` is what the seller reads of it. */
export type StandingStop = { campaignId: string; since: Date; reason: string }

/** Why it is kept from sale without a campaign. `recallId` is null where it was not screened yet; `reason` in words. */
export type StandingGate = { gate: GateKind; recallId: string | null; since: Date; reason: string }

export type Sellable = {
  listingId: string
  /** `false` where a stop or a gate stands; `null` where we do not know the listing: that is no yes. */
  sellable: boolean | null
  stops: StandingStop[]
  gates: StandingGate[]
}

/** The answer for each listing, in the order asked, each once. Two queries by key; whatever changes between them, a stop is seen by one. */
export async function sellable(db: Db, listingIds: readonly string[]): Promise<Sellable[]> {
  const asked = [...new Set(listingIds)]
  const answers = new Map<string, Sellable>()
  // Gates first: one that becomes a stop in between is then seen twice, and never not at all.
  const gates = await selectGates(db, asked)
  for (const row of await selectSellable(db, asked)) {
    const answer = answers.get(row.listing_id) ?? { listingId: row.listing_id, sellable: row.known ? true : null, stops: [], gates: [] }
    if (row.campaign_id !== null) {
      answer.sellable = false
      answer.stops.push({ campaignId: row.campaign_id, since: row.placed_at!, reason: row.reason! })
    }
    answers.set(row.listing_id, answer)
  }
  for (const { listing_id: listingId, gate, recall_id: recallId, since, reason } of gates) {
    const answer = answers.get(listingId)
    if (answer === undefined) continue
    answer.sellable = false
    answer.gates.push({ gate, recallId, since, reason: reason ?? PLAIN[gate] })
  }
  return [...answers.values()]
}

const PLAIN: Record<GateKind, string> = {
  not_screened_yet: 'The listing is new or was changed, and is being compared with all recalls. It is sold once that is done.',
  recalled: 'The listing is taken for a recalled product.',
  under_review: 'The listing may be a recalled product; it is sold once a person has looked.',
}
