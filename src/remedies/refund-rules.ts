/** The arithmetic of refunds and the states of a case. Pure. */
import { fail, ok, type Result } from '../platform/result.ts'

export const CASE_STATES = ['awaiting_proof', 'refund_asked', 'refunded', 'refund_refused'] as const
export type CaseState = (typeof CASE_STATES)[number]

/** What was paid for one order line, in minor units of its currency. */
export type PaidLine = { amountMinor: number; currency: string }

/** A sum to pay back, in minor units. */
export type Money = { amountMinor: number; currency: string }

/**
 * What a buyer is owed for these lines: all that was paid for them, one sum per currency, sorted by currency. Never less, as the law asks for at
 * least the price paid (GPSR Art. 37; the CPSC's order of January 2025 asks for the full purchase price), and never more.
 * A currency in which nothing was paid is left out.
 */
export function refundsOf(lines: readonly PaidLine[]): Money[] {
  const sums = new Map<string, number>()
  for (const line of lines) sums.set(line.currency, (sums.get(line.currency) ?? 0) + line.amountMinor)
  return [...sums]
    .filter(([, amountMinor]) => amountMinor > 0)
    .map(([currency, amountMinor]) => ({ currency, amountMinor }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
}

/** What the campaign owes for a buyer's affected lines, or why it is nothing. `elsewhere`: another campaign's case has the line. */
export function owedFor(lines: readonly (PaidLine & { elsewhere: boolean })[]): Result<Money[]> {
  if (lines.length === 0) {
    const check = 'Do not use it until you know: the page of the recall says how you can check'
    return fail('conflict', `We cannot tell yet whether what you bought is part of this recall. ${check}.`)
  }
  const own = lines.filter((line) => !line.elsewhere)
  if (own.length === 0) return inAnotherCase()
  const owed = refundsOf(own)
  return owed.length > 0 ? ok(owed) : fail('conflict', 'You paid nothing for these products, so there is nothing to pay back.')
}

/** A line is paid back once, whatever recalls concern it. */
export function inAnotherCase(): Result<never> {
  return fail('conflict', 'Your refund for these products is in the case of another recall.')
}

/** The one key under which the payment side knows this refund: bound to the case, the currency and the amount. */
export function refundKey(caseId: string, refund: Money): string {
  return `tocsin:${caseId}:${refund.currency}:${refund.amountMinor}`
}

/** What the payment side has said of one refund of a case; `null` while it has not. */
export type RefundOutcome = 'paid' | 'refused' | null

/**
 * Where a case stands by its refunds: awaiting proof while none is asked, refused as soon as one is refused (a person must act then),
 * refunded when all are paid.
 */
export function stateByRefunds(outcomes: readonly RefundOutcome[]): CaseState {
  if (outcomes.length === 0) return 'awaiting_proof'
  if (outcomes.includes('refused')) return 'refund_refused'
  return outcomes.every((outcome) => outcome === 'paid') ? 'refunded' : 'refund_asked'
}

const FIRST_PAUSE_SECONDS = 5
const LONGEST_PAUSE_SECONDS = 3_600

/** How long to wait before a refund without an answer is asked again: 5 s after the first attempt, twice as long each time, at most an hour. */
export function pauseBeforeRetry(attempts: number): number {
  return Math.min(FIRST_PAUSE_SECONDS * 2 ** Math.max(0, attempts - 1), LONGEST_PAUSE_SECONDS)
}
