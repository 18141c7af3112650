/**
 * Whether going on with a comparison could come to a question, once barcode, words, model numbers and brand are compared: of a hundred
 * candidates some seven can. An upper bound like that of `bound.ts`, from what is exactly known by then. It follows the rest of
 * `compare.ts`, and `score.ts`.
 */
import { compareNames } from './compare.ts'
import { comparePrice } from './compare-sizes.ts'
import { INDEX, newEvidence } from './evidence.ts'
import type { ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { inOrder } from './score.ts'
import { statesUnit } from './unit-stated.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { Field, Thresholds, Weights } from './weights.ts'

/** Written over by every comparison. */
const scratch = newEvidence()

function numbersOf(fields: readonly Field[]): Int32Array {
  return Int32Array.from(fields, (field) => INDEX[field])
}

/** What is final by now, or can only fall. */
const FINAL = numbersOf([
  'prior', 'gtin_same', 'gtin_other', 'model_same', 'model_near', 'model_prefix', 'model_excluded', 'model_brand_clash', 'models_many',
  'brand_same', 'brand_firm', 'brand_misspelt', 'brand_other', 'brand_absent', 'brand_for', 'kind_same', 'line_same', 'name_same', 'text_same',
  'price_near', 'price_far',
]) // prettier-ignore
/** What may be taken back where the recall is about a component and the listing offers what it was sold with. */
const OF_COMPONENTS = numbersOf(['kind_other', 'model_other', 'model_sibling'])

/** What rounding the fields to sixty-fourths of a bit may add. */
const ROUNDING = 0.25
/** Share of `words_extra` that is left, and strength of a number from which that may be, see `settle`. */
const EXTRA_LEFT = 0.3
const SETTLING = 0.6

export function mayComeToAQuestion(
  recall: RecallFeatures,
  listing: ListingFeatures,
  vocabulary: Vocabulary,
  weights: Weights,
  lines: Thresholds,
): boolean {
  const { values } = scratch
  values.fill(0)
  scratch.name.length = scratch.extra.length = 0
  scratch.code = null
  const { model } = compareNames(recall, listing, vocabulary, scratch)
  comparePrice(recall, listing, values)
  const bits = inOrder(weights)
  const isComponent = recall.component !== null
  const mayBeSettled = isComponent || model.strength >= SETTLING || values[INDEX.gtin_same]! > 0
  let most = ROUNDING
  for (let i = 0; i < FINAL.length; i++) most += bits[FINAL[i]!]! * values[FINAL[i]!]!
  if (!isComponent) for (let i = 0; i < OF_COMPONENTS.length; i++) most += bits[OF_COMPONENTS[i]!]! * values[OF_COMPONENTS[i]!]!
  if (!mayBeSettled) most += weights.line_missing * values[INDEX.line_missing]!
  most += weights.words_extra * values[INDEX.words_extra]! * (mayBeSettled ? EXTRA_LEFT : 1)
  most += weights.brand_mixed * values[INDEX.brand_mixed]!
  if (isComponent) most += weights.host_same
  if (listing.sizes.length > 0) most += sizesMost(recall, listing, weights)
  if (listing.years.length > 0) most += weights.year_same
  const least = Math.min(lines.unstated, lines.unit, lines.possibly, lines.affected)
  return most >= least || (most + weights.unit_inside >= least && statesUnit(listing))
}

/** What sizes add at most: only where both name one of the same dimension. */
function sizesMost(recall: RecallFeatures, listing: ListingFeatures, weights: Weights): number {
  let most = recall.measures.length > 0 ? weights.measures_same : 0
  if (recall.sizes.size > 0 && listing.sizes.some((size) => recall.sizes.has(size.dimension))) most += weights.size_same
  return most
}
