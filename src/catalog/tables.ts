/** A file as a table: what format it is, its header, and its rows block by block. Told by what is inside, not by its name. */
import { stat } from 'node:fs/promises'
import { fail, ok, type Result } from '../platform/result.ts'
import { headerName } from './columns.ts'
import { tableParser, type TableFormat } from './csv.ts'
import { jsonReader, objectReader } from './jsonl.ts'
import { LINE_BYTES_MAX, readPieces, type Piece } from './lines.ts'
import type { Cells, LineProblem } from './rows.ts'

export type Block = {
  rows: { line: number; cells: Cells }[]
  /** Rows that could not be read at all. */
  problems: LineProblem[]
  bytes: number
  /** Why nothing comes after this block although the file goes on. */
  broken: string | null
}

export type Table = {
  header: readonly string[]
  /** Keys met in rows that bring names of their own and that no column has; grows while blocks are read. */
  unknown: ReadonlySet<string>
  /** Read once. */
  blocks: AsyncIterable<Block>
  bytesTotal: number | null
  /** Lets go of the file where the blocks are not read. */
  close: () => Promise<void>
}

type OpenedTable = Omit<Table, 'bytesTotal' | 'close'>

/** Opens csv, tsv or JSON lines, each also as gzip. `names`: the columns that JSON objects may have. */
export async function openTable(path: string, names: readonly string[]): Promise<Result<Table>> {
  let bytesTotal: number
  try {
    const about = await stat(path)
    if (!about.isFile()) return fail('invalid', 'is not a file')
    bytesTotal = about.size
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return missing ? fail('not_found', 'there is no such file') : fail('unavailable', `cannot be read (${(error as Error).message})`)
  }
  const pieces = readPieces(path)
  const opened = await begin(pieces, names)
  if (!opened.ok) {
    await pieces.return(undefined)
    return opened
  }
  return ok({ ...opened.value, bytesTotal, close: async () => void (await pieces.return(undefined)) })
}

async function begin(pieces: AsyncGenerator<Piece>, names: readonly string[]): Promise<Result<OpenedTable>> {
  let bytes = 0
  let blank = ''
  for (;;) {
    let next
    try {
      next = await pieces.next()
    } catch (error) {
      return fail('unavailable', `cannot be read (${(error as Error).message})`)
    }
    if (next.done === true) return fail('invalid', 'the file is empty')
    const piece = next.value
    if (piece.kind === 'broken') return fail('invalid', piece.problem)
    if (piece.kind === 'overlong') return fail('invalid', `line 1 is ${piece.length} bytes long; this is not a table with a header`)
    bytes += piece.bytes
    const text = (blank + piece.text).replace(/^\ufeff/, '')
    // A header may come after a few empty lines, and then in a later piece; after a megabyte of them nobody waits for it.
    if (text.trim() === '' && text.length < LINE_BYTES_MAX) {
      blank = text
      continue
    }
    const refusal = notATable(text)
    if (refusal !== null) return fail('invalid', refusal)
    const start = { ...piece, text, bytes }
    return text.trimStart().startsWith('{') ? ok(jsonTable(start, pieces, names)) : delimitedTable(start, pieces)
  }
}

