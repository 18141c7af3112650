import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { brokenAuditEntry } from '../platform/audit.ts'
import { outreachInvariants } from '../outreach/index.ts'
import { sellable, supplyInvariants } from '../supply/index.ts'
import { proposeFromRevisions, sweepCampaigns } from './index.ts'
import { ask, appAs, buyer, nobody, officer, seller, askJson } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import {
  ADA, addLine, addListing, addMatch, addRecall, ANDERS, BEN, BLUE_PAIR, brokenPromises, CHLOE, CUPKIN, CUPKIN_ID, DEV, LAMPS, LAMPS_ID, LARGE_PAIR,
  LOOKALIKE, openMarketplace, PINK_PAIR, RENO, setStock, SINGLE_CUP,
} from '../../test/world.ts' // prettier-ignore
import { campaignInvariants } from './queries-invariants.ts'
import { routesOf, type AccessTable } from '../platform/http.ts'
import { campaignRoutes } from './routes.ts'

const database = await testDatabase()
const { db, pool } = database
let now = new Date('2023-07-21T09:00:00Z')
const enqueued: object[] = []
const enqueue = async (_tx: unknown, _name: string, data: object) => void enqueued.push(data)
const routes = campaignRoutes({ database, clock: () => now, enqueue })
const PROMISES = [...supplyInvariants, ...outreachInvariants, ...campaignInvariants]
const campaign = `/v1/campaigns/${CUPKIN_ID}`

type Json = Record<string, unknown>
type Proposal = Json & {
  revision: number
  decision: Json | null
  change: Json
  fields: Json[]
  lines: Record<string, Json>
  listings: Json
}

async function post(address: string, content: unknown, options: { name?: string; key?: string } = {}) {
  const headers = { 'content-type': 'application/json', ...(options.key === undefined ? {} : { 'idempotency-key': options.key }) }
  const answer = await ask(routes, officer(options.name), address, { method: 'POST', headers, body: JSON.stringify(content) })
  return { status: answer.status, json: (await answer.json()) as Json }
}

/** What follows a revision: what is sure is stopped, the rest is proposed. */
async function follow() {
  await sweepCampaigns({ database, enqueue }, { actor: 'rule:test', at: now })
  return await proposeFromRevisions({ database }, { at: now, actor: 'rule:test' })
}

async function proposals(): Promise<Proposal[]> {
  return (await askJson<{ items: Proposal[] }>(routes, officer(), `${campaign}/proposals`)).items
}

async function listingsOf(revision: number): Promise<[string, string][]> {
  const { items } = await askJson<{ items: Json[] }>(routes, officer(), `${campaign}/proposals/${revision}/listings`)
  return items.map((item) => [String(item['listing_id']), String(item['proposal'])])
}

async function screened(listingId: string, answer: string, tier: string, revision: number): Promise<void> {
  await pool.query('update matching.matches set answer = $2, tier = $3, revision = $4, screened_at = now() where listing_id = $1', [listingId, answer, tier, revision]) // prettier-ignore
}

async function steps(): Promise<[string, Json][]> {
  const { rows } = await sql<{ step: string; counts: Json }>`
    select step, counts from campaigns.steps where campaign_id = ${CUPKIN_ID} order by step_no`.execute(db)
  return rows.map((row) => [row.step, row.counts])
}

async function notices(): Promise<Record<string, [string, number]>> {
  const { rows } = await sql<{ buyer_id: string; state: string; units: number }>`
    select buyer_id, state, units from outreach.notices where campaign_id = ${CUPKIN_ID} order by buyer_id`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.buyer_id, [row.state, row.units]]))
}

async function holds(promise = PROMISES): Promise<void> {
  assert.deepEqual(await brokenPromises(db, promise), [])
  assert.equal(await brokenAuditEntry(db), null)
}

const WIDER = { ...CUPKIN, title: 'Soojimus Expands Recall of CUPKIN Cups', scope: { ...CUPKIN.scope, soldTo: '2023-06' } }
const NARROWER = {
  ...WIDER,
  title: 'Soojimus Corrects Recall of CUPKIN Cups',
  scope: { ...WIDER.scope, models: ['8 oz'], soldFrom: '2022-01' },
}

