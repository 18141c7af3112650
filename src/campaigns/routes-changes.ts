/** What the agency changed since a campaign opened, and releases of its listings: proposals, decisions, requests, answers. Officers only. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db.ts'
import { officerOf, problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import { snakeCase } from '../platform/json.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { answerList, readListRequest } from '../platform/lists.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { bodyOfAtMost, id, readBody, reason } from './bodies.ts'
import { decideProposal } from './decide-proposal.ts'
import { campaignExists } from './queries.ts'
import { proposalListings, proposalsOf } from './queries-proposals.ts'
import { releaseRows } from './queries-releases.ts'
import { askReleases, confirmReleases, refuseReleases } from './release-listings.ts'
import { proposalListingShape, proposalShape, releaseShape } from './shapes.ts'

const listingIds = z.array(id).max(2_000)

const ProposalBody = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('refuse'), reason }),
  z.strictObject({
    decision: z.literal('accept'),
    scope: z.boolean().default(false),
    add: listingIds.default([]),
    release: listingIds.default([]),
    reason,
  }),
])
const AskBody = z.strictObject({ listing_id: id, reason })
const ConfirmManyBody = z.strictObject({ listing_ids: listingIds.min(1), reason: reason.optional() })
const ConfirmBody = z.strictObject({ reason: reason.optional() })
const RefuseBody = z.strictObject({ reason })

/** Two thousand listings' ids and a reason. */
const BODY_KILOBYTES_MAX = 512

export function changeRoutes({ database, clock, enqueue }: { database: Database; clock: Clock; enqueue: Enqueue }): Routes {
  const { db } = database
  const app = new Hono<AppEnv>()
  const limited = bodyOfAtMost(BODY_KILOBYTES_MAX)

  app.get('/v1/campaigns/:campaignId/proposals', async (c) => {
    const campaignId = await campaignIn(c)
    if (campaignId === null) return noCampaign(c)
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    const rows = await proposalsOf(db, campaignId)
    return answerList(c, proposalShape, read.value.page, async (after, limit) =>
      rows.filter((row) => after === null || -row.revision > Number(after[0])).slice(0, limit),
    )
  })

  app.get('/v1/campaigns/:campaignId/proposals/:revision/listings', async (c) => {
    const campaignId = await campaignIn(c)
    const revision = revisionIn(c)
    if (campaignId === null || revision === null) return noCampaign(c)
    const read = readListRequest(c, { proposal: z.enum(['add', 'look_again', 'release'], { error: 'Use one of: add, look_again, release.' }).optional() }) // prettier-ignore
    if (!read.ok) return problem(c, read.problem)
    const { filters, page } = read.value
    return answerList(c, proposalListingShape, page, (after, limit) => proposalListings(db, campaignId, revision, filters, after, limit))
  })

  app.post('/v1/campaigns/:campaignId/proposals/:revision/decisions', limited, async (c) => {
    const revision = revisionIn(c)
    if (revision === null) return noCampaign(c)
    return await act(c, ProposalBody, async (tx, body, order) => {
      const accept = body.decision === 'accept' ? { scope: body.scope, add: body.add, release: body.release } : null
      return await decideProposal(tx, enqueue, { ...order, revision, accept, reason: body.reason })
    })
  })

  app.get('/v1/campaigns/:campaignId/releases', async (c) => {
    const campaignId = await campaignIn(c)
    if (campaignId === null) return noCampaign(c)
    const read = readListRequest(c, { open: z.enum(['true', 'false'], { error: 'Use one of: true, false.' }).optional() })
    if (!read.ok) return problem(c, read.problem)
    const { open } = read.value.filters
    const filters = { open: open === undefined ? undefined : open === 'true' }
    return answerList(c, releaseShape, read.value.page, (after, limit) => releaseRows(db, campaignId, filters, after, limit))
  })

  app.post('/v1/campaigns/:campaignId/releases', limited, async (c) =>
    act(c, AskBody, (tx, body, order) => askReleases(tx, { ...order, listingIds: [body.listing_id], reason: body.reason })),
  )

  app.post('/v1/campaigns/:campaignId/releases/confirm', limited, async (c) =>
    act(c, ConfirmManyBody, (tx, { listing_ids, reason: why }, order) =>
      confirmReleases(tx, { ...order, listingIds: listing_ids, ...(why === undefined ? {} : { reason: why }) }),
    ),
  )

  app.post('/v1/campaigns/:campaignId/releases/:listingId/confirm', limited, async (c) => {
    const listing = listingIn(c)
    if (!listing.ok) return problem(c, listing.problem)
    return await act(c, ConfirmBody, (tx, body, order) =>
      confirmReleases(tx, { ...order, listingIds: [listing.value], ...(body.reason === undefined ? {} : { reason: body.reason }) }),
    )
  })

  app.post('/v1/campaigns/:campaignId/releases/:listingId/refuse', limited, async (c) => {
    const listing = listingIn(c)
    if (!listing.ok) return problem(c, listing.problem)
    return await act(c, RefuseBody, (tx, body, order) => refuseReleases(tx, { ...order, listingIds: [listing.value], reason: body.reason }))
  })

  /** One write of an officer on the campaign in the address. */
  async function act<Schema extends z.ZodType, Done>(
    c: AppContext,
    schema: Schema,
    doing: (tx: Tx, body: z.output<Schema>, order: { campaignId: string; actor: string; at: Date }) => Promise<Result<Done>>,
  ): Promise<Response> {
    const actor = `officer:${officerOf(c).userId}`
    const campaignId = c.req.param('campaignId') ?? ''
    if (!id.safeParse(campaignId).success) return noCampaign(c)
    const body = await readBody(c, schema)
    if (!body.ok) return problem(c, body.problem)
    const at = clock()
    return await answerOnce(c, database, { principal: actor, content: body.value, at }, async (tx) => {
      const done = await doing(tx, body.value, { campaignId, actor, at })
      return done.ok ? ok({ status: 201, body: snakeCase(done.value) }) : done
    })
  }

  /** The campaign in the address; null where there is none. */
  async function campaignIn(c: AppContext): Promise<string | null> {
    officerOf(c)
    const campaignId = c.req.param('campaignId') ?? ''
    return id.safeParse(campaignId).success && (await campaignExists(db, campaignId)) ? campaignId : null
  }

  return app
}

function revisionIn(c: AppContext): number | null {
  const text = c.req.param('revision') ?? ''
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

function listingIn(c: AppContext): Result<string> {
  const listingId = id.safeParse(c.req.param('listingId') ?? '')
  return listingId.success ? ok(listingId.data) : fail('not_found', 'This campaign has no standing stop on such a listing.', 'listing_id')
}

function noCampaign(c: AppContext): Response | Promise<Response> {
  return problem(c, { code: 'not_found', message: 'There is no such campaign, or nothing is proposed from such a revision.' })
}
