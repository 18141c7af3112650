/** The banner over HTTP: the script that every shop may embed, and what one buyer is shown, for the origins of the shop. */
import { Hono } from 'hono'
import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Database } from '../platform/db.ts'
import { buyerOf, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { sha256 } from '../platform/ids.ts'
import { bannerLanguage } from './banner-words.ts'
import { bannerFragment, openBanner } from './banner.ts'

const SCRIPT = path.join(import.meta.dirname, 'banner-element.js')
// A day from the browser's own copy, and a week in which an old one is used while the new one is fetched: a shop's page never waits for us.
const SCRIPT_CACHING = 'public, max-age=86400, stale-while-revalidate=604800'
/** Seconds for which a browser remembers that a shop's page may ask. Browsers cut it to two hours or less. */
const PREFLIGHT_SECONDS = 86_400

/** `shopOrigins` are the origins whose pages may ask in their buyers' browsers. */
export function bannerRoutes(deps: { database: Database; linkKey: string; baseUrl: string; shopOrigins: readonly string[] }): Routes {
  const routes = new Hono<AppEnv>()
  const bannerOf = openBanner(deps)
  const script = readFileSync(SCRIPT)
  const packed = gzipSync(script, { level: 9 })
  const etag = `"${sha256(script).toString('base64url').slice(0, 22)}"`

  routes.get('/banner.js', (c) => {
    c.header('etag', etag)
    c.header('cache-control', SCRIPT_CACHING)
    c.header('vary', 'accept-encoding')
    // The same for everyone, so any page may check its integrity.
    c.header('access-control-allow-origin', '*')
    const known = (c.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
    if (known.includes(etag) || known.includes('*')) return c.body(null, 304)
    c.header('content-type', 'text/javascript; charset=utf-8')
    if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(new Uint8Array(script))
    c.header('content-encoding', 'gzip')
    return c.body(new Uint8Array(packed))
  })

  routes.options('/v1/banner', (c) => {
    allowShop(c, deps.shopOrigins)
    c.header('access-control-allow-methods', 'GET')
    c.header('access-control-allow-headers', 'authorization')
    c.header('access-control-max-age', String(PREFLIGHT_SECONDS))
    return c.body(null, 204)
  })

  routes.get('/v1/banner', async (c) => {
    const { buyerId } = buyerOf(c)
    allowShop(c, deps.shopOrigins)
    c.header('cache-control', 'private, no-store')
    const banner = await bannerOf(buyerId, bannerLanguage(c.req.query('lang'), c.req.header('accept-language')))
    return c.req.query('format') === 'html' ? c.html(bannerFragment(banner)) : c.json(banner)
  })
  return routes
}

/** Says that the page that asks may read the answer, where it is one of the shop's. Never `*`, and never with cookies. */
function allowShop(c: AppContext, shopOrigins: readonly string[]): void {
  c.header('vary', 'origin')
  const origin = c.req.header('origin')
  if (origin !== undefined && shopOrigins.includes(origin)) c.header('access-control-allow-origin', origin)
}
