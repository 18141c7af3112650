/** The verbs of a stop, in the order a campaign uses them. All run in the caller's transaction and change nothing when run again. */
import type { Tx } from '../platform/db.ts'
import { insertStops, stoppedBy, type NewStop } from './queries.ts'
import { holdShelves, interceptLines, lockLedger, postShippedUnits, type HeldCounts, type InterceptedCounts } from './queries-books.ts'
import { freeUnits, insertReleases, type NewRelease } from './queries-releases.ts'
import { missingFromRelease } from './release-statement.ts'
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
  // A release of the same listing takes its turn: whoever comes later sees what stands.
  await lockLedger(tx.db)
  return { listings: await insertStops(tx.db, by.campaignId, stops, by.actor, by.at) }
}

/**
 * Holds the stock of listings that the campaign's stop stands on, in their centres, and posts it in the unit ledger. Counts are of what is held newly, in units of the product:
 * a unit that another campaign holds already stays held by that one.
 */
export async function holdStock(tx: Tx, order: ByCampaign & { listingIds: readonly string[] }): Promise<HeldCounts> {
  await lockLedger(tx.db)
  return await holdShelves(tx.db, { ...order, listingIds: await stoppedBy(tx.db, order.campaignId, order.listingIds) })
}

/**
 * Takes back the open order lines of listings that the campaign's stop stands on before they ship, and brings the ledger's account of shipped units up to the catalogue.
 * In this order: a line that ships between the two statements was taken back and is reported as an escape, never lost.
 */
export async function interceptOpenOrders(tx: Tx, order: ByCampaign & { listingIds: readonly string[] }): Promise<InterceptedCounts> {
  await lockLedger(tx.db)
  const stopped = { ...order, listingIds: await stoppedBy(tx.db, order.campaignId, order.listingIds) }
  const counts = await interceptLines(tx.db, stopped)
  await postShippedUnits(tx.db, stopped)
  return counts
}

export type ReleasedCounts = { listings: number; units: number; passedOn: number }

/**
 * Ends the campaign's stops on listings, each with the statement that its seller reads, and lets go of what they held: the units go back to
 * sellable, except where another campaign's stop stands; that one holds them from then on. Orders that were taken back stay so. Counts are
 * of what ended now: a stop that was released before, or never stood, counts nothing.
 */
export async function releaseListings(
  tx: Tx,
  { releases, ...by }: ByCampaign & { releases: readonly NewRelease[] },
): Promise<ReleasedCounts> {
  for (const { listingId, statement } of releases) {
    const missing = missingFromRelease(statement)
    if (missing.length > 0) throw new Error(`The statement for the release of listing ${listingId} lacks ${missing.join(', ')}.`)
  }
  await lockLedger(tx.db)
  const listingIds = await insertReleases(tx.db, { ...by, releases })
  const freed = await freeUnits(tx.db, { ...by, listingIds })
  return { listings: listingIds.length, ...freed }
}
