import { after, before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { documentOf, documents, dump } from '../../test/feed-world.ts'
import { testDatabase } from '../../test/database.ts'
import { fail, ok } from '../platform/result.ts'
import { transaction } from '../platform/db.ts'
import { correctRecall, currentRecall } from '../recalls/index.ts'
import type { AgencyFeed } from './contract.ts'
import { cpsc } from './cpsc/index.ts'
import { importFeedFile } from './import.ts'
import { reparseFeed, type ReparseReport } from './reparse.ts'

const database = await testDatabase()
let minutes = 0
let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tocsin-reparse-'))
})
after(() => rm(folder, { recursive: true, force: true }))

function nextMinute(): Date {
  return new Date(Date.UTC(2026, 10, 23, 8, ++minutes))
}

async function importing(...given: object[]): Promise<void> {
  const file = path.join(folder, 'cpsc.json')
  await writeFile(file, dump(...given))
  await importFeedFile(database, 'CPSC', file, { at: nextMinute() })
}

async function reading(feed: Pick<AgencyFeed, 'parse'> = cpsc): Promise<Pick<ReparseReport, 'newRecalls' | 'newRevisions'>> {
  const { newRecalls, newRevisions } = await reparseFeed(database, 'CPSC', { at: nextMinute(), feed })
  return { newRecalls, newRevisions }
}

async function revisionsOf(number: string): Promise<[number, string][]> {
  const { rows } = await sql<{ revision: number; cause: string }>`
    select revision, cause from recalls.revisions_view where recall_id = ${`CPSC-${number}`} order by revision`.execute(database.db)
  return rows.map((row) => [row.revision, row.cause])
}

/** The CPSC's reader, which has learned that lamps are for children. */
const improved: Pick<AgencyFeed, 'parse'> = {
  parse(item) {
    const read = cpsc.parse(item)
    return read.recall.ok ? { ...read, recall: ok({ ...read.recall.value, childrensProduct: true }) } : read
  },
}

const UNREADABLE = documentOf('90010', { RecallDate: 'last Thursday' })
const learned: Pick<AgencyFeed, 'parse'> = {
  parse: (item) => cpsc.parse({ ...item, bytes: Buffer.from(item.bytes.toString().replace('last Thursday', '2026-11-19')) }),
}

describe('kept documents read again', () => {
  it('give the same recalls: nothing changes', async () => {
    await importing(...documents(90_000, 5), UNREADABLE)
    await importing(documentOf('90000', { Products: [{ NumberOfUnits: 'About 400' }] }))
    const report = await reparseFeed(database, 'CPSC', { at: nextMinute() })
    assert.deepEqual([report.documents, report.refused, report.newRecalls, report.newRevisions], [7, 1, 0, 0])
    assert.deepEqual(report.problems.map((each) => [each.field, each.excerpt.slice(0, 35)]), [['RecallDate', '{"RecallID":1,"RecallNumber":"90010']]) // prettier-ignore
    assert.deepEqual(await revisionsOf('90000'), [[1, 'document'], [2, 'document']]) // prettier-ignore
  })

  it('by readers that have learned more make revisions that say so, of what the agency said last', async () => {
    assert.deepEqual(await reading(improved), { newRecalls: 0, newRevisions: 5 })
    assert.deepEqual(await revisionsOf('90000'), [[1, 'document'], [2, 'document'], [3, 'reading']]) // prettier-ignore
    const current = await currentRecall(database.db, 'CPSC-90000')
    assert.deepEqual([current?.recall.childrensProduct, current?.recall.scope.units], [true, 400])
    assert.deepEqual(await reading(improved), { newRecalls: 0, newRevisions: 0 })
  })

  it('give a recall where the document could not be read before', async () => {
    await reading()
    assert.deepEqual(await reading(learned), { newRecalls: 1, newRevisions: 0 })
    assert.deepEqual(await revisionsOf('90010'), [[1, 'document']])
  })

  it('take nothing back where a reader has unlearned something', async () => {
    const before = await revisionsOf('90001')
    const broken: Pick<AgencyFeed, 'parse'> = {
      parse: (item) => ({ ...cpsc.parse(item), recall: fail('invalid', 'it reads nothing now') }),
    }
    assert.deepEqual(await reading(broken), { newRecalls: 0, newRevisions: 0 })
    assert.deepEqual(await revisionsOf('90001'), before)
  })

  it('do not keep a later document of the agency from making its revision', async () => {
    await importing(documentOf('90000', { Products: [{ NumberOfUnits: 'About 500' }] }))
    assert.deepEqual((await revisionsOf('90000')).at(-1), [5, 'document'])
    assert.deepEqual(await reading(), { newRecalls: 0, newRevisions: 0 })
  })

  it('keep what a person corrected, with what is read now beside it', async () => {
    const order = {
      recallId: 'CPSC-90000',
      field: 'units',
      value: 444,
      reason: 'The notice says 444.',
      actor: 'officer:ada',
      at: nextMinute(),
    }
    const corrected = await transaction(database, (tx) => correctRecall(tx, async () => {}, order))
    assert.ok(corrected.ok)
    assert.deepEqual(await reading(), { newRecalls: 0, newRevisions: 0 })
    assert.deepEqual(await reading(improved), { newRecalls: 0, newRevisions: 5 })
    const current = await currentRecall(database.db, 'CPSC-90000')
    assert.deepEqual([current?.recall.childrensProduct, current?.recall.scope.units], [true, 444])
    assert.deepEqual(current?.recall.corrected, { units: { read: 500, correctionNo: 1 } })
    assert.deepEqual((await revisionsOf('90000')).slice(-2), [[6, 'correction'], [7, 'reading']]) // prettier-ignore
    // The account of a reading counts a corrected recall that stayed as it was.
    assert.deepEqual(await reading(improved), { newRecalls: 0, newRevisions: 0 })
    const { rows } = await sql<{ unchanged: number }>`
      select unchanged from feeds.imports where source = 'kept documents, read again' order by started_at desc limit 1`.execute(database.db)
    assert.equal(rows[0]!.unchanged, 5)
  })

  it('stand in the account of imports', async () => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from feeds.imports where source = 'kept documents, read again'`.execute(
      database.db,
    )
    assert.equal(rows[0]!.n, 10)
  })
})
