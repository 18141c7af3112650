/**
 * The table that CPSC's website exports: one row per recall, all it says in words, without pictures, addresses and several products. A row has
 * dashes in its numbers, dates in words and HTML in its texts; where a recall began as a warning it has both numbers.
 */
import { fail, ok, type Result } from '../../platform/result.ts'
import type { FeedBytes, FeedItem, FeedProblem, ItemReading, SplitPart } from '../contract.ts'
import { wordsDay } from '../formats/dates.ts'
import { htmlText } from '../formats/html.ts'
import { splitJson } from '../split-json.ts'
import { excerptOf } from '../contract.ts'
import { readRecall } from './recall.ts'
import { checkShape, recallNumberOf } from './shape.ts'

/** How a head begins, and the columns without which a table is no export. */
const HEAD_BEGINS = 'Recall Number,'
const NEEDED = ['Recall Number', 'Date', 'Recall Heading', 'Description'] as const

const TRUNCATED = 'the file ends inside this row: it is truncated'
const ROW_BYTES_MAX = 1024 * 1024
const [LF, CR, QUOTE] = [0x0a, 0x0d, 0x22]

export function isExport(bytes: Buffer): boolean {
  return bytes.subarray(0, 40).toString('utf8').replace('\ufeff', '').startsWith(HEAD_BEGINS)
}

/** Cuts a table into rows. Each item is the head and its row, as received, so that a kept row can be read alone. */
export async function* splitExport(bytes: FeedBytes): AsyncGenerator<SplitPart, void, undefined> {
  const rows = rowsOf(bytes)
  const first = await rows.next()
  if (first.done === true) return
  if (first.value.kind !== 'row' || !isExport(first.value.bytes)) {
    yield* splitJson(rejoined(first.value, rows))
    return
  }
  const head = first.value.bytes
  const missing = NEEDED.filter((name) => !cellsOf(head.toString('utf8'))[0]?.includes(name))
  if (missing.length > 0) {
    yield { kind: 'broken', problem: problemAt(1, `the table has no column "${missing[0]}"`, head) }
    return
  }
  for await (const row of rows) {
    if (row.kind === 'row') yield { kind: 'item', item: { bytes: Buffer.concat([head, row.bytes]), line: row.line } }
    else yield { kind: row.kind, problem: problemAt(row.line, row.problem, row.bytes) }
    if (row.kind === 'broken') return
  }
}

/** A row with its line break, as received; `line` is where it begins. */
type Row = { kind: 'row'; bytes: Buffer; line: number } | { kind: 'problem' | 'broken'; bytes: Buffer; line: number; problem: string }

async function* rowsOf(source: FeedBytes): AsyncGenerator<Row, void, undefined> {
  let [line, begun] = [1, 1]
  let quoted = false
  let held: Buffer[] = []
  let size = 0
  for await (const read of source) {
    if (!read.ok) {
      yield { kind: 'broken', bytes: Buffer.concat(held), line: begun, problem: read.problem.message }
      return
    }
    let from = 0
    for (let at = 0; at < read.value.length; at++) {
      const byte = read.value[at]
      if (byte === QUOTE) quoted = !quoted
      if (byte !== LF) continue
      line++
      if (quoted) continue
      held.push(read.value.subarray(from, at + 1))
      size += at + 1 - from
      const row = Buffer.concat(held)
      if (size > ROW_BYTES_MAX)
        yield { kind: 'problem', bytes: row, line: begun, problem: `the row has ${size} bytes, more than the 1 MB allowed` }
      else if (row.some((each) => each !== LF && each !== CR)) yield { kind: 'row', bytes: row, line: begun }
      ;[held, size, from, begun] = [[], 0, at + 1, line]
    }
    const rest = read.value.subarray(from)
    size += rest.length
    // What is over the measure is counted and not held.
    if (rest.length > 0 && size <= ROW_BYTES_MAX) held.push(rest)
  }
  if (size === 0) return
  const last = Buffer.concat(held)
  if (quoted) yield { kind: 'broken', bytes: last, line: begun, problem: TRUNCATED }
  else yield { kind: 'row', bytes: last, line: begun }
}

