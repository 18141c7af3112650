/** The self-check by the link of a notice, and the link that hands a notice on. Opening a page records nothing: scanners open links too. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import { transaction, type Database } from '../platform/db.ts'
import { problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { readLink, signLink } from '../platform/links.ts'
import { openThrottle } from '../platform/throttle.ts'
import { acknowledge } from './acknowledge.ts'
import { noticeById, type NoticeOnPage } from './queries-pages.ts'
import { lastBriefOf, linesToCheck } from './queries-self-check.ts'
import { checkedPage, checkPage, giftPage, givePage, lineValue, type CheckView, type Typed } from './self-check-pages.ts'
import { codesAsked, splitCodes, type StatedCodes } from './self-check-rules.ts'
import { CHECK_WORDS } from './self-check-words.ts'
import { checkLine } from './self-check.ts'
import { isLanguage, languageOf, type Language } from './wording/language.ts'

type SelfCheckDeps = { database: Database; clock: Clock; linkKey: string; baseUrl: string; sender: { address: string } }

/** Numbers that one notice's link may try in an hour: enough for every piece of a large order, too few to guess. */
const TRIES = { failuresMax: 10, windowMinutes: 60 }

const Form = z.object({
  line: z.string().max(300).default(''),
  lots: z.string().max(2_000).default(''),
  serials: z.string().max(2_000).default(''),
  all: z.string().max(10).default(''),
})

/** Whose link it is: the buyer's own, or that of somebody they handed the notice on to. */
type Door = { kind: 'n' | 'g'; purpose: 'notice' | 'gift' }
const DOORS: readonly Door[] = [
  { kind: 'n', purpose: 'notice' },
  { kind: 'g', purpose: 'gift' },
]

/** The address below which a receiver finds the notice. It opens nothing of the buyer's. */
export function giftPath(linkKey: string, noticeId: string): string {
  return `/g/${signLink(linkKey, 'gift', noticeId)}`
}

export function selfCheckRoutes(deps: SelfCheckDeps): Routes {
  const routes = new Hono<AppEnv>()
  const throttle = openThrottle(TRIES)
  const { db } = deps.database

  for (const door of DOORS) {
    routes.get(`/${door.kind}/:token/check`, async (c) => {
      const opened = await openDoor(c, deps, door)
      if (opened === null) return noSuchLink(c)
      return c.html(checkPage(opened.view, null))
    })

    routes.post(`/${door.kind}/:token/check`, async (c) => {
      const opened = await openDoor(c, deps, door)
      if (opened === null) return noSuchLink(c)
      const { notice, view } = opened
      const typed = Form.safeParse(await c.req.parseBody())
      if (!typed.success) return noSuchLink(c)
      const words = CHECK_WORDS[view.language]
      const stated: StatedCodes = {
        lots: view.asked.lots ? splitCodes(typed.data.lots) : [],
        serials: view.asked.serials ? splitCodes(typed.data.serials) : [],
        allPieces: door.kind === 'n' && typed.data.all === 'yes',
      }
      const again = (text: string, status: 422 | 429) => c.html(checkPage(view, { ...asTyped(typed.data), problem: text }), status)
      if (stated.lots.length + stated.serials.length === 0) return again(words.needed, 422)
      const at = deps.clock()
      const wait = throttle.waitMinutes(notice.noticeId, at)
      if (wait > 0) return again(words.tooOften.replace('{minutes}', String(wait)), 429)
      // Every try counts, whatever comes of it: a right number is what a guesser looks for.
      throttle.failed(notice.noticeId, at)
      const line = view.lines.find((each) => lineValue(each) === typed.data.line)
      if (line === undefined) return noSuchLink(c)
      const { buyerId, campaignId } = notice
      const asked = { buyerId, campaignId, orderId: line.orderId, lineNo: line.lineNo, stated, receiver: door.kind === 'g', at }
      const checked = await transaction(deps.database, (tx) => checkLine(tx, asked))
      if (!checked.ok) return problem(c, checked.problem)
      return c.html(checkedPage(view, checked.value.told, stated))
    })
  }

  routes.get('/n/:token/give', async (c) => {
    const opened = await openDoor(c, deps, DOORS[0]!)
    if (opened === null) return noSuchLink(c)
    return c.html(givePage(opened.view, `${deps.baseUrl}${giftPath(deps.linkKey, opened.notice.noticeId)}`))
  })

  routes.get('/g/:token', async (c) => {
    const opened = await openDoor(c, deps, DOORS[1]!)
    if (opened === null) return noSuchLink(c)
    const { answer, acknowledgedAt } = opened.notice
    return c.html(giftPage({ ...opened.view, answer, acknowledgedAt }))
  })

  // Who has the product has read it: that is what the notice is for, whoever bought it.
  routes.post('/g/:token/acknowledge', async (c) => {
    const opened = await openDoor(c, deps, DOORS[1]!)
    if (opened === null) return noSuchLink(c)
    const { buyerId, campaignId } = opened.notice
    await transaction(deps.database, (tx) => acknowledge(tx, { buyerId, campaignId, how: 'receiver', at: deps.clock() }))
    return c.redirect(`${opened.view.path}?lang=${opened.view.language}`, 303)
  })

  async function openDoor(
    c: AppContext,
    { linkKey, baseUrl, sender }: SelfCheckDeps,
    door: Door,
  ): Promise<{ notice: NoticeOnPage; view: CheckView } | null> {
    c.header('cache-control', 'no-store')
    const token = c.req.param('token') ?? ''
    const noticeId = readLink(linkKey, door.purpose, token)
    const notice = noticeId === null ? null : await noticeById(db, noticeId)
    if (notice === null) return null
    const brief = (await lastBriefOf(db, notice))?.brief ?? notice.brief
    const lines = (await linesToCheck(db, notice)).filter((line) => line.standing !== 'affected')
    const view: CheckView = {
      brief,
      language: languageAsked(c) ?? languageOf(notice.reader),
      baseUrl,
      path: `/${door.kind}/${token}`,
      contact: sender.address,
      // How many pieces and lines the buyer has is not a receiver's to know.
      lines: door.kind === 'n' ? lines : lines.slice(0, 1).map((line) => ({ ...line, units: 1 })),
      asked: codesAsked(brief.recall.scope),
    }
    return { notice, view }
  }
  return routes
}

function asTyped(form: z.output<typeof Form>): Omit<Typed, 'problem'> {
  return { line: form.line, lots: form.lots, serials: form.serials, allPieces: form.all === 'yes' }
}

function languageAsked(c: AppContext): Language | null {
  const asked = c.req.query('lang') ?? ''
  return isLanguage(asked) ? asked : null
}

function noSuchLink(c: AppContext): Response | Promise<Response> {
  return problem(c, { code: 'not_found', message: 'This link opens no notice. Copy the whole address from the message.' })
}
