import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { parse } from 'csv-parse/sync'
import { appAs, ask, askAll, askJson, buyer, nobody, officer, seller } from '../../test/as.ts'
import { populate } from '../../test/campaign-in-full.ts'
import { testDatabase } from '../../test/database.ts'
import {
  ANDERS,
  BELMONT,
  BLUE_PAIR,
  CUPKIN,
  CUPKIN_ID,
  LAMPS_ID,
  LARGE_PAIR,
  LOOKALIKE,
  MEMPHIS,
  NIGHT_LAMP,
  PINK_PAIR,
  RENO,
  SINGLE_CUP,
} from '../../test/world.ts'
import { transaction } from '../platform/db.ts'
import { routesOf, type AccessTable } from '../platform/http.ts'
import { tellGates } from '../supply/index.ts'
import { sellerRoutes } from './routes.ts'

const database = await testDatabase()
const routes = sellerRoutes({ database })
const anders = seller(ANDERS)
const belmont = seller(BELMONT)

before(() => populate(database))

type Item = Record<string, unknown> & { listing_id: string; units: Record<string, number>; affected_units: number; refunded_units: number }

test('nobody but a seller comes in, with the table of access and without it', async () => {
  const all = routesOf(routes)
  assert.equal(all.length, 4)
  const sellersOnly: AccessTable = Object.fromEntries(all.map((route) => [route, { who: ['seller'], sees: 'own' }]))
  for (const route of all) {
    const address = route.replace('GET ', '').replace(':listingId', 'L-CUP-1')
    for (const [principal, status] of [
      [nobody, 401],
      [officer(), 403],
      [buyer('B-0000001'), 403],
      [anders, 200],
    ] as const) {
      assert.equal((await appAs(routes, principal, sellersOnly).request(address)).status, status, route)
    }
    for (const principal of [nobody, officer(), buyer('B-0000001')])
      assert.equal((await ask(routes, principal, address)).status, 500, route)
  }
})

test('another seller’s listing, one that was never stopped and one that is not there look the same', async () => {
  const answers = new Set<string>()
  for (const listing of ['L-CUP-4', 'L-SAFE-7', 'L-NONE', '%00', 'L-CUP-1?campaign=CPSC-20001', 'L-CUP-1?campaign=%00']) {
    const response = await ask(routes, anders, `/v1/seller/stops/${listing}`)
    assert.equal(response.status, 404, listing)
    answers.add(await response.text())
  }
  assert.equal(answers.size, 1)
})

test('a seller whom the marketplace has not named yet has no summary and no stops', async () => {
  assert.equal((await ask(routes, seller('S-NEW'), '/v1/seller/summary')).status, 404)
  assert.deepEqual(await askJson(routes, seller('S-NEW'), '/v1/seller/stops'), { items: [], next: null })
})

test('each seller sees their own stops, the latest first, and no one else’s', async () => {
  const own = await askAll<Item>(routes, anders, '/v1/seller/stops', 1)
  assert.deepEqual(own.map((stop) => stop.listing_id), [LARGE_PAIR, PINK_PAIR, BLUE_PAIR]) // prettier-ignore
  const other = await askAll<Item>(routes, belmont, '/v1/seller/stops', 1)
  assert.deepEqual(other.map((stop) => [stop.listing_id, stop['released_at']]), [[SINGLE_CUP, null], [NIGHT_LAMP, '2026-11-19T00:00:00.000Z']]) // prettier-ignore
  assert.deepEqual(
    (await askAll<Item>(routes, belmont, '/v1/seller/stops?in_force=false')).map((stop) => stop.listing_id),
    [NIGHT_LAMP],
  )
})

test('a cursor of one seller gives another nothing of the first one’s', async () => {
  const { next } = await askJson<{ next: string }>(routes, anders, '/v1/seller/stops?limit=1')
  const { items } = await askJson<{ items: Item[] }>(routes, belmont, `/v1/seller/stops?cursor=${next}`)
  assert.ok(items.every((stop) => [SINGLE_CUP, NIGHT_LAMP].includes(stop.listing_id)))
})

