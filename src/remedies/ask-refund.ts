/** Asking for the refund: its rows, the event, the new state and the job, all in the transaction that decided it. */
import type { Tx } from '../platform/db.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { appendEvent, setCaseState, type CaseLine, type CaseOf } from './queries.ts'
import { insertRefund } from './queries-refunds.ts'
import { refundKey, refundsOf } from './refund-rules.ts'

/** The job that asks the payment side for what is due (`jobs.ts`). */
export const SETTLE_REFUNDS_JOB = 'remedies.settle-refunds'

/** Asks, once per case, for all that was paid for its lines. Call it while the case is taken and awaits nothing but this. `actor` is who decided. */
export async function askRefund(
  tx: Tx,
  asked: CaseOf & { caseId: string; lines: readonly CaseLine[]; actor: string; at: Date },
  enqueue: Enqueue,
): Promise<void> {
  const refunds = refundsOf(asked.lines)
  for (const refund of refunds) {
    await insertRefund(tx.db, asked, { ...refund, idempotencyKey: refundKey(asked.caseId, refund), at: asked.at })
  }
  const amounts = refunds.map((refund) => ({ amount_minor: refund.amountMinor, currency: refund.currency }))
  await appendEvent(tx.db, asked, { kind: 'refund_asked', actor: asked.actor, at: asked.at, detail: { refunds: amounts } })
  await setCaseState(tx.db, asked, 'refund_asked', asked.at)
  await enqueue(tx, SETTLE_REFUNDS_JOB, {})
}
