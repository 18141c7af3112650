/** SQL of what was screened already: which recalls at which revision, which listings as of when, and by which rules. */
import { sql } from 'kysely'
import type { Database, Db } from '../platform/db.ts'
import { presentListing, type ListingRow } from './queries.ts'
import type { ScreenedListing } from './listing-features.ts'

/** A listing as it was read, with the time it was last changed as PostgreSQL prints it: a Date would lose the microseconds. */
export type ReadListing = { listing: ScreenedListing; updatedAt: string }

/** A listing that was screened: its words and codes as hashes, and since when it is as it was read. */
export type ScreenedMark = { listingId: string; updatedAt: string; tokens: readonly number[] }

const queues = new WeakMap<Database, Promise<unknown>>()

/** Runs `work` while nobody else screens this database: a second screening waits, in this process without a connection of its own. */
export async function whileAlone<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const turn = (queues.get(database) ?? Promise.resolve()).then(() => withLock(database, work))
  queues.set(
    database,
    turn.catch(() => {}),
  )
  return turn
}

/** The lock is the connection's: it ends with the process, however that ends. */
async function withLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  let broken: Error | undefined
  function onError(error: Error): void {
    broken = error
  }
  client.on('error', onError)
  try {
    await client.query(`select pg_advisory_lock(hashtext('matching.screening'))`)
    try {
      return await work()
    } finally {
      await client.query(`select pg_advisory_unlock(hashtext('matching.screening'))`).catch(onError)
    }
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/**
 * Held to the end of the transaction that writes what was screened against all recalls; `awaitWriters` waits until nobody holds it. So no
 * answer of an engine that did not know a recall yet is written after the screening of that recall has begun.
 */
export async function holdWriting(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('matching.writing'))`.execute(db)
}

/**
 * Nothing waits for the disk from here to the end of the transaction. What it writes is lost in a crash together with the mark, so the
 * listing is owed again; and whatever is written for good later takes it along, for the log is one.
 */
export async function holdLightly(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('matching.writing')), set_config('synchronous_commit', 'off', true)`.execute(db)
}

