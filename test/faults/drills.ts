/**
 * The fault drills: what may go wrong while a wave is sent, each done to real processes, a real database and a relay on a socket, and then
 * counted. A drill is told by its seed; the same seed does the same again as far as machines allow.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { outreachInvariants } from '../../src/outreach/index.ts'
import type { Database } from '../../src/platform/db.ts'
import { addCrowdWithCups, openOutreach } from '../first-wave.ts'
import { CUPKIN_ID } from '../world.ts'
import { IN_FLIGHT_MAX } from './pace.ts'
import { startRelay, type Fate, type Relay } from './relay.ts'

/**
 * `lost`: buyers whom neither the relay has nor a stored reason explains. `doubled`: messages that the relay took beyond the first for a buyer.
 * `in_flight_max`: how many may be doubled by what was done. `false_accepted`: accepted says the database, never taken says the relay.
 */
export type DrillResult = {
  name: string
  seed: number
  notices: number
  kills: number
  lost: number
  doubled: number
  in_flight_max: number
  false_accepted: number
  other_message_ids: number
  delivered: number
  refused: number
  waiting: number
  invariants: Record<string, boolean>
}

export type Drill = { name: string; run: (order: { database: Database; notices: number; seed: number }) => Promise<DrillResult> }

export const DRILLS: readonly Drill[] = [
  { name: 'worker killed twice', run: killedTwice },
  { name: 'database restarted', run: databaseRestarted },
  { name: 'relay misbehaves', run: relayMisbehaves },
  { name: 'two workers, one of them stopped beyond its lease', run: stoppedBeyondLease },
  { name: 'clocks a day apart', run: clocksApart },
]

export function isHeld(result: DrillResult): boolean {
  return result.lost === 0 && result.false_accepted === 0 && result.other_message_ids === 0 && result.doubled <= result.in_flight_max && Object.values(result.invariants).every(Boolean) // prettier-ignore
}

type Order = Parameters<Drill['run']>[0]

async function killedTwice({ database, notices, seed }: Order): Promise<DrillResult> {
  const random = randomOf(seed)
  const marks = [0.15 + random() * 0.3, 0.55 + random() * 0.3].map((share) => Math.round(share * notices))
  const stage = await openStage(database, notices, () => 'take')
  for (const mark of marks) {
    const worker = stage.startWorker()
    await stage.takenReach(mark)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
  }
  await stage.finish()
  return await stage.account('worker killed twice', seed, { kills: 2, inFlightMax: 2 * IN_FLIGHT_MAX })
}

/** Killing a backend makes the server end every connection and recover from its log: what an operator sees as a restart. */
async function databaseRestarted({ database, notices, seed }: Order): Promise<DrillResult> {
  const random = randomOf(seed)
  const marks = [0.2 + random() * 0.2, 0.6 + random() * 0.2].map((share) => Math.round(share * notices))
  const stage = await openStage(database, notices, () => 'take')
  for (const mark of marks) {
    const worker = stage.startWorker()
    await stage.takenReach(mark)
    const { rows } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    process.kill(rows[0]!.pid, 'SIGKILL')
    await once(worker, 'exit')
    await answering(database)
  }
  await stage.finish()
  return await stage.account('database restarted', seed, { kills: 2, inFlightMax: 2 * IN_FLIGHT_MAX })
}

/** A fifth of the recipients meet a fault, each kind as often; the second time they are taken, but for those refused for good. */
async function relayMisbehaves({ database, notices, seed }: Order): Promise<DrillResult> {
  const fates: Fate[] = [421, 450, 550, 'drop', 'stall', 'close']
  const random = randomOf(seed)
  const planned = new Map<string, Fate>()
  let dropped = 0
  const stage = await openStage(database, notices, (to, time) => {
    if (!planned.has(to)) planned.set(to, random() < 0.03 ? fates[Math.floor(random() * fates.length)]! : 'take')
    const fate = planned.get(to)!
    if (fate === 550) return fate
    if (time > 1) return 'take'
    if (fate === 'drop') dropped++
    return fate
  })
  await stage.finish()
  return await stage.account('relay misbehaves', seed, { kills: 0, inFlightMax: dropped })
}

async function stoppedBeyondLease({ database, notices, seed }: Order): Promise<DrillResult> {
  const stage = await openStage(database, notices, () => 'take')
  const stopped = stage.startWorker()
  await stage.takenReach(Math.round(notices * (0.1 + randomOf(seed)() * 0.3)))
  stopped.kill('SIGSTOP')
  // The other one waits for the leases to run out, takes the buckets over, and ends the wave; then the first wakes up and must do no harm.
  await stage.finish()
  stopped.kill('SIGCONT')
  await once(stopped, 'exit')
  return await stage.account('two workers, one of them stopped beyond its lease', seed, { kills: 0, inFlightMax: IN_FLIGHT_MAX })
}

