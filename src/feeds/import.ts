/** Takes a feed file in: every document kept as received, every recall as a revision, every problem named, in bounded batches. */
import path from 'node:path'
import { transaction, type Database } from '../platform/db.ts'
import { newId, sha256 } from '../platform/ids.ts'
import { asRead, contentHash, recallId, recordRevisions, type Agency, type NewRevision, type Recall } from '../recalls/index.ts'
import { FEEDS } from './agencies.ts'
import { excerptOf, type AgencyFeed, type FeedItem, type FeedProblem, type Told } from './contract.ts'
import { openFeedFile, type FeedFile } from './feed-file.ts'
import { underFuller } from './fuller.ts'
import {
  endImport,
  keepDocuments,
  keptAlready,
  knownContents,
  saveCounts,
  saveProblems,
  startImport,
  type ImportCounts,
  type NewDocument,
} from './queries.ts'

export type ImportOptions = {
  at: Date
  /** Bytes read and bytes in all, of the file as it lies on disk. */
  onProgress?: (done: number, total: number) => void
}

export type ImportReport = ImportCounts & {
  importId: string
  agency: Agency
  source: string
  /** The file broke off, or was no feed file at all; `problems` ends with the reason. What came before was taken in. */
  broken: boolean
  /** Items of which nothing was kept: no documents, or the agency's error in place of one. They must be had again. */
  unkept: number
  /** The first `PROBLEMS_REPORTED_MAX` of them; `feeds.import_errors` holds more. */
  problems: FeedProblem[]
}

export const PROBLEMS_REPORTED_MAX = 100
/** Problems kept per import: enough to see what is wrong; a file of a million bad lines is one problem, not a million. */
const PROBLEMS_KEPT_MAX = 1_000
/** A batch is one transaction: large enough for set-based statements, small enough to hold in memory beside what it becomes. */
const BATCH_ITEMS_MAX = 1_000
const BATCH_BYTES_MAX = 8 * 1024 * 1024

/**
 * Imports a file of an agency: a JSON array or JSON lines, plain or gzip. The same file twice changes nothing, a corrected document makes
 * the next revision of its recall. Whatever is wrong is counted and named by line and field, and never undoes what was good; a killed
 * import leaves its committed batches, and the same file again completes them.
 */
export async function importFeedFile(database: Database, agency: Agency, filePath: string, options: ImportOptions): Promise<ImportReport> {
  const source = path.basename(filePath)
  return await importFeedFiles(database, { agency, feed: FEEDS[agency], source, filePaths: [filePath] }, options)
}

/** What is taken in as one import: the bodies of a pull, in the order in which they were asked for. */
export type ImportOrder = {
  agency: Agency
  feed: Pick<AgencyFeed, 'split' | 'parse'>
  source: string
  filePaths: readonly string[]
}

/** `importFeedFile` for several files that belong together. A file that breaks off does not keep the others from being taken in. */
export async function importFeedFiles(database: Database, order: ImportOrder, options: ImportOptions): Promise<ImportReport> {
  const { agency, feed, source, filePaths } = order
  const intake = new Intake(database, agency, feed, source, options.at)
  await intake.start()
  let [fileSha256, fileBytes]: [Buffer | null, number | null] = [null, null]
  for (const filePath of filePaths) {
    const file = await openFeedFile(filePath)
    if (!file.ok) {
      intake.break({ line: 0, field: '', problem: file.problem.message, excerpt: '' })
      continue
    }
    fileBytes = (fileBytes ?? 0) + file.value.sizeBytes
    fileSha256 = await takeFile(intake, feed, file.value, options)
  }
  return await intake.end(filePaths.length === 1 ? fileSha256 : null, fileBytes)
}

async function takeFile(intake: Intake, feed: ImportOrder['feed'], file: FeedFile, options: ImportOptions): Promise<Buffer | null> {
  for await (const part of feed.split(file.bytes)) {
    if (part.kind === 'item') intake.take(part.item)
    else if (part.kind === 'problem') intake.lose(part.problem)
    else intake.break(part.problem)
    if (intake.full) {
      await intake.flush()
      options.onProgress?.(file.readBytes(), file.sizeBytes)
    }
  }
  options.onProgress?.(file.sizeBytes, file.sizeBytes)
  return file.sha256()
}

/** `tells` is null for a notice in full. */
type Incoming = { recall: Recall; documentSha256: Buffer; tells: readonly Told[] | null }

