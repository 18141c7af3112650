/** Where a notice stands after an attempt, and why: the words that the desk shows. Pure. */
import type { MailOutcome } from '../platform/mail.ts'
import type { Channel } from './playbook.ts'

/** `prepared`: a letter that waits to be printed. Its delivery has no outcome before its print job is handed over. */
export type AttemptOutcome = MailOutcome['outcome'] | 'no_contact' | 'prepared'

export const NOT_SENT_YET = 'not sent yet'
export const MORE_UNITS = 'more units of this buyer came into scope'
export const SEEN_ON_PAGE = 'seen on the page'
export const WAITS_FOR_PRINT = 'the letter waits to be printed'

const NAMES: Record<Channel, string> = { email: 'e-mail', sms: 'SMS', push: 'push message', letter: 'letter' }
export const TAKEN: Record<Channel, string> = {
  email: 'the buyer’s mail server took the e-mail',
  sms: 'the provider took the SMS',
  push: 'the provider took the push message',
  letter: 'the letter was handed over to be printed and posted',
}
const NO_CONTACT: Record<Channel, string> = {
  email: 'no e-mail address',
  sms: 'no telephone number',
  push: 'no device to send to',
  letter: 'no postal address',
}

/**
 * The state that an attempt by a channel leaves a notice in. A buyer whom it does not reach stays `pending`, because other channels, banner and
 * page have not been tried; `unreachable` is only for those for whom every channel was.
 */
export function stateAfter(
  channel: Channel,
  outcome: AttemptOutcome,
  attempt: number,
  attemptsMax: number,
): { state: 'pending' | 'delivered'; reason: string } {
  const name = NAMES[channel]
  switch (outcome) {
    case 'accepted':
      return { state: 'delivered', reason: TAKEN[channel] }
    case 'prepared':
      return { state: 'pending', reason: WAITS_FOR_PRINT }
    case 'no_contact':
      return { state: 'pending', reason: `${NO_CONTACT[channel]}; banner and page remain` }
    case 'refused':
      return { state: 'pending', reason: `${name} refused for good; banner and page remain` }
    case 'refused_for_now':
    case 'failed':
      return attempt < attemptsMax
        ? { state: 'pending', reason: `${name} not taken yet, to be tried again` }
        : { state: 'pending', reason: `${name} not taken in ${attemptsMax} attempts; banner and page remain` }
    default:
      return outcome satisfies never
  }
}

/** Whether an attempt with this outcome is followed by another one. */
export function isTriedAgain(outcome: AttemptOutcome): boolean {
  return outcome === 'refused_for_now' || outcome === 'failed'
}