for (const [who, sellerId] of [
  [anders, ANDERS],
  [belmont, BELMONT],
] as const) {
  test(`the figures of ${sellerId} are the sums of their stops`, async () => {
    const summary = await askJson<Record<string, number>>(routes, who, '/v1/seller/summary')
    const stops = await askAll<Item>(routes, who, '/v1/seller/stops', 1)
    const inForce = await askAll<Item>(routes, who, '/v1/seller/stops?in_force=true', 1)
    assert.equal(summary['listings_stopped'], inForce.length)
    assert.equal(
      summary['units_held'],
      stops.reduce((sum, stop) => sum + stop.units['held']!, 0),
    )
    assert.equal(
      summary['units_affected'],
      stops.reduce((sum, stop) => sum + stop.affected_units, 0),
    )
    assert.equal(
      summary['units_refunded'],
      stops.reduce((sum, stop) => sum + stop.refunded_units, 0),
    )
    const { rows } = await database.pool.query<Record<string, number>>(
      `select (select count(*) from catalog.listings where seller_id = $1) as listings,
              (select sum(units) from outreach.affected_lines where seller_id = $1 and answer = 'affected') as affected`,
      [sellerId],
    )
    assert.equal(summary['listings'], rows[0]!['listings'])
    assert.equal(summary['units_affected'], rows[0]!['affected'])
    assert.ok(summary['units_affected']! > 0 && summary['units_refunded']! > 0 && summary['units_held']! > 0)
  })
}

test('one stop: which recall, which units, what is held where, why, and until when', async () => {
  const stop = await askJson<Item & { holds: Item[]; reasons: Item[]; recall: Item; statement: Item }>(
    routes,
    belmont,
    '/v1/seller/stops/L-CUP-4',
  )
  assert.equal(stop['campaign_id'], CUPKIN_ID)
  assert.deepEqual(stop.recall, {
    recall_id: CUPKIN_ID,
    recall_number: '23774',
    agency: 'CPSC',
    title: CUPKIN.title,
    url: CUPKIN.url,
    published_on: '2023-07-20',
  })
  assert.deepEqual(
    stop.holds.map((hold) => [hold['centre_id'], hold['centre_name'], hold['lot'], hold['units']]),
    [[MEMPHIS, 'Memphis', '', 12], [MEMPHIS, 'Memphis', 'A1', 12], [RENO, 'Reno', '', 12]], // prettier-ignore
  )
  assert.equal(stop.units['held'], 36)
  assert.equal(stop.statement['until'], 'until its stock is disposed of or the recall is withdrawn')
  assert.deepEqual(stop.reasons, [{ field: 'brand', weight: 8.5, text: 'The brand is the same.' }])
})

test('a listing that two recalls stopped shows the stop that stands, or the one asked for', async () => {
  await database.pool.query(`insert into supply.stops (listing_id, campaign_id, placed_at, placed_by, statement)
                             select 'L-CUP-3', '${LAMPS_ID}', placed_at + interval '1 day', placed_by, statement from supply.stops where listing_id = 'L-CUP-3'`)
  await database.pool.query(`insert into supply.stop_releases values ('L-CUP-3', '${LAMPS_ID}', now(), 'officer:ada', 'A mistake.')`)
  assert.equal((await askJson<Item>(routes, anders, '/v1/seller/stops/L-CUP-3'))['campaign_id'], CUPKIN_ID)
  assert.equal((await askJson<Item>(routes, anders, `/v1/seller/stops/L-CUP-3?campaign=${LAMPS_ID}`))['campaign_id'], LAMPS_ID)
  const summary = await askJson<Record<string, number>>(routes, anders, '/v1/seller/summary')
  assert.equal(summary['listings_stopped'], 3)
  const held = new Map((await askAll<Item>(routes, anders, '/v1/seller/stops')).map((stop) => [stop.listing_id, stop.units['held']!]))
  assert.equal(
    summary['units_held'],
    [...held.values()].reduce((sum, units) => sum + units, 0),
    'units of a listing with two stops count once',
  )
})

