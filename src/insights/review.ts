/** One match as a person reviews it: both texts with the marked places, the weight with its lines, what is missing, what is at stake. */
import { linesFor, matchingSettings, probabilityOf, type Thresholds } from '../matching/index.ts'
import type { Db } from '../platform/db.ts'
import { isoTime, snakeCase } from '../platform/json.ts'
import type { Item } from '../platform/lists.ts'
import { sellable } from '../supply/index.ts'
import { exposureOf, reviewedMatch, rulingsOn } from './queries-review-one.ts'

/** Null where there is no such match. */
export async function reviewView(db: Db, recallId: string, listingId: string): Promise<Item | null> {
  const match = await reviewedMatch(db, recallId, listingId)
  if (match === null) return null
  const [settings, exposure, rulings, [sale]] = await Promise.all([
    matchingSettings(db),
    exposureOf(db, listingId, match.recall),
    rulingsOn(db, recallId, listingId),
    sellable(db, [listingId]),
  ])
  return {
    listing_id: match.listing_id,
    recall_id: match.recall_id,
    why: match.why,
    answer: match.answer,
    engine_answer: match.engine_answer,
    ruling: match.ruling,
    tier: match.tier,
    weight: match.weight,
    probability: probabilityOf(match.weight, missingOf(match.engine_answer, match.reasons) !== null),
    thresholds: linesOf(match.engine_answer, match.weight, linesFor(match.severity, settings.thresholds)),
    reasons: snakeCase(match.reasons),
    missing: missingOf(match.engine_answer, match.reasons),
    screened_at: isoTime(match.screened_at),
    revision: match.revision,
    current_revision: match.current_revision,
    severity: match.severity,
    recall: snakeCase(match.recall),
    listing: {
      listing_id: match.listing_id,
      seller_id: match.seller_id,
      seller_name: match.seller_name,
      title: match.title,
      brand: match.brand,
      model: match.model,
      gtin: match.gtin,
      asin: match.asin,
      description: match.description,
      category: match.category,
      attributes: match.attributes,
      price_minor: match.price_minor,
      currency: match.currency,
      pack_units: match.pack_units,
      image_url: match.image_url,
      updated_at: isoTime(match.updated_at),
    },
    exposure,
    sellable: sale?.sellable ?? null,
    gates: (sale?.gates ?? []).map(({ gate, recallId: recall }) => ({ gate, recall_id: recall })),
    rulings: rulings.map((ruling) => ({ ...ruling, decided_at: isoTime(ruling.decided_at) })),
    campaign:
      match.campaign_id === null
        ? null
        : {
            campaign_id: match.campaign_id,
            stopped_at: isoTime(match.stopped_at),
            released_at: isoTime(match.released_at),
            release_asked: match.release_asked,
          },
  }
}

/** Where the answers change, in bits, as far as they concern this match: without what decides, no weight makes it more than possible. */
function linesOf(answer: string, weight: number, bits: Thresholds): { name: string; bits: number }[] {
  if (answer === 'possibly' && weight >= bits.affected) return [{ name: 'possibly', bits: bits.unstated }]
  const lines = [
    { name: 'possibly', bits: bits.possibly },
    { name: 'affected', bits: bits.affected },
  ]
  return answer === 'possibly' ? lines : [...lines, { name: 'auto', bits: bits.auto }]
}

/** What would decide, in the engine's words: the reason that weighs nothing. */
function missingOf(answer: string, reasons: readonly { weight: number; text: string }[]): string | null {
  return answer === 'possibly' ? (reasons.find((reason) => reason.weight === 0)?.text ?? null) : null
}