await openMarketplace(db)
await addRecall(database, CUPKIN)
for (const listing of [BLUE_PAIR, PINK_PAIR, LARGE_PAIR, SINGLE_CUP]) await setStock(db, listing, RENO, '', 5)
for (const listing of [BLUE_PAIR, PINK_PAIR, LARGE_PAIR]) await addMatch(db, CUPKIN_ID, listing, 'affected')
await addMatch(db, CUPKIN_ID, SINGLE_CUP, 'possibly')
await addMatch(db, CUPKIN_ID, LOOKALIKE, 'possibly')
await addLine(db, { buyer: ADA, order: '1', listing: BLUE_PAIR })
await addLine(db, { buyer: ADA, order: '2', listing: BLUE_PAIR, at: '2023-05-02T12:00:00Z' })
await addLine(db, { buyer: BEN, order: '3', listing: PINK_PAIR, at: '2023-06-30T23:59:59Z' })
await addLine(db, { buyer: CHLOE, order: '4', listing: LARGE_PAIR, at: '2019-05-02T12:00:00Z' })
await addLine(db, { buyer: DEV, order: '5', listing: SINGLE_CUP })
await addLine(db, { buyer: DEV, order: '6', listing: BLUE_PAIR, at: '2023-07-01T00:00:00Z' })
const opened = await post('/v1/campaigns', { recall_id: CUPKIN_ID, reason: 'Lead.', remedies: { options: ['refund'], proof: 'none' } })
assert.equal(opened.status, 201)
await post(`/v1/recalls/${CUPKIN_ID}/decisions`, { listing_id: LOOKALIKE, ruling: 'no', reason: 'Other lid.' })
// Ada and Chloé were told of what they have: that stays whatever the agency says later.
await pool.query(`update outreach.notices set state = 'delivered', state_at = '2023-07-21T10:00:00Z' where buyer_id = any($1)`, [
  [ADA, CHLOE],
])
await pool.query(`insert into outreach.deliveries (buyer_id, campaign_id, wave, channel, attempt, started_at, ended_at, outcome)
                  select buyer, $2, 1, 'email', 1, '2023-07-21T09:59:00Z', '2023-07-21T10:00:00Z', 'accepted' from unnest($1::text[]) buyer`, [[ADA, CHLOE], CUPKIN_ID]) // prettier-ignore

describe('what nobody may do', () => {
  it('is for officers only', async () => {
    const own = routesOf(routes).filter((route) => /proposals|releases/.test(route))
    assert.equal(own.length, 8)
    const table: AccessTable = Object.fromEntries(routesOf(routes).map((route) => [route, { who: ['officer'], sees: 'everything' }]))
    for (const route of own) {
      const [method, path] = route.split(' ') as [string, string]
      const address = path.replace(':campaignId', CUPKIN_ID).replace(':revision', '2').replace(':listingId', BLUE_PAIR)
      for (const who of [nobody, seller(ANDERS), buyer(ADA)]) {
        const { status } = await appAs(routes, who, table).request(address, { method, headers: { 'sec-fetch-site': 'same-origin' } })
        assert.equal(status, who === nobody ? 401 : 403, route)
      }
    }
  })

  it('finds no other campaign and no revision that proposes nothing', async () => {
    for (const address of ['/v1/campaigns/CPSC-0/proposals', '/v1/campaigns/CPSC-0/releases', `${campaign}/proposals/x/listings`, '/v1/campaigns/%00/proposals']) {
      assert.equal((await ask(routes, officer(), address)).status, 404, address)
    } // prettier-ignore
    const refuse = { decision: 'refuse', reason: 'No.' }
    for (const revision of ['1', '2', '0', 'x'])
      assert.equal((await post(`${campaign}/proposals/${revision}/decisions`, refuse)).status, 404)
    assert.equal((await post(`/v1/campaigns/CPSC-0/releases`, { listing_id: BLUE_PAIR, reason: 'R' })).status, 404)
    assert.deepEqual(await proposals(), [])
  })

  it('proposes nothing where nothing changed, or nothing of consequence', async () => {
    const nothing = { proposed: 0, superseded: 0, listings: 0, oversightEnded: 0 }
    assert.deepEqual(await follow(), nothing)
    now = new Date('2023-07-22T09:00:00Z')
    await addRecall(database, { ...CUPKIN, contactText: 'Call us.' }, now)
    assert.deepEqual(await follow(), nothing)
    assert.deepEqual(await proposals(), [])
  })
})

