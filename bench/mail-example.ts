/** The mail of one buyer of the cups, as `bench/mail.ts` and its workers measure with. */
import { mailWriter } from '../src/outreach/wording/mail.ts'
import type { MailMessage } from '../src/platform/mail.ts'
import { CUPKIN_BRIEF } from '../test/first-wave.ts'
import { SENDER } from '../test/world.ts'

export function exampleMessage(to: string): MailMessage {
  const write = mailWriter(CUPKIN_BRIEF, SENDER, 'https://recalls.example')
  const written = write({
    notice: {
      noticeId: '00000000-0000-0000-0000-000000000001',
      answer: 'affected',
      units: 2,
      lines: [{ title: 'CUPKIN cups, 8 oz', orderedAt: new Date(), units: 2, amount: { amountMinor: 1_999, currency: 'USD' } }],
      lineCount: 1,
      refund: [{ amountMinor: 1_999, currency: 'USD' }],
    },
    reader: { locale: 'en-US', country: 'US', region: null },
    link: `https://recalls.example/n/${'x'.repeat(60)}`,
    code: 'K7QF-2M9X',
  })
  return {
    messageId: `<${'x'.repeat(38)}.email.1@recalls.example>`,
    from: SENDER,
    to: { name: null, address: to },
    headers: {},
    ...written,
  }
}