export async function awaitWriters(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('matching.writing'))`.execute(db)
}

/** The next listings by id, at most `limit`: all of them, or only those that were not screened as they are now by these rules. */
export async function listingsToScreen(
  db: Db,
  page: { after: string; limit: number; rules: string; which: 'all' | 'owed' },
): Promise<ReadListing[]> {
  // One page by key. What is owed is found in listings_as_of and screened_listings_as_of, read in the same order without their tables.
  const owed = sql`and not exists (select from matching.screened_listings s
                                    where s.listing_id = l.listing_id and s.updated_at = l.updated_at and s.rules = ${page.rules})`
  const { rows } = await sql<ListingRow & { updated_at: string }>`
    with asked as materialized (
      select l.listing_id
        from catalog.listings_view l
       where l.listing_id > ${page.after} ${page.which === 'owed' ? owed : sql``}
       order by l.listing_id
       limit ${page.limit}
    )
    select listing_id, title, brand, model, gtin, asin, description, category, attributes, price_minor, currency, updated_at::text
      from asked
      join catalog.listings_view using (listing_id)
     order by listing_id`.execute(db)
  return rows.map((row) => ({ listing: presentListing(row), updatedAt: row.updated_at }))
}

/** One listing, with what tells whether the kept engine is up to date, in one look. */
export type ListingLook = ReadListing & {
  /** Whose rules it was screened by as it is now; null where it was not. */
  rules: string | null
  hasMatches: boolean
}

type LookRow = Omit<ListingRow, 'listing_id'> & {
  listing_id: string | null
  updated_at: string
  rules: string | null
  has_matches: boolean
  version: number
  setting_no: number
}

/** The newest revision and setting there are, and the listing; null where there is no such listing. */
export async function lookAtListing(
  { pool }: Database,
  listingId: string,
): Promise<{ version: number; settingNo: number; read: ListingLook | null }> {
  // The ends of two indexes, and the primary keys of listings, screened_listings and matches. Named: planned once for each connection.
  const { rows } = await pool.query<LookRow>({
    name: 'matching.look',
    text: `
      select (select coalesce(max(revision_no), 0) from recalls.revision_order_view) as version,
             (select coalesce(max(setting_no), 0) from matching.settings) as setting_no,
             l.listing_id, title, brand, model, gtin, asin, description, category, attributes, price_minor, currency, l.updated_at::text, s.rules,
             exists (select from matching.matches m where m.listing_id = l.listing_id) as has_matches
        from (select $1::text as asked) a
        left join catalog.listings_view l on l.listing_id = a.asked
        left join matching.screened_listings s on s.listing_id = l.listing_id and s.updated_at = l.updated_at`,
    values: [listingId],
  })
  const { version, setting_no: settingNo, ...row } = rows[0]!
  if (row.listing_id === null) return { version, settingNo, read: null }
  const listing = presentListing({ ...row, listing_id: row.listing_id })
  return { version, settingNo, read: { listing, updatedAt: row.updated_at, rules: row.rules, hasMatches: row.has_matches } }
}

/** Marks one listing that got no match and had none; false, and nothing written, where a revision came in since the engine was read. */
export async function markListing({ pool }: Database, mark: ScreenedMark, rules: string, newest: number): Promise<boolean> {
  const { rows } = await pool.query<{ marked: boolean }>({
    name: 'matching.mark',
    text: 'select matching.mark_screened($1, $2::timestamptz, $3, $4::int[], $5) as marked',
    values: [mark.listingId, mark.updatedAt, rules, `{${mark.tokens.join(',')}}`, newest],
  })
  return rows[0]!.marked
}

/** How many listings there are, or were not screened as they are now by these rules. */
export async function listingsToScreenCount(db: Db, rules: string, which: 'all' | 'owed'): Promise<number> {
  // Reads both keys once, from listings_as_of and screened_listings_as_of.
  const { rows } = await sql<{ listings: number }>`
    select count(*) as listings
      from catalog.listings_view l
      left join matching.screened_listings s on s.listing_id = l.listing_id and s.updated_at = l.updated_at and s.rules = ${rules}
     where ${which === 'all'} or s.listing_id is null`.execute(db)
  return rows[0]!.listings
}

export async function markListings(db: Db, marks: readonly ScreenedMark[], rules: string): Promise<void> {
  if (marks.length === 0) return
  await sql`
    insert into matching.screened_listings (listing_id, updated_at, rules, tokens)
    select listing_id, updated_at, ${rules}, tokens::int[]
      from unnest(${marks.map((mark) => mark.listingId)}::text[], ${marks.map((mark) => mark.updatedAt)}::timestamptz[],
                  ${marks.map((mark) => `{${mark.tokens.join(',')}}`)}::text[]) as m (listing_id, updated_at, tokens)
    on conflict (listing_id) do update set updated_at = excluded.updated_at, rules = excluded.rules, tokens = excluded.tokens
     where (screened_listings.updated_at, screened_listings.rules, screened_listings.tokens)
           is distinct from (excluded.updated_at, excluded.rules, excluded.tokens)`.execute(db)
}

/** Whether no listing counts as screened yet. */
export async function nothingScreened(db: Db): Promise<boolean> {
  const { rows } = await sql<{ nothing: boolean }>`select not exists (select from matching.screened_listings) as nothing`.execute(db)
  return rows[0]!.nothing
}

/** At which revision each recall was last screened against the whole catalogue. Some fifty bytes a recall. */
export async function screenedRevisions(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ recall_id: string; revision: number }>`select recall_id, revision from matching.screened_recalls`.execute(db)
  return new Map(rows.map((row) => [row.recall_id, row.revision]))
}

/** From now on these recalls count as screened against every listing, at the revision given. */
export async function markRecalls(db: Db, screened: readonly { recallId: string; revision: number }[], at: Date): Promise<void> {
  if (screened.length === 0) return
  await sql`
    insert into matching.screened_recalls (recall_id, revision, screened_at)
    select recall_id, revision, ${at}::timestamptz
      from unnest(${screened.map((each) => each.recallId)}::text[], ${screened.map((each) => each.revision)}::int[]) as s (recall_id, revision)
    on conflict (recall_id) do update set revision = excluded.revision, screened_at = excluded.screened_at
     where screened_recalls.revision < excluded.revision`.execute(db)
}

/** The listings that have one of the tokens, and those that have a match with the recall, by id. */
export async function listingsOfRecall(db: Db, recallId: string, tokens: readonly number[]): Promise<string[]> {
  // The index screened_listings_tokens finds the first, matches_recall the others.
  const { rows } = await sql<{ listing_id: string }>`
    select listing_id from matching.screened_listings where tokens && ${tokens}::int[]
    union
    select listing_id from matching.matches where recall_id = ${recallId}
    order by listing_id`.execute(db)
  return rows.map((row) => row.listing_id)
}

/** Listings that were not screened as they are now by these rules, by id. */
export async function listingsOwed(db: Db, rules: string): Promise<string[]> {
  // Reads both keys once, as in `listingsToScreenCount`.
  const { rows } = await sql<{ listing_id: string }>`
    select l.listing_id
      from catalog.listings_view l
      left join matching.screened_listings s on s.listing_id = l.listing_id and s.updated_at = l.updated_at and s.rules = ${rules}
     where s.listing_id is null
     order by l.listing_id`.execute(db)
  return rows.map((row) => row.listing_id)
}

/** The listings with these ids. */
export async function listingsByIds(db: Db, listingIds: readonly string[]): Promise<ScreenedListing[]> {
  // Served by the primary key of catalog.listings.
  const { rows } = await sql<ListingRow>`
    select listing_id, title, brand, model, gtin, asin, description, category, attributes, price_minor, currency
      from catalog.listings_view
     where listing_id = any(${listingIds}::text[])`.execute(db)
  return rows.map(presentListing)
}
