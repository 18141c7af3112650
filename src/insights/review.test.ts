import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { parse } from 'csv-parse/sync'
import { appAs, ask, askAll, askJson, buyer, nobody, officer, seller } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import {
  addLine, addListing, addMatch, addRecall, ANDERS, BELMONT, BLUE_PAIR, CUPKIN, CUPKIN_ID, LADDERS, LADDERS_ID, LAMPS, LAMPS_ID,
  LOOKALIKE, MEMPHIS, NIGHT_LAMP, openMarketplace, PINK_PAIR, setStock, SINGLE_CUP, WOODEN_SPOON,
} from '../../test/world.ts' // prettier-ignore
import { openCampaign, sweepCampaign } from '../campaigns/index.ts'
import { decide, takeBack } from '../matching/index.ts'
import { transaction } from '../platform/db.ts'
import { routesOf, type AccessTable } from '../platform/http.ts'
import { reviewRoutes } from './routes-review.ts'

const database = await testDatabase()
const { db, pool } = database
const routes = reviewRoutes({ database })
const ada = officer('Ada')
const ME = 'officer:user-Ada'

type Item = Record<string, unknown>
type Queue = { items: Item[]; next: string | null; counts: { open: number } & Record<string, Record<string, number>> }

const queue = (search = '') => askJson<Queue>(routes, ada, `/v1/review${search}`)
const pairs = (items: readonly Item[]) => items.map((item) => `${String(item['listing_id'])} ${String(item['recall_id'])}`)

async function rule(listingId: string, recallId: string, ruling: 'affected' | 'possibly' | 'no', actor = ME): Promise<number> {
  const done = await transaction(database, (tx) => decide(tx, { listingId, recallId, ruling, actor, at: new Date(), reason: 'Looked.' }))
  assert.ok(done.ok)
  return done.value.decisionNo
}

async function weigh(listingId: string, weight: number): Promise<void> {
  await pool.query(
    `update matching.matches set weight = $2, reasons = jsonb_set(reasons, '{0,weight}', to_jsonb($2::float8)) where listing_id = $1`,
    [listingId, weight],
  )
}

before(async () => {
  await openMarketplace(db)
  // The ladders' danger is not stated, the lamps' is medium: the cups with lead come first.
  for (const recall of [CUPKIN, { ...LAMPS, severity: 'medium' as const }, { ...LADDERS, hazards: [] }]) await addRecall(database, recall)
  await addMatch(db, CUPKIN_ID, BLUE_PAIR, 'affected')
  await addMatch(db, CUPKIN_ID, PINK_PAIR, 'affected')
  await addMatch(db, CUPKIN_ID, LOOKALIKE, 'possibly')
  await addMatch(db, LAMPS_ID, NIGHT_LAMP, 'affected')
  await addMatch(db, LADDERS_ID, WOODEN_SPOON, 'possibly')
  await weigh(NIGHT_LAMP, 30)
  await weigh(LOOKALIKE, 12)
  // The pairs weigh the same, and more is at stake with the pink one.
  await addLine(db, { buyer: 'ada', listing: PINK_PAIR, quantity: 3 })
  await addLine(db, { buyer: 'ben', listing: PINK_PAIR, quantity: 9, state: 'cancelled' })
  await setStock(db, PINK_PAIR, MEMPHIS, '', 2)
  await setStock(db, BLUE_PAIR, MEMPHIS, '', 1)
})

test('nobody but an officer reads the queue, with the table of access and without it', async () => {
  const all = routesOf(routes)
  const officersOnly: AccessTable = Object.fromEntries(all.map((route) => [route, { who: ['officer'], sees: 'everything' }]))
  for (const address of ['/v1/review', `/v1/review/${CUPKIN_ID}/${BLUE_PAIR}`, '/v1/rulings']) {
    for (const [principal, status] of [
      [nobody, 401],
      [seller(ANDERS), 403],
      [buyer('ada'), 403],
      [ada, 200],
    ] as const) {
      // prettier-ignore
      assert.equal((await appAs(routes, principal, officersOnly).request(address)).status, status, address)
      if (principal !== ada) assert.equal((await ask(routes, principal, address)).status, 500, address)
    }
  }
})

test('a filter that the queue does not have, a value it does not know and a match that is not there are refused', async () => {
  for (const [address, field] of [
    ['/v1/review?answer=maybe', 'answer'],
    ['/v1/review?why=because', 'why'],
    ['/v1/review?severity=extreme', 'severity'],
    ['/v1/review?agency=XYZ', 'agency'],
    ['/v1/review?by=nobody', 'by'],
    ['/v1/review?q=cup', 'q'],
    ['/v1/rulings?ruling=maybe', 'ruling'],
    ['/v1/review?cursor=abc', 'cursor'],
  ] as const) {
    const response = await ask(routes, ada, address)
    assert.equal(response.status, 422, address)
    assert.equal(((await response.json()) as Item)['field'], field, address)
  }
  for (const address of [`/v1/review/${CUPKIN_ID}/${WOODEN_SPOON}`, '/v1/review/CPSC-0/none', '/v1/review/%00/none'])
    assert.equal((await ask(routes, ada, address)).status, 404, address)
})

