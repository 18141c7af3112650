/** The buyer's way to the refund, by the link of their notice and without a sign-in; and the desk's look at a photograph. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { transaction, type Database, type Tx } from '../platform/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Files } from '../platform/files.ts'
import { problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { readLink } from '../platform/links.ts'
import { fail, ok, type Problem, type ProblemCode, type Result } from '../platform/result.ts'
import { currentRecall } from '../recalls/index.ts'
import { openCase } from './open-case.ts'
import { casePage, nothingPage, proofPage, refundPage, type Visit } from './pages.ts'
import { PHOTO_BYTES_MAX, PHOTO_FIELD } from './photograph.ts'
import { tooLarge } from './picture.ts'
import {
  affectedLinesOf,
  caseLinesOf,
  eventsOf,
  findCase,
  noticeOf,
  offerOf,
  proofMediaType,
  type CaseLine,
  type CaseOf,
} from './queries.ts'
import { refundsOfCase } from './queries-refunds.ts'
import { owedFor, refundsOf, type CaseState, type Money } from './refund-rules.ts'
import { submitProof } from './submit-proof.ts'

export type RemedyRoutesDeps = {
  database: Database
  files: Files
  clock: Clock
  linkKey: string
  enqueue: Enqueue
  onCaseOpened: (tx: Tx, opened: CaseOf & { at: Date }) => Promise<void>
}

/** The file and the frame of the form around it. */
const UPLOAD_BYTES_MAX = PHOTO_BYTES_MAX + 64 * 1024

const RefundForm = z.object({ remedy: z.literal('refund') })
const PhotographParams = z.object({ campaignId: z.string().max(200), hash: z.string().regex(/^[0-9a-f]{64}$/) })

export function routes(deps: RemedyRoutesDeps): Routes {
  const app = new Hono<AppEnv>()

  app.get('/n/:token/refund', async (c) => {
    const arrived = await arrive(c, deps)
    if (!arrived.ok) return nothing(c, arrived.problem)
    const { visit } = arrived.value
    if (visit.case !== null) return goTo(c, stepOf(visit.case.state))
    const { claim } = arrived.value
    return claim.ok ? show(c, refundPage(visit, [])) : nothing(c, claim.problem, visit)
  })

  app.post('/n/:token/refund', async (c) => {
    const arrived = await arrive(c, deps)
    if (!arrived.ok) return nothing(c, arrived.problem)
    const { visit } = arrived.value
    if (visit.case !== null) return goTo(c, stepOf(visit.case.state))
    const form = RefundForm.safeParse(await formOf(c))
    if (!form.success)
      return show(c, refundPage(visit, [{ code: 'invalid', message: 'Press the button to ask for your refund', field: 'remedy' }]), 422)
    const asked = { buyerId: visit.buyerId, campaignId: visit.campaignId, remedy: form.data.remedy, at: deps.clock() }
    const opened = await transaction(deps.database, (tx) => openCase(tx, asked, deps))
    return opened.ok ? goTo(c, stepOf(opened.value.state)) : nothing(c, opened.problem, visit)
  })

  app.get('/n/:token/proof', (c) => showProof(c, deps))

  app.post(
    '/n/:token/proof',
    bodyLimit({ maxSize: UPLOAD_BYTES_MAX, onError: (c) => showProof(c as AppContext, deps, tooLarge().problem) }),
    async (c) => {
      const arrived = await arrive(c, deps)
      if (!arrived.ok) return nothing(c, arrived.problem)
      const { visit } = arrived.value
      const photo = (await formOf(c))[PHOTO_FIELD]
      if (!(photo instanceof File) || photo.size === 0) return showProof(c, deps, noPhoto())
      const sent = { buyerId: visit.buyerId, campaignId: visit.campaignId, bytes: await photo.bytes(), at: deps.clock() }
      const submitted = await submitProof(deps, sent)
      return submitted.ok ? goTo(c, 'case') : showProof(c, deps, submitted.problem)
    },
  )

  app.get('/n/:token/case', async (c) => {
    const arrived = await arrive(c, deps)
    if (!arrived.ok) return nothing(c, arrived.problem)
    const { visit } = arrived.value
    const standing = visit.case
    if (standing === null) return goTo(c, 'refund')
    const [events, refunds] = await Promise.all([eventsOf(deps.database.db, visit), refundsOfCase(deps.database.db, visit)])
    return show(c, casePage(visit, standing, events, refunds))
  })

  app.get('/v1/campaigns/:campaignId/proofs/:hash', (c) => showPhotograph(c, deps))

  return app
}

