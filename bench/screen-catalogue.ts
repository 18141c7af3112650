/** A catalogue in the database for benchmarks: the demo's listings, the labelled ones where they are there, and as many more as are asked for. */
import type pg from 'pg'
import { listings as demoListings } from '../db/demo/listings.ts'
import { SEED, SIZES } from '../db/demo/scales.ts'
import type { ScreenedListing } from '../src/matching/listing-features.ts'
import { listingTokens } from '../src/matching/tokens.ts'
import { copyInto, transaction, type Database } from '../src/platform/db.ts'
import { sha256 } from '../src/platform/ids.ts'
import { contentHash, recordRevisions, type Recall } from '../src/recalls/index.ts'
import { readGold } from '../test/gold.ts'

const AT = '2026-05-01T10:00:00Z'

export async function recordRecalls(database: Database, recalls: readonly Recall[]): Promise<void> {
  const revisions = recalls.map((recall) => ({
    recall,
    documentSha256: sha256(recall.recallNumber + recall.description),
    contentSha256: contentHash(recall),
  }))
  await transaction(database, ({ db }) => recordRevisions(db, revisions, new Date(AT)))
}

/** The labelled listings first, then the demo's, then copies of these with other brands and numbers. */
export async function* catalogueOf(count: number): AsyncGenerator<ScreenedListing, void, undefined> {
  const demo = await Array.fromAsync(demoListings(SEED, SIZES.default))
  const labelled = [...(readGold()?.listings.values() ?? [])]
  const first = [...labelled, ...demo]
  for (let i = 0; i < count; i++) {
    const listing = first[i % first.length]!
    const copy = Math.floor(i / first.length)
    if (copy === 0) yield { ...listing, listingId: `L${i}` }
    else {
      const brand = first[(i * 7919 + copy) % first.length]!.brand
      const said = (text: string): string =>
        (listing.brand === null || brand === null ? text : text.replaceAll(listing.brand, brand)).replace(/\d{3,}/g, (digits) =>
          digits.replace(/\d/g, (digit) => String((Number(digit) * 3 + copy) % 10)),
        )
      yield { ...listing, listingId: `L${i}`, brand, title: said(listing.title), model: listing.model === null ? null : said(listing.model), gtin: null } // prettier-ignore
    }
  }
}

/** Writes the listings; `rules` marks them as screened by these rules, with their tokens. */
export async function listCatalogue(database: Database, listings: AsyncIterable<ScreenedListing>, rules: string | null): Promise<void> {
  await database.pool.query(`insert into catalog.sellers (seller_id, name) values ('S', 'S') on conflict do nothing`)
  const client = await database.pool.connect()
  try {
    for (let page: ScreenedListing[] = []; ; page = []) {
      for await (const listing of upTo(listings, 20_000)) page.push(listing)
      if (page.length === 0) break
      await writePage(client, page, rules)
      if (page.length < 20_000) break
    }
    await client.query('vacuum analyze')
  } finally {
    client.release()
  }
}

async function writePage(client: pg.PoolClient, page: readonly ScreenedListing[], rules: string | null): Promise<void> {
  await copyInto(
    client,
    'catalog.listings',
    'listing_id seller_id title brand model gtin asin description category attributes price_minor currency pack_units content_sha256 updated_at'.split(
      ' ',
    ),
    page.map((l) => [l.listingId, 'S', l.title.replaceAll('\u0000', ''), l.brand, l.model, l.gtin, l.asin, l.description, l.category, l.attributes, l.priceMinor, l.currency, 1, Buffer.alloc(32), AT]), // prettier-ignore
  )
  if (rules === null) return
  await copyInto(
    client,
    'matching.screened_listings',
    ['listing_id', 'updated_at', 'rules', 'tokens'],
    page.map((listing) => [listing.listingId, AT, rules, `{${listingTokens(listing).join(',')}}`]),
  )
}

const iterators = new WeakMap<AsyncIterable<unknown>, AsyncIterator<unknown>>()

/** The next of an iterable, at most `count`; the iterable goes on where it was left. */
async function* upTo<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T, void, undefined> {
  const iterator = (iterators.get(items) ?? items[Symbol.asyncIterator]()) as AsyncIterator<T>
  iterators.set(items, iterator)
  for (let i = 0; i < count; i++) {
    const next = await iterator.next()
    if (next.done === true) return
    yield next.value
  }
}
