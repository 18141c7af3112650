/** A small table that came as text in one piece: in a form, by an API, from a spreadsheet. Its rows by the names in its header. Pure. */
import { fail, ok, type Result } from '../platform/result.ts'
import { headerName } from './columns.ts'
import { tableParser } from './csv.ts'
import type { LineProblem } from './rows.ts'
import { formatOf, notATable } from './tables.ts'

/** `line` is the 1-based line of the text where the row begins. `problems` are rows that could not be read. */
export type TextTable = { header: string[]; rows: { line: number; cells: Record<string, string> }[]; problems: LineProblem[] }

/** Reads csv or tsv. Refused where it is no table, or a column stands there twice. */
export function readTextTable(text: string): Result<TextTable> {
  const body = text.replace(/^\ufeff/, '')
  const refusal = notATable(body)
  if (refusal !== null) return fail('invalid', refusal)
  const blank = /^(?:[ \r]*\n)*/.exec(body)![0]
  const end = body.indexOf('\n', blank.length)
  const written = end < 0 ? body.slice(blank.length) : body.slice(blank.length, end)
  const format = formatOf(written)
  const problems: LineProblem[] = []
  const headerLine = blank.split('\n').length
  const reader = tableParser(format, null, headerLine, problems)
  const [row] = [...reader.push(`${written}\n`, true), ...reader.end()]
  if (row === undefined) return fail('invalid', `line ${headerLine}: the header has a quote that is not closed`)
  const header = row.cells.map(headerName)
  const twice = header.find((name, place) => name !== '' && header.indexOf(name) !== place)
  if (twice !== undefined) return fail('invalid', `the column ${twice} is there twice`, twice)
  const parser = tableParser(format, header, headerLine + 1, problems)
  const read = [...parser.push(end < 0 ? '' : body.slice(end + 1), true), ...parser.end()]
  const rows = read.map(({ line, cells }) => ({ line, cells: Object.fromEntries(header.map((name, place) => [name, cells[place] ?? ''])) }))
  return ok({ header, rows, problems })
}
