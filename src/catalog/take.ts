/** Rows that a program sends and waits for: the same columns, checks and words as in files, each row answered for itself. No account of an import is kept. */
import { transaction, type Database } from '../platform/db.ts'
import { acceptedNames, columnsOf } from './columns.ts'
import { objectReader } from './jsonl.ts'
import { writeBatch } from './queries-import.ts'
import { planRows, readRow, type LineProblem } from './rows.ts'

/** What became of one row. `taken` is false where a problem refused it; problems of a row that was taken are of single fields. `listingId` as it was read. */
export type TakenRow = { taken: boolean; listingId: string | null; problems: { field: string; problem: string }[] }

/**
 * Takes listings in, all good ones in one transaction; the answers stand in the order of the rows. Taking the same again changes nothing.
 * `ignored`: keys that mean nothing here.
 */
export async function takeListings(
  database: Database,
  rows: readonly object[],
  options: { at: Date },
): Promise<{ rows: TakenRow[]; ignored: string[] }> {
  const columns = columnsOf('listings', options.at)
  const names = acceptedNames(columns)
  const plan = planRows(columns, names)
  if (!plan.ok) throw new Error(`The columns of listings do not find themselves: ${plan.problem.message}`)
  const reader = objectReader(names)
  const found: LineProblem[] = []
  const good: string[] = []
  const keys = new Map<string, number>()
  for (const [index, row] of rows.entries()) {
    const line = index + 1
    const cells = reader.read(row)
    if (!cells.ok) {
      found.push({ line, field: cells.problem.field ?? '', problem: cells.problem.message, refused: 'row' })
      continue
    }
    const read = readRow(plan.value, cells.value, line, found)
    if (read === null) continue
    const first = keys.get(read.key)
    if (first !== undefined) {
      found.push({ line, field: 'listing_id', problem: `is named by row ${first} too; send a listing once`, refused: 'row' })
      continue
    }
    keys.set(read.key, line)
    good.push(`${line}\t${read.copy}`)
  }
  if (good.length > 0) found.push(...(await transaction(database, (tx) => writeBatch(tx, 'listings', good))).refused)
  const read = new Map([...keys].map(([listingId, line]) => [line, listingId]))
  const answers = rows.map((_row, index) => {
    const line = index + 1
    return answerOf(read.get(line) ?? null, found.filter((problem) => problem.line === line)) // prettier-ignore
  })
  return { rows: answers, ignored: [...reader.unknown] }
}

function answerOf(listingId: string | null, problems: readonly LineProblem[]): TakenRow {
  return {
    listingId,
    taken: problems.every((problem) => problem.refused === 'field'),
    problems: problems.map(({ field, problem }) => ({ field, problem })),
  }
}
