/** SQL of the recalls that a campaign executes: its own, and the same one as other agencies published it. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { jointRecalls, type Jurisdiction } from '../recalls/index.ts'

/** What a lock on a recall stands for: the recalls that are one with it, and those that its campaign executes already. In the order of ids. */
export async function recallsToLock(db: Db, recallId: string): Promise<string[]> {
  const joint = (await jointRecalls(db, recallId)).map((each) => each.recallId)
  // The unique index on recall_id, then the primary key.
  const { rows } = await sql<{ recall_id: string }>`
    select other.recall_id
      from campaigns.campaign_recalls mine
      join campaigns.campaign_recalls other using (campaign_id)
     where mine.recall_id = any(${[recallId, ...joint]}::text[])`.execute(db)
  return [...new Set([recallId, ...joint, ...rows.map((row) => row.recall_id)])].toSorted()
}

export type ExecutedRecall = { campaignId: string; recallId: string; revision: number; jurisdiction: Jurisdiction }

export async function insertExecutedRecalls(
  db: Db,
  recalls: readonly ExecutedRecall[],
  added: { actor: string; reason: string; at: Date },
): Promise<void> {
  await sql`
    insert into campaigns.campaign_recalls (campaign_id, recall_id, revision, jurisdiction, added_at, added_by, reason)
    select campaign_id, recall_id, revision, jurisdiction, ${added.at}::timestamptz, ${added.actor}, ${added.reason}
      from unnest(${recalls.map((each) => each.campaignId)}::text[], ${recalls.map((each) => each.recallId)}::text[],
                  ${recalls.map((each) => each.revision)}::int[], ${recalls.map((each) => each.jurisdiction)}::text[])
        as i (campaign_id, recall_id, revision, jurisdiction)`.execute(db)
}

/** Which campaigns execute any of these recalls, and which: the unique index on recall_id. */
export async function campaignsExecuting(db: Db, recallIds: readonly string[]): Promise<ExecutedRecall[]> {
  const { rows } = await sql<ExecutedRecall>`
    select all_of.campaign_id as "campaignId", all_of.recall_id as "recallId", all_of.revision, all_of.jurisdiction
      from (select distinct campaign_id from campaigns.campaign_recalls where recall_id = any(${[...recallIds]}::text[])) found
      join campaigns.campaign_recalls all_of using (campaign_id)
     order by all_of.campaign_id, all_of.recall_id`.execute(db)
  return rows
}
