/** The queue of pairs of recalls that may be one, and a safety officer's ruling on a pair. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { officerOf, problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import { isoTime, snakeCase } from '../platform/json.ts'
import { answerList, readListRequest, textFilter, type ListShape } from '../platform/lists.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { decideLink } from './decide-link.ts'
import { LINK_RULINGS } from './queries-links.ts'
import { countProposed, linkPairs, type LinkPair } from './queries-joint.ts'

export const LINK_REASON_CHARACTERS_MAX = 2_000
/** The largest body is two ids and a reason, each character of it escaped. */
const BODY_BYTES_MAX = 16 * 1024

const storable = (text: string): boolean => !text.includes('\0')
const id = z.string().min(1).max(200).refine(storable, 'This holds a character that no id holds.')
const DecisionBody = z.strictObject({
  recall_id: id,
  other_recall_id: id,
  ruling: z.enum(LINK_RULINGS, { error: `Choose one of: ${LINK_RULINGS.join(', ')}.` }),
  reason: z
    .string({ error: 'Say why.' })
    .max(LINK_REASON_CHARACTERS_MAX, `Say why, in at most ${LINK_REASON_CHARACTERS_MAX} characters.`)
    .refine(storable, 'This holds a character that no text here can hold.'),
})

/** `recall_id` with `other_recall_id` asks for one pair, however it stands. */
const LinkParameters = {
  standing: z.enum(['proposed', 'linked', 'different'], { error: 'Use one of: proposed, linked, different.' }).optional(),
  recall_id: textFilter,
  other_recall_id: textFilter,
}

export function linkRoutes({ database, clock }: { database: Database; clock: Clock }): Routes {
  const app = new Hono<AppEnv>()
  const { db } = database
  const limited = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, { code: 'too_large', message: `A decision has at most ${BODY_BYTES_MAX / 1024} KB.` }),
  })

  app.get('/v1/recall-links', async (c) => {
    officerOf(c)
    const read = readListRequest(c, LinkParameters)
    if (!read.ok) return problem(c, read.problem)
    const { standing = 'proposed', recall_id: recallId, other_recall_id: otherId } = read.value.filters
    if ((recallId === undefined) !== (otherId === undefined)) {
      return problem(c, { code: 'invalid', message: 'A pair is asked for by both of its recalls.', field: 'other_recall_id' })
    }
    const asked = recallId === undefined || otherId === undefined ? { standing } : { pair: { recallId, otherId } }
    return answerList(c, linkShape, read.value.page, (after, limit) => linkPairs(db, asked, after, limit))
  })

  app.get('/v1/recall-links/count', async (c) => {
    officerOf(c)
    return c.json({ proposed: await countProposed(db) })
  })

  app.post('/v1/recall-links/decisions', limited, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const body = await readBody(c)
    if (!body.ok) return problem(c, body.problem)
    const at = clock()
    return await answerOnce(c, database, { principal: actor, content: body.value, at }, async (tx) => {
      const { recall_id: recallId, other_recall_id: otherId, ruling, reason } = body.value
      const decided = await decideLink(tx, { recallId, otherId, ruling, reason: reason.trim(), actor, at })
      if (!decided.ok) return decided
      const [pair] = await linkPairs(tx.db, { pair: { recallId, otherId } }, null, 1)
      if (pair === undefined) throw new Error(`The pair ${recallId} ${otherId} was ruled on and is not there.`)
      return ok({ status: 201, body: linkShape.item(pair) })
    })
  })

  return app
}

/** Both recalls in full: whoever rules on the pair reads them side by side. */
export const linkShape: ListShape<LinkPair> = {
  name: 'recall-links',
  key: ['number', 'text', 'text'],
  keyOf: (pair) => [-pair.weight, pair.recallId, pair.otherId],
  item: ({ recallId, otherId, asks, standing, weight, reasons, one, other, ruling }) => ({
    recall_id: recallId,
    other_recall_id: otherId,
    asks,
    standing,
    weight,
    reasons: reasons.map(({ field, weight: each, text }) => ({ field, weight: each, text })),
    recall: snakeCase(one),
    other_recall: snakeCase(other),
    ruling:
      ruling === null ? null : { ruling: ruling.ruling, decided_by: ruling.by, decided_at: isoTime(ruling.at), reason: ruling.reason },
  }),
  columns: [
    'recall_id', 'other_recall_id', 'standing', 'weight', 'reasons', 'recall.title', 'other_recall.title', 'ruling.ruling', 'ruling.decided_by',
    'ruling.decided_at', 'ruling.reason', 'asks',
  ], // prettier-ignore
  // Each pair carries two whole recalls.
  limit: 20,
}

async function readBody(c: AppContext): Promise<Result<z.output<typeof DecisionBody>>> {
  let body: unknown
  try {
    body = await c.req.json()
  } catch {
    return fail('invalid', 'The body is not JSON.')
  }
  const parsed = DecisionBody.safeParse(body)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]!
  return fail('invalid', issue.message, issue.path.join('.'))
}
