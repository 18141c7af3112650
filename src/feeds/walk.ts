/** Walks a source: which addresses are asked, in which order, and what is made of an answer that is none (data: `sources.ts`). */
import { readFile } from 'node:fs/promises'
import type { Arrived, Asking, Reply } from './ask.ts'
import type { Failure, FailureReason } from './fetch.ts'
import type { Inside } from './inspect.ts'
import { readList, type ListEntry } from './lists.ts'
import type { Source, Walk } from './sources.ts'

/** Everything, or what is new since the cursor. */
export type Mode = 'full' | 'new'

export type WalkOrder = {
  mode: Mode
  /** The days asked for, both inclusive, where the source is asked by days. */
  window: { from: string; to: string } | null
  validators: { etag: string | null; lastModified: string | null } | null
  /** Items of everything there is, as far as known. */
  usualItems: number | null
  /** Of the entries of a list, those that are not in the database yet. */
  unknownEntries: (entries: readonly ListEntry[]) => Promise<ListEntry[]>
}

export type Walked = {
  arrived: Arrived[]
  /** Null where all that was to be asked was answered. */
  failure: Failure | null
  notModified: boolean
  /** Items of everything there is, where that is known: what a dump of unusual size is told by. */
  dumpItems: number | null
  /** Documents that a list names and that are left for the next pull. */
  left: number
}

/** Asking for fewer days helps against these: they come from a server that cannot finish. */
const SPLIT: ReadonlySet<FailureReason> = new Set(['agency_error', 'truncated', 'idle_timeout', 'total_timeout', 'too_large'])
/** Another way to ask helps against these. */
const OTHER_WAY: ReadonlySet<FailureReason> = new Set(['agency_error', 'status', 'server', 'not_found', 'window_ignored'])
const SPLITS_MAX = 10
const LIST_FAILURES_MAX = 3
const LIST_BYTES_MAX = 20 * 1024 * 1024

export async function walkSource(source: Source, asking: Asking, order: WalkOrder): Promise<Walked> {
  const { walk } = source
  if (walk.kind === 'whole') return await walkWhole(walk, asking, order)
  if (walk.kind === 'list') return await walkList(walk, asking, order)
  return await walkDays(walk, asking, order)
}

const NOTHING: Walked = { arrived: [], failure: null, notModified: false, dumpItems: null, left: 0 }

async function walkWhole(walk: Walk & { kind: 'whole' }, asking: Asking, order: WalkOrder): Promise<Walked> {
  const reply = await asking.ask(walk.address, { validators: order.validators })
  if (reply.kind === 'not_modified') return { ...NOTHING, notModified: true }
  if (reply.kind === 'none') return NOTHING
  if (reply.kind === 'failed') return { ...NOTHING, arrived: reply.arrived === null ? [] : [reply.arrived], failure: reply.failure }
  return { ...NOTHING, arrived: [reply.arrived], dumpItems: walk.dump ? reply.arrived.inside.items : null }
}

async function walkDays(walk: Walk & { kind: 'days' }, asking: Asking, order: WalkOrder): Promise<Walked> {
  const arrived: Arrived[] = []
  const window = order.window!
  let failure: Failure | null = null
  if (order.mode === 'full' && walk.whole !== null) {
    const reply = await asking.ask(walk.whole)
    failure = taken(reply, arrived)
    if (failure === null) return { ...NOTHING, arrived, dumpItems: itemsOf(arrived) }
    if (!SPLIT.has(failure.reason)) return { ...NOTHING, arrived, failure }
    failure = await inHalves(window, 0)
  } else failure = await days(window.from, window.to, 0)
  return { ...NOTHING, arrived, failure, dumpItems: order.mode === 'full' && failure === null ? itemsOf(arrived) : null }

  /** Asks for these days in each way that there is; for half of them where the agency cannot answer for all. */
  async function days(from: string, to: string, depth: number): Promise<Failure | null> {
    let failure: Failure | null = null
    for (const template of order.mode === 'full' ? walk.byDays.slice(-1) : walk.byDays) {
      failure = await pages(addressOf(template, { from: dayText(from, walk.dates), to: dayText(to, walk.dates) }))
      if (failure === null || !OTHER_WAY.has(failure.reason)) break
    }
    if (failure === null || !SPLIT.has(failure.reason) || from >= to || depth >= SPLITS_MAX) return failure
    return await inHalves({ from, to }, depth)
  }

  async function inHalves({ from, to }: { from: string; to: string }, depth: number): Promise<Failure | null> {
    const middle = middleDay(from, to)
    return (await days(from, middle, depth + 1)) ?? (await days(addDays(middle, 1), to, depth + 1))
  }

  /** One answer and those that it leads on to. */
  async function pages(first: string): Promise<Failure | null> {
    let next: string | null = first
    while (next !== null) {
      const reply: Reply = await asking.ask(next)
      // The same answer to two ways of asking is one.
      const known = reply.kind === 'body' && arrived.some((each) => each.inside.unpackedSha256.equals(reply.arrived.inside.unpackedSha256))
      const failure = known ? windowIgnored(reply, order) : (taken(reply, arrived) ?? windowIgnored(reply, order))
      if (failure !== null) return failure
      next = reply.kind === 'body' && sameOrigin(reply.arrived.next, first) ? reply.arrived.next : null
    }
    return null
  }
}

