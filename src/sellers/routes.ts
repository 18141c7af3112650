/** The seller centre's routes. The seller is the one signed in, never one named in the address. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import { problem, sellerOf, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { answerList, readListRequest, textFilter } from '../platform/lists.ts'
import { gatesPage, sellerSummary, stopsPage } from './queries.ts'
import { gateShape, stopOf, stopShape } from './stops.ts'

const StopParameters = {
  in_force: z.enum(['true', 'false'], { error: 'Use one of: true, false.' }).optional(),
  campaign: textFilter,
}

export function sellerRoutes({ database: { db } }: { database: Database }): Routes {
  const app = new Hono<AppEnv>()

  app.get('/v1/seller/summary', async (c) => {
    const { sellerId } = sellerOf(c)
    const summary = await sellerSummary(db, sellerId)
    if (summary === null) return problem(c, { code: 'not_found', message: 'The marketplace has not told us of this seller yet.' })
    return c.json(summary)
  })

  app.get('/v1/seller/stops', async (c) => {
    const { sellerId } = sellerOf(c)
    const read = readListRequest(c, StopParameters)
    if (!read.ok) return problem(c, read.problem)
    const { in_force: inForce, campaign: campaignId } = read.value.filters
    const filters = { campaignId, inForce: inForce === undefined ? undefined : inForce === 'true' }
    return answerList(c, stopShape, read.value.page, (after, limit) => stopsPage(db, sellerId, filters, after, limit))
  })

  app.get('/v1/seller/gates', async (c) => {
    const { sellerId } = sellerOf(c)
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    return answerList(c, gateShape, read.value.page, (after, limit) => gatesPage(db, sellerId, after, limit))
  })

  app.get('/v1/seller/stops/:listingId', async (c) => {
    const { sellerId } = sellerOf(c)
    const listingId = c.req.param('listingId')
    const campaign = textFilter.safeParse(c.req.query('campaign'))
    // PostgreSQL stores no NUL, so no id has one.
    const found = listingId.includes('\0') || !campaign.success ? null : await stopOf(db, sellerId, listingId, campaign.data)
    return found === null ? noStop(c) : c.json(found)
  })

  return app
}

function noStop(c: AppContext): Response | Promise<Response> {
  return problem(c, { code: 'not_found', message: 'None of your listings with this id is or was stopped.' })
}
