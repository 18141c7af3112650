/**
 * From evidence to an answer: the weight in bits, the answer with what is missing, the tier, and the reasons that sum to the weight. Pure.
 */
import type { Answer } from '../recalls/index.ts'
import { compare } from './compare.ts'
import { INDEX, type Evidence, type Missing } from './evidence.ts'
import type { ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { reasonsOf, type Reason } from './reasons.ts'
import { unitMembership } from './unit-stated.ts'
import type { Vocabulary } from './vocabulary.ts'
import { SEVERITY_THRESHOLDS, type SeverityThresholds } from './thresholds.ts'
import { FIELDS, WEIGHTS, type Field, type Thresholds, type Weights } from './weights.ts'

/** `auto`: stop at once, a person confirms after. `review`: a person decides. `dismiss`: nobody needs to look. */
export const TIERS = ['auto', 'review', 'dismiss'] as const
export type Tier = (typeof TIERS)[number]

export type Score = {
  answer: Answer
  /** Bits of evidence: exactly the sum of the reasons' weights. */
  weight: number
  tier: Tier
  reasons: Reason[]
}

export type Verdict = { answer: Answer; weight: number; tier: Tier; missing: Missing | null; isFixClaimed: boolean; evidence: Evidence }

/** Weights are kept in sixty-fourths of a bit, so that sums are exact in whatever order they are added. */
export function bitsOf(field: Field, value: number, weights: Weights): number {
  return roundedBits(weights[field], value)
}

function roundedBits(weight: number, value: number): number {
  return Math.round(weight * value * 64) / 64
}

const ordered = new WeakMap<Weights, Float64Array>()

/** The weights in the order of `FIELDS`. */
export function inOrder(weights: Weights): Float64Array {
  const known = ordered.get(weights)
  if (known !== undefined) return known
  const made = Float64Array.from(FIELDS, (field) => weights[field])
  ordered.set(weights, made)
  return made
}

/** The answer without the words of its reasons: what screening computes for every candidate. */
export function judge(
  recall: RecallFeatures,
  listing: ListingFeatures,
  vocabulary: Vocabulary,
  weights: Weights = WEIGHTS,
  thresholds: SeverityThresholds = SEVERITY_THRESHOLDS,
): Verdict {
  const evidence = compare(recall, listing, vocabulary)
  const bits = inOrder(weights)
  let weight = 0
  for (let i = 0; i < bits.length; i++) weight += roundedBits(bits[i]!, evidence.values[i]!)
  // Few listings state a lot, serial number or date of make, so only what is likely is asked for it.
  if (weight >= UNIT_ASKED || (evidence.values[INDEX.year_other]! > 0 && weight >= UNIT_ASKED + bits[INDEX.year_other]!))
    weight += compareUnit(recall, listing, evidence, bits)
  const { missing } = evidence
  const lines = thresholds[recall.severity]
  const stated = answerOf(weight, missing, lines)
  // What its seller says was put right may be outside the scope: a proof decides, not the listing.
  const answer = stated === 'affected' && listing.claimsFix ? 'possibly' : stated
  return {
    answer,
    weight,
    tier: tierOf(answer, weight, evidence, listing.claimsFix, lines),
    missing,
    isFixClaimed: answer !== stated,
    evidence,
  }
}

/** Bits from which a listing is read for the lot, serial number or date that it states. */
const UNIT_ASKED = -3.5

/** What the unit that the listing states says: the bits it adds. */
function compareUnit(recall: RecallFeatures, listing: ListingFeatures, evidence: Evidence, bits: Float64Array): number {
  const unit = unitMembership(recall, listing)
  if (unit === 'unclear') evidence.isUnitUnclear = true
  if (unit === 'unknown' || unit === 'unclear') return 0
  const { values } = evidence
  const field = unit === 'inside' ? INDEX.unit_inside : INDEX.unit_outside
  values[field] = 1
  let added = roundedBits(bits[field]!, 1)
  if (unit === 'inside') {
    // The unit is one of those recalled: a year in the title and a model number left out say no more.
    added -= roundedBits(bits[INDEX.year_other]!, values[INDEX.year_other]!)
    values[INDEX.year_other] = 0
    if (evidence.missing === 'model' || evidence.missing === 'name_number') evidence.missing = null
  }
  return added
}

/** Where the listing leaves out what decides, less evidence is enough to ask; nothing but evidence against makes it "no". */
function answerOf(weight: number, missing: Missing | null, thresholds: Thresholds): Answer {
  if (missing === 'size') return weight >= thresholds.possibly ? 'possibly' : 'no'
  if (missing === 'name_number') return weight >= thresholds.unit ? 'possibly' : 'no'
  if (missing !== null && missing !== 'unit') return weight >= thresholds.unstated ? 'possibly' : 'no'
  if (missing === 'unit' && weight < thresholds.possibly) return weight >= thresholds.unit ? 'possibly' : 'no'
  return weight >= thresholds.affected ? 'affected' : weight >= thresholds.possibly ? 'possibly' : 'no'
}

function value(evidence: Evidence, field: Field): number {
  return evidence.values[FIELDS.indexOf(field)]!
}

/** `auto` needs more than weight: the same brand, and either the same number or a whole name without anything that speaks against it. */
function tierOf(answer: Answer, weight: number, evidence: Evidence, claimsFix: boolean, thresholds: Thresholds): Tier {
  // Where the seller says that it was put right, a person looks.
  if (answer === 'affected' && weight >= thresholds.auto && !claimsFix) {
    const brand = value(evidence, 'brand_same') > 0 || value(evidence, 'brand_firm') > 0
    // Where only a part of the thing is recalled, a person looks whether this one has it.
    const isHost = evidence.hostMain && !evidence.headMain
    const known = value(evidence, 'kind_same') > 0 || value(evidence, 'name_same') >= 0.5
    const number = known && (value(evidence, 'gtin_same') > 0 || (value(evidence, 'model_same') >= 0.7 && !evidence.isBareNumber))
    const against = value(evidence, 'part') > 0 || value(evidence, 'brand_for') > 0 || value(evidence, 'size_other') > 0
    const name = value(evidence, 'kind_same') > 0 && value(evidence, 'line_missing') < 0.5 && value(evidence, 'name_same') >= 0.5
    // Where a serial number is stated that could not be compared, a person compares it.
    if (brand && !against && !isHost && !evidence.isUnitUnclear && (number || name)) return 'auto'
  }
  return answer === 'no' ? 'dismiss' : 'review'
}

/** The full score of one recall and one listing. */
export function score(
  recall: RecallFeatures,
  listing: ListingFeatures,
  vocabulary: Vocabulary,
  weights: Weights = WEIGHTS,
  thresholds: SeverityThresholds = SEVERITY_THRESHOLDS,
): Score {
  const verdict = judge(recall, listing, vocabulary, weights, thresholds)
  const { answer, weight, tier } = verdict
  return { answer, weight, tier, reasons: reasonsOf(recall, listing, verdict, vocabulary, weights) }
}
