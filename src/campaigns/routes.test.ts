import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Enqueue } from '../platform/jobs.ts'
import { outreachInvariants } from '../outreach/index.ts'
import { sellable, supplyInvariants } from '../supply/index.ts'
import { ask, officer } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import {
  ADA, addLine, addListing, addMatch, addRecall, ANDERS, BEN, BLUE_PAIR, brokenPromises, CHLOE, CUPKIN, CUPKIN_ID, LARGE_PAIR, openMarketplace, PINK_PAIR,
  RENO, setStock,
} from '../../test/world.ts' // prettier-ignore
import { campaignInvariants } from './queries-invariants.ts'
import { recordWaveSent, sweepCampaign } from './extend-campaign.ts'
import { campaignRoutes } from './routes.ts'

const database = await testDatabase()
const { db } = database
let now = new Date('2023-07-21T09:00:00Z')
const enqueued: object[] = []
const enqueue: Enqueue = async (_tx, _name, data) => void enqueued.push(data)
const routes = campaignRoutes({ database, clock: () => now, enqueue })
const body = { recall_id: CUPKIN_ID, reason: 'Lead.', remedies: { options: ['refund'], proof: 'none' } }

type Answered = { status: number; replayed: boolean; json: Record<string, unknown> }

async function post(address: string, content: unknown, options: { key?: string; name?: string } = {}): Promise<Answered> {
  const headers = { 'content-type': 'application/json', ...(options.key === undefined ? {} : { 'idempotency-key': options.key }) }
  const sent = typeof content === 'string' ? content : JSON.stringify(content)
  const answer = await ask(routes, officer(options.name), address, { method: 'POST', headers, body: sent })
  return {
    status: answer.status,
    replayed: answer.headers.get('idempotency-replayed') === 'true',
    json: (await answer.json()) as Answered['json'],
  }
}

const PROMISES = [...supplyInvariants, ...outreachInvariants, ...campaignInvariants]

async function steps(): Promise<[string, object][]> {
  const { rows } = await sql<{
    step: string
    counts: object
  }>`select step, counts from campaigns.steps order by campaign_id, step_no`.execute(db)
  return rows.map((row) => [row.step, row.counts])
}

await openMarketplace(db)
await addRecall(database, CUPKIN)
for (const listing of [BLUE_PAIR, PINK_PAIR, LARGE_PAIR]) await setStock(db, listing, RENO, '', 5)
await addMatch(db, CUPKIN_ID, BLUE_PAIR, 'affected')
await addMatch(db, CUPKIN_ID, PINK_PAIR, 'possibly')
await addLine(db, { buyer: ADA, order: '1', listing: BLUE_PAIR })
await addLine(db, { buyer: BEN, order: '2', listing: PINK_PAIR })
await addLine(db, { buyer: BEN, order: '3', listing: PINK_PAIR, state: 'open' })

