/** SQL of corrections: what people decided to hold instead of what is read. Rows are appended; a withdrawal is a row of its own. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { beforeKey, timeKey, type Key } from '../platform/lists.ts'
import { contentHash } from './content.ts'
import { recallId, type CorrectionField, type Recall } from './recall.ts'
import type { NewRevision } from './queries.ts'
import { underCorrections, type StandingCorrection } from './under-corrections.ts'

/**
 * Whoever numbers revisions holds this to the end of their transaction: two that number revisions of one recall at once would collide, and
 * a document that comes in while somebody corrects its recall must know of it. Imports are rare and short, so they take turns.
 */
export async function lockRevisions(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('recalls.revisions'))`.execute(db)
}

/** The corrections that stand, by recall; recalls without any are not in it. Call it under `lockRevisions`. */
export async function standingCorrections(db: Db, ids: readonly string[]): Promise<Map<string, StandingCorrection[]>> {
  // The primary keys (recall_id, correction_no) serve it.
  const { rows } = await sql<{ recall_id: string; correction_no: number; field: CorrectionField; value: unknown }>`
    select c.recall_id, c.correction_no, c.field, c.value
      from recalls.corrections c
     where c.recall_id = any(${ids}::text[])
       and not exists (select from recalls.correction_withdrawals w where w.recall_id = c.recall_id and w.correction_no = c.correction_no)
     order by c.recall_id, c.correction_no`.execute(db)
  const standing = Map.groupBy(rows, (row) => row.recall_id)
  return new Map(
    [...standing].map(([id, found]) => [
      id,
      found.map(({ correction_no, field, value }) => ({ correctionNo: correction_no, field, value })),
    ]),
  )
}

/** What documents say, under the corrections that stand: what is not corrected stays as it is. Call it under `lockRevisions`. */
export async function correctedRevisions(db: Db, revisions: readonly NewRevision[]): Promise<NewRevision[]> {
  const standing = await standingCorrections(db, [...new Set(revisions.map((each) => recallId(each.recall)))])
  return revisions.map((each) => {
    const found = standing.get(recallId(each.recall))
    if (found === undefined) return each
    const recall = underCorrections(each.recall, found)
    return { ...each, recall, contentSha256: contentHash(recall) }
  })
}

/** The next revision of a recall, by a person: from the document that its newest revision was read from. Returns its number. */
export async function appendCorrected(db: Db, recall: Recall, at: Date): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    insert into recalls.revisions
           (recall_id, revision, document_sha256, content_sha256, recorded_at, kind, title, published_on, content, cause)
    select recall_id, revision + 1, document_sha256, ${contentHash(recall)}, ${at}::timestamptz, kind, title, published_on,
           ${JSON.stringify(recall)}::jsonb, 'correction'
      from recalls.revisions where recall_id = ${recallId(recall)}
     order by revision desc limit 1
    returning revision`.execute(db)
  return rows[0]!.revision
}

export type NewCorrection = {
  recallId: string
  correctionNo: number
  field: CorrectionField
  value: unknown
  readValue: unknown
  reason: string
  actor: string
  at: Date
  revision: number
}

export async function insertCorrection(db: Db, correction: NewCorrection): Promise<void> {
  const { recallId: id, correctionNo, field, value, readValue, reason, actor, at, revision } = correction
  await sql`
    insert into recalls.corrections (recall_id, correction_no, field, value, read_value, reason, decided_by, decided_at, revision)
    values (${id}, ${correctionNo}, ${field}, ${JSON.stringify(value)}::jsonb, ${JSON.stringify(readValue)}::jsonb, ${reason}, ${actor},
            ${at}::timestamptz, ${revision})`.execute(db)
}

export type NewWithdrawal = { recallId: string; correctionNo: number; reason: string; actor: string; at: Date; revision: number }

export async function insertWithdrawal(db: Db, withdrawal: NewWithdrawal): Promise<void> {
  const { recallId: id, correctionNo, reason, actor, at, revision } = withdrawal
  await sql`
    insert into recalls.correction_withdrawals (recall_id, correction_no, reason, withdrawn_by, withdrawn_at, revision)
    values (${id}, ${correctionNo}, ${reason}, ${actor}, ${at}::timestamptz, ${revision})`.execute(db)
}