async function* rejoined(first: Row, rest: AsyncGenerator<Row, void, undefined>): FeedBytes & AsyncGenerator<Result<Buffer>> {
  yield* bytesOf(first)
  for await (const row of rest) yield* bytesOf(row)
}

function bytesOf(row: Row): Result<Buffer>[] {
  return [ok(row.bytes), ...(row.kind === 'broken' && row.problem !== TRUNCATED ? [fail('unavailable', row.problem)] : [])]
}

function problemAt(line: number, problem: string, bytes: Buffer): FeedProblem {
  return { line, field: '', problem, excerpt: excerptOf(bytes) }
}

/** The cells of a table's text (RFC 4180), row by row. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.replace('\ufeff', '').matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '') break
    if (end !== ',') rows.push([])
  }
  return rows.filter((row) => row.length > 1 || (row[0] ?? '') !== '')
}

/** One row as a recall. Beside the agency's interface, which says more, it tells only of changes. */
export function readExportRow({ bytes }: FeedItem): ItemReading {
  const [head = [], row = []] = cellsOf(bytes.toString('utf8'))
  const cell = new Map(head.map((name, index) => [name, row[index] ?? '']))
  const said = (name: string): string =>
    htmlText(cell.get(name) ?? '')
      .replaceAll('\0', '')
      .trim()
  const warning = recallNumberOf(said('Product Safety Warning Number'))
  const number = recallNumberOf(said('Recall Number')) || warning
  if (row.length !== head.length) {
    const problem = `the row has ${row.length} cells, the head ${head.length}`
    return { isDocument: true, recallNumber: number === '' ? null : number, recall: fail('invalid', problem) }
  }
  const isWarning = recallNumberOf(said('Recall Number')) === ''
  const printed = said(isWarning ? 'Product Safety Warning Date' : 'Date')
  const shaped = checkShape({
    RecallNumber: number,
    RecallDate: wordsDay(printed) ?? printed,
    Title: said('Recall Heading'),
    Description: said('Description'),
    Products: [{ Name: said('Name of product') || said('Recall Heading'), NumberOfUnits: said('Units') }],
    Hazards: named(said('Hazard Description')),
    Injuries: named(said('Incidents')),
    Remedies: named(said('Remedy') || said('Consumer Action')),
    RemedyOptions: said('Remedy Type')
      .split(/,\s*/)
      .filter((option) => option !== '')
      .map((Option) => ({ Option })),
    Retailers: named(soldText(said('Sold At Label'), said('Sold At'))),
    Importers: named(said('Importers')),
    Manufacturers: named(said('Manufacturers')),
    Distributors: named(said('Distributors')),
    ManufacturerCountries: said('Manufactured In')
      .split(/[|,]\s*/)
      .filter((country) => country !== '')
      .map((Country) => ({ Country })),
  })
  if (!shaped.ok) return { isDocument: true, recallNumber: number === '' ? null : number, recall: shaped }
  const recall = readRecall(shaped.value)
  if (!recall.ok) return { isDocument: true, recallNumber: number === '' ? null : number, recall }
  const value = {
    ...recall.value,
    ...(isWarning ? { kind: 'safety_alert' as const } : {}),
    ...(warning !== '' && !isWarning ? { replaces: [warning] } : {}),
  }
  return { isDocument: true, recallNumber: number, recall: { ok: true, value }, tells: ['kind', 'title', 'publishedOn', 'replaces'] }
}

function named(text: string): { Name: string }[] {
  return text === '' ? [] : [{ Name: text }]
}

/** "Sold Online At" says what the sentence behind it leaves out. */
function soldText(label: string, text: string): string {
  return /online/i.test(label) && !/\bonline\b/i.test(text) && text !== '' ? `Online at ${text}` : text
}
