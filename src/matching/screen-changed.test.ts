import { before, beforeEach, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { testDatabase } from '../../test/database.ts'
import { openDatabase, transaction } from '../platform/db.ts'
import { sha256 } from '../platform/ids.ts'
import { contentHash, recordRevisions, type Recall } from '../recalls/index.ts'
import { CUPS, POWER_BANKS, RANGES, STEAMERS, sampleListing } from './samples.ts'
import type { ScreenedListing } from './listing-features.ts'
import { screenAll, screenChanged, screenListing, screenRecall } from './screen.ts'

const database = await testDatabase()
const { db } = database
const MAY = new Date('2026-05-01T10:00:00Z')

let documents = 0

async function record(...recalls: Recall[]): Promise<void> {
  const revisions = recalls.map((recall) => ({
    recall,
    documentSha256: sha256(`document ${documents++}`),
    contentSha256: contentHash(recall),
  }))
  await transaction(database, (tx) => recordRevisions(tx.db, revisions, MAY))
}

async function list(listing: ScreenedListing): Promise<void> {
  const { listingId, title, brand, model, gtin } = listing
  await sql`
    insert into catalog.listings (listing_id, seller_id, title, brand, model, gtin, attributes, currency, pack_units, content_sha256, updated_at)
    values (${listingId}, 'S1', ${title}, ${brand}, ${model}, ${gtin}, '{}', 'USD', 1, '\\x00', clock_timestamp())
    on conflict (listing_id) do update
       set title = excluded.title, brand = excluded.brand, model = excluded.model, gtin = excluded.gtin, updated_at = excluded.updated_at`.execute(
    db,
  )
}

async function stored(): Promise<unknown[]> {
  const { rows } = await sql`
    select listing_id, recall_id, revision, answer, weight, tier, reasons from matching.matches order by listing_id, recall_id`.execute(db)
  return rows
}

/** What screening everything finds in a process that never screened before. */
async function fromScratch(): Promise<unknown[]> {
  const kept = await stored()
  const fresh = openDatabase(database.url, { max: 3 })
  try {
    await sql`truncate matching.matches`.execute(db)
    await screenAll(fresh, { at: MAY })
    return await stored()
  } finally {
    await fresh.close()
    assert.ok(kept.length >= 0)
  }
}

before(async () => {
  await sql`insert into catalog.sellers (seller_id, name) values ('S1', 'Blue Door')`.execute(db)
})

beforeEach(reset)

/** Nothing is known, and the kept engine has seen that. */
async function reset(): Promise<void> {
  await sql`truncate matching.matches, matching.screened_recalls, matching.screened_listings, catalog.listings, recalls.revisions, recalls.recalls
            restart identity cascade`.execute(db)
  await screenChanged(database, { at: MAY })
}

const CUP = sampleListing('L1', 'CUPKIN Stainless Steel Kids Cups 8 oz, 2 Pack with Straws', { brand: 'CUPKIN' })
const BANK = sampleListing('L2', 'Baseus power bank 65W BS-30KP365', { brand: 'Baseus' })
const LAMP = sampleListing('L3', 'Desk lamp')

describe('screening what changed', () => {
  it('does nothing where nothing is new', async () => {
    await record(CUPS)
    await list(CUP)
    const first = await screenChanged(database, { at: MAY })
    assert.deepEqual([first.recalls, first.listings, first.added], [1, 1, 1])
    const again = await screenChanged(database, { at: MAY })
    assert.deepEqual(again, { recalls: 0, listings: 0, matches: 0, added: 0, changed: 0, removed: 0 })
  })

  it('screens a new recall, a revised one, a new listing and a changed one, and nothing else', async () => {
    await record(CUPS)
    await list(CUP)
    await list(LAMP)
    await screenChanged(database, { at: MAY })
    await record(POWER_BANKS)
    await list(BANK)
    assert.deepEqual(await counts(), [1, 1, 1])
    await list({ ...LAMP, title: 'CUPKIN stainless steel cups 12 oz', brand: 'CUPKIN' })
    assert.deepEqual(await counts(), [0, 1, 1])
    await record({ ...CUPS, description: 'This recall involves the 8 oz. CUPKIN cups.' })
    assert.equal((await counts())[0], 1)
    assert.deepEqual(await counts(), [0, 0, 0])
  })

  it('owes everything again where the rules are others than those of the stored answers', async () => {
    await record(CUPS)
    await list(CUP)
    await screenChanged(database, { at: MAY })
    await sql`update matching.screened_listings set rules = 'older'`.execute(db)
    await sql`delete from matching.matches`.execute(db)
    assert.deepEqual(await counts(), [0, 1, 1])
  })

  it('owes what a killed screening did not do', async () => {
    await record(CUPS)
    await list(sampleListing('L', 'LG Electric Range LRE30453SS', { brand: 'LG' }))
    for (let i = 1; i < 2_100; i++) await list({ ...(i % 700 === 1 ? CUP : LAMP), listingId: `L${String(i).padStart(5, '0')}` })
    await assert.rejects(screenChanged(database, { at: MAY, onProgress: stop }), /killed/)
    await record(POWER_BANKS)
    const rest = await screenChanged(database, { at: MAY })
    assert.deepEqual([rest.recalls, rest.listings], [1, 100])
    await record(RANGES)
    await assert.rejects(screenChanged(database, { at: MAY, onProgress: stop }), /killed/)
    assert.equal((await screenChanged(database, { at: MAY })).recalls, 1)
    const incremental = await stored()
    assert.deepEqual(incremental, await fromScratch())
  })

  it('lets two screenings take turns', async () => {
    await record(CUPS, POWER_BANKS)
    await list(CUP)
    await list(BANK)
    const both = await Promise.all([screenChanged(database, { at: MAY }), screenChanged(database, { at: MAY })])
    assert.deepEqual(both.map((each) => each.added).sort(), [0, 2])
  })

  it('leaves what screening everything leaves, whatever came in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
        await reset()
        for (const each of steps) await take(each)
        await screenChanged(database, { at: MAY })
        const incremental = await stored()
        assert.deepEqual(incremental, await fromScratch())
      }),
      { numRuns: 50 },
    )
  })
})

