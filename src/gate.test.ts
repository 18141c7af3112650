/** The gate: what is new is sold only once it was screened, and a recalled product does not come back under another listing. */
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { appAs } from '../test/as.ts'
import { testDatabase } from '../test/database.ts'
import { addRecall, ANDERS, BELMONT, brokenPromises, CUPKIN, CUPKIN_ID, LAMPS, openMarketplace, WOODEN_SPOON } from '../test/world.ts'
import { campaignInvariants, campaignRoutes, listingRoutes } from './campaigns/index.ts'
import { followUp, isFollowUpOwed } from './follow-up.ts'
import { importFile } from './catalog/index.ts'
import { decide, matchingInvariants } from './matching/index.ts'
import { transaction } from './platform/db.ts'
import type { Principals } from './platform/http.ts'
import { sellable, supplyInvariants, tellGates } from './supply/index.ts'

const database = await testDatabase()
const { db, pool } = database
const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-gate-'))
after(() => rm(folder, { recursive: true, force: true }))
const enqueue = async () => {}
const clock = () => new Date()
const routes = listingRoutes({ database, clock, enqueue })
const machine = (...scopes: string[]): Principals => ({
  staff: null,
  buyer: null,
  machine: { kind: 'marketplace', keyId: 'k1', name: 'catalogue', scopes },
})

type Item = Record<string, unknown>

