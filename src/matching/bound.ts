/**
 * The most that comparing a recall with a listing could come to, from the little that the index knows of the pair: recalls that cannot reach
 * a question are not compared. Follows `compare.ts` and the weights; the benchmark measures what it leaves out beside comparing everything.
 */
import { BRAND_FIELD, MAIN, SAID, type ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { Weights } from './weights.ts'

/** What the index keeps of each recall for this, in flat arrays: reading a recall's own arrays would cost more than all the rest. */
export type RecallFacts = {
  /** Words that stand in a brand of recall `r`, then the kinds of product it is about: `words[from[2r] … from[2r + 1] … from[2r + 2])`. */
  words: Int32Array
  from: Int32Array
  /** First letter and length of each of these words: a misspelt word has the same first letter and nearly the length. */
  shapes: Int32Array
  /** Weight of the name or the description that one shared bit can be worth at most. */
  perBit: Float32Array
  /** Bits below. */
  flags: Uint8Array
  count: number
}

const HAS_BRANDS = 1
const HAS_SIZES = 2
const HAS_MEASURES = 4
const HAS_HOSTS = 8

/** Bits that the name is measured by at least, and those of a description that say all: see `compare.ts`. */
const NAME_BITS_MIN = 12
const TEXT_BITS = 20

export function newFacts(): RecallFacts {
  return {
    words: new Int32Array(64),
    shapes: new Int32Array(64),
    from: new Int32Array(3),
    perBit: new Float32Array(8),
    flags: new Uint8Array(8),
    count: 0,
  }
}

export function addFacts(facts: RecallFacts, recall: RecallFeatures, vocabulary: Vocabulary, weights: Weights): void {
  const r = facts.count++
  if (facts.flags.length === r) {
    facts.flags = grown(facts.flags, r * 2)
    facts.perBit = grown(facts.perBit, r * 2)
  }
  if (facts.from.length < 2 * r + 3) facts.from = grown(facts.from, 4 * r + 6)
  const start = facts.from[2 * r]!
  const middle = start + recall.brandWords.length
  const end = middle + recall.heads.length
  if (facts.words.length < end) {
    facts.words = grown(facts.words, end * 2)
    facts.shapes = grown(facts.shapes, end * 2)
  }
  facts.words.set(recall.brandWords, start)
  facts.words.set(recall.heads, middle)
  for (let i = start; i < middle; i++) facts.shapes[i] = shapeOf(vocabulary.words[facts.words[i]!]!)
  facts.from[2 * r + 1] = middle
  facts.from[2 * r + 2] = end
  facts.perBit[r] = Math.max(weights.name_same / Math.max(recall.nameBits, NAME_BITS_MIN), weights.text_same / TEXT_BITS)
  facts.flags[r] =
    (recall.brands.length > 0 ? HAS_BRANDS : 0) | (recall.sizes.size > 0 ? HAS_SIZES : 0) | (hasMeasures(recall) ? HAS_MEASURES : 0) | (recall.component === null ? 0 : HAS_HOSTS) // prettier-ignore
}

function hasMeasures(recall: RecallFeatures): boolean {
  return recall.measures.length > 0
}

function grown<T extends Int32Array | Float32Array | Uint8Array>(array: T, size: number): T {
  const larger = new (array.constructor as new (size: number) => T)(size)
  larger.set(array)
  return larger
}

/** What is known of the listing being asked about. */
export type Asked = {
  /** Where each word stands, by its number; 0 for all others. */
  places: Uint8Array
  /** Bits of the words of its title that speak against a recall which does not use them. */
  said: number
  /** Weight of what the listing says where it names no brand of the recall. */
  brandless: number
  /** Shapes of words that may be a brand misspelt. */
  shapes: readonly number[]
  /** Weight that its price, years and sizes can add. */
  details: number
  sizes: number
}

/** Sets the listing's words in `places`, which is made larger where the vocabulary has grown. */
export function enter(listing: ListingFeatures, places: Uint8Array, { bits, general, words }: Vocabulary, weights: Weights): Asked {
  let said = listing.unknown * UNKNOWN_BITS
  const held = places.length < words.length ? new Uint8Array(Math.ceil(Math.max(1024, words.length * 1.2))) : places
  for (let k = 0; k < listing.ids.length; k++) {
    const id = listing.ids[k]!
    const place = listing.places[k]!
    held[id] = place
    if ((place & SAID) !== 0 && (place & BRAND_FIELD) === 0) said += id < general ? Math.min(bits[id]!, KNOWN_BITS_MAX) : UNKNOWN_BITS
  }
  return {
    places: held,
    shapes: listing.oddWords.map(shapeOf),
    said,
    brandless:
      listing.brandStated && listing.brand.length > 0
        ? Math.max(weights.brand_other, weights.brand_for)
        : weights.brand_absent * BRAND_ABSENT_LEAST,
    details: (listing.listing.priceMinor === null ? 0 : weights.price_near) + (listing.years.length > 0 ? weights.year_same : 0),
    sizes: listing.sizes.length > 0 ? weights.size_same : 0,
  }
}

export function leave(listing: ListingFeatures, { places }: Asked): void {
  for (let k = 0; k < listing.ids.length; k++) places[listing.ids[k]!] = 0
}

/** As in `compare.ts`: what a word counts at most as known or as not meant, and what an unknown one counts. */
const KNOWN_BITS_MAX = 9
const UNKNOWN_BITS = 8
/** Where only the description names the brand. */
const BRAND_ABSENT_LEAST = 0.3
/** `compare.ts` counts a little more than the index of words that stand outside the title. */
const WORTH_SLACK = 1.2

/** At least `boundOf` where the two share neither brand nor code, from what lies at hand. */
export function boundWithoutBrand(facts: RecallFacts, r: number, asked: Asked, shared: number, weights: Weights): number {
  const flag = facts.flags[r]!
  const said = shared * WORTH_SLACK
  const words = Math.min(weights.name_same + weights.text_same, said * facts.perBit[r]!) + Math.min(1, said / 16) * weights.line_same
  const extra = (weights.words_extra * Math.max(0, asked.said - shared)) / (asked.said + 10)
  return (
    weights.prior + asked.details + words + extra + weights.kind_same + ((flag & HAS_SIZES) === 0 ? 0 : asked.sizes) + ((flag & HAS_BRANDS) === 0 ? 0 : asked.brandless) // prettier-ignore
  )
}

/**
 * The most that comparing recall `r` with the listing can come to. `shared` is what the two share in bits; `isCode` and `isBrandField` say
 * whether a code, or a word of the listing's brand field, is among it. A misspelt brand is none here: see `mayBeMisspelt`.
 */
export function boundOf(
  facts: RecallFacts,
  r: number,
  asked: Asked,
  shared: number,
  isCode: boolean,
  isBrandField: boolean,
  weights: Weights,
  bits: Float64Array,
): number {
  const { words, from, flags } = facts
  const { places } = asked
  let brandBits = 0
  let brandMost = 0
  const middle = from[2 * r + 1]!
  for (let i = from[2 * r]!; i < middle; i++) {
    const id = words[i]!
    if ((places[id]! & (MAIN | BRAND_FIELD)) === 0) continue
    brandBits += bits[id]!
    brandMost = Math.max(brandMost, bits[id]!)
  }
  let isKind = false
  for (let i = middle; i < from[2 * r + 2]! && !isKind; i++) isKind = places[words[i]!] !== 0
  const flag = flags[r]!
  const said = Math.max(0, shared - brandBits) * WORTH_SLACK
  let most = weights.prior + asked.details + Math.min(weights.name_same + weights.text_same, said * facts.perBit[r]!)
  most += Math.min(1, said / 16) * weights.line_same
  if ((flag & HAS_SIZES) !== 0) most += asked.sizes
  if (isKind) most += weights.kind_same
  else if (from[2 * r + 2]! > middle && (flag & HAS_HOSTS) === 0) most += weights.kind_other
  if (isCode) most += weights.model_same
  else most += (weights.words_extra * Math.max(0, asked.said - shared)) / (asked.said + brandBits + 10)
  if (brandBits > 0 || isBrandField) {
    most += brandBits > 0 ? weights.brand_same * Math.min(1, 0.4 + brandMost / 20) : weights.brand_firm
    if ((flag & HAS_MEASURES) !== 0) most += weights.measures_same
    if ((flag & HAS_HOSTS) !== 0) most += weights.host_same - weights.kind_other
  } else if ((flag & HAS_BRANDS) !== 0) most += asked.brandless
  return most
}

function shapeOf(word: string): number {
  return word.charCodeAt(0) * 256 + Math.min(255, word.length)
}

/** Whether a bound below the floor would reach it if the listing only misspelt the brand, and some word has the shape for it. */
export function mayBeMisspelt(facts: RecallFacts, r: number, asked: Asked, bound: number, floor: number, weights: Weights): boolean {
  if ((facts.flags[r]! & HAS_BRANDS) === 0 || bound - asked.brandless + weights.brand_misspelt < floor) return false
  const end = facts.from[2 * r + 1]!
  for (let i = facts.from[2 * r]!; i < end; i++)
    for (let k = 0; k < asked.shapes.length; k++) if (Math.abs(facts.shapes[i]! - asked.shapes[k]!) <= 1) return true
  return false
}