test('the worst danger comes first, then the heaviest evidence, then the most units', async () => {
  const { items, counts } = await queue()
  const expected = [`${LOOKALIKE} ${CUPKIN_ID}`, `${PINK_PAIR} ${CUPKIN_ID}`, `${BLUE_PAIR} ${CUPKIN_ID}`, `${WOODEN_SPOON} ${LADDERS_ID}`, `${NIGHT_LAMP} ${LAMPS_ID}`] // prettier-ignore
  assert.deepEqual(pairs(items), expected)
  assert.deepEqual(items.map((item) => [item['severity'], item['why'], item['sold_units'], item['stock_units']]), [
    ['serious', 'review', 0, 0],
    ['serious', 'confirm', 6, 4],
    ['serious', 'confirm', 0, 2],
    ['high', 'review', 0, 0],
    ['medium', 'confirm', 0, 0],
  ]) // prettier-ignore
  assert.deepEqual(counts, {
    open: 5,
    answer: { affected: 3, possibly: 2 },
    tier: { auto: 3, review: 2 },
    why: { confirm: 3, review: 2 },
    severity: { serious: 3, high: 1, medium: 1 },
    agency: { CPSC: 5 },
    by: {},
  })
  // Page by page, and as CSV, the list is the same.
  for (const limit of [1, 2, 3]) assert.deepEqual(pairs(await askAll(routes, ada, '/v1/review', limit)), expected, String(limit))
  const csv = parse(await (await ask(routes, ada, '/v1/review?format=csv')).text(), { columns: true })
  assert.deepEqual(pairs(csv as Item[]), expected)
})

test('filters narrow the list, and each count says what its filter would leave', async () => {
  assert.deepEqual(pairs((await queue(`?recall=${LAMPS_ID}`)).items), [`${NIGHT_LAMP} ${LAMPS_ID}`])
  assert.deepEqual(pairs((await queue(`?seller=${BELMONT}`)).items), [`${LOOKALIKE} ${CUPKIN_ID}`, `${NIGHT_LAMP} ${LAMPS_ID}`])
  const { items, counts } = await queue('?severity=serious&why=confirm')
  assert.equal(items.length, 2)
  assert.deepEqual([counts.open, counts['why'], counts['severity']], [2, { confirm: 2, review: 1 }, { serious: 2, medium: 1 }])
})

test('a match that a person ruled on leaves the queue, and a ruling taken back brings it back', async () => {
  const decisionNo = await rule(LOOKALIKE, CUPKIN_ID, 'no')
  assert.ok(!pairs((await queue()).items).includes(`${LOOKALIKE} ${CUPKIN_ID}`))
  const rulings = await askJson<{ items: Item[] }>(routes, ada, '/v1/rulings?by=mine')
  assert.deepEqual(rulings.items.map((item) => [item['listing_id'], item['ruling'], item['engine_answer']]), [[LOOKALIKE, 'no', 'possibly']]) // prettier-ignore
  assert.equal((await askJson<{ items: Item[] }>(routes, ada, '/v1/rulings?by=others')).items.length, 0)
  const slip = { listingId: LOOKALIKE, recallId: CUPKIN_ID, decisionNo, at: new Date(), reason: 'A slip of the key.' }
  const others = await transaction(database, (tx) => takeBack(tx, { ...slip, actor: 'officer:user-Ben' }))
  assert.ok(!others.ok && others.problem.code === 'conflict')
  const late = await transaction(database, (tx) => takeBack(tx, { ...slip, actor: ME, at: new Date(Date.now() + 16 * 60_000) }))
  assert.ok(!late.ok && /15 minutes/.test(late.problem.message))
  const back = await transaction(database, (tx) => takeBack(tx, { ...slip, actor: ME }))
  assert.deepEqual(back, { ok: true, value: { decisionNo: 2, restored: null } })
  assert.ok(pairs((await queue()).items).includes(`${LOOKALIKE} ${CUPKIN_ID}`))
  const one = await askJson<Item>(routes, ada, `/v1/review/${CUPKIN_ID}/${LOOKALIKE}`)
  assert.deepEqual([one['ruling'], one['answer'], one['why']], [null, 'possibly', 'review'])
  assert.equal((one['rulings'] as Item[]).length, 2)
})

