/** The recall pages for everyone: the list, one recall, the feed. The same for all, so that any cache may keep them for a while. */
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import { problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { textFilter, type Key } from '../platform/lists.ts'
import { AGENCIES, currentRecall, expansionsOf, findRecall, jointRecalls, linkedRecalls, type CurrentRecall } from '../recalls/index.ts'
import type { Db } from '../platform/db.ts'
import { listAddress, recallListPage } from './public-list-page.ts'
import { sameRecall } from './public-joint.ts'
import { recallPage } from './public-pages.ts'
import { withChanges } from './public-revisions.ts'
import { newestRevisions, publicCampaign, publicRecallsPage, recallsActedOn } from './queries-public.ts'
import { atomFeed } from './recall-feed.ts'

const PAGE_RECALLS = 25
const REVISIONS_SHOWN = 20
const FEED_ENTRIES = 100
const CACHED = 'public, max-age=300'

/** Where the next page begins: the day and id of the last recall shown, "2023-07-20.CPSC-23774". */
const ListParameters = z.object({
  q: textFilter,
  ours: z.literal('1').optional(),
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d\.[^\0]{1,200}$/)
    .refine((text) => z.iso.date().safeParse(text.slice(0, 10)).success)
    .optional(),
})

/** `baseUrl` is the public address of this installation, without a slash at its end. */
export function publicRecallRoutes({ database: { db }, baseUrl }: { database: Database; baseUrl: string }): Routes {
  const app = new Hono<AppEnv>()
  const base = baseUrl.replace(/\/+$/, '')

  app.get('/recalls', async (c) => {
    const parsed = ListParameters.safeParse(c.req.query())
    if (!parsed.success) return problem(c, { code: 'invalid', message: 'This list cannot be read like that. Start again at the list of recalls.' }) // prettier-ignore
    const filters = { q: (parsed.data.q ?? '').trim(), ours: parsed.data.ours === '1' }
    const after = keyOf(parsed.data.after)
    const found = await publicRecallsPage(db, filters, after, PAGE_RECALLS + 1)
    const rows = found.slice(0, PAGE_RECALLS)
    const last = rows.at(-1)
    const next = found.length > PAGE_RECALLS && last !== undefined ? listAddress(filters, `${last.published_on}.${last.recall_id}`) : null
    c.header('cache-control', CACHED)
    return c.html(recallListPage({ url: `${base}${listAddress(filters)}`, filters, first: after === null, rows, next }))
  })

  app.use('/recalls.atom', etag())
  app.get('/recalls.atom', async (c) => {
    const rows = await recallsActedOn(db, FEED_ENTRIES)
    return c.body(atomFeed(base, rows), 200, { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': CACHED })
  })

  app.get('/recalls/:recallId', async (c) => {
    const asked = c.req.param('recallId')
    const found = asked.includes('\0') ? null : await currentRecall(db, asked)
    if (found === null) return await elsewhere(c, db, asked)
    const { recall, recordedAt, recallId } = found
    const campaign = await publicCampaign(db, recallId)
    const revisions = withChanges(await newestRevisions(db, recallId, REVISIONS_SHOWN))
    const links = await linkedRecalls(db, recallId)
    const joint = (await jointRecalls(db, recallId)).slice(1)
    const sameAs = sameRecall(base, joint)
    const expansions = (await expansionsOf(db, recallId)).filter((each) => each.standing === 'linked')
    c.header('cache-control', CACHED)
    return c.html(
      recallPage({
        url: `${base}${address(recallId)}`,
        recallId,
        recall,
        modifiedAt: recordedAt,
        campaign,
        revisions,
        links,
        joint,
        sameAs,
        expansions,
      }),
    )
  })

  return app
}

/** A number as somebody reads it off a notice, "CPSC-23-774", leads to the page of its recall. */
async function elsewhere(c: AppContext, db: Db, asked: string): Promise<Response> {
  const meant = asked.includes('\0') ? null : await recallMeant(db, asked)
  if (meant !== null) return c.redirect(address(meant.recallId), 301)
  return await problem(c, { code: 'not_found', message: 'There is no such recall here. Search the list of recalls for the product.' })
}

async function recallMeant(db: Db, asked: string): Promise<CurrentRecall | null> {
  const agency = AGENCIES.find((each) => asked.toUpperCase().startsWith(`${each}-`))
  return agency === undefined ? null : await findRecall(db, agency, asked.slice(agency.length + 1))
}

function address(recallId: string): string {
  return `/recalls/${encodeURIComponent(recallId)}`
}

function keyOf(after: string | undefined): Key | null {
  return after === undefined ? null : [after.slice(0, 10), after.slice(11)]
}
