import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Hono } from 'hono'
import { testDatabase } from '../../test/database.ts'
import { apiKeys, createApiKey, machineOf, revokeApiKey } from './api-keys.ts'
import { buildApp, machineWith, type AppEnv } from './http.ts'
import { openLog } from './log.ts'

const { db, pool } = await testDatabase()
const at = new Date('2026-11-23T09:00:00Z')
const by = { actor: 'cli', at }

test('a key without a name, without a scope, or with one that is not there is refused', async () => {
  for (const [wanted, field] of [
    [{ name: ' ', scopes: ['listings:write'] }, 'name'],
    [{ name: 'x'.repeat(101), scopes: ['listings:write'] }, 'name'],
    [{ name: 'catalogue', scopes: [] }, 'scope'],
    [{ name: 'catalogue', scopes: ['everything'] }, 'scope'],
  ] as const) {
    const made = await createApiKey(db, { ...wanted, ...by })
    assert.ok(!made.ok && made.problem.field === field, JSON.stringify(wanted))
  }
  assert.deepEqual(await apiKeys(db), [])
})

test('a key opens what it is for until it is revoked; a wrong one, a cut one and its hash open nothing', async () => {
  const made = await createApiKey(db, { name: 'catalogue', scopes: ['listings:write'], ...by })
  assert.ok(made.ok)
  const { keyId, key } = made.value
  assert.deepEqual(await machineOf(db, `Bearer ${key}`), { kind: 'marketplace', keyId, name: 'catalogue', scopes: ['listings:write'] })
  const { rows } = await pool.query<{ row: string }>('select k::text as row from platform.api_keys k')
  assert.ok(!rows[0]!.row.includes(key.slice(20)), 'the secret is not in the database')
  for (const wrong of [
    undefined,
    '',
    'Bearer',
    `Bearer ${key.slice(0, -1)}`,
    `Bearer ${key.slice(0, -2)}xx`,
    `Basic ${key}`,
    `Bearer ${key} `,
    "Bearer tocsin_' or 1=1",
  ])
    assert.equal(await machineOf(db, wrong), null, String(wrong))
  assert.ok(!(await revokeApiKey(db, { keyId, reason: '', ...by })).ok)
  assert.ok(!(await revokeApiKey(db, { keyId: 'nobody', reason: 'Gone.', ...by })).ok)
  for (let times = 0; times < 2; times++) assert.ok((await revokeApiKey(db, { keyId, reason: 'The machine was retired.', ...by })).ok)
  assert.equal(await machineOf(db, `Bearer ${key}`), null)
  const audited = await pool.query<{ action: string }>('select action from platform.audit_log order by seq')
  assert.deepEqual(audited.rows.map((row) => row.action), ['platform.api_key_created', 'platform.api_key_revoked']) // prettier-ignore
})

test('a machine comes in where machines may, and nowhere else', async () => {
  const made = await createApiKey(db, { name: 'catalogue', scopes: ['listings:write'], ...by })
  assert.ok(made.ok)
  const routes = new Hono<AppEnv>()
    .put('/v1/thing', (c) => c.json({ may: machineWith(c, 'listings:write')?.name ?? null, mayNot: machineWith(c, 'other') }))
    .get('/v1/desk', (c) => c.json({}))
  const app = buildApp({
    access: { 'PUT /v1/thing': { who: ['marketplace'], sees: 'own' }, 'GET /v1/desk': { who: ['officer'], sees: 'everything' } },
    principals: async (request) => ({
      staff: null,
      buyer: null,
      machine: await machineOf(db, request.headers.get('authorization') ?? undefined),
    }),
    routes: [routes],
    log: openLog('silent'),
  })
  const json = { 'content-type': 'application/json' }
  const headers = { ...json, authorization: `Bearer ${made.value.key}` }
  const refused = await app.request('/v1/thing', { method: 'PUT', headers: json })
  assert.deepEqual([refused.status, refused.headers.get('www-authenticate')], [401, 'Bearer'])
  assert.equal((await app.request('/v1/desk', { headers })).status, 403)
  assert.deepEqual(await (await app.request('/v1/thing', { method: 'PUT', headers })).json(), { may: 'catalogue', mayNot: null })
})
