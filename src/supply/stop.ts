/** The verbs of a stop, in the order a campaign uses them. All run in the caller's transaction and change nothing when run again. */
import type { Tx } from '../platform/db.ts'
import { insertStops, type NewStop } from './queries.ts'
import { holdShelves, interceptLines, lockLedger, postShippedUnits, type HeldCounts, type InterceptedCounts } from './queries-books.ts'
import { missingElements } from './statement.ts'

/** The part of every order that says for which campaign, by whom and when. `actor` as in the audit log. */
type ByCampaign = { campaignId: string; actor: string; at: Date }

/**
 * Stops listings: from the commit on they may not be sold. Returns how many were not stopped by this campaign before. Every stop carries its
 * statement of reasons; one that is not whole is a bug of the caller.
 */
export async function stopListings(tx: Tx, { stops, ...by }: ByCampaign & { stops: readonly NewStop[] }): Promise<{ listings: number }> {
  for (const { listingId, statement } of stops) {
    const missing = missingElements(statement)
    if (missing.length > 0) throw new Error(`The statement of reasons for listing ${listingId} lacks ${missing.join(', ')}.`)
  }
  return { listings: await insertStops(tx.db, by.campaignId, stops, by.actor, by.at) }
}

/**
 * Holds the stock of listings in their centres and posts it in the unit ledger. Counts are of what is held newly, in units of the product:
 * a unit that another campaign holds already stays held by that one.
 */
export async function holdStock(tx: Tx, order: ByCampaign & { listingIds: readonly string[] }): Promise<HeldCounts> {
  await lockLedger(tx.db)
  return await holdShelves(tx.db, order)
}

/**
 * Takes back the open order lines of listings before they ship, and brings the ledger's account of shipped units up to the catalogue.
 * In this order: a line that ships between the two statements was taken back and is reported as an escape, never lost.
 */
export async function interceptOpenOrders(tx: Tx, order: ByCampaign & { listingIds: readonly string[] }): Promise<InterceptedCounts> {
  await lockLedger(tx.db)
  const counts = await interceptLines(tx.db, order)
  await postShippedUnits(tx.db, order)
  return counts
}
