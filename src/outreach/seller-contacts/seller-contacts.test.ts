import { test } from 'node:test'
import assert from 'node:assert/strict'
import { transaction } from '../../platform/db.ts'
import type { MailMessage, MailOutcome, MailTransport } from '../../platform/mail.ts'
import type { Result } from '../../platform/result.ts'
import { testDatabase } from '../../../test/database.ts'
import { addCrowdWithCups, CUPKIN_BRIEF, QUICK, sendDeps } from '../../../test/first-wave.ts'
import { addLine, addLines, ANDERS, BELMONT, BLUE_PAIR, brokenPromises, CUPKIN, CUPKIN_ID, SINGLE_CUP } from '../../../test/world.ts'
import {
  acknowledge,
  advance,
  endSellerList,
  findAffectedLines,
  makeNotices,
  outreachInvariants,
  reachOf,
  recordSellerList,
  sendWave,
  startWave,
  writeBrief,
  type ListKind,
  type RecordedList,
  type SendDeps,
} from '../index.ts'

const database = await testDatabase()
/** The promises look at the clock on the wall: what is told here happens from now on. */
const OPENED = new Date()
const hours = (count: number) => new Date(OPENED.getTime() + count * 3_600_000)
let now = OPENED
let sent: MailMessage[] = []
let answerFor: (to: string) => MailOutcome['outcome'] = () => 'accepted'
let whileSending: (message: MailMessage) => Promise<void> = async () => {}

const mail: MailTransport = {
  async send(message) {
    await whileSending(message)
    const outcome = answerFor(message.to.address)
    if (outcome === 'accepted') sent.push(message)
    return { outcome, answer: '' }
  },
  close() {},
}

