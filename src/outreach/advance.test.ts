import { test } from 'node:test'
import assert from 'node:assert/strict'
import { transaction } from '../platform/db.ts'
import type { MailMessage, MailOutcome, MailTransport } from '../platform/mail.ts'
import { testDatabase } from '../../test/database.ts'
import { addCrowdWithCups, openOutreach, QUICK, sendDeps } from '../../test/first-wave.ts'
import { startProvider, type Provider } from '../../test/provider.ts'
import { addBuyer, addLines, brokenPromises, CUPKIN_ID, LINK_KEY } from '../../test/world.ts'
import { acknowledge, advance, insertPlaybook, outreachInvariants, reachOf, sendWave, startWave, DEFAULT_PLAYBOOK, EVERY_CAMPAIGN, type Channel } from './index.ts' // prettier-ignore
import { insertSeen } from './queries-pages.ts'
import { takeReturns } from './take-returns.ts'
import { readMessageKey } from './message-id.ts'

const database = await testDatabase()
const OPENED = new Date('2026-03-02T09:00:00Z')
const DAY = 86_400_000
const day = (days: number) => new Date(OPENED.getTime() + days * DAY)
let sent: MailMessage[] = []
let answerFor: (to: string) => MailOutcome['outcome'] = () => 'accepted'
let now = OPENED

const mail: MailTransport = {
  async send(message) {
    const outcome = answerFor(message.to.address)
    if (outcome === 'accepted') sent.push(message)
    return { outcome, answer: '' }
  },
  close() {},
}

