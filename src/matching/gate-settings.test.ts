import { test } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../../test/database.ts'
import { transaction } from '../platform/db.ts'
import { setGate } from './gate-settings.ts'
import { gateSettings } from './queries-gates.ts'

const database = await testDatabase()
const set = (severity: string, waits: boolean, reason: string) =>
  transaction(database, (tx) => setGate(tx, { severity, waits, actor: 'cli', at: new Date('2026-11-23T09:00:00Z'), reason }))

test('a severity that is not there and a setting without a reason are refused', async () => {
  const [unknown, silent] = [await set('extreme', true, 'Why not.'), await set('low', true, ' ')]
  assert.deepEqual([!unknown.ok && unknown.problem.field, !silent.ok && silent.problem.field], ['severity', 'reason'])
})

test('serious and high wait until somebody says otherwise; saying it again is no new setting', async () => {
  const holds = async () => Object.fromEntries((await gateSettings(database.db)).map((each) => [each.severity, each.waits]))
  assert.deepEqual(await holds(), { serious: true, high: true, medium: false, low: false })
  assert.deepEqual(await set('medium', true, 'After the fires.'), { ok: true, value: { changed: true } })
  assert.deepEqual(await set('medium', true, 'Once more.'), { ok: true, value: { changed: false } })
  assert.deepEqual(await holds(), { serious: true, high: true, medium: true, low: false })
  const { rows } = await database.pool.query(
    'select setting_no, waits, reason from matching.gate_settings where severity = $1 order by 1',
    ['medium'],
  )
  assert.deepEqual(rows.at(-1), { setting_no: 2, waits: true, reason: 'After the fires.' })
  const audited = await database.pool.query(`select subject from platform.audit_log where action = 'matching.gate_set'`)
  assert.deepEqual(audited.rows, [{ subject: 'gate:medium' }])
})