describe('a wider scope', () => {
  it('is proposed once, with what changed, the lines that come in, and the listings to look at', async () => {
    now = new Date('2023-08-01T09:00:00Z')
    await addRecall(database, WIDER, now)
    await screened(SINGLE_CUP, 'affected', 'review', 3)
    await screened(LOOKALIKE, 'affected', 'review', 3)
    assert.deepEqual(await follow(), { proposed: 1, superseded: 0, listings: 2, oversightEnded: 0 })
    assert.deepEqual(await follow(), { proposed: 0, superseded: 0, listings: 0, oversightEnded: 0 })
    const [proposal, ...others] = await proposals()
    assert.equal(others.length, 0)
    assert.deepEqual([proposal!.revision, proposal!['from_revision'], proposal!.decision], [3, 1, null])
    assert.deepEqual([proposal!.change['wider'], proposal!.change['narrower']], [true, false])
    assert.deepEqual(proposal!.fields, [{ field: 'sold', direction: 'wider', before: ['from 2018-01', 'until 2023-03'], after: ['from 2018-01', 'until 2023-06'] }]) // prettier-ignore
    assert.deepEqual(proposal!.lines, { into: { lines: 2, units: 4, buyers: 2 }, out: { lines: 0, units: 0, buyers: 0 } })
    assert.deepEqual(proposal!.listings, { add: 1, look_again: 1, release: 0 })
    assert.deepEqual(await listingsOf(3), [[SINGLE_CUP, 'add'], [LOOKALIKE, 'look_again']]) // prettier-ignore
    assert.deepEqual((await steps()).at(-1), ['change_proposed', { revision: 3, listings: 2 }])
    const csv = await (await ask(routes, officer(), `${campaign}/proposals/3/listings?format=csv&proposal=add`)).text()
    assert.match(csv, new RegExp(`\\n${SINGLE_CUP},`))
    assert.doesNotMatch(csv, new RegExp(LOOKALIKE))
    await holds()
  })

  it('is decided with a reason, for what it names, and for something', async () => {
    const address = `${campaign}/proposals/3/decisions`
    const cases: [Json, number, string | undefined][] = [
      [{ decision: 'accept', reason: 'R' }, 422, 'scope'],
      [{ decision: 'accept', scope: true, reason: ' ' }, 422, 'reason'],
      [{ decision: 'accept', scope: true }, 422, 'reason'],
      [{ decision: 'perhaps', reason: 'R' }, 422, 'decision'],
      [{ decision: 'accept', add: [BLUE_PAIR], reason: 'R' }, 422, 'add'],
      [{ decision: 'accept', release: [SINGLE_CUP], reason: 'R' }, 422, 'release'],
      [{ decision: 'refuse', scope: true, reason: 'R' }, 422, ''],
    ]
    for (const [content, status, field] of cases) {
      const answer = await post(address, content)
      assert.deepEqual([answer.status, answer.json['field']], [status, field], JSON.stringify(content))
    }
    assert.equal((await proposals())[0]!.decision, null)
  })

  it('is accepted whole or not at all: a process that dies on the way leaves it standing', async () => {
    const before = [await steps(), await notices()]
    const dying = campaignRoutes({ database, clock: () => now, enqueue: async () => Promise.reject(new Error('killed')) })
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ decision: 'accept', scope: true, add: [SINGLE_CUP], reason: 'R' })
    const answer = await ask(dying, officer(), `${campaign}/proposals/3/decisions`, { method: 'POST', headers, body })
    assert.equal(answer.status, 500)
    assert.deepEqual([await steps(), await notices()], before)
    assert.equal((await proposals())[0]!.decision, null)
    await holds()
  })

  it('when accepted finds the new lines alone, tells those who have something new to hear, and stops what is added', async () => {
    now = new Date('2023-08-02T09:00:00Z')
    const body = { decision: 'accept', scope: true, add: [SINGLE_CUP], reason: 'The agency found more.' }
    const [one, two] = await Promise.all([1, 2].map(() => post(`${campaign}/proposals/3/decisions`, body, { key: 'wider' })))
    assert.deepEqual([one!.status, two!.status], [201, 201])
    assert.deepEqual(one!.json, two!.json)
    assert.deepEqual(one!.json, {
      campaign_id: CUPKIN_ID, revision: 3, decision: 'accepted', scope: true, added: [SINGLE_CUP], release_asked: [],
      counts: {
        listings_stopped: 1, held_units: 5, intercepted_lines: 0, intercepted_units: 0, affected_lines: 3, affected_units: 5, possible_units: 0,
        buyers: 2, notices: 2,
      },
    }) // prettier-ignore
    assert.deepEqual(await notices(), { [ADA]: ['pending', 4], [BEN]: ['pending', 2], [CHLOE]: ['delivered', 2], [DEV]: ['pending', 1] })
    assert.deepEqual(enqueued.at(-1), { campaignId: CUPKIN_ID, wave: 2 })
    // Whoever was told before keeps the brief they were told by, unless they are told anew; everybody else hears what the agency says now.
    const told = await sql<Json>`
      select n.buyer_id, b.brief_no, b.content -> 'recall' -> 'scope' ->> 'soldTo' as until, b.content -> 'remedies' as remedies
        from outreach.notices n join outreach.briefs b using (campaign_id, jurisdiction, brief_no) where n.campaign_id = ${CUPKIN_ID} order by 1`.execute(
      db,
    )
    assert.deepEqual(
      told.rows.map((row) => [row['buyer_id'], row['brief_no'], row['until'], row['remedies']]),
      [ADA, BEN, CHLOE, DEV].map((name) => [name, name === CHLOE ? 1 : 2, name === CHLOE ? '2023-03' : '2023-06', ['refund']]),
    )
    const last = await steps()
    assert.ok(last.some(([step, counts]) => step === 'scope_widened' && counts['revision'] === 3))
    const { rows } =
      await sql<Json>`select scope_no, revision, scope ->> 'soldTo' as until, decided_by from campaigns.scopes_view order by 1`.execute(db)
    assert.deepEqual(rows, [
      { scope_no: 1, revision: 1, until: '2023-03', decided_by: 'officer:user-Ada Officer' },
      { scope_no: 2, revision: 3, until: '2023-06', decided_by: 'officer:user-Ada Officer' },
    ])
    await holds()
  })

  it('is decided once, and nothing is proposed about it again', async () => {
    const again = await post(
      `${campaign}/proposals/3/decisions`,
      { decision: 'refuse', reason: 'Changed my mind.' },
      { name: 'Bo Officer' },
    )
    assert.equal(again.status, 409)
    assert.match(String(again.json['title']), /accepted already/)
    assert.deepEqual(await follow(), { proposed: 0, superseded: 0, listings: 0, oversightEnded: 0 })
    const before = await steps()
    await sweepCampaigns({ database, enqueue }, { actor: 'rule:test', at: now })
    assert.deepEqual(await steps(), before)
  })
})

