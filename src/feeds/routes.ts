/** A safety officer's decision on the dumps of an agency that are held. Reading how the feeds are doing is the room `insights`. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import { officerOf, problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { agencyNamed } from './agencies.ts'
import { decideHolds, HOLD_REASON_LENGTH_MAX, type DecidedHold, type HoldDeps } from './holds.ts'

/** The largest body is a ruling and a reason, each character of it escaped. */
const BODY_BYTES_MAX = 8 * 1024

const HoldDecisionBody = z.strictObject({
  ruling: z.enum(['release', 'refuse'], { error: 'Choose release or refuse.' }),
  reason: z
    .string({ error: 'Say why.' })
    .max(HOLD_REASON_LENGTH_MAX, `Say why, in at most ${HOLD_REASON_LENGTH_MAX} characters.`)
    .refine((text) => !text.includes('\0'), 'This holds a character that no text here can hold.'),
})

export function feedRoutes({ clock, ...deps }: HoldDeps & { clock: Clock }): Routes {
  const app = new Hono<AppEnv>()
  const limited = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, { code: 'too_large', message: `A decision has at most ${BODY_BYTES_MAX / 1024} KB.` }),
  })

  // Asked twice it decides once: the second time there is nothing held any more, and the answer says so.
  app.post('/v1/feeds/:agency/hold-decisions', limited, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const agency = agencyNamed(c.req.param('agency'))
    if (agency === null) return problem(c, { code: 'not_found', message: 'There is no such agency.' })
    const body = await readBody(c)
    if (!body.ok) return problem(c, body.problem)
    const decided = await decideHolds(deps, agency, { ...body.value, actor, at: clock() })
    if (!decided.ok) return problem(c, decided.problem)
    return c.json({ agency, ruling: body.value.ruling, decided: decided.value.map(presentDecided) }, 201)
  })

  return app
}

async function readBody(c: AppContext): Promise<Result<z.output<typeof HoldDecisionBody>>> {
  let body: unknown
  try {
    body = await c.req.json()
  } catch {
    return fail('invalid', 'The body is not JSON.')
  }
  const parsed = HoldDecisionBody.safeParse(body)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]!
  return fail('invalid', issue.message, issue.path.join('.'))
}

/** `taken_in` is null where the dump was refused. */
function presentDecided({ source, items, usualItems, report }: DecidedHold): Record<string, unknown> {
  const takenIn =
    report === null
      ? null
      : { new_recalls: report.newRecalls, new_revisions: report.newRevisions, unchanged: report.unchanged, refused: report.refused }
  return { source, items, usual_items: usualItems, taken_in: takenIn }
}