/** The revisions to record: notices in full as they are, poorer forms beside what is known, the same batch included. */
async function besideWhatIsKnown(db: Database['db'], incoming: readonly Incoming[]): Promise<NewRevision[]> {
  const poorer = incoming.filter((each) => each.tells !== null)
  const known = await knownContents(db, poorer.map((each) => recallId(each.recall))) // prettier-ignore
  // An old file taken in again tells nothing: what it says was told when it came first.
  const old = await keptAlready(db, poorer.map((each) => each.documentSha256)) // prettier-ignore
  return incoming.map(({ recall, documentSha256, tells }) => {
    const before = known.get(recallId(recall))
    const told = tells === null || old.has(documentSha256.toString('hex')) ? [] : tells
    const said = tells === null ? recall : underFuller(recall, told, before === undefined ? null : asRead(before))
    if (poorer.length > 0) known.set(recallId(recall), said)
    return { recall: said, documentSha256, contentSha256: contentHash(said) }
  })
}

/** One import under way: the open batch and the counts so far. */
class Intake {
  private readonly counts: ImportCounts = { items: 0, newDocuments: 0, newRecalls: 0, newRevisions: 0, unchanged: 0, refused: 0 }
  private readonly importId: string
  private readonly database: Database
  private readonly agency: Agency
  private readonly feed: ImportOrder['feed']
  private readonly source: string
  private readonly at: Date
  private documents: NewDocument[] = []
  private revisions: Incoming[] = []
  private problems: FeedProblem[] = []
  private batchItems = 0
  private batchBytes = 0
  private problemsKept = 0
  private reported: FeedProblem[] = []
  private broken = false
  private unkept = 0
  private readonly startedMs = performance.now()

  constructor(database: Database, agency: Agency, feed: ImportOrder['feed'], source: string, at: Date) {
    this.database = database
    this.agency = agency
    this.feed = feed
    this.source = source
    this.at = at
    this.importId = newId(at)
  }

  get full(): boolean {
    return this.batchItems >= BATCH_ITEMS_MAX || this.batchBytes >= BATCH_BYTES_MAX
  }

  async start(): Promise<void> {
    await startImport(this.database.db, { importId: this.importId, agency: this.agency, source: this.source, at: this.at })
  }

  take(item: FeedItem): void {
    const reading = this.feed.parse(item)
    const documentSha256 = sha256(item.bytes)
    this.batchBytes += item.bytes.length
    if (reading.isDocument) this.documents.push({ sha256: documentSha256, recallNumber: reading.recallNumber, body: item.bytes })
    if (!reading.recall.ok) {
      const { message, field, code } = reading.recall.problem
      if (!reading.isDocument || code === 'unavailable') this.unkept++
      this.refuse({ line: item.line, field: field ?? '', problem: message, excerpt: excerptOf(item.bytes) })
      return
    }
    this.batchItems++
    this.counts.items++
    this.revisions.push({ recall: reading.recall.value, documentSha256, tells: reading.tells ?? null })
  }

  /** An item of which not even the document can be kept. */
  lose(problem: FeedProblem): void {
    this.unkept++
    this.refuse(problem)
  }

  /** An item that gave no recall. */
  private refuse(problem: FeedProblem): void {
    this.batchItems++
    this.counts.items++
    this.counts.refused++
    this.note(problem)
  }

  /** The file as a whole. */
  break(problem: FeedProblem): void {
    this.broken = true
    this.note(problem)
  }

  private note(problem: FeedProblem): void {
    // The reason why a file broke off is kept even where the problems before it filled the measure.
    if (this.problemsKept < PROBLEMS_KEPT_MAX || this.broken) {
      this.problemsKept++
      this.problems.push(problem)
    }
    if (this.reported.length < PROBLEMS_REPORTED_MAX || this.broken) this.reported.push(problem)
  }

  /** Commits the open batch. */
  async flush(): Promise<void> {
    const { documents, revisions, problems, counts } = this
    const firstNo = this.problemsKept - problems.length + 1
    await transaction(this.database, async (tx) => {
      const said = await besideWhatIsKnown(tx.db, revisions)
      counts.newDocuments += await keepDocuments(tx, this.agency, this.importId, documents, this.at)
      const recorded = await recordRevisions(tx.db, said, this.at)
      counts.newRecalls += recorded.newRecalls
      counts.newRevisions += recorded.newRevisions
      counts.unchanged += recorded.unchanged
      await saveProblems(tx.db, this.importId, firstNo, problems)
      await saveCounts(tx.db, this.importId, counts)
    })
    this.documents = []
    this.revisions = []
    this.problems = []
    this.batchItems = 0
    this.batchBytes = 0
  }

  async end(fileSha256: Buffer | null, fileBytes: number | null): Promise<ImportReport> {
    await this.flush()
    await endImport(
      this.database.db,
      this.importId,
      { fileSha256, fileBytes },
      new Date(this.at.getTime() + performance.now() - this.startedMs),
    )
    return {
      importId: this.importId,
      agency: this.agency,
      source: this.source,
      ...this.counts,
      broken: this.broken,
      unkept: this.unkept,
      problems: this.reported,
    }
  }
}
