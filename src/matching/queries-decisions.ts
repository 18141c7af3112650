/** SQL on single rulings. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Answer } from '../recalls/index.ts'

/** What stood before a ruling was made; null where nothing did. */
export async function rulingBefore(db: Db, listingId: string, recallId: string, decisionNo: number): Promise<Answer | null> {
  // The primary key (listing_id, recall_id, decision_no). Numbers run without gaps.
  const { rows } = await sql<{ ruling: Answer | 'withdrawn' }>`
    select ruling from matching.decisions
     where listing_id = ${listingId} and recall_id = ${recallId} and decision_no = ${decisionNo - 1}`.execute(db)
  const ruling = rows[0]?.ruling ?? 'withdrawn'
  return ruling === 'withdrawn' ? null : ruling
}
