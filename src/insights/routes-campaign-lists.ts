/** The lists of one campaign: the rows behind its figures. */
import { Hono } from 'hono'
import type { z } from 'zod'
import type { Db } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { officerOf, problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { answerList, readListRequest, type PageRequest } from '../platform/lists.ts'
import { BuyerParameters, CaseParameters, DeliveryParameters, LineParameters, RefundParameters } from './parameters.ts'
import { buyerRows, deliveryRows } from './queries-buyer-rows.ts'
import { campaignExists } from './queries-figures.ts'
import { caseRows, lineRows, outOfScopeRows, refundRows } from './queries-line-rows.ts'
import { interceptionRows, listingRows, stockRows } from './queries-supply-rows.ts'
import {
  buyerShape,
  caseShape,
  deliveryShape,
  interceptionShape,
  lineShape,
  listingShape,
  outOfScopeShape,
  refundShape,
  stockShape,
} from './shapes.ts'

export function campaignListRoutes(db: Db): Routes {
  const app = new Hono<AppEnv>()

  app.get('/v1/campaigns/:campaignId/listings', async (c) => {
    const asked = await readCampaignList(db, c, {})
    if (!asked.ok) return problem(c, asked.problem)
    const { id, page } = asked.value
    return answerList(c, listingShape, page, (after, limit) => listingRows(db, id, after, limit))
  })

  app.get('/v1/campaigns/:campaignId/stock', async (c) => {
    const asked = await readCampaignList(db, c, {})
    if (!asked.ok) return problem(c, asked.problem)
    const { id, page } = asked.value
    return answerList(c, stockShape, page, (after, limit) => stockRows(db, id, after, limit))
  })

  app.get('/v1/campaigns/:campaignId/interceptions', async (c) => {
    const asked = await readCampaignList(db, c, {})
    if (!asked.ok) return problem(c, asked.problem)
    const { id, page } = asked.value
    return answerList(c, interceptionShape, page, (after, limit) => interceptionRows(db, id, after, limit))
  })

  app.get('/v1/campaigns/:campaignId/lines', async (c) => {
    const asked = await readCampaignList(db, c, LineParameters)
    if (!asked.ok) return problem(c, asked.problem)
    const { id, page, filters } = asked.value
    const { answer, remedy_state: remedyState, buyer: buyerId } = filters
    if (answer === 'out_of_scope') {
      // Such lines have no remedy, and all of them are of stopped listings: another filter would answer with rows it does not describe.
      const other = (['remedy_state', 'stopped', 'buyer'] as const).find((name) => filters[name] !== undefined)
      if (other !== undefined)
        return problem(c, { code: 'invalid', message: `Lines out of scope cannot be filtered by ${other}.`, field: other })
      return answerList(c, outOfScopeShape, page, (after, limit) => outOfScopeRows(db, id, after, limit))
    }
    const stopped = filters.stopped === undefined ? undefined : filters.stopped === 'true'
    return answerList(c, lineShape, page, (after, limit) => lineRows(db, id, { answer, remedyState, stopped, buyerId }, after, limit))
  })

  app.get('/v1/campaigns/:campaignId/buyers', async (c) => {
    const asked = await readCampaignList(db, c, BuyerParameters)
    if (!asked.ok) return problem(c, asked.problem)
    const { id, page, filters } = asked.value
    const chosen = { ...filters, acknowledgedOn: filters.acknowledged_on }
    return answerList(c, buyerShape, page, (after, limit) => buyerRows(db, id, chosen, after, limit))
  })

  app.get('/v1/campaigns/:campaignId/deliveries', async (c) => {
    const asked = await readCampaignList(db, c, DeliveryParameters)
    if (!asked.ok) return problem(c, asked.problem)
    const { id, page, filters } = asked.value
    const chosen = { ...filters, buyerId: filters.buyer }
    return answerList(c, deliveryShape, page, (after, limit) => deliveryRows(db, id, chosen, after, limit))
  })

  app.get('/v1/campaigns/:campaignId/cases', async (c) => {
    const asked = await readCampaignList(db, c, CaseParameters)
    if (!asked.ok) return problem(c, asked.problem)
    const { id, page, filters } = asked.value
    const chosen = { state: filters.state, openedOn: filters.opened_on, refundedOn: filters.refunded_on }
    return answerList(c, caseShape, page, (after, limit) => caseRows(db, id, chosen, after, limit))
  })

  app.get('/v1/campaigns/:campaignId/refunds', async (c) => {
    const asked = await readCampaignList(db, c, RefundParameters)
    if (!asked.ok) return problem(c, asked.problem)
    const { id, page, filters } = asked.value
    return answerList(c, refundShape, page, (after, limit) => refundRows(db, id, filters, after, limit))
  })

  return app
}

type CampaignList<Filters extends z.ZodRawShape> = { id: string; filters: z.output<z.ZodObject<Filters>>; page: PageRequest }

/** What every list of a campaign begins with: the officer, the campaign, the parameters. */
async function readCampaignList<Filters extends z.ZodRawShape>(
  db: Db,
  c: AppContext,
  filters: Filters,
): Promise<Result<CampaignList<Filters>>> {
  officerOf(c)
  const id = c.req.param('campaignId') ?? ''
  // PostgreSQL stores no NUL, so no campaign has one in its id.
  if (id.includes('\0') || !(await campaignExists(db, id))) return fail('not_found', 'There is no such campaign.')
  const read = readListRequest(c, filters)
  return read.ok ? ok({ id, ...read.value }) : read
}
