/** The port to the payment side. An adapter speaks to one payment provider; the room knows only this. */

export type RefundRequest = {
  /** The same key is the same refund, whenever and however often it is asked (`refundKey`). */
  idempotencyKey: string
  buyerId: string
  /** Minor units. */
  amountMinor: number
  /** ISO 4217. */
  currency: string
}

/**
 * paid: the money is on its way back, `reference` is the payment side's own; refused: it will not pay this, for good; unknown: no answer we can
 * rely on, so it may or may not have been paid and is asked again under the same key. `answer` is what it said, without personal data.
 */
export type RefundAnswer =
  | { outcome: 'paid'; reference: string }
  | { outcome: 'refused'; answer: string }
  | { outcome: 'unknown'; answer: string }

/**
 * Pays back. An adapter must honour the key: the same key with the same amount and currency pays once and gives the same reference, and with
 * another amount it refuses. A provider without such keys must be given them by its adapter.
 */
export type PaymentsPort = { refund: (request: RefundRequest) => Promise<RefundAnswer> }

/** Where no payment side is connected, refunds wait: nobody is told that money moved which did not. */
export const unconnectedPayments: PaymentsPort = {
  refund: async () => ({ outcome: 'unknown', answer: 'No payment side is connected.' }),
}
