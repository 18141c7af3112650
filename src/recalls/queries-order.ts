/** SQL of the order in which revisions were recorded: what a reader that keeps recalls in memory asks to stay up to date. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { currentRecall, type CurrentRecall } from './queries.ts'

/** The number of the newest revision recorded, of whatever recall; 0 where there is none. Grows with every revision and never falls. */
export async function newestRevisionNo(db: Db): Promise<number> {
  // One look at the end of the index revisions_order.
  const { rows } = await sql<{ newest: number }>`select coalesce(max(revision_no), 0) as newest from recalls.revisions`.execute(db)
  return rows[0]!.newest
}

/** The recalls that got a revision after the numbered one, as they stand now. */
export async function* recallsRevisedAfter(db: Db, revisionNo: number): AsyncGenerator<CurrentRecall, void, undefined> {
  // Served by revisions_order.
  const { rows } = await sql<{ recall_id: string }>`
    select distinct recall_id from recalls.revisions where revision_no > ${revisionNo} order by recall_id`.execute(db)
  for (const { recall_id } of rows) {
    const current = await currentRecall(db, recall_id)
    if (current !== null) yield current
  }
}