describe('a narrower scope', () => {
  it('proposes to release what is no longer affected, and counts the lines that fall out, but keeps what was ruled affected', async () => {
    now = new Date('2023-09-01T09:00:00Z')
    await addRecall(database, { ...NARROWER, title: 'A first try' }, now)
    assert.equal((await follow()).proposed, 1)
    await addRecall(database, NARROWER, now)
    await screened(LARGE_PAIR, 'no', 'dismiss', 5)
    await pool.query(`delete from matching.matches where listing_id = $1`, [PINK_PAIR])
    await screened(SINGLE_CUP, 'no', 'dismiss', 5)
    await pool.query(`update catalog.listings set updated_at = '2023-08-15Z' where listing_id = $1`, [PINK_PAIR])
    assert.deepEqual(await follow(), { proposed: 1, superseded: 1, listings: 3, oversightEnded: 0 })
    const [proposal, older] = await proposals()
    assert.equal(older!.decision?.['decision'], 'superseded')
    assert.deepEqual(proposal!.lines['out'], { lines: 1, units: 2, buyers: 1 })
    assert.deepEqual(await listingsOf(5), [[PINK_PAIR, 'release'], [LARGE_PAIR, 'release'], [LOOKALIKE, 'look_again']]) // prettier-ignore
    const { items } = await askJson<{ items: Json[] }>(routes, officer(), `${campaign}/proposals/5/listings`)
    assert.deepEqual(items.map((item) => item['edited_at'] !== null), [true, false, false]) // prettier-ignore
    const stale = await post(`${campaign}/proposals/4/decisions`, { decision: 'accept', scope: true, reason: 'R' })
    assert.equal(stale.status, 409)
  })

  it('when accepted asks for the releases, which nobody confirms who asked', async () => {
    const accepted = await post(`${campaign}/proposals/5/decisions`, {
      decision: 'accept',
      scope: true,
      release: [PINK_PAIR, LARGE_PAIR],
      reason: 'Only the 8 oz cups are recalled.',
    })
    assert.equal(accepted.status, 201)
    assert.deepEqual(accepted.json['release_asked'], [PINK_PAIR, LARGE_PAIR])
    assert.equal((await sellable(db, [LARGE_PAIR]))[0]?.sellable, false, 'asking releases nothing')
    assert.equal((await post(`${campaign}/releases/confirm`, { listing_ids: [] })).status, 422)
    assert.equal((await post(`${campaign}/releases/confirm`, { listing_ids: [LARGE_PAIR, BLUE_PAIR] }, { name: 'Bo Officer' })).status, 409)
    assert.equal((await post(`${campaign}/releases/confirm`, { listing_ids: [LARGE_PAIR, PINK_PAIR] })).status, 409)
    const own = await post(`${campaign}/releases/${LARGE_PAIR}/confirm`, {})
    assert.equal(own.status, 409)
    assert.match(String(own.json['title']), /You asked for the release .* Another safety officer has to confirm it/)
    const { items } = await askJson<{ items: Json[] }>(routes, officer(), `${campaign}/releases?open=true`)
    assert.deepEqual(items.map((item) => [item['listing_id'], item['revision'], item['answer']]), [[PINK_PAIR, 5, null], [LARGE_PAIR, 5, null]]) // prettier-ignore
    await holds()
  })

  it('a second officer’s word releases, once: the seller reads why, the units are free, buyers keep what they were told', async () => {
    const before = await notices()
    now = new Date('2023-09-02T09:00:00Z')
    const confirm = [`/${LARGE_PAIR}/confirm`, '/confirm'].map((way) => `${campaign}/releases${way}`)
    const both = await Promise.all([
      post(confirm[0]!, {}, { name: 'Bo Officer' }),
      post(confirm[1]!, { listing_ids: [LARGE_PAIR] }, { name: 'Bo Officer' }),
    ])
    assert.deepEqual(both.map((each) => each.status).toSorted(), [201, 409]) // prettier-ignore
    const done = both.find((each) => each.status === 201)!
    assert.deepEqual(done.json, { campaign_id: CUPKIN_ID, released: [LARGE_PAIR], units: 10, passed_on: 0 })
    assert.equal((await sellable(db, [LARGE_PAIR]))[0]?.sellable, true)
    const { rows } = await sql<{ released_by: string; release_statement: Json }>`
      select released_by, release_statement from supply.stops_view where listing_id = ${LARGE_PAIR}`.execute(db)
    assert.equal(rows[0]!.released_by, 'officer:user-Bo Officer')
    assert.equal(rows[0]!.release_statement['why'], 'Only the 8 oz cups are recalled.')
    assert.match(String(rows[0]!.release_statement['what']), /It may be sold here again from now on/)
    assert.deepEqual(await notices(), before)
    assert.deepEqual((await steps()).at(-1), ['listings_released', { listings: 1, units: 10, passed_on: 0 }])
    await holds()
  })

  it('may be refused by whoever asked; the stop stands, and the release may be asked for anew', async () => {
    assert.equal((await post(`${campaign}/releases/${PINK_PAIR}/refuse`, { reason: '' })).status, 422)
    assert.equal((await post(`${campaign}/releases/${PINK_PAIR}/refuse`, { reason: 'The seller changed the title since.' })).status, 201)
    assert.equal((await post(`${campaign}/releases/${PINK_PAIR}/confirm`, {}, { name: 'Bo Officer' })).status, 409)
    assert.equal((await sellable(db, [PINK_PAIR]))[0]?.sellable, false)
    const asked = await post(`${campaign}/releases`, { listing_id: PINK_PAIR, reason: 'Photographs show the 12 oz cup.' })
    assert.deepEqual(asked.json, { campaign_id: CUPKIN_ID, asked: [PINK_PAIR] })
    const twice = await post(`${campaign}/releases`, { listing_id: PINK_PAIR, reason: 'Again.' }, { name: 'Bo Officer' })
    assert.deepEqual([twice.status, twice.json['asked']], [201, []])
  })

  it('that falls away by a later text is not confirmed on the old one', async () => {
    await post(`${campaign}/releases/${PINK_PAIR}/refuse`, { reason: 'Begin again.' })
    now = new Date('2023-10-01T09:00:00Z')
    await addRecall(database, { ...NARROWER, title: 'Corrected once more', scope: { ...NARROWER.scope, soldTo: '2023-05' } }, now)
    assert.equal((await follow()).listings, 2)
    const accepted = await post(`${campaign}/proposals/6/decisions`, { decision: 'accept', release: [PINK_PAIR], reason: 'Out of scope.' })
    assert.equal(accepted.json['counts'], null, 'where only a release is accepted, nothing is walked')
    await addMatch(db, CUPKIN_ID, PINK_PAIR, 'affected')
    const stale = await post(`${campaign}/releases/${PINK_PAIR}/confirm`, {}, { name: 'Bo Officer' })
    assert.deepEqual([stale.status, /is affected again/.test(String(stale.json['title']))], [409, true])
    assert.equal(
      (await post(`${campaign}/releases/${PINK_PAIR}/refuse`, { reason: 'Affected again.' }, { name: 'Bo Officer' })).status,
      201,
    )
    await holds()
  })
})