/** Everything a page needs to know of whoever holds this link, and what they could claim if they had no case. */
async function arrive(c: AppContext, deps: RemedyRoutesDeps): Promise<Result<{ visit: Visit; claim: Result<Money[]> }>> {
  const { db } = deps.database
  const token = c.req.param('token') ?? ''
  const noticeId = readLink(deps.linkKey, 'notice', token)
  const of = noticeId === null ? null : await noticeOf(db, noticeId)
  if (of === null) return fail('not_found', 'This link is not complete, or it is not ours. Please use the link in our message as it is.')
  const offer = await offerOf(db, of)
  if (offer === null || !offer.options.includes('refund')) return fail('conflict', 'This recall does not pay money back.')
  const [current, affected, standing] = await Promise.all([currentRecall(db, offer.recallId), affectedLinesOf(db, of), findCase(db, of)])
  // A case is about the lines it was opened with, whatever was found since.
  const own = standing === null ? null : new Set((await caseLinesOf(db, of)).map(lineKey))
  const lines = affected.filter((line) => (own === null ? !line.elsewhere : own.has(lineKey(line))))
  const visit = { ...of, token, proof: offer.proof, recall: current?.recall ?? null, lines, owed: refundsOf(lines), case: standing }
  return ok({ visit, claim: owedFor(affected) })
}

function lineKey(line: CaseLine): string {
  return `${line.orderId}\0${line.lineNo}`
}

/** The form for the photograph, for a case that awaits one; `problem` is what was wrong with the last attempt. */
async function showProof(c: AppContext, deps: RemedyRoutesDeps, found?: Problem): Promise<Response> {
  const arrived = await arrive(c, deps)
  if (!arrived.ok) return nothing(c, arrived.problem)
  const { visit } = arrived.value
  if (visit.case === null) return goTo(c, 'refund')
  if (visit.case.state !== 'awaiting_proof') return goTo(c, 'case')
  return show(c, proofPage(visit, found === undefined ? [] : [found]), found === undefined ? 200 : statusOf(found.code))
}

function noPhoto(): Problem {
  return { code: 'invalid', message: `${PHOTO_FIELD}: choose the photo first, then send it`, field: PHOTO_FIELD }
}

/** The fields of the form; a body that is no form has none. */
async function formOf(c: AppContext): Promise<Record<string, string | File>> {
  try {
    return await c.req.parseBody()
  } catch {
    // Broken multipart framing, as from a connection that was cut: the reader throws what it likes.
    return {}
  }
}

type Step = 'refund' | 'proof' | 'case'

function stepOf(state: CaseState): Step {
  return state === 'awaiting_proof' ? 'proof' : 'case'
}

function goTo(c: AppContext, step: Step): Response {
  return c.redirect(`/n/${c.req.param('token')}/${step}`, 303)
}

type PageStatus = 200 | 404 | 409 | 413 | 422 | 503

function statusOf(code: ProblemCode): PageStatus {
  if (code === 'not_found') return 404
  if (code === 'conflict') return 409
  if (code === 'too_large') return 413
  return code === 'unavailable' ? 503 : 422
}

/** Pages of one buyer are kept by nobody on the way. */
function show(c: AppContext, body: ReturnType<typeof refundPage>, status: PageStatus = 200): Response | Promise<Response> {
  return c.html(body, status, { 'cache-control': 'private, no-store' })
}

function nothing(c: AppContext, found: Problem, visit?: Visit): Response | Promise<Response> {
  return show(c, nothingPage(found, visit), statusOf(found.code))
}

/** One photograph, for officers. It was drawn anew on arrival; the headers keep a browser from taking it for anything but a picture. */
async function showPhotograph(c: AppContext, deps: RemedyRoutesDeps): Promise<Response> {
  const params = PhotographParams.safeParse(c.req.param())
  const missing = { code: 'not_found', message: 'There is no such photograph in this campaign.' } as const
  if (!params.success) return problem(c, missing)
  const hash = Buffer.from(params.data.hash, 'hex')
  const mediaType = await proofMediaType(deps.database.db, params.data.campaignId, hash)
  const bytes = mediaType === null ? null : await deps.files.get(hash)
  if (mediaType === null || bytes === null) return problem(c, missing)
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': mediaType,
    'content-disposition': `inline; filename="proof-${params.data.hash.slice(0, 12)}.jpg"`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
}
