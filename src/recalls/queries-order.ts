/** SQL of the order in which revisions were recorded: what a reader that keeps recalls in memory asks to stay up to date. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { CurrentRecall } from './queries.ts'
import type { Recall } from './recall.ts'

/** The number of the newest revision recorded, of whatever recall; 0 where there is none. Grows with every revision and never falls. */
export async function newestRevisionNo(db: Db): Promise<number> {
  // One look at the end of the index revisions_order.
  const { rows } = await sql<{ newest: number }>`select coalesce(max(revision_no), 0) as newest from recalls.revisions`.execute(db)
  return rows[0]!.newest
}

/** Recalls held in memory at once: about 2.5 MB of content. */
const PAGE = 500

type CurrentRow = { recall_id: string; revision: number; recorded_at: Date; first_seen_at: Date; content: Recall }

/** The recalls that got a revision after the numbered one, as they stand now, in pages. */
export async function* recallsRevisedAfter(db: Db, revisionNo: number): AsyncGenerator<CurrentRecall, void, undefined> {
  // Served by revisions_order.
  const revised = await sql<{ recall_id: string }>`
    select distinct recall_id from recalls.revisions where revision_no > ${revisionNo} order by recall_id`.execute(db)
  for (let at = 0; at < revised.rows.length; at += PAGE) {
    // One page by key: the primary keys of both tables.
    const { rows } = await sql<CurrentRow>`
      select c.recall_id, c.revision, c.recorded_at, c.first_seen_at, c.content
        from unnest(${revised.rows.slice(at, at + PAGE).map((row) => row.recall_id)}::text[]) as page (recall_id)
        join recalls.current_recalls_view c using (recall_id)
       order by c.recall_id`.execute(db)
    for (const { recall_id, revision, recorded_at, first_seen_at, content } of rows)
      yield { recallId: recall_id, revision, recordedAt: recorded_at, firstSeenAt: first_seen_at, recall: content }
  }
}
