/** What buyers ask for: the page of a notice by its link, their own page of recalls. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import { transaction, type Database } from '../platform/db.ts'
import { buyerOf, problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { readLink, signLink } from '../platform/links.ts'
import { acknowledge } from './acknowledge.ts'
import { YOUR_RECALLS } from './banner.ts'
import { noticeCode } from './code.ts'
import { noticePage, yourRecallsPage } from './pages.ts'
import { insertSeen, linesOfNotice, noticeById, noticesOfBuyer, readerOf, type NoticeOnPage } from './queries-pages.ts'
import { isLanguage, languageOf, type Language } from './wording/language.ts'

const LINES_ON_PAGE_MAX = 200
const NOTICES_ON_PAGE_MAX = 200

/** `sender` is who the notices come from, whose address people read: the page names it for questions. */
type PageDeps = { database: Database; clock: Clock; linkKey: string; baseUrl: string; sender: { address: string } }

const LinkParams = z.object({ token: z.string().max(64) })

export function outreachRoutes(deps: PageDeps): Routes {
  const { db } = deps.database
  const routes = new Hono<AppEnv>()

  // A link in a mail is opened by scanners before people see it: this GET therefore records nothing.
  routes.get('/n/:token', async (c) => {
    const notice = await noticeOf(c, deps)
    if (notice === null) return noSuchLink(c)
    const { lines, lineCount, refund } = await linesOfNotice(db, notice, LINES_ON_PAGE_MAX)
    c.header('cache-control', 'no-store')
    const code = noticeCode(deps.linkKey, notice)
    const ownLanguage = languageOf(notice.reader)
    const view = {
      notice,
      lines,
      lineCount,
      refund,
      token: c.req.param('token'),
      code,
      contact: deps.sender.address,
      baseUrl: deps.baseUrl,
    }
    return c.html(noticePage({ ...view, language: languageAsked(c) ?? ownLanguage, ownLanguage }))
  })

  routes.post('/n/:token/acknowledge', async (c) => {
    const notice = await noticeOf(c, deps)
    if (notice === null) return noSuchLink(c)
    const { buyerId, campaignId } = notice
    const how = c.req.query('how') === 'no_longer_owned' ? 'no_longer_owned' : 'button'
    await transaction(deps.database, (tx) => acknowledge(tx, { buyerId, campaignId, how, at: deps.clock() }))
    const asked = languageAsked(c)
    return c.redirect(`/n/${c.req.param('token')}${asked === null ? '' : `?lang=${asked}`}#read`, 303)
  })

  // The buyer is signed in, so it is their own browser that asks: what it shows them, they have been shown.
  routes.get(YOUR_RECALLS, async (c) => {
    const { buyerId } = buyerOf(c)
    const notices = await noticesOfBuyer(db, buyerId, NOTICES_ON_PAGE_MAX)
    const unseen = notices.filter((notice) => !notice.seen).map((notice) => notice.campaignId)
    if (unseen.length > 0 && !isPrefetch(c)) {
      await transaction(deps.database, (tx) => insertSeen(tx.db, { buyerId, campaignIds: unseen, at: deps.clock() }))
    }
    const language = languageAsked(c) ?? languageOf(await readerOf(db, buyerId))
    c.header('cache-control', 'no-store')
    return c.html(
      yourRecallsPage(
        notices.map((notice) => ({
          notice,
          token: signLink(deps.linkKey, 'notice', notice.noticeId),
          code: noticeCode(deps.linkKey, notice),
        })),
        { language, baseUrl: deps.baseUrl },
      ),
    )
  })
  return routes
}

async function noticeOf(c: AppContext, deps: PageDeps): Promise<NoticeOnPage | null> {
  const params = LinkParams.safeParse(c.req.param())
  const noticeId = params.success ? readLink(deps.linkKey, 'notice', params.data.token) : null
  return noticeId === null ? null : noticeById(deps.database.db, noticeId)
}

/** The language that a page is asked for in, `?lang=de`; null where that is none of ours. */
function languageAsked(c: AppContext): Language | null {
  const asked = c.req.query('lang') ?? ''
  return isLanguage(asked) ? asked : null
}

function noSuchLink(c: AppContext): Response | Promise<Response> {
  return problem(c, {
    code: 'not_found',
    message:
      'This link does not open a recall notice. Copy the whole address from the message, or open “Your recalls and product safety alerts” in your account.',
  })
}

/** A browser that fetches ahead says so; nobody looks at the page yet. */
function isPrefetch(c: AppContext): boolean {
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) => (c.req.header(name) ?? '').includes('prefetch'))
}
