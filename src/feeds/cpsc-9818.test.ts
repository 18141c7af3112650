/** Every recall that the CPSC published from 1973 to May 2026, as the demo has them. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import path from 'node:path'
import { sql } from 'kysely'
import { findRecall } from '../recalls/index.ts'
import { testDatabase } from '../../test/database.ts'
import { importFeedFile } from './import.ts'
import { parseFeedFiles } from './parse.ts'

const FILE = path.join(import.meta.dirname, '../../db/demo/cpsc-9818.ndjson.gz')
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
