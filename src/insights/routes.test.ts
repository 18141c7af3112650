import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { parse } from 'csv-parse/sync'
import { appAs, ask, askAll, askJson, buyer, nobody, officer, seller } from '../../test/as.ts'
import { populate } from '../../test/campaign-in-full.ts'
import { testDatabase } from '../../test/database.ts'
import { ANDERS, CUPKIN, CUPKIN_ID, LADDERS_ID, LAMPS_ID, SINGLE_CUP } from '../../test/world.ts'
import { routesOf, type AccessTable } from '../platform/http.ts'
import { insightRoutes } from './routes.ts'

const database = await testDatabase()
const routes = insightRoutes({ database })
const ada = officer()

before(() => populate(database))

type Item = Record<string, unknown>

const LISTS = [
  '/v1/recalls',
  `/v1/recalls/${CUPKIN_ID}/matches`,
  '/v1/campaigns',
  ...['listings', 'stock', 'interceptions', 'lines', 'lines?answer=out_of_scope', 'buyers', 'deliveries', 'cases', 'refunds'].map(
    (list) => `/v1/campaigns/${CUPKIN_ID}/${list}`,
  ),
]

/** An address of each route, with ids that exist. */
function addressOf(route: string): string {
  return route
    .replace('GET ', '')
    .replace(':recallId', CUPKIN_ID)
    .replace(':campaignId', CUPKIN_ID)
    .replace(':buyerId', 'B-0000001')
    .replace(':table', 'regions')
}

test('nobody but an officer reads anything, with the table of access and without it', async () => {
  const all = routesOf(routes)
  assert.equal(all.length, 17)
  const officersOnly: AccessTable = Object.fromEntries(all.map((route) => [route, { who: ['officer'], sees: 'everything' }]))
  for (const route of all) {
    for (const [principal, status] of [
      [nobody, 401],
      [seller(ANDERS), 403],
      [buyer('B-0000001'), 403],
      [ada, 200],
    ] as const) {
      const response = await appAs(routes, principal, officersOnly).request(addressOf(route))
      assert.equal(response.status, status, route)
    }
    // Were the table ever wrong, the room still does not answer.
    for (const principal of [nobody, seller(ANDERS), buyer('B-0000001')]) {
      assert.equal((await ask(routes, principal, addressOf(route))).status, 500, route)
    }
  }
})

test('what does not exist is not found', async () => {
  const addresses = ['/v1/recalls/CPSC-0', '/v1/recalls/CPSC-0/matches', '/v1/campaigns/CPSC-19001', '/v1/campaigns/%00', '/v1/recalls/%00']
  for (const list of ['listings', 'stock', 'interceptions', 'lines', 'buyers', 'deliveries', 'cases', 'refunds', 'buyers/B-0000001']) {
    addresses.push(`/v1/campaigns/CPSC-19001/${list}`, `/v1/campaigns/%00/${list}`)
  }
  addresses.push(`/v1/campaigns/${CUPKIN_ID}/buyers/B-9999999`, `/v1/campaigns/${CUPKIN_ID}/buyers/%00`)
  for (const address of addresses) {
    const response = await ask(routes, ada, address)
    assert.equal(response.status, 404, address)
    assert.equal(response.headers.get('content-type'), 'application/problem+json', address)
  }
})

test('a filter that a list does not have, or a value that it does not know, is refused', async () => {
  const refused: [string, string][] = [
    ['/v1/recalls?touching=yes', 'touching'],
    [`/v1/recalls/${CUPKIN_ID}/matches?answer=maybe`, 'answer'],
    [`/v1/campaigns/${CUPKIN_ID}/lines?answer=no`, 'answer'],
    [`/v1/campaigns/${CUPKIN_ID}/lines?state=refunded`, 'state'],
    [`/v1/campaigns/${CUPKIN_ID}/lines?answer=out_of_scope&remedy_state=refunded`, 'remedy_state'],
    [`/v1/campaigns/${CUPKIN_ID}/lines?answer=out_of_scope&stopped=true`, 'stopped'],
    [`/v1/campaigns/${CUPKIN_ID}/buyers?stage=refunded`, 'stage'],
    [`/v1/campaigns/${CUPKIN_ID}/buyers?acknowledged_on=yesterday`, 'acknowledged_on'],
    [`/v1/campaigns/${CUPKIN_ID}/deliveries?wave=first`, 'wave'],
    [`/v1/campaigns/${CUPKIN_ID}/cases?state=no_case`, 'state'],
    [`/v1/campaigns/${CUPKIN_ID}/listings?q=cup`, 'q'],
  ]
  for (const [address, field] of refused) {
    const response = await ask(routes, ada, address)
    assert.equal(response.status, 422, address)
    assert.equal(((await response.json()) as Item)['field'], field, address)
  }
})

