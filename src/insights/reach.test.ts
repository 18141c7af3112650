import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { ask, askAll, askJson, officer } from '../../test/as.ts'
import { populate } from '../../test/campaign-in-full.ts'
import { testDatabase } from '../../test/database.ts'
import { ANDERS, CUPKIN_ID } from '../../test/world.ts'
import { recordSellerList } from '../outreach/index.ts'
import { transaction } from '../platform/db.ts'
import { insightRoutes } from './routes.ts'

const database = await testDatabase()
const routes = insightRoutes({ database })
const ada = officer()
const HERE = `/v1/campaigns/${CUPKIN_ID}`

type Row = Record<string, number> & { country: string; region: string; channel: string; domain: string; state: string; reason: string }
type Table = { items: Row[]; more: boolean }
type Account = {
  buyers: { identified: number; delivered: number; pending: number; unreachable: number }
  times: { share: number; sent_seconds: number | null; delivered_seconds: number | null; delivered_at: string | null }[]
  places: { country: string; region: string | null; buyers: number; delivered: number }[]
  regions: Table
  channels: Table
  domains: Table
  reasons: Table
  sellers: Table
  told_by_sellers: { buyers: number; delivered: number; pending: number; unreachable: number }
}

before(async () => {
  await populate(database)
  // One buyer of whom nothing is known, one without a region.
  await database.pool.query(`delete from catalog.buyers where buyer_id = 'B-0000001'`)
  // Of three mails that were taken, two came back for good and one with a note that does not count.
  await database.pool.query(
    `insert into outreach.returns
     select buyer_id, campaign_id, wave, channel, attempt, 'k', case n when 3 then 'autoreply' else 'hard' end, '', '', 'message', 'file', now(), n < 3
       from (select *, row_number() over (order by buyer_id) as n from outreach.deliveries
              where campaign_id = $1 and channel = 'email' and outcome = 'accepted') d where n <= 3`,
    [CUPKIN_ID],
  )
  await database.pool.query(`update catalog.buyers set region = null where buyer_id = 'B-0000002'`)
})

const account = (): Promise<Account> => askJson(routes, ada, `${HERE}/reach`)
const rowsOf = async (list: string, filters: Record<string, string>): Promise<number> =>
  (await askAll(routes, ada, `${HERE}/${list}?${new URLSearchParams(filters)}`)).length
const sum = (rows: readonly Row[], field: string): number => rows.reduce((total, row) => total + row[field]!, 0)

test('what does not exist is not found, and no table takes a filter that it does not know', async () => {
  for (const address of [
    '/v1/campaigns/CPSC-0/reach',
    '/v1/campaigns/%00/reach',
    `${HERE}/reach/nothing`,
    `${HERE}/reach/constructor`,
    '/v1/campaigns/CPSC-0/reach/regions',
  ]) {
    assert.equal((await ask(routes, ada, address)).status, 404, address)
  }
  assert.equal((await ask(routes, ada, `${HERE}/reach/regions?state=pending`)).status, 422)
})

test('every buyer is in the account once: by state, by region, by reason', async () => {
  const { buyers, regions, reasons } = await account()
  assert.ok(buyers.pending > 0 && buyers.unreachable > 0 && buyers.delivered > 0)
  assert.equal(buyers.identified, buyers.delivered + buyers.pending + buyers.unreachable)
  assert.equal(sum(regions.items, 'buyers'), buyers.identified)
  for (const state of ['delivered', 'pending', 'unreachable'] as const) {
    assert.equal(sum(regions.items, state), buyers[state])
    assert.equal(
      sum(
        reasons.items.filter((row) => row.state === state),
        'buyers',
      ),
      buyers[state],
    )
  }
})

test('the map has every buyer once, and each place on it the buyers that its link leads to', async () => {
  const { buyers, places } = await account()
  const all = (figure: 'buyers' | 'delivered'): number => places.reduce((total, place) => total + place[figure], 0)
  assert.deepEqual([all('buyers'), all('delivered')], [buyers.identified, buyers.delivered])
  assert.equal(new Set(places.map((place) => `${place.country} ${place.region}`)).size, places.length)
  for (const { country, region, ...figures } of places) {
    assert.equal(region !== null, ['US', 'CA'].includes(country))
    assert.equal(await rowsOf('buyers', region === null ? { country } : { country, region }), figures.buyers)
  }
})

