/** Documents of the other agencies, taken in as files: kept, recorded, and nothing new the second time. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sample } from '../../test/feed-samples.ts'
import { testDatabase } from '../../test/database.ts'
import { findRecall, type Agency } from '../recalls/index.ts'
import { importFeedFile } from './import.ts'
import { parseFeedFiles } from './parse.ts'

const database = await testDatabase()
const FIXTURES = path.join(import.meta.dirname, '../../test/fixtures/feeds')
const at = new Date('2026-11-23T08:00:00Z')

/** What an import or offline reading of a file gives, in short. */
async function imported(agency: Agency, file: string): Promise<number[]> {
  const { items, newRecalls, newRevisions, unchanged, refused, problems } = await importFeedFile(database, agency, file, { at })
  return [items, newRecalls, newRevisions, unchanged, refused, problems.length]
}

describe('files of the other agencies', () => {
  for (const [agency, file, recalls] of [
    ['FDA', 'fda/food-enforcement.json', 3],
    ['FDA', 'fda/press.xml', 20],
    ['FSIS', 'fsis/api.json', 2],
    ['NHTSA', 'nhtsa/flat.tsv', 2],
    ['HC', 'health-canada/open-data.json', 7],
    ['EUSG', 'safety-gate/weekly-report.xml', 2],
    ['OPSS', 'opss/2609-0229.json', 1],
    ['ACCC', 'accc/feed.xml', 2],
  ] as const) {
    it(`${file} is taken in once`, async () => {
      assert.deepEqual(await imported(agency, path.join(FIXTURES, file)), [recalls, recalls, 0, 0, 0, 0])
      assert.deepEqual(await imported(agency, path.join(FIXTURES, file)), [recalls, 0, 0, recalls, 0, 0])
    })
  }

  it('are found by the numbers that people write', async () => {
    for (const [agency, typed] of [
      ['FDA', 'h-1166-2026'],
      ['EUSG', 'SR/90001/26'],
      ['HC', 'ra-82661'],
      ['NHTSA', '26v481000'],
      ['OPSS', ' 2609-0229 '],
      ['FSIS', '040–2022'],
    ] as const)
      // prettier-ignore
      assert.notEqual(await findRecall(database.db, agency, typed), null, typed)
    assert.equal(await findRecall(database.db, 'FDA', 'H-9999-2026'), null)
  })

  it('that are cut off keep what was whole; a flat file, whose campaigns may go on behind the cut, keeps none', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-test-'))
    try {
      const cut = path.join(folder, 'cut.json')
      writeFileSync(cut, sample('fda/food-enforcement-50.json').subarray(0, 20_000))
      const report = await importFeedFile(database, 'FDA', cut, { at })
      assert.ok(report.broken && report.newRecalls > 5 && report.refused === 0)
      assert.match(report.problems.at(-1)?.problem ?? '', /truncated/)
      const rows = path.join(folder, 'rows.tsv.gz')
      const packed = gzipSync(sample('nhtsa/flat.tsv'))
      writeFileSync(rows, packed.subarray(0, packed.length - 200))
      const parts = []
      for await (const part of parseFeedFiles('NHTSA', [rows])) parts.push(part)
      assert.equal(parts.length, 1)
      assert.match(
        parts[0]?.kind === 'problem' ? parts[0].problem.problem : '',
        /gzip data ends too early.*no campaign of this file is known to be whole/,
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