/** Below this, half of everything may well be new. */
const ITEMS_TELLING = 100

/** A parameter that an agency does not know (any more) may be ignored, and everything is answered each time: to be said, not to go on with. */
function windowIgnored(reply: Reply, order: WalkOrder): Failure | null {
  if (order.mode === 'full' || order.usualItems === null || reply.kind !== 'body') return null
  const { items } = reply.arrived.inside
  if (items < ITEMS_TELLING || items * 2 < order.usualItems) return null
  const said = `asked for the days from ${order.window!.from}, it answers with ${items} items, and there are about ${order.usualItems} in all`
  return { reason: 'window_ignored', said, retryAfterMs: null }
}

function taken(reply: Reply, arrived: Arrived[]): Failure | null {
  if (reply.kind === 'body') arrived.push(reply.arrived)
  // Days that cannot be had in one answer are asked again in halves; what came of them whole is taken in all the same.
  if (reply.kind === 'failed' && reply.arrived !== null) arrived.push(reply.arrived)
  return reply.kind === 'failed' ? reply.failure : null
}

async function walkList(walk: Walk & { kind: 'list' }, asking: Asking, order: WalkOrder): Promise<Walked> {
  const entries: ListEntry[] = []
  const wanted = new Map<string, ListEntry>()
  for (let start = 0; ; start += walk.pageSize ?? 0) {
    const page = await listPage(walk, asking, start)
    if (!Array.isArray(page)) return { ...NOTHING, failure: page }
    const unknown = await order.unknownEntries(page)
    for (const entry of unknown) wanted.set(entry.address, entry)
    entries.push(...page)
    const last = walk.pageSize === null || page.length < walk.pageSize
    if (last || (order.mode === 'new' && unknown.length === 0)) break
  }
  for (const entry of entries.slice(0, walk.again[order.mode])) wanted.set(entry.address, entry)
  const arrived: Arrived[] = []
  let [failure, failures, asked]: [Failure | null, number, number] = [null, 0, 0]
  for (const entry of wanted.values()) {
    if (asking.left() === 0 || failures >= LIST_FAILURES_MAX) break
    asked++
    const reply = await asking.ask(entry.address, { version: entry.version })
    const failed = taken(reply, arrived)
    if (failed !== null) {
      failure ??= { ...failed, said: `${entry.address}: ${failed.said}` }
      failures++
    }
  }
  return { ...NOTHING, arrived, failure, dumpItems: order.mode === 'full' ? entries.length : null, left: wanted.size - asked }
}

async function listPage(walk: Walk & { kind: 'list' }, asking: Asking, start: number): Promise<ListEntry[] | Failure> {
  const address = addressOf(walk.address, { start: String(start), size: String(walk.pageSize ?? 0) })
  let entries: ListEntry[] = []
  async function look(file: string): Promise<Inside> {
    const bytes = await readFile(file)
    const read = bytes.length > LIST_BYTES_MAX ? null : readList(walk.list, bytes.toString('utf8'), new URL(address).origin)
    const inside = { unpackedSha256: Buffer.alloc(0), items: 0 }
    if (read === null) return { ...inside, failure: { reason: 'too_large', said: 'the list is too large', retryAfterMs: null } }
    if (!read.ok) return { ...inside, failure: { reason: 'not_the_format', said: read.problem.message, retryAfterMs: null } }
    entries = read.value
    return { ...inside, failure: null }
  }
  const reply = await asking.ask(address, { look })
  if (reply.kind === 'failed') return reply.failure
  if (reply.kind !== 'body') return { reason: 'status', said: 'the list of documents is not there', retryAfterMs: null }
  return entries
}

/** Items of the whole answers; those of broken ones were asked for again. */
function itemsOf(arrived: readonly Arrived[]): number {
  return arrived.reduce((sum, each) => sum + (each.inside.failure === null ? each.inside.items : 0), 0)
}

function addressOf(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '')
}

function sameOrigin(next: string | null, first: string): boolean {
  return next !== null && new URL(next).origin === new URL(first).origin
}

function dayText(day: string, dates: 'YYYY-MM-DD' | 'YYYYMMDD'): string {
  return dates === 'YYYYMMDD' ? day.replaceAll('-', '') : day
}

const DAY_MS = 86_400_000

/** `YYYY-MM-DD` some days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

function middleDay(from: string, to: string): string {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS
  return addDays(from, Math.floor(days / 2))
}
