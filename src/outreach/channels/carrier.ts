/** What a wave needs of a channel: whom it can reach, how much at once, and what came of it. E-mail, SMS and push are each one of these. */
import type { AttemptOutcome } from '../notice-state.ts'
import type { BlockBuyer } from '../queries-wave.ts'
import type { Channel } from '../playbook.ts'
import type { MailWriter } from '../wording/mail.ts'

/** Where a buyer is reached by a channel; `domain` is what of it is kept, null where the channel has none. */
export type Contact = { ok: true; address: string; domain: string | null } | { ok: false; why: string }

/** One buyer's message before it is written. `key` says which notice, channel and wave, signed; the same in every attempt. */
export type Letter = { buyer: BlockBuyer; contact: Contact; key: string }

/** A letter that has somewhere to go. */
export type Addressed = { campaignId: string; buyer: BlockBuyer; address: string; key: string; write: MailWriter }

export type Outcome = { outcome: AttemptOutcome; answer: string }

export type Carrier = {
  channel: Channel
  /** Letters handed over together; each has its own outcome. */
  batchMax: number
  /** Hand-overs at once that it can use; absent where the sender's own measure is as good. */
  atOnce?: number
  contactOf: (buyer: BlockBuyer) => Contact
  /** What is kept as the delivery's message id. */
  messageId: (key: string) => string
  /** Outcomes in the order of the letters. What a receiving side answers is a value; only a bug throws. */
  send: (letters: readonly Addressed[]) => Promise<Outcome[]>
}