/** What people hand over by mistake, said by name. */
export function notATable(text: string): string | null {
  const start = text.slice(0, 4_000)
  if (start.trim() === '') return 'the file is empty'
  if (start.startsWith('PK\u0003\u0004')) return 'this is a zip file or an Excel workbook; save the sheet as CSV'
  if (/^\s*<(!doctype|html|\?xml|[a-z])/i.test(start))
    return 'this is an HTML or XML page, not a table; was it saved from a sign-in or error page?'
  if (start.includes('\0') || start.startsWith('\ufffd\ufffd')) return 'this is not UTF-8 text; save the file as UTF-8'
  if (/^\s*\[/.test(start)) return 'this is one JSON list; write one JSON object per line'
  return null
}

type TextPiece = Extract<Piece, { kind: 'text' }>

function delimitedTable(first: TextPiece, pieces: AsyncGenerator<Piece>): Result<OpenedTable> {
  const problems: LineProblem[] = []
  const blank = /^(?:[ \r]*\n)*/.exec(first.text)![0]
  const headerLine = blank.split('\n').length
  const headerEnd = first.text.indexOf('\n', blank.length)
  const written = headerEnd < 0 ? first.text.slice(blank.length) : first.text.slice(blank.length, headerEnd)
  const format = formatOf(written)
  const reader = tableParser(format, null, headerLine, problems)
  const [row] = [...reader.push(written + '\n', true), ...reader.end()]
  if (row === undefined) return fail('invalid', `line ${headerLine}: the header has a quote that is not closed`)
  const header = row.cells.map(headerName)
  const parser = tableParser(format, header, headerLine + 1, problems)

  async function* blocks(): AsyncGenerator<Block> {
    const body = headerEnd < 0 ? '' : first.text.slice(headerEnd + 1)
    yield { rows: parser.push(body, first.utf8), problems: problems.splice(0), bytes: first.bytes, broken: null }
    for await (const piece of pieces) {
      if (piece.kind === 'broken') {
        yield { rows: parser.end(), problems: problems.splice(0), bytes: 0, broken: piece.problem }
        return
      }
      const rows = piece.kind === 'text' ? parser.push(piece.text, piece.utf8) : parser.skipLine(piece.length)
      yield { rows, problems: problems.splice(0), bytes: piece.bytes, broken: null }
    }
    yield { rows: parser.end(), problems: problems.splice(0), bytes: 0, broken: null }
  }
  return ok({ header, unknown: new Set(), blocks: blocks() })
}

/** The delimiter that the header uses most. Tabs come without quotes, as spreadsheets' and marketplaces' reports have them. */
export function formatOf(header: string): TableFormat {
  const [tabs, semicolons, commas] = ['\t', ';', ','].map((delimiter) => header.split(delimiter).length)
  if (tabs! > 1 && tabs! >= semicolons! && tabs! >= commas!) return { delimiter: '\t', quotes: false }
  return { delimiter: semicolons! > commas! ? ';' : ',', quotes: true }
}

function jsonTable(first: TextPiece, pieces: AsyncGenerator<Piece>, names: readonly string[]): OpenedTable {
  const problems: LineProblem[] = []
  const reader = jsonReader(names, problems)

  async function* blocks(): AsyncGenerator<Block> {
    yield { rows: reader.push(first.text, first.utf8), problems: problems.splice(0), bytes: first.bytes, broken: null }
    for await (const piece of pieces) {
      if (piece.kind === 'broken') {
        yield { rows: [], problems: [], bytes: 0, broken: piece.problem }
        return
      }
      if (piece.kind === 'overlong') reader.skipLine(`the line is ${piece.length} bytes long; at most ${LINE_BYTES_MAX} are read`)
      const rows = piece.kind === 'text' ? reader.push(piece.text, piece.utf8) : []
      yield { rows, problems: problems.splice(0), bytes: piece.bytes, broken: null }
    }
  }
  return { header: names, unknown: reader.unknown, blocks: blocks() }
}

// Between blocks the event loop turns, so that a source without waits of its own does not starve the connection to the database.
const OBJECTS_PER_BLOCK = 2_000

/** Rows that a program made, as the table that a file of them would be. Line n is the n-th object. */
export function tableOfObjects(objects: Iterable<object> | AsyncIterable<object>, names: readonly string[]): Table {
  const reader = objectReader(names)
  async function* blocks(): AsyncGenerator<Block> {
    let block: Block = { rows: [], problems: [], bytes: 0, broken: null }
    let line = 0
    for await (const object of objects) {
      line++
      const cells = reader.read(object)
      if (cells.ok) block.rows.push({ line, cells: cells.value })
      else block.problems.push({ line, field: cells.problem.field ?? '', problem: cells.problem.message, refused: 'row' })
      if (line % OBJECTS_PER_BLOCK !== 0) continue
      yield block
      block = { rows: [], problems: [], bytes: 0, broken: null }
      await new Promise((resolve) => setImmediate(resolve))
    }
    yield block
  }
  return { header: names, unknown: reader.unknown, blocks: blocks(), bytesTotal: null, close: async () => {} }
}