describe('a release that an officer asks for by themselves', () => {
  it('is refused for a listing that this campaign does not stop', async () => {
    const cases: [Json, number, string | undefined][] = [
      [{ listing_id: LOOKALIKE, reason: 'R' }, 404, 'listing_id'],
      [{ listing_id: LARGE_PAIR, reason: 'Free already.' }, 404, 'listing_id'],
      [{ listing_id: BLUE_PAIR, reason: ' ' }, 422, 'reason'],
      [{ listing_id: '\0', reason: 'R' }, 422, 'listing_id'],
    ]
    for (const [content, status, field] of cases) {
      const answer = await post(`${campaign}/releases`, content)
      assert.deepEqual([answer.status, answer.json['field']], [status, field])
    }
    assert.equal((await post(`${campaign}/releases/${BLUE_PAIR}/confirm`, {}, { name: 'Bo Officer' })).status, 409)
  })

  it('is a ruling that the listing is not affected; a later ruling stops it again', async () => {
    await post(`${campaign}/releases`, { listing_id: BLUE_PAIR, reason: 'The lab found no lead.' })
    assert.equal((await post(`${campaign}/releases/${BLUE_PAIR}/confirm`, {}, { name: 'Bo Officer' })).status, 201)
    await sweepCampaigns({ database, enqueue }, { actor: 'rule:test', at: now })
    assert.equal((await sellable(db, [BLUE_PAIR]))[0]?.sellable, true, 'a sweep does not stop it again')
    await holds()
    now = new Date('2023-10-02T09:00:00Z')
    const ruled = await post(`/v1/recalls/${CUPKIN_ID}/decisions`, { listing_id: BLUE_PAIR, ruling: 'affected', reason: 'The lab erred.' })
    assert.equal(ruled.status, 201)
    assert.equal((await sellable(db, [BLUE_PAIR]))[0]?.sellable, false)
    const { rows } = await sql<Json>`select stop_no, released_at from supply.stops_view where listing_id = ${BLUE_PAIR}`.execute(db)
    assert.deepEqual(rows, [{ stop_no: 2, released_at: null }])
    await holds()
  })

  it('leaves a listing stopped that another campaign stops, and hands it what was held', async () => {
    await addRecall(database, LAMPS)
    await addListing(db, 'both')
    await setStock(db, 'both', RENO, '', 7)
    await addMatch(db, LAMPS_ID, 'both', 'affected')
    await addMatch(db, CUPKIN_ID, 'both', 'affected')
    await sweepCampaigns({ database, enqueue }, { actor: 'rule:test', at: now })
    assert.equal(
      (await post('/v1/campaigns', { recall_id: LAMPS_ID, reason: 'Fire.', remedies: { options: ['dispose'], proof: 'none' } })).status,
      201,
    )
    await post(`${campaign}/releases`, { listing_id: 'both', reason: 'A lamp, no cup.' })
    const done = await post(`${campaign}/releases/both/confirm`, { reason: 'Seen.' }, { name: 'Bo Officer' })
    assert.deepEqual(done.json, { campaign_id: CUPKIN_ID, released: ['both'], units: 0, passed_on: 7 })
    assert.deepEqual((await sellable(db, ['both']))[0]?.stops.map((stop) => stop.campaignId), [LAMPS_ID]) // prettier-ignore
    const { rows } = await sql<{ what: string }>`
      select release_statement ->> 'what' as what from supply.stops_view where listing_id = 'both' and campaign_id = ${CUPKIN_ID}`.execute(
      db,
    )
    assert.match(rows[0]!.what, /Another recall still does/)
    await holds()
  })
})
