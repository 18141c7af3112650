import { before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../../test/database.ts'
import { catalogCounts, importRows, listingsById, listingsForScreening, type Listing } from './index.ts'

const database = await testDatabase()
const AT = new Date('2023-07-20T12:00:00Z')

// More than two pages, with ids whose order differs by collation.
const LISTINGS: Listing[] = Array.from({ length: 2_050 }, (_, at) => ({
  listingId: `${at % 2 === 0 ? 'a' : 'B'}-${at}`,
  sellerId: `S-${at % 7}`,
  title: `Cup ${at}`,
  brand: at % 3 === 0 ? null : 'CUPKIN',
  model: null,
  gtin: null,
  asin: null,
  description: null,
  category: null,
  attributes: { color: 'Blue' },
  priceMinor: at % 5 === 0 ? null : 1999,
  currency: 'USD',
  packUnits: 2,
  imageUrl: null,
}))

before(async () => {
  await importRows(database, 'listings', LISTINGS, { at: AT, source: 'test' })
})

describe('reading the catalogue', () => {
  it('goes through every listing once, as it was told', async () => {
    const read = await Array.fromAsync(listingsForScreening(database.db))
    assert.equal(read.length, LISTINGS.length)
    const byId = new Map(read.map((listing) => [listing.listingId, listing]))
    for (const listing of LISTINGS) assert.deepEqual(byId.get(listing.listingId), listing)
  })

  it('finds the listings asked for, and no others', async () => {
    const found = await listingsById(database.db, ['B-1', 'nowhere', 'a-0', 'B-1'])
    assert.deepEqual(found.map((listing) => listing.listingId).toSorted(), ['B-1', 'a-0'])
    assert.deepEqual(await listingsById(database.db, []), [])
    await assert.rejects(
      listingsById(
        database.db,
        Array.from({ length: 10_001 }, () => 'x'),
      ),
      /At most 10000/,
    )
  })

  it('counts what there is', async () => {
    await importRows(database, 'stock', [{ listingId: 'B-1', centreId: 'C-1', lot: null, quantity: 5 }], { at: AT, source: 'test' })
    assert.deepEqual(await catalogCounts(database.db), {
      sellers: 7,
      listings: 2_050,
      buyers: 0,
      orderLines: 0,
      centres: 1,
      stockPieces: 5,
    })
  })
})