for (const address of LISTS) {
  test(`${address}: the pages are the list, in the same order, and the CSV says the same`, async () => {
    const whole = await askAll<Item>(routes, ada, address, 500)
    assert.ok(whole.length > 1)
    assert.deepEqual(await askAll<Item>(routes, ada, address, 1), whole)
    assert.equal(new Set(whole.map((item) => JSON.stringify(item))).size, whole.length, 'no row twice')

    const response = await ask(routes, ada, `${address}${address.includes('?') ? '&' : '?'}format=csv`)
    const [head, ...records] = parse(await response.text()) as string[][]
    assert.equal(records.length, whole.length)
    const columns = columnsOf(whole)
    assert.deepEqual(head!.toSorted(), columns.toSorted(), 'every field of the items is a column')
    const id = head!.indexOf('units')
    if (id !== -1)
      assert.deepEqual(
        records.map((record) => Number(record[id])),
        whole.map((item) => item['units']),
      )
  })
}

/** The fields of a list's items, nested ones joined by an underscore. */
function columnsOf(items: Item[]): string[] {
  const columns = new Set<string>()
  for (const item of items) {
    for (const [name, value] of Object.entries(item)) {
      const nested = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : []
      if (nested.length === 0 && !(value === null && name === 'refund')) columns.add(name)
      for (const field of nested) columns.add(`${name}_${field}`)
    }
  }
  return [...columns]
}

test('a listing whose title is a formula does not run in a spreadsheet', async () => {
  const csv = await (await ask(routes, ada, `/v1/campaigns/${CUPKIN_ID}/listings?format=csv`)).text()
  assert.match(csv, /L-CUP-4,"'=Stainless cup, ""single""",S-BELMONT,"Belmont, Kids & ""Co"""/)
})

test('recalls are found by number with and without dashes, by words of title and brand, and by what touches this marketplace', async () => {
  async function found(query: string): Promise<unknown[]> {
    return (await askAll<Item>(routes, ada, `/v1/recalls?${query}`)).map((item) => item['recall_id'])
  }
  assert.deepEqual(await found(''), [CUPKIN_ID, LAMPS_ID, LADDERS_ID])
  assert.deepEqual(await found('q=23-774'), [CUPKIN_ID])
  assert.deepEqual(await found('q=237'), [CUPKIN_ID])
  assert.deepEqual(await found('q=cups%20cupkin'), [CUPKIN_ID])
  assert.deepEqual(await found('q=lamps%20cupkin'), [])
  assert.deepEqual(await found('q=%25'), [], 'no character of a search is a pattern')
  assert.deepEqual(await found('q=---'), [])
  assert.deepEqual(await found('touching=true'), [CUPKIN_ID, LAMPS_ID])
  const [cups] = await askAll<Item>(routes, ada, '/v1/recalls?q=23774')
  assert.deepEqual(cups, {
    recall_id: CUPKIN_ID,
    recall_number: '23774',
    agency: 'CPSC',
    title: CUPKIN.title,
    published_on: '2023-07-20',
    kind: 'recall',
    hazards: ['lead'],
    affected: 4,
    possibly: 1,
    campaign_id: CUPKIN_ID,
    also: [],
  })
})

