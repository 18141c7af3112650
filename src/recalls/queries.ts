/** All SQL of the room: recalls and their revisions, appended and never rewritten. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { correctedRevisions, lockRevisions } from './queries-corrections.ts'
import { recordSaidLinks } from './queries-links.ts'
import { recallId, type Agency, type Recall } from './recall.ts'

/** What one document says, with the hash of its bytes and the hash of its content (`contentHash`). */
export type NewRevision = { recall: Recall; documentSha256: Buffer; contentSha256: Buffer }

/** `newRevisions` counts second and later revisions; `unchanged` what said nothing new. */
export type RevisionCounts = { newRecalls: number; newRevisions: number; unchanged: number }

/** A recall as it stands: its newest revision. */
export type CurrentRecall = { recallId: string; revision: number; recordedAt: Date; firstSeenAt: Date; recall: Recall }

/** Documents taken in one statement: about 5 MB of content at the size of real recalls. */
const RECORD_BATCH_MAX = 1_000

/**
 * Records new recalls and new revisions, in the order given. Nothing is recorded for a document whose content is that of the current revision,
 * nor for one that is already behind a revision of its recall: an old file taken in again does not bring back what was corrected since.
 * Corrections that people made stand above what the documents say.
 * Call it inside a transaction: writers wait for each other until its end.
 */
export async function recordRevisions(db: Db, revisions: readonly NewRevision[], at: Date): Promise<RevisionCounts> {
  const counts: RevisionCounts = { newRecalls: 0, newRevisions: 0, unchanged: 0 }
  if (revisions.length === 0) return counts
  await lockRevisions(db)
  for (const batch of batchesWithoutRepeats(await correctedRevisions(db, revisions))) {
    const recorded = await insertRevisions(db, batch, at)
    const newRecalls = recorded.filter((row) => row.revision === 1).length
    counts.newRecalls += newRecalls
    counts.newRevisions += recorded.length - newRecalls
    counts.unchanged += batch.length - recorded.length
    const changed = new Set(recorded.map((row) => row.recall_id))
    await recordSaidLinks(db, batch.map((each) => each.recall).filter((recall) => changed.has(recallId(recall))), at) // prettier-ignore
  }
  return counts
}

/** Bounded batches in which each recall occurs once, so that a file with a recall and its correction records both, in order. */
function batchesWithoutRepeats(revisions: readonly NewRevision[]): NewRevision[][] {
  const batches: NewRevision[][] = []
  let seen = new Set<string>()
  for (const revision of revisions) {
    const id = recallId(revision.recall)
    const last = batches.at(-1)
    if (last === undefined || last.length === RECORD_BATCH_MAX || seen.has(id)) {
      batches.push([revision])
      seen = new Set([id])
    } else {
      last.push(revision)
      seen.add(id)
    }
  }
  return batches
}

/** Returns the revisions recorded. */
async function insertRevisions(db: Db, batch: readonly NewRevision[], at: Date): Promise<{ recall_id: string; revision: number }[]> {
  const recalls = batch.map((each) => each.recall)
  const { rows } = await sql<{ recall_id: string; revision: number }>`
    -- What the documents say, one row per recall.
    with incoming as (
      select *
        from unnest(${recalls.map(recallId)}::text[], ${recalls.map((each) => each.agency)}::text[], ${recalls.map((each) => each.recallNumber)}::text[],
                    ${batch.map((each) => each.documentSha256)}::bytea[], ${batch.map((each) => each.contentSha256)}::bytea[],
                    ${recalls.map((each) => each.kind)}::text[], ${recalls.map((each) => each.title)}::text[],
                    ${recalls.map((each) => each.publishedOn)}::date[], ${recalls.map((each) => JSON.stringify(each))}::text[])
          as i (recall_id, agency, recall_number, document_sha256, content_sha256, kind, title, published_on, content)
    ),
    -- Recalls never seen before.
    added as (
      insert into recalls.recalls (recall_id, agency, recall_number, first_seen_at)
      select recall_id, agency, recall_number, ${at}::timestamptz from incoming
      on conflict do nothing
    ),
    -- Where each known recall stands. Served by the primary key (recall_id, revision).
    latest as (
      select distinct on (recall_id) recall_id, v.revision, v.content_sha256
        from incoming
        join recalls.revisions v using (recall_id)
       order by recall_id, v.revision desc
    )
    -- The next revision of each recall that says something else than before and comes from a document not yet behind it.
    insert into recalls.revisions
           (recall_id, revision, document_sha256, content_sha256, recorded_at, kind, title, published_on, content)
    select i.recall_id, coalesce(l.revision, 0) + 1, i.document_sha256, i.content_sha256, ${at}::timestamptz, i.kind, i.title, i.published_on,
           i.content::jsonb
      from incoming i
      left join latest l using (recall_id)
     where l.content_sha256 is distinct from i.content_sha256
       and not exists (select from recalls.revisions v where v.recall_id = i.recall_id and v.document_sha256 = i.document_sha256)
    returning recall_id, revision`.execute(db)
  return rows
}

type CurrentRow = { recall_id: string; revision: number; recorded_at: Date; first_seen_at: Date; content: Recall }

function presentCurrent(row: CurrentRow): CurrentRecall {
  return {
    recallId: row.recall_id,
    revision: row.revision,
    recordedAt: row.recorded_at,
    firstSeenAt: row.first_seen_at,
    recall: row.content,
  }
}

/** The newest revision of a recall, by its id (`CPSC-23774`); null where there is none. */
export async function currentRecall(db: Db, id: string): Promise<CurrentRecall | null> {
  // The primary keys of both tables serve it.
  const { rows } = await sql<CurrentRow>`
    select recall_id, revision, recorded_at, first_seen_at, content from recalls.current_recalls_view where recall_id = ${id}`.execute(db)
  return rows[0] === undefined ? null : presentCurrent(rows[0])
}

/** The recall that a person means by an agency and a number, with or without dashes and blanks: "23-774", "23774". */
export async function findRecall(db: Db, agency: Agency, recallNumber: string): Promise<CurrentRecall | null> {
  const typed = recallNumber.trim().replace(/[^0-9A-Za-z]+/g, '-')
  const bare = typed.replaceAll('-', '')
  // Agencies print numbers with dashes or without, and people type letters in either case; each spelling is one look-up in the unique index
  // (agency, recall_number).
  const { rows } = await sql<{ recall_id: string }>`
    select recall_id from recalls.recalls
     where agency = ${agency} and recall_number = any(${[typed, bare].flatMap((number) => [number, number.toLowerCase(), number.toUpperCase()])}::text[])
     limit 1`.execute(db)
  return rows[0] === undefined ? null : await currentRecall(db, rows[0].recall_id)
}

/** Recalls held in memory at once by `recallsForScreening`: about 2.5 MB of content. */
const SCREENING_PAGE = 500

/** Every recall as it stands, by id, in pages: memory stays bounded however many there are. */
export async function* recallsForScreening(db: Db): AsyncGenerator<CurrentRecall, void, undefined> {
  let after = ''
  while (true) {
    // The next page by id. The primary keys of both tables give its order; the page is cut before any content is read.
    const { rows } = await sql<CurrentRow>`
      select c.recall_id, c.revision, c.recorded_at, c.first_seen_at, c.content
        from (select recall_id from recalls.recalls where recall_id > ${after} order by recall_id limit ${SCREENING_PAGE}) page
        join recalls.current_recalls_view c using (recall_id)
       order by c.recall_id`.execute(db)
    for (const row of rows) yield presentCurrent(row)
    if (rows.length < SCREENING_PAGE) return
    after = rows.at(-1)!.recall_id
  }
}
