/** The room's jobs. */
import type { JobKind } from '../platform/jobs.ts'
import { SETTLE_REFUNDS_JOB } from './ask-refund.ts'
import { settleRefunds, type SettleDeps } from './settle-refunds.ts'

/**
 * Settles whatever is due, of any campaign. It fails while refunds wait for an answer, so that the queue runs it again with growing pauses:
 * the job that a crash or a silent payment side cut short is the one that finishes the work.
 */
export function settleRefundsJob(deps: SettleDeps): JobKind<Record<string, never>> {
  return {
    name: SETTLE_REFUNDS_JOB,
    async run(_data, signal) {
      const { waiting } = await settleRefunds(deps, { signal })
      if (waiting > 0) throw new Error(`${waiting} refunds have no answer from the payment side yet`)
    },
  }
}