/** The number of the last correction of a recall; 0 where there is none. */
export async function lastCorrectionNo(db: Db, id: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(correction_no), 0) as last from recalls.corrections where recall_id = ${id}`.execute(db)
  return rows[0]!.last
}

/**
 * A correction as people look at it. `readValue` is what was read when it was decided, `readNow` what is read from the newest document while
 * it stands. `textChangedSince`: the agency has sent another document since, and the field reads otherwise now.
 */
export type CorrectionRow = {
  recallId: string
  correctionNo: number
  field: CorrectionField
  value: unknown
  readValue: unknown
  readNow: unknown
  textChangedSince: boolean
  reason: string
  decidedBy: string
  decidedAt: Date
  /** The revisions of the recall that the correction and its withdrawal made. */
  revision: number
  withdrawnRevision: number | null
  withdrawnBy: string | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
}

const COLUMNS = sql`recall_id as "recallId", correction_no as "correctionNo", field, value, read_value as "readValue", read_now as "readNow",
  text_changed_since as "textChangedSince", reason, decided_by as "decidedBy", decided_at as "decidedAt", revision,
  withdrawn_revision as "withdrawnRevision", withdrawn_by as "withdrawnBy", withdrawn_at as "withdrawnAt", withdrawn_reason as "withdrawnReason"`

/** Corrections of a recall, the newest first. The primary keys serve it. */
export async function correctionsPage(db: Db, id: string, after: Key | null, limit: number): Promise<CorrectionRow[]> {
  const { rows } = await sql<CorrectionRow>`
    select ${COLUMNS} from recalls.corrections_view
     where recall_id = ${id} and ${beforeKey([sql`correction_no`], after)}
     order by correction_no desc limit ${limit}`.execute(db)
  return rows
}

export type CorrectionFilters = { standing?: boolean | undefined; textChanged?: boolean | undefined }

/** A correction with its place in the list of all, a time with its microseconds. */
export type ListedCorrection = CorrectionRow & { decidedKey: string }

/** Corrections of all recalls, the last decided first. The index corrections_decided gives the order. */
export async function allCorrectionsPage(
  db: Db,
  { standing, textChanged }: CorrectionFilters,
  after: Key | null,
  limit: number,
): Promise<ListedCorrection[]> {
  const { rows } = await sql<ListedCorrection>`
    select ${COLUMNS}, ${timeKey(sql`decided_at`)} as "decidedKey" from recalls.corrections_view
     where ${beforeKey([sql`decided_at`, sql`recall_id`, sql`correction_no`], after)}
       and ${standing === undefined ? sql`true` : sql`(withdrawn_at is null) = ${standing}`}
       and ${textChanged === undefined ? sql`true` : sql`text_changed_since = ${textChanged}`}
     order by decided_at desc, recall_id desc, correction_no desc limit ${limit}`.execute(db)
  return rows
}

export async function findCorrection(db: Db, id: string, correctionNo: number): Promise<CorrectionRow | null> {
  const { rows } = await sql<CorrectionRow>`
    select ${COLUMNS} from recalls.corrections_view where recall_id = ${id} and correction_no = ${correctionNo}`.execute(db)
  return rows[0] ?? null
}

/** A revision that a person made. */
export type PersonsRevision = { recallId: string; revision: number }

/** Revisions by people that nothing followed yet. Corrections are few; the index revisions_corrections holds them alone. */
export async function correctionsOwed(db: Db): Promise<PersonsRevision[]> {
  const { rows } = await sql<PersonsRevision>`
    select v.recall_id as "recallId", v.revision
      from recalls.revisions v
     where v.cause = 'correction'
       and not exists (select from recalls.followed_up f where f.recall_id = v.recall_id and f.revision = v.revision)`.execute(db)
  return rows
}

export async function markCorrectionsFollowedUp(db: Db, owed: readonly PersonsRevision[], at: Date): Promise<void> {
  await sql`
    insert into recalls.followed_up (recall_id, revision, followed_up_at)
    select recall_id, revision, ${at}::timestamptz
      from unnest(${owed.map((each) => each.recallId)}::text[], ${owed.map((each) => each.revision)}::int[]) as i (recall_id, revision)
    on conflict do nothing`.execute(db)
}
