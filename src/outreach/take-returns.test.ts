import { test } from 'node:test'
import assert from 'node:assert/strict'
import { transaction } from '../platform/db.ts'
import type { MailMessage, MailTransport } from '../platform/mail.ts'
import { testDatabase } from '../../test/database.ts'
import { addCrowdWithCups, openOutreach, QUICK, sendDeps } from '../../test/first-wave.ts'
import { brokenPromises, CUPKIN_ID, LINK_KEY } from '../../test/world.ts'
import { acknowledge, outreachInvariants, reachOf, sendWave, startWave } from './index.ts'
import { readReturn, takeReturns } from './take-returns.ts'

const database = await testDatabase()
const ORDER = { campaignId: CUPKIN_ID, wave: 1, pace: QUICK }
const BY = { way: 'file' as const, at: new Date('2040-01-01T00:00:00Z') }
let sent: MailMessage[] = []

const mail: MailTransport = {
  async send(message) {
    sent.push(message)
    return { outcome: 'accepted', answer: '250 taken' }
  },
  close() {},
}

test.beforeEach(async () => {
  await database.pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets,
              outreach.deliveries, outreach.acknowledgements, outreach.returns, outreach.unmatched_returns, outreach.playbooks`,
  )
  sent = []
})

async function openAndSend(buyers: number): Promise<void> {
  await addCrowdWithCups(database, buyers)
  await openOutreach(database)
  await sendWave(sendDeps(database, mail), ORDER)
}

async function addressOf(buyer: string): Promise<string> {
  const { rows } = await database.pool.query('select email from catalog.buyers where buyer_id = $1', [buyer])
  return rows[0].email
}

async function mailTo(buyer: string): Promise<MailMessage> {
  const address = await addressOf(buyer)
  return sent.find((message) => message.to.address === address)!
}

async function notice(buyer: string): Promise<string> {
  const { rows } = await database.pool.query('select state, state_reason from outreach.notices where buyer_id = $1', [buyer])
  return `${rows[0].state}: ${rows[0].state_reason}`
}

/** A report as mail servers write it (RFC 3464), with the head of what was sent, or without one. */
function report(about: { no: string; address: string; status: string; action?: string; diagnostic?: string; original?: string }): Buffer {
  const { no, address, status, action = 'failed', diagnostic = '550 no such user', original } = about
  const lines = [
    'Return-Path: <>', `Message-ID: <report.${no}@relay.example>`, 'From: Mail Delivery System <MAILER-DAEMON@relay.example>',
    'To: product-safety@larkspur.example', 'Subject: Undelivered Mail Returned to Sender',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '',
    '--b', 'Content-Type: text/plain', '', 'Your message could not be delivered.',
    '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; relay.example', '',
    `Final-Recipient: rfc822; ${address}`, `Action: ${action}`, `Status: ${status}`, `Diagnostic-Code: smtp; ${diagnostic} <${address}>`, '',
    ...(original === undefined ? [] : ['--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${original}`, 'Subject: Recall', '']),
    '--b--', '',
  ] // prettier-ignore
  return Buffer.from(lines.join('\r\n'))
}

function complaint(no: string, address: string, original: string): Buffer {
  const lines = [
    `Message-ID: <complaint.${no}@provider.example>`, 'From: feedback@provider.example', 'To: product-safety@larkspur.example', 'Subject: complaint',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"', '',
    '--b', 'Content-Type: text/plain', '', 'This is a complaint.',
    '--b', 'Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'User-Agent: Provider/1.0', 'Version: 1', '',
    '--b', 'Content-Type: message/rfc822', '', `Message-ID: ${original}`, `To: ${address}`, 'Subject: Recall', '', 'Stop using these cups.', '--b--', '',
  ] // prettier-ignore
  return Buffer.from(lines.join('\r\n'))
}

async function take(...messages: Buffer[]) {
  const taken = await takeReturns(
    database,
    messages.map((message) => readReturn(LINK_KEY, message)),
    BY,
  )
  return taken.counts
}

async function promisesHold(): Promise<void> {
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
}

test('what is no return, what nobody sent, and what another installation signed change nothing', async () => {
  await openAndSend(3)
  const forged = report({ no: '1', address: 'nobody@elsewhere.example', status: '5.1.1', original: '<forged.email.1@larkspur.example>' })
  const letter = Buffer.from('From: Ana <ana@mail.example>\r\nSubject: my cups\r\n\r\nHello, what about my cups?\r\n')
  const counts = await take(forged, letter, Buffer.from('\x00\xff not a message'))
  assert.deepEqual(counts, { taken: 0, again: 0, undone: 0, unmatched: 1, ignored: 2, early: 0 })
  assert.equal((await reachOf(database.db, CUPKIN_ID)).delivered, 3)
  const { rows } = await database.pool.query('select u::text as row, recipient_domain from outreach.unmatched_returns u')
  assert.ok(!rows[0].row.includes('nobody@'), 'no address is kept')
  assert.equal(rows[0].recipient_domain, 'elsewhere.example')
  await promisesHold()
})

