/** HTTP: who is asking, whether they may, and how refusals and problems are said. Rooms add routes; the table of access is the app's. */
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { matchedRoutes } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { problemPage } from './page.ts'
import type { Log } from './log.ts'
import type { Problem, ProblemCode } from './result.ts'

export type Officer = { kind: 'officer'; userId: string; name: string }
export type SellerUser = { kind: 'seller'; userId: string; name: string; sellerId: string }
export type BuyerPerson = { kind: 'buyer'; buyerId: string }

/** One of the marketplace's own machines, known by its key. */
export type Machine = { kind: 'marketplace'; keyId: string; name: string; scopes: readonly string[] }

/** Who a request speaks for. A browser may hold a staff sign-in and a buyer's at once; a machine brings a key. */
export type Principals = { staff: Officer | SellerUser | null; buyer: BuyerPerson | null; machine?: Machine | null }

export type AppEnv = { Variables: { principals: Principals } }
export type Routes = Hono<AppEnv>
export type AppContext = Context<AppEnv>

export type Role = 'officer' | 'seller' | 'buyer' | 'marketplace'

/**
 * Who may use a route and what they see by it: `everything`, only their `own` rows (a seller's listings, a buyer's notices),
 * or what a signed `link` names.
 */
export type Access = { who: 'everyone' | readonly Role[]; sees: 'everything' | 'own' | 'link' }

/** Every route of the app, `METHOD /path` as registered. A route that is not in it is refused at start. */
export type AccessTable = Readonly<Record<string, Access>>

/** The app around the rooms' routes: principal, access, CSRF, headers, problems. Throws at start where route and table disagree. */
export function buildApp(options: {
  access: AccessTable
  principals: (request: Request) => Promise<Principals>
  routes: readonly Routes[]
  log: Log
}): Routes {
  const app = new Hono<AppEnv>()
  app.use(secureHeaders({ contentSecurityPolicy: POLICY, referrerPolicy: 'same-origin', crossOriginResourcePolicy: false }))
  app.use(csrf())
  app.use(async (c, next) => {
    c.set('principals', await options.principals(c.req.raw))
    await next()
  })
  app.use(guard(options.access))
  for (const routes of options.routes) app.route('/', routes)
  app.notFound((c) => problem(c, { code: 'not_found', message: 'There is nothing at this address.' }))
  app.onError((error, c) => {
    // Middleware refuses by throwing: a form that another site sent, a body that is too large.
    if (error instanceof HTTPException) return problem(c, { code: codeOf(error.status), message: REFUSED }, error.status)
    options.log.error({ error: error.message, stack: error.stack, method: c.req.method, route: routeOf(c) ?? 'none' }, 'request failed')
    return problem(c, { code: 'unavailable', message: 'Something broke on our side. Nothing you sent was lost. Please try again.' }, 500)
  })
  assertCovered(app, options.access)
  return app
}

const REFUSED = 'This request was refused: it did not come from one of our own pages. Open the page again and try once more.'

function codeOf(status: number): ProblemCode {
  return (Object.keys(STATUS) as ProblemCode[]).find((code) => STATUS[code] === status) ?? 'invalid'
}

/** Recall photographs are shown from the agency that published them, and from nowhere else. */
export const PHOTOGRAPH_SOURCES = [
  'https://www.cpsc.gov',
  'https://www.fda.gov',
  'https://www.fsis.usda.gov',
  'https://recalls-rappels.canada.ca',
  'https://ec.europa.eu',
  'https://assets.publishing.service.gov.uk',
  'https://www.productsafety.gov.au',
]

const POLICY = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:', ...PHOTOGRAPH_SOURCES],
  styleSrc: ["'self'", "'unsafe-inline'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["'self'"],
}

/** Registered routes, `METHOD /path`, without middleware. */
export function routesOf(app: Routes): string[] {
  return [...new Set(app.routes.filter((route) => route.method !== 'ALL').map((route) => `${route.method} ${route.path}`))]
}

