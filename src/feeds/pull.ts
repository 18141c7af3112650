/**
 * Hears an agency: asks its addresses, keeps what comes, looks at it, takes it in as files are taken in, and only then remembers how far it
 * heard. Each pull leaves one row that says what happened; a pull that failed, was held or was killed changes nothing for the next one.
 */
import { transaction, type Database } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import type { Agency } from '../recalls/index.ts'
import { FEEDS } from './agencies.ts'
import { openAsking, type Arrived, type AskDeps, type Asking } from './ask.ts'
import type { AgencyFeed, FeedProblem } from './contract.ts'
import type { Failure } from './fetch.ts'
import { importFeedFiles, type ImportReport } from './import.ts'
import { decideHold, insertHold, openHolds, refusalOfContent } from './queries-holds.ts'
import {
  cursorOf,
  endPull,
  forgetOldBodies,
  fullTriedAt,
  markCommitted,
  moveCursor,
  saveBodies,
  startPull,
  unknownEntries,
  withSourceLock,
  type Cursor,
  type PullEnd,
  type PullOutcome,
} from './queries-pulls.ts'
import { SOURCES, type Source } from './sources.ts'
import { addDays, walkSource, type Mode, type Walked } from './walk.ts'
import { contentOf, unusualSize } from './unusual-size.ts'

export type PullDeps = AskDeps & {
  database: Database
  /** Other addresses and readers than the agencies' own: for tests. */
  sources?: readonly Source[]
  feeds?: Readonly<Record<Agency, AgencyFeed>>
}

export type PullOrder = {
  at: Date
  /** `rule:schedule`, `cli`, `officer:…`. */
  actor: string
  /** `full` asks for everything although no rescan is due. */
  mode?: 'full'
  signal?: AbortSignal
}

export type PullReport = {
  source: string
  agency: Agency
  mode: Mode
  /** `busy`: another process pulls this source, and nothing was asked. */
  outcome: PullOutcome | 'busy'
  reason: string | null
  /** What happened, for people; empty where all went well. */
  said: string
  requests: number
  bytes: number
  items: number
  newRecalls: number
  newRevisions: number
  refused: number
  /** The first problems with documents that came. */
  problems: FeedProblem[]
}

/** Pulls every source of an agency, one after the other; what fails for one does not keep the others from being heard. */
export async function pullFeed(deps: PullDeps, agency: Agency, order: PullOrder): Promise<PullReport[]> {
  const reports: PullReport[] = []
  for (const source of (deps.sources ?? SOURCES).filter((each) => each.agency === agency)) {
    if (order.signal?.aborted === true) break
    reports.push(await pullSource(deps, source, order))
  }
  return reports
}

/** Pulls one source. Safe to run twice, and at once by two processes: the second finds the source busy. */
export async function pullSource(deps: PullDeps, source: Source, order: PullOrder): Promise<PullReport> {
  return (await withSourceLock(deps.database, source.name, () => pullLocked(deps, source, order))) ?? busyReport(source)
}

/** A pull under way. */
type Pull = {
  deps: PullDeps
  source: Source
  order: PullOrder
  pullId: string
  mode: Mode
  window: { from: string; to: string } | null
  cursor: Cursor
  asking: Asking
  now: () => Date
}

async function pullLocked(deps: PullDeps, source: Source, order: PullOrder): Promise<PullReport> {
  const startedMs = performance.now()
  function now(): Date {
    return new Date(order.at.getTime() + performance.now() - startedMs)
  }
  const { db } = deps.database
  const cursor = await cursorOf(db, source.name)
  const mode = modeOf(source, cursor, await fullTriedAt(db, source.name), order)
  const feed = (deps.feeds ?? FEEDS)[source.agency]
  const signal = order.signal ?? new AbortController().signal
  const window = windowOf(source, mode, cursor, order.at)
  const asking = openAsking(deps, source, feed, signal)
  const pull: Pull = { deps, source, order, pullId: newId(order.at), mode, window, cursor, asking, now }
  await startPull(db, { pullId: pull.pullId, source: source.name, agency: source.agency, actor: order.actor, mode, window, at: order.at })
  try {
    const walked = await walkSource(source, asking, {
      mode,
      window,
      validators: mode === 'full' ? null : cursor,
      usualItems: cursor.fullItems,
      unknownEntries: (entries) => unknownEntries(db, entries),
    })
    await saveBodies(db, pull.pullId, walked.arrived, now())
    const report = await settle(pull, walked, feed)
    await forget(deps, source, order.at)
    return report
  } catch (error) {
    const stopped = signal.aborted
    const said = stopped ? 'this process was stopped' : `a fault of this program: ${(error as Error).message}`
    const report = await ended(pull, { outcome: 'failed', reason: stopped ? 'stopped' : 'fault', said }, null, null)
    if (!stopped) throw error
    return report
  }
}