describe('POST /v1/campaigns', () => {
  it('refuses what it cannot read, by field', async () => {
    const cases: [unknown, number, string | undefined][] = [
      ['{', 422, undefined],
      [[], 422, ''],
      [{ ...body, recall_id: '' }, 422, 'recall_id'],
      [{ ...body, reason: 7 }, 422, 'reason'],
      [{ ...body, reason: 'x'.repeat(4_001) }, 422, 'reason'],
      [{ ...body, remedies: { options: 'refund', proof: 'none' } }, 422, 'remedies.options'],
      [{ ...body, remedies: { options: ['gift'], proof: 'none' } }, 422, 'remedies.options'],
      [{ ...body, remedies: { options: ['refund'], proof: 'oath' } }, 422, 'remedies.proof'],
      [{ ...body, actor: 'officer:somebody' }, 422, ''],
      [{ ...body, recall_id: 'CPSC-0' }, 404, 'recall_id'],
      ['x'.repeat(70_000), 413, undefined],
    ]
    for (const [content, status, field] of cases) {
      const answer = await post('/v1/campaigns', content)
      assert.deepEqual([answer.status, answer.json['field']], [status, field], JSON.stringify(content).slice(0, 80))
    }
    assert.deepEqual(await steps(), [])
  })

  it('opens once for one key, however often it is sent, and refuses the key for another request', async () => {
    const [one, two] = await Promise.all([post('/v1/campaigns', body, { key: 'k' }), post('/v1/campaigns', body, { key: 'k' })])
    assert.deepEqual([one.status, two.status, [one.replayed, two.replayed].toSorted()], [201, 201, [false, true]])
    assert.deepEqual(one.json, two.json)
    assert.deepEqual(one.json, {
      campaign_id: CUPKIN_ID,
      counts: {
        listings_stopped: 1,
        held_units: 10,
        intercepted_lines: 0,
        intercepted_units: 0,
        affected_lines: 1,
        affected_units: 2,
        possible_units: 0,
        buyers: 1,
        notices: 1,
      },
    })
    assert.equal((await post('/v1/campaigns', { ...body, reason: 'Other.' }, { key: 'k' })).status, 422)
    assert.deepEqual((await post('/v1/campaigns', body, { key: 'k2' })).status, 409)
    assert.deepEqual((await post('/v1/campaigns', body)).status, 409)
    assert.deepEqual(enqueued, [{ campaignId: CUPKIN_ID, wave: 1 }])
    assert.deepEqual(await brokenPromises(db, PROMISES), [])
  })
})