function assertCovered(app: Routes, access: AccessTable): void {
  const registered = new Set(routesOf(app))
  const missing = [...registered].filter((route) => access[route] === undefined)
  const stale = Object.keys(access).filter((route) => !registered.has(route))
  if (missing.length > 0 || stale.length > 0) {
    throw new Error(
      `The access table and the routes disagree. Not in the table: ${missing.join(', ') || 'none'}. In no room: ${stale.join(', ') || 'none'}.`,
    )
  }
}

function routeOf(c: AppContext): string | undefined {
  const matched = matchedRoutes(c).findLast((route) => route.method !== 'ALL')
  return matched === undefined ? undefined : `${matched.method} ${matched.path}`
}

function guard(table: AccessTable): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const route = routeOf(c)
    if (route === undefined) return next()
    const access = table[route]
    if (access === undefined) return problem(c, { code: 'not_found', message: 'There is nothing at this address.' })
    if (access.who === 'everyone') return next()
    const { staff, buyer, machine = null } = c.get('principals')
    if (staff !== null && access.who.includes(staff.kind)) return next()
    if (buyer !== null && access.who.includes('buyer')) return next()
    if (machine !== null && access.who.includes('marketplace')) return next()
    if (staff === null && buyer === null && machine === null) return unauthenticated(c, access.who)
    return problem(c, {
      code: 'forbidden',
      message: `This is for ${access.who.map(roleName).join(' or ')}. You are signed in as someone else.`,
    })
  }
}

function roleName(role: Role): string {
  return { officer: 'safety officers', seller: 'sellers', buyer: 'buyers', marketplace: 'the marketplace’s machines' }[role]
}

function unauthenticated(c: AppContext, who: readonly Role[]): Response | Promise<Response> {
  if (who.includes('marketplace')) {
    c.header('www-authenticate', 'Bearer')
    return problem(c, { code: 'unauthenticated', message: 'Send a key that is valid: Authorization: Bearer tocsin_…' })
  }
  if (wantsPage(c) && c.req.method === 'GET') return c.redirect(`/sign-in?next=${encodeURIComponent(new URL(c.req.url).pathname)}`, 303)
  return problem(c, { code: 'unauthenticated', message: 'Please sign in first.' })
}

/** The officer of a route whose access is officers only. */
export function officerOf(c: AppContext): Officer {
  const staff = c.get('principals').staff
  if (staff?.kind !== 'officer') throw new Error('This route is not guarded for officers.')
  return staff
}

/** The machine of a route whose access is the marketplace's machines only; null where its key has not this scope. */
export function machineWith(c: AppContext, scope: string): Machine | null {
  const machine = c.get('principals').machine ?? null
  if (machine === null) throw new Error('This route is not guarded for machines.')
  return machine.scopes.includes(scope) ? machine : null
}

/** The seller of a route whose access is sellers only. */
export function sellerOf(c: AppContext): SellerUser {
  const staff = c.get('principals').staff
  if (staff?.kind !== 'seller') throw new Error('This route is not guarded for sellers.')
  return staff
}

/** The buyer of a route whose access is buyers only. */
export function buyerOf(c: AppContext): BuyerPerson {
  const buyer = c.get('principals').buyer
  if (buyer === null) throw new Error('This route is not guarded for buyers.')
  return buyer
}

const STATUS: Record<ProblemCode, ContentfulStatusCode> = {
  invalid: 422,
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  unauthenticated: 401,
  too_large: 413,
  unavailable: 503,
}

/** A problem as RFC 9457 problem details, or as a page for a browser. */
export function problem(c: AppContext, found: Problem, status: ContentfulStatusCode = STATUS[found.code]): Response | Promise<Response> {
  if (wantsPage(c)) return c.html(problemPage(found, status), status)
  const body = {
    type: `urn:tocsin:problem:${found.code}`,
    title: found.message,
    status,
    ...(found.field === undefined ? {} : { field: found.field }),
  }
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' })
}

function wantsPage(c: AppContext): boolean {
  return !c.req.path.startsWith('/v1/') && (c.req.header('accept') ?? '').includes('text/html')
}
