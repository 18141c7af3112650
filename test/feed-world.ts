/** A source of the CPSC's shape on the replay server, and what pulling it needs, with patience in milliseconds. For tests of pulling. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import { openBodies, type Bodies } from '../src/feeds/bodies.ts'
import { cpsc } from '../src/feeds/cpsc/index.ts'
import type { FetchDeps, FetchLimits } from '../src/feeds/fetch.ts'
import type { Source, Walk } from '../src/feeds/sources.ts'
import { openReplay, type Replay } from './replay-server.ts'

export const PATIENCE: FetchLimits = {
  connectMs: 1_000,
  idleMs: 150,
  totalMs: 400,
  redirectsMax: 3,
  attemptsMax: 3,
  backoffMs: 2_000,
  retryAfterMsMax: 60_000,
}

export type FeedWorld = {
  replay: Replay
  /** The folder that holds the bodies. */
  home: string
  bodies: Bodies
  /** Milliseconds of every pause that was asked for; none is waited. */
  pauses: number[]
  deps: FetchDeps & { pause: (ms: number, signal: AbortSignal) => Promise<void>; feeds: Record<'CPSC', typeof cpsc> }
  /** A source under a name of its own, whose addresses are on the replay server. */
  source: (name: string, walk: Walk, more?: Partial<Source>) => Source
}

/** Opens the replay server and a folder for bodies, closed after the tests of the file. */
export async function openFeedWorld(clock: () => Date): Promise<FeedWorld> {
  const replay = await openReplay()
  const home = await mkdtemp(path.join(tmpdir(), 'tocsin-bodies-'))
  after(async () => {
    await replay.close()
    await rm(home, { recursive: true, force: true })
  })
  const bodies = openBodies(home)
  const pauses: number[] = []
  async function pause(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    pauses.push(ms)
  }
  const deps = { bodies, limits: PATIENCE, userAgent: 'Tocsin test', clock, trustedOrigin: replay.origin, pause, feeds: { CPSC: cpsc } }
  return { replay, home, bodies, pauses, deps, source: (name, walk, more) => sourceOn(replay.origin, name, walk, more) }
}

export function sourceOn(origin: string, name: string, walk: Walk, more: Partial<Source> = {}): Source {
  return { ...SOURCE, name, walk: onOrigin(walk, origin), ...more }
}

const SOURCE = {
  agency: 'CPSC' as const,
  everyMinutes: 60,
  fullEveryDays: 7,
  headers: {},
  pauseMs: 0,
  requestsMax: 40,
  bytesMax: 20 * 1024 * 1024,
  unpackedBytesMax: 40 * 1024 * 1024,
  noneSays: null,
}

/** Paths become addresses; the addresses of real sources move to the replay server. */
export function onOrigin(walk: Walk, origin: string): Walk {
  function moved(address: string): string {
    return address.replace(/^(?:https:\/\/[^/]+)?/, origin)
  }
  if (walk.kind !== 'days') return { ...walk, address: moved(walk.address) }
  return { ...walk, whole: walk.whole === null ? null : moved(walk.whole), byDays: walk.byDays.map(moved) }
}

/** A document of the CPSC with what a recall needs. */
export function documentOf(RecallNumber: string, more: object = {}): object {
  const title = `Acme Recalls Lamps ${RecallNumber} Due to Fire Hazard`
  return { RecallID: 1, RecallNumber, RecallDate: '2026-11-19T00:00:00', Title: title, ...more }
}

export function dump(...documents: object[]): string {
  return `[${documents.map((each) => JSON.stringify(each)).join(',\n')}]`
}

/** Documents with consecutive numbers. */
export function documents(from: number, count: number): object[] {
  return Array.from({ length: count }, (_, n) => documentOf(String(from + n)))
}
