import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { parse } from 'csv-parse/sync'
import { appAs, ask, askAll, askJson, buyer, nobody, officer, seller } from '../../test/as.ts'
import { populate } from '../../test/campaign-in-full.ts'
import { testDatabase } from '../../test/database.ts'
import { ANDERS, BELMONT, brokenPromises, CUPKIN_ID, LAMPS_ID } from '../../test/world.ts'
import { outreachInvariants, sellerListRoutes } from '../outreach/index.ts'
import { routesOf, type AccessTable, type Principals } from '../platform/http.ts'
import { sellerContactRoutes } from './index.ts'

const database = await testDatabase()
const clock = () => new Date('2026-11-23T12:00:00Z')
const routes = sellerContactRoutes({ database, clock })
const desk = sellerListRoutes({ database, clock })
const anders = seller(ANDERS)
const belmont = seller(BELMONT)
const CAMPAIGN = `/v1/seller/campaigns/${CUPKIN_ID}`

before(() => populate(database))

type Order = Record<string, unknown> & { order_id: string; state: string }
type Recorded = { list_id: string; taken: number; covering: number; refused: number; problems: { line: number; field: string }[] }

async function post(who: Principals, address: string, body: unknown, headers: Record<string, string> = {}, on = routes) {
  const csv = typeof body === 'string'
  const response = await ask(on, who, address, {
    method: 'POST',
    headers: { 'content-type': csv ? 'text/csv' : 'application/json', ...headers },
    body: csv ? body : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Recorded & Record<string, unknown> }
}

test('nobody but its own seller comes in', async () => {
  const headers = { 'content-type': 'application/json' }
  const own: AccessTable = Object.fromEntries(routesOf(routes).map((route) => [route, { who: ['seller'], sees: 'own' }]))
  for (const route of routesOf(routes)) {
    const [method, path] = route.replace(':campaignId', CUPKIN_ID).replace(':listId', 'x').split(' ')
    for (const [principal, status] of [
      [nobody, 401],
      [officer(), 403],
      [buyer('B-0000001'), 403],
    ] as const)
      // prettier-ignore
      assert.equal((await appAs(routes, principal, own).request(path!, { method: method!, headers })).status, status, route)
    for (const principal of [nobody, officer(), buyer('B-0000001')])
      assert.equal((await ask(routes, principal, path!, { method: method!, headers })).status, 500, route)
  }
})

test('a campaign of other sellers, one that is not there, and a seller without orders look the same', async () => {
  const answers = new Set<string>()
  for (const [who, campaign] of [
    [anders, LAMPS_ID],
    [anders, 'NONE'],
    [anders, '%00'],
    [seller('S-NEW'), CUPKIN_ID],
  ] as const) {
    // prettier-ignore
    const response = await ask(routes, who, `/v1/seller/campaigns/${campaign}`)
    assert.equal(response.status, 404)
    answers.add(await response.text())
    const list = await post(who, `/v1/seller/campaigns/${campaign}/contact-lists`, { orders: [{ order_id: 'O-1' }] })
    assert.equal(list.status, 404)
    answers.add(JSON.stringify(list.body))
    assert.deepEqual(await askJson(routes, who, `/v1/seller/campaigns/${campaign}/orders`), { items: [], next: null })
  }
  assert.equal(answers.size, 1)
})

test('what cannot be read is refused with its field', async () => {
  const lists = `${CAMPAIGN}/contact-lists`
  for (const [body, field] of [
    [{}, 'orders'],
    [{ orders: [], csv: 'order_id' }, 'orders'],
    [{ kind: 'gossip', orders: [] }, 'kind'],
    [{ kind: 'plan', until: 'soon', orders: [] }, 'until'],
    [{ kind: 'plan', until: '2026-11-24T12:00:00Z', orders: [] }, 'until'],
    [{ orders: [{ order: 'O-1' }] }, 'orders.0'],
    [{ csv: 'order\nO-1' }, 'csv'],
  ] as const) {
    const answer = await post(anders, lists, body)
    assert.equal(answer.status, 422, JSON.stringify(body))
    assert.equal(answer.body['field'], field, JSON.stringify(answer.body))
  }
  assert.equal((await post(anders, lists, 'x'.repeat(2_100_000))).status, 413)
  assert.equal((await post(anders, `${lists}/none/withdraw`, { reason: 'A mistake.' })).status, 404)
})

for (const [who, sellerId] of [
  [anders, ANDERS],
  [belmont, BELMONT],
] as const) {
  test(`the orders of ${sellerId} are their own, add up to the figures, and lead to no buyer`, async () => {
    const told = await askJson<{ orders: number; states: Record<string, number> }>(routes, who, CAMPAIGN)
    const orders = await askAll<Order>(routes, who, `${CAMPAIGN}/orders`, 7)
    assert.equal(orders.length, told.orders)
    for (const [state, count] of Object.entries(told.states))
      assert.equal((await askAll<Order>(routes, who, `${CAMPAIGN}/orders?state=${state}`, 5)).length, count, state)
    const { rows } = await database.pool.query<{ order_id: string }>(
      'select distinct order_id from outreach.affected_lines where campaign_id = $1 and seller_id = $2',
      [CUPKIN_ID, sellerId],
    )
    assert.deepEqual(new Set(orders.map((order) => order.order_id)), new Set(rows.map((row) => row.order_id)))
    const said = JSON.stringify([orders, told])
    for (const word of ['canary', '@', 'B-0000', 'Region', 'Name ', '+1555']) assert.ok(!said.includes(word), word)
    const csv = parse(await (await ask(routes, who, `${CAMPAIGN}/orders?format=csv`)).text(), { columns: true })
    assert.equal(csv.length, orders.length)
  })
}

test('an order is found by its whole number, and another seller’s by none', async () => {
  const all = await askAll<Order>(routes, belmont, `${CAMPAIGN}/orders`)
  const own = await askAll<Order>(routes, anders, `${CAMPAIGN}/orders`)
  const foreign = all.find((each) => !own.some(({ order_id }) => order_id === each.order_id))!
  assert.deepEqual(await askAll(routes, anders, `${CAMPAIGN}/orders?q=${foreign.order_id}`), [])
  assert.equal((await askAll(routes, belmont, `${CAMPAIGN}/orders?q=${foreign.order_id}`)).length, 1)
})

test('told and announced, by rows and by CSV: both sides see it, once', async () => {
  const waiting = (await askAll<Order>(routes, anders, `${CAMPAIGN}/orders?state=waiting`)).map((order) => order.order_id)
  const [one, two] = waiting as [string, string]
  assert.ok(waiting.length >= 3, 'some wait')
  const lists = `${CAMPAIGN}/contact-lists`
  const body = { orders: [{ order_id: one, channel: 'phone', told_at: '2026-11-23T10:00:00Z' }, { order_id: 'O-NONE', channel: 'phone', told_at: '2026-11-23' }] } // prettier-ignore
  const first = await post(anders, lists, body, { 'idempotency-key': 'a' })
  assert.equal(first.status, 201)
  assert.deepEqual([first.body.taken, first.body.covering, first.body.refused], [1, 1, 1])
  assert.deepEqual(first.body.problems.map(({ line, field }) => [line, field]), [[2, 'order_id']]) // prettier-ignore
  assert.deepEqual((await post(anders, lists, body, { 'idempotency-key': 'a' })).body, first.body)
  const plan = await post(anders, `${lists}?kind=plan&until=2026-11-23T20:00:00Z`, `Order ID\n${two}\n`)
  assert.equal(plan.body.covering, 1, JSON.stringify(plan.body))

  const orders = await askAll<Order>(routes, anders, `${CAMPAIGN}/orders`)
  const shown = (id: string) => orders.find((order) => order.order_id === id)!
  assert.deepEqual([shown(one).state, shown(one)['your_channel'], shown(one)['your_told_at']], ['told_by_you', 'phone', '2026-11-23T10:00:00.000Z']) // prettier-ignore
  assert.deepEqual([shown(two).state, shown(two)['left_to_you_until']], ['left_to_you', '2026-11-23T20:00:00.000Z'])
  assert.deepEqual(await askJson(routes, belmont, lists), { items: [], next: null })
  const own = await askAll<Record<string, unknown>>(routes, anders, lists, 1)
  assert.deepEqual(own.map((list) => list['kind']).toSorted(), ['plan', 'told'])
  for (const list of own) assert.deepEqual([list['by'], list['orders'], list['covering']], ['you', 1, 1])

  const rows = await askAll<Record<string, unknown>>(desk, officer(), `/v1/campaigns/${CUPKIN_ID}/seller-contacts`)
  assert.deepEqual(new Set(rows.map((row) => row['order_id'])), new Set([one, two]))
  const csv = parse(await (await ask(desk, officer(), `/v1/campaigns/${CUPKIN_ID}/seller-contacts?standing=told&format=csv`)).text(), { columns: true }) // prettier-ignore
  assert.deepEqual(csv.map((row) => (row as Order).order_id), [one]) // prettier-ignore
  assert.deepEqual(
    (await brokenPromises(database.db, outreachInvariants)).filter((each) => /seller|told-once/.test(each)),
    [],
  )
})

test('a seller takes back their own list only; an officer revokes one, and hands one in for a seller', async () => {
  const lists = `${CAMPAIGN}/contact-lists`
  const [plan, told] = (await askAll<{ list_id: string; kind: string }>(routes, anders, lists)).toSorted((a) => (a.kind === 'plan' ? -1 : 1)) // prettier-ignore
  assert.equal((await post(anders, `${lists}/${told!.list_id}/withdraw`, { reason: '' })).status, 422)
  assert.equal((await post(belmont, `${lists}/${told!.list_id}/withdraw`, { reason: 'Not mine.' })).status, 404)
  assert.deepEqual((await post(anders, `${lists}/${told!.list_id}/withdraw`, { reason: 'The wrong file.' })).body, { list_id: told!.list_id, ended: 1 }) // prettier-ignore
  const revoke = `/v1/campaigns/${CUPKIN_ID}/seller-lists/${plan!.list_id}/revoke`
  assert.equal((await post(officer(), revoke, {}, {}, desk)).status, 422)
  assert.equal((await post(officer(), revoke, { reason: 'Their mail server is down.' }, {}, desk)).body['ended'], 1)
  for (const item of await askAll<Record<string, unknown>>(routes, anders, lists)) {
    const revoked = item['list_id'] === plan!.list_id
    assert.deepEqual([item['ended_as'], item['ended_why'], item['covering']], revoked ? ['revoked', 'Their mail server is down.', 0] : ['withdrawn', 'The wrong file.', 0]) // prettier-ignore
    assert.ok(!JSON.stringify(item).includes('user-'), 'no officer is named')
  }
  const [waits] = await askAll<Order>(routes, belmont, `${CAMPAIGN}/orders?state=waiting`)
  const handed = await post(officer(), `/v1/campaigns/${CUPKIN_ID}/sellers/${BELMONT}/seller-lists`, { orders: [{ order_id: waits!.order_id, channel: 'letter', told_at: '2026-11-23T08:00:00Z' }] }, {}, desk) // prettier-ignore
  assert.equal(handed.body.taken, 1)
  const [own] = await askAll<Record<string, unknown>>(routes, belmont, lists)
  assert.equal(own!['by'], 'the safety team')
})
