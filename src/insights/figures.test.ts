/** Every figure of a campaign equals the rows that it clicks down to. */
import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { askAll, askJson, officer } from '../../test/as.ts'
import { populate } from '../../test/campaign-in-full.ts'
import { testDatabase } from '../../test/database.ts'
import { CUPKIN_ID, LAMPS_ID } from '../../test/world.ts'
import type { CampaignView } from './campaign.ts'
import { insightRoutes } from './routes.ts'
import { REMEDY_STATES, STAGES } from './stages.ts'

const database = await testDatabase()
const routes = insightRoutes({ database })
const ada = officer()

type Item = Record<string, unknown>

before(() => populate(database))

/** The rows at an address of the campaign, over all pages; small pages, so that cursors are part of every count. */
async function rows(address: string, campaign = CUPKIN_ID): Promise<Item[]> {
  return await askAll<Item>(routes, ada, `/v1/campaigns/${campaign}${address}`, 7)
}

function sum(items: Item[], path: string): number {
  return items.reduce((total, item) => total + (path.split('.').reduce<unknown>((value, name) => (value as Item)[name], item) as number), 0)
}

async function view(campaign = CUPKIN_ID): Promise<CampaignView> {
  return await askJson<CampaignView>(routes, ada, `/v1/campaigns/${campaign}`)
}

/** A figure, where it clicks to, and what of the rows it is: their number, or the sum of a field. */
const FIGURES: [keyof CampaignView['figures'], string, string | null][] = [
  ['listings_stopped', '/listings', null],
  ['held_units', '/stock', 'units'],
  ['intercepted_lines', '/interceptions', null],
  ['intercepted_units', '/interceptions', 'units'],
  ['affected_lines', '/lines?answer=affected', null],
  ['affected_units', '/lines?answer=affected', 'units'],
  ['possible_units', '/lines?answer=possibly', 'units'],
  ['cleared_units', '/lines?answer=cleared', 'units'],
  ['affected_buyers', '/buyers?answer=affected', null],
  ['notices', '/buyers', null],
  ['mails_accepted', '/deliveries?channel=email&outcome=accepted', null],
  ['delivered_buyers', '/buyers?state=delivered', null],
  ['pending_buyers', '/buyers?state=pending', null],
  ['unreachable_buyers', '/buyers?state=unreachable', null],
  ['acknowledged_buyers', '/buyers?stage=acknowledged', null],
  ['cases', '/cases', null],
  ['refunded_units', '/cases?state=refunded', 'units'],
  ['refunded_units', '/lines?remedy_state=refunded', 'units'],
  ['remedied_units', '/lines?remedy_state=refunded', 'units'],
]

for (const campaign of [CUPKIN_ID, LAMPS_ID]) {
  test(`each figure of ${campaign} is its rows`, async () => {
    const { figures } = await view(campaign)
    for (const [name, address, field] of FIGURES) {
      const found = await rows(address, campaign)
      assert.equal(figures[name], field === null ? found.length : sum(found, field), `${name} at ${address}`)
      if (campaign === CUPKIN_ID) assert.ok((figures[name] as number) > 0, `${name} is tried with something to count`)
    }
    const known = new Set<string>([...FIGURES.map(([name]) => name), 'refunded'])
    assert.deepEqual(
      Object.keys(figures).filter((name) => !known.has(name)),
      [],
      'every figure is in this test',
    )
  })

  test(`the waterfall of ${campaign} is its rows and balances`, async () => {
    const { waterfall } = await view(campaign)
    const listings = await rows('/listings', campaign)
    for (const { account, units } of waterfall.steps) assert.equal(units, sum(listings, `units.${account}`), account)
    assert.equal(waterfall.received, sum(listings, 'units.received'))
    assert.equal(
      waterfall.received,
      waterfall.steps.reduce((total, step) => total + step.units, 0),
    )
    assert.equal(waterfall.balanced, true)
    assert.equal(waterfall.consumers.in_scope, sum(await rows('/lines?answer=affected&stopped=true', campaign), 'units'))
    assert.equal(waterfall.consumers.possibly, sum(await rows('/lines?answer=possibly&stopped=true', campaign), 'units'))
    assert.equal(waterfall.consumers.cleared, sum(await rows('/lines?answer=cleared&stopped=true', campaign), 'units'))
    assert.equal(waterfall.consumers.out_of_scope, sum(await rows('/lines?answer=out_of_scope', campaign), 'units'))
    for (const state of REMEDY_STATES) {
      assert.equal(waterfall.remedy[state], sum(await rows(`/lines?answer=affected&remedy_state=${state}`, campaign), 'units'), state)
    }
  })

  test(`each stage of the funnel of ${campaign} is its rows, and the funnel never widens`, async () => {
    const { funnel, figures } = await view(campaign)
    assert.deepEqual(
      funnel.map(({ stage }) => stage),
      [...STAGES],
    )
    let wider: Set<unknown> | null = null
    for (const { stage, buyers } of funnel) {
      const found = new Set((await rows(`/buyers?stage=${stage}`, campaign)).map((row) => row['buyer_id']))
      assert.equal(buyers, found.size, stage)
      const outside = [...found].filter((buyer) => wider !== null && !wider.has(buyer))
      assert.deepEqual(outside, [], `${stage} lies within the stage before it`)
      wider = found
    }
    assert.equal(funnel[0]!.buyers, figures.delivered_buyers + figures.pending_buyers + figures.unreachable_buyers)
  })

  test(`each day of the response of ${campaign} is its rows, and the days add up`, async () => {
    const { response, figures } = await view(campaign)
    for (const { day, acknowledged, cases, refunded } of response) {
      assert.equal(acknowledged, (await rows(`/buyers?acknowledged_on=${day}`, campaign)).length, `acknowledged on ${day}`)
      assert.equal(cases, (await rows(`/cases?opened_on=${day}`, campaign)).length, `cases on ${day}`)
      assert.equal(refunded, (await rows(`/cases?refunded_on=${day}`, campaign)).length, `refunded on ${day}`)
    }
    assert.equal(sum(response, 'acknowledged'), figures.acknowledged_buyers)
    assert.equal(sum(response, 'cases'), figures.cases)
    assert.equal(sum(response, 'refunded'), (await rows('/cases?state=refunded', campaign)).length)
  })

  test(`the list of campaigns says of ${campaign} what its page says`, async () => {
    const listed = (await askAll<Item>(routes, ada, '/v1/campaigns', 1)).find((item) => item['campaign_id'] === campaign)
    const { campaign: head, figures } = await view(campaign)
    assert.ok(listed)
    for (const [name, value] of Object.entries(listed)) {
      assert.deepEqual(value, name in figures ? figures[name as keyof typeof figures] : head[name], name)
    }
  })
}

