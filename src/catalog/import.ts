/**
 * Imports: one way from rows to tables, for files and for rows that a program makes. While one batch is being written the next is read.
 * Each batch is one transaction together with its account, so a crash at any instant leaves whole batches, and importing the same rows
 * again changes nothing.
 */
import path from 'node:path'
import { transaction, type Database } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import { fail, ok, type Problem, type Result } from '../platform/result.ts'
import { addRow, addUnreadable, emptyBatch, isFull, settleRepeats, withFollowers, type Batch } from './batch.ts'
import { acceptedNames, columnsOf, type ImportKind } from './columns.ts'
import { endImport, recordBatch, startImport, type ImportCounts } from './queries-account.ts'
import { writeBatch } from './queries-import.ts'
import { openRepeats, type Repeats } from './repeats.ts'
import { planRows, readRow, type LineProblem, type RowPlan } from './rows.ts'
import { openTable, tableOfObjects, type Table } from './tables.ts'
import type { Buyer, Centre, Listing, OrderLine, Seller, Stock } from './types.ts'

export type RowOf = { sellers: Seller; centres: Centre; listings: Listing; buyers: Buyer; orders: OrderLine; stock: Stock }

export type ImportOptions = {
  at: Date
  /** Called after each batch. `bytes` of the file as it lies on disk; null for rows that come from no file. */
  onProgress?: (rows: number, bytes: { read: number; total: number } | null) => void
}

/** What an import did. `rowsRead = added + changed + unchanged + refused`. */
export type ImportAccount = ImportCounts & {
  importId: string
  kind: ImportKind
  source: string
  /** The first problems, in the order they were found; `refused` and `warnings` count all. */
  problems: LineProblem[]
  /** Columns or keys that mean nothing here and were not read. */
  unknownColumns: string[]
  /** Why the file was not read to its end; what came before it is kept. */
  stopped: string | null
}

// Problems an account carries to whoever asked for the import, and problems kept in the database.
const PROBLEMS_SHOWN_MAX = 100
const PROBLEMS_KEPT_MAX = 10_000

/**
 * Imports a csv, tsv or JSON lines file, gzip or not. A file that cannot be used at all (missing, empty, no table, a required column
 * missing) is a problem; bad rows are part of the account.
 */
export async function importFile(
  database: Database,
  kind: ImportKind,
  file: string,
  options: ImportOptions,
): Promise<Result<ImportAccount>> {
  const columns = columnsOf(kind, options.at)
  const source = path.basename(file)
  const table = await openTable(file, acceptedNames(columns))
  if (!table.ok) return refuseFile(database, kind, source, options.at, table.problem)
  const plan = planRows(columns, table.value.header)
  if (!plan.ok) {
    await table.value.close()
    return refuseFile(database, kind, source, options.at, plan.problem)
  }
  return ok(await run(database, { kind, source, table: table.value, plan: plan.value, options }))
}

/** Imports rows that a program makes. `source` says in the books where they are from; line n is the n-th row. */
export async function importRows<K extends ImportKind>(
  database: Database,
  kind: K,
  rows: Iterable<RowOf[K]> | AsyncIterable<RowOf[K]>,
  options: ImportOptions & { source: string },
): Promise<ImportAccount> {
  const columns = columnsOf(kind, options.at)
  const table = tableOfObjects(rows, acceptedNames(columns))
  const plan = planRows(columns, table.header)
  if (!plan.ok) throw new Error(`The columns of ${kind} do not find themselves: ${plan.problem.message}`)
  return run(database, { kind, source: options.source, table, plan: plan.value, options })
}

/** A file that is there and cannot be used is in the books too; one that is not there leaves no trace. */
async function refuseFile(database: Database, kind: ImportKind, source: string, at: Date, problem: Problem): Promise<Result<never>> {
  if (problem.code !== 'not_found') {
    const importId = newId(at)
    await startImport(database.db, { importId, kind, source, at })
    await endImport(database.db, { importId, stopped: problem.message })
  }
  return fail(problem.code, `${source}: ${problem.message}`, problem.field)
}

