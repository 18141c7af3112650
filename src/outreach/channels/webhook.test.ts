import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { pino } from 'pino'
import { Writable } from 'node:stream'
import { transaction } from '../../platform/db.ts'
import type { MailTransport } from '../../platform/mail.ts'
import { testDatabase } from '../../../test/database.ts'
import { addCrowdWithCups, openOutreach, QUICK, sendDeps } from '../../../test/first-wave.ts'
import { startProvider, type Provider } from '../../../test/provider.ts'
import { brokenPromises, CUPKIN_ID } from '../../../test/world.ts'
import { advance, askedContacts, outreachInvariants, reachOf, sendWave } from '../index.ts'
import { shortText } from './short-text.ts'
import { phoneOf } from './webhook.ts'

const database = await testDatabase()
const refusing: MailTransport = { send: async () => ({ outcome: 'refused', answer: '550 no' }), close() {} }

test.beforeEach(async () => {
  await database.pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets,
              outreach.deliveries, outreach.returns`,
  )
})

/** A crowd whom e-mail does not reach, with numbers, and the SMS wave that is due for them. */
async function openSmsWave(buyers: number): Promise<void> {
  await addCrowdWithCups(database, buyers)
  await database.pool.query(`update catalog.buyers set phone = '+1555' || right('000000' || right(buyer_id, 6), 7)`)
  await openOutreach(database)
  await sendWave(sendDeps(database, refusing), { campaignId: CUPKIN_ID, wave: 1, pace: { ...QUICK, blockSize: 200 } })
  const turn = await transaction(database, (tx) =>
    advance(tx, { campaignId: CUPKIN_ID, connected: ['email', 'sms'], actor: 'cli', at: new Date() }),
  )
  assert.deepEqual(turn.started.map(({ wave, channel }) => [wave, channel]), [[2, 'sms']]) // prettier-ignore
}

function send(provider: Provider, pace: Partial<typeof QUICK> = {}, more: object = {}) {
  return sendWave({ ...sendDeps(database, refusing), sms: provider.endpoint, ...more }, { campaignId: CUPKIN_ID, wave: 2, pace: { ...QUICK, blockSize: 50, ...pace } }) // prettier-ignore
}

async function withProvider(work: (provider: Provider) => Promise<void>): Promise<void> {
  const provider = await startProvider()
  try {
    await work(provider)
    assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
  } finally {
    await provider.close()
  }
}

test('what is no telephone number is not called', () => {
  for (const junk of [null, '', ' ', 'none', '12', '+1 555 CALL NOW', '+15550100\nBcc: x', '1'.repeat(16)])
    assert.equal(phoneOf(junk).ok, false, String(junk))
  assert.deepEqual(phoneOf(' +49 (0)30 / 1234-567 '), { ok: true, address: '+490301234567', domain: null })
})

test('a short text says who writes, what it is, where to go and how to check it; a long subject is cut, the link never', () => {
  const text = shortText({ sender: 'Larkspur Market', subject: 'Recall: '.repeat(60), link: 'https://r.example/n/abc', code: 'K7QF-2M9X' })
  assert.match(text, /^Larkspur Market: Recall/)
  assert.ok(text.endsWith('…\nhttps://r.example/n/abc\nCode: K7QF-2M9X'))
  assert.ok(text.length < 300)
})

test('each message is handed over once, with its number, link and code; the books keep no number', async () => {
  await withProvider(async (provider) => {
    await openSmsWave(120)
    const done = await send(provider)
    assert.deepEqual([done.accepted, done.finished], [120, true])
    assert.equal(new Set(provider.taken.map((each) => each.key)).size, 120)
    assert.equal(provider.repeated.length, 0)
    const { text, link, code, phone, buyer_id: buyer } = provider.taken[0]!
    assert.ok(text.includes(link) && text.includes(code))
    assert.match(link, /\/n\/[\w-]{38}$/)
    const { rows } = await database.pool.query('select d::text as row from outreach.deliveries d where buyer_id = $1', [buyer])
    assert.ok(rows.every((row) => !row.row.includes(phone!.slice(1)))) // prettier-ignore
  })
})

test('a provider that refuses the request, is too busy, stalls, or takes it and drops the line loses nobody and has each message once', async () => {
  await withProvider(async (provider) => {
    await openSmsWave(60)
    const fates = [500, 429, 'drop', 'answer', 401, 'drop'] as const
    provider.fate = (request) => fates[request - 1] ?? 'answer'
    const done = await send(provider, { pausesSeconds: [0, 0, 0, 0, 0] })
    assert.equal(done.finished, true)
    assert.equal((await reachOf(database.db, CUPKIN_ID)).delivered, 60)
    assert.equal(provider.taken.length, 60)
    assert.ok(provider.repeated.length > 0, 'what was dropped came again, under the key that it had')
  })
})

test('a provider that never answers costs attempts, not the wave', async () => {
  await withProvider(async (provider) => {
    await openSmsWave(5)
    provider.fate = () => 'stall'
    const done = await send(provider, { pausesSeconds: [], sendSecondsMax: 0.2 })
    assert.deepEqual([done.accepted, done.failed, done.finished], [0, 5, true])
    const { rows } = await database.pool.query('select distinct state_reason from outreach.notices')
    assert.deepEqual(rows.map((row) => row.state_reason), ['SMS not taken in 1 attempts; banner and page remain']) // prettier-ignore
  })
})

test('a worker killed while the provider answers loses nobody; what was in flight comes again under its key', async () => {
  await withProvider(async (provider) => {
    await openSmsWave(300)
    let reached: (() => void) | null = null
    const mark = new Promise<void>((resolve) => {
      reached = resolve
    })
    provider.onRequest = () => {
      if (provider.taken.length >= 100) reached?.()
    }
    const program = path.join(import.meta.dirname, '../../../test/outreach-worker.ts')
    const worker = spawn(process.execPath, [program, database.url, 'smtp://127.0.0.1:1', CUPKIN_ID, '2', provider.endpoint.url], { stdio: 'ignore' }) // prettier-ignore
    await mark
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    assert.ok(provider.taken.length < 300, 'it was killed before its end')
    provider.onRequest = () => {}
    await send(provider, { leaseSeconds: 2 })
    assert.equal(provider.taken.length, 300)
    assert.equal((await reachOf(database.db, CUPKIN_ID)).delivered, 300)
    // Two lanes with a block of five each.
    assert.ok(provider.repeated.length <= 10, `${provider.repeated.length} came again`)
  })
})

test('contact points that the marketplace keeps to itself are used and forgotten; while it does not answer, nobody is given up', async () => {
  await withProvider(async (provider) => {
    await addCrowdWithCups(database, 6)
    await database.pool.query('update catalog.buyers set email = null, phone = null')
    await openOutreach(database)
    const asked: { body: string; status: number }[] = []
    const contacts = await startContacts((buyerId) => (buyerId === 'B-0000006' ? null : { buyer_id: buyerId, email: `secret.${buyerId}@kept.example` }), asked) // prettier-ignore
    const to: string[] = []
    const mail: MailTransport = { send: async (message) => (to.push(message.to.address), { outcome: 'accepted', answer: '' }), close() {} } // prettier-ignore
    const logged: string[] = []
    const log = pino({}, new Writable({ write: (chunk, _encoding, done) => (logged.push(String(chunk)), done()) }))
    const deps = { ...sendDeps(database, mail), log, contacts: askedContacts({ endpoint: contacts.endpoint, clock: () => new Date() }) }
    const order = { campaignId: CUPKIN_ID, wave: 1, pace: QUICK }
    contacts.status = 503
    await assert.rejects(sendWave(deps, order), /could not be asked for: HTTP 503/)
    assert.equal(to.length, 0)
    contacts.status = 200
    const done = await sendWave(deps, order)
    assert.deepEqual([done.accepted, done.no_contact, done.finished], [5, 1, true])
    assert.ok(to.every((address) => address.startsWith('secret.')))
    const { rows } = await database.pool.query(
      `select (select string_agg(d::text, '') from outreach.deliveries d) || (select string_agg(b::text, '') from catalog.buyers b) as kept`,
    )
    assert.ok(!rows[0].kept.includes('secret.') && !logged.join('').includes('secret.'))
    await contacts.close()
    assert.equal(provider.requests, 0)
  })
})

type Contact = { buyer_id: string; email?: string; phone?: string }

async function startContacts(contactOf: (buyerId: string) => Contact | null, asked: { body: string }[]) {
  const { createServer } = await import('node:http')
  const state = { status: 200 }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    asked.push({ body })
    if (state.status !== 200) return void response.writeHead(state.status).end()
    const { buyer_ids: ids } = JSON.parse(body) as { buyer_ids: string[] }
    response.writeHead(200).end(JSON.stringify({ contacts: ids.map(contactOf).filter((each) => each !== null) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return Object.assign(state, {
    endpoint: { url: `http://127.0.0.1:${port}`, key: Buffer.alloc(32, 3) },
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  })
}
