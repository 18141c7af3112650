/**
 * Screening of what is in the database: all listings, what is new, one recall, one listing. Safe to run twice and to kill: what was not
 * done is owed. Memory is bounded by the recalls and one page.
 *
 * The promise that makes screening only what is new enough: every listing in `screened_listings` was screened, as it was then, against
 * every recall in `screened_recalls` at the revision there or a later one. Whatever is in neither is owed.
 */
import { newestRevisionNo } from '../recalls/index.ts'
import { transaction, type Database } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { narrowEngine, type ScreenedMatch } from './engine.ts'
import { engineAsOf, engineOf, type Kept } from './kept-engine.ts'
import { writeMatches, type MatchRow, type WrittenCounts } from './queries.ts'
import {
  awaitWriters,
  holdLightly,
  holdWriting,
  listingsByIds,
  listingsOfRecall,
  listingsOwed,
  listingsToScreen,
  listingsToScreenCount,
  lookAtListing,
  markListing,
  markListings,
  markRecalls,
  nothingScreened,
  screenedRevisions,
  whileAlone,
  type ReadListing,
  type ScreenedMark,
} from './queries-screened.ts'
import { listingTokens, recallTokens } from './tokens.ts'

/** Listings read and written at once: about a megabyte of text, some hundred matches. */
const PAGE_LISTINGS = 2_000
/** So many recalls are each asked for the listings that share words with them; more are compared with the whole catalogue in one go. */
const RECALLS_ASKED_MAX = 40

export type Progress = (done: number, total: number) => void

export type ScreenOptions = { at: Date; onProgress?: Progress }

/** `recalls` and `listings` that were screened, and what came of it. */
export type ScreenCounts = WrittenCounts & { recalls: number; listings: number; matches: number }

/** Screens every listing against every current recall, whatever was screened before. */
export async function screenAll(database: Database, options: ScreenOptions): Promise<ScreenCounts> {
  return whileAlone(database, async () => {
    const before = await engineOf(database)
    const counts = newCounts(before.revisions.size)
    await screenListings(database, 'all', counts, options)
    await markRecalls(database.db, asList(before.revisions), options.at)
    return counts
  })
}

/**
 * Screens what is new: listings that were added or changed since they were screened against all recalls, and recalls that were added or
 * revised since against all listings. Leaves the matches that `screenAll` would leave.
 */
export async function screenChanged(database: Database, options: ScreenOptions): Promise<ScreenCounts> {
  return whileAlone(database, async () => {
    const before = await engineOf(database)
    const counts = newCounts(await recallsOwed(database, before).then((owed) => owed.length))
    // Where no listing counts as screened, no recall can be owed to one: the listings, which all are owed, meet it.
    if (await nothingScreened(database.db)) await markRecalls(database.db, asList(before.revisions), options.at)
    await screenListings(database, 'owed', counts, options)
    const now = await engineOf(database)
    await screenRecalls(database, now, await recallsOwed(database, now), counts, options)
    return counts
  })
}

/** Screens every listing against one recall: a new one, or one that was revised. */
export async function screenRecall(database: Database, recallId: string, options: ScreenOptions): Promise<Result<ScreenCounts>> {
  return whileAlone(database, async () => {
    const kept = await engineOf(database)
    if (!kept.revisions.has(recallId)) return fail('not_found', `There is no recall ${recallId}.`, 'recall')
    const counts = newCounts(1)
    await transaction(database, ({ db }) => awaitWriters(db))
    // What was not screened yet as it is now is not found by its words.
    counts.listings = await screenListingsOfRecall(database, kept, recallId, await listingsOwed(database.db, kept.rules), counts, options)
    await markRecalls(database.db, [{ recallId, revision: kept.revisions.get(recallId)! }], options.at)
    return ok(counts)
  })
}

/** Screens one listing, new or changed, against every current recall, and returns what is worth a look, best first. */
export async function screenListing(database: Database, listingId: string, options: { at: Date }): Promise<Result<ScreenedMatch[]>> {
  while (true) {
    const { version, settingNo, read } = await lookAtListing(database, listingId)
    if (read === null) return fail('not_found', `There is no listing ${listingId}.`, 'listing')
    const kept = await engineAsOf(database, version, settingNo)
    const matches = kept.engine.screenListing(read.listing)
    if (matches.length > 0 || read.hasMatches) {
      if ((await writeListings(database, kept, [read], rowsOf(matches, kept.revisions), options.at, holdLightly)) !== null)
        return ok(matches)
    } else if (read.rules === kept.rules || (await markListing(database, markOf(read), kept.rules, kept.version))) return ok(matches)
  }
}

function markOf({ listing, updatedAt }: ReadListing): ScreenedMark {
  return { listingId: listing.listingId, updatedAt, tokens: listingTokens(listing) }
}

function newCounts(recalls: number): ScreenCounts {
  return { recalls, listings: 0, matches: 0, added: 0, changed: 0, removed: 0 }
}

function asList(revisions: ReadonlyMap<string, number>): { recallId: string; revision: number }[] {
  return [...revisions].map(([recallId, revision]) => ({ recallId, revision }))
}

async function recallsOwed(database: Database, kept: Kept): Promise<string[]> {
  const screened = await screenedRevisions(database.db)
  return [...kept.revisions].filter(([recallId, revision]) => (screened.get(recallId) ?? 0) < revision).map(([recallId]) => recallId)
}

