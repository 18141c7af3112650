/** One block of a bucket: written as in flight, sent, its outcomes recorded. No transaction is open while anything is sent. */
import { transaction, type Database } from '../platform/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { MailTransport } from '../platform/mail.ts'
import type { Jurisdiction } from '../recalls/index.ts'
import type { Addressed, Carrier, Letter, Outcome } from './channels/carrier.ts'
import type { ContactPort } from './channels/contacts.ts'
import type { Endpoint } from './channels/signed-request.ts'
import type { Lease } from './lease.ts'
import type { LetterFrom } from '../platform/config-webhooks.ts'
import { messageKey } from './message-id.ts'
import { isTriedAgain, stateAfter, type AttemptOutcome } from './notice-state.ts'
import { beginBlock, moveCheckpoint, recordOutcomes, type BlockBuyer, type Claim } from './queries-wave.ts'
import type { MailWriter } from './wording/mail.ts'

export type SendDeps = {
  database: Database
  mail: MailTransport
  clock: Clock
  /** Secret of this installation for links and codes. */
  linkKey: string
  /** Start of every link, without a slash at its end. */
  baseUrl: string
  /** Whose name and address the mail bears. Answers to it reach people. */
  sender: { name: string; address: string }
  log: Log
  /** The marketplace's providers, where they are connected. */
  sms?: Endpoint | null
  push?: Endpoint | null
  /** Whose postal address letters bear; without it none are written. */
  letterFrom?: LetterFrom | null
  /** Asks for contact points just before a block is sent, where the marketplace keeps them to itself. */
  contacts?: ContactPort | null
}

/** How a wave is sent. The defaults are argued for beside `DEFAULT_PACE`. */
export type Pace = {
  blockSize: number
  lanes: number
  /** Sends begun at once in a block; what the transport can use where this is not said. */
  sendsAtOnce?: number
  leaseSeconds: number
  /** Pauses before the second, third … attempt: their number bounds the attempts. */
  pausesSeconds: readonly number[]
  sendSecondsMax: number
}

/** For transports that do not say what they can use. */
const SENDS_AT_ONCE = 8

/** The writer of each brief's mails, by `briefKey`. */
export type MailWriters = ReadonlyMap<string, MailWriter>

/** Tells the briefs of a campaign apart. */
export function briefKey({ jurisdiction, briefNo }: { jurisdiction: Jurisdiction; briefNo: number }): string {
  return `${jurisdiction} ${briefNo}`
}

/** `version` of the bucket: where it is not the claim's, the block was not begun with, because another brief or a seller is to tell some of it. */
export type BlockEnd = {
  outcomes: Record<AttemptOutcome, number>
  checkpoint: string
  complete: boolean
  lost: boolean
  version: number
}

type Work = { claim: Claim; carrier: Carrier; writers: MailWriters; pace: Pace }
type Sent = { letter: Letter; startedAt: Date; endedAt: Date; outcome: AttemptOutcome; answer: string }

/**
 * Sends one block. What was begun when the lease is lost or the signal comes is waited for; the checkpoint then moves behind the last buyer
 * whose outcome is known, and the rest of the block is left to whoever comes next.
 */
export async function sendBlock(
  deps: SendDeps,
  work: Work & { buyers: readonly BlockBuyer[]; lease: Lease; signal: AbortSignal },
): Promise<BlockEnd> {
  const { claim, carrier, pace, lease } = work
  const letters = work.buyers.map((buyer) => addressed(deps, claim, carrier, buyer))
  const begunAt = performance.now()
  const version = await beginBlock(deps.database.db, claim, { to: work.buyers.at(-1)!.buyerId, leaseSeconds: pace.leaseSeconds })
  const nothing = { outcomes: noOutcomes(), checkpoint: claim.checkpoint, complete: false }
  if (version === null) return { ...nothing, lost: true, version: claim.version }
  lease.prolonged(begunAt)
  // A brief that came in since the block was read is for some of them, or their seller is to tell them: it is read again before anything is sent.
  if (version !== claim.version) return { ...nothing, lost: false, version }
  const sent = await sendInOrder(
    batches(letters, carrier.batchMax),
    pace.sendsAtOnce ?? carrier.atOnce ?? SENDS_AT_ONCE,
    () => lease.held() && !work.signal.aborted,
    (batch) => sendBatch(deps, work, batch),
  )
  const last = sent.at(-1)
  if (last === undefined) return { ...nothing, lost: !lease.held(), version }
  const attemptsMax = pace.pausesSeconds.length + 1
  const ends = sent.map(({ letter: { buyer, contact, key }, startedAt, endedAt, outcome, answer }) => {
    const { state, reason } = stateAfter(carrier.channel, outcome, claim.attempt, attemptsMax)
    const domain = contact.ok ? contact.domain : null
    const messageId = contact.ok ? carrier.messageId(key) : null
    return { buyerId: buyer.buyerId, domain, messageId, units: buyer.units, told: buyer.answer, startedAt, endedAt, outcome, answer, state, reason } // prettier-ignore
  })
  const checkpoint = last.letter.buyer.buyerId
  const again = sent.filter((each) => isTriedAgain(each.outcome)).length
  const recorded = await guarded(
    deps.database,
    work,
    (db) => moveCheckpoint(db, claim, { to: checkpoint, again, leaseSeconds: pace.leaseSeconds }),
    (db) => recordOutcomes(db, claim, ends),
  )
  const outcomes = noOutcomes()
  if (recorded) for (const { outcome } of sent) outcomes[outcome]++
  return {
    outcomes,
    checkpoint: recorded ? checkpoint : claim.checkpoint,
    complete: recorded && sent.length === letters.length,
    lost: !recorded,
    version,
  }
}

