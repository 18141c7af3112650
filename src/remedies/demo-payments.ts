/**
 * The demo's payment side. It is a fake and says so: no money moves, and every reference begins with "demo-". What it does do is what a real
 * one must: it books each key once, in a ledger of its own that no other code writes, in its own transaction.
 */
import type { Database } from '../platform/db.ts'
import { systemClock, type Clock } from '../platform/clock.ts'
import { derivedId } from '../platform/ids.ts'
import type { PaymentsPort } from './payments.ts'
import { bookDemoPayment } from './queries-refunds.ts'

export function demoPayments(database: Database, clock: Clock = systemClock): PaymentsPort {
  return {
    async refund(request) {
      const reference = `demo-${derivedId('demo-payment', request.idempotencyKey)}`
      const booked = await bookDemoPayment(database.db, { ...request, reference, at: clock() })
      const same = booked.amountMinor === request.amountMinor && booked.currency === request.currency && booked.buyerId === request.buyerId
      if (same) return { outcome: 'paid', reference: booked.reference }
      return { outcome: 'refused', answer: 'This idempotency key was used for another refund.' }
    },
  }
}
