/** E-mail as a channel: one message at a time over the transport, which has its own connections. */
import { signLink } from '../../platform/links.ts'
import type { MailMessage, MailTransport } from '../../platform/mail.ts'
import type { NoticeOfBuyer } from '../brief.ts'
import { noticeCode } from '../code.ts'
import { contactOf } from '../contact.ts'
import type { BlockBuyer } from '../queries-wave.ts'
import type { MailFacts } from '../wording/mail.ts'
import type { Addressed, Carrier } from './carrier.ts'

/** What a written notice needs of the installation. */
export type Signing = { linkKey: string; baseUrl: string }

export function emailCarrier(deps: Signing & { mail: MailTransport; sender: { name: string; address: string } }): Carrier {
  const senderDomain = deps.sender.address.slice(deps.sender.address.lastIndexOf('@') + 1)
  const messageId = (key: string): string => `<${key}@${senderDomain}>`
  return {
    channel: 'email',
    batchMax: 1,
    ...(deps.mail.atOnce === undefined ? {} : { atOnce: deps.mail.atOnce }),
    contactOf: (buyer) => contactOf(buyer.email),
    messageId,
    send: async ([letter]) => [await deps.mail.send(message(letter!))],
  }

  function message(letter: Addressed): MailMessage {
    return {
      messageId: messageId(letter.key),
      from: deps.sender,
      to: { name: letter.buyer.name, address: letter.address },
      ...letter.write(factsOf(deps, letter.campaignId, letter.buyer)),
      // Tells out-of-office replies to stay away (RFC 3834). A safety notice is no subscription: it bears no List-Unsubscribe.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
    }
  }
}

/** What a notice is written from, for any channel. */
export function factsOf({ linkKey, baseUrl }: Signing, campaignId: string, buyer: BlockBuyer): MailFacts {
  return {
    notice: noticeOf(buyer),
    reader: buyer,
    link: `${baseUrl}/n/${signLink(linkKey, 'notice', buyer.noticeId)}`,
    code: noticeCode(linkKey, { campaignId, noticeId: buyer.noticeId }),
  }
}

function noticeOf(buyer: BlockBuyer): NoticeOfBuyer {
  return {
    noticeId: buyer.noticeId,
    answer: buyer.answer,
    units: buyer.units,
    lineCount: buyer.lineCount,
    refund: buyer.refund,
    lines: buyer.lines.map(({ title, units, orderedAt, amountMinor, currency }) => ({ title, units, orderedAt, amount: { amountMinor, currency } })), // prettier-ignore
  }
}
