/** `GET /v1/sellable`: the question a shop asks before every sale. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import { problem, type AppEnv, type Routes } from '../platform/http.ts'
import { sellable, type Sellable } from './sellable.ts'

/** A cart or a search page asks in one go; more than this is a job for several questions. */
const LISTINGS_MAX = 500

const Query = z
  .array(z.string().min(1).max(200), { error: 'listing is missing: ask /v1/sellable?listing=ID' })
  .min(1, 'listing is missing: ask /v1/sellable?listing=ID')
  .max(LISTINGS_MAX, `Ask about at most ${LISTINGS_MAX} listings at once.`)

export function supplyRoutes({ database }: { database: Database }): Routes {
  const app = new Hono<AppEnv>()

  app.get('/v1/sellable', async (c) => {
    const asked = Query.safeParse(c.req.queries('listing'))
    if (!asked.success) return problem(c, { code: 'invalid', message: asked.error.issues[0]!.message, field: 'listing' })
    const items = (await sellable(database.db, asked.data)).map(present)
    const [only, ...others] = items
    c.header('cache-control', 'no-store')
    return c.json(only !== undefined && others.length === 0 ? { ...only, items } : { items })
  })

  return app
}

/** `unknown` stands where we have never heard of the listing. */
function present(answer: Sellable): Record<string, unknown> {
  return {
    listing_id: answer.listingId,
    sellable: answer.sellable,
    ...(answer.sellable === null ? { unknown: true } : {}),
    stops: answer.stops.map((stop) => ({ campaign_id: stop.campaignId, since: stop.since.toISOString(), reason: stop.reason })),
    gates: answer.gates.map(({ gate, recallId, since, reason }) => ({ gate, recall_id: recallId, since: since.toISOString(), reason })),
  }
}
