/** A small catalogue for the tests of stops and campaigns, written straight into the catalogue's tables. */
import { sql } from 'kysely'
import { transaction, type Database, type Db } from '../src/platform/db.ts'
import { sha256 } from '../src/platform/ids.ts'
import { contentHash, recordRevisions, type Recall } from '../src/recalls/index.ts'
import {
  holdStock,
  interceptOpenOrders,
  stopListings,
  stopStatement,
  supplyInvariants,
  type StatementOfReasons,
} from '../src/supply/index.ts'

export const RECALL = {
  agency: 'CPSC', recallNumber: '23774', kind: 'recall', title: 'Children’s Cups Recalled Due to Lead', publishedOn: '2023-07-13',
  url: 'https://www.cpsc.gov/Recalls/2023/cups', hazardText: 'The cups contain levels of lead that exceed the federal ban.',
} as const // prettier-ignore

export function statementFor(listingId: string): StatementOfReasons {
  const reasons = [{ field: 'brand', text: 'Both say CUPKIN.', weight: 9.5 }]
  return stopStatement({ recall: RECALL, listing: { listingId, title: 'Two cups' }, reasons, ruling: null })
}

/** A seller, a listing that sells `packUnits` units a piece, and two centres. */
export async function addListing(db: Db, listingId: string, packUnits = 1): Promise<void> {
  await sql`insert into catalog.sellers (seller_id, name) values ('S1', 'Cups and More') on conflict do nothing`.execute(db)
  await sql`insert into catalog.centres (centre_id, name) values ('MEM:1', 'Memphis'), ('RNO1', 'Reno') on conflict do nothing`.execute(db)
  await sql`insert into catalog.listings (listing_id, seller_id, title, attributes, currency, pack_units, content_sha256, updated_at)
            values (${listingId}, 'S1', ${`Cups ${listingId}`}, '{}', 'USD', ${packUnits}, '', now())`.execute(db)
}

/** Sets a shelf to so many pieces. */
export async function setStock(db: Db, listingId: string, centreId: string, lot: string, quantity: number): Promise<void> {
  await sql`insert into catalog.stock (listing_id, centre_id, lot, quantity) values (${listingId}, ${centreId}, ${lot}, ${quantity})
            on conflict (listing_id, centre_id, lot) do update set quantity = excluded.quantity`.execute(db)
}

export type TestLine = {
  buyerId: string
  orderId: string
  listingId: string
  quantity?: number
  state: 'open' | 'shipped' | 'cancelled'
  lot?: string | null
  centreId?: string | null
  orderedAt?: string
}

export async function addLine(db: Db, line: TestLine): Promise<void> {
  const { quantity = 1, lot = null, centreId = null, orderedAt = '2022-05-01T12:00:00Z' } = line
  await sql`insert into catalog.order_lines
                   (buyer_id, order_id, line_no, listing_id, ordered_at, quantity, unit_price_minor, currency, state, centre_id, lot)
            values (${line.buyerId}, ${line.orderId}, 1, ${line.listingId}, ${orderedAt}, ${quantity}, 1999, 'USD', ${line.state}, ${centreId}, ${lot})`.execute(
    db,
  )
}

export async function setLineState(db: Db, orderId: string, state: 'open' | 'shipped' | 'cancelled'): Promise<void> {
  await sql`update catalog.order_lines set state = ${state} where order_id = ${orderId}`.execute(db)
}

/** The three steps of a campaign on supply, in one transaction. */
export async function stopAndHold(database: Database, campaignId: string, listingIds: string[], at: Date) {
  const by = { campaignId, actor: 'officer:o1', at }
  return await transaction(database, async (tx) => ({
    stopped: await stopListings(tx, { ...by, stops: listingIds.map((listingId) => ({ listingId, statement: statementFor(listingId) })) }),
    held: await holdStock(tx, { ...by, listingIds }),
    intercepted: await interceptOpenOrders(tx, { ...by, listingIds }),
  }))
}

/** Every broken promise of this room, `name: violation`. */
export async function brokenPromises(db: Db): Promise<string[]> {
  const found = await Promise.all(
    supplyInvariants.map(async ({ name, check }) => (await check(db)).map((violation) => `${name}: ${violation}`)),
  )
  return found.flat()
}

/** A recall of cups sold from January 2018 to June 2023, with what differs. */
export async function addRecall(database: Database, recallNumber: string, differs: Partial<Recall> = {}): Promise<void> {
  const recall: Recall = {
    ...RECALL, recallNumber, description: '', products: [], remedyText: 'Refund.', incidentText: '', soldText: '', contactText: null, firms: [],
    countriesOfOrigin: [], images: [], hazards: ['lead'], remedies: ['refund', 'dispose'], proofOfDestruction: true, incidents: null, injuries: null,
    deaths: null, expands: [], childrensProduct: true,
    scope: {
      brands: ['CUPKIN'], productNouns: ['cups'], models: [], gtins: [], lots: [], serials: [], manufacturedFrom: null, manufacturedTo: null,
      soldFrom: '2018-01', soldTo: '2023-06', units: null, unitsElsewhere: {}, priceMinMinor: null, priceMaxMinor: null, currency: 'USD', soldAt: [],
      onlineOnly: null,
    },
    ...differs,
  } // prettier-ignore
  const revision = { recall, documentSha256: sha256(JSON.stringify(recall)), contentSha256: contentHash(recall) }
  await transaction(database, (tx) => recordRevisions(tx.db, [revision], new Date('2023-07-13T12:00:00Z')))
}

/** What screening would have found. */
export async function addMatch(db: Db, recallId: string, listingId: string, answer: 'affected' | 'possibly' | 'no'): Promise<void> {
  const tier = { affected: 'auto', possibly: 'review', no: 'dismiss' }[answer]
  await sql`insert into matching.matches (listing_id, recall_id, revision, answer, weight, tier, reasons, screened_at)
            values (${listingId}, ${recallId}, 1, ${answer}, 9.5, ${tier},
                    '[{"field":"brand_same","weight":9.5,"text":"Both say CUPKIN.","recallSpan":{"field":"title","start":0,"end":6}}]', now())`.execute(
    db,
  )
}
