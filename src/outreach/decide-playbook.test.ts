import { test } from 'node:test'
import assert from 'node:assert/strict'
import { transaction } from '../platform/db.ts'
import { testDatabase } from '../../test/database.ts'
import { CUPKIN_ID } from '../../test/world.ts'
import { decidePlaybook, DEFAULT_PLAYBOOK, selectPlaybook } from './index.ts'

const database = await testDatabase()
const AT = new Date('2026-03-02T09:00:00Z')

function decide(campaignId: string | null, playbook: unknown, reason = 'most have the app') {
  return transaction(database, (tx) => decidePlaybook(tx, { campaignId, playbook, actor: 'officer:u1', reason, at: AT }))
}

test('a playbook without a reason, with a channel that does not exist or days that are no days is refused and named', async () => {
  for (const [playbook, reason, field] of [
    [DEFAULT_PLAYBOOK, ' ', 'reason'],
    [{ ...DEFAULT_PLAYBOOK, channels: ['telex'] }, 'x', 'channels'],
    [{ ...DEFAULT_PLAYBOOK, reminderDays: [Number.NaN] }, 'x', 'reminderDays'],
    [{ ...DEFAULT_PLAYBOOK, offeredDays: 0.5 }, 'x', 'offeredDays'],
  ] as const) {
    const decided = await decide(null, playbook, reason)
    assert.equal(decided.ok ? '' : decided.problem.field, field)
  }
  assert.deepEqual(await selectPlaybook(database.db, CUPKIN_ID), DEFAULT_PLAYBOOK)
})

test('a campaign’s own playbook holds before the installation’s, and the last one before earlier ones, which stay', async () => {
  const [everywhere, first, second] = [5, 6, 7].map((offeredDays) => ({ ...DEFAULT_PLAYBOOK, offeredDays }))
  await decide(null, everywhere)
  assert.deepEqual(await selectPlaybook(database.db, CUPKIN_ID), everywhere)
  await decide(CUPKIN_ID, first)
  await decide(CUPKIN_ID, second)
  assert.deepEqual(await selectPlaybook(database.db, CUPKIN_ID), second)
  assert.deepEqual(await selectPlaybook(database.db, 'CPSC-1'), everywhere)
  const { rows } = await database.pool.query('select playbook_no, decided_by, reason from outreach.playbooks where campaign_id = $1', [
    CUPKIN_ID,
  ])
  assert.deepEqual(rows.map((row) => row.playbook_no), [1, 2]) // prettier-ignore
  const log = await database.pool.query(`select count(*)::int as n from platform.audit_log where action = 'outreach.playbook-decided'`)
  assert.equal(log.rows[0].n, 3)
})
