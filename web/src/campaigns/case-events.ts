/** What an event of a case says to a safety officer beyond its name. Pure. */
import { counted, money } from '../ui/format.ts'
import { inSentence } from '../ui/words.ts'
import type { CaseEvent, Money } from './types.ts'

/** One line of detail, empty where the name says everything. */
export function eventText({ kind, detail }: Pick<CaseEvent, 'kind' | 'detail'>): string {
  switch (kind) {
    case 'opened':
      return [textOf(detail['remedy'], inSentence), numberOf(detail['units'])].filter((text) => text !== '').join(' for ')
    case 'refund_asked':
      return sumsOf(detail['refunds'])
    case 'refunded':
      return [sumOf(detail), textOf(detail['payment_reference'], (reference) => `reference ${reference}`)]
        .filter((text) => text !== '')
        .join(', ')
    case 'refund_refused':
      return [sumOf(detail), textOf(detail['reason'])].filter((text) => text !== '').join(': ')
    case 'proof_accepted':
    case 'proof_refused':
      return Array.isArray(detail['reasons']) ? detail['reasons'].map(String).join(' ') : ''
    default:
      return ''
  }
}

/** The hash of the photograph that came with an event, where one did. */
export function photoHash({ kind, detail }: Pick<CaseEvent, 'kind' | 'detail'>): string | null {
  const hash = detail['file_sha256']
  return kind === 'proof_received' && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? hash : null
}

function textOf(value: unknown, say: (text: string) => string = (text) => text): string {
  return typeof value === 'string' && value !== '' ? say(value) : ''
}

function numberOf(units: unknown): string {
  return typeof units === 'number' ? counted(units, 'unit') : ''
}

function isMoney(value: unknown): value is Money {
  const sum = value as Partial<Money> | null
  return typeof sum?.amount_minor === 'number' && typeof sum.currency === 'string'
}

function sumOf(value: unknown): string {
  return isMoney(value) ? money(value.amount_minor, value.currency) : ''
}

function sumsOf(value: unknown): string {
  return Array.isArray(value)
    ? value
        .map(sumOf)
        .filter((text) => text !== '')
        .join(' + ')
    : ''
}
