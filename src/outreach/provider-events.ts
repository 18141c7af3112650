/** What providers say of messages that they took: delivered, came back, complained of. A signed request, taken once. */
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import { transaction, type Database } from '../platform/db.ts'
import { problem, type AppEnv, type Routes } from '../platform/http.ts'
import type { Log } from '../platform/log.ts'
import { verifyWebhook } from '../platform/standard-webhooks.ts'
import { readMessageKey } from './message-id.ts'
import { deleteProviderEvent, insertProviderEvent } from './queries-returns.ts'
import type { ReturnKind } from './return-effect.ts'
import { NOTHING_TAKEN, takeBatch, type Return } from './take-returns.ts'

const EVENTS_MAX = 500
const BODY_BYTES_MAX = 1_000_000

const KINDS: Record<string, ReturnKind> = {
  'message.delivered': 'delivered',
  'message.bounced': 'hard',
  'message.deferred': 'soft',
  'message.complained': 'complaint',
}

const Body = z.object({
  events: z
    .array(
      z.object({
        /** The provider's own id of the event: the same one in another request is the same event. */
        id: z.string().min(1).max(256),
        type: z.enum(Object.keys(KINDS) as [string, ...string[]]),
        /** The key that the message was handed over with, or the Message-ID that bears it. */
        message: z.string().min(1).max(1_000),
        status: z.string().max(20).default(''),
        diagnostic: z.string().max(2_000).default(''),
      }),
    )
    .min(1)
    .max(EVENTS_MAX),
})

/** `eventsKey` is null where no provider is connected. */
export function providerEventRoutes(deps: {
  database: Database
  clock: Clock
  log: Log
  linkKey: string
  eventsKey: Buffer | null
}): Routes {
  const routes = new Hono<AppEnv>()
  const tooLarge = `At most ${EVENTS_MAX} events and ${BODY_BYTES_MAX} bytes in one request.`
  routes.post(
    '/v1/outreach/provider-events',
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => problem(c, { code: 'too_large', message: tooLarge }) }),
    async (c) => {
      if (deps.eventsKey === null) return problem(c, { code: 'not_found', message: 'No provider is connected here.' })
      const body = await c.req.text()
      const now = deps.clock()
      const genuine = verifyWebhook(deps.eventsKey, { header: (name) => c.req.header(name), body, now })
      if (!genuine.ok) {
        deps.log.warn({ field: genuine.problem.field }, 'provider events refused')
        return problem(c, { code: 'unauthenticated', message: genuine.problem.message })
      }
      const parsed = Body.safeParse(jsonOf(body))
      if (!parsed.success) {
        const issue = parsed.error.issues[0]!
        return problem(c, { code: 'invalid', message: `${issue.path.join('.')}: ${issue.message}`, field: issue.path.join('.') })
      }
      const { counts } = await transaction(deps.database, async (tx) => {
        const { events } = parsed.data
        if (!(await insertProviderEvent(tx.db, genuine.value.id, now))) return { counts: { ...NOTHING_TAKEN, again: events.length } }
        const taken = await takeBatch(tx.db, events.map((event) => returnOf(deps.linkKey, event)), { way: 'provider', at: now }) // prettier-ignore
        // The request may come again while something of it is left to be brought; each event is known by its own id.
        if (taken.earlyKeys.length > 0) await deleteProviderEvent(tx.db, genuine.value.id)
        return taken
      })
      if (counts.early > 0) {
        c.header('retry-after', '60')
        return problem(c, {
          code: 'unavailable',
          message: `${counts.early} of the events are about messages that are not in the books yet. Send the request again; what was taken is not taken twice.`,
        })
      }
      return c.json(counts)
    },
  )
  return routes
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function returnOf(linkKey: string, event: z.infer<typeof Body>['events'][number]): Return {
  return {
    returnKey: createHash('sha256').update(`provider\0${event.id}`).digest('base64url'),
    kind: KINDS[event.type]!,
    status: event.status,
    diagnostic: event.diagnostic,
    message: readMessageKey(linkKey, event.message),
    recipient: '',
  }
}