test('one recall: its words in snake_case, its revisions, and counts that are the rows of its matches', async () => {
  const found = await askJson<{
    revision: number
    recall: Item
    counts: Item
    campaign_id: string
    revisions: Item[]
    spans: Item[]
    follow_up_owed: boolean
  }>(routes, ada, `/v1/recalls/${CUPKIN_ID}`)
  assert.equal(found.revision, 2)
  assert.equal(found.campaign_id, CUPKIN_ID)
  assert.equal(found.recall['proof_of_destruction'], true)
  assert.deepEqual((found.recall['scope'] as Item)['units_elsewhere'], { CA: 1200 })
  assert.deepEqual(found.revisions[0], { revision: 1, recorded_at: '2026-11-01T00:00:00.000Z', title: 'Soojimus Recalls Cups' })
  assert.equal(found.revisions.length, 2)
  assert.equal(found.follow_up_owed, false)
  const refund = found.spans.find(({ field }) => field === 'remedies')!
  assert.deepEqual([refund['value'], refund['text'], refund['quote']], ['refund', 'remedy_text', 'refund'])
  const remedyText = found.recall['remedy_text'] as string
  assert.equal(remedyText.slice(refund['start'] as number, refund['end'] as number), 'refund')
  for (const answer of ['affected', 'possibly', 'no']) {
    const matches = await askAll<Item>(routes, ada, `/v1/recalls/${CUPKIN_ID}/matches?answer=${answer}`, 2)
    assert.equal(found.counts[answer], matches.length, answer)
    assert.ok(matches.length > 0, answer)
  }
})

test('a match shows the engine’s answer, the reasons, and the latest ruling', async () => {
  const matches = await askAll<Item>(routes, ada, `/v1/recalls/${CUPKIN_ID}/matches`)
  assert.deepEqual(
    matches.map((match) => match['weight']),
    [21.25, 21.25, 20.5, 9, 7.125, -4],
  )
  assert.deepEqual(matches[3], {
    listing_id: SINGLE_CUP,
    recall_id: CUPKIN_ID,
    title: '=Stainless cup, "single"',
    brand: 'CUPKIN',
    seller_id: 'S-BELMONT',
    seller_name: 'Belmont, Kids & "Co"',
    answer: 'affected',
    engine_answer: 'possibly',
    weight: 9,
    tier: 'review',
    reasons: [{ field: 'brand', weight: 8.5, text: 'The brand is the same.' }],
    ruling: 'affected',
    decided_by: 'officer:ada',
    decision_reason: 'The model number is on the photo.',
  })
})

test('an officer finds a buyer by the beginning of an id or by an order number', async () => {
  const byId = await askAll<Item>(routes, ada, `/v1/campaigns/${CUPKIN_ID}/buyers?q=B-000001`)
  assert.deepEqual(byId.map((row) => row['buyer_id']), Array.from({ length: 10 }, (_, i) => `B-000001${i}`)) // prettier-ignore
  const byOrder = await askAll<Item>(routes, ada, `/v1/campaigns/${CUPKIN_ID}/buyers?q=O-12`)
  assert.deepEqual(
    byOrder.map((row) => row['buyer_id']),
    ['B-0000012'],
  )
})

test('one buyer: the notice, the lines, every attempt, the case with its events, and no address', async () => {
  const text = await (await ask(routes, ada, `/v1/campaigns/${CUPKIN_ID}/buyers/B-0000024`)).text()
  const found = JSON.parse(text) as {
    buyer: Item
    notice: Item
    lines: Item[]
    deliveries: Item[]
    case: Item & { events: Item[]; refunds: Item[] }
  }
  assert.deepEqual(found.buyer, { buyer_id: 'B-0000024', name: 'Name 24', country: 'US', region: 'Region 6' })
  assert.equal(found.notice['state'], 'delivered')
  assert.equal(found.notice['acknowledged_how'], 'button')
  assert.deepEqual(found.lines.map((line) => [line['line_no'], line['answer'], line['remedy_state']]), [[1, 'affected', 'refunded'], [2, 'affected', 'refunded']]) // prettier-ignore
  assert.deepEqual(found.deliveries.map((each) => [each['channel'], each['attempt'], each['outcome']]), [['email', 1, 'refused_for_now'], ['email', 2, 'accepted'], ['page', 1, 'seen']]) // prettier-ignore
  assert.equal(found.case['state'], 'refunded')
  assert.equal(found.case.refunds.length, 2)
  assert.equal(found.case.events[0]!['kind'], 'opened')

  const without = await askJson<{ case: unknown }>(routes, ada, `/v1/campaigns/${CUPKIN_ID}/buyers/B-0000001`)
  assert.equal(without.case, null)
})

