import { after, before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { sha256 } from '../platform/ids.ts'
import { currentRecall } from '../recalls/index.ts'
import { testDatabase } from '../../test/database.ts'
import { importFeedFile, type ImportReport } from './import.ts'
import { feedStatus } from './status.ts'

const database = await testDatabase()
const AT = new Date('2026-11-23T08:00:00Z')
let folder = ''

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tocsin-feeds-'))
})
after(() => rm(folder, { recursive: true, force: true }))

let files = 0

async function importing(content: string | Buffer, name = 'cpsc.json'): Promise<ImportReport> {
  const file = path.join(folder, `${++files}-${name}`)
  await writeFile(file, content)
  // Each import of these tests is a second later, so that there is a last one.
  return await importFeedFile(database, 'CPSC', file, { at: new Date(AT.getTime() + files * 1_000) })
}

/** A document of the CPSC with what a recall needs; numbers of these tests begin with 91. */
function documentOf(RecallNumber: string, more: object = {}): object {
  return {
    RecallID: 1,
    RecallNumber,
    RecallDate: '2026-05-21T00:00:00',
    Title: `Acme Recalls Lamps ${RecallNumber} Due to Fire Hazard`,
    ...more,
  }
}

function json(...values: unknown[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(',\n')}]`
}

/** `line field: problem` of every problem, as a person reads them. */
function said(report: ImportReport): string[] {
  return report.problems.map((each) => `${each.line} ${each.field}: ${each.problem}`)
}

async function documentsOf(recallNumber: string): Promise<string[]> {
  const { rows } = await sql<{ body: Buffer }>`select body from feeds.documents where recall_number = ${recallNumber}`.execute(database.db)
  return rows.map((row) => row.body.toString())
}

describe('a file that cannot be taken', () => {
  it('is refused with the reason, and recorded as an import that failed', async () => {
    const cases: [string | Buffer, string][] = [
      ['', '1 : the file is empty'],
      [
        '<html><body>Service unavailable</body></html>',
        '1 : the file is an HTML or XML page, not JSON: the agency may have answered with an error page',
      ],
      [gzipSync('<!doctype html>'), '1 : the file is an HTML or XML page, not JSON: the agency may have answered with an error page'],
      ['RecallID,RecallNumber\n1,2\n', '1 : the file is neither a JSON array nor JSON objects line by line'],
    ]
    for (const [content, problem] of cases) {
      const report = await importing(content)
      assert.deepEqual([said(report), report.broken, report.items], [[problem], true, 0])
    }
    const missing = await importFeedFile(database, 'CPSC', path.join(folder, 'nowhere.json'), { at: AT })
    assert.deepEqual([said(missing), missing.broken], [['0 : the file cannot be opened: there is no such file'], true])
    assert.deepEqual(said(await importFeedFile(database, 'CPSC', folder, { at: AT })), ['0 : this is not a file'])
  })

  it('keeps what came before it broke', async () => {
    const truncated = await importing(json(documentOf('91001'), documentOf('91002')).slice(0, -30))
    assert.deepEqual(said(truncated), ['2 : the file ends inside this item: it is truncated'])
    assert.deepEqual([truncated.newRecalls, truncated.broken], [1, true])
    assert.notEqual(await currentRecall(database.db, 'CPSC-91001'), null)
    const again = await importing(json(documentOf('91001'), documentOf('91002')))
    assert.deepEqual([again.newRecalls, again.unchanged, again.broken], [1, 1, false])
  })

  it('keeps what a damaged gzip gave before the damage', async () => {
    const lines = Array.from({ length: 4_000 }, (_, n) =>
      JSON.stringify(documentOf(`92${String(n).padStart(4, '0')}`, { Description: sha256(String(n)).toString('hex') })),
    )
    const packed = gzipSync(lines.join('\n'))
    const cut = await importing(packed.subarray(0, packed.length / 2), 'cut.ndjson.gz')
    assert.match(said(cut).at(-1)!, /^\d+ : the file cannot be read further: its gzip data ends too early, the file is cut off$/)
    assert.ok(cut.newRecalls > 100 && cut.newRecalls < 4_000, String(cut.newRecalls))
    const middle = Math.floor(packed.length / 2)
    packed.fill(0x55, middle, middle + 4_000)
    const damaged = await importing(packed, 'damaged.ndjson.gz')
    assert.match(said(damaged).at(-1)!, /its gzip data is damaged/)
    const { rows } = await sql<{
      count: number
    }>`select count(*) from feeds.imports where file_sha256 is null and ended_at is not null`.execute(database.db)
    assert.ok(rows[0]!.count >= 2, 'no hash is given for a file that was not read whole')
  })
})

describe('an item that cannot be taken', () => {
  it('is named by its line and field, and its neighbours are taken', async () => {
    const report = await importing(
      json(
        documentOf('91010'),
        { RecallID: 0, RecallNumber: null, RecallDate: null, Title: 'Error retrieving Recalls: The underlying provider failed on Open.' },
        documentOf(''),
        'a string',
        null,
        documentOf('91011', { RecallDate: null }),
        documentOf('91012', { RecallDate: '2026-02-31T00:00:00' }),
        documentOf('91013', { RecallDate: '20/07/2023' }),
        documentOf('91014', { Title: '' }),
        documentOf('91015', { Products: [{ Name: 'Lamps' }, { Name: 7 }] }),
        documentOf('91016', { Hazards: 'fire' }),
        documentOf('91017'),
      ),
    )
    assert.deepEqual(
      said(report).map((line) => line.replace(/(received).*/, '$1')),
      [
        '2 RecallNumber: this is no recall but an error of the agency: Error retrieving Recalls: The underlying provider failed on Open.',
        '3 RecallNumber: this is no recall but an error of the agency: Acme Recalls Lamps  Due to Fire Hazard',
        '4 : the item is not a JSON object',
        '5 : the item is not a JSON object',
        '6 RecallDate: the date is missing',
        '7 RecallDate: "2026-02-31T00:00:00" is not a date',
        '8 RecallDate: "20/07/2023" is not a date',
        '9 Title: the title is missing',
        '10 Products[1].Name: Invalid input: expected string, received',
        '11 Hazards: Invalid input: expected array, received',
      ],
    )
    assert.deepEqual([report.items, report.newRecalls, report.refused, report.broken], [12, 2, 10, false])
    // The documents of recalls that could not be read are kept: what the agency said is not lost.
    assert.deepEqual(await documentsOf('91012'), [JSON.stringify(documentOf('91012', { RecallDate: '2026-02-31T00:00:00' }))])
    assert.equal(report.newDocuments, 10)
  })

  it('may be the reconstruction of the error that CPSC answers with status 200', async () => {
    const report = await importing(
      '[{"RecallID":0,"RecallNumber":null,"RecallDate":null,"Description":null,"URL":null,"Title":"Error retrieving Recalls: The underlying provider failed on Open.","ConsumerContact":null,"LastPublishDate":null,"Products":[]}]',
    )
    assert.deepEqual([report.refused, report.newRecalls, said(report).length], [1, 0, 1])
  })

  it('is refused where its bytes are not UTF-8 or no JSON', async () => {
    const latin1 = Buffer.from(JSON.stringify(documentOf('91020', { Title: 'Café lamps' })), 'latin1')
    const report = await importing(
      Buffer.concat([latin1, Buffer.from(`\n{"RecallNumber": oops}\n${JSON.stringify(documentOf('91021'))}\n`)]),
    )
    assert.equal(said(report)[0], '1 : the item is not valid UTF-8 text')
    assert.match(said(report)[1]!, /^2 : the item is not JSON: /)
    assert.deepEqual([report.newRecalls, report.newDocuments, report.refused], [1, 1, 2])
  })

  it('is refused where its line has 50 MB', async () => {
    const huge = Buffer.concat([Buffer.from('{"RecallNumber":"91030","Title":"'), Buffer.alloc(50 * 1024 * 1024, 'x'), Buffer.from('"}')])
    const content = Buffer.concat([huge, Buffer.from(`\n${JSON.stringify(documentOf('91031'))}\n`)])
    const file = path.join(folder, 'huge.ndjson')
    await writeFile(file, content)
    const report = await importFeedFile(database, 'CPSC', file, { at: AT })
    assert.deepEqual(said(report), [`1 : the item has ${huge.length} bytes, more than the 5 MB allowed`])
    assert.equal(report.problems[0]!.excerpt.slice(0, 24), '{"RecallNumber":"91030",')
    assert.equal(report.newRecalls, 1)
  })

  it('may hold what a database cannot, and is taken without it', async () => {
    const report = await importing('[{"RecallNumber":"91040","RecallDate":"2026-05-21","Title":"Lamps\\u0000 \\ud800 recalled"}]')
    assert.deepEqual(said(report), [])
    assert.equal((await currentRecall(database.db, 'CPSC-91040'))?.recall.title, 'Lamps \ufffd recalled')
  })

  it('is counted even where thousands are', async () => {
    const report = await importing(
      `${JSON.stringify(documentOf('91050'))}\n${'{}\n'.repeat(3_000)}${JSON.stringify(documentOf('91051'))}\n`,
    )
    assert.deepEqual([report.items, report.refused, report.newRecalls, report.problems.length], [3_002, 3_000, 2, 100])
    const { rows } = await sql<{ errors: number; last: number }>`
      select count(*) as errors, max(error_no) as last from feeds.import_errors where import_id = ${report.importId}`.execute(database.db)
    assert.deepEqual(rows[0], { errors: 1_000, last: 1_000 })
  })
})

describe('an import', () => {
  it('of an empty array is valid and brings nothing', async () => {
    const report = await importing('[]')
    assert.deepEqual([report.items, report.refused, report.broken, report.problems], [0, 0, false, []])
  })

  it('takes arrays and lines, plain and gzip, whatever the name', async () => {
    const counts: number[] = []
    const contents = [
      json(documentOf('91060')),
      JSON.stringify(documentOf('91061')),
      gzipSync(json(documentOf('91062'))),
      gzipSync(JSON.stringify(documentOf('91063'))),
    ]
    for (const content of contents) counts.push((await importing(content, 'whatever.txt')).newRecalls)
    assert.deepEqual(counts, [1, 1, 1, 1])
  })

  it('keeps each document byte for byte', async () => {
    const odd = '{ "RecallNumber" : "91070",\n "RecallDate":"2026-05-21T00:00:00", "Title":"L\\u0061mps", "New":[1,  2] }'
    await importing(`[${odd}]`)
    assert.deepEqual(await documentsOf('91070'), [odd])
  })

  it('of the same file twice changes nothing; of a corrected document it makes revision 2', async () => {
    const first = json(documentOf('91080'), documentOf('91081'))
    assert.deepEqual(await countsOf(first), { newDocuments: 2, newRecalls: 2, newRevisions: 0, unchanged: 0 })
    assert.deepEqual(await countsOf(first), { newDocuments: 0, newRecalls: 0, newRevisions: 0, unchanged: 2 })
    const corrected = json(documentOf('91080', { Products: [{ NumberOfUnits: 'About 400' }] }), documentOf('91081'))
    assert.deepEqual(await countsOf(corrected), { newDocuments: 1, newRecalls: 0, newRevisions: 1, unchanged: 1 })
    const current = await currentRecall(database.db, 'CPSC-91080')
    assert.deepEqual([current?.revision, current?.recall.scope.units], [2, 400])
    assert.deepEqual(await countsOf(first), { newDocuments: 0, newRecalls: 0, newRevisions: 0, unchanged: 2 })
  })

  async function countsOf(content: string): Promise<Partial<ImportReport>> {
    const { newDocuments, newRecalls, newRevisions, unchanged } = await importing(content)
    return { newDocuments, newRecalls, newRevisions, unchanged }
  }

  it('shows in the status of its feed', async () => {
    await importing(json(documentOf('91090'), documentOf('91091', { RecallDate: '' })), 'last.json')
    const statuses = await feedStatus(database.db)
    assert.equal(statuses.length, 1)
    const { agency, source, items, newRecalls, refused, errors, endedAt, problems, documents } = statuses[0]!
    assert.deepEqual({ agency, items, newRecalls, refused, errors }, { agency: 'CPSC', items: 2, newRecalls: 1, refused: 1, errors: 1 })
    assert.match(source, /^\d+-last\.json$/)
    assert.ok(endedAt !== null && endedAt >= AT)
    assert.ok(documents > 10)
    assert.deepEqual(
      problems.map((each) => [each.line, each.field]),
      [[2, 'RecallDate']],
    )
  })
})
