/** Signing in with a real account: wrong passwords, too many of them, somebody else's site, and the way back. */
import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from './database.ts'
import { openAuth } from '../src/platform/auth.ts'
import { buildApp } from '../src/platform/http.ts'
import { openLog } from '../src/platform/log.ts'
import { signInRoutes } from '../src/platform/sign-in.ts'

const database = await testDatabase()
const base = 'http://localhost:3000'
const auth = openAuth({
  databaseUrl: database.url,
  secret: 's'.repeat(40),
  buyerSecret: 'b'.repeat(40),
  baseUrl: base,
  secureCookies: false,
})
after(() => auth.close())
let now = new Date('2026-01-01T00:00:00Z')
const everyone = { who: 'everyone', sees: 'own' } as const
const app = buildApp({
  access: {
    'GET /sign-in': everyone,
    'POST /sign-in': everyone,
    'POST /sign-out': everyone,
    'GET /v1/me': everyone,
    'GET /api/auth/*': everyone,
    'POST /api/auth/*': everyone,
  },
  principals: (request) => auth.principals(request),
  routes: [signInRoutes({ auth, clock: () => now, firstOfficerHint: 'Create one.' })],
  log: openLog('silent'),
})

async function signIn(email: string, password: string, options: { next?: string; origin?: string } = {}): Promise<Response> {
  const body = new URLSearchParams({ email, password, ...(options.next === undefined ? {} : { next: options.next }) })
  return app.request(`${base}/sign-in`, { method: 'POST', body, headers: { origin: options.origin ?? base } })
}

async function me(response: Response): Promise<unknown> {
  const cookie = response.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
  return (await app.request(`${base}/v1/me`, { headers: { cookie } })).json()
}

test('while there is no officer the page says how to create one', async () => {
  assert.match(await (await app.request(`${base}/sign-in`)).text(), /Create one\./)
  const made = await auth.createAccount({ email: 'Dana@market.example', name: 'Dana', role: 'officer' }, 'correct horse battery')
  assert.ok(made.ok)
  assert.doesNotMatch(await (await app.request(`${base}/sign-in`)).text(), /Create one\./)
})

test('a wrong password and an unknown address get the same answer and no session', async () => {
  for (const email of ['dana@market.example', 'nobody@market.example']) {
    const answer = await signIn(email, 'wrong wrong wrong')
    assert.equal(answer.status, 401)
    assert.deepEqual(await me(answer), { staff: null })
  }
})

test('a form of another site is refused', async () => {
  assert.equal((await signIn('dana@market.example', 'correct horse battery', { origin: 'https://evil.example' })).status, 403)
})

test('better-auth’s own door for passwords, which counts nothing, is shut', async () => {
  const body = JSON.stringify({ email: 'dana@market.example', password: 'correct horse battery' })
  const answer = await app.request(`${base}/api/auth/sign-in/email`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', origin: base },
  })
  assert.equal(answer.status, 404)
})

test('the right password opens a session and goes on within this site only', async () => {
  const answer = await signIn('dana@market.example', 'correct horse battery', { next: '/app/recalls' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/app/recalls'])
  const { staff } = (await me(answer)) as { staff: { kind: string; name: string } }
  assert.deepEqual([staff.kind, staff.name], ['officer', 'Dana'])
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example']) {
    assert.equal((await signIn('dana@market.example', 'correct horse battery', { next })).headers.get('location'), '/app/', next)
  }
})

test('after ten wrong passwords even the right one has to wait, and only for that address', async () => {
  for (let n = 0; n < 10; n++) assert.equal((await signIn('dana@market.example', 'wrong wrong wrong')).status, 401)
  assert.equal((await signIn('DANA@market.example', 'correct horse battery')).status, 429)
  assert.equal((await signIn('ben@market.example', 'wrong wrong wrong')).status, 401)
  now = new Date('2026-01-01T00:16:00Z')
  assert.equal((await signIn('dana@market.example', 'correct horse battery')).status, 303)
})