test('no answer of the desk holds an e-mail address or a telephone number', async () => {
  for (const address of [...LISTS, `/v1/campaigns/${CUPKIN_ID}`, `/v1/campaigns/${CUPKIN_ID}/buyers/B-0000024`]) {
    const text = await (await ask(routes, ada, address)).text()
    assert.doesNotMatch(text, /canary|@|\+1555/, address)
  }
})

test('a mail in flight is told from no mail at all', async () => {
  const inFlight = await askAll<Item>(routes, ada, `/v1/campaigns/${CUPKIN_ID}/deliveries?outcome=in_flight`)
  assert.ok(inFlight.length > 0)
  assert.ok(inFlight.every((each) => each['outcome'] === null && each['ended_at'] === null))
  const buyers = await askAll<Item>(routes, ada, `/v1/campaigns/${CUPKIN_ID}/buyers?state=pending`)
  assert.ok(buyers.some((row) => row['last_channel'] === 'email' && row['last_outcome'] === null))
  assert.ok(buyers.some((row) => row['last_channel'] === null))
})

test('feeds: one entry per agency, of its last import and of how it is heard', async () => {
  assert.deepEqual(await askJson(routes, ada, '/v1/feeds'), { items: [], next: null })
  await database.pool.query(`
    insert into feeds.imports (import_id, agency, source, started_at, ended_at, items, new_recalls, new_revisions, refused)
    values ('00000000-0000-4000-8000-000000000001', 'CPSC', 'old.json', '2026-11-01Z', '2026-11-01T00:00:05Z', 1, 1, 0, 0),
           ('00000000-0000-4000-8000-000000000002', 'CPSC', 'new.json', '2026-11-02Z', '2026-11-02T00:00:05Z', 9818, 2, 3, 4)`)
  const cpsc = {
    agency: 'CPSC',
    last_import_at: '2026-11-02T00:00:05.000Z',
    source: 'new.json',
    items: 9818,
    new_recalls: 2,
    new_revisions: 3,
    refused: 4,
    documents: 0,
    problems: [],
  }
  const unheard = { last_success_at: null, lag_minutes: null, newest_published_on: '2023-07-20', alarms: [], sources: [] }
  assert.deepEqual(await askJson(routes, ada, '/v1/feeds'), { items: [{ ...cpsc, ...unheard }], next: null })
  const csv = await (await ask(routes, ada, '/v1/feeds?format=csv')).text()
  assert.equal(csv.split('\r\n')[1], 'CPSC,2026-11-02T00:00:05.000Z,new.json,9818,2,3,4,0,,,2023-07-20,[]')

  // An agency that never answered is listed all the same: nothing of it was taken in, and that is what must be seen.
  await database.pool.query(`
    insert into feeds.pulls (pull_id, source, agency, actor, mode, started_at, ended_at, outcome, reason, said)
    select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'FSIS', 'FSIS', 'rule:schedule', 'full', '2026-11-02Z'::timestamptz + n * interval '1 hour',
           '2026-11-02Z'::timestamptz + n * interval '1 hour', 'failed', 'forbidden', 'it answers with status 403'
      from generate_series(1, 2) n`)
  const { items } = await askJson<{ items: Item[] }>(routes, ada, '/v1/feeds')
  const fsis = items.find((each) => each['agency'] === 'FSIS')!
  assert.deepEqual([fsis['last_import_at'], fsis['items'], fsis['last_success_at']], [null, 0, null])
  assert.deepEqual(fsis['alarms'], [
    { kind: 'not_heard', source: 'FSIS', said: 'It was never heard, in 2 tries. The last try: it answers with status 403.' },
  ])
  const [source] = fsis['sources'] as Item[]
  assert.deepEqual(
    [source!['last_outcome'], source!['last_said'], source!['failures'], source!['hold']],
    ['failed', 'it answers with status 403', 2, null],
  )
})
