/** Letters as a channel: a wave says who gets one. What is printed is written when a person asks for a print job (`letters/make.ts`). */
import type { LetterFrom } from '../../platform/config-webhooks.ts'
import { isPrintable } from '../letters/fonts.ts'
import { destinationOf } from '../letters/postal-address.ts'
import type { Carrier } from './carrier.ts'

const BATCH_MAX = 1_000

export function letterCarrier(from: LetterFrom): Carrier {
  return {
    channel: 'letter',
    batchMax: BATCH_MAX,
    contactOf(buyer) {
      const destined = destinationOf(buyer, from.country, isPrintable)
      return destined.ok ? { ok: true, address: buyer.buyerId, domain: null } : destined
    },
    messageId: (key) => key,
    send: async (letters) => letters.map(() => ({ outcome: 'prepared', answer: '' })),
  }
}
