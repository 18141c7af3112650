/** All SQL of the room: documents kept byte for byte, and the account of every import. */
import { sql } from 'kysely'
import { copyInto, type Db, type Tx } from '../platform/db.ts'
import type { Agency, Recall } from '../recalls/index.ts'
import type { FeedProblem } from './contract.ts'

export type ImportStart = { importId: string; agency: Agency; source: string; at: Date }

export async function startImport(db: Db, start: ImportStart): Promise<void> {
  await db
    .insertInto('feeds.imports')
    .values({ import_id: start.importId, agency: start.agency, source: start.source, started_at: start.at })
    .execute()
}

/** One raw item as received, under the hash of its bytes. */
export type NewDocument = { sha256: Buffer; recallNumber: string | null; body: Buffer }

/** Keeps documents that are not kept yet and returns how many those were. */
export async function keepDocuments(
  tx: Tx,
  agency: Agency,
  importId: string,
  documents: readonly NewDocument[],
  at: Date,
): Promise<number> {
  if (documents.length === 0) return 0
  await sql`create temp table if not exists incoming_documents (sha256 bytea, recall_number text, body bytea) on commit delete rows`.execute(
    tx.db,
  )
  await copyInto(
    tx.client,
    'incoming_documents',
    ['sha256', 'recall_number', 'body'],
    documents.map((each) => [each.sha256, each.recallNumber, each.body]),
  )
  // The same bytes are kept once, whether they came before or twice in this batch. The primary key on the hash serves the conflict.
  const { numAffectedRows } = await sql`
    insert into feeds.documents (document_sha256, agency, recall_number, body, received_at, import_id)
    select sha256, ${agency}, recall_number, body, ${at}, ${importId} from incoming_documents
    on conflict (document_sha256) do nothing`.execute(tx.db)
  return Number(numAffectedRows ?? 0)
}

/** Which of these documents are kept already, as hexadecimal hashes. */
export async function keptAlready(db: Db, hashes: readonly Buffer[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  // One look-up in the primary key for each.
  const { rows } = await sql<{ sha256: Buffer }>`
    select document_sha256 as sha256 from feeds.documents where document_sha256 = any(${[...hashes]}::bytea[])`.execute(db)
  return new Set(rows.map((row) => row.sha256.toString('hex')))
}

/** What is known of these recalls, by id. */
export async function knownContents(db: Db, recallIds: readonly string[]): Promise<Map<string, Recall>> {
  if (recallIds.length === 0) return new Map()
  // The primary keys behind the view serve it; a batch has at most as many ids as items.
  const { rows } = await sql<{ recall_id: string; content: Recall }>`
    select recall_id, content from recalls.current_recalls_view where recall_id = any(${[...recallIds]}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.recall_id, row.content]))
}

/** Counts of an import; `refused` items are among `items`. */
export type ImportCounts = {
  items: number
  newDocuments: number
  newRecalls: number
  /** Second and later revisions. */
  newRevisions: number
  unchanged: number
  refused: number
}

/** The counts so far, written with each batch: what they say is committed is committed. */
export async function saveCounts(db: Db, importId: string, counts: ImportCounts): Promise<void> {
  await db
    .updateTable('feeds.imports')
    .set({
      items: counts.items,
      new_documents: counts.newDocuments,
      new_recalls: counts.newRecalls,
      new_revisions: counts.newRevisions,
      unchanged: counts.unchanged,
      refused: counts.refused,
    })
    .where('import_id', '=', importId)
    .execute()
}

export async function saveProblems(db: Db, importId: string, firstNo: number, problems: readonly FeedProblem[]): Promise<void> {
  if (problems.length === 0) return
  await db
    .insertInto('feeds.import_errors')
    .values(problems.map((each, index) => ({ import_id: importId, error_no: firstNo + index, ...each })))
    .execute()
}

/** `fileSha256` is null where the file was not read whole, or where there were several. */
export async function endImport(
  db: Db,
  importId: string,
  file: { fileSha256: Buffer | null; fileBytes: number | null },
  at: Date,
): Promise<void> {
  await db
    .updateTable('feeds.imports')
    .set({ file_sha256: file.fileSha256, file_bytes: file.fileBytes, ended_at: at })
    .where('import_id', '=', importId)
    .execute()
}

export type LastImport = ImportCounts & {
  importId: string
  agency: Agency
  source: string
  startedAt: Date
  /** Null while it runs, and for one that was killed. */
  endedAt: Date | null
  errors: number
}

/** The newest import of each agency that ever had one. */
export async function lastImports(db: Db): Promise<LastImport[]> {
  // Imports are few (one per pull), so a sort serves this; the errors are counted by their primary key.
  const { rows } = await sql<LastImport>`
    select distinct on (i.agency)
           i.import_id as "importId", i.agency, i.source, i.started_at as "startedAt", i.ended_at as "endedAt", i.items,
           i.new_documents as "newDocuments", i.new_recalls as "newRecalls", i.new_revisions as "newRevisions", i.unchanged, i.refused,
           (select count(*) from feeds.import_errors e where e.import_id = i.import_id) as errors
      from feeds.imports i
     order by i.agency, i.started_at desc, i.import_id desc`.execute(db)
  return rows
}

/** Documents kept of an agency, in all. */
export async function countDocuments(db: Db, agency: Agency): Promise<number> {
  const { rows } = await sql<{ documents: number }>`select count(*) as documents from feeds.documents where agency = ${agency}`.execute(db)
  return rows[0]!.documents
}

export type KeptDocument = { sha256: Buffer; body: Buffer; receivedAt: Date }

/** The next kept documents of an agency, by hash. */
export async function documentsAfter(db: Db, agency: Agency, after: Buffer, limit: number): Promise<KeptDocument[]> {
  // Served by the primary key; documents of other agencies are passed over.
  const { rows } = await sql<KeptDocument>`
    select document_sha256 as sha256, body, received_at as "receivedAt"
      from feeds.documents
     where document_sha256 > ${after} and agency = ${agency}
     order by document_sha256 limit ${limit}`.execute(db)
  return rows
}

/** These documents, whichever their order. */
export async function documentBodies(db: Db, hashes: readonly Buffer[]): Promise<{ sha256: Buffer; body: Buffer }[]> {
  return await db
    .selectFrom('feeds.documents')
    .select(['document_sha256 as sha256', 'body'])
    .where('document_sha256', 'in', [...hashes])
    .execute()
}

/** What was wrong with an import, in the order of the file, from the first on. */
export async function importErrors(db: Db, importId: string, limit: number): Promise<FeedProblem[]> {
  return await db
    .selectFrom('feeds.import_errors')
    .select(['line', 'field', 'problem', 'excerpt'])
    .where('import_id', '=', importId)
    .orderBy('error_no')
    .limit(limit)
    .execute()
}