test.beforeEach(async () => {
  await database.pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets,
              outreach.deliveries, outreach.acknowledgements, outreach.returns, outreach.playbooks, outreach.seller_lists, outreach.seller_contacts`,
  )
  now = OPENED
  sent = []
  answerFor = () => 'accepted'
  whileSending = async () => {}
})

/** Brief, lines of both sellers, notices; the first wave is opened unless said otherwise. */
async function open({ wave = true } = {}): Promise<void> {
  await transaction(database, async (tx) => {
    const campaignId = CUPKIN_ID
    await writeBrief(tx, { campaignId, recallId: CUPKIN_ID, brief: CUPKIN_BRIEF, at: OPENED })
    const listings = [BLUE_PAIR, SINGLE_CUP].map((listingId) => ({ listingId, answer: 'affected' as const }))
    await findAffectedLines(tx, { campaignId, scope: CUPKIN.scope, listings, at: OPENED })
    await makeNotices(tx, { campaignId, at: OPENED })
    if (wave) await startWave(tx, { campaignId, channel: 'email', actor: 'cli', at: OPENED })
  })
}

async function send(wave: number, more: Partial<SendDeps> = {}): Promise<void> {
  const deps = { ...sendDeps(database, mail), clock: () => now, ...more }
  assert.equal((await sendWave(deps, { campaignId: CUPKIN_ID, wave, pace: QUICK })).finished, true)
}

/** Everything that is due at this time is started and sent: `fallback email`. */
async function runOn(at: Date): Promise<string[]> {
  now = at
  const waves: string[] = []
  for (let turns = 0; turns < 10; turns++) {
    const order = { campaignId: CUPKIN_ID, connected: ['email' as const], actor: 'rule:playbook', at }
    const { started } = await transaction(database, (tx) => advance(tx, order))
    if (started.length === 0) return waves
    for (const { wave, kind, channel } of started) {
      waves.push(`${kind} ${channel}`)
      await send(wave)
    }
  }
  throw new Error('the outreach does not come to rest')
}

type Said = { kind?: ListKind; sellerId?: string; campaignId?: string; until?: Date | null; at?: Date }

function say(csv: string, { kind = 'told', sellerId = ANDERS, campaignId = CUPKIN_ID, until = null, at = now }: Said = {}) {
  return transaction(database, (tx) =>
    recordSellerList(tx, { campaignId, sellerId, kind, until, list: { csv }, actor: `seller:${sellerId}`, at }),
  )
}

function told(
  orders: readonly string[],
  at: Date,
  { channel = 'phone', outcome = 'told', ...said }: Said & { channel?: string; outcome?: string } = {},
) {
  // prettier-ignore
  const rows = orders.map((order) => `${order},${channel},${at.toISOString()},${outcome}`)
  return say(['order_id,channel,told_at,outcome', ...rows].join('\n'), said)
}

function plan(orders: readonly string[], said: Said = {}) {
  return say(['order_id', ...orders].join('\n'), { ...said, kind: 'plan' })
}

function counts(result: Result<RecordedList>): string {
  if (!result.ok) return `${result.problem.code}: ${result.problem.message}`
  const { rows, taken, known, covering, refused } = result.value
  assert.equal(rows, taken + known + refused)
  return `${taken} taken, ${known} known, ${covering} covering, ${refused} refused`
}

function toldByUs(): string[] {
  return sent.map((message) => message.to.address.replace(/^canary\.|@.*$/g, '')).toSorted()
}

async function promisesHold(): Promise<void> {
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
}

const [ONE, TWO, THREE] = ['O-B-0000001', 'O-B-0000002', 'O-B-0000003']

test('who has nothing in the campaign, and what nobody may announce, is refused whole', async () => {
  await addCrowdWithCups(database, 2)
  await open()
  assert.match(counts(await told([ONE], OPENED, { campaignId: 'CPSC-1' })), /^not_found: None of your orders/)
  assert.match(counts(await told([ONE], OPENED, { sellerId: BELMONT })), /^not_found: None of your orders/)
  assert.match(counts(await say('order\n1')), /^invalid: The list has no column order_id, channel, told_at/)
  assert.match(counts(await plan([ONE], { until: hours(-1) })), /^invalid: .* is past/)
  assert.match(counts(await plan([ONE], { until: hours(12.1) })), /^invalid: .* at most 12 hours/)
  assert.match(counts(await plan([ONE], { until: new Date(Number.NaN) })), /^invalid: Write until when/)
  const { rows } = await database.pool.query('select from outreach.seller_lists')
  assert.equal(rows.length, 0)
})

test('an order of another seller looks like one that is not there, and bad rows cost nothing of the rest', async () => {
  await addCrowdWithCups(database, 2)
  await addLine(database.db, { buyer: 'ben', order: 'O-BELMONT', listing: SINGLE_CUP })
  await open()
  const result = await say(
    [
      'order_id,channel,told_at,outcome',
      `${ONE},email,${OPENED.toISOString()},told`,
      `O-BELMONT,email,${OPENED.toISOString()},told`,
      `O-NONE,email,${OPENED.toISOString()},told`,
      `${TWO},pigeon,${OPENED.toISOString()},told`,
      `${TWO},phone,2019-01-01,told`,
    ].join('\n'),
  )
  assert.equal(counts(result), '1 taken, 0 known, 1 covering, 4 refused')
  assert.ok(result.ok)
  const [other, none, ...rest] = result.value.problems
  assert.deepEqual({ ...other, line: 0 }, { ...none, line: 0 })
  assert.deepEqual([other!.line, other!.field], [3, 'order_id'])
  assert.match(other!.problem, /not one of your orders in this recall; look it up/)
  assert.deepEqual(rest.map(({ line, field }) => [line, field]), [[5, 'channel'], [6, 'told_at']]) // prettier-ignore
  assert.match(rest[1]!.problem, /before the order was placed/)
  await promisesHold()
})

test('the same list twice is one', async () => {
  await addCrowdWithCups(database, 2)
  await open()
  assert.equal(counts(await told([ONE, TWO, ONE], OPENED)), '2 taken, 1 known, 2 covering, 0 refused')
  assert.equal(counts(await told([ONE, TWO], OPENED)), '0 taken, 2 known, 0 covering, 0 refused')
  assert.equal(counts(await plan([ONE])), '1 taken, 0 known, 1 covering, 0 refused')
  assert.equal(counts(await plan([ONE])), '0 taken, 1 known, 0 covering, 0 refused')
  const { rows } = await database.pool.query(`select (select count(*)::int from outreach.seller_lists) as lists, count(*)::int as contacts from outreach.seller_contacts`) // prettier-ignore
  assert.deepEqual(rows[0], { lists: 2, contacts: 3 })
})

test('a wave leaves out whom their seller has told or is to tell; when that is over, we tell them, and nobody is lost or told twice', async () => {
  await addCrowdWithCups(database, 4)
  await open()
  assert.equal(counts(await told([ONE], OPENED)), '1 taken, 0 known, 1 covering, 0 refused')
  assert.equal(counts(await plan([TWO], { until: hours(6) })), '1 taken, 0 known, 1 covering, 0 refused')
  await send(1)
  assert.deepEqual(toldByUs(), ['B-0000003', 'B-0000004'])
  const reach = await reachOf(database.db, CUPKIN_ID)
  assert.deepEqual([reach.identified, reach.delivered, reach.pending], [4, 2, 2], 'the word of a seller delivers nothing')
  assert.deepEqual(await runOn(hours(5.9)), [])
  assert.deepEqual(await runOn(hours(6)), ['fallback email'])
  assert.deepEqual(toldByUs(), ['B-0000002', 'B-0000003', 'B-0000004'])
  assert.deepEqual(await runOn(hours(23.9)), [])
  assert.deepEqual(await runOn(hours(24)), ['fallback email'])
  assert.deepEqual(toldByUs(), ['B-0000001', 'B-0000002', 'B-0000003', 'B-0000004'])
  await promisesHold()
})

test('who came to the page is delivered, and is not told again when the seller’s time is over', async () => {
  await addCrowdWithCups(database, 1)
  await open()
  await told([ONE], OPENED)
  await send(1)
  await transaction(database, (tx) => acknowledge(tx, { buyerId: 'B-0000001', campaignId: CUPKIN_ID, how: 'button', at: hours(1) }))
  assert.deepEqual(await runOn(hours(30)), [])
  assert.deepEqual(sent, [])
  assert.match(counts(await plan([ONE])), /^0 taken, 0 known, 0 covering, 1 refused/)
  await promisesHold()
})

test('a buyer is left out only when every one of their lines is covered', async () => {
  await addCrowdWithCups(database, 3)
  await addLines(database.db, [
    { buyer: 'B-0000001', order: 'O-BELMONT', listing: SINGLE_CUP },
    { buyer: 'B-0000002', order: 'O-SECOND' },
    { buyer: 'B-0000003', order: THREE, line: 2 },
  ])
  await open()
  assert.equal(counts(await told([ONE, TWO, THREE], OPENED)), '3 taken, 0 known, 3 covering, 0 refused')
  await send(1)
  assert.deepEqual(toldByUs(), ['B-0000001', 'B-0000002'])
  await promisesHold()
})

test('both sellers cover a buyer of both; units that come into scope later are not covered by what was said before', async () => {
  await addCrowdWithCups(database, 1)
  await addLine(database.db, { buyer: 'B-0000001', order: 'O-BELMONT', listing: SINGLE_CUP })
  await open()
  await told([ONE], OPENED)
  await told(['O-BELMONT'], OPENED, { sellerId: BELMONT })
  await send(1)
  assert.deepEqual(sent, [])
  // One more line of an order that was named.
  await addLine(database.db, { buyer: 'B-0000001', order: ONE, line: 2 })
  now = hours(1)
  await transaction(database, async (tx) => {
    const listings = [{ listingId: BLUE_PAIR, answer: 'affected' as const }]
    await findAffectedLines(tx, { campaignId: CUPKIN_ID, scope: CUPKIN.scope, listings, at: now })
    await makeNotices(tx, { campaignId: CUPKIN_ID, at: now })
  })
  assert.deepEqual(await runOn(now), ['fallback email'])
  assert.deepEqual(toldByUs(), ['B-0000001'])
  await promisesHold()
})

test('a buyer whose block was read, and not begun with, when their seller told them is left out of it', async () => {
  await addCrowdWithCups(database, 2)
  await open()
  let asked = 0
  await send(1, {
    // Contact points are asked for between the reading of a block and its beginning.
    contacts: async (_channel, buyers) => {
      if (buyers.some((buyer) => buyer.buyerId === 'B-0000001') && asked++ === 0)
        assert.equal(counts(await told([ONE], now)), '1 taken, 0 known, 1 covering, 0 refused')
      return [...buyers]
    },
  })
  assert.equal(asked, 1)
  assert.deepEqual(toldByUs(), ['B-0000002'])
  await promisesHold()
})

test('what is on its way cannot be announced, and what is told of it at that moment leaves nobody out', async () => {
  await addCrowdWithCups(database, 1)
  await open()
  const answers: string[] = []
  whileSending = async () => {
    const announced = await plan([ONE])
    assert.ok(announced.ok)
    answers.push(announced.value.problems[0]!.problem, counts(await told([ONE], now)))
  }
  await send(1)
  assert.match(answers[0]!, /we are telling this buyer at this moment/)
  assert.equal(answers[1], '1 taken, 0 known, 0 covering, 0 refused')
  const { rows } = await database.pool.query('select covers_not from outreach.seller_contacts')
  assert.deepEqual(rows, [{ covers_not: 'in_flight' }])
  assert.deepEqual(toldByUs(), ['B-0000001'])
  await promisesHold()
})

test('whom a server refuses for now is not tried again once their seller has told them', async () => {
  await addCrowdWithCups(database, 2)
  await open()
  answerFor = () => 'refused_for_now'
  const order = { campaignId: CUPKIN_ID, wave: 1, pace: { ...QUICK, pausesSeconds: [1, 1] } }
  const sending = sendWave({ ...sendDeps(database, mail), clock: () => now }, order)
  // Both were tried once, and the pause before the next attempt runs.
  for (let paused = 0; paused < 2;) {
    const { rows } = await database.pool.query<{ paused: number }>(
      'select count(*)::int as paused from outreach.wave_buckets where attempt = 2',
    )
    paused = rows[0]!.paused
  }
  assert.equal(counts(await told([ONE], now)), '1 taken, 0 known, 1 covering, 0 refused')
  answerFor = () => 'accepted'
  assert.equal((await sending).finished, true)
  assert.deepEqual(toldByUs(), ['B-0000002'])
  await promisesHold()
})

test('each order is announced once, and saying the same again and again puts nothing off', async () => {
  await addCrowdWithCups(database, 1)
  await open({ wave: false })
  const first = await plan([ONE], { until: hours(2) })
  assert.ok(first.ok)
  assert.deepEqual(await runOn(hours(1)), [])
  const ended = await transaction(
    database,
    (tx) =>
    endSellerList(tx, { listId: first.value.listId!, campaignId: CUPKIN_ID, sellerId: ANDERS, orderIds: null, actor: 'seller', reason: 'A strike.', at: now }), // prettier-ignore
  )
  assert.deepEqual(ended, { ok: true, value: { listId: first.value.listId, ended: 1 } })
  const second = await plan([ONE], { until: hours(3) })
  assert.ok(second.ok)
  assert.match(second.value.problems[0]!.problem, /announced this order before/)
  assert.equal(counts(await told([ONE], hours(0.5))), '1 taken, 0 known, 1 covering, 0 refused')
  assert.equal(counts(await told([ONE], hours(0.9))), '1 taken, 0 known, 0 covering, 0 refused')
  assert.deepEqual(await runOn(hours(24.4)), [])
  assert.deepEqual(await runOn(hours(24.5)), ['notice email'])
  assert.deepEqual(toldByUs(), ['B-0000001'])
  // Told by us since, so that a reminder may be the seller's.
  assert.equal(counts(await plan([ONE], { until: hours(30) })), '1 taken, 0 known, 1 covering, 0 refused')
  await promisesHold()
})

test('what did not reach the buyer ends the announcement and what was said to have been told by that channel', async () => {
  await addCrowdWithCups(database, 2)
  await open({ wave: false })
  await plan([ONE])
  await told([TWO], OPENED, { channel: 'email' })
  assert.deepEqual(await runOn(hours(1)), [])
  assert.equal(counts(await told([ONE], now, { outcome: 'not_reached' })), '1 taken, 0 known, 0 covering, 0 refused')
  await told([TWO], now, { channel: 'phone', outcome: 'not_reached' })
  assert.deepEqual(await runOn(hours(1.1)), ['notice email'])
  assert.deepEqual(toldByUs(), ['B-0000001'])
  await told([TWO], now, { channel: 'email', outcome: 'not_reached' })
  assert.deepEqual(await runOn(hours(1.2)), ['fallback email'])
  assert.deepEqual(toldByUs(), ['B-0000001', 'B-0000002'])
  await promisesHold()
})

test('only its seller withdraws a list and only with a reason; an officer revokes any; then we tell those buyers', async () => {
  await addCrowdWithCups(database, 3)
  await open({ wave: false })
  const said = await told([ONE, TWO, THREE], OPENED)
  assert.ok(said.ok)
  const end = (differs: object) =>
    transaction(
      database,
      (tx) =>
      endSellerList(tx, { listId: said.value.listId!, campaignId: CUPKIN_ID, sellerId: ANDERS, orderIds: null, actor: 'seller:x', reason: 'A mistake.', at: now, ...differs }), // prettier-ignore
    )
  for (const [differs, field] of [
    [{ reason: ' ' }, 'reason'],
    [{ sellerId: BELMONT }, 'list_id'],
    [{ campaignId: 'CPSC-1' }, 'list_id'],
    [{ listId: 'no uuid' }, 'list_id'],
  ] as const) {
    // prettier-ignore
    const refused = await end(differs)
    assert.equal(refused.ok ? '' : refused.problem.field, field)
  }
  assert.deepEqual(await end({ orderIds: [ONE] }), { ok: true, value: { listId: said.value.listId, ended: 1 } })
  assert.deepEqual(await end({ orderIds: [ONE] }), { ok: true, value: { listId: said.value.listId, ended: 0 } })
  assert.deepEqual(await runOn(hours(1)), ['notice email'])
  assert.deepEqual(toldByUs(), ['B-0000001'])
  assert.deepEqual(await end({ sellerId: null, actor: 'officer:ada', at: now }), {
    ok: true,
    value: { listId: said.value.listId, ended: 2 },
  })
  assert.deepEqual(await runOn(hours(1.1)), ['fallback email'])
  assert.deepEqual(toldByUs(), ['B-0000001', 'B-0000002', 'B-0000003'])
  const { rows } = await database.pool.query('select ended_as, ended_by, ended_why from outreach.seller_contacts order by order_id')
  assert.deepEqual(
    rows.map((row) => `${row.ended_as} ${row.ended_by} ${row.ended_why}`),
    ['withdrawn seller:x A mistake.', 'revoked officer:ada A mistake.', 'revoked officer:ada A mistake.'],
  )
  await promisesHold()
})

test('a reminder leaves out whom their seller tells; whom the seller then did not tell we remind ourselves, once', async () => {
  await addCrowdWithCups(database, 4)
  await open()
  await send(1)
  sent = []
  now = hours(71)
  await plan([ONE, TWO], { until: hours(80) })
  await told([THREE], hours(71))
  assert.deepEqual(await runOn(hours(73)), ['reminder email'])
  assert.deepEqual(toldByUs(), ['B-0000004'])
  assert.deepEqual(await runOn(hours(79)), [])
  await told([TWO], now)
  assert.deepEqual(await runOn(hours(80)), ['catch_up email'])
  assert.deepEqual(toldByUs(), ['B-0000001', 'B-0000004'])
  assert.deepEqual(await runOn(hours(120)), [])
  assert.deepEqual(await runOn(hours(241)), ['reminder email'])
  assert.equal(sent.length, 2 + 4)
  await promisesHold()
})

test('the promises find a message beside a seller’s, somebody who waits for nobody, and words about what is not theirs', async () => {
  await addCrowdWithCups(database, 3)
  await open()
  await told([ONE], OPENED)
  await plan([TWO], { until: hours(1) })
  await database.pool.query(`update outreach.waves set created_at = created_at - interval '1 day'`)
  await send(1)
  await promisesHold()
  await database.pool.query(
    `insert into outreach.deliveries (buyer_id, campaign_id, wave, channel, attempt, started_at, ended_at, outcome)
     values ('B-0000001', $1, 1, 'email', 1, $2, $2, 'accepted')`,
    [CUPKIN_ID, hours(0.5)],
  )
  await database.pool.query(`update outreach.notices set state_at = $1 where buyer_id = 'B-0000002'`, [hours(-5)])
  await database.pool.query(`update outreach.seller_contacts set recorded_at = $1, covers_until = $2 where buyer_id = 'B-0000002'`, [hours(-4), hours(-2)]) // prettier-ignore
  await database.pool.query(`update outreach.seller_lists set until = $1 where kind = 'plan'`, [hours(-3)])
  const broken = (await brokenPromises(database.db, outreachInvariants)).map((each) => each.slice(0, each.indexOf(':')))
  for (const name of ['outreach.told-once-in-a-wave', 'outreach.no-wait-for-a-seller', 'outreach.sellers-speak-of-their-own'])
    assert.ok(broken.includes(name), `${name} in ${broken.join(', ')}`)
})

test('lists that come while a wave is sent by two workers: each buyer is told by us, or left to their seller, and never both but for what was in flight', async () => {
  await addCrowdWithCups(database, 300)
  await open()
  const deps = { ...sendDeps(database, mail), clock: () => new Date() }
  whileSending = () => new Promise((resolve) => setImmediate(resolve))
  const orders = Array.from({ length: 300 }, (_, place) => `O-B-${String(place + 1).padStart(7, '0')}`)
  const lists = (async () => {
    // From the last buyer to the first, against the wave's own way through the buckets.
    for (let from = 290; from >= 0; from -= 10) {
      const at = new Date()
      const result = await (from % 20 === 0 ? told(orders.slice(from, from + 10), at, { at }) : plan(orders.slice(from, from + 10), { at }))
      assert.ok(result.ok)
    }
  })()
  const workers = Promise.all([1, 2].map(() => sendWave(deps, { campaignId: CUPKIN_ID, wave: 1, pace: QUICK })))
  await Promise.all([workers, lists])
  const { rows } = await database.pool.query<{ left_out: number; both: number; neither: number; covered: number }>(
    `select count(*) filter (where c.covers_until is not null and d.buyer_id is null)::int as left_out,
            count(*) filter (where c.covers_until is not null and d.started_at > c.recorded_at)::int as both,
            count(*) filter (where c.covers_until is null and d.buyer_id is null)::int as neither,
            count(*) filter (where c.covers_until is not null)::int as covered
       from outreach.notices n
       left join outreach.seller_contacts c on c.buyer_id = n.buyer_id
       left join outreach.deliveries d on d.buyer_id = n.buyer_id and d.outcome = 'accepted'`,
  )
  assert.equal(rows[0]!.neither, 0)
  assert.equal(rows[0]!.both, 0)
  assert.ok(rows[0]!.left_out > 0, 'some lists were in time')
  assert.equal(sent.length, new Set(toldByUs()).size)
  await promisesHold()
})
