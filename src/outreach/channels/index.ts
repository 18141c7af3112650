/** The channels of this installation. */
import type { Channel } from '../playbook.ts'
import type { SendDeps } from '../send-block.ts'
import type { Carrier } from './carrier.ts'
import { emailCarrier } from './email.ts'
import { webhookCarrier } from './webhook.ts'

/** The channels that can be sent by here. Letters are printed by people, and are no worker's to send. */
export function connectedChannels(deps: Pick<SendDeps, 'sms' | 'push'>): Channel[] {
  return ['email', ...(deps.sms ? ['sms' as const] : []), ...(deps.push ? ['push' as const] : [])]
}

/** A carrier for each channel that a wave may have. One that was disconnected since its wave began ends it without a message. */
export function carriersOf(deps: SendDeps): Record<Channel, Carrier> {
  return {
    email: emailCarrier(deps),
    sms: deps.sms ? webhookCarrier({ ...deps, channel: 'sms', endpoint: deps.sms }) : disconnected('sms'),
    push: deps.push ? webhookCarrier({ ...deps, channel: 'push', endpoint: deps.push }) : disconnected('push'),
    letter: disconnected('letter'),
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
