/** What sellers said of a campaign's buyers, for officers: the lists, the rows, handing one in for a seller, revoking one. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { officerOf, problem, type AppContext, type AppEnv, type Routes } from '../../platform/http.ts'
import { answerOnce } from '../../platform/idempotency.ts'
import { snakeCase } from '../../platform/json.ts'
import { answerList, readListRequest, textFilter } from '../../platform/lists.ts'
import { ok } from '../../platform/result.ts'
import { limitedList, readListBody, recordedJson } from './body.ts'
import { endSellerList } from './end.ts'
import { contactRows, listRows, STANDINGS } from './queries-lists.ts'
import { recordSellerList } from './record.ts'
import { sellerContactShape, sellerListShape } from './shapes.ts'

const ContactParameters = {
  seller: textFilter,
  buyer: textFilter,
  standing: z.enum(STANDINGS, { error: `Use one of: ${STANDINGS.join(', ')}.` }).optional(),
}
const EndBody = z.strictObject({ reason: z.string().max(10_000) })

export function sellerListRoutes({ database, clock }: { database: Database; clock: Clock }): Routes {
  const { db } = database
  const routes = new Hono<AppEnv>()

  routes.get('/v1/campaigns/:campaignId/seller-lists', async (c) => {
    officerOf(c)
    const read = readListRequest(c, { seller: textFilter })
    if (!read.ok) return problem(c, read.problem)
    const asked = { campaignId: idIn(c, 'campaignId'), sellerId: read.value.filters.seller ?? null, at: clock() }
    return answerList(c, sellerListShape, read.value.page, (after, limit) => listRows(db, asked, after, limit))
  })

  routes.get('/v1/campaigns/:campaignId/seller-contacts', async (c) => {
    officerOf(c)
    const read = readListRequest(c, ContactParameters)
    if (!read.ok) return problem(c, read.problem)
    const { seller: sellerId, buyer: buyerId, standing } = read.value.filters
    const campaignId = idIn(c, 'campaignId')
    const filters = { sellerId, buyerId, standing, at: clock() }
    return answerList(c, sellerContactShape, read.value.page, (after, limit) => contactRows(db, campaignId, filters, after, limit))
  })

  routes.post('/v1/campaigns/:campaignId/sellers/:sellerId/seller-lists', limitedList, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const read = await readListBody(c)
    if (!read.ok) return problem(c, read.problem)
    const order = { campaignId: idIn(c, 'campaignId'), sellerId: idIn(c, 'sellerId'), actor, at: clock(), ...read.value }
    return answerOnce(c, database, { principal: actor, content: read.value, at: order.at }, async (tx) => {
      const done = await recordSellerList(tx, order)
      return done.ok ? ok({ status: 201, body: recordedJson(done.value) }) : done
    })
  })

  routes.post('/v1/campaigns/:campaignId/seller-lists/:listId/revoke', limitedList, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const read = EndBody.safeParse(await c.req.json().catch(() => null))
    if (!read.success) return problem(c, { code: 'invalid', message: 'Say why. It is kept with the list.', field: 'reason' })
    const order = { campaignId: idIn(c, 'campaignId'), listId: idIn(c, 'listId'), sellerId: null, orderIds: null, actor, at: clock() }
    return answerOnce(c, database, { principal: actor, content: read.data, at: order.at }, async (tx) => {
      const done = await endSellerList(tx, { ...order, reason: read.data.reason })
      return done.ok ? ok({ status: 200, body: snakeCase(done.value) }) : done
    })
  })
  return routes
}

/** PostgreSQL stores no NUL, so no id has one: with it taken away, nothing is found. */
function idIn(c: AppContext, name: string): string {
  return (c.req.param(name) ?? '').replaceAll('\0', '')
}
