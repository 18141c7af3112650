import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { openDatabase, transaction } from '../platform/db.ts'
import { wholeText, type MailMessage, type MailOutcome, type MailTransport } from '../platform/mail.ts'
import { testDatabase } from '../../test/database.ts'
import { addCrowdWithCups, openOutreach, QUICK, sendDeps } from '../../test/first-wave.ts'
import { startSink, type Sink } from '../../test/mail-server.ts'
import { addBuyer, addLines, brokenPromises, CUPKIN_ID } from '../../test/world.ts'
import { acknowledge, makeNotices, outreachInvariants, reachOf, sendWave, startWave } from './index.ts'

const database = await testDatabase()
const ORDER = { campaignId: CUPKIN_ID, wave: 1, pace: QUICK }
const IN_FLIGHT_MAX = 3 * QUICK.blockSize! // lanes × blockSize
const TAKEN: MailOutcome = { outcome: 'accepted', answer: '250 taken' }

test.beforeEach(async () => {
  await database.pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves,
              outreach.wave_buckets, outreach.deliveries, outreach.acknowledgements`,
  )
})

async function withSink(sink: Sink, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } finally {
    await sink.close()
  }
}

/** A transport of the test's own; what it was given is kept in order. */
function transportOf(send: (message: MailMessage) => Promise<MailOutcome>): MailTransport & { given: MailMessage[] } {
  const given: MailMessage[] = []
  return {
    given,
    send(message) {
      given.push(message)
      return send(message)
    },
    close() {},
  }
}

async function promisesHold(): Promise<void> {
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
}

async function notice(buyer: string): Promise<string> {
  const { rows } = await database.pool.query('select state, state_reason from outreach.notices where buyer_id = $1', [buyer])
  return `${rows[0].state}: ${rows[0].state_reason}`
}

async function attemptsAt(buyer: string): Promise<string[]> {
  const { rows } = await database.pool.query('select outcome from outreach.deliveries where buyer_id = $1 order by wave, attempt', [buyer])
  return rows.map((row) => row.outcome)
}

/** Buyers who got no mail, and how many mails were second ones. */
function lostAndDoubled(taken: readonly { to: string }[], buyers: number): { lost: number; doubled: number } {
  const reached = new Set(taken.map((each) => each.to))
  return { lost: buyers - reached.size, doubled: taken.length - reached.size }
}

test('a wave without a brief is refused, a wave that does not exist has nothing to send', async () => {
  const mail = transportOf(async () => TAKEN)
  await assert.rejects(sendWave(sendDeps(database, mail), ORDER), /has no brief/)
  await openOutreach(database)
  assert.equal((await sendWave(sendDeps(database, mail), { ...ORDER, wave: 7 })).finished, true)
  assert.equal(mail.given.length, 0)
})

test('every buyer with an address gets one mail; the others wait for banner and page', async () => {
  await addCrowdWithCups(database, 60)
  await addBuyer(database.db, 'nomail', { email: null })
  await addBuyer(database.db, 'junk', { email: 'junk@x.example, other@y.example' })
  await addLines(database.db, [{ buyer: 'nomail' }, { buyer: 'junk' }])
  await openOutreach(database)
  const sink = await startSink()
  await withSink(sink, async () => {
    const progress: [number, number][] = []
    const sent = await sendWave(sendDeps(database, sink.transport), { ...ORDER, onProgress: (done, total) => progress.push([done, total]) })
    assert.deepEqual(sent, { accepted: 60, refused: 0, refused_for_now: 0, failed: 0, no_contact: 2, prepared: 0, finished: true })
    assert.deepEqual(progress.at(-1), [62, 62])
    assert.deepEqual(lostAndDoubled(sink.taken, 60), { lost: 0, doubled: 0 })
    assert.equal(new Set(sink.taken.map((each) => each.messageId)).size, 60)
  })
  assert.equal(await notice('B-0000001'), 'delivered: the buyer’s mail server took the e-mail')
  assert.equal(await notice('nomail'), 'pending: no e-mail address; banner and page remain')
  assert.deepEqual(await attemptsAt('junk'), ['no_contact'])
  const reach = await reachOf(database.db, CUPKIN_ID)
  assert.deepEqual([reach.identified, reach.delivered, reach.pending, reach.mailsAccepted, reach.notified], [62, 60, 2, 60, 60])
  await promisesHold()
})

test('no address is kept: neither in a delivery nor in what a server said', async () => {
  await addCrowdWithCups(database, 5)
  await openOutreach(database)
  const sink = await startSink((to) => (to.startsWith('canary.B-0000002') ? 550 : 'accept'))
  await withSink(sink, async () => void (await sendWave(sendDeps(database, sink.transport), ORDER)))
  const { rows } = await database.pool.query(
    `select d::text as row, recipient_domain, answer_text from outreach.deliveries d order by buyer_id`,
  )
  assert.ok(
    rows.every((row) => !row.row.includes('@buyers.example')),
    'no address in any delivery',
  )
  assert.equal(rows[1].recipient_domain, 'buyers.example')
  assert.match(rows[1].answer_text, /550 no <address> today|550 no <<address>> today/)
})

test('refusals for now are tried again in later attempts, a bounded number of times; a refusal for good is not', async () => {
  await addCrowdWithCups(database, 40)
  await openOutreach(database)
  const sink = await startSink((to, time) => {
    if (to.startsWith('canary.B-0000001')) return time === 1 ? 421 : 'accept'
    if (to.startsWith('canary.B-0000002')) return time <= 2 ? 450 : 'accept'
    if (to.startsWith('canary.B-0000003')) return 450
    if (to.startsWith('canary.B-0000004')) return 550
    return 'accept'
  })
  await withSink(sink, async () => {
    const sent = await sendWave(sendDeps(database, sink.transport), ORDER)
    assert.equal(sent.finished, true)
    assert.equal(sent.accepted, 38)
    assert.equal(sent.refused, 1)
  })
  assert.deepEqual((await attemptsAt('B-0000001')).at(-1), 'accepted')
  assert.deepEqual(await attemptsAt('B-0000002'), ['refused_for_now', 'refused_for_now', 'accepted'])
  assert.deepEqual(await attemptsAt('B-0000003'), ['refused_for_now', 'refused_for_now', 'refused_for_now'])
  assert.equal(await notice('B-0000003'), 'pending: e-mail not taken in 3 attempts; banner and page remain')
  assert.deepEqual(await attemptsAt('B-0000004'), ['refused'])
  assert.equal(await notice('B-0000004'), 'pending: e-mail refused for good; banner and page remain')
  await promisesHold()
})

test('the pause before another attempt is kept, and by the database’s clock', async () => {
  await addCrowdWithCups(database, 1)
  await openOutreach(database)
  const mail = transportOf(async () => ({ outcome: 'refused_for_now', answer: '450 later' }))
  const ahead = { ...sendDeps(database, mail), clock: () => new Date(Date.now() + 86_400_000) }
  const sent = await sendWave(ahead, { ...ORDER, pace: { ...QUICK, pausesSeconds: [600] }, signal: AbortSignal.timeout(400) })
  assert.deepEqual([sent.finished, sent.refused_for_now, mail.given.length], [false, 1, 1])
})

test('a server that takes the message and drops the line gets it again under the same Message-ID', async () => {
  await addCrowdWithCups(database, 10)
  await openOutreach(database)
  const sink = await startSink((to, time) => (to.startsWith('canary.B-0000005') && time === 1 ? 'drop' : 'accept'))
  await withSink(sink, async () => {
    await sendWave(sendDeps(database, sink.transport), ORDER)
    const twice = sink.taken.filter((each) => each.to.startsWith('canary.B-0000005'))
    assert.equal(twice.length, 2)
    assert.equal(twice[0]!.messageId, twice[1]!.messageId)
    assert.equal(lostAndDoubled(sink.taken, 10).lost, 0)
  })
  assert.deepEqual(await attemptsAt('B-0000005'), ['failed', 'accepted'])
  await promisesHold()
})

test('a server that never answers costs one attempt, not the wave', async () => {
  await addCrowdWithCups(database, 10)
  await openOutreach(database)
  const sink = await startSink((to, time) => (to.startsWith('canary.B-0000007') && time === 1 ? 'stall' : 'accept'))
  await withSink(sink, async () => {
    const sent = await sendWave(sendDeps(database, sink.transport), { ...ORDER, pace: { ...QUICK, sendSecondsMax: 1 } })
    assert.deepEqual([sent.accepted, sent.failed, sent.finished], [10, 1, true])
  })
  assert.deepEqual(await attemptsAt('B-0000007'), ['failed', 'accepted'])
  await promisesHold()
})

test('a letter that breaks the transport fails alone', async () => {
  await addCrowdWithCups(database, 20)
  await openOutreach(database)
  const mail = transportOf(async (message) => {
    if (message.to.address.startsWith('canary.B-0000009')) throw new Error('a bug')
    return TAKEN
  })
  const sent = await sendWave(sendDeps(database, mail), ORDER)
  assert.deepEqual([sent.accepted, sent.failed, sent.finished], [19, 3, true])
  await promisesHold()
})

test('two workers share a wave, and nobody is told twice', async () => {
  await addCrowdWithCups(database, 400)
  await openOutreach(database)
  const sink = await startSink()
  const other = openDatabase(database.url, { max: 4 })
  await withSink(sink, async () => {
    const both = await Promise.all([database, other].map((each) => sendWave(sendDeps(each, sink.transport), ORDER)))
    await other.close()
    assert.ok(
      both.every((each) => each.finished && each.accepted > 50),
      JSON.stringify(both),
    )
    assert.equal(both[0]!.accepted + both[1]!.accepted, 400)
    assert.deepEqual(lostAndDoubled(sink.taken, 400), { lost: 0, doubled: 0 })
  })
  await promisesHold()
})

test('a worker killed in the middle, twice, loses nobody and doubles at most what was in flight', async () => {
  await addCrowdWithCups(database, 600)
  await openOutreach(database)
  const waiting: { at: number; reached: () => void }[] = []
  const sink = await startSink(
    () => 'accept',
    (count) => {
      for (const each of waiting) if (count === each.at) each.reached()
    },
  )
  await withSink(sink, async () => {
    let inFlight = 0
    for (const at of [137, 333]) {
      const reached = new Promise<void>((resolve) => waiting.push({ at, reached: resolve }))
      const worker = spawn(
        process.execPath,
        [path.join(import.meta.dirname, '../../test/outreach-worker.ts'), database.url, sink.url, CUPKIN_ID, '1'],
        { stdio: 'inherit' },
      )
      await reached
      worker.kill('SIGKILL')
      await once(worker, 'exit')
      const { rows } = await database.pool.query<{ buyers: number }>(
        `select count(*) as buyers
           from outreach.wave_buckets b
           join outreach.notices n on n.campaign_id = b.campaign_id and n.bucket = b.bucket and n.buyer_id > b.checkpoint and n.buyer_id <= b.in_flight_to`,
      )
      inFlight += rows[0]!.buyers
    }
    // What the first left may still be there, and is then counted again, when the second is killed.
    assert.ok(inFlight <= 3 * IN_FLIGHT_MAX, `${inFlight} were written as in flight`)
    const sent = await sendWave(sendDeps(database, sink.transport), { ...ORDER, pace: { ...QUICK, leaseSeconds: 1 } })
    assert.equal(sent.finished, true)
    const { lost, doubled } = lostAndDoubled(sink.taken, 600)
    assert.equal(lost, 0)
    assert.ok(doubled <= inFlight, `${doubled} doubled, ${inFlight} were left in flight by the two kills`)
    const ids = new Map<string, string>()
    for (const { to, messageId } of sink.taken)
      assert.equal(ids.get(to) ?? messageId, messageId, 'a doubled mail bears the same Message-ID')
  })
  assert.equal((await reachOf(database.db, CUPKIN_ID)).delivered, 600)
  await promisesHold()
})

test('a lease that runs out is taken over, and what its former holder writes is refused', async () => {
  await addCrowdWithCups(database, 12)
  await openOutreach(database)
  await database.pool.query('update outreach.notices set bucket = 9')
  await database.pool.query('delete from outreach.wave_buckets where bucket <> (select min(bucket) from outreach.wave_buckets)')
  await database.pool.query('update outreach.wave_buckets set bucket = 9')
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  let begun = () => {}
  const firstBegun = new Promise<void>((resolve) => (begun = resolve))
  const slow = transportOf(async () => {
    begun()
    await gate
    return { outcome: 'refused', answer: '550 said to the stale worker' }
  })
  const stale = sendWave(sendDeps(database, slow), { ...ORDER, pace: { ...QUICK, lanes: 1, leaseSeconds: 600 } })
  await firstBegun
  await database.pool.query(`update outreach.wave_buckets set lease_until = clock_timestamp() - interval '1 second'`)
  const fresh = transportOf(async () => TAKEN)
  const second = await sendWave(sendDeps(database, fresh), ORDER)
  assert.deepEqual([second.accepted, second.finished], [12, true])
  letGo()
  const first = await stale
  assert.deepEqual([first.refused, first.accepted, first.finished], [0, 0, true])
  assert.equal((await database.pool.query(`select 1 from outreach.deliveries where outcome <> 'accepted'`)).rowCount, 0)
  assert.equal(await notice('B-0000001'), 'delivered: the buyer’s mail server took the e-mail')
  await promisesHold()
})

test('a worker whose clock is a day ahead does not take a living lease', async () => {
  await addCrowdWithCups(database, 3)
  await openOutreach(database)
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  const slow = transportOf(async () => {
    await gate
    return TAKEN
  })
  const holder = sendWave(sendDeps(database, slow), { ...ORDER, pace: { ...QUICK, lanes: 3 } })
  while (slow.given.length < 3) await new Promise((resolve) => setImmediate(resolve))
  const thief = transportOf(async () => TAKEN)
  const ahead = { ...sendDeps(database, thief), clock: () => new Date(Date.now() + 86_400_000) }
  const stolen = await sendWave(ahead, { ...ORDER, signal: AbortSignal.timeout(300) })
  assert.deepEqual([stolen.finished, thief.given.length], [false, 0])
  letGo()
  assert.equal((await holder).accepted, 3)
})

test('a signal ends a worker after what it has begun; the next call sends the rest and nothing twice', async () => {
  await addCrowdWithCups(database, 50)
  await openOutreach(database)
  const draining = new AbortController()
  const mail = transportOf(async () => {
    if (mail.given.length === 17) draining.abort()
    return TAKEN
  })
  const first = await sendWave(sendDeps(database, mail), { ...ORDER, signal: draining.signal })
  assert.equal(first.finished, false)
  assert.equal(first.accepted, mail.given.length)
  const second = await sendWave(sendDeps(database, mail), ORDER)
  assert.equal(second.finished, true)
  assert.equal(new Set(mail.given.map((each) => each.messageId)).size, 50)
  assert.equal(mail.given.length, 50)
  await promisesHold()
})

test('who has read the notice on the page meanwhile is not written to', async () => {
  await addCrowdWithCups(database, 2)
  await openOutreach(database)
  await transaction(database, (tx) => acknowledge(tx, { buyerId: 'B-0000001', campaignId: CUPKIN_ID, how: 'button', at: new Date() }))
  const mail = transportOf(async () => TAKEN)
  await sendWave(sendDeps(database, mail), ORDER)
  assert.deepEqual(
    mail.given.map((each) => each.to.address),
    ['canary.B-0000002@buyers.example'],
  )
  assert.equal(await notice('B-0000001'), 'delivered: seen on the page')
  await promisesHold()
})

test('a notice that grows is told again by the next wave, which finishes the one before it first', async () => {
  const start = Date.now() - 10_000
  await addCrowdWithCups(database, 30)
  await openOutreach(database, new Date(start))
  const mail = transportOf(async () => TAKEN)
  const stopped = new AbortController()
  const half = transportOf(async () => {
    if (half.given.length === 10) stopped.abort()
    return TAKEN
  })
  await sendWave(sendDeps(database, half), { ...ORDER, signal: stopped.signal })
  const told = half.given[0]!.to.address.replace(/^canary\.(.*)@.*$/, '$1')
  const later = new Date()
  await database.pool.query(
    `insert into outreach.affected_lines select buyer_id, campaign_id, 'another', 1, answer, listing_id, seller_id, ordered_at, units, amount_minor, currency, $2
       from outreach.affected_lines where buyer_id = $1`,
    [told, later],
  )
  const wave = await transaction(database, async (tx) => {
    await makeNotices(tx, { campaignId: CUPKIN_ID, at: later })
    return startWave(tx, { campaignId: CUPKIN_ID, channel: 'email', actor: 'cli', at: later })
  })
  assert.deepEqual(wave, { wave: 2, buckets: 1 })
  const rest = await sendWave(sendDeps(database, mail), { ...ORDER, wave: 2 })
  assert.equal(rest.finished, true)
  assert.equal(half.given.length + mail.given.length, 31)
  const again = mail.given.find((each) => each.to.address.includes(told))
  assert.match(wholeText(again!.text), /4 cups|\$39\.98/)
  await promisesHold()
})