const DAY_MS = 86_400_000

async function clocksApart({ database, notices, seed }: Order): Promise<DrillResult> {
  const stage = await openStage(database, notices, () => 'take')
  const workers = [stage.startWorker(DAY_MS), stage.startWorker(-DAY_MS)]
  await Promise.all(workers.map((worker) => once(worker, 'exit')))
  await stage.finish()
  return await stage.account('clocks a day apart', seed, { kills: 0, inFlightMax: 0 })
}

type Stage = {
  startWorker: (clockShiftMs?: number) => ChildProcess
  takenReach: (count: number) => Promise<void>
  /** Starts workers until one has ended the wave. */
  finish: () => Promise<void>
  account: (name: string, seed: number, done: { kills: number; inFlightMax: number }) => Promise<DrillResult>
}

const STARTS_MAX = 20

async function openStage(database: Database, notices: number, fateOf: (to: string, time: number) => Fate): Promise<Stage> {
  await addCrowdWithCups(database, notices)
  await openOutreach(database)
  const waiting: { count: number; reached: () => void }[] = []
  const relay = await startRelay(fateOf, (count) => {
    for (const each of waiting) if (count >= each.count) each.reached()
  })
  function startWorker(clockShiftMs = 0): ChildProcess {
    const program = new URL('./worker.ts', import.meta.url).pathname
    return spawn(process.execPath, [program, database.url, relay.url, CUPKIN_ID, '1', String(clockShiftMs)], { stdio: 'ignore' })
  }
  return {
    startWorker,
    takenReach: (count) =>
      new Promise((resolve) => {
        if (relay.taken.length >= count) resolve()
        else waiting.push({ count, reached: resolve })
      }),
    async finish() {
      for (let starts = 0; starts < STARTS_MAX; starts++) {
        const [code] = (await once(startWorker(), 'exit')) as [number | null]
        if (code === 0) return
      }
      throw new Error(`The wave did not end after ${STARTS_MAX} starts.`)
    },
    async account(name, seed, done) {
      await relay.close()
      return await accountOf(database, relay, { name, seed, notices, ...done })
    },
  }
}

async function accountOf(
  database: Database,
  relay: Relay,
  drill: { name: string; seed: number; notices: number; kills: number; inFlightMax: number },
): Promise<DrillResult> {
  const { rows } = await database.pool.query<{ email: string; state: string; outcomes: string[]; message_ids: string[] }>(
    `select b.email, n.state, array_agg(coalesce(d.outcome, 'in flight')) filter (where d.buyer_id is not null) as outcomes,
            array_agg(distinct d.message_id) filter (where d.message_id is not null) as message_ids
       from outreach.notices n
       join catalog.buyers b using (buyer_id)
       left join outreach.deliveries d on d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id
      group by b.email, n.buyer_id, n.state`,
  )
  const takenBy = new Map<string, string[]>()
  for (const { to, messageId } of relay.taken) takenBy.set(to, [...(takenBy.get(to) ?? []), messageId])
  const invariants: Record<string, boolean> = {}
  for (const invariant of outreachInvariants) invariants[invariant.name] = (await invariant.check(database.db)).length === 0
  const refused = (outcomes: string[] | null) => outcomes?.includes('refused') === true
  const explained = (row: (typeof rows)[number]) => row.state === 'delivered' || refused(row.outcomes) || row.outcomes?.some((each) => each === 'refused_for_now' || each === 'failed') === true // prettier-ignore
  return {
    name: drill.name,
    seed: drill.seed,
    notices: drill.notices,
    kills: drill.kills,
    lost: rows.filter((row) => !takenBy.has(row.email) && !explained(row)).length + (drill.notices - rows.length),
    doubled: relay.taken.length - takenBy.size,
    in_flight_max: drill.inFlightMax,
    false_accepted: rows.filter((row) => row.state === 'delivered' && !takenBy.has(row.email)).length,
    other_message_ids: [...takenBy.values()].filter((ids) => new Set(ids).size > 1).length,
    delivered: rows.filter((row) => row.state === 'delivered').length,
    refused: rows.filter((row) => row.state !== 'delivered' && refused(row.outcomes)).length,
    waiting: rows.filter((row) => row.state !== 'delivered' && !refused(row.outcomes)).length,
    invariants,
  }
}

/** Waits until the database answers again after its recovery. */
async function answering(database: Database): Promise<void> {
  for (let tries = 0; ; tries++) {
    const answered = await database.pool.query('select 1').then(() => true, () => false) // prettier-ignore
    if (answered) return
    if (tries === 200) throw new Error('The database did not come back.')
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
}

/** Numbers in [0, 1) that a seed decides (mulberry32's recurrence). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
