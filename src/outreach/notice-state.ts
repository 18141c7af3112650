/** Where a notice stands after an attempt, and why: the words that the desk shows. Pure. */
import type { MailOutcome } from '../platform/mail.ts'

export type AttemptOutcome = MailOutcome['outcome'] | 'no_contact'

export const NOT_SENT_YET = 'not sent yet'
export const MORE_UNITS = 'more units of this buyer came into scope'
export const SEEN_ON_PAGE = 'seen on the page'

/**
 * The state that an e-mail attempt leaves a notice in. A buyer whom e-mail does not reach stays `pending`, because banner and page are channels
 * that have not been tried; `unreachable` is only for those for whom every channel was.
 */
export function stateAfter(
  outcome: AttemptOutcome,
  attempt: number,
  attemptsMax: number,
): { state: 'pending' | 'delivered'; reason: string } {
  switch (outcome) {
    case 'accepted':
      return { state: 'delivered', reason: 'the buyer’s mail server took the e-mail' }
    case 'no_contact':
      return { state: 'pending', reason: 'no e-mail address; banner and page remain' }
    case 'refused':
      return { state: 'pending', reason: 'e-mail refused for good; banner and page remain' }
    case 'refused_for_now':
    case 'failed':
      return attempt < attemptsMax
        ? { state: 'pending', reason: 'e-mail not taken yet, to be tried again' }
        : { state: 'pending', reason: `e-mail not taken in ${attemptsMax} attempts; banner and page remain` }
  }
}

/** Whether an attempt with this outcome is followed by another one. */
export function isTriedAgain(outcome: AttemptOutcome): boolean {
  return outcome === 'refused_for_now' || outcome === 'failed'
}
