/** The reach account of a campaign, and each of its tables as a list and as CSV. */
import { Hono } from 'hono'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { officerOf, problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { answerList, readListRequest, type PageRequest } from '../platform/lists.ts'
import { campaignExists } from './queries-figures.ts'
import { reachAccount, REACH_TABLES, type ReachTable, type ReachTables } from './reach.ts'

export function reachRoutes(db: Db, clock: Clock): Routes {
  const routes = new Hono<AppEnv>()

  routes.get('/v1/campaigns/:campaignId/reach', async (c) => {
    officerOf(c)
    const id = c.req.param('campaignId')
    // PostgreSQL stores no NUL, so no campaign has one in its id.
    const account = id.includes('\0') ? null : await reachAccount(db, id, clock())
    return account === null ? nothingHere(c) : c.json(account)
  })

  routes.get('/v1/campaigns/:campaignId/reach/:table', async (c) => {
    officerOf(c)
    const { campaignId, table } = c.req.param()
    if (campaignId.includes('\0') || !isTable(table) || !(await campaignExists(db, campaignId))) return nothingHere(c)
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    return answerTable(c, REACH_TABLES[table] as ReachTable<unknown>, db, { campaignId, at: clock() }, read.value.page)
  })
  return routes
}

function answerTable<Row>(
  c: AppContext,
  table: ReachTable<Row>,
  db: Db,
  asked: { campaignId: string; at: Date },
  page: PageRequest,
): Promise<Response> {
  return answerList(c, table.shape, page, (after, limit) => table.rows(db, asked.campaignId, after, limit, asked.at))
}

function isTable(name: string): name is keyof ReachTables {
  return Object.hasOwn(REACH_TABLES, name)
}

function nothingHere(c: AppContext): Response | Promise<Response> {
  return problem(c, { code: 'not_found', message: 'There is no such campaign, or its reach has no such table.' })
}