test('money is the refunds that were paid, per currency', async () => {
  const { figures } = await view()
  const paid = await rows('/refunds?outcome=paid')
  const currencies = [...new Set(paid.map((refund) => refund['currency'] as string))].toSorted()
  assert.deepEqual(currencies, ['CAD', 'USD'])
  assert.deepEqual(
    figures.refunded,
    currencies.map((currency) => ({
      amount_minor: sum(
        paid.filter((refund) => refund['currency'] === currency),
        'amount_minor',
      ),
      currency,
    })),
  )
  // A case in two currencies names no one amount; a case in one names its own.
  const cases = await rows('/cases?state=refunded')
  for (const found of cases) {
    const own = paid.filter((refund) => refund['buyer_id'] === found['buyer_id'])
    const expected = own.length === 1 ? { amount_minor: own[0]!['amount_minor'], currency: own[0]!['currency'] } : null
    assert.deepEqual(found['refund'], expected)
  }
  assert.ok(cases.some((found) => found['refund'] === null) && cases.some((found) => found['refund'] !== null))
})

test('the figures are those of the tables, counted another way', async () => {
  const { figures, waterfall, funnel } = await view()
  const { rows: counted } = await database.pool.query<Record<string, number>>(`
    select (select sum(quantity * pack_units) from catalog.order_lines join catalog.listings using (listing_id)
             where line_no in (1, 2)) as affected_units,
           (select count(*) from outreach.notices where campaign_id = '${CUPKIN_ID}') as notices,
           (select count(distinct buyer_id) from catalog.order_lines where line_no = 1) as affected_buyers,
           (select sum(quantity * pack_units) from catalog.order_lines join catalog.listings using (listing_id)
             where listing_id like 'L-CUP-%' and state = 'shipped') as consumers,
           (select sum(quantity * pack_units) from catalog.order_lines join catalog.listings using (listing_id)
             where line_no in (5, 6)) as out_of_scope,
           (select sum(quantity * pack_units) from catalog.stock join catalog.listings using (listing_id)) as held_units,
           (select count(*) from remedies.cases where campaign_id = '${CUPKIN_ID}' and state = 'refunded') as remedied`)
  const expected = counted[0]!
  assert.equal(figures.affected_units, expected['affected_units'])
  assert.equal(figures.notices, expected['notices'])
  assert.equal(figures.affected_buyers, expected['affected_buyers'])
  assert.equal(figures.held_units, expected['held_units'])
  assert.equal(waterfall.consumers.out_of_scope, expected['out_of_scope'])
  assert.equal(waterfall.steps.find((step) => step.account === 'with_consumers')!.units, expected['consumers'])
  assert.equal(waterfall.consumers.balanced, true)
  assert.equal(waterfall.steps.find((step) => step.account === 'held')!.units, figures.held_units + figures.intercepted_units)
  assert.equal(funnel.at(-1)!.buyers, expected['remedied'])
  // By hand, from test/campaign-in-full.ts with 60 buyers: 60 notices in scope and 6 that are possibly so.
  assert.deepEqual(
    [figures.notices, figures.delivered_buyers, figures.pending_buyers, figures.unreachable_buyers, figures.cases],
    [66, 48, 12, 6, 15],
  )
})

test('books that do not balance are said not to', async () => {
  const client = await database.pool.connect()
  try {
    await client.query(`insert into supply.unit_entries (listing_id, entry_key, centre_id, lot, from_account, to_account, units, campaign_id, posted_at, posted_by)
                        values ('L-CUP-1', 'wrong', '', '', 'in_transit', 'with_consumers', 7, '${CUPKIN_ID}', now(), 'test')`)
    const { waterfall } = await view()
    // An account owes units, and more are with consumers than order lines say.
    assert.equal(waterfall.balanced, false)
    assert.equal(waterfall.consumers.balanced, false)
  } finally {
    await client.query(`delete from supply.unit_entries where entry_key = 'wrong'`)
    client.release()
  }
})