test.beforeEach(async () => {
  await database.pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets,
              outreach.deliveries, outreach.acknowledgements, outreach.returns, outreach.unmatched_returns, outreach.playbooks`,
  )
  sent = []
  answerFor = () => 'accepted'
  now = OPENED
})

/** Everything due at this time, by these channels: what is started is sent, until nothing more is due. */
async function runOn(at: Date, providers: { sms?: Provider; push?: Provider } = {}): Promise<{ waves: string[]; unreachable: number }> {
  now = at
  const connected: Channel[] = ['email', ...(providers.sms ? ['sms' as const] : []), ...(providers.push ? ['push' as const] : [])]
  const waves: string[] = []
  let unreachable = 0
  for (let turns = 0; turns < 10; turns++) {
    const turn = await transaction(database, (tx) => advance(tx, { campaignId: CUPKIN_ID, connected, actor: 'rule:playbook', at }))
    unreachable += turn.unreachable
    if (turn.started.length === 0) return { waves, unreachable }
    for (const { wave, channel, kind, reminderNo } of turn.started) {
      waves.push(`${kind} ${reminderNo ?? ''}${channel}`.replace('  ', ' '))
      await send(wave, providers)
    }
  }
  throw new Error('the outreach does not come to rest')
}

async function send(wave: number, providers: { sms?: Provider; push?: Provider } = {}): Promise<void> {
  const deps = {
    ...sendDeps(database, mail),
    clock: () => now,
    sms: providers.sms?.endpoint ?? null,
    push: providers.push?.endpoint ?? null,
  }
  const done = await sendWave(deps, { campaignId: CUPKIN_ID, wave, pace: QUICK })
  assert.equal(done.finished, true)
}

async function open(): Promise<void> {
  await openOutreach(database, OPENED)
  await send(1)
}

async function notice(buyer: string): Promise<string> {
  const { rows } = await database.pool.query('select state, state_reason from outreach.notices where buyer_id = $1', [buyer])
  return `${rows[0].state}: ${rows[0].state_reason}`
}

async function promisesHold(): Promise<void> {
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
}

async function withProviders(work: (providers: { sms: Provider; push: Provider }) => Promise<void>): Promise<void> {
  const [sms, push] = [await startProvider(), await startProvider()]
  try {
    await work({ sms, push })
  } finally {
    await Promise.all([sms.close(), push.close()])
  }
}

async function addTwoWithoutMail(): Promise<void> {
  await addCrowdWithCups(database, 3)
  await addBuyer(database.db, 'phone-only', { email: null, phone: '+1 (555) 010-0199' })
  await addBuyer(database.db, 'nothing', { email: null, phone: null })
  await addLines(database.db, [{ buyer: 'phone-only' }, { buyer: 'nothing' }])
}

test('a campaign that was never sent, one that is being sent, and one whose buyers were all reached have nothing due', async () => {
  assert.deepEqual(await runOn(day(0)), { waves: [], unreachable: 0 })
  await addCrowdWithCups(database, 3)
  await openOutreach(database, OPENED)
  const during = await transaction(database, (tx) =>
    advance(tx, { campaignId: CUPKIN_ID, connected: ['email'], actor: 'rule:playbook', at: day(40) }),
  )
  assert.deepEqual(during, { started: [], unreachable: 0, reopened: 0 })
  await send(1)
  assert.deepEqual(await runOn(day(1)), { waves: [], unreachable: 0 })
  await promisesHold()
})

test('whom e-mail does not reach is told by the next channel for which they have a contact, and by no other', async () => {
  await withProviders(async (providers) => {
    await addTwoWithoutMail()
    answerFor = (to) => (to.includes('B-0000002') ? 'refused' : 'accepted')
    await database.pool.query(`update catalog.buyers set phone = '020 7946 0018' where buyer_id = 'B-0000002'`)
    providers.push.outcomeFor = (message) => (message.buyer_id === 'nothing' ? 'no_contact' : 'accepted')
    await open()
    assert.deepEqual((await runOn(day(0.1), providers)).waves, ['fallback sms', 'fallback push'])
    assert.deepEqual(providers.sms.taken.map((each) => [each.buyer_id, each.phone]).toSorted(), [['B-0000002', '02079460018'], ['phone-only', '+15550100199']]) // prettier-ignore
    assert.equal(providers.push.taken.length, 0)
    assert.equal(await notice('phone-only'), 'delivered: the provider took the SMS')
    assert.equal(await notice('nothing'), 'pending: no device to send to; banner and page remain')
    assert.deepEqual((await runOn(day(0.2), providers)).waves, [])
    await promisesHold()
  })
})

test('what comes back sends a buyer to the next channel, and never around in a circle', async () => {
  await withProviders(async (providers) => {
    await addTwoWithoutMail()
    await database.pool.query(`update catalog.buyers set phone = '+15550100101' where buyer_id = 'B-0000001'`)
    await open()
    await runOn(day(0.1), providers)
    const back = (key: string, no: string) => ({ returnKey: no, kind: 'hard' as const, status: '5.1.1', diagnostic: '', message: readMessageKey(LINK_KEY, key), recipient: '' }) // prettier-ignore
    const { rows } = await database.pool.query(`select message_id from outreach.deliveries where buyer_id = 'B-0000001'`)
    await takeReturns(database, [back(rows[0].message_id, '1')], { way: 'file', at: day(1) })
    assert.deepEqual((await runOn(day(1.1), providers)).waves, ['fallback sms'])
    const sms = providers.sms.taken.find((each) => each.buyer_id === 'B-0000001')!
    await takeReturns(database, [back(sms.key, '2')], { way: 'provider', at: day(2) })
    assert.equal(await notice('B-0000001'), 'pending: the SMS came back; the next channel is due')
    assert.deepEqual((await runOn(day(2.1), providers)).waves, ['fallback push'])
    assert.equal(await notice('B-0000001'), 'delivered: the provider took the push message')
    assert.equal(sent.length, 3)
    await promisesHold()
  })
})

test('nobody is unreachable before every channel ended and banner and page were offered; then the row says why', async () => {
  await addTwoWithoutMail()
  await open()
  assert.equal((await runOn(day(13.9))).unreachable, 0)
  assert.equal((await runOn(day(14.1))).unreachable, 1)
  assert.equal(
    await notice('nothing'),
    'unreachable: no contact for e-mail, SMS, push and letter; banner and page were not opened in 14 days',
  )
  // Somebody has a number that nobody called.
  assert.equal(await notice('phone-only'), 'pending: no e-mail address; banner and page remain')
  const reach = await reachOf(database.db, CUPKIN_ID)
  assert.deepEqual([reach.identified, reach.delivered, reach.pending, reach.unreachable], [5, 3, 1, 1])
  await promisesHold()
  assert.equal((await runOn(day(30))).unreachable, 0)
  await transaction(database, (tx) => insertSeen(tx.db, { buyerId: 'nothing', campaignIds: [CUPKIN_ID], at: day(31) }))
  assert.match(await notice('nothing'), /^delivered/)
  await promisesHold()
})

test('a channel that is connected later is tried for those who were unreachable', async () => {
  await withProviders(async ({ push }) => {
    await addTwoWithoutMail()
    await open()
    await runOn(day(15))
    assert.match(await notice('nothing'), /^unreachable/)
    await promisesHold()
    assert.ok((await runOn(day(16), { push })).waves.includes('fallback push'))
    assert.match(await notice('nothing'), /^delivered: the provider took the push message/)
    await promisesHold()
  })
})

test('reminders go to those who have not acted, each once, and stop when they act', async () => {
  await addCrowdWithCups(database, 4)
  await open()
  const told = () => sent.splice(0).map((message) => message.to.address.split('.')[1]!.split('@')[0]).toSorted() // prettier-ignore
  assert.equal(told().length, 4)
  assert.deepEqual((await runOn(day(2.9))).waves, [])
  await transaction(database, (tx) => acknowledge(tx, { buyerId: 'B-0000001', campaignId: CUPKIN_ID, how: 'button', at: day(2) }))
  assert.deepEqual((await runOn(day(3.1))).waves, ['reminder 1email'])
  assert.deepEqual(told(), ['B-0000002', 'B-0000003', 'B-0000004'])
  assert.deepEqual((await runOn(day(3.2))).waves, [])
  await transaction(database, (tx) => acknowledge(tx, { buyerId: 'B-0000002', campaignId: CUPKIN_ID, how: 'no_longer_owned', at: day(5) }))
  assert.deepEqual((await runOn(day(11))).waves, ['reminder 2email'])
  assert.deepEqual(told(), ['B-0000003', 'B-0000004'])
  assert.deepEqual((await runOn(day(45))).waves, ['reminder 3email'])
  assert.deepEqual((await runOn(day(800))).waves, [])
  assert.equal((await reachOf(database.db, CUPKIN_ID)).delivered, 4)
  await promisesHold()
})

test('who acts while a reminder is being sent is not reminded; a reminder that is refused takes nothing back', async () => {
  await addCrowdWithCups(database, 30)
  await open()
  sent = []
  let acted = false
  answerFor = () => 'refused'
  const quick: MailTransport = {
    ...mail,
    async send(message) {
      if (!acted) {
        acted = true
        const { rows } = await database.pool.query(`select buyer_id from catalog.buyers where email <> $1`, [message.to.address])
        for (const row of rows)
          await transaction(database, (tx) =>
            acknowledge(tx, { buyerId: row.buyer_id, campaignId: CUPKIN_ID, how: 'button', at: day(3.2) }),
          )
      }
      return mail.send(message)
    },
  }
  const turn = await transaction(database, (tx) =>
    advance(tx, { campaignId: CUPKIN_ID, connected: ['email'], actor: 'rule:playbook', at: day(3.1) }),
  )
  now = day(3.1)
  await sendWave({ ...sendDeps(database, quick), clock: () => now }, { campaignId: CUPKIN_ID, wave: turn.started[0]!.wave, pace: { ...QUICK, lanes: 1, sendsAtOnce: 1, blockSize: 1 } }) // prettier-ignore
  const { rows } = await database.pool.query('select count(*)::int as n from outreach.deliveries where wave = 2')
  assert.equal(rows[0].n, 1)
  assert.equal((await reachOf(database.db, CUPKIN_ID)).delivered, 30)
  await promisesHold()
})

test('several who look at once start each wave once', async () => {
  await addCrowdWithCups(database, 4)
  await open()
  const turns = await Promise.all(
    Array.from({ length: 4 }, () => transaction(database, (tx) => advance(tx, { campaignId: CUPKIN_ID, connected: ['email'], actor: 'rule:playbook', at: day(4) }))), // prettier-ignore
  )
  assert.equal(turns.flatMap((turn) => turn.started).length, 1)
})

test('a playbook that was decided holds instead: another order, other days, no reminders', async () => {
  await withProviders(async (providers) => {
    await addTwoWithoutMail()
    const playbook = { ...DEFAULT_PLAYBOOK, channels: ['push' as const, 'email' as const], reminderDays: [], offeredDays: 1 }
    await insertPlaybook(database.db, { campaignId: EVERY_CAMPAIGN, playbook, actor: 'cli', reason: 'most have the app', at: OPENED })
    await openOutreach(database, OPENED)
    assert.deepEqual((await runOn(day(0.01), providers)).waves, ['notice push'])
    assert.equal(providers.push.taken.length, 5)
    assert.equal(sent.length, 0)
    assert.deepEqual((await runOn(day(50), providers)).waves, [])
    await promisesHold()
  })
})

test('a wave for those who came later leaves the others alone', async () => {
  await withProviders(async (providers) => {
    await addTwoWithoutMail()
    await open()
    await runOn(day(0.1), providers)
    const [mails, texts] = [sent.length, providers.sms.taken.length]
    const { wave } = await transaction(database, (tx) =>
      startWave(tx, { campaignId: CUPKIN_ID, channel: 'email', actor: 'cli', at: day(1) }),
    )
    await send(wave, providers)
    assert.deepEqual([sent.length, providers.sms.taken.length], [mails, texts])
    await promisesHold()
  })
})
