/** Which channel is next for a buyer, and when all have ended. The order and the days are a marketplace's own; these are the rules. Pure. */
import { z } from 'zod'

/** Channels that carry a message to the buyer. Banner and page are always there, and wait for the buyer to come. */
export const CARRIED = ['email', 'sms', 'push', 'letter'] as const
export type Channel = (typeof CARRIED)[number]

export const Playbook = z.strictObject({
  /** In the order they are used, each for those whom the ones before did not reach. */
  channels: z
    .array(z.enum(CARRIED))
    .min(1)
    .refine((channels) => new Set(channels).size === channels.length, 'names a channel twice'),
  /** Days after the campaign's first wave at which those who have not acted are reminded, in rising order. None: no reminders. */
  reminderDays: z
    .array(z.int().min(1).max(3_650))
    .max(20)
    .refine((days) => days.every((day, place) => place === 0 || day > days[place - 1]!), 'must rise'),
  /** Days for which banner and page are offered, after the last channel has ended, before a buyer counts as unreachable. */
  offeredDays: z.int().min(1).max(3_650),
  /** So many returns that may pass, over all waves of a campaign, end a channel for a buyer. */
  softReturnsMax: z.int().min(1).max(100),
})
export type Playbook = z.infer<typeof Playbook>

/**
 * Three reminders, each at a growing distance: people act on the first ones or after a change in their lives, and a safety notice that comes
 * every day is read as advertising. Two weeks of banner and page cover a holiday.
 */
export const DEFAULT_PLAYBOOK: Playbook = {
  channels: ['email', 'sms', 'push', 'letter'],
  reminderDays: [3, 10, 30],
  offeredDays: 14,
  softReturnsMax: 3,
}

/**
 * How a channel stands for a buyer: `open`, not tried since they became pending; `ended`, tried to its end, or taken and sent back;
 * `no_contact`, nothing on file to reach them by; `waiting`, a letter that is not handed over to be printed yet.
 */
export type Standing = 'open' | 'waiting' | 'ended' | 'no_contact'

/** Where a buyer who is pending stands with one channel, and whether this installation can use it at all. */
export type ChannelOf = { channel: Channel; standing: Standing; connected: boolean }

/** The channel that is next for a buyer: the first in order that is connected and open. Null: none is left, or one before it still waits. */
export function nextChannel(order: readonly ChannelOf[]): Channel | null {
  const first = order.find((each) => each.connected && (each.standing === 'open' || each.standing === 'waiting'))
  return first?.standing === 'open' ? first.channel : null
}

export type Reachability = { unreachable: false; waitsFor: Channel | 'banner_and_page' } | { unreachable: true; why: string }

/**
 * Whether a pending buyer is unreachable. Not while a channel is open, even one that nobody has connected: a number on file that was not
 * called is no proof of anything. Then not before banner and page were offered for as long as the playbook says.
 */
export function reachability(order: readonly ChannelOf[], offered: { since: Date; days: number; now: Date }): Reachability {
  const open = order.find((each) => each.standing === 'open' || each.standing === 'waiting')
  if (open !== undefined) return { unreachable: false, waitsFor: open.channel }
  if (offered.now.getTime() - offered.since.getTime() < offered.days * DAY_MS) return { unreachable: false, waitsFor: 'banner_and_page' }
  return { unreachable: true, why: whyUnreachable(order, offered.days) }
}

const DAY_MS = 86_400_000
const NAMES: Record<Channel, string> = { email: 'e-mail', sms: 'SMS', push: 'push', letter: 'letter' }

/** `e-mail did not reach them, no contact for SMS, push and letter; banner and page were not opened in 14 days`. */
function whyUnreachable(order: readonly ChannelOf[], days: number): string {
  const ended = order.filter((each) => each.standing === 'ended').map((each) => NAMES[each.channel])
  const without = order.filter((each) => each.standing === 'no_contact').map((each) => NAMES[each.channel])
  const parts = [
    ...(ended.length === 0 ? [] : [`${listed(ended)} did not reach them`]),
    ...(without.length === 0 ? [] : [`no contact for ${listed(without)}`]),
  ]
  return `${parts.join(', ')}; banner and page were not opened in ${days} ${days === 1 ? 'day' : 'days'}`
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