describe('POST /v1/recalls/:recallId/decisions', () => {
  const address = `/v1/recalls/${CUPKIN_ID}/decisions`

  it('refuses what it cannot rule on', async () => {
    const ruling = { listing_id: PINK_PAIR, ruling: 'affected', reason: 'The same cups.' }
    const cases: [string, unknown, number, string | undefined][] = [
      [address, { ...ruling, ruling: 'maybe' }, 422, 'ruling'],
      [address, { ...ruling, reason: ' ' }, 422, 'reason'],
      [address, { listing_id: PINK_PAIR, ruling: 'no' }, 422, 'reason'],
      [address, { ...ruling, listing_id: 'nobody' }, 404, undefined],
      ['/v1/recalls/CPSC-0/decisions', ruling, 404, undefined],
    ]
    for (const [where, content, status, field] of cases) {
      const answer = await post(where, content)
      assert.deepEqual([answer.status, answer.json['field']], [status, field], JSON.stringify(content))
    }
    assert.deepEqual((await sellable(db, [PINK_PAIR]))[0]?.stops, [])
  })

  it('extends the open campaign to a listing ruled affected, in the same transaction', async () => {
    now = new Date('2023-07-22T09:00:00Z')
    const ruled = await post(address, { listing_id: PINK_PAIR, ruling: 'affected', reason: 'The same cups.' }, { key: 'r1' })
    assert.equal(ruled.status, 201)
    const { campaign, decided_at, reasons, ...match } = ruled.json
    assert.equal(decided_at, '2023-07-22T09:00:00.000Z')
    assert.deepEqual(reasons, [{ field: 'brand_same', weight: 9.5, text: 'Both say CUPKIN.' }])
    assert.deepEqual(match, {
      listing_id: PINK_PAIR,
      title: 'CUPKIN Stainless Steel Kids Cups, 8 oz, pair, pink and purple',
      brand: 'CUPKIN',
      seller_id: ANDERS,
      seller_name: 'Anders Housewares',
      answer: 'affected',
      engine_answer: 'possibly',
      weight: 9.5,
      tier: 'review',
      ruling: 'affected',
      decided_by: 'officer:user-Ada Officer',
      decision_reason: 'The same cups.',
      decision_no: 1,
    })
    assert.deepEqual(campaign, {
      campaign_id: CUPKIN_ID,
      effect: 'extended',
      counts: {
        listings_stopped: 1,
        held_units: 10,
        intercepted_lines: 1,
        intercepted_units: 2,
        affected_lines: 1,
        affected_units: 2,
        possible_units: 0,
        buyers: 1,
        notices: 1,
      },
    })
    assert.equal((await sellable(db, [PINK_PAIR]))[0]?.sellable, false)
    assert.deepEqual(enqueued.at(-1), { campaignId: CUPKIN_ID, wave: 2 })
    assert.deepEqual((await steps()).slice(7), [
      ['listings_stopped', { listings: 1 }],
      ['stock_held', { listings: 1, centres: 1, units: 10 }],
      ['orders_intercepted', { lines: 1, units: 2 }],
      ['lines_found', { lines: 1, affected_units: 2, possible_units: 0, buyers: 1 }],
      ['notices_made', { notices: 1 }],
      ['wave_started', { wave: 2, buckets: 1 }],
    ])
    assert.deepEqual(await brokenPromises(db, PROMISES), [])
  })

  it('decides a double click once, and notes other rulings without touching the campaign', async () => {
    const before = await steps()
    const again = await post(address, { listing_id: PINK_PAIR, ruling: 'affected', reason: 'The same cups.' })
    assert.deepEqual([again.status, again.json['campaign']], [201, { campaign_id: CUPKIN_ID, effect: 'noted', counts: null }])
    const out = await post(address, { listing_id: BLUE_PAIR, ruling: 'no', reason: 'Not these.' }, { name: 'Bo Officer' })
    assert.deepEqual([out.json['answer'], out.json['campaign']], ['no', { campaign_id: CUPKIN_ID, effect: 'noted', counts: null }])
    assert.equal((await sellable(db, [BLUE_PAIR]))[0]?.sellable, false)
    assert.deepEqual(await steps(), before)
    const { rows } = await sql<{ subject: string; actor: string }>`
      select subject, actor from platform.audit_log where action = 'matching.decided' order by seq`.execute(db)
    assert.deepEqual(rows, [
      { subject: `match:${CUPKIN_ID}:${PINK_PAIR}`, actor: 'officer:user-Ada Officer' },
      { subject: `match:${CUPKIN_ID}:${BLUE_PAIR}`, actor: 'officer:user-Bo Officer' },
    ])
  })

  it('rules where no campaign is open, and on what screening missed', async () => {
    await addRecall(database, { ...CUPKIN, recallNumber: '23775' })
    const ruled = await post('/v1/recalls/CPSC-23775/decisions', {
      listing_id: LARGE_PAIR,
      ruling: 'affected',
      reason: 'A second mould of the same maker.',
    })
    assert.deepEqual(
      [ruled.status, ruled.json['answer'], ruled.json['engine_answer'], ruled.json['campaign']],
      [201, 'affected', 'no', null],
    )
    const opened = await post('/v1/campaigns', { ...body, recall_id: 'CPSC-23775' })
    assert.equal(opened.status, 201)
    assert.equal((await sellable(db, [LARGE_PAIR]))[0]?.sellable, false)
  })

  it('loses no ruling made while the campaign opens', async () => {
    for (let run = 0; run < 8; run++) {
      const number = `30${run}`
      await addRecall(database, { ...CUPKIN, recallNumber: number })
      await addListing(db, `${number}-sure`)
      await addListing(db, `${number}-ruled`)
      await addMatch(db, `CPSC-${number}`, `${number}-sure`, 'affected')
      await addMatch(db, `CPSC-${number}`, `${number}-ruled`, 'possibly')
      const [ruled, opened] = await Promise.all([
        post(`/v1/recalls/CPSC-${number}/decisions`, { listing_id: `${number}-ruled`, ruling: 'affected', reason: 'The same.' }),
        post('/v1/campaigns', { ...body, recall_id: `CPSC-${number}` }),
      ])
      assert.deepEqual([ruled.status, opened.status], [201, 201])
      assert.equal((await sellable(db, [`${number}-ruled`]))[0]?.sellable, false)
    }
    assert.deepEqual(await brokenPromises(db, PROMISES), [])
  })
})

