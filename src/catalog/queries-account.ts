/** The books of imports: one row per file, its counts moved in the transaction of each batch, and what was refused. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { ImportKind } from './columns.ts'
import type { LineProblem } from './rows.ts'

export type ImportCounts = {
  rowsRead: number
  added: number
  changed: number
  /** Rows that said what was known already. */
  unchanged: number
  refused: number
  /** Fields refused in rows that were kept. */
  warnings: number
}

export async function startImport(db: Db, start: { importId: string; kind: ImportKind; source: string; at: Date }): Promise<void> {
  await db
    .insertInto('catalog.imports')
    .values({ import_id: start.importId, kind: start.kind, file_name: start.source, started_at: start.at.toISOString() })
    .execute()
}

export async function recordBatch(db: Db, importId: string, counts: ImportCounts, problems: readonly LineProblem[]): Promise<void> {
  await sql`
    update catalog.imports
       set rows_read = rows_read + ${counts.rowsRead}, added = added + ${counts.added}, changed = changed + ${counts.changed},
           unchanged = unchanged + ${counts.unchanged}, refused = refused + ${counts.refused}, warnings = warnings + ${counts.warnings}
     where import_id = ${importId}`.execute(db)
  if (problems.length === 0) return
  // A row may have two problems in one field, its price said in two columns; the first is kept.
  await sql`
    insert into catalog.import_errors (import_id, line, field, problem, refused)
    select ${importId}, p.line, p.field, p.problem, p.refused
      from jsonb_to_recordset(${JSON.stringify(problems)}::jsonb) as p (line bigint, field text, problem text, refused text)
    on conflict (import_id, line, field) do nothing`.execute(db)
}

export async function endImport(db: Db, end: { importId: string; stopped: string | null }): Promise<void> {
  // The database's clock, because the import's own time is when it began.
  await sql`update catalog.imports set ended_at = now(), stopped = ${end.stopped} where import_id = ${end.importId}`.execute(db)
}
