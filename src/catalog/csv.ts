/**
 * CSV (RFC 4180) and TSV (IANA text/tab-separated-values, which has no quotes) row by row, with the line each row begins on. Our own, because
 * an import goes on after a broken row: where a quote is wrong, only the line it opens on is lost, and reading resumes at the next.
 */
import { LINE_BYTES_MAX } from './lines.ts'
import type { LineProblem } from './rows.ts'

export type TableRow = { line: number; cells: string[] }

export type TableParser = {
  /** Rows of whole lines of text. The last row may be kept back until its quoted cell ends. */
  push: (text: string, utf8: boolean) => TableRow[]
  /** A line that was not handed over because it is too long. */
  skipLine: (length: number) => TableRow[]
  end: () => TableRow[]
}

export type TableFormat = { delimiter: ',' | ';' | '\t'; quotes: boolean }

/** `header` names the cells in problems and says how many a row must have; `null` while the header itself is read. */
export function tableParser(
  format: TableFormat,
  header: readonly string[] | null,
  firstLine: number,
  problems: LineProblem[],
): TableParser {
  const { delimiter, quotes } = format
  let line = firstLine
  let kept = ''
  let keptUtf8 = true

  function refuse(at: number, problem: string, field = ''): void {
    problems.push({ line: at, field, problem, refused: 'row' })
  }

  /** A row whose cells are read; refused where their number or their bytes are wrong. */
  function accept(rows: TableRow[], row: TableRow, utf8: boolean): void {
    if (header !== null && row.cells.length !== header.length) {
      return refuse(row.line, `has ${row.cells.length} cells, the header has ${header.length}`)
    }
    if (!utf8) {
      const at = row.cells.findIndex((cell) => cell.includes('\ufffd'))
      if (at >= 0) return refuse(row.line, 'is not UTF-8 text; save the file as UTF-8', header?.[at] ?? '')
    }
    rows.push(row)
  }

  function parse(text: string, utf8: boolean, final: boolean): TableRow[] {
    const rows: TableRow[] = []
    let at = 0
    let nextQuote = quotes ? text.indexOf('"') : -1
    while (at < text.length) {
      let end = text.indexOf('\n', at)
      if (end < 0) end = text.length
      if (nextQuote >= 0 && nextQuote < at) nextQuote = text.indexOf('"', at)
      if (nextQuote < 0 || nextQuote >= end) {
        const stop = text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end
        if (stop > at) accept(rows, { line, cells: text.slice(at, stop).split(delimiter) }, utf8)
        line++
        at = end + 1
        continue
      }
      const quoted = readQuotedRow(text, at, delimiter)
      if (quoted.kind === 'open' && !final && text.length - at <= LINE_BYTES_MAX) {
        kept = text.slice(at)
        keptUtf8 = utf8
        return rows
      }
      if (quoted.kind === 'row') {
        if (quoted.cells.length > 1 || quoted.cells[0] !== '') accept(rows, { line, cells: quoted.cells }, utf8)
        line += quoted.lines
        at = quoted.next
        continue
      }
      refuse(line, quoted.kind === 'open' ? 'a quote is opened here and never closed' : quoted.problem, fieldName(header, quoted.cell))
      line++
      at = end + 1
    }
    return rows
  }

  function resume(text: string, utf8: boolean, final: boolean): TableRow[] {
    const [whole, wholeUtf8] = kept === '' ? [text, utf8] : [kept + text, keptUtf8 && utf8]
    kept = ''
    keptUtf8 = true
    return parse(whole, wholeUtf8, final)
  }

  return {
    push: (text, utf8) => resume(text, utf8, false),
    skipLine(length) {
      const rows = resume('', true, true)
      refuse(line, `the line is ${length} bytes long; at most ${LINE_BYTES_MAX} are read`)
      line++
      return rows
    },
    end: () => resume('', true, true),
  }
}

function fieldName(header: readonly string[] | null, cell: number): string {
  return header?.[cell] ?? ''
}

type QuotedRow =
  | { kind: 'row'; cells: string[]; next: number; lines: number }
  | { kind: 'open'; cell: number }
  | { kind: 'wrong'; cell: number; problem: string }

/** One row that holds a quote somewhere. A quote inside an unquoted cell (`8" cup`) is that cell's text; one that opens a cell must close it. */
function readQuotedRow(text: string, from: number, delimiter: string): QuotedRow {
  const cells: string[] = []
  let at = from
  let lines = 1
  for (;;) {
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1)
      if (close < 0) return { kind: 'open', cell: cells.length }
      const inner = text.slice(at + 1, close)
      cells.push(inner.includes('"') ? inner.replaceAll('""', '"') : inner)
      lines += countLineEnds(inner)
      at = close + 1
      if (text[at] === '\r' && (text[at + 1] === '\n' || at + 1 === text.length)) at++
    } else {
      const end = endOfCell(text, at, delimiter)
      const stop = text[end] !== delimiter && text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end
      cells.push(text.slice(at, stop))
      at = end
    }
    if (at >= text.length) return { kind: 'row', cells, next: text.length, lines }
    if (text[at] === '\n') return { kind: 'row', cells, next: at + 1, lines }
    if (text[at] !== delimiter) return { kind: 'wrong', cell: cells.length - 1, problem: 'something follows the closing quote; a quote inside a quoted cell is written twice' } // prettier-ignore
    at++
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

function endOfCell(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== delimiter) at++
  return at
}

function countLineEnds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
