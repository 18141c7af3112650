/** Ending stops: one person asks with a reason, another one confirms, and then the listing may be sold again. */
import { decide } from '../matching/index.ts'
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { printedNumber } from '../recalls/index.ts'
import { lockLedger, releaseListings, releaseStatement } from '../supply/index.ts'
import { afterLastStep } from './propose.ts'
import { campaignOfRecall, insertStep, lockRecall, type Campaign } from './queries.ts'
import {
  insertAnswers,
  insertRequests,
  openRequests,
  stoppedForRelease,
  type OpenRequest,
  type StoppedListing,
} from './queries-releases.ts'

export const RELEASE_REASON_CHARACTERS_MAX = 4_000

/** Which listings, by whom (`officer:<user id>` or `cli`: whoever has the server's terminal counts as one person), when, why. */
export type ReleaseOrder = { campaignId: string; listingIds: readonly string[]; actor: string; at: Date; reason: string }

/** `asked`: listings whose release is asked for now; one that waits already is not asked for twice. */
export type AskedReleases = { campaignId: string; asked: string[] }

/** Units of the product. `passedOn`: held by another campaign from now on, whose stop stands on the listing. */
export type ConfirmedReleases = { campaignId: string; released: string[]; units: number; passedOn: number }

/** Asks for the release of stopped listings. Nothing changes for the seller until a second person confirms. */
export async function askReleases(tx: Tx, order: ReleaseOrder & { revision?: number | null }): Promise<Result<AskedReleases>> {
  const said = readReason(order)
  if (!said.ok) return said
  const found = await openedCampaign(tx, order.campaignId)
  if (!found.ok) return found
  return await askReleasesIn(tx, found.value, { ...order, reason: said.value })
}

/** `askReleases` where the caller holds the recall's lock and has read the reason. */
export async function askReleasesIn(
  tx: Tx,
  campaign: Campaign,
  order: ReleaseOrder & { revision?: number | null },
): Promise<Result<AskedReleases>> {
  const { campaignId, actor, reason, revision = null } = order
  const listingIds = [...new Set(order.listingIds)]
  const stops = await stoppedForRelease(tx.db, campaignId, listingIds)
  const missing = listingIds.find((id) => !stops.some((stop) => stop.listingId === id))
  if (missing !== undefined) return fail('not_found', `This campaign has no standing stop on listing ${missing}.`, 'listing_id')
  const waiting = new Set((await openRequests(tx.db, campaignId, listingIds)).map((request) => request.listingId))
  const wanted = stops.filter((stop) => !waiting.has(stop.listingId))
  if (wanted.length === 0) return ok({ campaignId, asked: [] })
  const at = afterLastStep(campaign, order.at)
  await insertRequests(tx.db, { campaignId, stops: wanted, revision, actor, at, reason })
  await insertStep(tx.db, { campaignId, step: 'release_asked', actor, at, counts: { listings: wanted.length } })
  const asked = wanted.map((stop) => stop.listingId)
  await audit(tx.db, {
    actor,
    action: 'campaigns.release_asked',
    subject: `campaign:${campaignId}`,
    detail: { listings: asked, reason, revision },
    at,
  })
  return ok({ campaignId, asked })
}

/**
 * Confirms releases that somebody else asked for, and carries them out: each stop ends with the statement that its seller reads, held units
 * are free again or pass to another campaign's stop. Where a listing is still answered affected, the release is a ruling that it is not; one
 * that was asked for because of a revision and is affected once more is refused.
 */
export async function confirmReleases(
  tx: Tx,
  order: Omit<ReleaseOrder, 'reason'> & { reason?: string },
): Promise<Result<ConfirmedReleases>> {
  const { campaignId, actor } = order
  const found = await answerable(tx, order)
  if (!found.ok) return found
  const { campaign, requests } = found.value
  const stops = await stoppedForRelease(tx.db, campaignId, requests.map((request) => request.listingId)) // prettier-ignore
  const again = requests.find((request) => request.revision !== null && stopOf(stops, request).affectedBy.length > 0)
  if (again !== undefined) {
    return fail(
      'conflict',
      `Listing ${again.listingId} is affected again, so its release no longer follows from the agency’s change. Refuse it, or ask anew with a reason of its own.`,
      'listing_id',
    )
  }
  const at = afterLastStep(campaign, order.at)
  await lockLedger(tx.db)
  for (const request of requests) {
    for (const recallId of stopOf(stops, request).affectedBy) {
      const ruled = await decide(tx, { listingId: request.listingId, recallId, ruling: 'no', actor, at, reason: request.reason })
      if (!ruled.ok) return ruled
    }
  }
  const releases = requests.map((request) => {
    const { listingId, title, othersStand } = stopOf(stops, request)
    const recallNumber = printedNumber(campaign.recall.recallNumber)
    return { listingId, statement: releaseStatement({ listing: { listingId, title }, recallNumber, why: request.reason, othersStand }) }
  })
  await insertAnswers(tx.db, { campaignId, requests, answer: 'confirmed', actor, at, reason: order.reason?.trim() ?? '' })
  const { listings, units, passedOn } = await releaseListings(tx, { campaignId, releases, actor, at })
  await insertStep(tx.db, { campaignId, step: 'listings_released', actor, at, counts: { listings, units, passed_on: passedOn } })
  const released = releases.map((release) => release.listingId)
  const asked = requests.map(({ listingId, askedBy, reason }) => ({ listing_id: listingId, asked_by: askedBy, reason }))
  await audit(tx.db, {
    actor,
    action: 'campaigns.released',
    subject: `campaign:${campaignId}`,
    detail: { asked, units, passed_on: passedOn },
    at,
  })
  return ok({ campaignId, released, units, passedOn })
}