/**
 * Everything, where that was never done, is due again, or is asked for; else what is new. A rescan that failed or is held waits for a day:
 * what is new must be heard meanwhile.
 */
function modeOf(source: Source, cursor: Cursor, triedAt: Date | null, order: PullOrder): Mode {
  if (order.mode === 'full') return 'full'
  const due = cursor.fullAt === null || order.at.getTime() - cursor.fullAt.getTime() >= source.fullEveryDays * DAY_MS
  const tried = triedAt !== null && order.at.getTime() - triedAt.getTime() < DAY_MS
  return due && !(tried && (source.walk.kind === 'days' || cursor.fullAt !== null)) ? 'full' : 'new'
}

const DAY_MS = 86_400_000
/** Days asked for where a first rescan failed: enough for what a marketplace may still sell. */
const DAYS_AT_FIRST = 90

/** To tomorrow, as it is tomorrow somewhere. */
function windowOf(source: Source, mode: Mode, cursor: Cursor, at: Date): { from: string; to: string } | null {
  const { walk } = source
  if (walk.kind !== 'days') return null
  const today = at.toISOString().slice(0, 10)
  const from = cursor.heardTo === null ? addDays(today, -DAYS_AT_FIRST) : addDays(cursor.heardTo, -walk.overlapDays)
  return { from: mode === 'full' ? walk.since : from, to: addDays(today, 1) }
}

/** Decides what becomes of what came. */
async function settle(pull: Pull, walked: Walked, feed: AgencyFeed): Promise<PullReport> {
  const { deps, source, cursor } = pull
  const { db } = deps.database
  const content = contentOf(walked.arrived.map((each) => each.inside.unpackedSha256))
  const unusual = unusualSize(walked.dumpItems ?? itemsOf(walked.arrived), cursor.fullItems)
  if (walked.failure !== null) {
    // A failed walk says nothing of the size of the whole; only far too much is not taken in.
    const imported = unusual?.kind === 'grown' ? null : await takeIn(pull, walked, feed)
    if (imported !== null && imported.unkept === 0 && source.walk.kind === 'list') await markCommitted(db, pull.pullId, pull.now())
    return await ended(pull, failedEnd(walked.failure, imported), walked, imported)
  }
  if (walked.notModified) return await unchanged(pull, walked, cursor)
  if (walked.dumpItems !== null && unusual !== null) return await hold(pull, walked, content, unusual.said)
  if (source.walk.kind === 'whole' && content.equals(cursor.unpackedSha256 ?? Buffer.alloc(0)))
    return await unchanged(pull, walked, cursorAfter(pull, walked, content))
  const imported = await takeIn(pull, walked, feed)
  if (imported !== null && imported.unkept > 0) {
    const said = `${imported.unkept} of ${imported.items} items were no documents; they are asked for again`
    return await ended(pull, { outcome: 'incomplete', reason: 'unread_items', said }, walked, imported)
  }
  return await done(pull, walked, imported, cursorAfter(pull, walked, content))
}

async function takeIn(pull: Pull, walked: Walked, feed: AgencyFeed): Promise<ImportReport | null> {
  if (itemsOf(walked.arrived) === 0) return null
  const { deps, source, order } = pull
  const filePaths = walked.arrived.map((each) => deps.bodies.pathOf(each.body.sha256))
  return await importFeedFiles(deps.database, { agency: source.agency, feed, source: source.name, filePaths }, { at: order.at })
}

/** How far the source is heard when all of this is in the database. */
function cursorAfter(pull: Pull, walked: Walked, content: Buffer): Cursor {
  const { source, cursor, mode, window, order } = pull
  const whole = source.walk.kind === 'whole' ? walked.arrived.at(-1) : undefined
  return {
    etag: whole?.etag ?? null,
    lastModified: whole?.lastModified ?? null,
    unpackedSha256: whole === undefined ? null : content,
    // The day that is not over yet is asked for again.
    heardTo: window === null ? null : addDays(window.to, -1),
    fullAt: mode === 'full' ? order.at : cursor.fullAt,
    fullItems: walked.dumpItems ?? cursor.fullItems,
  }
}

async function done(pull: Pull, walked: Walked, imported: ImportReport | null, cursor: Cursor): Promise<PullReport> {
  const more = walked.left > 0
  const said = more ? `${walked.left} documents of the list are left for the next pull` : ''
  return await transaction(pull.deps.database, async (tx) => {
    await markCommitted(tx.db, pull.pullId, pull.now())
    // While documents are left, everything is still to be heard.
    if (!more) await moveCursor(tx.db, pull.source.name, cursor, pull.pullId, pull.now())
    await supersedeHolds(pull, walked, tx.db)
    return await ended(pull, { outcome: 'done', reason: more ? 'more' : null, said }, walked, imported, tx.db)
  })
}