async function send(
  method: 'PUT' | 'POST',
  address: string,
  body: unknown,
  scopes = ['listings:write'],
): Promise<{ status: number; json: Item }> {
  const init = { method, body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const answer = await appAs(routes, machine(...scopes)).request(address, init)
  return { status: answer.status, json: (await answer.json()) as Item }
}

async function follow(): Promise<void> {
  await followUp({ database, enqueue }, { at: new Date(), actor: 'rule:import' })
}

async function standing(listingId: string): Promise<[boolean | null, string[], string[]]> {
  const answer = (await sellable(db, [listingId]))[0]!
  return [answer.sellable, answer.stops.map((stop) => stop.campaignId), answer.gates.map(({ gate, recallId }) => `${gate} ${recallId}`)]
}

const CUPS = {
  seller_id: 'S-NEW',
  seller_name: 'Brand New Shop',
  title: 'CUPKIN Double-Walled Stainless Steel Children’s Cups with straws, 8 oz, set of 2, blue and green',
  brand: 'CUPKIN',
  price: '20.00',
  currency: 'USD',
}

before(async () => {
  await openMarketplace(db)
  for (const recall of [CUPKIN, { ...LAMPS, hazards: ['pinch' as const] }]) await addRecall(database, recall)
  await follow()
})

test('what cannot be read, or is not for this key, is refused by its field, and nothing is kept of it', async () => {
  const before = await pool.query('select count(*) from catalog.listings')
  const good = { ...CUPS, title: 'Wooden bowl', brand: null }
  for (const [address, body, status, field] of [
    ['/v1/listings/N-1', '{', 422, undefined],
    ['/v1/listings/N-1', [], 422, ''],
    ['/v1/listings/N-1', { ...good, title: ' ' }, 422, 'title'],
    ['/v1/listings/N-1', { ...good, currency: 'dollars' }, 422, 'currency'],
    ['/v1/listings/N-1', { ...good, pack_units: 0 }, 422, 'pack_units'],
    ['/v1/listings/N-1', { ...good, listingId: 'N-2' }, 422, 'listing_id'],
    [`/v1/listings/${WOODEN_SPOON}`, { ...good, seller_id: BELMONT }, 422, 'seller_id'],
    ['/v1/listings/N-1', { ...good, description: 'x'.repeat(1_100_000) }, 413, undefined],
  ] as const) {
    const answer = await send('PUT', address, body)
    assert.deepEqual([answer.status, answer.json['field']], [status, field], JSON.stringify(body).slice(0, 90))
  }
  assert.equal((await send('PUT', '/v1/listings/N-1', good, [])).status, 403)
  assert.equal((await send('POST', '/v1/listings', { listings: [] })).status, 422)
  assert.equal((await send('POST', '/v1/listings', { listings: Array.from({ length: 501 }, () => good) })).status, 422)
  assert.deepEqual((await pool.query('select count(*) from catalog.listings')).rows, before.rows)
})

test('an honest listing is on sale in the same request, and telling it twice changes nothing', async () => {
  const bowl = {
    seller_id: ANDERS,
    title: 'Bamboo salad bowl',
    brand: 'Grove',
    gtin: '123',
    price: '12.00',
    currency: 'USD',
    colour: 'green',
  }
  const first = await send('PUT', '/v1/listings/N-BOWL', bowl)
  assert.deepEqual(first, {
    status: 200,
    json: {
      listing_id: 'N-BOWL',
      sellable: true,
      stops: [],
      gates: [],
      matches: [],
      problems: first.json['problems'],
      ignored: ['colour'],
    },
  })
  assert.deepEqual((first.json['problems'] as Item[]).map((found) => found['field']), ['gtin']) // prettier-ignore
  const stamp = await pool.query(`select updated_at from catalog.listings where listing_id = 'N-BOWL'`)
  assert.deepEqual(await send('PUT', '/v1/listings/N-BOWL', bowl), first)
  assert.deepEqual((await pool.query(`select updated_at from catalog.listings where listing_id = 'N-BOWL'`)).rows, stamp.rows)
})

test('by API: a recalled product under a new listing of a new seller is not sold, without any campaign, and its seller is told why', async () => {
  const { status, json } = await send('PUT', '/v1/listings/N-CUPS', CUPS)
  assert.equal(status, 200)
  assert.equal(json['sellable'], false)
  const [match] = json['matches'] as Item[]
  assert.deepEqual([match!['recall_id'], match!['answer'], match!['tier']], [CUPKIN_ID, 'affected', 'auto'])
  assert.ok((match!['reasons'] as Item[]).length > 2)
  assert.deepEqual(await standing('N-CUPS'), [false, [], [`recalled ${CUPKIN_ID}`]])
  const { rows } = await pool.query<{ statement: Record<string, unknown>; placed_by: string }>(
    `select * from supply.gates where listing_id = 'N-CUPS'`,
  )
  assert.equal(rows.length, 1)
  assert.equal(rows[0]!.placed_by, 'marketplace:k1')
  assert.match(String(rows[0]!.statement['what']), /CPSC announced a recall of this product \(23-774\)\. So nobody can buy/)
  assert.deepEqual(await brokenPromises(db, [...supplyInvariants, ...matchingInvariants]), [])
})

test('by import: the same under another listing, refused from the first row written to the last step, whenever it is killed', async () => {
  const file = path.join(folder, 'listings.csv')
  await writeFile(
    file,
    `listing_id,seller_id,title,brand,price,currency\nF-CUPS,S-OTHER,"${CUPS.title}",CUPKIN,20.00,USD\nF-BOWL,S-OTHER,Bamboo tray,Grove,9.00,USD\n`,
  )
  const taken = await importFile(database, 'listings', file, { at: new Date() })
  assert.ok(taken.ok && taken.value.added === 2)
  // Killed here: nothing was screened yet, so neither is sold, and the follow-up is owed.
  assert.deepEqual(await standing('F-CUPS'), [false, [], ['not_screened_yet null']])
  assert.deepEqual(await standing('F-BOWL'), [false, [], ['not_screened_yet null']])
  assert.equal(await isFollowUpOwed(db), true)
  await follow()
  assert.equal(await isFollowUpOwed(db), false)
  assert.deepEqual(await standing('F-CUPS'), [false, [], [`recalled ${CUPKIN_ID}`]])
  assert.deepEqual(await standing('F-BOWL'), [true, [], []])
  // Told once, however often it is followed up.
  await follow()
  assert.equal((await pool.query(`select from supply.gates where listing_id = 'F-CUPS'`)).rowCount, 1)
})

test('an honest listing that is changed into the recalled product leaves the shop with the change, and comes back with the next', async () => {
  await send('PUT', '/v1/listings/N-BOWL', { ...CUPS, seller_id: ANDERS })
  assert.deepEqual(await standing('N-BOWL'), [false, [], [`recalled ${CUPKIN_ID}`]])
  const back = await send('PUT', '/v1/listings/N-BOWL', {
    seller_id: ANDERS,
    title: 'Bamboo salad bowl',
    brand: 'Grove',
    price: '12.00',
    currency: 'USD',
  })
  assert.equal(back.json['sellable'], true)
  const { rows } = await pool.query(`select end_reason from supply.gates_view where listing_id = 'N-BOWL'`)
  assert.deepEqual(rows, [{ end_reason: 'Compared again, the listing is not taken for the recalled product any more.' }])
})

test('a ruling that a listing is not affected does not let in what it is changed into afterwards', async () => {
  const tray = { seller_id: ANDERS, title: 'CUPKIN poster, framed', brand: 'CUPKIN', price: '12.00', currency: 'USD' }
  await send('PUT', '/v1/listings/N-POSTER', tray)
  const ruling = {
    listingId: 'N-POSTER',
    recallId: CUPKIN_ID,
    ruling: 'no' as const,
    actor: 'officer:ada',
    at: new Date(),
    reason: 'A poster.',
  }
  await transaction(database, (tx) => decide(tx, ruling))
  assert.equal(
    (await send('PUT', '/v1/listings/N-POSTER', { ...tray, price: '11.00' })).json['sellable'],
    true,
    'a new price is no new product',
  )
  const changed = await send('PUT', '/v1/listings/N-POSTER', { ...CUPS, seller_id: ANDERS })
  assert.equal(changed.json['sellable'], false)
  assert.deepEqual((await standing('N-POSTER'))[2], [`recalled ${CUPKIN_ID}`])
  const open = await pool.query(`select why from matching.open_matches_view where listing_id = 'N-POSTER'`)
  assert.deepEqual(open.rows, [{ why: 'changed' }])
  // What was ruled on and is not found any more says so, and the ruling is kept.
  await send('PUT', '/v1/listings/N-POSTER', { ...tray, title: 'Framed picture of a mountain', brand: 'Grove' })
  assert.deepEqual(await standing('N-POSTER'), [true, [], []])
  const { rows } = await pool.query(`select engine_answer, ruling from matching.matches_view where listing_id = 'N-POSTER'`)
  assert.deepEqual(rows, [{ engine_answer: 'no', ruling: 'no' }])
})

test('of two who tell the same gate at once one does, and neither waits for more than that', async () => {
  await send('PUT', '/v1/listings/N-TWICE', CUPS)
  await pool.query(`delete from supply.gates where listing_id = 'N-TWICE'`)
  const tell = () => transaction(database, (tx) => tellGates(tx, { listingIds: null, actor: 'rule:screening', at: new Date() }))
  await Promise.all([tell(), tell(), tell()])
  assert.equal((await pool.query(`select from supply.gates where listing_id = 'N-TWICE'`)).rowCount, 1)
})

test('what may be recalled waits for a person where the danger is serious, and sells meanwhile where it is small; the setting holds', async () => {
  await pool.query(`
    insert into matching.matches (listing_id, recall_id, revision, answer, weight, tier, reasons, screened_at)
    select $1, r, 1, 'possibly', 0, 'review', '[{"field":"kind_same","weight":0,"text":"The model number decides."}]', now() from unnest($2::text[]) r`, [
    WOODEN_SPOON,
    [CUPKIN_ID, 'CPSC-20001'],
  ]) // prettier-ignore
  assert.deepEqual(await standing(WOODEN_SPOON), [false, [], [`under_review ${CUPKIN_ID}`]])
  await transaction(database, (tx) => tellGates(tx, { listingIds: null, actor: 'rule:screening', at: new Date() }))
  const told = (await sellable(db, [WOODEN_SPOON]))[0]!.gates[0]!
  assert.match(told.reason, /may be a product that CPSC names in 23-774\. Nobody can buy it here until a person of ours has looked/)
  await pool.query(`insert into matching.gate_settings values ('medium', 2, true, 'officer:ada', now(), 'Be careful for a month.')`)
  assert.deepEqual((await standing(WOODEN_SPOON))[2], ['under_review CPSC-20001', `under_review ${CUPKIN_ID}`])
  // A person looks at both.
  for (const recallId of [CUPKIN_ID, 'CPSC-20001']) {
    const ruling = {
      listingId: WOODEN_SPOON,
      recallId,
      ruling: 'no' as const,
      actor: 'officer:ada',
      at: new Date(),
      reason: 'It is a spoon.',
    }
    await transaction(database, (tx) => decide(tx, ruling))
  }
  assert.deepEqual(await standing(WOODEN_SPOON), [true, [], []])
  await follow()
  const { rows } = await pool.query(`select end_reason from supply.gates_view where listing_id = $1`, [WOODEN_SPOON])
  assert.deepEqual(rows, [{ end_reason: 'A person ruled that the listing is not affected: It is a spoon.' }])
})

test('with an open campaign the listing is stopped by it, with its statement, and the gate’s own ends', async () => {
  const desk = campaignRoutes({ database, clock, enqueue })
  const body = JSON.stringify({ recall_id: CUPKIN_ID, reason: 'Lead.', remedies: { options: ['refund'], proof: 'none' } })
  const staff = { kind: 'officer', userId: 'ada', name: 'Ada' } as const
  const opened = await appAs(desk, { staff, buyer: null }).request('/v1/campaigns', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(opened.status, 201)
  const { json } = await send('POST', '/v1/listings', {
    listings: [{ ...CUPS, listing_id: 'B-CUPS' }, { ...CUPS, listing_id: 'B-BAD', currency: '' }, { seller_id: ANDERS, listingId: 'B-TRAY', title: 'Cork tray', currency: 'USD' }, { ...CUPS, listing_id: 'B-CUPS' }],
  }) // prettier-ignore
  assert.deepEqual(
    (json['items'] as Item[]).map((item) => [
      item['row'],
      item['listing_id'],
      item['taken'],
      item['sellable'],
      (item['problems'] as Item[])[0]?.['field'],
    ]),
    [
      [1, 'B-CUPS', true, false, undefined],
      [2, null, false, undefined, 'currency'],
      [3, 'B-TRAY', true, true, undefined],
      [4, null, false, undefined, 'listing_id'],
    ],
  )
  assert.deepEqual((await standing('B-CUPS')).slice(0, 2), [false, [CUPKIN_ID]])
  await follow()
  assert.equal((await pool.query(`select from supply.gates_view where ended_at is null and recall_id = $1`, [CUPKIN_ID])).rowCount, 0)
  assert.deepEqual(await brokenPromises(db, [...supplyInvariants, ...campaignInvariants]), [])
})
