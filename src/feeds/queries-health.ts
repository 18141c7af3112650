/** SQL of how the feeds are doing, and of what is still to be done with the recalls that they brought. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Agency } from '../recalls/index.ts'
import type { PullOutcome } from './queries-pulls.ts'

/** Where a source stands, as `feeds.health_view` publishes it. */
export type SourceState = {
  source: string
  agency: Agency
  lastPullAt: Date
  lastEndedAt: Date | null
  lastOutcome: PullOutcome | null
  lastReason: string | null
  lastSaid: string
  notBefore: Date | null
  lastSuccessAt: Date | null
  failuresSince: number
  heardTo: string | null
  fullAt: Date | null
  fullItems: number | null
  hold: { heldAt: Date; reason: string; items: number; usualItems: number } | null
}

/** Every source that was ever pulled. */
export async function sourceStates(db: Db): Promise<SourceState[]> {
  const { rows } = await sql<
    Omit<SourceState, 'hold'> & { heldAt: Date | null; holdReason: string; heldItems: number; usualItems: number }
  >`
    select source, agency, last_pull_at as "lastPullAt", last_ended_at as "lastEndedAt", last_outcome as "lastOutcome",
           last_reason as "lastReason", last_said as "lastSaid", not_before as "notBefore", last_success_at as "lastSuccessAt",
           failures_since as "failuresSince", heard_to as "heardTo", full_at as "fullAt", full_items as "fullItems",
           held_at as "heldAt", hold_reason as "holdReason", held_items as "heldItems", usual_items as "usualItems"
      from feeds.health_view order by source`.execute(db)
  return rows.map(({ heldAt, holdReason, heldItems, usualItems, ...state }) => ({
    ...state,
    hold: heldAt === null ? null : { heldAt, reason: holdReason, items: heldItems, usualItems },
  }))
}

/** The day of the newest recall of each agency; one dated after we first saw it counts as of that day, as the date is a misprint. */
export async function newestPublished(db: Db): Promise<Map<string, string>> {
  // One pass over the keys of recalls and revisions; the content is not read.
  const { rows } = await sql<{ agency: string; newest: string }>`
    select split_part(recall_id, '-', 1) as agency, max(least(published_on, recorded_at::date)) as newest
      from recalls.revisions_view group by 1`.execute(db)
  return new Map(rows.map((row) => [row.agency, row.newest]))
}

/** Whether recalls were taken in that are not screened and swept yet. `before` bounds what a follow-up that starts now covers. */
export async function followUpOwed(db: Db): Promise<boolean> {
  // Served by imports_to_follow_up.
  const { rows } = await sql<{ owed: boolean }>`
    select exists (select from feeds.imports where followed_up_at is null and new_recalls + new_revisions > 0) as owed`.execute(db)
  return rows[0]!.owed
}

/** Imports whose recalls are to be followed up, as they stand now. */
export async function importsOwed(db: Db): Promise<{ importId: string; recalls: number }[]> {
  const { rows } = await sql<{ importId: string; recalls: number }>`
    select import_id as "importId", new_recalls + new_revisions as recalls
      from feeds.imports where followed_up_at is null and new_recalls + new_revisions > 0`.execute(db)
  return rows
}

/** Marks imports as followed up, where they brought nothing more since they were looked at. */
export async function markFollowedUp(db: Db, imports: readonly { importId: string; recalls: number }[], at: Date): Promise<void> {
  await sql`
    update feeds.imports i set followed_up_at = ${at}
      from unnest(${imports.map((each) => each.importId)}::uuid[], ${imports.map((each) => each.recalls)}::bigint[]) as o (import_id, recalls)
     where i.import_id = o.import_id and i.new_recalls + i.new_revisions = o.recalls`.execute(db)
}
