import { before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { testDatabase } from '../../test/database.ts'
import { transaction } from '../platform/db.ts'
import { sha256 } from '../platform/ids.ts'
import { contentHash, recordRevisions, type Recall } from '../recalls/index.ts'
import { decide } from './decide.ts'
import { matchingInvariants } from './invariants.ts'
import { matchOf, matchesOfRecall } from './queries.ts'
import { screenAll, screenListing, screenRecall } from './screen.ts'
import { CUPS, POWER_BANKS, RANGES, sampleListing } from './samples.ts'
import type { ScreenedListing } from './listing-features.ts'

const database = await testDatabase()
const { db } = database
const MAY = new Date('2026-05-01T10:00:00Z')
const JUNE = new Date('2026-06-01T10:00:00Z')

async function record(recalls: Recall[], at: Date): Promise<void> {
  const revisions = recalls.map((recall) => ({
    recall,
    documentSha256: sha256(JSON.stringify(recall)),
    contentSha256: contentHash(recall),
  }))
  await transaction(database, (tx) => recordRevisions(tx.db, revisions, at))
}

async function list(listing: ScreenedListing): Promise<void> {
  await sql`
    insert into catalog.listings (listing_id, seller_id, title, brand, model, gtin, attributes, currency, pack_units, content_sha256, updated_at)
    values (${listing.listingId}, 'S1', ${listing.title}, ${listing.brand}, ${listing.model}, ${listing.gtin}, '{}', 'USD', 1, '\\x00', ${MAY})
    on conflict (listing_id) do update set title = excluded.title`.execute(db)
}

const FAMILY = ['8 oz Blue and Green', '8 oz Pink and Purple', '12 oz Blue and Green', '12 oz Pink and Purple']

before(async () => {
  await record([CUPS, POWER_BANKS], MAY)
  await sql`insert into catalog.sellers (seller_id, name) values ('S1', 'Blue Door')`.execute(db)
  for (const [i, variant] of FAMILY.entries())
    await list(sampleListing(`CUP-${i}`, `CUPKIN Stainless Steel Kids Cups ${variant}, 2 Pack with Straws`, { brand: 'CUPKIN' }))
  await list(sampleListing('LID-1', 'Replacement lids for CUPKIN cups', { brand: 'CUPKIN' }))
  await list(sampleListing('YETI-1', 'Yeti Rambler Jr cup 12 oz stainless steel', { brand: 'YETI' }))
  await list(sampleListing('BANK-1', 'Baseus power bank 65W BS-30KP365', { brand: 'Baseus' }))
  await list(sampleListing('LAMP-1', 'Desk lamp'))
})

async function affected(recallId: string): Promise<string[]> {
  return (await matchesOfRecall(db, recallId, { answer: 'affected' })).items.map((match) => match.listingId).sort()
}

describe('deciding', () => {
  const ruling = {
    listingId: 'LID-1',
    recallId: 'CPSC-23774',
    ruling: 'no',
    actor: 'officer:ana',
    at: MAY,
    reason: 'A lid is no cup.',
  } as const

  it('refuses a ruling without a reason, and one on what does not exist', async () => {
    assert.equal((await transaction(database, (tx) => decide(tx, { ...ruling, reason: '  ' }))).ok, false)
    for (const change of [{ listingId: 'NONE' }, { recallId: 'CPSC-0' }]) {
      const refused = await transaction(database, (tx) => decide(tx, { ...ruling, ...change }))
      assert.equal(refused.ok ? '' : refused.problem.code, 'not_found')
    }
  })

  it('appends rulings, once each however often it is sent, and the latest holds', async () => {
    for (const expected of [1, 1])
      assert.deepEqual(await transaction(database, (tx) => decide(tx, ruling)), { ok: true, value: { decisionNo: expected } })
    const second = await transaction(database, (tx) =>
      decide(tx, { ...ruling, ruling: 'possibly', reason: 'The photo shows a cup.', at: JUNE }),
    )
    assert.deepEqual(second, { ok: true, value: { decisionNo: 2 } })
    const match = await matchOf(db, 'LID-1', 'CPSC-23774')
    assert.equal(match?.answer, 'possibly')
    assert.equal(match.engineAnswer, 'no')
    assert.equal(match.decisionReason, 'The photo shows a cup.')
  })

  it('numbers rulings that arrive at once one after the other', async () => {
    const pair = { ...ruling, listingId: 'YETI-1' }
    const results = await Promise.all(
      ['a', 'b', 'c'].map((actor) => transaction(database, (tx) => decide(tx, { ...pair, actor: `officer:${actor}` }))),
    )
    assert.deepEqual(results.map((result) => (result.ok ? result.value.decisionNo : 0)).sort(), [1, 2, 3])
  })
})

describe('screening the database', () => {
  it('finds the family and nothing of the neighbours', async () => {
    const seen: number[] = []
    const counts = await screenAll(database, { at: MAY, onProgress: (done) => seen.push(done) })
    assert.equal(counts.listings, 8)
    assert.equal(counts.recalls, 2)
    assert.deepEqual(seen, [8])
    assert.deepEqual(await affected('CPSC-23774'), ['CUP-0', 'CUP-1', 'CUP-2', 'CUP-3'])
    assert.deepEqual(await affected('CPSC-25248'), ['BANK-1'])
  })

  it('changes nothing when it runs again, and leaves rulings as they are', async () => {
    const again = await screenAll(database, { at: JUNE })
    assert.deepEqual([again.added, again.changed, again.removed], [0, 0, 0])
    assert.equal((await matchOf(db, 'CUP-0', 'CPSC-23774'))?.screenedAt.toISOString(), MAY.toISOString())
    assert.equal((await matchOf(db, 'LID-1', 'CPSC-23774'))?.answer, 'possibly')
  })

  it('screens a new recall alone, and gives each match what screening all gives it', async () => {
    await list(sampleListing('RANGE-1', 'LG Electric Range LRE30453SS', { brand: 'LG' }))
    await record([RANGES], JUNE)
    const counts = await screenRecall(database, 'CPSC-13031', { at: JUNE })
    assert.ok(counts.ok && counts.value.added === 1)
    assert.deepEqual(await affected('CPSC-13031'), ['RANGE-1'])
    const all = await screenAll(database, { at: JUNE })
    assert.deepEqual([all.added, all.changed, all.removed], [0, 0, 0])
    assert.equal((await screenRecall(database, 'CPSC-1', { at: JUNE })).ok, false)
  })

  it('screens one listing when it changes, and forgets a match that is gone', async () => {
    await list(sampleListing('CUP-3', 'Garden gnome'))
    const gone = await screenListing(database, 'CUP-3', { at: JUNE })
    assert.ok(gone.ok && gone.value.length === 0)
    assert.equal(await matchOf(db, 'CUP-3', 'CPSC-23774'), null)
    const missing = await screenListing(database, 'NONE', { at: JUNE })
    assert.equal(missing.ok ? '' : missing.problem.code, 'not_found')
  })

  it('pages matches by weight and listing without loss or repeat', async () => {
    const seen: string[] = []
    for (
      let page = await matchesOfRecall(db, 'CPSC-23774', { limit: 1 });
      ;
      page = await matchesOfRecall(db, 'CPSC-23774', { limit: 1, cursor: page.next })
    ) {
      seen.push(...page.items.map((match) => match.listingId))
      if (page.next === null) break
    }
    const whole = (await matchesOfRecall(db, 'CPSC-23774')).items.map((match) => match.listingId)
    assert.ok(whole.length >= 3)
    assert.deepEqual(seen, whole)
  })

  it('keeps its promises', async () => {
    for (const invariant of matchingInvariants) assert.deepEqual(await invariant.check(db), [], invariant.promise)
    await sql`update matching.matches set weight = weight + 1 where listing_id = 'CUP-0'`.execute(db)
    assert.equal((await matchingInvariants[0]!.check(db)).length, 1)
  })
})
