/** The command as people run it: files in, lines out, no database. */
import { after, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { MATCHING_DATA, readGold } from '../../test/gold.ts'
import { screen as screenVerb } from './screen.ts'

const CLI = path.join(import.meta.dirname, '../cli.ts')
const RECALLS = path.join(import.meta.dirname, '../../db/demo/cpsc-9818.ndjson.gz')

const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-screen-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Buffer): string {
  const made = path.join(folder, name)
  writeFileSync(made, content)
  return made
}

function screen(...args: string[]): { code: number | null; lines: Line[]; said: string } {
  // No settings at all: whatever opened a database would fail.
  const run = spawnSync(process.execPath, [CLI, 'screen', ...args], { env: { PATH: process.env['PATH'] }, encoding: 'utf8' })
  return { code: run.status, lines: linesOf(run.stdout), said: run.stderr }
}

type Line = { recall_number: string; listing_id: string; answer: string; weight: number; tier: string; reasons: { weight: number }[] }

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

const CUPS = {
  RecallID: 9865,
  RecallNumber: '23774',
  RecallDate: '2023-07-20T00:00:00',
  Title: 'Soojimus Recalls CUPKIN Stainless Steel Children’s Cups Due to Violation of Federal Lead Content Ban',
  Description: 'This recall involves 8 oz. and 12 oz. models of CUPKIN Double-Walled Stainless Steel Children’s Cups sold in pairs.',
  Products: [{ Name: 'CUPKIN Double-Walled Stainless Steel Children’s Cups', NumberOfUnits: 'About 346,000' }],
}
const recalls = file('recalls.json', JSON.stringify([CUPS]))
const cup = { listing_id: 'a', title: 'CUPKIN Stainless Steel Kids Cups 8 oz', brand: 'CUPKIN' }
const listings = file('listings.jsonl', `${JSON.stringify(cup)}\n${JSON.stringify({ listing_id: 'b', title: 'Garden hose 50 ft' })}\n`)

describe('tocsin screen', () => {
  it('answers by lines that a file sets, and says which of them are none', () => {
    const raised = file('raised.json', JSON.stringify({ thresholds: { serious: { auto: 40 }, high: { auto: 40 } } }))
    assert.deepEqual(
      [[], ['--settings', raised]].map((more) =>
        screen('--recalls', recalls, '--listings', listings, ...more).lines.map((line) => line.tier),
      ),
      [['auto'], ['review']],
    )
    const wrong = screen('--recalls', recalls, '--listings', listings, '--settings', file('wrong.json', '{"thresholds":{"deadly":{}}}'))
    assert.equal(wrong.code, 2)
    assert.match(wrong.said, /deadly is no severity/)
  })

  it('says what is wrong with its words, with its help', async (context) => {
    const stderr = context.mock.method(process.stderr, 'write', () => true)
    for (const [args, said] of [
      [[], 'Which recalls?'],
      [['--recalls', recalls], 'Which listings?'],
      [['--recalls', recalls, '--listings', listings, 'more'], '"more" belongs behind'],
      [['--recalls', recalls, '--listings', listings, '--out', listings], 'would overwrite'],
      [['--recalls', recalls, '--listings', listings, '--agency', 'NASA'], 'no such agency'],
      [['--recals', recalls], '--recals'],
    ] as const) {
      stderr.mock.resetCalls()
      assert.equal(await screenVerb.run([...args]), 2)
      const text = stderr.mock.calls.map((call) => String(call.arguments[0])).join('')
      assert.ok(text.includes(said) && text.includes('npx tocsin screen --recalls'), text)
    }
  })

  it('says which file cannot be read', () => {
    const missing = screen('--recalls', path.join(folder, 'none.json'), '--listings', listings)
    assert.equal(missing.code, 1)
    assert.match(missing.said, /none\.json: the file cannot be opened: there is no such file/)
    const page = screen('--recalls', file('page.html', '<!doctype html><p>Down for maintenance'), '--listings', listings)
    assert.equal(page.code, 1)
    assert.match(page.said, /there is no recall in it/)
    const nowhere = screen('--recalls', recalls, '--listings', listings, '--out', path.join(folder, 'no', 'out.jsonl'))
    assert.equal(nowhere.code, 1)
    assert.match(nowhere.said, /cannot be written/)
  })

  it('names bad lines by line and field and screens the rest', () => {
    const mixed = file(
      'mixed.jsonl',
      `{"listing_id":"no title"}\n{"listing_id": cut\n${JSON.stringify({ ...cup, gtin: '12', price: 'ask' })}\n[1]\n${JSON.stringify({ ...cup, listing_id: 'c' })}\n`,
    )
    const run = screen('--recalls', recalls, '--listings', mixed)
    assert.equal(run.code, 1)
    assert.deepEqual(
      run.lines.map((line) => line.listing_id),
      ['a', 'c'],
    )
    assert.match(run.said, /line 1, title: is missing/)
    assert.match(run.said, /line 2: .*JSON/)
    assert.match(run.said, /line 3, gtin: "12" is none; screened without it/)
    assert.match(run.said, /line 3, price: /)
  })

  it('prints one line per recall and listing worth a look', () => {
    const run = screen('--recalls', recalls, '--listings', listings)
    assert.equal(run.code, 0, run.said)
    assert.equal(run.lines.length, 1)
    const [line] = run.lines
    assert.deepEqual([line!.recall_number, line!.listing_id, line!.answer, line!.tier], ['23774', 'a', 'affected', 'auto'])
    assert.equal(
      line!.reasons.reduce((sum, reason) => sum + reason.weight, 0),
      line!.weight,
    )
  })

  it('gives the same for arrays, lines and packed files, to a file', () => {
    const out = path.join(folder, 'out.jsonl')
    const plain = screen('--recalls', recalls, '--listings', listings)
    const packed = screen(
      '--recalls',
      file('recalls.ndjson.gz', gzipSync(`${JSON.stringify(CUPS)}\n`)),
      '--listings',
      file('listings.json.gz', gzipSync(JSON.stringify([cup]))),
      '--out',
      out,
    )
    assert.equal(packed.code, 0, packed.said)
    assert.deepEqual(packed.lines, [])
    assert.deepEqual(linesOf(readFileSync(out, 'utf8')), plain.lines)
  })
})

const gold = readGold()

it('answers the labelled pairs as well as the benchmark says', { skip: gold === null ? 'research data not present' : false }, () => {
  const out = path.join(folder, 'gold.jsonl')
  const run = screen('--recalls', RECALLS, '--listings', path.join(MATCHING_DATA, 'gold', 'listings.jsonl'), '--out', out)
  assert.equal(run.code, 0, run.said)
  assert.ok(existsSync(out))
  const said = new Map(linesOf(readFileSync(out, 'utf8')).map((line) => [`${line.recall_number} ${line.listing_id}`, line.answer]))
  const counts = { affected: 0, said: 0, right: 0 }
  for (const pair of gold!.pairs) {
    const answer = said.get(`${pair.recallNumber} ${pair.listingId}`)
    if (pair.label === 'affected') counts.affected++
    if (answer === 'affected') counts.said++
    if (answer === 'affected' && pair.label === 'affected') counts.right++
  }
  const f1 = (2 * counts.right) / (counts.affected + counts.said)
  assert.ok(f1 >= 0.88, `affected F1 ${f1}`)
})