test('a listing that is stopped again says when and why it was free before', async () => {
  await database.pool
    .query(`insert into supply.stop_releases (listing_id, campaign_id, stop_no, released_at, released_by, reason, statement)
                             select listing_id, campaign_id, 1, placed_at + interval '1 day', 'officer:bo', 'Other cups.',
                                    '{"what":"Free.","why":"Other cups.","stock":"Free.","stays":"All else.","redress":"Ask."}'
                               from supply.stops where listing_id = 'L-CUP-2'`)
  type Stop = Item & { release: Item | null; earlier: Item[] }
  const free = await askJson<Stop>(routes, anders, '/v1/seller/stops/L-CUP-2')
  assert.deepEqual([free.release?.['why'], free.earlier], ['Other cups.', []])
  assert.match(await (await ask(routes, anders, '/v1/seller/stops?format=csv')).text(), /Other cups\./)
  await database.pool.query(`insert into supply.stops (listing_id, campaign_id, stop_no, placed_at, placed_by, statement)
                             select listing_id, campaign_id, 2, placed_at + interval '2 days', placed_by, statement from supply.stops where listing_id = 'L-CUP-2'`)
  const again = await askJson<Stop>(routes, anders, '/v1/seller/stops/L-CUP-2')
  assert.deepEqual([again['released_at'], again.release, again.earlier.map((each) => each['why_released'])], [null, null, ['Other cups.']])
})

test('nothing that a seller reads leads to a buyer or to who decided', async () => {
  for (const address of ['/v1/seller/summary', '/v1/seller/stops', '/v1/seller/stops/L-CUP-1', '/v1/seller/stops?format=csv']) {
    const text = await (await ask(routes, anders, address)).text()
    assert.doesNotMatch(text, /B-\d{7}|O-\d|canary|Name \d|officer:|Region/, address)
  }
})

test('the CSV has the seller’s own rows, safe for a spreadsheet', async () => {
  const csv = await (await ask(routes, belmont, '/v1/seller/stops?format=csv')).text()
  const [head, ...records] = parse(csv) as string[][]
  assert.equal(records.length, 2)
  assert.equal(records[0]![head!.indexOf('title')], `'=Stainless cup, "single"`)
  assert.equal(records[0]![head!.indexOf('units_held')], '36')
  assert.equal(records[0]![head!.indexOf('recall_recall_number')], '23774')
})

test('a seller reads why a listing is kept from sale without a campaign, and no one else’s', async () => {
  const order = { listingIds: null, actor: 'rule:screening', at: new Date('2026-11-20T00:00:00Z') }
  await transaction(database, (tx) => tellGates(tx, order))
  // Of the two possibly affected listings of Belmont one was ruled on and stopped; the other waits for a person.
  const own = await askAll<Item>(routes, belmont, '/v1/seller/gates', 1)
  assert.deepEqual(own.map((gate) => [gate.listing_id, gate['recall_id'], gate['gate']]), [[LOOKALIKE, CUPKIN_ID, 'under_review'], [NIGHT_LAMP, LAMPS_ID, 'recalled']]) // prettier-ignore
  const statement = own[0]!['statement'] as Record<string, unknown>
  assert.match(String(statement['what']), /until a person of ours has looked/)
  assert.match(String(statement['redress']), /a person decides, not software/)
  assert.deepEqual(await askAll<Item>(routes, anders, '/v1/seller/gates'), [])
  const csv = parse(await (await ask(routes, belmont, '/v1/seller/gates?format=csv')).text(), { columns: true }) as Record<string, string>[]
  assert.equal(csv[0]!['statement_what'], statement['what'])
})