async function counts(): Promise<[number, number, number]> {
  const { recalls, listings, added } = await screenChanged(database, { at: MAY })
  return [recalls, listings, added]
}

function stop(): void {
  throw new Error('killed')
}

type Step =
  | { kind: 'record'; recall: Recall; words: string[] }
  | { kind: 'list'; listing: ScreenedListing; words: string[] }
  | { kind: 'screen' | 'screenOne' | 'screenRecall'; at: number }

/** Words that stand in recalls and listings or in neither, some of them joined: what is known must not depend on who came first. */
const WORDS = ['CUPKIN', 'Cup', 'Kin', 'zorvex', 'Zorvex', 'zor', 'vex', 'cups', 'steel', 'range', 'LRE30453', 'LRE30453SS', 'BS-30KP365', 'HGS011', 'for', 'lid', 'qz', '8 oz', 'Baby', 'Joy', 'BabyJoy', 'in the', 'steamer'] // prettier-ignore

const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 7 })

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('record' as const), recall: fc.constantFrom(CUPS, POWER_BANKS, RANGES, STEAMERS), words }),
  fc.record({
    kind: fc.constant('list' as const),
    listing: fc.constantFrom(CUP, BANK, LAMP, { ...CUP, listingId: 'L4', brand: null }, { ...BANK, listingId: 'L5', brand: 'Zorvex' }),
    words,
  }),
  fc.record({ kind: fc.constantFrom('screen' as const, 'screenOne' as const, 'screenRecall' as const), at: fc.nat(4) }),
)

async function take(now: Step): Promise<void> {
  if (now.kind === 'record') {
    const said = now.words.join(' ')
    return record({
      ...now.recall,
      description: `${now.recall.description} Sold with ${said}.`,
      products: [{ name: `${now.recall.products[0]!.name} ${said}`, model: null, unitsText: null }],
      scope: { ...now.recall.scope, brands: now.words.slice(0, 2) },
    })
  }
  if (now.kind === 'list') return list({ ...now.listing, title: `${now.listing.title} ${now.words.join(' ')}` })
  if (now.kind === 'screen') await screenChanged(database, { at: MAY })
  else if (now.kind === 'screenOne') await screenListing(database, `L${now.at + 1}`, { at: MAY })
  else await screenRecall(database, `CPSC-${[CUPS, POWER_BANKS, RANGES, STEAMERS][now.at % 4]!.recallNumber}`, { at: MAY })
}
