/** One row of a file against the columns of its kind: the line that `COPY` takes, or what is wrong with it. Pure. */
import type { Refusal } from './cells.ts'
import type { Column, Columns } from './columns.ts'
import { fail, ok, type Result } from '../platform/result.ts'

/** Something refused: a whole row, or one field of a row that is kept. `line` is 1-based, `field` is '' where the row as a whole is meant. */
export type LineProblem = { line: number; field: string; problem: string; refused: 'row' | 'field' }

/** The sentence for people: "line 17, quantity: -3 is below 1". */
export function problemText({ line, field, problem }: LineProblem): string {
  return field === '' ? `line ${line}: ${problem}` : `line ${line}, ${field}: ${problem}`
}

/** A cell that is `undefined` is not named by its row, which a table's row cannot leave out and a JSON object can. */
export type Cells = readonly (string | undefined)[]

type Slot = { column: Column; at: number; insteadAt: number }

export type RowPlan = { slots: readonly Slot[]; key: readonly number[]; unknown: string[] }

/** A good row: `copy` is its line in COPY's text format without the end, `key` what tells it from other rows. */
export type ReadRow = { copy: string; key: string }

/** Where each column is found in the header. Missing required columns refuse the file, all named in one sentence. */
export function planRows(columns: Columns, header: readonly string[]): Result<RowPlan> {
  const places = new Map<string, number>()
  for (const [at, name] of header.entries()) {
    if (name === '') continue
    if (places.has(name)) return fail('invalid', `the column ${name} is there twice`, name)
    places.set(name, at)
  }
  const slots = columns.columns.map((column) => ({
    column,
    at: places.get(column.name) ?? -1,
    insteadAt: column.instead === undefined ? -1 : (places.get(column.instead.name) ?? -1),
  }))
  const missing = slots.filter((slot) => slot.column.need === 'required' && slot.at < 0 && slot.insteadAt < 0)
  if (missing.length > 0) {
    const names = missing.map(({ column }) => (column.instead === undefined ? column.name : `${column.name} (or ${column.instead.name})`))
    const found = [...places.keys()].slice(0, 30).join(', ')
    const words = names.length === 1 ? `the column ${names[0]} is missing` : `the columns ${names.join(', ')} are missing`
    return fail('invalid', `${words}; the header has ${found || 'no names'}`, missing[0]!.column.name)
  }
  const used = new Set(slots.flatMap((slot) => [slot.at, slot.insteadAt]))
  const unknown = [...places].filter(([, at]) => !used.has(at)).map(([name]) => name)
  return ok({ slots, key: columns.key, unknown })
}

/** Reads a row. `null` where it is refused; every problem, also of a row that is kept, is pushed onto `problems`. */
export function readRow(plan: RowPlan, cells: Cells, line: number, problems: LineProblem[]): ReadRow | null {
  const values: string[] = []
  let refused = false
  for (const slot of plan.slots) {
    const value = readSlot(slot, cells, values)
    if (typeof value === 'string') {
      values.push(value)
      continue
    }
    values.push('')
    const costsRow = slot.column.need !== 'optional'
    refused ||= costsRow
    problems.push({ line, field: value.field, problem: value.problem, refused: costsRow ? 'row' : 'field' })
  }
  if (refused) return null
  let key = values[plan.key[0]!]!
  for (let i = 1; i < plan.key.length; i++) key += '\u001f' + values[plan.key[i]!]!
  return { copy: copyLine(plan.slots, values), key }
}

/** The value of one column, '' where the row says nothing of it. */
function readSlot(slot: Slot, cells: Cells, values: readonly string[]): string | (Refusal & { field: string }) {
  const { column } = slot
  const cell = trimmed(cells, slot.at)
  const other = trimmed(cells, slot.insteadAt)
  if (other !== undefined && other !== '') return readInstead(column, cell, other, values)
  if (cell === undefined || cell === '') {
    const said = column.need === 'required' || (column.need === 'if_named' && cell === '')
    return said ? { field: column.name, problem: 'is missing' } : ''
  }
  const value = column.read(cell, values)
  return typeof value === 'string' ? value : { field: column.name, problem: value.problem }
}

function readInstead(
  column: Column,
  cell: string | undefined,
  other: string,
  values: readonly string[],
): string | (Refusal & { field: string }) {
  const { name, read } = column.instead!
  const value = read(other, values)
  if (typeof value !== 'string') return { field: name, problem: value.problem }
  if (cell === undefined || cell === '') return value
  const direct = column.read(cell, values)
  if (typeof direct !== 'string') return { field: column.name, problem: direct.problem }
  return direct === value ? value : { field: name, problem: `${other} is not the ${cell} minor units of ${column.name}` }
}

function trimmed(cells: Cells, at: number): string | undefined {
  const cell = at < 0 ? undefined : cells[at]
  if (cell === undefined || cell === '') return cell
  return cell.charCodeAt(0) <= 32 || cell.charCodeAt(cell.length - 1) <= 32 || cell.charCodeAt(0) === 160 ? cell.trim() : cell
}

const SPECIAL = /[\\\n\r\t]/
const SPECIALS = /[\\\n\r\t]/g
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** PostgreSQL's COPY text format; an empty value is SQL null. */
function copyLine(slots: readonly Slot[], values: readonly string[]): string {
  let line = ''
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (i > 0) line += '\t'
    if (value === '') line += '\\N'
    else if (slots[i]!.column.free && SPECIAL.test(value)) line += value.replace(SPECIALS, (character) => ESCAPES[character]!)
    else line += value
  }
  return line
}
