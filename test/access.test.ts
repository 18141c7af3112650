/** Who may use which route: every entry of the table is tried by every kind of person, and every route is in the table. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { testDatabase } from './database.ts'
import { ACCESS, DEMO_ACCESS } from '../src/access.ts'
import { composeRoutes } from '../src/app.ts'
import { DEMO_SENDER } from '../src/platform/config.ts'
import { NO_WEBHOOKS } from '../src/platform/config-webhooks.ts'
import type { Auth } from '../src/platform/auth.ts'
import { openBodies } from '../src/feeds/index.ts'
import { createApiKey, revokeApiKey } from '../src/platform/api-keys.ts'
import { openFiles } from '../src/platform/files.ts'
import { routesOf, type Access, type Principals } from '../src/platform/http.ts'
import { openLetterShelf } from '../src/outreach/index.ts'
import { openLog } from '../src/platform/log.ts'

const database = await testDatabase()

const PEOPLE: Record<string, Principals> = {
  nobody: { staff: null, buyer: null },
  officer: { staff: { kind: 'officer', userId: 'u1', name: 'Dana' }, buyer: null },
  seller: { staff: { kind: 'seller', userId: 'u2', name: 'Soojimus', sellerId: 'seller-1' }, buyer: null },
  buyer: { staff: null, buyer: { kind: 'buyer', buyerId: 'buyer-1' } },
}

const auth: Auth = {
  principals: async (request) => PEOPLE[request.headers.get('x-person') ?? 'nobody']!,
  signIn: async () => ({ ok: false, problem: { code: 'unauthenticated', message: 'no' } }),
  signOut: async () => [],
  createAccount: async () => ({ ok: false, problem: { code: 'invalid', message: 'no' } }),
  userIdOf: async () => null,
  hasNoOfficer: async () => false,
  handler: async () => new Response(null, { status: 204 }),
  close: async () => {},
}

const app = composeRoutes(
  {
    database,
    auth,
    mail: { send: async () => ({ outcome: 'failed', answer: 'no mail here' }), close: () => {} },
    files: openFiles(tmpdir()),
    bodies: openBodies(tmpdir()),
    payments: { refund: async () => ({ outcome: 'unknown', answer: 'no payments here' }) },
    clock: () => new Date('2026-01-01T00:00:00Z'),
    log: openLog('silent'),
    linkKey: 'k',
    baseUrl: 'http://localhost',
    shopOrigins: [],
    sender: DEMO_SENDER,
    webhooks: NO_WEBHOOKS,
    shelf: openLetterShelf(tmpdir()),
    jobs: { enqueue: async () => {}, work: async () => {}, stop: async () => {} },
  },
  null,
)

async function statusFor(route: string, person: string): Promise<number> {
  const [method, path] = route.split(' ') as [string, string]
  const address = path.replaceAll(/:[A-Za-z]+/g, 'none').replace('*', 'x')
  const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json', 'x-person': person } }
  const response = await app.request(address, { method, headers: { 'x-person': person }, ...body })
  return response.status
}

test('the table names every route, and no route that is not there', () => {
  assert.deepEqual(routesOf(app).toSorted(), Object.keys(ACCESS).toSorted())
})

test('the demo’s doors are not served outside the demo', async () => {
  for (const route of Object.keys(DEMO_ACCESS)) assert.equal(await statusFor(route, 'nobody'), 404, route)
})

for (const [route, access] of Object.entries<Access>(ACCESS)) {
  test(`${route} is for ${access.who === 'everyone' ? 'everyone' : access.who.join(' and ')}`, async () => {
    for (const person of Object.keys(PEOPLE)) {
      const status = await statusFor(route, person)
      const may = access.who === 'everyone' || access.who.includes(person as 'officer')
      if (may) assert.ok(status !== 401 && status !== 403 && status < 500, `${person} may, and got ${status}`)
      else assert.equal(status, person === 'nobody' ? 401 : 403, `${person} may not`)
    }
  })
}

test('what a person does not own, they do not see: a route says everything, own or link, and officers alone see everything that is not public', () => {
  for (const [route, access] of Object.entries<Access>(ACCESS)) {
    if (access.who === 'everyone') continue
    const wide = access.sees === 'everything' && access.who.some((role) => role !== 'officer')
    assert.equal(wide, false, `${route} shows everything to someone who is no officer`)
  }
})

test('a machine of the marketplace comes in with its key, to its own routes only, and not after the key was revoked', async () => {
  const at = new Date('2026-01-01T00:00:00Z')
  const made = await createApiKey(database.db, { name: 'catalogue', scopes: ['listings:write'], actor: 'cli', at })
  assert.ok(made.ok)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${made.value.key}` }
  const told = { method: 'PUT', headers, body: JSON.stringify({ seller_id: 'S-1', title: 'Bamboo bowl', currency: 'USD' }) }
  const answer = await app.request('/v1/listings/L-1', told)
  assert.equal(answer.status, 200)
  assert.equal(((await answer.json()) as { sellable: boolean }).sellable, true)
  assert.equal((await app.request('/v1/review', { headers })).status, 403)
  assert.ok((await revokeApiKey(database.db, { keyId: made.value.keyId, reason: 'Retired.', actor: 'cli', at })).ok)
  assert.equal((await app.request('/v1/listings/L-1', told)).status, 401)
})
