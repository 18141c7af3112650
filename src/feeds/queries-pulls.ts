/** SQL of pulling: what was asked and what came of it, how far each source is committed, and dumps that wait for a person. */
import { sql } from 'kysely'
import type { Database, Db } from '../platform/db.ts'
import type { Agency } from '../recalls/index.ts'
import type { ListEntry } from './lists.ts'
import type { Arrived } from './ask.ts'
import type { Mode } from './walk.ts'

/**
 * Runs `work` while no other process pulls this source, or returns null where one does. The lock is the connection's: it ends with the
 * process, however that ends.
 */
export async function withSourceLock<T>(database: Database, source: string, work: () => Promise<T>): Promise<T | null> {
  const client = await database.pool.connect()
  const key = `feeds.pull:${source}`
  let broken: Error | undefined
  function onError(error: Error): void {
    broken = error
  }
  client.on('error', onError)
  try {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as locked', [key])
    if (rows[0]?.locked !== true) return null
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch(onError)
    }
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

export type PullStart = {
  pullId: string
  source: string
  agency: Agency
  actor: string
  mode: Mode
  window: { from: string; to: string } | null
  at: Date
}

/** Records that a pull begins. Whoever calls holds the source's lock: a pull of it that never ended was killed, and is closed. */
export async function startPull(db: Db, start: PullStart): Promise<void> {
  // Served by pulls_source.
  await sql`update feeds.pulls
               set ended_at = greatest(${start.at}::timestamptz, started_at), outcome = 'died', reason = 'died',
                   said = 'the process ended before the pull did'
             where source = ${start.source} and outcome is null`.execute(db)
  await db
    .insertInto('feeds.pulls')
    .values({
      pull_id: start.pullId,
      source: start.source,
      agency: start.agency,
      actor: start.actor,
      mode: start.mode,
      window_from: start.window?.from ?? null,
      window_to: start.window?.to ?? null,
      started_at: start.at,
    })
    .execute()
}

export type PullOutcome = 'done' | 'unchanged' | 'held' | 'incomplete' | 'failed' | 'died'

export type PullEnd = {
  outcome: PullOutcome
  reason: string | null
  said: string
  requests: number
  bytes: number
  items: number
  importId: string | null
  notBefore: Date | null
  at: Date
}

export async function endPull(db: Db, pullId: string, end: PullEnd): Promise<void> {
  await db
    .updateTable('feeds.pulls')
    .set({
      ended_at: end.at,
      outcome: end.outcome,
      reason: end.reason,
      said: end.said,
      requests: end.requests,
      bytes: end.bytes,
      items: end.items,
      import_id: end.importId,
      not_before: end.notBefore,
    })
    .where('pull_id', '=', pullId)
    .execute()
}

/** Records the bodies of a pull, in the order in which they were asked for. Bounded by the requests of one pull. */
export async function saveBodies(db: Db, pullId: string, bodies: readonly Arrived[], at: Date): Promise<void> {
  if (bodies.length === 0) return
  await db
    .insertInto('feeds.pull_bodies')
    .values(
      bodies.map((each, index) => ({
        pull_id: pullId,
        body_no: index + 1,
        address: each.address,
        version: each.version,
        status: 200,
        body_sha256: each.body.sha256,
        body_bytes: each.body.bytes,
        unpacked_sha256: each.inside.unpackedSha256,
        items: each.inside.items,
        received_at: at,
      })),
    )
    .execute()
}

/** The documents of a pull's bodies are in the database: a list that names them need not have them asked again. */
export async function markCommitted(db: Db, pullId: string, at: Date): Promise<void> {
  await db.updateTable('feeds.pull_bodies').set({ committed_at: at }).where('pull_id', '=', pullId).execute()
}

/** Entries of a list of which no body is in the database. */
export async function unknownEntries(db: Db, entries: readonly ListEntry[]): Promise<ListEntry[]> {
  // Each entry is one look-up in pull_bodies_address.
  const { rows } = await sql<ListEntry>`
    select address, version
      from unnest(${entries.map((each) => each.address)}::text[], ${entries.map((each) => each.version)}::text[])
           with ordinality as e (address, version, no)
     where not exists (select from feeds.pull_bodies b
                        where b.address = e.address and b.version = e.version and b.committed_at is not null)
     order by no`.execute(db)
  return rows
}

/** How far a source is committed. */
export type Cursor = {
  etag: string | null
  lastModified: string | null
  unpackedSha256: Buffer | null
  /** `YYYY-MM-DD`. */
  heardTo: string | null
  fullAt: Date | null
  /** Items of the last dump that was taken in: what is usual. */
  fullItems: number | null
}

const NO_CURSOR: Cursor = { etag: null, lastModified: null, unpackedSha256: null, heardTo: null, fullAt: null, fullItems: null }

export async function cursorOf(db: Db, source: string): Promise<Cursor> {
  const { rows } = await sql<Cursor>`
    select etag, last_modified as "lastModified", unpacked_sha256 as "unpackedSha256", heard_to as "heardTo", full_at as "fullAt",
           full_items as "fullItems"
      from feeds.cursors where source = ${source}`.execute(db)
  return rows[0] ?? NO_CURSOR
}

export async function moveCursor(db: Db, source: string, cursor: Cursor, pullId: string, at: Date): Promise<void> {
  const values = {
    etag: cursor.etag,
    last_modified: cursor.lastModified,
    unpacked_sha256: cursor.unpackedSha256,
    heard_to: cursor.heardTo,
    full_at: cursor.fullAt,
    full_items: cursor.fullItems,
    pull_id: pullId,
    moved_at: at,
  }
  await db
    .insertInto('feeds.cursors')
    .values({ source, ...values })
    .onConflict((conflict) => conflict.column('source').doUpdateSet(values))
    .execute()
}

/** When everything was last asked for and not had; null where it never was, or where the rest of a list is being read. */
export async function fullTriedAt(db: Db, source: string): Promise<Date | null> {
  // The newest full pull, by pulls_source.
  const { rows } = await sql<{ at: Date; reason: string | null }>`
    select started_at as at, reason from feeds.pulls
     where source = ${source} and mode = 'full' and outcome is not null
     order by started_at desc limit 1`.execute(db)
  return rows[0] === undefined || rows[0].reason === 'more' ? null : rows[0].at
}

export type BodyRow = { sha256: Buffer; unpackedSha256: Buffer; address: string }

/** The bodies of a pull, in the order in which they were asked for. */
export async function bodiesOf(db: Db, pullId: string): Promise<BodyRow[]> {
  const { rows } = await sql<BodyRow>`
    select body_sha256 as sha256, unpacked_sha256 as "unpackedSha256", address
      from feeds.pull_bodies where pull_id = ${pullId} order by body_no`.execute(db)
  return rows
}

/** Pulls of a source whose bodies stay in their files, beside those that are held. */
const PULLS_KEPT = 5
const FORGOTTEN_AT_ONCE = 5_000

/** Marks bodies that are old as no longer kept, and returns those whose file no other pull needs. */
export async function forgetOldBodies(db: Db, source: string): Promise<Buffer[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    -- The newest pulls that brought bodies, and those whose dump waits for a person.
    with kept as (
      (select pull_id from feeds.pulls p
        where p.source = ${source} and exists (select from feeds.pull_bodies b where b.pull_id = p.pull_id)
        order by started_at desc limit ${PULLS_KEPT})
      union
      select pull_id from feeds.holds h where not exists (select from feeds.hold_decisions d where d.hold_id = h.hold_id)
    ),
    -- Older bodies of this source. Served by pulls_source and the primary key of the bodies.
    old as (
      select b.pull_id, b.body_no
        from feeds.pulls p join feeds.pull_bodies b using (pull_id)
       where p.source = ${source} and b.file_kept and p.pull_id not in (select pull_id from kept)
       limit ${FORGOTTEN_AT_ONCE}
    ),
    forgotten as (
      update feeds.pull_bodies b set file_kept = false from old where b.pull_id = old.pull_id and b.body_no = old.body_no
      returning b.pull_id, b.body_no, b.body_sha256
    )
    -- The same bytes may be a younger pull's too: pull_bodies_file tells. (The update above is not visible here yet.)
    select distinct f.body_sha256 as sha256
      from forgotten f
     where not exists (select from feeds.pull_bodies o
                        where o.body_sha256 = f.body_sha256 and o.file_kept
                          and not exists (select from forgotten g where g.pull_id = o.pull_id and g.body_no = o.body_no))`.execute(db)
  return rows.map((row) => row.sha256)
}
