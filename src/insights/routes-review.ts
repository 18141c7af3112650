/** The review queue for officers: the open matches with counts, one match with everything about it, and what people ruled. */
import { Hono } from 'hono'
import type { Database } from '../platform/db.ts'
import { officerOf, problem, type AppEnv, type Routes } from '../platform/http.ts'
import { answerList, readListRequest } from '../platform/lists.ts'
import { ReviewParameters, RulingParameters } from './parameters.ts'
import { reviewCounts, reviewPage, rulingsPage, waitingReleases } from './queries-review.ts'
import { reviewView } from './review.ts'
import { reviewShape, rulingShape, waitingReleaseShape } from './shapes-review.ts'

export function reviewRoutes({ database: { db } }: { database: Database }): Routes {
  const app = new Hono<AppEnv>()

  app.get('/v1/review', async (c) => {
    const me = `officer:${officerOf(c).userId}`
    const read = readListRequest(c, ReviewParameters)
    if (!read.ok) return problem(c, read.problem)
    const { filters, page } = read.value
    const chosen = { ...filters, me }
    const counts = page.format === 'csv' ? {} : { counts: await reviewCounts(db, chosen) }
    return answerList(c, reviewShape, page, (after, limit) => reviewPage(db, chosen, after, limit), counts)
  })

  app.get('/v1/review/:recallId/:listingId', async (c) => {
    officerOf(c)
    const [recallId, listingId] = [c.req.param('recallId'), c.req.param('listingId')]
    // PostgreSQL stores no NUL, so no match has one in its ids.
    const view = `${recallId}${listingId}`.includes('\0') ? null : await reviewView(db, recallId, listingId)
    if (view === null)
      return problem(c, { code: 'not_found', message: 'There is no such match. It may have gone with a change of the listing.' })
    return c.json(view)
  })

  app.get('/v1/rulings', async (c) => {
    const me = `officer:${officerOf(c).userId}`
    const read = readListRequest(c, RulingParameters)
    if (!read.ok) return problem(c, read.problem)
    const chosen = { ...read.value.filters, me }
    return answerList(c, rulingShape, read.value.page, (after, limit) => rulingsPage(db, chosen, after, limit))
  })

  app.get('/v1/releases', async (c) => {
    officerOf(c)
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    return answerList(c, waitingReleaseShape, read.value.page, (after, limit) => waitingReleases(db, after, limit))
  })

  return app
}
