/** Screening of what is in the database: all listings, one recall, one listing. Safe to run twice; memory is bounded by the recalls and one page. */
import { recallsForScreening } from '../recalls/index.ts'
import type { Recall } from '../recalls/index.ts'
import type { Database, Db } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { buildEngine, narrowEngine, type Engine, type ScreenedMatch } from './engine.ts'
import type { ScreenedListing } from './listing-features.ts'
import { listingCount, listingOf, listingsAfter, recallsVersion, writeMatches, type MatchRow, type WrittenCounts } from './queries.ts'

/** Listings read and written at once: about a megabyte of text, some hundred matches. */
const PAGE_LISTINGS = 2_000

export type Progress = (done: number, total: number) => void

export type ScreenOptions = { at: Date; onProgress?: Progress }

export type ScreenCounts = WrittenCounts & { recalls: number; listings: number; matches: number }

type Kept = { version: string; engine: Engine; revisions: ReadonlyMap<string, number> }

const kept = new WeakMap<Database, Promise<Kept>>()

/** The engine over all current recalls of a database, kept in memory and built anew when a recall or a revision was added. */
async function engineOf(database: Database): Promise<Kept> {
  const version = await recallsVersion(database.db)
  const known = kept.get(database)
  if (known !== undefined && (await known.catch(() => null))?.version === version) return known
  const building = buildFrom(database.db, version)
  kept.set(database, building)
  return building
}

async function buildFrom(db: Db, version: string): Promise<Kept> {
  const recalls: Recall[] = []
  const revisions = new Map<string, number>()
  for await (const current of recallsForScreening(db)) {
    recalls.push(current.recall)
    revisions.set(current.recallId, current.revision)
  }
  return { version, engine: buildEngine(recalls), revisions }
}

function rowsOf(matches: readonly ScreenedMatch[], revisions: ReadonlyMap<string, number>): MatchRow[] {
  return matches.map((match) => ({ ...match, revision: revisions.get(match.recallId) ?? 1 }))
}

/** Screens every listing against every current recall. */
export async function screenAll(database: Database, options: ScreenOptions): Promise<ScreenCounts> {
  const { engine, revisions } = await engineOf(database)
  return screenPages(database.db, (listings) => rowsOf([...engine.screenListings(listings)], revisions), engine.recalls.length, options)
}

/** Screens every listing against one recall: a new one, or one that was revised. */
export async function screenRecall(database: Database, recallId: string, options: ScreenOptions): Promise<Result<ScreenCounts>> {
  const { engine, revisions } = await engineOf(database)
  if (!revisions.has(recallId)) return fail('not_found', `There is no recall ${recallId}.`, 'recall')
  const narrow = narrowEngine(engine, recallId)
  return ok(await screenPages(database.db, (listings) => rowsOf([...narrow.screenListings(listings)], revisions), 1, options, recallId))
}

/** Screens one listing, new or changed, against every current recall, and returns what is worth a look, best first. */
export async function screenListing(database: Database, listingId: string, options: { at: Date }): Promise<Result<ScreenedMatch[]>> {
  const { engine, revisions } = await engineOf(database)
  const listing = await listingOf(database.db, listingId)
  if (listing === null) return fail('not_found', `There is no listing ${listingId}.`, 'listing')
  const matches = engine.screenListing(listing)
  await writeMatches(database.db, { listingIds: [listingId] }, rowsOf(matches, revisions), options.at)
  return ok(matches)
}

async function screenPages(
  db: Db,
  screen: (listings: ScreenedListing[]) => MatchRow[],
  recalls: number,
  options: ScreenOptions,
  recallId?: string,
): Promise<ScreenCounts> {
  const counts: ScreenCounts = { recalls, listings: 0, matches: 0, added: 0, changed: 0, removed: 0 }
  const total = await listingCount(db)
  let after = ''
  while (true) {
    const page = await listingsAfter(db, after, PAGE_LISTINGS)
    if (page.length > 0) {
      const matches = screen(page)
      const listingIds = page.map((listing) => listing.listingId)
      const written = await writeMatches(db, recallId === undefined ? { listingIds } : { listingIds, recallId }, matches, options.at)
      counts.listings += page.length
      counts.matches += matches.length
      counts.added += written.added
      counts.changed += written.changed
      counts.removed += written.removed
      options.onProgress?.(counts.listings, Math.max(total, counts.listings))
    }
    if (page.length < PAGE_LISTINGS) return counts
    after = page.at(-1)!.listingId
  }
}
