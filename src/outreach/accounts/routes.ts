/** Which administrators of business accounts a campaign concerns, and whether they were told, for officers. */
import { Hono } from 'hono'
import type { Database } from '../../platform/db.ts'
import { problem, type AppEnv, type Routes } from '../../platform/http.ts'
import { snakeCase } from '../../platform/json.ts'
import { answerList, readListRequest, type Item, type ListShape } from '../../platform/lists.ts'
import { selectAccounts, type AccountRow } from './queries-accounts.ts'

const administratorShape: ListShape<AccountRow> = {
  name: 'administrators',
  key: ['text'],
  keyOf: (row) => [row.administratorId],
  item: (row) => snakeCase(row) as Item,
  columns: ['administrator_id', 'buyers', 'units', 'answer', 'state', 'state_at', 'state_reason'],
}

export function administratorRoutes({ database }: { database: Database }): Routes {
  const routes = new Hono<AppEnv>()
  routes.get('/v1/campaigns/:campaignId/administrators', async (c) => {
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    const campaignId = c.req.param('campaignId').replaceAll('\0', '')
    return answerList(c, administratorShape, read.value.page, (after, limit) =>
      selectAccounts(database.db, campaignId, { after: String(after?.[0] ?? ''), limit }),
    )
  })
  return routes
}
