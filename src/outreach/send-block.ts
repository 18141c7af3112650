/** One block of a bucket: written as in flight, sent, its outcomes recorded. No transaction is open while anything is sent. */
import { derivedId } from '../platform/ids.ts'
import { signLink } from '../platform/links.ts'
import { transaction, type Database } from '../platform/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { MailMessage, MailOutcome, MailTransport } from '../platform/mail.ts'
import type { Jurisdiction } from '../recalls/index.ts'
import type { NoticeOfBuyer } from './brief.ts'
import { noticeCode } from './code.ts'
import { contactOf } from './contact.ts'
import type { Lease } from './lease.ts'
import { isTriedAgain, stateAfter, type AttemptOutcome } from './notice-state.ts'
import { beginBlock, moveCheckpoint, recordOutcomes, renewLease, type BlockBuyer, type Claim } from './queries-wave.ts'
import { toldByAnother } from './queries-briefs.ts'
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

export type BlockEnd = { outcomes: Record<AttemptOutcome, number>; checkpoint: string; complete: boolean; lost: boolean }

type Letter = { buyer: BlockBuyer; contact: string | null; note: string; domain: string; messageId: string }
type Sent = { letter: Letter; startedAt: Date; endedAt: Date; outcome: AttemptOutcome; answer: string }

/**
 * Sends one block. What was begun when the lease is lost or the signal comes is waited for; the checkpoint then moves behind the last buyer
 * whose outcome is known, and the rest of the block is left to whoever comes next.
 */
export async function sendBlock(
  deps: SendDeps,
  work: { claim: Claim; buyers: readonly BlockBuyer[]; writers: MailWriters; pace: Pace; lease: Lease; signal: AbortSignal },
): Promise<BlockEnd> {
  const { claim, pace, lease } = work
  const letters = work.buyers.map((buyer) => addressed(deps, claim, buyer))
  let moved = false
  const begun = await guarded(
    deps.database,
    work,
    (db) => renewLease(db, claim, pace.leaseSeconds),
    async (db) => {
      // A brief that came in since the block was read is for some of them: the block is read again before anything of it is sent.
      moved = await toldByAnother(db, claim.campaignId, work.buyers)
      if (!moved) await beginBlock(db, claim, { to: work.buyers.at(-1)!.buyerId, leaseSeconds: pace.leaseSeconds })
    },
  )
  if (!begun || moved) return { outcomes: noOutcomes(), checkpoint: claim.checkpoint, complete: false, lost: !begun }
  const sent = await sendInOrder(
    letters,
    pace.sendsAtOnce ?? deps.mail.atOnce ?? SENDS_AT_ONCE,
    () => lease.held() && !work.signal.aborted,
    (letter) => sendOne(deps, work, letter),
  )
  const last = sent.at(-1)
  if (last === undefined) return { outcomes: noOutcomes(), checkpoint: claim.checkpoint, complete: false, lost: !lease.held() }
  const attemptsMax = pace.pausesSeconds.length + 1
  const ends = sent.map(({ letter: { buyer, contact, domain, messageId }, ...rest }) => ({
    buyerId: buyer.buyerId,
    domain: contact === null ? null : domain,
    messageId: contact === null ? null : messageId,
    units: buyer.units,
    told: buyer.answer,
    ...rest,
    ...stateAfter(rest.outcome, claim.attempt, attemptsMax),
  }))
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
  }
}

export function noOutcomes(): Record<AttemptOutcome, number> {
  return { accepted: 0, refused: 0, refused_for_now: 0, failed: 0, no_contact: 0 }
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

function addressed(deps: SendDeps, claim: Claim, buyer: BlockBuyer): Letter {
  const contact = contactOf(buyer.email)
  const senderDomain = deps.sender.address.slice(deps.sender.address.lastIndexOf('@') + 1)
  return {
    buyer,
    contact: contact.ok ? contact.address : null,
    note: contact.ok ? '' : contact.why,
    domain: contact.ok ? contact.domain : '',
    // The same for every attempt of a wave: an attempt whose answer was lost may have arrived, and its repetition must be known as one.
    messageId: `<${derivedId('mail', buyer.noticeId, String(claim.wave))}@${senderDomain}>`,
  }
}

/** Starts sends in order, a bounded number at once, while `goOn` says so. Returns those that were started, in order, all ended. */
async function sendInOrder(
  letters: readonly Letter[],
  atOnce: number,
  goOn: () => boolean,
  send: (letter: Letter) => Promise<Sent>,
): Promise<Sent[]> {
  const sent: Sent[] = []
  let next = 0
  async function runner(): Promise<void> {
    while (next < letters.length && goOn()) {
      const place = next++
      sent[place] = await send(letters[place]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, letters.length) }, runner))
  return sent
}

async function sendOne(deps: SendDeps, work: { claim: Claim; writers: MailWriters; pace: Pace }, letter: Letter): Promise<Sent> {
  const startedAt = deps.clock()
  const result =
    letter.contact === null ? { outcome: 'no_contact' as const, answer: letter.note } : await attempt(deps, work, letter, letter.contact)
  return { letter, startedAt, endedAt: deps.clock(), outcome: result.outcome, answer: result.answer }
}

/** One message. Whatever goes wrong with it is its own outcome: one letter that cannot be written or sent must not hold up a bucket. */
async function attempt(
  deps: SendDeps,
  work: { claim: Claim; writers: MailWriters; pace: Pace },
  letter: Letter,
  address: string,
): Promise<MailOutcome> {
  try {
    return await inTime(deps.mail.send(message(deps, writerFor(work.writers, letter.buyer), letter, address)), work.pace.sendSecondsMax)
  } catch (error) {
    deps.log.error(
      { campaign: work.claim.campaignId, wave: work.claim.wave, bucket: work.claim.bucket, error: (error as Error).name },
      'a letter could not be sent',
    )
    return { outcome: 'failed', answer: 'this message could not be written or handed over' }
  }
}

async function inTime(sending: Promise<MailOutcome>, seconds: number): Promise<MailOutcome> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<MailOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'failed', answer: `no answer within ${seconds} s` }), seconds * 1_000)
  })
  try {
    return await Promise.race([sending, late])
  } finally {
    clearTimeout(timer)
  }
}

function writerFor(writers: MailWriters, buyer: BlockBuyer): MailWriter {
  const write = writers.get(briefKey(buyer))
  if (write === undefined) throw new Error(`There is no brief ${briefKey(buyer)}.`)
  return write
}

function message(deps: SendDeps, write: MailWriter, { buyer, messageId }: Letter, address: string): MailMessage {
  const mail = write({
    notice: noticeOf(buyer),
    reader: buyer,
    link: `${deps.baseUrl}/n/${signLink(deps.linkKey, 'notice', buyer.noticeId)}`,
    code: noticeCode(deps.linkKey, buyer.noticeId),
  })
  return {
    messageId,
    from: deps.sender,
    to: { name: buyer.name, address },
    ...mail,
    // Tells out-of-office replies to stay away (RFC 3834). A safety notice is no subscription: it bears no List-Unsubscribe.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
  }
}

function noticeOf(buyer: BlockBuyer): NoticeOfBuyer {
  return {
    noticeId: buyer.noticeId,
    answer: buyer.answer,
    units: buyer.units,
    lineCount: buyer.lineCount,
    refund: buyer.refund,
    lines: (buyer.lines ?? []).map(({ amountMinor, currency, orderedAt, ...line }) => ({
      ...line,
      orderedAt: new Date(orderedAt),
      amount: { amountMinor, currency },
    })),
  }
}