async function unchanged(pull: Pull, walked: Walked, cursor: Cursor): Promise<PullReport> {
  return await transaction(pull.deps.database, async (tx) => {
    await moveCursor(tx.db, pull.source.name, cursor, pull.pullId, pull.now())
    return await ended(pull, { outcome: 'unchanged', reason: null, said: '' }, walked, null, tx.db)
  })
}

/** A dump of the usual size came after one that is held: there is nothing left to decide. */
async function supersedeHolds(pull: Pull, walked: Walked, db: Database['db']): Promise<void> {
  if (walked.dumpItems === null) return
  const decision = { decision: 'superseded', actor: 'rule:usual-size', reason: 'a later dump has the usual size', at: pull.now() } as const
  for (const open of await openHolds(db, [pull.source.name])) await decideHold(db, open.holdId, decision)
}

async function hold(pull: Pull, walked: Walked, content: Buffer, reason: string): Promise<PullReport> {
  const { source, cursor, deps } = pull
  const refusal = await refusalOfContent(deps.database.db, source.name, content)
  if (refusal !== null) {
    const said = `${reason}; ${refusal.actor} refused exactly this content on ${refusal.decidedAt.toISOString().slice(0, 10)}`
    return await ended(pull, { outcome: 'failed', reason: 'refused_before', said }, walked, null)
  }
  return await transaction(deps.database, async (tx) => {
    const before = await openHolds(tx.db, [source.name])
    if (!before.some((each) => each.unpackedSha256.equals(content))) {
      const decision = { decision: 'superseded', actor: 'rule:newer-dump', reason: 'a newer dump is held', at: pull.now() } as const
      for (const each of before) await decideHold(tx.db, each.holdId, decision)
      await insertHold(tx.db, {
        holdId: newId(pull.now()),
        source: source.name,
        agency: source.agency,
        pullId: pull.pullId,
        heldAt: pull.now(),
        reason,
        items: walked.dumpItems!,
        usualItems: cursor.fullItems!,
        unpackedSha256: content,
      })
    }
    const said = `${reason}; nothing of it is taken in until a person has looked: tocsin feed release ${source.agency}`
    return await ended(pull, { outcome: 'held', reason: 'unusual_size', said }, walked, null, tx.db)
  })
}

function failedEnd(
  failure: Failure,
  imported: ImportReport | null,
): Pick<PullEnd, 'outcome' | 'reason' | 'said'> & { retryAfterMs: number | null } {
  const kept = imported === null ? '' : `; ${imported.items} whole items that came were taken in`
  return { outcome: 'failed', reason: failure.reason, said: `${failure.said}${kept}`, retryAfterMs: failure.retryAfterMs }
}

type Ending = Pick<PullEnd, 'outcome' | 'reason' | 'said'> & { retryAfterMs?: number | null }

async function ended(
  pull: Pull,
  ending: Ending,
  walked: Walked | null,
  imported: ImportReport | null,
  db: Database['db'] = pull.deps.database.db,
): Promise<PullReport> {
  const { outcome, reason, said } = ending
  const at = pull.now()
  const arrived = walked?.arrived ?? []
  const bytes = arrived.reduce((sum, each) => sum + each.body.bytes, 0)
  const counts = { requests: pull.asking.requests(), bytes, items: imported?.items ?? walked?.dumpItems ?? 0 }
  const { retryAfterMs = null } = ending
  const notBefore = retryAfterMs === null ? null : new Date(at.getTime() + retryAfterMs)
  await endPull(db, pull.pullId, { outcome, reason, said, ...counts, importId: imported?.importId ?? null, notBefore, at })
  const { newRecalls, newRevisions, refused, problems } = imported ?? NOTHING_TAKEN_IN
  const { name: source, agency } = pull.source
  return { source, agency, mode: pull.mode, outcome, reason, said, ...counts, newRecalls, newRevisions, refused, problems }
}

const NOTHING_TAKEN_IN = { newRecalls: 0, newRevisions: 0, refused: 0, problems: [] }

function busyReport(source: Source): PullReport {
  const { name, agency } = source
  const said = 'another process is pulling it'
  const counts = { requests: 0, bytes: 0, items: 0 }
  return { source: name, agency, mode: 'new', outcome: 'busy', reason: 'busy', said, ...counts, ...NOTHING_TAKEN_IN }
}

function itemsOf(arrived: readonly Arrived[]): number {
  return arrived.reduce((sum, each) => sum + each.inside.items, 0)
}

/** The documents are in the database; files of bodies stay for a few pulls, to look at. */
async function forget(deps: PullDeps, source: Source, at: Date): Promise<void> {
  for (const body of await forgetOldBodies(deps.database.db, source.name)) await deps.bodies.forget(body)
  await deps.bodies.sweep(new Date(at.getTime() - DAY_MS))
}
