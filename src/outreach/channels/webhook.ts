/** SMS and push: handed over to the marketplace's provider in signed batches, each message with its own answer. */
import { z } from 'zod'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { withoutAddresses } from '../../platform/smtp/answers.ts'
import type { BlockBuyer } from '../queries-wave.ts'
import type { Addressed, Carrier, Contact } from './carrier.ts'
import { factsOf, type Signing } from './email.ts'
import { askSigned, type Endpoint } from './signed-request.ts'
import { shortText } from './short-text.ts'

const BATCH_MAX = 100
const SECONDS_MAX = 30

/** `for_now`: bring it again later; `no_contact`: the provider has nothing to reach this buyer by. */
const Results = z.object({
  results: z.array(
    z.object({
      key: z.string(),
      outcome: z.enum(['accepted', 'refused', 'for_now', 'no_contact']),
      answer: z.string().max(2_000).default(''),
    }),
  ),
})

const OUTCOMES = { accepted: 'accepted', refused: 'refused', for_now: 'refused_for_now', no_contact: 'no_contact' } as const

export function webhookCarrier(
  deps: Signing & { channel: 'sms' | 'push'; endpoint: Endpoint; sender: { name: string }; clock: Clock },
): Carrier {
  const { channel } = deps
  return {
    channel,
    batchMax: BATCH_MAX,
    contactOf: channel === 'sms' ? (buyer) => phoneOf(buyer.phone) : deviceOf,
    messageId: (key) => key,
    async send(letters) {
      const messages = letters.map((letter) => messageOf(letter))
      // What is the same again is told by each message's key: it stays in every attempt, whatever else stands in the request.
      const id = `msg_${newId()}`
      const answered = await askSigned(deps.endpoint, { id, body: { type: 'outreach.messages', channel, messages }, seconds: SECONDS_MAX, clock: deps.clock }) // prettier-ignore
      if (!answered.ok) {
        // A provider that says no to a whole batch has judged no message of it: none of them counts as refused for good.
        const outcome = answered.refusedForNow ? 'refused_for_now' : 'failed'
        return letters.map(() => ({ outcome, answer: answered.answer }))
      }
      const parsed = Results.safeParse(answered.body)
      const results = new Map(parsed.success ? parsed.data.results.map((result) => [result.key, result]) : [])
      return letters.map(({ key }) => {
        const result = results.get(key)
        if (result === undefined) return { outcome: 'failed', answer: 'the provider did not say what came of this message' }
        return { outcome: OUTCOMES[result.outcome], answer: withoutNumbers(withoutAddresses(result.answer)) }
      })
    },
  }

  function messageOf({ campaignId, key, buyer, address, write }: Addressed): object {
    const facts = factsOf(deps, campaignId, buyer)
    const text = shortText({ subject: write(facts).subject, link: facts.link, code: facts.code, sender: deps.sender.name })
    const to = channel === 'sms' ? { phone: address } : {}
    return { key, buyer_id: buyer.buyerId, ...to, text, link: facts.link, code: facts.code }
  }
}

/** A number as people write it: digits behind an optional plus, with the usual marks between. Whether it rings is for the provider to say. */
export function phoneOf(phone: string | null): Contact {
  const text = (phone ?? '').trim()
  if (text === '') return { ok: false, why: 'no telephone number on file' }
  const digits = text.replaceAll(/[\s()./-]/g, '')
  return /^\+?\d{6,15}$/.test(digits) ? { ok: true, address: digits, domain: null } : { ok: false, why: 'what is on file is not a telephone number' } // prettier-ignore
}

/** The provider knows a buyer's devices; we know the buyer. */
function deviceOf(buyer: BlockBuyer): Contact {
  return { ok: true, address: buyer.buyerId, domain: null }
}

function withoutNumbers(text: string): string {
  return text.replaceAll(/\+?\d[\d\s().-]{5,}\d/g, '<number>')
}
