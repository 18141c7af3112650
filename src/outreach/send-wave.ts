/**
 * Sends a wave: leases its buckets one after the other, walks each in blocks, and ends when all are done. Any number of workers may call it
 * for the same wave; one that is killed leaves at most its blocks in flight, and the rest to whoever finds its leases run out.
 */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../platform/ids.ts'
import type { Carrier } from './channels/carrier.ts'
import { carriersOf } from './channels/index.ts'
import { keepLease } from './lease.ts'
import type { AttemptOutcome } from './notice-state.ts'
import type { Channel } from './playbook.ts'
import { selectBriefs } from './queries.ts'
import { selectBlock, type Titles } from './queries-block.ts'
import { claimBucket, endWalk, refreshStatistics, releaseBucket, renewLease, waveRest, type Claim, type WaveKey } from './queries-wave.ts'
import { briefKey, noOutcomes, sendBlock, type MailWriters, type Pace, type SendDeps } from './send-block.ts'
import { mailWriter } from './wording/mail.ts'

/** What one call did. Each attempt counts once, so a buyer refused for now and accepted later counts under both. */
export type WaveCounts = Record<AttemptOutcome, number> & { finished: boolean }

/** Which wave to send. What is left of earlier waves of the campaign is sent first. */
export type WaveOrder = WaveKey & {
  /** Buyers tried by this call, of those that were waiting when it began. */
  onProgress?: (done: number, total: number) => void
  /** Ends the call after the sends that were begun. */
  signal?: AbortSignal
  pace?: Partial<Pace>
}

const DEFAULT_PACE: Pace = {
  // What a crash may send twice is lanes × blockSize at most, which speaks for small ones; what a block costs by itself, for large ones: two
  // thirds of this cost the database a seventh more for each message, twice as many save it a twentieth.
  blockSize: 300,
  // Three, so that one block is on the wire while another is read and a third recorded.
  lanes: 3,
  leaseSeconds: 60,
  // Greylisting servers ask for minutes (RFC 6647, section 5.3); after half an hour more the next channel serves the buyer better.
  pausesSeconds: [60, 300, 1_800],
  sendSecondsMax: 180,
}

/** Lines named in one letter; the page shows all of them. */
const LINES_IN_MAIL_MAX = 20

/** How long a worker waits at most before it looks again for a bucket that has become free. */
const LOOK_AGAIN_MS_MAX = 1_000
const LOOK_AGAIN_MS_MIN = 50

type Worker = {
  deps: SendDeps
  key: WaveKey
  id: string
  pace: Pace
  writers: MailWriters
  carriers: Record<Channel, Carrier>
  signal: AbortSignal
  titles: Titles
  count: (outcomes: Record<AttemptOutcome, number>) => void
}

/** Sends until the wave is done (`finished`) or the signal comes. Throws what the database throws; calling again goes on where it stopped. */
export async function sendWave(deps: SendDeps, order: WaveOrder): Promise<WaveCounts> {
  const key: WaveKey = { campaignId: order.campaignId, wave: order.wave }
  const writers = await mailWriters(deps, key.campaignId)
  if (writers.size === 0) throw new Error(`Campaign ${key.campaignId} has no brief: its notices cannot be written.`)
  await refreshStatistics(deps.database.db)
  const total = noOutcomes()
  const buyers = (await waveRest(deps.database.db, key)).buyers
  const stop = new AbortController()
  const worker: Worker = {
    deps,
    key,
    id: newId(),
    pace: { ...DEFAULT_PACE, ...order.pace },
    writers,
    carriers: carriersOf(deps),
    titles: new Map(),
    signal: order.signal === undefined ? stop.signal : AbortSignal.any([order.signal, stop.signal]),
    count(outcomes) {
      for (const [outcome, times] of Object.entries(outcomes)) total[outcome as AttemptOutcome] += times
      order.onProgress?.(
        Math.min(
          buyers,
          Object.values(total).reduce((sum, times) => sum + times, 0),
        ),
        buyers,
      )
    },
  }
  for (;;) {
    await runLanes(worker, stop)
    const rest = await waveRest(deps.database.db, key)
    if (rest.buckets === 0) return { ...total, finished: true }
    if (worker.signal.aborted) return { ...total, finished: false }
    const waitMs = Math.min(Math.max(rest.waitSeconds * 1_000, LOOK_AGAIN_MS_MIN), LOOK_AGAIN_MS_MAX)
    await sleep(waitMs, undefined, { signal: worker.signal }).catch(() => {})
  }
}

/** One writer per brief of the campaign. */
async function mailWriters(deps: SendDeps, campaignId: string): Promise<MailWriters> {
  const briefs = await selectBriefs(deps.database.db, campaignId)
  return new Map(briefs.map((kept) => [briefKey(kept), mailWriter(kept.brief, deps.sender, deps.baseUrl)]))
}

/** Runs the lanes until none finds a bucket. Where one breaks, the others end what they have begun before its error is thrown on. */
async function runLanes(worker: Worker, stop: AbortController): Promise<void> {
  const lanes = Array.from({ length: worker.pace.lanes }, async () => {
    try {
      await runLane(worker)
    } catch (error) {
      stop.abort()
      throw error
    }
  })
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

async function runLane(worker: Worker): Promise<void> {
  while (!worker.signal.aborted) {
    const claimedAt = performance.now()
    const claim = await claimBucket(worker.deps.database.db, worker.key, worker.id, worker.pace.leaseSeconds)
    if (claim === null) return
    await walkBucket(worker, claim, claimedAt)
  }
}

/** Walks a bucket from its checkpoint to its end, or until the lease is lost or the signal comes. */
async function walkBucket(worker: Worker, claim: Claim, claimedAt: number): Promise<void> {
  const { deps, pace, signal } = worker
  const { db } = deps.database
  const lease = keepLease({ leaseSeconds: pace.leaseSeconds, claimedAt, renew: () => renewLease(db, claim, pace.leaseSeconds) })
  try {
    let at = claim
    while (lease.held() && !signal.aborted) {
      const waiting = await selectBlock(db, at, {
        limit: pace.blockSize,
        linesMax: LINES_IN_MAIL_MAX,
        titles: worker.titles,
        at: deps.clock(),
      })
      if (waiting.length === 0)
        return await endWalk(db, at, pace.pausesSeconds.length + 1, pace.pausesSeconds[at.attempt - 1] ?? 0, deps.clock())
      const buyers = deps.contacts ? await deps.contacts(at.channel, waiting) : waiting
      // A brief may come to a campaign while its wave is sent.
      if (buyers.some((buyer) => !worker.writers.has(briefKey(buyer)))) worker.writers = await mailWriters(deps, at.campaignId)
      const end = await sendBlock(deps, {
        claim: at,
        carrier: worker.carriers[at.channel],
        buyers,
        writers: worker.writers,
        pace,
        lease,
        signal,
      })
      worker.count(end.outcomes)
      if (end.lost)
        return void deps.log.warn(
          { campaign: at.campaignId, wave: at.wave, bucket: at.bucket, fence: at.fence },
          'lease lost, another worker has the bucket',
        )
      at = { ...at, checkpoint: end.checkpoint, version: end.version }
    }
    await releaseBucket(db, at)
  } catch (error) {
    // Best effort: where the database is what broke, the lease runs out by itself.
    await releaseBucket(db, claim).catch(() => {})
    throw error
  } finally {
    lease.end()
  }
}