export function noOutcomes(): Record<AttemptOutcome, number> {
  return { accepted: 0, refused: 0, refused_for_now: 0, failed: 0, no_contact: 0, prepared: 0 }
}

/** Writes in one transaction whose first statement proves, and holds to its end, that the bucket is still ours. */
async function guarded(
  database: Database,
  { lease }: { lease: Lease },
  prove: (db: Database['db']) => Promise<boolean>,
  write: (db: Database['db']) => Promise<void>,
): Promise<boolean> {
  const since = performance.now()
  const ours = await transaction(database, async (tx) => {
    if (!(await prove(tx.db))) return false
    await write(tx.db)
    return true
  })
  if (ours) lease.prolonged(since)
  return ours
}

function addressed(deps: SendDeps, claim: Claim, carrier: Carrier, buyer: BlockBuyer): Letter {
  // The same key for every attempt of a wave: an attempt whose answer was lost may have arrived, and its repetition must be known as one.
  const key = messageKey(deps.linkKey, { noticeId: buyer.noticeId, channel: carrier.channel, wave: claim.wave })
  return { buyer, contact: carrier.contactOf(buyer), key }
}

function batches(letters: readonly Letter[], size: number): Letter[][] {
  const made: Letter[][] = []
  for (let from = 0; from < letters.length; from += size) made.push(letters.slice(from, from + size))
  return made
}

/** Starts batches in order, a bounded number at once, while `goOn` says so. Returns the letters of those that were started, in order, all ended. */
async function sendInOrder(
  waiting: readonly Letter[][],
  atOnce: number,
  goOn: () => boolean,
  send: (batch: Letter[]) => Promise<Sent[]>,
): Promise<Sent[]> {
  const sent: Sent[][] = []
  let next = 0
  async function runner(): Promise<void> {
    while (next < waiting.length && goOn()) {
      const place = next++
      sent[place] = await send(waiting[place]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, runner))
  return sent.flat()
}

async function sendBatch(deps: SendDeps, work: Work, batch: readonly Letter[]): Promise<Sent[]> {
  const startedAt = deps.clock()
  const outcomes = await attempt(deps, work, batch)
  const endedAt = deps.clock()
  return batch.map((letter, place) => {
    const { outcome, answer } = outcomes[place]!
    return { letter, startedAt, endedAt, outcome, answer }
  })
}

/** One batch. Whatever goes wrong with it is its own outcome: letters that cannot be written or sent must not hold up a bucket. */
async function attempt(deps: SendDeps, work: Work, batch: readonly Letter[]): Promise<Outcome[]> {
  const addressed: Addressed[] = []
  let came: Outcome[] = []
  try {
    const { campaignId } = work.claim
    for (const { buyer, contact, key } of batch)
      if (contact.ok) addressed.push({ campaignId, buyer, address: contact.address, key, write: writerFor(work.writers, buyer) })
    if (addressed.length > 0) came = await inTime(work.carrier.send(addressed), work.pace.sendSecondsMax, addressed.length)
  } catch (error) {
    const { campaignId: campaign, wave, bucket } = work.claim
    deps.log.error({ campaign, wave, bucket, error: (error as Error).name }, 'a letter could not be sent')
    came = batch.map(() => ({ outcome: 'failed', answer: 'this message could not be written or handed over' }))
  }
  let next = 0
  return batch.map(({ contact }) => (contact.ok ? came[next++]! : { outcome: 'no_contact', answer: contact.why }))
}

function inTime(sending: Promise<Outcome[]>, seconds: number, letters: number): Promise<Outcome[]> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      resolve(Array.from({ length: letters }, () => ({ outcome: 'failed', answer: `no answer within ${seconds} s` })))
    }, seconds * 1_000)
    sending.then(resolve, reject).finally(() => clearTimeout(late))
  })
}

function writerFor(writers: MailWriters, buyer: BlockBuyer): MailWriter {
  const write = writers.get(briefKey(buyer))
  if (write === undefined) throw new Error(`There is no brief ${briefKey(buyer)}.`)
  return write
}
