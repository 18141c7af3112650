/** What happens to a campaign after it was opened: more listings come to it, and late orders and stock of its listings are swept up. */
import { audit } from '../platform/audit.ts'
import { transaction, type Tx } from '../platform/db.ts'
import { snakeCase } from '../platform/json.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { lockLedger } from '../supply/index.ts'
import { walkLine, type CampaignCounts } from './line.ts'
import {
  campaignIds,
  campaignOfRecall,
  insertStep,
  listingsToStop,
  lockRecall,
  stoppedListings,
  waveStepExists,
  type Campaign,
} from './queries.ts'
import type { CampaignDeps } from './open-campaign.ts'

/** Which campaign, by whom (`officer:…`, `rule:…`, `cli`), when. */
export type ExtensionOrder = { campaignId: string; actor: string; at: Date }

/**
 * Brings every listing that is affected by now and not stopped yet into an open campaign, under the scope as it was decided: stop, hold,
 * intercept, lines, notices, and a wave for those who have something new to hear. Where no listing came, nothing is done. Counts are of
 * what was added.
 */
export async function extendCampaign(deps: CampaignDeps, order: ExtensionOrder): Promise<Result<CampaignCounts>> {
  return await transaction(deps.database, async (tx) => {
    await lockRecall(tx.db, order.campaignId)
    const campaign = await campaignOfRecall(tx.db, order.campaignId)
    if (campaign === null) return noCampaign(order.campaignId)
    return ok(await extendCampaignIn(tx, deps.enqueue, campaign, order))
  })
}

/** `extendCampaign` in the caller's transaction, which holds the recall's lock. */
export async function extendCampaignIn(tx: Tx, enqueue: Enqueue, campaign: Campaign, order: ExtensionOrder): Promise<CampaignCounts> {
  const toStop = await listingsToStop(tx.db, campaign.recallId, campaign.campaignId, 'unseen')
  if (toStop.length === 0) return NOTHING
  return await walkAgain(tx, enqueue, campaign, order, { toStop, stopped: [] }, 'campaigns.extended')
}

/**
 * Walks the line again over everything the campaign stopped, and over what is affected by now: takes back orders and holds stock that the
 * marketplace told us of late, and finds lines that it told us of late. Run after an import, it finds nothing where nothing is new.
 */
export async function sweepCampaign(deps: CampaignDeps, order: ExtensionOrder): Promise<Result<CampaignCounts>> {
  return await transaction(deps.database, async (tx) => {
    await lockRecall(tx.db, order.campaignId)
    const campaign = await campaignOfRecall(tx.db, order.campaignId)
    if (campaign === null) return noCampaign(order.campaignId)
    const stopped = await stoppedListings(tx.db, campaign.campaignId)
    const toStop = await listingsToStop(tx.db, campaign.recallId, campaign.campaignId, 'unseen')
    return ok(await walkAgain(tx, deps.enqueue, campaign, order, { toStop, stopped }, 'campaigns.swept'))
  })
}

/** Sweeps every campaign: what follows an import of orders or stock, and a screening. Returns what was added, by campaign. */
export async function sweepCampaigns(
  deps: CampaignDeps,
  order: Omit<ExtensionOrder, 'campaignId'>,
): Promise<Record<string, CampaignCounts>> {
  const added: Record<string, CampaignCounts> = {}
  for (const campaignId of await campaignIds(deps.database.db)) {
    const swept = await sweepCampaign(deps, { ...order, campaignId })
    if (swept.ok) added[campaignId] = swept.value
  }
  return added
}

/** Writes on the timeline that a wave has been sent to its end. Once per wave, however often it is said. */
export async function recordWaveSent(
  deps: Pick<CampaignDeps, 'database'>,
  sent: { campaignId: string; wave: number; accepted: number; at: Date },
): Promise<void> {
  const { campaignId, wave, accepted, at } = sent
  await transaction(deps.database, async (tx) => {
    await lockRecall(tx.db, campaignId)
    if (await waveStepExists(tx.db, campaignId, 'wave_sent', wave)) return
    await insertStep(tx.db, { campaignId, step: 'wave_sent', actor: 'rule:send-wave', at, counts: { wave, accepted } })
  })
}

const NOTHING: CampaignCounts = {
  listingsStopped: 0,
  heldUnits: 0,
  interceptedLines: 0,
  interceptedUnits: 0,
  affectedLines: 0,
  affectedUnits: 0,
  possibleUnits: 0,
  buyers: 0,
  notices: 0,
}

/** The line again for these listings, in the caller's transaction, which holds the recall's lock. Nothing found, nothing written. */
export async function walkAgain(
  tx: Tx,
  enqueue: Enqueue,
  campaign: Campaign,
  order: ExtensionOrder,
  listings: Parameters<typeof walkLine>[3],
  action: 'campaigns.extended' | 'campaigns.swept',
): Promise<CampaignCounts> {
  const { campaignId, recall, scope } = campaign
  const { actor } = order
  // Two who extend at once take turns; the later one's steps, and what they make pending, stand after those of the earlier.
  const at = new Date(Math.max(order.at.getTime(), campaign.lastStepAt.getTime() + 1))
  await lockLedger(tx.db)
  const counts = await walkLine(tx, enqueue, { campaignId, recall, scope, actor, at, opening: false }, listings)
  if (Object.values(counts).every((count) => count === 0)) return counts
  const detail = { listings: listings.toStop.map((listing) => listing.listingId).slice(0, NAMED_MAX), counts: snakeCase(counts) }
  await audit(tx.db, { actor, action, subject: `campaign:${campaignId}`, detail, at })
  return counts
}

/** Listings named in an audit entry; the stops have all of them. */
const NAMED_MAX = 100

function noCampaign(campaignId: string): Result<never> {
  return fail('not_found', `There is no campaign ${campaignId}.`, 'campaign_id')
}