function rowsOf(matches: readonly ScreenedMatch[], revisions: ReadonlyMap<string, number>): MatchRow[] {
  return matches.map((match) => ({ ...match, revision: revisions.get(match.recallId)! }))
}

function add(counts: ScreenCounts, matches: number, written: WrittenCounts): void {
  counts.matches += matches
  counts.added += written.added
  counts.changed += written.changed
  counts.removed += written.removed
}

/** Screens listings against all recalls, page by page, each page in one transaction with the mark that it was screened. */
async function screenListings(database: Database, which: 'all' | 'owed', counts: ScreenCounts, options: ScreenOptions): Promise<void> {
  let kept = await engineOf(database)
  let total: number | null = null
  for (let after = ''; ;) {
    const page = await listingsToScreen(database.db, { after, limit: PAGE_LISTINGS, rules: kept.rules, which })
    if (page.length === 0) return
    // One page is soon done: only of more it is asked how many there are.
    total ??= page.length < PAGE_LISTINGS ? page.length : await listingsToScreenCount(database.db, kept.rules, which)
    const matches = rowsOf([...kept.engine.screenListings(page.map((read) => read.listing))], kept.revisions)
    const written = await writeListings(database, kept, page, matches, options.at)
    if (written === null) {
      // A recall came in meanwhile: the page is screened again by an engine that knows it.
      kept = await engineOf(database)
      continue
    }
    add(counts, matches.length, written)
    counts.listings += page.length
    options.onProgress?.(counts.listings, Math.max(total, counts.listings))
    if (page.length < PAGE_LISTINGS) return
    after = page.at(-1)!.listing.listingId
  }
}

/** Writes what listings got from all recalls and marks them; null, and nothing written, where a recall came in since the engine was read. */
async function writeListings(
  database: Database,
  kept: Kept,
  listings: readonly ReadListing[],
  matches: readonly MatchRow[],
  at: Date,
  hold = holdWriting,
): Promise<WrittenCounts | null> {
  return transaction(database, async ({ db }) => {
    await hold(db)
    if ((await newestRevisionNo(db)) !== kept.version) return null
    const written = await writeMatches(db, { listingIds: listings.map((read) => read.listing.listingId) }, matches, at)
    await markListings(db, listings.map(markOf), kept.rules)
    return written
  })
}

/** Screens the listings, none of which is owed, against some recalls, and marks these when all is done. */
async function screenRecalls(
  database: Database,
  kept: Kept,
  recallIds: readonly string[],
  counts: ScreenCounts,
  options: ScreenOptions,
): Promise<void> {
  if (recallIds.length === 0) return
  await transaction(database, ({ db }) => awaitWriters(db))
  if (recallIds.length > RECALLS_ASKED_MAX) await screenCatalogue(database, kept, recallIds, counts, options)
  else for (const recallId of recallIds) await screenListingsOfRecall(database, kept, recallId, [], counts, options)
  await markRecalls(
    database.db,
    recallIds.map((recallId) => ({ recallId, revision: kept.revisions.get(recallId)! })),
    options.at,
  )
}

/** Screens the listings that share words with a recall, and these others, against it. Returns how many were read. */
async function screenListingsOfRecall(
  database: Database,
  kept: Kept,
  recallId: string,
  others: readonly string[],
  counts: ScreenCounts,
  options: ScreenOptions,
): Promise<number> {
  const narrow = narrowEngine(kept.engine, new Set([recallId]))
  const tokens = narrow.recalls.flatMap((recall) => recallTokens(recall, narrow.vocabulary))
  const ids = [...new Set([...(await listingsOfRecall(database.db, recallId, tokens)), ...others])]
  for (let at = 0; at < ids.length; at += PAGE_LISTINGS) {
    const listingIds = ids.slice(at, at + PAGE_LISTINGS)
    const matches = rowsOf([...narrow.screenListings(await listingsByIds(database.db, listingIds))], kept.revisions)
    add(counts, matches.length, await writeMatches(database.db, { listingIds, recallIds: [recallId] }, matches, options.at))
    options.onProgress?.(Math.min(ids.length, at + PAGE_LISTINGS), ids.length)
  }
  return ids.length
}

/** Screens all listings against some recalls. */
async function screenCatalogue(
  database: Database,
  kept: Kept,
  recallIds: readonly string[],
  counts: ScreenCounts,
  options: ScreenOptions,
): Promise<void> {
  const narrow = narrowEngine(kept.engine, new Set(recallIds))
  const total = await listingsToScreenCount(database.db, kept.rules, 'all')
  let read = 0
  for (let after = ''; ;) {
    const page = await listingsToScreen(database.db, { after, limit: PAGE_LISTINGS, rules: kept.rules, which: 'all' })
    if (page.length > 0) {
      const matches = rowsOf([...narrow.screenListings(page.map((each) => each.listing))], kept.revisions)
      const listingIds = page.map((each) => each.listing.listingId)
      add(counts, matches.length, await writeMatches(database.db, { listingIds, recallIds }, matches, options.at))
      read += page.length
      options.onProgress?.(counts.listings + read, Math.max(total, read) + counts.listings)
    }
    if (page.length < PAGE_LISTINGS) return
    after = page.at(-1)!.listing.listingId
  }
}
