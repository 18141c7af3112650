/** What follows when single listings came in: each is compared with every recall, the open campaigns take up what is theirs, and the rest is gated. */
import { matchesOfListing, screenListing, type ListingMatch } from '../matching/index.ts'
import { transaction } from '../platform/db.ts'
import { sellable, tellGates, type Sellable } from '../supply/index.ts'
import { extendCampaign } from './extend-campaign.ts'
import type { CampaignDeps } from './open-campaign.ts'
import { campaignOfRecall } from './queries.ts'

/** A listing after its screening. */
export type Screened = { listingId: string; sellable: Sellable; matches: ListingMatch[] }

/** Listings screened side by side: the database works on some while the engine reads others. */
const SIDE_BY_SIDE = 8

/**
 * Screens listings that were taken in already, by the same steps as the follow-up of an import. Until this is done a new or changed listing is
 * not sellable, so a process that dies anywhere in it leaves nothing dangerous on sale; the next follow-up does the rest.
 */
export async function screenTaken(
  deps: CampaignDeps,
  order: { listingIds: readonly string[]; actor: string; at: Date },
): Promise<Screened[]> {
  const { listingIds, actor, at } = order
  const { database } = deps
  const matches = new Map<string, ListingMatch[]>()
  for (let start = 0; start < listingIds.length; start += SIDE_BY_SIDE) {
    const side = listingIds.slice(start, start + SIDE_BY_SIDE).map(async (listingId) => {
      await screenListing(database, listingId, { at })
      matches.set(listingId, await matchesOfListing(database.db, listingId))
    })
    await Promise.all(side)
  }
  const affecting = [...matches.values()].flat().filter((match) => match.answer === 'affected')
  const campaigns = new Set<string>()
  for (const recallId of new Set(affecting.map((match) => match.recallId))) {
    const campaign = await campaignOfRecall(database.db, recallId)
    if (campaign !== null) campaigns.add(campaign.campaignId)
  }
  for (const campaignId of [...campaigns].toSorted()) await extendCampaign(deps, { campaignId, actor, at })
  if (listingIds.length > 0) await transaction(database, (tx) => tellGates(tx, { listingIds, actor, at }))
  return (await sellable(database.db, listingIds)).map((answer) => ({
    listingId: answer.listingId,
    sellable: answer,
    matches: matches.get(answer.listingId) ?? [],
  }))
}
