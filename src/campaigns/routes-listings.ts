/** The marketplace's machines tell of listings one by one or some at once, and hear in the same answer whether each may be sold. */
import { Hono } from 'hono'
import { z } from 'zod'
import { takeListings, type TakenRow } from '../catalog/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { machineWith, problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { snakeCase } from '../platform/json.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { bodyOfAtMost, readBody } from './bodies.ts'
import { screenTaken, type Screened } from './screen-taken.ts'

const SCOPE = 'listings:write'
const LISTINGS_MAX = 500
const LISTING_KILOBYTES_MAX = 1_024
const BATCH_KILOBYTES_MAX = 16_384

const Row = z.record(z.string(), z.unknown(), { error: 'A listing is a JSON object.' })
const Batch = z.strictObject({
  listings: z.array(Row).min(1, 'Send at least one listing.').max(LISTINGS_MAX, `Send at most ${LISTINGS_MAX} listings at once.`),
})

export function listingRoutes({ database, clock, enqueue }: { database: Database; clock: Clock; enqueue: Enqueue }): Routes {
  const app = new Hono<AppEnv>()
  const deps = { database, enqueue }

  app.put('/v1/listings/:listingId', bodyOfAtMost(LISTING_KILOBYTES_MAX), async (c) => {
    const machine = machineWith(c, SCOPE)
    if (machine === null) return noScope(c)
    const body = await readBody(c, Row)
    if (!body.ok) return problem(c, body.problem)
    const listingId = c.req.param('listingId')
    const { others, named } = withoutId(body.value)
    if (named.some((each) => each !== listingId))
      return problem(c, { code: 'invalid', message: 'listing_id: is another one than in the address', field: 'listing_id' })
    const at = clock()
    const taken = await takeListings(database, [{ ...others, listing_id: listingId }], { at })
    const row = taken.rows[0]!
    if (!row.taken || row.listingId === null) return problem(c, refusal(row))
    const [screened] = await screenTaken(deps, { listingIds: [row.listingId], actor: `marketplace:${machine.keyId}`, at })
    return c.json({ ...present(screened!), problems: row.problems, ignored: taken.ignored })
  })

  app.post('/v1/listings', bodyOfAtMost(BATCH_KILOBYTES_MAX), async (c) => {
    const machine = machineWith(c, SCOPE)
    if (machine === null) return noScope(c)
    const body = await readBody(c, Batch)
    if (!body.ok) return problem(c, body.problem)
    const at = clock()
    const { listings } = body.value
    const taken = await takeListings(database, listings, { at })
    const good = taken.rows.flatMap((row) => (row.taken && row.listingId !== null ? [row.listingId] : []))
    const order = { listingIds: good, actor: `marketplace:${machine.keyId}`, at }
    const screened = new Map((await screenTaken(deps, order)).map((each) => [each.listingId, each]))
    const items = taken.rows.map((row, index) => {
      const found = row.taken && row.listingId !== null ? screened.get(row.listingId) : undefined
      const said = found === undefined ? { listing_id: row.listingId } : present(found)
      return { row: index + 1, taken: row.taken, ...said, problems: row.problems }
    })
    return c.json({ items, ignored: taken.ignored })
  })

  return app
}

/** The listing's id in any of the spellings that a file may have, and the rest. */
function withoutId(row: Record<string, unknown>): { others: Record<string, unknown>; named: unknown[] } {
  const isId = (name: string) => name.replaceAll(/[\s._-]/g, '').toLowerCase() === 'listingid'
  const entries = Object.entries(row)
  return {
    others: Object.fromEntries(entries.filter(([name]) => !isId(name))),
    named: entries.filter(([name]) => isId(name)).map(([, value]) => value),
  }
}

function noScope(c: AppContext): Response | Promise<Response> {
  return problem(c, { code: 'forbidden', message: `This key is not for ${SCOPE}.` })
}

/** The first problem that refused the row, named by its field as in a file. */
function refusal(row: TakenRow): { code: 'invalid'; message: string; field: string } {
  const { field, problem: found } = row.problems[0]!
  return { code: 'invalid', message: field === '' ? found : `${field}: ${found}`, field }
}

function present({ listingId, sellable, matches }: Screened): Record<string, unknown> {
  return {
    listing_id: listingId,
    sellable: sellable.sellable,
    stops: sellable.stops.map(({ campaignId, since, reason }) => ({ campaign_id: campaignId, since: since.toISOString(), reason })),
    gates: sellable.gates.map(({ gate, recallId, since, reason }) => ({ gate, recall_id: recallId, since: since.toISOString(), reason })),
    matches: matches.map(({ reasons, ...match }) => ({
      ...(snakeCase(match) as object),
      reasons: reasons.map(({ field, weight, text }) => ({ field, weight, text })),
    })),
  }
}
