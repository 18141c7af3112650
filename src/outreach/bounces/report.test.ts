import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readBounce } from './report.ts'
import { splitMailbox } from './mailbox-file.ts'

/** A message from its lines; bare line feeds become what a mail server writes. */
function message(...lines: string[]): Buffer {
  return Buffer.from(lines.join('\n').replaceAll('\n', '\r\n'))
}

function bounced(text: string, head: string[] = []): Buffer {
  return message(
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@relay.example>',
    'To: safety@market.example',
    'Subject: Undelivered Mail Returned to Sender',
    ...head,
    '',
    text,
  )
}

function report(fields: string, extra = ''): Buffer {
  return message(
    'Return-Path: <>',
    'From: MAILER-DAEMON@relay.example',
    'To: safety@market.example',
    'Subject: Delivery Status Notification (Failure)',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain',
    '',
    'Your message could not be delivered.',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.example',
    '',
    fields,
    '',
    `--b1${extra}`,
    'Content-Type: text/rfc822-headers',
    '',
    'From: Larkspur Market <safety@market.example>',
    'To: ana@mail.example',
    'Subject: Recall: stop using these cups now',
    '',
    '--b1--',
  )
}

test('anything at all is answered, and in time that grows with its length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
      const read = readBounce(Buffer.from(bytes))
      assert.ok(['hard', 'soft', 'complaint', 'autoreply', 'none'].includes(read.kind))
    }),
  )
  const nested = Array.from({ length: 500 }, (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n\n`).join('')
  assert.equal(readBounce(message('Content-Type: multipart/mixed; boundary=b0', '', nested)).kind, 'none')
  assert.equal(readBounce(Buffer.alloc(5_000_000, 'a@')).kind, 'none')
})

test('ordinary mail is none', () => {
  assert.equal(readBounce(message('From: ana@mail.example', 'To: safety@market.example', 'Subject: My cups', '', 'They failed to arrive at bo@mail.example. Refund?')).kind, 'none') // prettier-ignore
})

test('a report that says delivered is none, delayed is soft, failed goes by its status', () => {
  const fields = (action: string, status: string) => `Final-Recipient: rfc822; ana@mail.example\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 5.1.1 no such user` // prettier-ignore
  assert.equal(readBounce(report(fields('delivered', '2.0.0'))).kind, 'none')
  assert.equal(readBounce(report(fields('delayed', '4.4.1'))).kind, 'soft')
  assert.deepEqual(readBounce(report(fields('failed', '5.1.1'))), { recipient: 'ana@mail.example', status: '5.1.1', kind: 'hard', diagnostic: '550 5.1.1 no such user' }) // prettier-ignore
  assert.equal(readBounce(report(fields('failed', '4.2.2'))).kind, 'soft')
  assert.equal(readBounce(report(fields('failed', '5.0.0'))).status, '5.1.1', 'the server’s own words are more telling than a vague field')
})

test('the address that we wrote to is told before the one it was forwarded to', () => {
  const read = readBounce(report('Original-Recipient: rfc822;ana@mail.example\nFinal-Recipient: rfc822;box42@host.example\nAction: failed\nStatus: 5.2.1')) // prettier-ignore
  assert.equal(read.recipient, 'ana@mail.example')
})

test('of several recipients the one that failed is told', () => {
  const read = readBounce(report('Final-Recipient: rfc822;bo@mail.example\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822;<ana@mail.example>\nAction: failed\nStatus: 5.1.1')) // prettier-ignore
  assert.equal(read.recipient, 'ana@mail.example')
})

test('servers that write prose', () => {
  const cases: [string, string, string, string][] = [
    ['<ana@mail.example>: host mx.mail.example[192.0.2.1] said: 550 5.1.1 user unknown (in reply to RCPT TO command)', 'ana@mail.example', 'hard', '5.1.1'], // prettier-ignore
    ['A message that you sent could not be delivered to one or more of its recipients. This is a permanent error. The following address(es) failed:\n\n  ana@mail.example\n    Unrouteable address', 'ana@mail.example', 'hard', '5.1.1'], // prettier-ignore
    ["Hi. I'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ana@mail.example>:\n192.0.2.7 does not like recipient.\nRemote host said: 552 mailbox over quota", 'ana@mail.example', 'hard', '5.2.2'], // prettier-ignore
    ['Could not be delivered to: <ana@mail.example>\nThe mailbox is full.', 'ana@mail.example', 'soft', '4.2.2'],
    ['Your message to ana@mail.example has been delayed. The server will keep trying for 3 days. You do not need to resend it.', 'ana@mail.example', 'soft', '4.0.0'], // prettier-ignore
    ["Votre message n'a pas pu être remis à : ana@mail.example\nCette adresse n'existe pas.", 'ana@mail.example', 'hard', '5.1.1'],
    ['Your message\n\n  To:      list@market.example\n  Subject: Recall\n\ndid not reach the following recipient(s):\n\nana@mail.example on Fri, 4 Oct 2024\n    The recipient name is not recognized', 'ana@mail.example', 'hard', ''], // prettier-ignore
  ]
  for (const [text, recipient, kind, status] of cases) {
    const read = readBounce(bounced(text))
    assert.deepEqual({ recipient: read.recipient, kind: read.kind, status: read.status }, { recipient, kind, status }, text)
    assert.notEqual(read.diagnostic, '')
  }
})

test('the address that failed is told from those that stand around it', () => {
  const copy = '\n\n------ This is a copy of the message ------\n\nReceived: from market.example by relay.example\n  for <ana@mail.example>; Fri, 4 Oct 2024 10:00:00 +0000\nFrom: safety@market.example\nTo: list@lists.example\nSubject: Recall' // prettier-ignore
  const cases: Record<string, string> = {
    'a list in the head that is told again': `Your message\n\n  To:      list@lists.example\n  Cc:      other@lists.example\n  Subject: Recall\n  Sent:    Fri, 4 Oct 2024\n\ndid not reach the following recipient(s):\n\nana@mail.example on Fri, 4 Oct 2024\n    The recipient name is not recognized`, // prettier-ignore
    'what it was made of': '<box7@host.example> (expanded from <ana@mail.example>): unknown user: "box7"',
    'what it was made of, on a line below': '   ----- The following addresses had permanent fatal errors -----\nbox7@host.example\n    (expanded from: ana@mail.example)', // prettier-ignore
    'a name that looks like an address': 'These recipients are malformed:\n\n  bo@mail.example <ana@mail.example>: malformed address',
    'what the server was told': 'Error: invalid user address\n550 - Requested action not taken: no such user here\n\nMessage details:\n  Subject: Recall\n  MAIL FROM: safety@market.example\n  RCPT TO: ana@mail.example\n  From: safety@market.example', // prettier-ignore
    'a recipient without an address, so that the one in the head is the best there is': 'Your message\n\n  To:      ana@mail.example\n  Subject: Recall\n  Sent:    Fri, 4 Oct 2024\n\ndid not reach the following recipient(s):\n\nAna Example on Fri, 4 Oct 2024\n    The recipient was unavailable', // prettier-ignore
    'whom mail is not taken from': 'Mail from bo@lists.example to ana@mail.example was rejected.',
    'for whom it was received': `The standard form of an address here is given.name@mail.example. The address ana@mail.example is unknown.${copy}`,
  }
  for (const [which, text] of Object.entries(cases)) assert.equal(readBounce(bounced(text)).recipient, 'ana@mail.example', which)
  const own = 'Your mail to the following recipients could not be delivered because they do not accept mail from safety@market.example:\n\tana7\n' // prettier-ignore
  assert.equal(readBounce(bounced(own)).recipient, 'ana7@relay.example', 'a name without its domain is one of the server that writes')
})

test('a refused session is a bounce, and an address that no server would take is still the one that we wrote to', () => {
  const session = 'Transcript of session follows.\n\n In:  RCPT TO:<ana@mail.example> NOTIFY=NEVER\n Out: 250 2.1.5 Ok\n In:  DATA\n Out: 451 4.3.0 Error: queue file write error' // prettier-ignore
  const read = readBounce(bounced(session))
  assert.deepEqual([read.recipient, read.kind, read.status], ['ana@mail.example', 'soft', '4.3.0'])
  assert.equal(
    readBounce(report('Final-Recipient: RFC822; ana@#mail.example\nAction: failed\nStatus: 5.1.2')).recipient,
    'ana@#mail.example',
  )
  const encoded = '=?utf-8?B?w6RuYQ==?=@mail.example'
  assert.equal(readBounce(report(`Final-Recipient: RFC822; ${encoded}\nAction: failed\nStatus: 5.1.1`)).recipient, encoded)
})

test('HTML, base64 and other alphabets are read', () => {
  const html = Buffer.from('<p>Die Nachricht konnte nicht zugestellt werden an <a href="mailto:ana@mail.example">Ana</a>.</p><p>550 5.1.1 Empfänger nicht bekannt</p>').toString('base64') // prettier-ignore
  const read = readBounce(bounced(html, ['Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64']))
  assert.deepEqual([read.recipient, read.kind, read.status], ['ana@mail.example', 'hard', '5.1.1'])
})

test('a complaint is told from its report, with the person it is about', () => {
  const complaint = (type: string) => message('From: fbl@provider.example', 'To: abuse@market.example', 'Subject: FW: Recall', 'Content-Type: multipart/report; report-type=feedback-report; boundary=b', '', '--b', 'Content-Type: message/feedback-report', '', `Feedback-Type: ${type}`, 'Original-Rcpt-To: <ana@mail.example>', '', '--b', 'Content-Type: message/rfc822', '', 'To: ana@mail.example', '', 'x', '--b--') // prettier-ignore
  assert.deepEqual(readBounce(complaint('abuse')), { recipient: 'ana@mail.example', status: '', kind: 'complaint', diagnostic: 'feedback report: abuse' }) // prettier-ignore
  assert.equal(readBounce(complaint('not-spam')).kind, 'none')
  const forwarded = message('From: fbl@provider.example', 'Content-Type: multipart/report; report-type=feedback-report; boundary=b', '', '--b', 'Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', '', '--b', 'Content-Type: message/rfc822', '', 'Delivered-To: box7@host.example', 'To: ana@mail.example', '', 'x', '--b--') // prettier-ignore
  assert.equal(readBounce(forwarded).recipient, 'ana@mail.example', 'whom we wrote to, not where it was forwarded to')
  const alone = message('X-HmXmrOriginalRecipient: ana@mail.example', 'From: safety@market.example', 'To: ana@mail.example', 'Subject: Recall', '', 'Stop') // prettier-ignore
  assert.deepEqual([readBounce(alone).kind, readBounce(alone).recipient], ['complaint', 'ana@mail.example'])
})

test('an absent person’s reply is no failure', () => {
  const reply = (...head: string[]) => readBounce(message('From: Ana <ana@mail.example>', 'To: safety@market.example', ...head, '', 'I am away until Monday.')) // prettier-ignore
  for (const head of [
    ['Auto-Submitted: auto-replied', 'Subject: Re: Recall'],
    ['Subject: Automatic reply: Recall'],
    ['Subject: =?utf-8?B?QWJ3ZXNlbmhlaXRzbm90aXo6IFLDvGNrcnVm?='],
    ['X-Autoreply: yes', 'Subject: Thanks'],
  ])
    // prettier-ignore
    assert.deepEqual([reply(...head).kind, reply(...head).recipient], ['autoreply', 'ana@mail.example'], head.join())
})

test('what came without a sender is a machine’s: a reply where it is no failure, a failure where it tells of one', () => {
  const from = (sender: string, text: string, ...head: string[]) => readBounce(message('Return-Path: <>', `From: ${sender}`, 'To: safety@market.example', ...head, '', text)) // prettier-ignore
  const thanks = from('Ana <ana@mail.example>', 'Thank you. I will answer soon.', 'Subject: Thank you for your e-mail')
  assert.deepEqual([thanks.kind, thanks.recipient], ['autoreply', 'ana@mail.example'])
  const failure = from('<>', "You sent mail to ana@mail.example. That's not a valid user here.", 'Auto-Submitted: auto-replied')
  assert.deepEqual([failure.kind, failure.recipient], ['hard', 'ana@mail.example'])
  const away = from('Ana <ana@mail.example>', 'x', 'Subject: [Automatyczna odpowied=?utf-8?B?xbo=?=] Recall')
  assert.equal(away.kind, 'autoreply')
})

test('a mail program that unsubscribes for its owner complains, a person who writes the word does not', () => {
  const asked = (...head: string[]) => readBounce(message('From: ana@mail.example', 'To: safety@market.example', 'Subject: unsubscribe', ...head, '', 'Please.')) // prettier-ignore
  assert.deepEqual([asked('Auto-Submitted: auto-replied').kind, asked('Auto-Submitted: auto-replied').recipient], ['complaint', 'ana@mail.example']) // prettier-ignore
  assert.equal(asked().kind, 'none')
})

test('a mailbox file is cut into its messages', () => {
  const one = bounced('<ana@mail.example>: 550 5.1.1 no such user').toString()
  const two = bounced('<bo@mail.example>: 450 4.2.1 try again\r\n\r\nFrom here on it is prose.').toString()
  const file = Buffer.from(
    `From MAILER-DAEMON Fri Apr 29 23:34:45 2026\r\n${one}\r\n\r\nFrom MAILER-DAEMON Fri Apr 29 23:35:45 2026\r\n${two}`,
  )
  assert.deepEqual(splitMailbox(file).map((each) => readBounce(each).recipient), ['ana@mail.example', 'bo@mail.example']) // prettier-ignore
  assert.equal(splitMailbox(Buffer.from(one)).length, 1)
})
