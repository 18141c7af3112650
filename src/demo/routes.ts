/**
 * What only the demo serves: sign-in links without a password, the built-in mailbox, and a shop's orders page with the banner on it.
 * All of it on loopback, and refused when the browser came by another host name (DNS rebinding).
 */
import { Hono, type MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { BUYER_COOKIE, signBuyerToken, type Auth } from '../platform/auth.ts'
import type { Database } from '../platform/db.ts'
import { buyerOf, problem, type AppEnv, type Routes } from '../platform/http.ts'
import { mailboxPage, messagePage, readMessage } from './mailbox-pages.ts'
import { homePage, ordersPage } from './pages.ts'
import { demoPeople, mailboxMessage, mailboxMessages, ordersOf } from './queries.ts'

export type DemoRoutes = { routes: Routes }

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])

export function demoRoutes(deps: {
  database: Database
  auth: Auth
  buyerSecret: string
  password: string
  campaignId: string
}): DemoRoutes {
  const routes = new Hono<AppEnv>()
  routes.use('/demo/*', onLoopbackOnly)
  const db = deps.database.db

  routes.get('/', async (c) => c.html(homePage(await demoPeople(db, deps.campaignId))))

  routes.get('/demo/sign-in/officer', () => signInStaff(deps, 'officer@demo.example', '/app/'))
  routes.get('/demo/sign-in/seller', () => signInStaff(deps, 'seller@demo.example', '/app/seller'))
  routes.get('/demo/sign-in/buyer', async (c) => {
    const people = await demoPeople(db, deps.campaignId)
    if (people.buyer === null)
      return problem(c, { code: 'not_found', message: 'The demo has no affected buyer yet. Let the first run finish.' })
    const token = await signBuyerToken(deps.buyerSecret, people.buyer.buyer_id)
    setCookie(c, BUYER_COOKIE, token, { httpOnly: true, sameSite: 'Lax', path: '/' })
    return c.redirect('/demo/orders', 303)
  })

  routes.get('/demo/mailbox', async (c) => {
    const search = c.req.query('q') ?? ''
    const before = Number(c.req.query('before') ?? '') || null
    return c.html(mailboxPage(await mailboxMessages(db, { search, before }), { search, before }))
  })
  routes.get('/demo/mailbox/:no', async (c) => {
    const stored = await mailboxMessage(db, Number(c.req.param('no')))
    if (stored === null) return problem(c, { code: 'not_found', message: 'There is no such message in the mailbox.' })
    return c.html(messagePage(await readMessage(stored)))
  })
  routes.get('/demo/mailbox/:no/html', async (c) => {
    const stored = await mailboxMessage(db, Number(c.req.param('no')))
    if (stored === null) return problem(c, { code: 'not_found', message: 'There is no such message in the mailbox.' })
    const message = await readMessage(stored)
    c.header(
      'content-security-policy',
      "sandbox allow-popups allow-top-navigation-by-user-activation; default-src 'none'; img-src https: data:; style-src 'unsafe-inline'",
    )
    return c.html(message.html)
  })

  routes.get('/demo/orders', async (c) => {
    const { buyerId } = buyerOf(c)
    return c.html(ordersPage({ orders: await ordersOf(db, buyerId), token: await signBuyerToken(deps.buyerSecret, buyerId) }))
  })
  return { routes }
}

const onLoopbackOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  const host = new URL(c.req.url).hostname
  if (!LOOPBACK_NAMES.has(host)) return problem(c, { code: 'forbidden', message: 'The demo answers on localhost only.' })
  return next()
}

async function signInStaff(deps: { auth: Auth; password: string }, email: string, next: string): Promise<Response> {
  const signedIn = await deps.auth.signIn(email, deps.password)
  const response = new Response(null, { status: 303, headers: { location: signedIn.ok ? next : '/sign-in' } })
  if (signedIn.ok) for (const cookie of signedIn.value.cookies) response.headers.append('set-cookie', cookie)
  return response
}
