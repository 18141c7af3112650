import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { proposeFromRevisions, sweepCampaigns } from './index.ts'
import { ask, askJson, officer } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import { addLine, addMatch, addRecall, BEN, brokenPromises, LAMPS, LAMPS_ID, NIGHT_LAMP, openMarketplace } from '../../test/world.ts'
import { supplyInvariants } from '../supply/index.ts'
import { campaignInvariants } from './queries-invariants.ts'
import { campaignRoutes } from './routes.ts'

const database = await testDatabase()
const { db, pool } = database
let now = new Date('2023-07-21T09:00:00Z')
const enqueue = async () => {}
const routes = campaignRoutes({ database, clock: () => now, enqueue })

type Json = Record<string, unknown>

async function post(address: string, content: unknown) {
  const headers = { 'content-type': 'application/json' }
  const answer = await ask(routes, officer(), address, { method: 'POST', headers, body: JSON.stringify(content) })
  return { status: answer.status, json: (await answer.json()) as Json }
}

async function follow() {
  await sweepCampaigns({ database, enqueue }, { actor: 'rule:test', at: now })
  return await proposeFromRevisions({ database }, { at: now, actor: 'rule:test' })
}

async function holds(): Promise<void> {
  assert.deepEqual(await brokenPromises(db, [...supplyInvariants, ...campaignInvariants]), [])
}

await openMarketplace(db)
await addRecall(database, LAMPS)
await addLine(db, { buyer: BEN, order: '1', listing: NIGHT_LAMP })
await addMatch(db, LAMPS_ID, NIGHT_LAMP, 'affected')
assert.equal(
  (await post('/v1/campaigns', { recall_id: LAMPS_ID, reason: 'Fire.', remedies: { options: ['dispose'], proof: 'none' } })).status,
  201,
)

describe('the end of an agency’s oversight', () => {
  it('is noted once, and releases nothing by itself', async () => {
    now = new Date('2023-11-01T09:00:00Z')
    await addRecall(database, { ...LAMPS, oversight: 'closed' }, now)
    await pool.query(`update matching.matches set answer = 'no' where recall_id = $1`, [LAMPS_ID])
    assert.deepEqual(await follow(), { proposed: 0, superseded: 0, listings: 0, oversightEnded: 1 })
    assert.deepEqual(await follow(), { proposed: 0, superseded: 0, listings: 0, oversightEnded: 0 })
    const { rows } =
      await sql<Json>`select step, counts from campaigns.steps where campaign_id = ${LAMPS_ID} order by step_no desc limit 1`.execute(db)
    assert.deepEqual(rows, [{ step: 'oversight_ended', counts: { revision: 2 } }])
    await holds()
  })

  it('does not hide that a warning became a recall with a remedy', async () => {
    now = new Date('2023-12-01T09:00:00Z')
    await addRecall(database, { ...LAMPS, oversight: 'closed', kind: 'recall', remedies: ['refund'] }, now)
    assert.equal((await follow()).proposed, 1)
    const { items } = await askJson<{ items: { change: Json }[] }>(routes, officer(), `/v1/campaigns/${LAMPS_ID}/proposals`)
    assert.deepEqual(items[0]!.change['kind'], { before: 'safety_alert', after: 'recall' })
    assert.deepEqual(items[0]!.change['remedies_added'], ['refund'])
    const refused = await post(`/v1/campaigns/${LAMPS_ID}/proposals/3/decisions`, { decision: 'refuse', reason: 'We refund already.' })
    assert.deepEqual([refused.status, refused.json['decision']], [201, 'refused'])
    await holds()
  })
})