/** Refuses releases that were asked for: the stops stand, and the reason is kept. Whoever asked may take it back this way too. */
export async function refuseReleases(tx: Tx, order: ReleaseOrder): Promise<Result<{ campaignId: string; refused: string[] }>> {
  const said = readReason(order)
  if (!said.ok) return said
  const { campaignId, actor } = order
  const found = await waitingRequests(tx, order)
  if (!found.ok) return found
  const { campaign, requests } = found.value
  const at = afterLastStep(campaign, order.at)
  await insertAnswers(tx.db, { campaignId, requests, answer: 'refused', actor, at, reason: said.value })
  await insertStep(tx.db, { campaignId, step: 'release_refused', actor, at, counts: { listings: requests.length } })
  const refused = requests.map((request) => request.listingId)
  await audit(tx.db, {
    actor,
    action: 'campaigns.release_refused',
    subject: `campaign:${campaignId}`,
    detail: { listings: refused, reason: said.value },
    at,
  })
  return ok({ campaignId, refused })
}

type Waiting = { campaign: Campaign; requests: OpenRequest[] }

async function waitingRequests(tx: Tx, order: { campaignId: string; listingIds: readonly string[] }): Promise<Result<Waiting>> {
  const found = await openedCampaign(tx, order.campaignId)
  if (!found.ok) return found
  const listingIds = [...new Set(order.listingIds)]
  const requests = await openRequests(tx.db, order.campaignId, listingIds)
  const missing = listingIds.find((id) => !requests.some((request) => request.listingId === id))
  if (missing !== undefined || requests.length === 0) {
    return fail(
      'conflict',
      `No release of listing ${missing ?? ''} is waiting: it was answered already, or nobody asked for it.`,
      'listing_id',
    )
  }
  return ok({ campaign: found.value, requests })
}

/** The waiting requests, if this person may confirm them: never the one who asked, and never a rule. */
async function answerable(tx: Tx, order: { campaignId: string; listingIds: readonly string[]; actor: string }): Promise<Result<Waiting>> {
  const waiting = await waitingRequests(tx, order)
  if (!waiting.ok) return waiting
  if (order.actor.startsWith('rule:')) return fail('forbidden', 'A person confirms a release, not a rule.', 'listing_id')
  const own = waiting.value.requests.find((request) => request.askedBy === order.actor)
  if (own !== undefined) {
    return fail(
      'conflict',
      `You asked for the release of listing ${own.listingId} yourself. Another safety officer has to confirm it.`,
      'listing_id',
    )
  }
  return waiting
}

/** The open campaign, locked to the end of the transaction. */
export async function openedCampaign(tx: Tx, campaignId: string): Promise<Result<Campaign>> {
  await lockRecall(tx.db, campaignId)
  const campaign = await campaignOfRecall(tx.db, campaignId)
  if (campaign === null || campaign.campaignId !== campaignId)
    return fail('not_found', `There is no campaign ${campaignId}.`, 'campaign_id')
  return ok(campaign)
}

export function readReason({ reason }: { reason: string }): Result<string> {
  const said = reason.trim()
  if (said === '') return fail('invalid', 'Say why. It is kept for the record, and the sellers concerned can read it.', 'reason')
  if (said.length > RELEASE_REASON_CHARACTERS_MAX)
    return fail('invalid', `Say why in at most ${RELEASE_REASON_CHARACTERS_MAX} characters.`, 'reason')
  return ok(said)
}

function stopOf(stops: readonly StoppedListing[], request: OpenRequest): StoppedListing {
  const stop = stops.find((each) => each.listingId === request.listingId)
  if (stop === undefined) throw new Error(`Listing ${request.listingId} has a request for release and no standing stop.`)
  return stop
}
