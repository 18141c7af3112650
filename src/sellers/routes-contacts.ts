/** Who tells the seller's buyers: the seller's orders in a campaign, and the lists by which the seller says whom they told or are about to tell. */
import { Hono } from 'hono'
import { z } from 'zod'
import {
  endSellerList,
  hoursFor,
  limitedList,
  listRows,
  NO_CAMPAIGN,
  readListBody,
  recordedJson,
  recordSellerList,
} from '../outreach/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { problem, sellerOf, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import { snakeCase } from '../platform/json.ts'
import { answerList, readListRequest, textFilter } from '../platform/lists.ts'
import { ok } from '../platform/result.ts'
import { orderShape, ownListShape, toldItem } from './contacts.ts'
import { campaignTold, ORDER_STATES, orderRows } from './queries-contacts.ts'

const OrderParameters = {
  state: z.enum(ORDER_STATES, { error: `Use one of: ${ORDER_STATES.join(', ')}.` }).optional(),
  q: textFilter,
}
const WithdrawBody = z.strictObject({
  reason: z.string().max(10_000).default(''),
  order_ids: z.array(z.string().max(200)).min(1).max(10_000).optional(),
})

export function sellerContactRoutes({ database, clock }: { database: Database; clock: Clock }): Routes {
  const { db } = database
  const app = new Hono<AppEnv>()

  app.get('/v1/seller/campaigns/:campaignId', async (c) => {
    const { sellerId } = sellerOf(c)
    const campaignId = campaignIn(c)
    const told = await campaignTold(db, { campaignId, sellerId, at: clock() })
    return told === null ? nothingHere(c) : c.json(toldItem(told, await hoursFor(db, campaignId)))
  })

  app.get('/v1/seller/campaigns/:campaignId/orders', async (c) => {
    const { sellerId } = sellerOf(c)
    const read = readListRequest(c, OrderParameters)
    if (!read.ok) return problem(c, read.problem)
    const { state, q } = read.value.filters
    const asked = { campaignId: campaignIn(c), sellerId, state, q, at: clock() }
    return answerList(c, orderShape, read.value.page, (after, limit) => orderRows(db, asked, after, limit))
  })

  app.get('/v1/seller/campaigns/:campaignId/contact-lists', async (c) => {
    const { sellerId } = sellerOf(c)
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    const asked = { campaignId: campaignIn(c), sellerId, at: clock() }
    return answerList(c, ownListShape, read.value.page, (after, limit) => listRows(db, asked, after, limit))
  })

  app.post('/v1/seller/campaigns/:campaignId/contact-lists', limitedList, async (c) => {
    const { sellerId } = sellerOf(c)
    const read = await readListBody(c)
    if (!read.ok) return problem(c, read.problem)
    const actor = `seller:${sellerId}`
    const order = { campaignId: campaignIn(c), sellerId, actor, at: clock(), ...read.value }
    return answerOnce(c, database, { principal: actor, content: read.value, at: order.at }, async (tx) => {
      const done = await recordSellerList(tx, order)
      return done.ok ? ok({ status: 201, body: recordedJson(done.value) }) : done
    })
  })

  app.post('/v1/seller/campaigns/:campaignId/contact-lists/:listId/withdraw', limitedList, async (c) => {
    const { sellerId } = sellerOf(c)
    const body = WithdrawBody.safeParse(await c.req.json().catch(() => null))
    if (!body.success) return problem(c, { code: 'invalid', message: 'Say why you take it back.', field: 'reason' })
    const actor = `seller:${sellerId}`
    const { reason, order_ids: orderIds = null } = body.data
    const order = { campaignId: campaignIn(c), listId: c.req.param('listId'), sellerId, orderIds, actor, reason, at: clock() }
    return answerOnce(c, database, { principal: actor, content: body.data, at: order.at }, async (tx) => {
      const done = await endSellerList(tx, order)
      return done.ok ? ok({ status: 200, body: snakeCase(done.value) }) : done
    })
  })
  return app
}

/** PostgreSQL stores no NUL, so no campaign has one in its id: with it taken away, nothing is found. */
function campaignIn(c: AppContext): string {
  return (c.req.param('campaignId') ?? '').replaceAll('\0', '')
}

function nothingHere(c: AppContext): Response | Promise<Response> {
  return problem(c, { code: 'not_found', message: NO_CAMPAIGN })
}
