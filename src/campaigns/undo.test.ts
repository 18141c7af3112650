import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { ask, officer } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import {
  ADA, addLine, addMatch, addRecall, BLUE_PAIR, brokenPromises, CUPKIN, CUPKIN_ID, LARGE_PAIR, openMarketplace, PINK_PAIR, RENO, setStock,
} from '../../test/world.ts' // prettier-ignore
import { sellable, supplyInvariants } from '../supply/index.ts'
import { campaignInvariants } from './queries-invariants.ts'
import { campaignRoutes } from './routes.ts'

const database = await testDatabase()
const { db, pool } = database
let now = new Date('2023-07-21T09:00:00Z')
const routes = campaignRoutes({ database, clock: () => now, enqueue: async () => {} })

async function post(address: string, content: object, name = 'Ada'): Promise<{ status: number; json: Record<string, unknown> }> {
  const headers = { 'content-type': 'application/json' }
  const answer = await ask(routes, officer(name), address, { method: 'POST', headers, body: JSON.stringify(content) })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}

const rule = (listing_id: string, ruling: string, reason = 'Looked at it.') =>
  post(`/v1/recalls/${CUPKIN_ID}/decisions`, { listing_id, ruling, reason })
const undo = (listing_id: string, decisionNo: unknown, reason = 'A slip of the key.', name = 'Ada') =>
  post(`/v1/recalls/${CUPKIN_ID}/decisions/${String(decisionNo)}/undo`, { listing_id, reason }, name)

before(async () => {
  await openMarketplace(db)
  await addRecall(database, CUPKIN)
  for (const listing of [BLUE_PAIR, PINK_PAIR, LARGE_PAIR]) await setStock(db, listing, RENO, '', 5)
  await addMatch(db, CUPKIN_ID, BLUE_PAIR, 'affected')
  await addMatch(db, CUPKIN_ID, PINK_PAIR, 'possibly')
  await addLine(db, { buyer: ADA, listing: PINK_PAIR })
})

test('what is not there, has no reason, or is not one’s own is not taken back', async () => {
  assert.equal((await undo(PINK_PAIR, 1)).status, 404)
  const { json } = await rule(PINK_PAIR, 'no')
  assert.equal(json['decision_no'], 1)
  for (const [answer, status, field] of [
    [await undo(PINK_PAIR, 1, ' '), 422, 'reason'],
    [await undo(PINK_PAIR, '1x'), 404, undefined],
    [await undo(PINK_PAIR, 2), 404, 'decision_no'],
    [await undo('nobody', 1), 404, 'decision_no'],
    [await undo(PINK_PAIR, 1, 'Not mine.', 'Ben'), 409, 'decision_no'],
  ] as const)
    assert.deepEqual([answer.status, answer.json['field']], [status, field], JSON.stringify(answer.json))
})

test('a slip is taken back by a row of its own, which is audited', async () => {
  const undone = await undo(PINK_PAIR, 1)
  assert.deepEqual(undone, { status: 201, json: { decision_no: 2, restored: null } })
  const again = await undo(PINK_PAIR, 1)
  assert.equal(again.status, 409, 'a second time it is no longer the latest')
  const { rows } = await pool.query(`select decision_no, ruling, undoes, reason from matching.decisions order by decision_no`)
  assert.deepEqual(rows, [
    { decision_no: 1, ruling: 'no', undoes: null, reason: 'Looked at it.' },
    { decision_no: 2, ruling: 'withdrawn', undoes: 1, reason: 'A slip of the key.' },
  ])
  const audited = await pool.query(`select detail from platform.audit_log where action = 'matching.taken_back'`)
  assert.deepEqual(audited.rows, [{ detail: { undoes: 1, decision_no: 2, restored: null, reason: 'A slip of the key.' } }])
})

test('what an open campaign did because of a ruling is said, and is not undone by a key', async () => {
  const body = { recall_id: CUPKIN_ID, reason: 'Lead.', remedies: { options: ['refund'], proof: 'none' } }
  assert.equal((await post('/v1/campaigns', body)).status, 201)
  now = new Date('2023-07-21T10:00:00Z')
  const { json } = await rule(PINK_PAIR, 'affected')
  now = new Date('2023-07-21T10:01:00Z')
  const refused = await undo(PINK_PAIR, json['decision_no'])
  assert.equal(refused.status, 409)
  assert.match(String(refused.json['title']), /stopped this listing at 2023-07-21T10:00:00.000Z and made notices for one buyer/)
  assert.equal((await sellable(db, [PINK_PAIR]))[0]?.sellable, false)
})

test('taking “not affected” back makes the listing affected again, and the open campaign takes it up', async () => {
  await addMatch(db, CUPKIN_ID, LARGE_PAIR, 'possibly')
  const first = await rule(LARGE_PAIR, 'no')
  // Meanwhile screening came to see it clearly; the ruling held it back.
  await pool.query(`update matching.matches set answer = 'affected', tier = 'auto' where listing_id = $1`, [LARGE_PAIR])
  assert.equal((await sellable(db, [LARGE_PAIR]))[0]?.sellable, true)
  now = new Date('2023-07-21T10:05:00Z')
  assert.equal((await undo(LARGE_PAIR, first.json['decision_no'])).status, 201)
  assert.equal((await sellable(db, [LARGE_PAIR]))[0]?.sellable, false)
  assert.deepEqual(await brokenPromises(db, [...supplyInvariants, ...campaignInvariants]), [])
})
