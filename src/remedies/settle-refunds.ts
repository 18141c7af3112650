/** Asking the payment side for what is due, and writing down what it answers. */
import { transaction, type Database } from '../platform/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { PaymentsPort, RefundAnswer } from './payments.ts'
import { appendEvent, setCaseState, takeCase } from './queries.ts'
import { claimRefunds, countUnsettled, databaseTime, postponeRefund, refundsOfCase, settleRefund, type Refund } from './queries-refunds.ts'
import { pauseBeforeRetry, stateByRefunds } from './refund-rules.ts'

export type SettleDeps = { database: Database; payments: PaymentsPort; clock: Clock; log: Log }

export type SettleOptions = {
  /** Refunds asked at the same time. */
  blockSize?: number
  /** How long the payment side may take for one. */
  answerTimeoutMs?: number
  /** Stops between two blocks when the process drains. */
  signal?: AbortSignal
}

/** `unknown` had no usable answer and are asked again later; `waiting` is all that is unsettled at the end, other workers' included. */
export type SettleCounts = { paid: number; refused: number; unknown: number; waiting: number }

const BLOCK_SIZE = 20
const ANSWER_TIMEOUT_MS = 20_000

/**
 * Asks for every refund that is due, block by block, each at most once in this call. No transaction is open while the payment side is asked.
 * Safe to kill at any point and to run in two workers: the key of a refund is the same in every attempt, so an attempt whose answer
 * was lost is asked again and the payment side pays once.
 */
export async function settleRefunds(deps: SettleDeps, options: SettleOptions = {}): Promise<SettleCounts> {
  const answerTimeoutMs = options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS
  // A lease covers the slowest answer and the writing of it.
  const lease = { limit: options.blockSize ?? BLOCK_SIZE, leaseSeconds: Math.ceil(answerTimeoutMs / 1_000) * 2 }
  const dueBy = await databaseTime(deps.database.db)
  const counts: SettleCounts = { paid: 0, refused: 0, unknown: 0, waiting: 0 }
  while (options.signal?.aborted !== true) {
    const { seen, claimed } = await claimRefunds(deps.database.db, { ...lease, dueBy })
    if (seen === 0) break
    for (const outcome of await Promise.all(claimed.map((refund) => settleOne(deps, refund, answerTimeoutMs)))) counts[outcome]++
  }
  counts.waiting = await countUnsettled(deps.database.db)
  return counts
}

async function settleOne(deps: SettleDeps, refund: Refund, answerTimeoutMs: number): Promise<RefundAnswer['outcome']> {
  const answer = await ask(deps, refund, answerTimeoutMs)
  if (answer.outcome === 'unknown') {
    await postponeRefund(deps.database.db, refund, answer.answer, pauseBeforeRetry(refund.attempts))
    return 'unknown'
  }
  await writeDown(deps, refund, answer)
  return answer.outcome
}

/** The payment side's answer. Silence and exceptions are `unknown`: the money may have moved. */
async function ask(deps: SettleDeps, refund: Refund, answerTimeoutMs: number): Promise<RefundAnswer> {
  const { idempotencyKey, buyerId, amountMinor, currency } = refund
  const late = Promise.withResolvers<RefundAnswer>()
  const timer = setTimeout(() => late.resolve({ outcome: 'unknown', answer: `No answer within ${answerTimeoutMs} ms.` }), answerTimeoutMs)
  try {
    return await Promise.race([deps.payments.refund({ idempotencyKey, buyerId, amountMinor, currency }), late.promise])
  } catch (error) {
    deps.log.warn(
      { idempotencyKey, attempt: refund.attempts, error: (error as Error).message },
      'the payment side failed, the refund is asked again',
    )
    return { outcome: 'unknown', answer: 'The connection to the payment side failed.' }
  } finally {
    clearTimeout(timer)
  }
}

/** The refund's outcome, the event and the state of the case, all or nothing. */
async function writeDown(deps: SettleDeps, refund: Refund, answer: Exclude<RefundAnswer, { outcome: 'unknown' }>): Promise<void> {
  const at = deps.clock()
  await transaction(deps.database, async (tx) => {
    await takeCase(tx.db, refund)
    if (!(await settleRefund(tx.db, refund, { ...answer, at }))) return
    const sum = { amount_minor: refund.amountMinor, currency: refund.currency }
    const event =
      answer.outcome === 'paid'
        ? ({ kind: 'refunded', detail: { ...sum, payment_reference: answer.reference } } as const)
        : ({ kind: 'refund_refused', detail: { ...sum, reason: answer.answer } } as const)
    await appendEvent(tx.db, refund, { ...event, actor: 'payments', at })
    const outcomes = (await refundsOfCase(tx.db, refund)).map((each) => each.outcome)
    await setCaseState(tx.db, refund, stateByRefunds(outcomes), at)
  })
}
