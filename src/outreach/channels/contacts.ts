/** Contact points that the marketplace keeps to itself: asked for just before a block is sent, used, and forgotten. */
import { z } from 'zod'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import type { Channel } from '../playbook.ts'
import type { BlockBuyer } from '../queries-wave.ts'
import { askSigned, type Endpoint } from './signed-request.ts'

/** Gives each buyer of a block the contact that the marketplace has for this channel now. Throws where it cannot be asked. */
export type ContactPort = <Buyer extends BlockBuyer>(channel: Channel, buyers: readonly Buyer[]) => Promise<Buyer[]>

const SECONDS_MAX = 30

const Contacts = z.object({
  contacts: z.array(
    z.object({
      buyer_id: z.string(),
      name: z.string().max(500).nullish(),
      email: z.string().max(500).nullish(),
      phone: z.string().max(100).nullish(),
      street: z.string().max(200).nullish(),
      postal_code: z.string().max(20).nullish(),
      city: z.string().max(100).nullish(),
      region: z.string().max(100).nullish(),
      country: z.string().max(2).nullish(),
    }),
  ),
})

/**
 * A buyer who is not in the answer has no contact. An endpoint that does not answer stops the wave instead: to go on would write down that
 * nobody can be reached. The job is tried again, and begins with the same block.
 */
export function askedContacts(deps: { endpoint: Endpoint; clock: Clock }): ContactPort {
  return async (channel, buyers) => {
    const body = { type: 'outreach.contacts', channel, buyer_ids: buyers.map((buyer) => buyer.buyerId) }
    const answered = await askSigned(deps.endpoint, { id: `ask_${newId()}`, body, seconds: SECONDS_MAX, clock: deps.clock })
    if (!answered.ok) throw new Error(`The marketplace’s contact points could not be asked for: ${answered.answer}.`)
    const parsed = Contacts.safeParse(answered.body)
    if (!parsed.success) throw new Error('The marketplace’s answer about contact points has another form than agreed.')
    const contacts = new Map(parsed.data.contacts.map((contact) => [contact.buyer_id, contact]))
    return buyers.map((buyer) => {
      const contact = contacts.get(buyer.buyerId)
      return {
        ...buyer,
        name: contact?.name ?? buyer.name,
        email: contact?.email ?? null,
        phone: contact?.phone ?? null,
        street: contact?.street ?? null,
        postalCode: contact?.postal_code ?? null,
        city: contact?.city ?? null,
        // These decide law and language, which the catalogue may know where the answer does not say them.
        region: contact?.region ?? buyer.region,
        country: contact?.country ?? buyer.country,
      }
    })
  }
}
