/** Opening campaigns and ruling on matches, for safety officers. Reading them is the room `insights`. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { officerOf, problem, type AppEnv, type Routes } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import { isoTime, snakeCase } from '../platform/json.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { ok } from '../platform/result.ts'
import { ANSWERS } from '../recalls/index.ts'
import { addRecallIn } from './add-recall.ts'
import { bodyOfAtMost, id, readBody, reason } from './bodies.ts'
import { ruleOnMatch } from './decide.ts'
import { openCampaignIn } from './open-campaign.ts'
import { matchForDesk, type DeskMatch } from './queries.ts'
import { changeRoutes } from './routes-changes.ts'
import { undoRuling } from './undo.ts'

const CampaignBody = z.strictObject({
  recall_id: id,
  reason,
  remedies: z.strictObject({ options: z.array(z.string().max(100)).max(20), proof: z.string().max(100) }),
})

const AddRecallBody = z.strictObject({ recall_id: id, reason })

const UndoBody = z.strictObject({ listing_id: id, reason })

const DecisionBody = z.strictObject({ listing_id: id, ruling: z.enum(ANSWERS), reason })

/** The largest body is two ids and a reason of 4,000 characters. */
const BODY_KILOBYTES_MAX = 64

export function campaignRoutes({ database, clock, enqueue }: { database: Database; clock: Clock; enqueue: Enqueue }): Routes {
  const app = new Hono<AppEnv>()
  const limited = bodyOfAtMost(BODY_KILOBYTES_MAX)

  app.post('/v1/campaigns', limited, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const body = await readBody(c, CampaignBody)
    if (!body.ok) return problem(c, body.problem)
    const at = clock()
    return await answerOnce(c, database, { principal: actor, content: body.value, at }, async (tx) => {
      const { recall_id: recallId, ...asked } = body.value
      const opened = await openCampaignIn(tx, enqueue, { recallId, actor, at, ...asked })
      if (!opened.ok) return opened
      return ok({ status: 201, body: snakeCase(opened.value) })
    })
  })

  app.post('/v1/campaigns/:campaignId/recalls', limited, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const body = await readBody(c, AddRecallBody)
    if (!body.ok) return problem(c, body.problem)
    const at = clock()
    const campaignId = c.req.param('campaignId')
    return await answerOnce(c, database, { principal: actor, content: body.value, at }, async (tx) => {
      const { recall_id: recallId, reason: why } = body.value
      const added = await addRecallIn(tx, enqueue, { campaignId, recallId, reason: why, actor, at })
      if (!added.ok) return added
      return ok({ status: 201, body: snakeCase(added.value) })
    })
  })

  app.post('/v1/recalls/:recallId/decisions', limited, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const body = await readBody(c, DecisionBody)
    if (!body.ok) return problem(c, body.problem)
    const at = clock()
    const recallId = c.req.param('recallId')
    return await answerOnce(c, database, { principal: actor, content: body.value, at }, async (tx) => {
      const { listing_id: listingId, ...asked } = body.value
      const ruled = await ruleOnMatch(tx, enqueue, { recallId, listingId, actor, at, ...asked })
      if (!ruled.ok) return ruled
      const match = await matchForDesk(tx.db, recallId, listingId)
      if (match === null) throw new Error(`The match of ${listingId} with ${recallId} was ruled on and is not there.`)
      const { decisionNo, campaign } = ruled.value
      return ok({ status: 201, body: { ...presentMatch(match), decision_no: decisionNo, campaign: snakeCase(campaign) } })
    })
  })

  app.post('/v1/recalls/:recallId/decisions/:decisionNo/undo', limited, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const body = await readBody(c, UndoBody)
    if (!body.ok) return problem(c, body.problem)
    const at = clock()
    const { recallId, decisionNo } = c.req.param()
    if (!/^[1-9]\d{0,8}$/.test(decisionNo)) return problem(c, { code: 'not_found', message: 'There is no such ruling.' })
    return await answerOnce(c, database, { principal: actor, content: body.value, at }, async (tx) => {
      const { listing_id: listingId, reason: why } = body.value
      const undone = await undoRuling(tx, enqueue, { recallId, listingId, decisionNo: Number(decisionNo), actor, at, reason: why })
      return undone.ok ? ok({ status: 201, body: snakeCase(undone.value) }) : undone
    })
  })

  app.route('/', changeRoutes({ database, clock, enqueue }))
  return app
}

function presentMatch(match: DeskMatch): Record<string, unknown> {
  return {
    ...match,
    reasons: match.reasons.map(({ field, weight, text }) => ({ field, weight, text })),
    decided_at: isoTime(match.decided_at),
  }
}