test('a message that came back for good makes its notice pending again, once, however often it is taken in', async () => {
  await openAndSend(3)
  const { messageId } = await mailTo('B-0000002')
  const bounce = report({ no: '1', address: await addressOf('B-0000002'), status: '5.1.1', original: messageId })
  // The report counts for the message that it bears, even where the receiving side names an address that nobody here knows.
  const forwarded = report({
    no: '2',
    address: 'forwarded@elsewhere.example',
    status: '5.1.1',
    original: (await mailTo('B-0000001')).messageId,
  })
  assert.deepEqual(await take(bounce, forwarded), { taken: 2, again: 0, undone: 2, unmatched: 0, ignored: 0, early: 0 })
  const overAnotherWay = Buffer.concat([Buffer.from('Received: from relay.example\r\n'), bounce])
  assert.deepEqual(await take(bounce, overAnotherWay), { taken: 0, again: 2, undone: 0, unmatched: 0, ignored: 0, early: 0 })
  assert.equal(await notice('B-0000002'), 'pending: the e-mail came back; the next channel is due')
  assert.equal(await notice('B-0000003'), 'delivered: the buyer’s mail server took the e-mail')
  const reach = await reachOf(database.db, CUPKIN_ID)
  assert.deepEqual([reach.identified, reach.delivered, reach.pending], [3, 1, 2])
  const { rows } = await database.pool.query('select r::text as row, matched_by, diagnostic from outreach.returns r order by buyer_id')
  assert.ok(rows.every((row) => !row.row.includes('@')), 'no address is kept') // prettier-ignore
  assert.match(rows[1].diagnostic, /550 no such user/)
  await promisesHold()
})

test('without the head of the original, the address finds the newest e-mail that was taken', async () => {
  await openAndSend(2)
  const address = await addressOf('B-0000001')
  assert.deepEqual((await take(report({ no: '1', address: address.toUpperCase(), status: '5.1.1' }))).undone, 1)
  const { rows } = await database.pool.query('select matched_by, wave from outreach.returns')
  assert.deepEqual(rows, [{ matched_by: 'recipient', wave: 1 }])
  await promisesHold()
})

test('what may pass is counted and ends the e-mail when it comes too often; replies by machines end nothing', async () => {
  await openAndSend(2)
  const [address, { messageId: original }] = [await addressOf('B-0000001'), await mailTo('B-0000001')]
  const soft = (no: string) => report({ no, address, status: '4.2.2', action: 'delayed', diagnostic: '452 mailbox full', original })
  assert.equal((await take(soft('1'), soft('2'))).undone, 0)
  assert.match(await notice('B-0000001'), /^delivered/)
  assert.equal((await take(soft('2'), soft('3'))).undone, 1)
  assert.equal(await notice('B-0000001'), 'pending: the e-mail came back too often; the next channel is due')
  const away = Buffer.from(
    `Message-ID: <away@mail.example>\r\nFrom: ${await addressOf('B-0000002')}\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\nIn-Reply-To: ${(await mailTo('B-0000002')).messageId}\r\n\r\nBack on Monday.\r\n`,
  )
  assert.deepEqual(await take(away), { taken: 1, again: 0, undone: 0, unmatched: 0, ignored: 0, early: 0 })
  assert.match(await notice('B-0000002'), /^delivered/)
  await promisesHold()
})

test('who complains is told by the next channel; who has seen the page stays delivered, whatever comes back', async () => {
  await openAndSend(2)
  await take(complaint('1', await addressOf('B-0000001'), (await mailTo('B-0000001')).messageId))
  assert.equal(await notice('B-0000001'), 'pending: the buyer marked the e-mail as unwanted; the next channel is due')
  await transaction(database, (tx) => acknowledge(tx, { buyerId: 'B-0000002', campaignId: CUPKIN_ID, how: 'button', at: new Date() }))
  const back = report({ no: '1', address: await addressOf('B-0000002'), status: '5.1.1', original: (await mailTo('B-0000002')).messageId })
  assert.deepEqual(await take(back), { taken: 1, again: 0, undone: 0, unmatched: 0, ignored: 0, early: 0 })
  assert.match(await notice('B-0000002'), /^delivered/)
  await promisesHold()
})

test('an answer that is quicker than the books is put off, and taken when it is brought again', async () => {
  await addCrowdWithCups(database, 1)
  await openOutreach(database)
  let counts = null
  const quick: MailTransport = {
    async send(message) {
      sent.push(message)
      counts = await take(report({ no: '1', address: message.to.address, status: '5.1.1', original: message.messageId }))
      return { outcome: 'accepted', answer: '250 taken' }
    },
    close() {},
  }
  await sendWave(sendDeps(database, quick), ORDER)
  assert.deepEqual(counts, { taken: 0, again: 0, undone: 0, unmatched: 0, ignored: 0, early: 1 })
  const { messageId: original, to } = sent[0]!
  assert.equal((await take(report({ no: '1', address: to.address, status: '5.1.1', original }))).undone, 1)
  await promisesHold()
})

test('two who take the same box in at once count every message once', async () => {
  await openAndSend(40)
  const box = await Promise.all(
    sent.map(async ({ to, messageId }, no) => report({ no: String(no), address: to.address, status: '5.1.1', original: messageId })),
  )
  const both = await Promise.all([take(...box), take(...box)])
  assert.deepEqual([both[0].taken + both[1].taken, both[0].again + both[1].again, both[0].undone + both[1].undone], [40, 40, 40])
  await promisesHold()
})

test('a wave for those who came later does not write again to an address that does not work', async () => {
  await openAndSend(2)
  await take(report({ no: '1', address: await addressOf('B-0000001'), status: '5.1.1', original: (await mailTo('B-0000001')).messageId }))
  const { wave } = await transaction(database, (tx) => startWave(tx, { campaignId: CUPKIN_ID, channel: 'email', actor: 'cli', at: new Date('2040-01-02') })) // prettier-ignore
  await sendWave(sendDeps(database, mail), { ...ORDER, wave })
  assert.equal(sent.length, 2)
  await promisesHold()
})
