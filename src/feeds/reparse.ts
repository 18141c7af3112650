/**
 * Reads the kept documents of an agency again. With the same readers nothing changes; with readers that have learned more, what they now see
 * becomes a revision that is marked as a reading, beside what was read before (decisions/011).
 */
import { transaction, type Database } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import { contentHash, currentContents, recallId, recordReadings, type Agency, type NewRevision, type Recall } from '../recalls/index.ts'
import { FEEDS } from './agencies.ts'
import { excerptOf, type AgencyFeed, type FeedProblem } from './contract.ts'
import { toldBy, underFuller, withTold } from './fuller.ts'
import {
  countDocuments,
  documentBodies,
  documentsAfter,
  endImport,
  saveCounts,
  saveProblems,
  startImport,
  type KeptDocument,
} from './queries.ts'

export type ReparseOptions = {
  at: Date
  /** Another reader than the agency's own: for tests. */
  feed?: Pick<AgencyFeed, 'parse'>
  onProgress?: (done: number, total: number) => void
}

export type ReparseReport = {
  agency: Agency
  documents: number
  /** Documents that give no recall, then as now or only now. */
  refused: number
  /** Recalls of which a document could be read for the first time. */
  newRecalls: number
  /** Recalls that now read otherwise. */
  newRevisions: number
  problems: FeedProblem[]
}

const PAGE_DOCUMENTS = 500
const PROBLEMS_KEPT_MAX = 1_000
/** How the account of imports names it. */
const SOURCE = 'kept documents, read again'

/** The newest document of a recall, and the hash of what it says now. */
type Newest = { document: Buffer; receivedAt: Date; content: Buffer }
/** The newest poorer form of a recall, and what it tells beside a fuller one. */
type Poorer = Newest & { told: Partial<Recall> }
/** A document to read once more, and what a poorer form told after it. */
type ToRead = Newest & { told: Partial<Recall> | null }

export async function reparseFeed(database: Database, agency: Agency, options: ReparseOptions): Promise<ReparseReport> {
  const { at } = options
  const startedMs = performance.now()
  const { parse } = options.feed ?? FEEDS[agency]
  const current = new Map((await currentContents(database.db, agency)).map((each) => [each.recallId, each]))
  const fuller = new Map<string, Newest>()
  const poorer = new Map<string, Poorer>()
  const problems: FeedProblem[] = []
  let [documents, refused] = [0, 0]
  const total = await countDocuments(database.db, agency)
  for await (const { sha256, body, receivedAt } of allDocuments(database, agency)) {
    documents++
    if (documents % PAGE_DOCUMENTS === 0) options.onProgress?.(documents, total)
    const { recall, tells } = parse({ bytes: body, line: 1 })
    if (!recall.ok) {
      refused++
      const { field = '', message } = recall.problem
      if (problems.length < PROBLEMS_KEPT_MAX) problems.push({ line: 1, field, problem: message, excerpt: excerptOf(body) })
      continue
    }
    const id = recallId(recall.value)
    const known = (tells === undefined ? fuller : poorer).get(id)
    // Of documents that came together, the one that the newest revision was read from is the newer.
    const newer =
      known === undefined ||
      receivedAt > known.receivedAt ||
      (receivedAt.getTime() === known.receivedAt.getTime() && current.get(id)?.documentSha256.equals(sha256) === true)
    if (!newer) continue
    if (tells === undefined) fuller.set(id, { document: sha256, receivedAt, content: contentHash(recall.value) })
    else {
      const content = contentHash(underFuller(recall.value, tells, null))
      poorer.set(id, { document: sha256, receivedAt, content, told: toldBy(recall.value, tells) })
    }
  }
  const newest = newestOf(fuller, poorer)
  // What a poorer form told later is known only when the fuller document is read once more.
  const changed = [...newest]
    .filter(([id, { content, told }]) => told !== null || current.get(id)?.contentSha256.equals(content) !== true)
    .map(([, each]) => each)
  const importId = newId(at)
  await startImport(database.db, { importId, agency, source: SOURCE, at })
  const counts = { items: documents, newDocuments: 0, newRecalls: 0, newRevisions: 0, unchanged: newest.size - changed.length, refused }
  for (let from = 0; from < changed.length; from += PAGE_DOCUMENTS) {
    const readings = await readAgain(database, parse, changed.slice(from, from + PAGE_DOCUMENTS))
    await transaction(database, async (tx) => {
      const recorded = await recordReadings(tx.db, readings, at)
      counts.newRecalls += recorded.newRecalls
      counts.newRevisions += recorded.newRevisions
      // Under people's corrections a recall may say what it said, though it is not what the document says.
      counts.unchanged += recorded.unchanged
      await saveCounts(tx.db, importId, counts)
    })
  }
  await saveCounts(database.db, importId, counts)
  await saveProblems(database.db, importId, 1, problems)
  await endImport(database.db, importId, { fileSha256: null, fileBytes: null }, new Date(at.getTime() + performance.now() - startedMs))
  options.onProgress?.(total, total)
  return { agency, documents, refused, newRecalls: counts.newRecalls, newRevisions: counts.newRevisions, problems }
}

/** Of each recall the document that says most, the newest of its kind. */
function newestOf(fuller: ReadonlyMap<string, Newest>, poorer: ReadonlyMap<string, Poorer>): Map<string, ToRead> {
  const found = new Map<string, ToRead>([...poorer].map(([id, each]) => [id, { ...each, told: null }]))
  for (const [id, each] of fuller) {
    const outline = poorer.get(id)
    found.set(id, { ...each, told: outline !== undefined && outline.receivedAt > each.receivedAt ? outline.told : null })
  }
  return found
}

/** Every kept document of an agency, in pages by hash: memory stays bounded. */
async function* allDocuments(database: Database, agency: Agency): AsyncGenerator<KeptDocument, void, undefined> {
  let after: Buffer = Buffer.alloc(0)
  while (true) {
    const page = await documentsAfter(database.db, agency, after, PAGE_DOCUMENTS)
    yield* page
    if (page.length < PAGE_DOCUMENTS) return
    after = page.at(-1)!.sha256
  }
}

async function readAgain(database: Database, parse: AgencyFeed['parse'], changed: readonly ToRead[]): Promise<NewRevision[]> {
  const bodies = await documentBodies(database.db, changed.map((each) => each.document)) // prettier-ignore
  return bodies.flatMap(({ sha256, body }) => {
    const { recall, tells } = parse({ bytes: body, line: 1 })
    if (!recall.ok) return []
    const told = changed.find((each) => each.document.equals(sha256))?.told ?? null
    const said = tells !== undefined ? underFuller(recall.value, tells, null) : told === null ? recall.value : withTold(recall.value, told)
    return [{ recall: said, documentSha256: sha256, contentSha256: contentHash(said) }]
  })
}
