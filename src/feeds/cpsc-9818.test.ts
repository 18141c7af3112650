/** Every recall that the CPSC published from 1973 to May 2026, as the demo has them. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { findRecall } from '../recalls/index.ts'
import { accountOfIndex, readCpscIndex } from '../../test/cpsc-index.ts'
import { testDatabase } from '../../test/database.ts'
import { FEEDS } from './agencies.ts'
import { importFeedFile } from './import.ts'
import { parseFeedFiles } from './parse.ts'

const FILE = path.join(import.meta.dirname, '../../db/demo/cpsc-9818.ndjson.gz')
const index = readCpscIndex()
const database = await testDatabase()

describe('the CPSC file of the demo', () => {
  it('is read offline, recall by recall, without a problem', async () => {
    let [recalls, problems] = [0, 0]
    for await (const part of parseFeedFiles('CPSC', [FILE, '/nowhere.json'])) {
      if (part.kind === 'recall') recalls++
      else {
        problems++
        assert.deepEqual([part.file, part.problem.problem], ['/nowhere.json', 'the file cannot be opened: there is no such file'])
      }
    }
    assert.deepEqual([recalls, problems], [9_818, 1])
  })

  it('is all that the agency published, by an independent list', { skip: index === null && 'the list is not beside the checkout' }, () => {
    const items = gunzipSync(readFileSync(FILE)).toString().trimEnd().split('\n')
    const recalls = items.map((text, at) => FEEDS.CPSC.parse({ bytes: Buffer.from(text), line: at + 1 }).recall)
    const account = accountOfIndex(
      index!,
      recalls.flatMap((recall) => (recall.ok ? [recall.value] : [])),
    )
    assert.deepEqual([account.entries, account.later], [9_818, 151])
    assert.deepEqual(account.differences.filter((each) => each.why === 'missing'), []) // prettier-ignore
    // Its names are the website's, which writes some otherwise; few notices bear another day there.
    assert.ok(account.byDayAndName > 9_100, String(account.byDayAndName))
    assert.ok(account.differences.filter((each) => each.why === 'the day is another').length < 10)
    const without = accountOfIndex(index!, recalls.slice(1).flatMap((recall) => (recall.ok ? [recall.value] : []))) // prettier-ignore
    assert.equal(without.differences.filter((each) => each.why === 'missing').length, 1, 'the account notices a recall that was dropped')
  })

  it('is imported whole, and a second time changes nothing', async () => {
    const seen: number[] = []
    const first = await importFeedFile(database, 'CPSC', FILE, {
      at: new Date('2026-11-23T08:00:00Z'),
      onProgress: (done, total) => seen.push(done / total),
    })
    const { items, newDocuments, newRecalls, newRevisions, unchanged, refused, problems } = first
    assert.deepEqual(
      { items, newDocuments, newRecalls, newRevisions, unchanged, refused, problems },
      { items: 9_818, newDocuments: 9_818, newRecalls: 9_818, newRevisions: 0, unchanged: 0, refused: 0, problems: [] },
    )
    assert.ok(seen.length > 5 && seen.every((share, index) => share >= (seen[index - 1] ?? 0)) && seen.at(-1) === 1)
    const again = await importFeedFile(database, 'CPSC', FILE, { at: new Date('2026-11-24T08:00:00Z') })
    assert.deepEqual([again.newDocuments, again.newRecalls, again.newRevisions, again.unchanged], [0, 0, 0, 9_818])
    const { rows } = await sql<{ documents: number; revisions: number }>`
      select (select count(*) from feeds.documents) as documents, (select count(*) from recalls.revisions) as revisions`.execute(
      database.db,
    )
    assert.deepEqual(rows[0], { documents: 9_818, revisions: 9_818 })
  })

  it('holds the CUPKIN cups with the whole scope', async () => {
    const recall = (await findRecall(database.db, 'CPSC', '23-774'))?.recall
    assert.deepEqual(recall?.hazards, ['lead'])
    assert.deepEqual(recall.remedies, ['refund'])
    assert.deepEqual([recall.incidents, recall.injuries, recall.deaths, recall.childrensProduct], [0, 0, null, true])
    assert.deepEqual(recall.scope, {
      brands: ['CUPKIN'], productNouns: recall.scope.productNouns, models: [], gtins: [], lots: [], serials: [], manufacturedFrom: null, manufacturedTo: null,
      soldFrom: '2018-01', soldTo: '2023-03', units: 346_000, unitsElsewhere: {}, priceMinMinor: 2_000, priceMaxMinor: 2_000, currency: 'USD',
      soldAt: ['Amazon.com', 'Cupkin.com'], onlineOnly: true,
    }) // prettier-ignore
  })
})
