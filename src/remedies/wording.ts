/** The words of the buyer's pages: sums, days, events and what happens next, in plain English. Pure. */
import type { Recall } from '../recalls/index.ts'
import type { CaseEvent } from './queries.ts'
import type { CaseState, Money } from './refund-rules.ts'

const LOCALE = 'en-US'

/** `$19.99`, `¥1,500`: minor units with the decimals of their currency (ISO 4217). */
export function moneyText(sum: Money): string {
  const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: sum.currency })
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(sum.amountMinor / 10 ** decimals)
}

/** `$19.99 and €5.00`. */
export function sumsText(sums: readonly Money[]): string {
  return new Intl.ListFormat(LOCALE).format(sums.map(moneyText))
}

/** `July 20, 2023`, the day in UTC. */
export function dayText(at: Date): string {
  return at.toLocaleDateString(LOCALE, { dateStyle: 'long', timeZone: 'UTC' })
}

/** `July 20, 2023, 2:05 PM UTC`. */
export function timeText(at: Date): string {
  return `${dayText(at)}, ${at.toLocaleTimeString(LOCALE, { timeStyle: 'short', timeZone: 'UTC' })} UTC`
}

/**
 * What the agency calls several of the product, "children's cups": the noun read from the recall, where the agency itself wrote its plural.
 * `null` where it did not or where there are several products; a page then speaks of units and products.
 */
export function pluralNoun(recall: Pick<Recall, 'products' | 'scope'> | null): string | null {
  const nouns = recall?.scope.productNouns ?? []
  const noun = nouns[0]
  if (recall === null || noun === undefined || nouns.length > 1) return null
  const names = recall.products.map((product) => product.name.toLowerCase().replaceAll('’', "'")).join(' . ')
  const words = ` ${names.replaceAll(/[^\p{L}\p{N}.'-]+/gu, ' ')} `
  const plurals = [noun, `${noun}s`, `${noun}es`, noun.replace(/y$/, 'ies')].filter((word) => word.endsWith('s'))
  return plurals.find((plural) => words.includes(` ${plural} `)) ?? null
}

/** `2 children's cups`, `1 unit`. */
export function unitsText(units: number, plural: string | null): string {
  if (units === 1) return '1 unit'
  return `${units.toLocaleString(LOCALE)} ${plural ?? 'units'}`
}

/** A problem's message as a sentence on a page: `Photo: this file is …` */
export function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1) + (message.endsWith('.') ? '' : '.')
}

/** The heading of a case by its state. */
export function caseHeading(state: CaseState, sums: readonly Money[]): string {
  const sum = sumsText(sums)
  switch (state) {
    case 'awaiting_proof':
      return `Send us a photo to get ${sum} back`
    case 'refund_asked':
      return `We have asked for your refund of ${sum}`
    case 'refunded':
      return `We paid you back ${sum}`
    case 'refund_refused':
      return 'Your refund did not go through'
  }
}

/** What an event says to the buyer, and the reasons where something was decided. */
export function eventText(event: CaseEvent): { text: string; reasons: string[] } {
  const sum = readSum(event.detail)
  const reasons = Array.isArray(event.detail['reasons']) ? event.detail['reasons'].map(String) : []
  switch (event.kind) {
    case 'opened':
      return { text: 'You asked for your money back.', reasons: [] }
    case 'proof_received':
      return { text: 'Your photo arrived.', reasons: [] }
    case 'proof_accepted':
      return { text: 'Our photo check, a program, accepted your photo.', reasons }
    case 'proof_refused':
      return { text: 'Our photo check, a program, could not accept your photo. Please send another.', reasons: reasons.map(sentence) }
    case 'refund_asked':
      return { text: `We asked the payment service to pay you back ${sumsText(readSums(event.detail))}.`, reasons: [] }
    case 'refunded':
      return { text: `The payment service paid back ${sum}.`, reasons: [`Reference: ${String(event.detail['payment_reference'])}`] }
    case 'refund_refused':
      return { text: `The payment service refused to pay back ${sum}.`, reasons: [`It said: ${String(event.detail['reason'])}`] }
  }
}

function readSum(detail: Record<string, unknown>): string {
  const { amount_minor: amountMinor, currency } = detail
  return typeof amountMinor === 'number' && typeof currency === 'string' ? moneyText({ amountMinor, currency }) : 'it'
}

function readSums(detail: Record<string, unknown>): Money[] {
  const refunds = (detail['refunds'] ?? []) as { amount_minor: number; currency: string }[]
  return refunds.map((refund) => ({ amountMinor: refund.amount_minor, currency: refund.currency }))
}
