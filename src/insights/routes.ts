/** The desk's reading routes. Officers only; every list pages by cursor and comes as CSV too (`platform/lists.ts`). */
import { Hono } from 'hono'
import type { Database } from '../platform/db.ts'
import { feedOverview, quotedSpans, type QuotedSpan } from '../feeds/index.ts'
import { systemClock, type Clock } from '../platform/clock.ts'
import { officerOf, problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { isoTime, snakeCase } from '../platform/json.ts'
import { answerList, readListRequest } from '../platform/lists.ts'
import { asRead, correctionsOwed, expansionsOf, type Recall } from '../recalls/index.ts'
import { campaignListRoutes } from './routes-campaign-lists.ts'
import { reachRoutes } from './routes-reach.ts'
import { buyerView } from './buyer.ts'
import { campaignView } from './campaign.ts'
import { MatchParameters, RecallParameters } from './parameters.ts'
import { campaignsPage } from './queries-campaigns.ts'
import { jointStanding, type JointStanding } from './queries-joint.ts'
import { matchesPage, recallDetail, recallExists, recallsPage, revisionsOf } from './queries-recalls.ts'
import { campaignShape, feedShape, matchShape, recallShape } from './shapes.ts'

export function insightRoutes({ database: { db }, clock = systemClock }: { database: Database; clock?: Clock }): Routes {
  const app = new Hono<AppEnv>()

  app.get('/v1/recalls', async (c) => {
    officerOf(c)
    const read = readListRequest(c, RecallParameters)
    if (!read.ok) return problem(c, read.problem)
    const filters = { q: read.value.filters.q, touching: read.value.filters.touching === 'true' }
    return answerList(c, recallShape, read.value.page, (after, limit) => recallsPage(db, filters, after, limit))
  })

  app.get('/v1/recalls/:recallId', async (c) => {
    officerOf(c)
    const id = storable(c.req.param('recallId'))
    const standing = id === null ? null : await jointStanding(db, id)
    const found = id === null || standing === null ? null : await recallDetail(db, id, idsOf(standing))
    if (found === null || standing === null) return noRecall(c)
    const revisions = await revisionsOf(db, found.recall_id)
    const owed = await correctionsOwed(db)
    return c.json({
      recall_id: found.recall_id,
      revision: found.revision,
      recall: snakeCase(found.content),
      spans: spansOf(found.content as Recall),
      follow_up_owed: owed.some((each) => each.recallId === found.recall_id),
      counts: { affected: found.affected, possibly: found.possibly, no: found.not_affected },
      campaign_id: found.campaign_id,
      joint: standing.recalls
        .slice(1)
        .map(({ distance: _distance, ...each }) => snakeCase({ ...each, executed: standing.executed.includes(each.recallId) })),
      joins_campaign: standing.joins,
      expansions: snakeCase(await expansionsOf(db, found.recall_id)),
      revisions: revisions.map((revision) => ({ ...revision, recorded_at: isoTime(revision.recorded_at) })),
    })
  })

  app.get('/v1/recalls/:recallId/matches', async (c) => {
    officerOf(c)
    const id = storable(c.req.param('recallId'))
    if (id === null || !(await recallExists(db, id))) return noRecall(c)
    const read = readListRequest(c, MatchParameters)
    if (!read.ok) return problem(c, read.problem)
    const together = idsOf(await jointStanding(db, id))
    return answerList(c, matchShape, read.value.page, (after, limit) => matchesPage(db, together, read.value.filters, after, limit))
  })

  app.get('/v1/campaigns', async (c) => {
    officerOf(c)
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    return answerList(c, campaignShape, read.value.page, (after, limit) => campaignsPage(db, after, limit))
  })

  app.get('/v1/campaigns/:campaignId', async (c) => {
    officerOf(c)
    const id = storable(c.req.param('campaignId'))
    const view = id === null ? null : await campaignView(db, id)
    if (view === null) return problem(c, { code: 'not_found', message: 'There is no such campaign.' })
    return c.json(view)
  })

  app.get('/v1/campaigns/:campaignId/buyers/:buyerId', async (c) => {
    officerOf(c)
    const [campaignId, buyerId] = [storable(c.req.param('campaignId')), storable(c.req.param('buyerId'))]
    const view = campaignId === null || buyerId === null ? null : await buyerView(db, campaignId, buyerId)
    if (view === null) return problem(c, { code: 'not_found', message: 'This campaign has no notice for such a buyer.' })
    return c.json(view)
  })

  app.get('/v1/feeds', async (c) => {
    officerOf(c)
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    const feeds = await feedOverview(db, clock())
    return answerList(c, feedShape, read.value.page, async (after, limit) =>
      feeds.filter((feed) => after === null || feed.agency > after[0]!).slice(0, limit),
    )
  })

  app.route('/', campaignListRoutes(db))
  app.route('/', reachRoutes(db, clock))
  return app
}

/** The places of what the recall says, and of what was read where a person corrected it, so that both can be looked up in the text. */
function spansOf(recall: Recall): QuotedSpan[] {
  const corrected = new Set(Object.keys(recall.corrected ?? {}))
  const read = corrected.size === 0 ? [] : quotedSpans(asRead(recall))
  return [...quotedSpans(recall), ...read.filter(({ field }) => corrected.has(field))]
}

/** The ids of the recalls that are one, that which was asked for first. */
function idsOf(standing: JointStanding): string[] {
  return standing.recalls.map((each) => each.recallId)
}

function noRecall(c: AppContext): Response | Promise<Response> {
  return problem(c, { code: 'not_found', message: 'There is no such recall.' })
}

/** An id from an address; null where no row can have it: PostgreSQL stores no NUL. */
function storable(id: string): string | null {
  return id.includes('\0') ? null : id
}
