/** The channels of this installation. */
import type { Channel } from '../playbook.ts'
import type { SendDeps } from '../send-block.ts'
import type { Carrier } from './carrier.ts'
import { emailCarrier } from './email.ts'
import { letterCarrier } from './letter.ts'
import { webhookCarrier } from './webhook.ts'

/** The channels that can be sent by here. Letters are those of an installation that has said whose address they bear. */
export function connectedChannels(deps: Pick<SendDeps, 'sms' | 'push' | 'letterFrom'>): Channel[] {
  const { sms, push, letterFrom } = deps
  return ['email', ...(sms ? ['sms' as const] : []), ...(push ? ['push' as const] : []), ...(letterFrom ? ['letter' as const] : [])]
}

/** A carrier for each channel that a wave may have. One that was disconnected since its wave began ends it without a message. */
export function carriersOf(deps: SendDeps): Record<Channel, Carrier> {
  return {
    email: emailCarrier(deps),
    sms: deps.sms ? webhookCarrier({ ...deps, channel: 'sms', endpoint: deps.sms }) : disconnected('sms'),
    push: deps.push ? webhookCarrier({ ...deps, channel: 'push', endpoint: deps.push }) : disconnected('push'),
    letter: deps.letterFrom ? letterCarrier(deps.letterFrom) : disconnected('letter'),
  }
}

function disconnected(channel: Channel): Carrier {
  const answer = 'this channel is not connected here'
  return {
    channel,
    batchMax: 1_000,
    contactOf: (buyer) => ({ ok: true, address: buyer.buyerId, domain: null }),
    messageId: (key) => key,
    send: async (letters) => letters.map(() => ({ outcome: 'failed', answer })),
  }
}
