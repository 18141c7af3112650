import { test } from 'node:test'
import assert from 'node:assert/strict'
import net from 'node:net'
import { createTransport } from 'nodemailer'
import { openLog } from '../platform/log.ts'
import type { MailMessage, MailTransport } from '../platform/mail.ts'
import { signWebhook, TOLERANCE_SECONDS } from '../platform/standard-webhooks.ts'
import { ask, nobody } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import { addCrowdWithCups, openOutreach, QUICK, sendDeps } from '../../test/first-wave.ts'
import { brokenPromises, CUPKIN_ID, LINK_KEY } from '../../test/world.ts'
import { openBounceListener, outreachInvariants, providerEventRoutes, reachOf, sendWave } from './index.ts'

const database = await testDatabase()
const NOW = new Date('2040-01-01T00:00:00Z')
const KEY = Buffer.alloc(32, 9)
const DEPS = { database, clock: () => NOW, log: openLog('silent'), linkKey: LINK_KEY }
const routes = providerEventRoutes({ ...DEPS, eventsKey: KEY })
let sent: MailMessage[] = []

const mail: MailTransport = {
  async send(message) {
    sent.push(message)
    return { outcome: 'accepted', answer: '' }
  },
  close() {},
}

test.beforeEach(async () => {
  await database.pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets,
              outreach.deliveries, outreach.returns, outreach.unmatched_returns, outreach.provider_events`,
  )
  sent = []
})

async function openAndSend(buyers: number): Promise<void> {
  await addCrowdWithCups(database, buyers)
  await openOutreach(database)
  await sendWave(sendDeps(database, mail), { campaignId: CUPKIN_ID, wave: 1, pace: QUICK })
}

async function pending(): Promise<number> {
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
  return (await reachOf(database.db, CUPKIN_ID)).pending
}

type Event = { id: string; type: string; message: string; status?: string; diagnostic?: string }

async function post(events: unknown, signed: { id?: string; at?: Date; key?: Buffer; body?: string } = {}) {
  const body = JSON.stringify(typeof events === 'object' && Array.isArray(events) ? { events } : events)
  const headers = signWebhook(signed.key ?? KEY, { id: signed.id ?? 'r1', at: signed.at ?? NOW, body: signed.body ?? body })
  const response = await ask(routes, nobody, '/v1/outreach/provider-events', { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } }) // prettier-ignore
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function bounced(place: number, type = 'message.bounced'): Event {
  return { id: `e${place}`, type, message: sent[place]!.messageId, status: '5.1.1', diagnostic: `550 no <${sent[place]!.to.address}> here` }
}

test('events that are not signed, signed for another body or key, too old or of another form are refused and change nothing', async () => {
  await openAndSend(2)
  const events = [bounced(0)]
  assert.equal((await post(events, { key: Buffer.alloc(32, 1) })).status, 401)
  assert.equal((await post(events, { body: '{}' })).status, 401)
  assert.equal((await post(events, { at: new Date(NOW.getTime() - (TOLERANCE_SECONDS + 60) * 1_000) })).status, 401)
  const wrong = await post([{ ...bounced(0), type: 'message.opened' }])
  assert.equal(wrong.status, 422)
  assert.match(String(wrong.body['title']), /events\.0\.type/)
  assert.equal((await post([])).status, 422)
  assert.equal((await post(Array.from({ length: 501 }, () => bounced(0)))).status, 422)
  const closed = providerEventRoutes({ ...DEPS, eventsKey: null })
  assert.equal((await ask(closed, nobody, '/v1/outreach/provider-events', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status, 404) // prettier-ignore
  assert.equal(await pending(), 0)
})

test('a bounce that a provider reports counts once: not when the request is replayed, nor when the event comes in another', async () => {
  await openAndSend(3)
  const first = await post([bounced(0), bounced(1, 'message.complained'), bounced(2, 'message.delivered')])
  assert.deepEqual(first.body, { taken: 3, again: 0, undone: 2, unmatched: 0, ignored: 0, early: 0 })
  assert.deepEqual((await post([bounced(2)])).body['again'], 1)
  assert.deepEqual((await post([bounced(0)], { id: 'r2' })).body['again'], 1)
  assert.equal(await pending(), 2)
  const { rows } = await database.pool.query('select r::text as row from outreach.returns r')
  assert.ok(rows.every((row) => !row.row.includes('@')), 'no address is kept') // prettier-ignore
})

test('events about a message that is not in the books yet are asked for again, and nothing of them is lost', async () => {
  await addCrowdWithCups(database, 1)
  await openOutreach(database)
  const answers: number[] = []
  const quick: MailTransport = {
    ...mail,
    async send(message) {
      sent.push(message)
      answers.push((await post([bounced(0)])).status)
      return { outcome: 'accepted', answer: '' }
    },
  }
  await sendWave(sendDeps(database, quick), { campaignId: CUPKIN_ID, wave: 1, pace: QUICK })
  assert.deepEqual(answers, [503])
  assert.equal((await post([bounced(0)])).body['undone'], 1)
  assert.equal(await pending(), 1)
})

function report(place: number): string {
  return [
    `Message-ID: <r${place}@relay.example>`, 'From: MAILER-DAEMON@relay.example', 'To: bounces@larkspur.example', 'Subject: Undelivered Mail Returned to Sender',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '', '--b', 'Content-Type: message/delivery-status', '',
    'Reporting-MTA: dns; relay.example', '', `Final-Recipient: rfc822; ${sent[place]!.to.address}`, 'Action: failed', 'Status: 5.1.1', '',
    '--b', 'Content-Type: message/rfc822', '', `Message-ID: ${sent[place]!.messageId}`, 'Subject: Recall', '', 'Stop using these cups.', '--b--', '',
  ].join('\r\n') // prettier-ignore
}

test('returned mail that comes by SMTP is in the books when it is answered; the same one again changes nothing', async () => {
  await openAndSend(20)
  const listener = await openBounceListener(DEPS, { port: 0, host: '127.0.0.1' })
  const relay = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true, pool: true, maxConnections: 5 })
  try {
    const bring = (place: number) =>
      relay.sendMail({ envelope: { from: '', to: 'bounces@larkspur.example' }, raw: report(place) }).then((info) => info.response)
    const answers = await Promise.all(Array.from({ length: 10 }, (_, place) => bring(place)))
    assert.ok(answers.every((answer) => answer.startsWith('250')))
    assert.equal(await pending(), 10)
    await bring(3)
    assert.equal(await pending(), 10)
  } finally {
    relay.close()
    await listener.close()
  }
})

test('a message too large for a return is refused, and one that comes before the books know of it is put off', async () => {
  await addCrowdWithCups(database, 1)
  await openOutreach(database)
  const listener = await openBounceListener(DEPS, { port: 0, host: '127.0.0.1' })
  const relay = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true })
  const bring = (raw: string) =>
    relay.sendMail({ envelope: { from: '', to: 'bounces@larkspur.example' }, raw }).then(
      (info) => Number(info.response.slice(0, 3)),
      (error: { responseCode?: number }) => error.responseCode,
    )
  try {
    const answers: unknown[] = []
    const quick: MailTransport = {
      ...mail,
      async send(message) {
        sent.push(message)
        answers.push(await bring(report(0)))
        return { outcome: 'accepted', answer: '' }
      },
    }
    await sendWave(sendDeps(database, quick), { campaignId: CUPKIN_ID, wave: 1, pace: QUICK })
    assert.deepEqual(answers, [451])
    assert.equal(await bring(`Subject: large\r\n\r\n${'x'.repeat(998).concat('\r\n').repeat(5_100)}`), 552)
    assert.equal(await bring(report(0)), 250)
    assert.equal(await pending(), 1)
  } finally {
    relay.close()
    await listener.close()
  }
})

test('a port that another process has is said, not waited for', async () => {
  const other = net.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    other.once('listening', resolve)
  })
  const { port } = other.address() as net.AddressInfo
  await assert.rejects(openBounceListener(DEPS, { port, host: '127.0.0.1' }), { code: 'EADDRINUSE' })
  other.close()
})