describe('sweeping a campaign', () => {
  const deps = { database, enqueue }

  it('refuses a campaign that is not open', async () => {
    const swept = await sweepCampaign(deps, { campaignId: 'CPSC-0', actor: 'cli', at: now })
    assert.ok(!swept.ok && swept.problem.code === 'not_found')
  })

  it('does nothing where nothing is new, and takes in what the marketplace tells late', async () => {
    const before = await steps()
    const order = { campaignId: CUPKIN_ID, actor: 'rule:sweep', at: now }
    const nothing = await sweepCampaign(deps, order)
    assert.ok(nothing.ok && Object.values(nothing.value).every((count) => count === 0))
    assert.deepEqual(await steps(), before)

    await addLine(db, {
      buyer: CHLOE,
      order: 'late-1',
      listing: PINK_PAIR,
      quantity: 2,
      state: 'shipped',
      at: '2021-02-03T00:00:00Z',
    })
    await addLine(db, { buyer: CHLOE, order: 'late-2', listing: PINK_PAIR, state: 'open', at: '2023-07-23T00:00:00Z' })
    await setStock(db, PINK_PAIR, RENO, '', 8)
    assert.equal((await brokenPromises(db, PROMISES)).length, 5)
    // Swept at the very moment of the last step: the wave for those who are new is opened all the same.
    const swept = await sweepCampaign(deps, order)
    assert.ok(swept.ok)
    assert.deepEqual(swept.value, {
      listingsStopped: 0,
      heldUnits: 6,
      interceptedLines: 1,
      interceptedUnits: 2,
      affectedLines: 1,
      affectedUnits: 4,
      possibleUnits: 0,
      buyers: 1,
      notices: 1,
    })
    assert.deepEqual(enqueued.at(-1), { campaignId: CUPKIN_ID, wave: 3 })
    assert.deepEqual(await brokenPromises(db, PROMISES), [])
  })

  it('writes once that a wave was sent', async () => {
    for (let twice = 0; twice < 2; twice++) await recordWaveSent(deps, { campaignId: CUPKIN_ID, wave: 1, accepted: 1, at: now })
    assert.deepEqual(
      (await steps()).filter(([step]) => step === 'wave_sent'),
      [['wave_sent', { wave: 1, accepted: 1 }]],
    )
  })
})

describe('the promises of campaigns', () => {
  it('see an affected listing on sale, a stop without a campaign, and a gap in a timeline', async () => {
    await addMatch(db, CUPKIN_ID, LARGE_PAIR, 'affected')
    assert.deepEqual(await brokenPromises(db, PROMISES), [
      `campaigns.affected-listings-stopped: Listing ${LARGE_PAIR} is affected by ${CUPKIN_ID}, whose campaign is open, and is not stopped.`,
    ])
    await sql`delete from matching.matches where listing_id = ${LARGE_PAIR} and recall_id = ${CUPKIN_ID}`.execute(db)
    await sql`update supply.stops set campaign_id = 'CPSC-9' where listing_id = ${LARGE_PAIR}`.execute(db)
    assert.match(
      (await brokenPromises(db, PROMISES)).join('\n'),
      /stops-have-campaigns: Listing L-CUP-3 is stopped for CPSC-9, and there is no such campaign\./,
    )
    await sql`update supply.stops set campaign_id = 'CPSC-23775' where listing_id = ${LARGE_PAIR}`.execute(db)
    await sql`delete from campaigns.steps where campaign_id = ${CUPKIN_ID} and step_no = 3`.execute(db)
    assert.match((await brokenPromises(db, PROMISES)).join('\n'), /timelines-whole: The timeline of campaign CPSC-23774/)
  })
})
