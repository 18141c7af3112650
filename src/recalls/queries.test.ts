import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { transaction } from '../platform/db.ts'
import { sha256 } from '../platform/ids.ts'
import { testDatabase } from '../../test/database.ts'
import { contentHash } from './content.ts'
import { currentRecall, findRecall, recallsForScreening, recordRevisions, type NewRevision, type RevisionCounts } from './queries.ts'
import type { Recall } from './recall.ts'

const database = await testDatabase()
const MAY = new Date('2026-05-01T10:00:00Z')
const JUNE = new Date('2026-06-01T10:00:00Z')

function recallNamed(recallNumber: string, title: string): Recall {
  return {
    agency: 'CPSC', recallNumber, kind: 'recall', title, publishedOn: '2026-04-30', url: null, description: '', products: [], hazardText: '', remedyText: '',
    incidentText: '', soldText: '', contactText: null, firms: [], countriesOfOrigin: [], images: [], hazards: [], remedies: [], proofOfDestruction: false,
    incidents: null, injuries: null, deaths: null, expands: [], childrensProduct: null,
    scope: {
      brands: [], productNouns: [], models: [], gtins: [], lots: [], serials: [], manufacturedFrom: null, manufacturedTo: null, soldFrom: null,
      soldTo: null, units: null, unitsElsewhere: {}, priceMinMinor: null, priceMaxMinor: null, currency: 'USD', soldAt: [], onlineOnly: null,
    },
  } // prettier-ignore
}

/** A document by its bytes, saying a recall with this title. */
function revision(recallNumber: string, title: string, bytes: string): NewRevision {
  const recall = recallNamed(recallNumber, title)
  return { recall, documentSha256: sha256(bytes), contentSha256: contentHash(recall) }
}

function record(revisions: NewRevision[], at: Date): Promise<RevisionCounts> {
  return transaction(database, (tx) => recordRevisions(tx.db, revisions, at))
}

describe('recording revisions', () => {
  it('records nothing from nothing', async () => {
    assert.deepEqual(await record([], MAY), { newRecalls: 0, newRevisions: 0, unchanged: 0 })
  })

  it('records a new recall once, and a correction as its second revision', async () => {
    const first = revision('26001', 'Lamps recalled', 'v1')
    assert.deepEqual(await record([first], MAY), { newRecalls: 1, newRevisions: 0, unchanged: 0 })
    assert.deepEqual(await record([first], JUNE), { newRecalls: 0, newRevisions: 0, unchanged: 1 })
    assert.deepEqual(await record([revision('26001', 'Lamps and shades recalled', 'v2')], JUNE), {
      newRecalls: 0,
      newRevisions: 1,
      unchanged: 0,
    })
    const current = await currentRecall(database.db, 'CPSC-26001')
    assert.deepEqual(
      [current?.revision, current?.recall.title, current?.recordedAt, current?.firstSeenAt],
      [2, 'Lamps and shades recalled', JUNE, MAY],
    )
  })

  it('takes the same content from other bytes for nothing new', async () => {
    await record([revision('26002', 'Chairs recalled', 'one spelling')], MAY)
    assert.equal((await record([revision('26002', 'Chairs recalled', 'another spelling')], JUNE)).unchanged, 1)
  })

  it('does not bring back what was corrected when an old document comes again', async () => {
    await record([revision('26003', 'Beds recalled', 'old bytes')], MAY)
    await record([revision('26003', 'Beds and cots recalled', 'new bytes')], JUNE)
    assert.equal((await record([revision('26003', 'Beds recalled', 'old bytes')], JUNE)).unchanged, 1)
    assert.equal((await currentRecall(database.db, 'CPSC-26003'))?.recall.title, 'Beds and cots recalled')
  })

  it('keeps the order where one batch holds a recall and its correction', async () => {
    const counts = await record(
      [revision('26004', 'Toys recalled', 'a'), revision('26005', 'Fans', 'b'), revision('26004', 'Toys', 'c')],
      MAY,
    )
    assert.deepEqual(counts, { newRecalls: 2, newRevisions: 1, unchanged: 0 })
    assert.equal((await currentRecall(database.db, 'CPSC-26004'))?.recall.title, 'Toys')
  })

  it('numbers revisions one after the other when two writers come at once', async () => {
    await record([revision('26006', 'Pans', 'p0')], MAY)
    const counts = await Promise.all([1, 2, 3, 4].map((n) => record([revision('26006', `Pans ${n}`, `p${n}`)], JUNE)))
    assert.equal(
      counts.reduce((sum, each) => sum + each.newRevisions, 0),
      4,
    )
    const { rows } = await sql<{
      revision: number
    }>`select revision from recalls.revisions where recall_id = 'CPSC-26006' order by 1`.execute(database.db)
    assert.deepEqual(
      rows.map((row) => row.revision),
      [1, 2, 3, 4, 5],
    )
  })
})

describe('finding recalls', () => {
  it('knows none that is not there', async () => {
    assert.equal(await currentRecall(database.db, 'CPSC-99999'), null)
    assert.equal(await findRecall(database.db, 'CPSC', '99-999'), null)
    assert.equal(await findRecall(database.db, 'CPSC', ''), null)
  })

  it('finds a number with or without dashes, blanks and capitals', async () => {
    await record([revision('99020b', 'Swings', 'swings')], MAY)
    for (const number of ['99020b', '99-020b', '99-020B', ' 99 020 b']) {
      assert.equal((await findRecall(database.db, 'CPSC', number))?.recallId, 'CPSC-99020b', number)
    }
  })

  it('hands every recall to screening once, as it stands, page after page', async () => {
    const many = Array.from({ length: 1_203 }, (_, n) => revision(`70${String(n).padStart(4, '0')}`, `Recall ${n}`, `document ${n}`))
    await record(many, MAY)
    await record([revision('700007', 'Recall 7 corrected', 'document 7 corrected')], JUNE)
    const titles = new Map<string, string>()
    for await (const { recallId, recall } of recallsForScreening(database.db)) {
      assert.ok(!titles.has(recallId), recallId)
      titles.set(recallId, recall.title)
    }
    assert.equal(titles.get('CPSC-700007'), 'Recall 7 corrected')
    assert.equal([...titles.keys()].filter((id) => id.startsWith('CPSC-70')).length, 1_203)
    assert.equal(titles.get('CPSC-26001'), 'Lamps and shades recalled')
  })
})
