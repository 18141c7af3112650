/** Forms of differing fullness: the website's table beside the agency's interface. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { testDatabase } from '../../test/database.ts'
import { exampleRecall } from '../../test/example-recall.ts'
import { findRecall, type Recall } from '../recalls/index.ts'
import { toldBy, underFuller, withTold } from './fuller.ts'
import { importFeedFile } from './import.ts'
import { parseFeedFiles } from './parse.ts'
import { reparseFeed } from './reparse.ts'

const database = await testDatabase()
const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-fuller-'))

const HEAD =
  'Recall Number,Product Safety Warning Number,Date,Product Safety Warning Date,Recall Heading,Name of product,Description,Hazard Description,Consumer Action,Remedy Type,Units,Incidents,Remedy,Sold At Label,Sold At,Importers,Manufacturers,Distributors,Manufactured In'
function row(number: string, warning: string, date: string, heading: string): string {
  return `${number},${warning},"${date}","${warning === '' ? '' : 'March 5, 2026'}","${heading}",Quiet Lamps,"This recall involves Quiet &nbsp;brand lamps, model number QL-100.\nThey are red.","The lamps can overheat, posing a fire hazard.",,"Refund, Replace","About 1,200 (In addition, 5 in Canada)",None reported,"Contact Quiet for a full refund.&nbsp;",Sold Online At,"Amazon.com from May 2025 through June 2025 for about $30.",,"Quiet Lighting LLC, of Ohio",,China`
}

function file(name: string, text: string): string {
  const at = path.join(folder, name)
  writeFileSync(at, text)
  return at
}

const IN_FULL = {
  RecallID: 1,
  RecallNumber: '26-900',
  RecallDate: '2026-03-26T00:00:00',
  Title: 'Quiet Lighting Recalls Lamps Due to Fire Hazard',
  Description: 'This recall involves Quiet brand lamps, model number QL-100.',
  Images: [{ URL: 'https://example.org/lamp.jpg', Caption: 'A lamp' }],
  Products: [{ Name: 'Quiet Lamps', NumberOfUnits: 'About 1,200' }],
}

async function stands(number: string): Promise<{ revision: number; recall: Recall }> {
  const found = await findRecall(database.db, 'CPSC', number)
  assert.ok(found !== null)
  return found
}

describe('the rule', () => {
  const full: Recall = { ...exampleRecall(), title: 'Lamps Recalled', oversight: 'open' }

  it('makes known what was not known, and says that it is an outline', () => {
    assert.deepEqual(underFuller(full, ['title'], null), { ...full, outline: true })
    assert.deepEqual(underFuller(full, [], { ...full, title: 'Old', outline: true }), { ...full, outline: true })
  })

  it('tells of a fuller one only what it is believed in, and empties nothing', () => {
    const poorer = { ...full, title: 'LAMPS – RECALLED!', description: '', images: [], oversight: 'closed' as const }
    assert.deepEqual(underFuller(poorer, ['title'], full), full)
    assert.deepEqual(underFuller(poorer, ['title', 'oversight'], full), { ...full, oversight: 'closed' })
    assert.deepEqual(
      withTold(full, toldBy({ ...poorer, title: 'Lamps and Fans Recalled' }, ['title', 'replaces'])).title,
      'Lamps and Fans Recalled',
    )
  })
})

describe("the table of the agency's website", () => {
  it('is read like the interface, with dashes, long dates, HTML and a byte order mark', async () => {
    const table = file('whole.csv', `\ufeff${HEAD}\n${row('26-901', '', 'March 26, 2026', 'Quiet ""Soft"" Lamps Recalled')}\r\n`)
    const parts = await Array.fromAsync(parseFeedFiles('CPSC', [table]))
    const line = parts[0]?.kind === 'recall' ? parts[0].line : null
    assert.equal(parts.length, 1)
    assert.deepEqual([line?.recall_number, line?.published_on, line?.title, line?.brands, line?.models, line?.units, line?.units_elsewhere, line?.remedies, line?.online_only, line?.price_min],
      ['26901', '2026-03-26', 'Quiet "Soft" Lamps Recalled', ['Quiet'], ['Soft', 'QL-100'], 1200, { CA: 5 }, ['refund', 'replace'], true, 30]) // prettier-ignore
  })

  it('is refused row by row, and as a whole where it breaks off or has other columns', async () => {
    const bad = file(
      'bad.csv',
      `${HEAD}\n26-902,"only two"\n${row('26-903', '', 'Martober 99, 2026', 'Lamps Recalled')}\n${row('26-904', '', 'March 26, 2026', 'Lamps Recalled')}\n26-905,"cut off`,
    )
    const parts = await Array.fromAsync(parseFeedFiles('CPSC', [bad]))
    assert.deepEqual(
      parts.map((part) => (part.kind === 'recall' ? part.line.recall_number : `${part.problem.line} ${part.problem.problem}`)),
      [
        '2 the row has 2 cells, the head 19',
        '3 "Martober 99, 2026" is not a date',
        '26904',
        '7 the file ends inside this row: it is truncated',
      ],
    )
    const other = await Array.fromAsync(parseFeedFiles('CPSC', [file('other.csv', 'Recall Number,Date\n1,2\n')]))
    assert.deepEqual(
      other.map((part) => (part.kind === 'problem' ? part.problem.problem : '')),
      ['the table has no column "Recall Heading"'],
    )
  })

  it('makes a recall known, until the interface says it in full', async () => {
    const table = file('first.csv', `${HEAD}\n${row('26-900', '', 'March 26, 2026', 'Quiet Lighting Recalls Lamps Due to Fire Hazard')}\n`)
    assert.equal((await importFeedFile(database, 'CPSC', table, { at: new Date('2026-03-26T08:00:00Z') })).newRecalls, 1)
    assert.equal((await stands('26900')).recall.outline, true)
    const api = file('api.json', JSON.stringify([IN_FULL]))
    assert.equal((await importFeedFile(database, 'CPSC', api, { at: new Date('2026-03-27T08:00:00Z') })).newRevisions, 1)
    const { recall } = await stands('26900')
    assert.deepEqual([recall.outline, recall.images.length], [undefined, 1])
  })

  it('makes no poorer revision of a known recall, tells a change of its title, and not again when the file is old', async () => {
    const same = file('same.csv', `${HEAD}\n${row('26-900', '', 'March 26, 2026', 'Quiet Lighting recalls lamps due to fire hazard')}\n`)
    const unchanged = await importFeedFile(database, 'CPSC', same, { at: new Date('2026-04-01T08:00:00Z') })
    assert.deepEqual([unchanged.newRevisions, unchanged.unchanged, (await stands('26900')).revision], [0, 1, 2])
    const retitled = file(
      'retitled.csv',
      `${HEAD}\n${row('26-900', '26-313', 'March 28, 2026', 'Quiet Lighting Recalls Lamps and Fans')}\n`,
    )
    assert.equal((await importFeedFile(database, 'CPSC', retitled, { at: new Date('2026-04-02T08:00:00Z') })).newRevisions, 1)
    const told = (await stands('26900')).recall
    assert.deepEqual(
      [told.title, told.publishedOn, told.replaces, told.images.length, told.outline],
      ['Quiet Lighting Recalls Lamps and Fans', '2026-03-28', ['26313'], 1, undefined],
    )
    assert.equal((await importFeedFile(database, 'CPSC', same, { at: new Date('2026-04-03T08:00:00Z') })).newRevisions, 0)
    assert.equal((await stands('26900')).recall.title, 'Quiet Lighting Recalls Lamps and Fans')
  })

  it('reads again to the same', async () => {
    const { newRevisions, newRecalls } = await reparseFeed(database, 'CPSC', { at: new Date('2026-04-04T08:00:00Z') })
    assert.deepEqual([newRecalls, newRevisions], [0, 0])
  })
})

it('a warning that becomes a recall under its number is the next revision of it', async () => {
  const warning = { ...IN_FULL, RecallNumber: '26-950', Title: 'CPSC Warns Consumers to Stop Using Quiet Lamps' }
  await importFeedFile(database, 'CPSC', file('warning.json', JSON.stringify([warning])), { at: new Date('2026-05-01T08:00:00Z') })
  assert.equal((await stands('26950')).recall.kind, 'safety_alert')
  const recalled = { ...warning, Title: 'Quiet Lighting Recalls Lamps Due to Fire Hazard' }
  await importFeedFile(database, 'CPSC', file('recalled.json', JSON.stringify([recalled])), { at: new Date('2026-06-01T08:00:00Z') })
  const { revision, recall } = await stands('26950')
  assert.deepEqual([revision, recall.kind], [2, 'recall'])
})

it('a recall that is missing from a later file stays as it was: nothing is ended by not being said', async () => {
  const before = await stands('26900')
  await importFeedFile(database, 'CPSC', file('others.json', JSON.stringify([{ ...IN_FULL, RecallNumber: '26-960' }])), {
    at: new Date('2026-06-02T08:00:00Z'),
  })
  assert.deepEqual(await stands('26900'), before)
})