test('every figure has as many rows behind it, of unknown places and domains too', async () => {
  const { regions, channels, domains, reasons } = await account()
  assert.ok(regions.items.some((row) => row.country === '-') && regions.items.some((row) => row.country !== '-' && row.region === '-'))
  for (const row of regions.items) {
    const place = { country: row.country, region: row.region }
    assert.equal(await rowsOf('buyers', place), row['buyers'])
    assert.equal(await rowsOf('buyers', { ...place, state: 'delivered' }), row['delivered'])
    assert.equal(await rowsOf('buyers', { ...place, stage: 'acknowledged' }), row['acknowledged'])
  }
  for (const row of reasons.items) assert.equal(await rowsOf('buyers', { state: row.state, reason: row.reason }), row['buyers'])
  for (const [table, name] of [
    [channels, 'channel'],
    [domains, 'domain'],
  ] as const) {
    for (const row of table.items) {
      const of = { [name]: row[name], channel: name === 'domain' ? 'email' : row.channel }
      assert.equal(await rowsOf('deliveries', of), row['attempts'], row[name])
      const outcomes = ['accepted', 'refused', 'refused_for_now', 'failed', 'no_contact', 'seen', 'not_seen', 'in_flight']
      assert.equal(
        outcomes.reduce((total, outcome) => total + row[outcome]!, 0),
        row['attempts'],
      )
      assert.equal(await rowsOf('deliveries', { ...of, outcome: 'accepted' }), row['accepted'])
      assert.equal(await rowsOf('deliveries', { ...of, came_back: 'true' }), row['came_back'])
    }
  }
})

test('what came back is counted once, and a note that changes nothing is not', async () => {
  assert.equal(sum((await account()).channels.items, 'came_back'), 2)
})

test('the times count all buyers, so a share that was not reached has none', async () => {
  const { times, buyers } = await account()
  assert.deepEqual(
    times.map((time) => time.share),
    [0.5, 0.9, 0.99, 1],
  )
  const reached = times.filter((time) => time.delivered_seconds !== null)
  for (const time of times)
    assert.equal(time.delivered_seconds !== null, buyers.delivered >= time.share * buyers.identified, `${time.share}`)
  assert.ok(reached.length > 0 && reached.length < times.length)
  // As plain arithmetic over the rows says it.
  const { rows } = await database.pool.query<{ at: Date }>(
    `select min(d.ended_at) as at from outreach.notices n join outreach.deliveries d using (buyer_id, campaign_id)
      where n.campaign_id = $1 and n.state = 'delivered' and (d.outcome = 'seen' or d.outcome = 'accepted') group by n.buyer_id order by 1`,
    [CUPKIN_ID],
  )
  assert.equal(times[0]!.delivered_at, rows[Math.ceil(buyers.identified / 2) - 1]!.at.toISOString())
})

test('each table is a list with pages and a CSV', async () => {
  for (const table of ['regions', 'channels', 'domains', 'reasons'] as const) {
    const shown = (await account())[table].items
    const all = await askAll<Row>(routes, ada, `${HERE}/reach/${table}`, 1)
    assert.equal(all.length, shown.length, table)
    const csv = await (await ask(routes, ada, `${HERE}/reach/${table}?format=csv`)).text()
    assert.equal(csv.trim().split('\r\n').length, all.length + 1, table)
  }
})

test('what sellers say that they told stands beside the account and changes none of it', async () => {
  const before = await account()
  assert.deepEqual(before.told_by_sellers, { buyers: 0, delivered: 0, pending: 0, unreachable: 0 })
  assert.deepEqual(before.sellers.items, [])
  const { rows } = await database.pool.query<{ order_id: string; buyer_id: string; state: string }>(
    `select distinct on (n.state) l.order_id, l.buyer_id, n.state
       from outreach.affected_lines l join outreach.notices n using (buyer_id, campaign_id)
      where campaign_id = $1 and seller_id = $2 order by n.state, l.buyer_id`,
    [CUPKIN_ID, ANDERS],
  )
  assert.equal(rows.length, 3, 'one delivered, one pending, one unreachable')
  const cells = rows.map(({ order_id: order }, place) => ({ line: place + 1, cells: { order_id: order, channel: 'phone', told_at: '2026-11-22T08:00:00Z' } })) // prettier-ignore
  const list = {
    campaignId: CUPKIN_ID,
    sellerId: ANDERS,
    kind: 'told' as const,
    until: null,
    list: { rows: cells },
    actor: 'seller:x',
    at: new Date(),
  }
  const recorded = await transaction(database, (tx) => recordSellerList(tx, list))
  assert.equal(recorded.ok && recorded.value.taken, 3)
  const after = await account()
  assert.deepEqual(after.buyers, before.buyers)
  assert.deepEqual(after.told_by_sellers, { buyers: 3, delivered: 1, pending: 1, unreachable: 1 })
  const [anders] = after.sellers.items
  assert.deepEqual([anders!['seller_id'], anders!['told'], anders!['buyers_told'], anders!['pending']], [ANDERS, 3, 3, 1])
  assert.deepEqual(await askAll(routes, ada, `${HERE}/reach/sellers`), after.sellers.items)
})