type Work = { kind: ImportKind; source: string; table: Table; plan: RowPlan; options: ImportOptions }

async function run(database: Database, work: Work): Promise<ImportAccount> {
  const { kind, source, table, plan, options } = work
  const account: ImportAccount = {
    importId: newId(options.at),
    kind,
    source,
    rowsRead: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    refused: 0,
    warnings: 0,
    problems: [],
    unknownColumns: [],
    stopped: null,
  }
  await startImport(database.db, { importId: account.importId, kind, source, at: options.at })
  const repeats = openRepeats()
  const writer = oneBehind()
  let bytes = 0
  try {
    for await (const batch of batches(table, plan, repeats, (block) => {
      bytes += block.bytes
      account.stopped = block.broken
    })) {
      const read = bytes
      await writer.next(async () => {
        await writeOne(database, account, batch)
        options.onProgress?.(account.rowsRead, table.bytesTotal === null ? null : { read, total: table.bytesTotal })
      })
    }
    await writer.done()
  } finally {
    await writer.settled()
    await repeats.close()
  }
  account.unknownColumns = [...plan.unknown, ...table.unknown]
  await endImport(database.db, { importId: account.importId, stopped: account.stopped })
  return account
}

/** Rows of a table in batches that can be written. */
async function* batches(
  table: Table,
  plan: RowPlan,
  repeats: Repeats,
  onBlock: (block: { bytes: number; broken: string | null }) => void,
): AsyncGenerator<Batch> {
  let batch = emptyBatch()
  for await (const block of table.blocks) {
    onBlock(block)
    addUnreadable(batch, block.problems)
    for (const { line, cells } of block.rows) {
      const found: LineProblem[] = []
      addRow(batch, line, readRow(plan, cells, line, found), found, repeats)
      if (!isFull(batch)) continue
      await settleRepeats(batch, repeats)
      await repeats.flush()
      yield batch
      batch = emptyBatch()
    }
  }
  await settleRepeats(batch, repeats)
  yield batch
}

/** Runs one piece of work while the caller prepares the next; a failure reaches the caller at its next call. */
function oneBehind(): { next: (work: () => Promise<void>) => Promise<void>; done: () => Promise<void>; settled: () => Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  let failure: { error: unknown } | null = null
  async function done(): Promise<void> {
    await running
    if (failure !== null) throw failure.error
  }
  return {
    async next(work) {
      await done()
      running = work().catch((error: unknown) => {
        failure = { error }
      })
    },
    done,
    settled: () => running,
  }
}

async function writeOne(database: Database, account: ImportAccount, batch: Batch): Promise<void> {
  const counts: ImportCounts = {
    rowsRead: batch.rowsRead,
    added: 0,
    changed: 0,
    unchanged: batch.rowsRead - batch.refused,
    refused: batch.refused,
    warnings: batch.warnings,
  }
  let problems = batch.problems
  await transaction(database, async (tx) => {
    if (batch.rows.length > 0) {
      const written = await writeBatch(tx, account.kind, batch.rows)
      const refused = withFollowers(batch, written.refused)
      counts.added = written.added
      counts.changed = written.changed
      counts.refused += refused.length
      counts.unchanged -= written.added + written.changed + refused.length
      problems = [...batch.problems, ...refused]
    }
    problems.sort((a, b) => a.line - b.line)
    const room = PROBLEMS_KEPT_MAX - account.refused - account.warnings
    await recordBatch(tx.db, account.importId, counts, problems.slice(0, Math.max(0, room)))
  })
  for (const name of ['rowsRead', 'added', 'changed', 'unchanged', 'refused', 'warnings'] as const) account[name] += counts[name]
  account.problems.push(...problems.slice(0, PROBLEMS_SHOWN_MAX - account.problems.length))
}
