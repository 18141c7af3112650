/** A campaign's three steps on supply, for tests that need no more of a campaign. */
import { transaction, type Database } from '../src/platform/db.ts'
import {
  holdStock,
  interceptOpenOrders,
  releaseListings,
  releaseStatement,
  stopListings,
  stopStatement,
  type StatementOfReasons,
} from '../src/supply/index.ts'
import { CUPKIN } from './world.ts'

export function statementFor(listingId: string): StatementOfReasons {
  const reasons = [{ field: 'brand', text: 'Both say CUPKIN.', weight: 9.5 }]
  return stopStatement({ recall: CUPKIN, listing: { listingId, title: 'Two cups' }, reasons, ruling: null })
}

/** Stops the listings, holds their stock and takes back their open orders, in one transaction. */
export async function stopAndHold(database: Database, campaignId: string, listingIds: string[], at: Date) {
  const by = { campaignId, actor: 'officer:o1', at }
  return await transaction(database, async (tx) => ({
    stopped: await stopListings(tx, { ...by, stops: listingIds.map((listingId) => ({ listingId, statement: statementFor(listingId) })) }),
    held: await holdStock(tx, { ...by, listingIds }),
    intercepted: await interceptOpenOrders(tx, { ...by, listingIds }),
  }))
}

/** Ends the stops of a campaign on these listings. */
export async function release(database: Database, campaignId: string, listingIds: string[], at: Date) {
  const releases = listingIds.map((listingId) => ({
    listingId,
    statement: releaseStatement({
      listing: { listingId, title: 'Two cups' },
      recallNumber: CUPKIN.recallNumber,
      why: 'Other cups.',
      othersStand: false,
    }),
  }))
  return await transaction(database, (tx) => releaseListings(tx, { campaignId, releases, actor: 'officer:o2', at }))
}
