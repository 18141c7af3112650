/** SQL of readings: the same documents, read again by readers that have learned more. What was said and read before stays as it is. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { recallId, type Agency } from './recall.ts'
import { correctedRevisions, lockRevisions } from './queries-corrections.ts'
import { recordSaidLinks } from './queries-links.ts'
import type { NewRevision, RevisionCounts } from './queries.ts'

/** What a recall's newest revision was read from, and the hash of what it says. */
export type CurrentContent = { recallId: string; documentSha256: Buffer; contentSha256: Buffer }

/** Of every recall of an agency: some hundred bytes each. */
export async function currentContents(db: Db, agency: Agency): Promise<CurrentContent[]> {
  // The unique index (agency, recall_number) gives the recalls, the primary key of the revisions the newest of each; no content is read.
  const { rows } = await sql<CurrentContent>`
    select distinct on (v.recall_id) v.recall_id as "recallId", v.document_sha256 as "documentSha256", v.content_sha256 as "contentSha256"
      from recalls.recalls r join recalls.revisions v using (recall_id)
     where r.agency = ${agency}
     order by v.recall_id, v.revision desc`.execute(db)
  return rows
}

/**
 * Records what a new reading of kept documents says, each recall once: the next revision, marked as a reading (`cause`), where it says
 * something else than the newest revision; the first revision where the document could not be read before. Corrections that people made
 * stand above readings. Call it inside a transaction: writers wait for each other until its end.
 */
export async function recordReadings(db: Db, read: readonly NewRevision[], at: Date): Promise<RevisionCounts> {
  if (read.length === 0) return { newRecalls: 0, newRevisions: 0, unchanged: 0 }
  await lockRevisions(db)
  const readings = await correctedRevisions(db, read)
  const recalls = readings.map((each) => each.recall)
  const { rows } = await sql<{ recall_id: string; revision: number }>`
    with incoming as (
      select *
        from unnest(${recalls.map(recallId)}::text[], ${recalls.map((each) => each.agency)}::text[], ${recalls.map((each) => each.recallNumber)}::text[],
                    ${readings.map((each) => each.documentSha256)}::bytea[], ${readings.map((each) => each.contentSha256)}::bytea[],
                    ${recalls.map((each) => each.kind)}::text[], ${recalls.map((each) => each.title)}::text[],
                    ${recalls.map((each) => each.publishedOn)}::date[], ${recalls.map((each) => JSON.stringify(each))}::text[])
          as i (recall_id, agency, recall_number, document_sha256, content_sha256, kind, title, published_on, content)
    ),
    -- Recalls whose documents could not be read until now.
    added as (
      insert into recalls.recalls (recall_id, agency, recall_number, first_seen_at)
      select recall_id, agency, recall_number, ${at}::timestamptz from incoming
      on conflict do nothing
    ),
    -- Where each known recall stands. Served by the primary key (recall_id, revision).
    latest as (
      select distinct on (recall_id) recall_id, v.revision, v.content_sha256
        from incoming join recalls.revisions v using (recall_id)
       order by recall_id, v.revision desc
    )
    insert into recalls.revisions
           (recall_id, revision, document_sha256, content_sha256, recorded_at, kind, title, published_on, content, cause)
    select i.recall_id, coalesce(l.revision, 0) + 1, i.document_sha256, i.content_sha256, ${at}::timestamptz, i.kind, i.title, i.published_on,
           i.content::jsonb, case when l.revision is null then 'document' else 'reading' end
      from incoming i left join latest l using (recall_id)
     where l.content_sha256 is distinct from i.content_sha256
    returning recall_id, revision`.execute(db)
  const changed = new Set(rows.map((row) => row.recall_id))
  await recordSaidLinks(db, recalls.filter((recall) => changed.has(recallId(recall))), at) // prettier-ignore
  const newRecalls = rows.filter((row) => row.revision === 1).length
  return { newRecalls, newRevisions: rows.length - newRecalls, unchanged: readings.length - rows.length }
}
