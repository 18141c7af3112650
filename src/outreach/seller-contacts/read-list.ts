/** A list as a seller hands it in, row by row: what each says, or what is wrong with it and what to do. Pure. */
import { instant, readTextTable, type LineProblem } from '../../catalog/index.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import { CONTACT_CHANNELS, CONTACT_OUTCOMES, type ContactChannel, type ContactOutcome } from './rules.ts'

export type ListKind = 'told' | 'plan'

export const LIST_ROWS_MAX = 10_000
const ORDER_ID_MAX = 200

export type ToldRow = { line: number; orderId: string; channel: ContactChannel; toldAt: Date; outcome: ContactOutcome }
export type PlanRow = { line: number; orderId: string }
export type ReadList = { told: ToldRow[]; plan: PlanRow[]; rows: number; problems: LineProblem[] }

/** Cells by the names of the columns; what a column is for stands in docs/seller-contacts.md. */
export type ListCells = { line: number; cells: Record<string, string> }

/** Reads a CSV. Refused whole only where it is no table or lacks a column; a row that cannot be read costs nothing of the others. */
export function readListText(kind: ListKind, text: string, now: Date): Result<ReadList> {
  const table = readTextTable(text)
  if (!table.ok) return fail('invalid', `The list cannot be read: ${table.problem.message}.`, 'csv')
  const { header, rows, problems } = table.value
  const missing = (kind === 'told' ? ['order_id', 'channel', 'told_at'] : ['order_id']).filter((name) => !header.includes(name))
  if (missing.length > 0) {
    const found = header.filter((name) => name !== '').slice(0, 20).join(', ') // prettier-ignore
    return fail('invalid', `The list has no column ${missing.join(', ')}. It has: ${found === '' ? 'none' : found}.`, 'csv')
  }
  const read = readListRows(kind, rows, now)
  return read.ok ? ok({ ...read.value, rows: read.value.rows + problems.length, problems: [...problems, ...read.value.problems] }) : read
}

/** The same for rows that are named one by one. */
export function readListRows(kind: ListKind, rows: readonly ListCells[], now: Date): Result<ReadList> {
  if (rows.length > LIST_ROWS_MAX) return fail('too_large', `A list has at most ${LIST_ROWS_MAX} rows; send the rest as a second one.`)
  const list: ReadList = { told: [], plan: [], rows: rows.length, problems: [] }
  const readTime = instant(now.getTime() + CLOCKS_APART_MS)
  for (const { line, cells } of rows) {
    const cell = (name: string) => (cells[name] ?? '').trim()
    const refuse = (field: string, problem: string) => void list.problems.push({ line, field, problem, refused: 'row' })
    const orderId = cell('order_id')
    if (orderId === '') refuse('order_id', 'is missing; write the number of your order')
    else if (orderId.length > ORDER_ID_MAX || orderId.includes('\0')) refuse('order_id', 'is no order number')
    else if (kind === 'plan') list.plan.push({ line, orderId })
    else {
      const channel = named(CONTACT_CHANNELS, cell('channel'))
      const outcome = named(CONTACT_OUTCOMES, cell('outcome') === '' ? 'told' : cell('outcome'))
      const toldAt = cell('told_at') === '' ? null : readTime(cell('told_at'), [])
      if (channel === null) refuse('channel', `is none of: ${CONTACT_CHANNELS.join(', ')}`)
      else if (outcome === null) refuse('outcome', `is none of: ${CONTACT_OUTCOMES.join(', ')}`)
      else if (toldAt === null) refuse('told_at', 'is missing; write when you told the buyer, like 2026-07-19T10:30:00Z')
      else if (typeof toldAt !== 'string') refuse('told_at', toldAt.problem)
      else list.told.push({ line, orderId, channel, toldAt: new Date(toldAt), outcome })
    }
  }
  return ok(list)
}

/** A seller's clock may be a little ahead of ours. */
const CLOCKS_APART_MS = 300_000

/** `E-mail` and `not reached` are `email` and `not_reached`. */
function named<const Name extends string>(names: readonly Name[], cell: string): Name | null {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[\s_-]+/g, '')
  return names.find((name) => bare(name) === bare(cell)) ?? null
}