test('a rule is no person: what it ruled still waits for one', async () => {
  await rule(NIGHT_LAMP, LAMPS_ID, 'affected', 'rule:same-gtin')
  assert.ok(pairs((await queue()).items).includes(`${NIGHT_LAMP} ${LAMPS_ID}`))
  await rule(NIGHT_LAMP, LAMPS_ID, 'affected')
  assert.ok(!pairs((await queue()).items).includes(`${NIGHT_LAMP} ${LAMPS_ID}`))
})

test('a ruling is asked again where the recall was revised and the engine now answers against it', async () => {
  await rule(BLUE_PAIR, CUPKIN_ID, 'affected')
  await rule(PINK_PAIR, CUPKIN_ID, 'no')
  // Screened again at the same revision, by other weights: nothing that the agency said has changed.
  await pool.query(`update matching.matches set answer = 'possibly' where recall_id = $1`, [CUPKIN_ID])
  assert.deepEqual(pairs((await queue('?why=changed')).items), [])
  await pool.query(`update matching.matches set revision = 2, answer = 'no', tier = 'dismiss' where recall_id = $1`, [CUPKIN_ID])
  const { items, counts } = await queue('?why=changed')
  assert.deepEqual(pairs(items), [`${BLUE_PAIR} ${CUPKIN_ID}`], 'the pink pair was ruled “no” and is now answered so')
  assert.deepEqual(counts['by'], { mine: 1 })
  assert.equal((await queue('?by=others')).items.length, 0)
  await rule(BLUE_PAIR, CUPKIN_ID, 'no')
  assert.equal((await queue('?why=changed')).items.length, 0)
})

test('one match comes with both texts, the places of its reasons, what is at stake and who ruled before', async () => {
  await addMatch(db, CUPKIN_ID, SINGLE_CUP, 'possibly')
  await addLine(db, { buyer: 'chloe', listing: SINGLE_CUP, quantity: 2, at: '2022-05-01T12:00:00Z' })
  await addLine(db, { buyer: 'chloe', order: 'O-late', listing: SINGLE_CUP, quantity: 1, at: '2024-05-01T12:00:00Z', state: 'open' })
  const one = await askJson<Item>(routes, ada, `/v1/review/${CUPKIN_ID}/${SINGLE_CUP}`)
  assert.deepEqual(one['exposure'], { stock_units: 0, sold_units: 3, open_units: 1, buyers: 1, in_scope_units: 2, possibly_units: 0 })
  assert.deepEqual((one['reasons'] as Item[])[0]!['recall_span'], { field: 'title', start: 0, end: 6 })
  assert.equal((one['recall'] as Item)['hazard_text'], CUPKIN.hazardText)
  assert.equal((one['listing'] as Item)['seller_name'], 'Belmont, Kids & "Co"')
  assert.ok((one['probability'] as number) > 0.99)
  assert.equal(one['campaign'], null)
})

test('copies of one listing in any number are paged without counting each one’s units for the order', async () => {
  for (let i = 0; i < 220; i++) await addListing(db, `L-COPY-${String(i).padStart(3, '0')}`)
  await pool.query(
    `insert into matching.matches (listing_id, recall_id, revision, answer, weight, tier, reasons, screened_at)
     select listing_id, $1, 1, 'possibly', 5, 'review', '[]', now() from catalog.listings where listing_id like 'L-COPY-%'`,
    [LAMPS_ID],
  )
  const items = await askAll<Item>(routes, ada, `/v1/review?recall=${LAMPS_ID}`, 50)
  assert.equal(items.length, 220)
  assert.equal(new Set(pairs(items)).size, 220)
})

test('what an officer stopped by opening a campaign is decided; what came to it since waits for a person', async () => {
  const recall = { ...CUPKIN, recallNumber: '24001' }
  const recallId = 'CPSC-24001'
  await addRecall(database, recall)
  await addListing(db, 'L-SEEN')
  await addListing(db, 'L-LATER')
  await addMatch(db, recallId, 'L-SEEN', 'affected')
  assert.deepEqual(pairs((await queue(`?recall=${recallId}`)).items), [`L-SEEN ${recallId}`])
  const deps = { database, enqueue: async () => {} }
  const opened = await openCampaign(deps, {
    recallId,
    actor: ME,
    reason: 'Lead.',
    remedies: { options: ['refund'], proof: 'none' },
    at: new Date(),
  })
  assert.ok(opened.ok, JSON.stringify(opened))
  assert.equal((await queue(`?recall=${recallId}`)).counts.open, 0)
  await addMatch(db, recallId, 'L-LATER', 'affected')
  const swept = await sweepCampaign(deps, { campaignId: recallId, actor: 'rule:sweep', at: new Date() })
  assert.ok(swept.ok && swept.value.listingsStopped === 1)
  assert.deepEqual(pairs((await queue(`?recall=${recallId}`)).items), [`L-LATER ${recallId}`])
})
