/**
 * The most that comparing a recall with a listing could come to, from the little that the index knows of the pair: recalls that cannot reach
 * a question are not compared. Follows `compare.ts`, `score.ts` and the weights; the benchmark measures what it leaves out beside comparing
 * everything.
 */
import { BRAND_FIELD, FOR, MAIN, SAID, type ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { DIMENSIONS, type Size } from './sizes.ts'
import type { SeverityThresholds } from './thresholds.ts'
import { statesUnit } from './unit-stated.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { Thresholds, Weights } from './weights.ts'
import { EXCLUDED, IN_SOLD } from './zones.ts'

/** What the index keeps of each recall for this, side by side: reading a recall's own arrays would cost more than all the rest. */
export type RecallFacts = {
  /** Words that stand in a brand of recall `r`, then the kinds of product it is about, from `numbers[at + BRANDS]` to `numbers[at + END]`. */
  words: Int32Array
  /** `STRIDE` numbers for each recall, see below; `values` is the same memory read as fractions. */
  numbers: Int32Array
  values: Float32Array
  count: number
  /** 1 for every word that stands among the sellers of a recall: a brand that is one of these may be met there. */
  sold: Uint8Array
  /** The least bits that make a question of any recall here without a shared code. */
  floor: number
}

/** One line of the processor's memory holds two recalls. */
const STRIDE = 8
const BRANDS = 0
const HEADS = 1
const END = 2
/** Bits below, and from `DIMENSION` on one for each dimension of which the recall names a size. */
const FLAGS = 3
/** Bits that say all of the name. */
const NAME_BITS = 4
/** The least bits that make a question of it: without a shared code, and with one. */
const FLOOR = 5
const FLOOR_OF_CODE = 6

const HAS_BRANDS = 1
const HAS_PRICE = 2
const HAS_MEASURES = 4
const HAS_HOSTS = 8
const DIMENSION = 256

/** Bits that the name is measured by at least, and those of a description that say all: see `compare.ts`. */
const NAME_BITS_MIN = 12
const TEXT_BITS = 20

export function newFacts(): RecallFacts {
  const numbers = new Int32Array(8 * STRIDE)
  return {
    words: new Int32Array(64),
    numbers,
    values: new Float32Array(numbers.buffer),
    count: 0,
    sold: new Uint8Array(0),
    floor: Infinity,
  }
}

export function addFacts(facts: RecallFacts, recall: RecallFeatures, vocabulary: Vocabulary, thresholds: SeverityThresholds): void {
  const at = facts.count++ * STRIDE
  if (facts.numbers.length < at + STRIDE) {
    facts.numbers = grown(facts.numbers, at * 2)
    facts.values = new Float32Array(facts.numbers.buffer)
  }
  const { numbers, values } = facts
  const start = at === 0 ? 0 : numbers[at - STRIDE + END]!
  const middle = start + recall.brandWords.length
  const end = middle + recall.heads.length
  if (facts.words.length < end) facts.words = grown(facts.words, end * 2)
  facts.words.set(recall.brandWords, start)
  facts.words.set(recall.heads, middle)
  numbers[at + BRANDS] = start
  numbers[at + HEADS] = middle
  numbers[at + END] = end
  numbers[at + FLAGS] = flagsOf(recall)
  values[at + NAME_BITS] = Math.max(recall.nameBits, NAME_BITS_MIN)
  const lines = thresholds[recall.severity]
  values[at + FLOOR] = floorOf(recall, lines)
  values[at + FLOOR_OF_CODE] = Math.min(...Object.values(lines))
  facts.floor = Math.min(facts.floor, values[at + FLOOR]!)
  if (facts.sold.length < vocabulary.words.length) facts.sold = grown(facts.sold, Math.ceil(vocabulary.words.length * 1.2))
  for (let k = 0; k < recall.tokens.length; k++) if ((recall.zones[k]! & IN_SOLD) !== 0) facts.sold[recall.tokens[k]!] = 1
}

function flagsOf(recall: RecallFeatures): number {
  let flags = recall.brands.length > 0 ? HAS_BRANDS : 0
  if (recall.recall.scope.priceMaxMinor !== null) flags |= HAS_PRICE
  if (recall.measures.length > 0) flags |= HAS_MEASURES
  if (recall.component !== null) flags |= HAS_HOSTS
  for (const [i, dimension] of DIMENSIONS.entries()) if (recall.sizes.has(dimension)) flags |= DIMENSION << i
  return flags
}

function dimensionsOf(sizes: readonly Size[]): number {
  let dimensions = 0
  for (const size of sizes) dimensions |= DIMENSION << DIMENSIONS.indexOf(size.dimension)
  return dimensions
}

/** Whether the recall names a size in dimension number `d`. */
export function hasDimension({ numbers }: RecallFacts, r: number, d: number): boolean {
  return (numbers[r * STRIDE + FLAGS]! & (DIMENSION << d)) !== 0
}

/** Whether the listing does. */
export function statesDimension({ dimensions }: Asked, d: number): boolean {
  return (dimensions & (DIMENSION << d)) !== 0
}

/** The lowest line that an answer about this recall can meet without a shared code, see `settle` in `compare.ts` and `answerOf` in `score.ts`. */
function floorOf(recall: RecallFeatures, lines: Thresholds): number {
  const stated = Math.min(lines.affected, lines.possibly)
  if (recall.component !== null || recall.zones.some((zones) => (zones & EXCLUDED) !== 0)) return Math.min(...Object.values(lines))
  if (recall.modelsStated > 0.9) return Math.min(stated, recall.hasNameNumber ? lines.unit : lines.unstated)
  return recall.modelsStated === 0 ? Math.min(stated, lines.unit) : stated
}

export function hasBrands({ numbers }: RecallFacts, r: number): boolean {
  return (numbers[r * STRIDE + FLAGS]! & HAS_BRANDS) !== 0
}

function grown<T extends Int32Array | Uint8Array>(array: T, size: number): T {
  const larger = new (array.constructor as new (size: number) => T)(size)
  larger.set(array)
  return larger
}

/** What is known of the listing being asked about. */
export type Asked = {
  listing: ListingFeatures
  /** Where each word stands, by its number; 0 for all others. */
  places: Uint8Array
  /** Bits of the words of its title that speak against a recall which does not use them. */
  said: number
  /** Weight of what the listing says where it names no brand of the recall. */
  brandless: number
  /** It states a brand that nothing of a recall but what the index shows can be met by. */
  isOther: boolean
  /** Its title says what it is for. */
  isFor: boolean
  /** Weight of a brand in the title where the brand field is of another: see `compareBrand`. */
  brandMixed: number
  /** Weight that its price, years and sizes can add. */
  price: number
  years: number
  sizes: number
  /** Dimensions of its sizes, as in the recalls' flags. */
  dimensions: number
  /** Weight of a stated lot, serial number or date that the recall may name; NaN until it is asked for. */
  unit: number
}

const LENGTH = DIMENSION << DIMENSIONS.indexOf('length')

/** Sets the listing's words in `places`, which is made larger where the vocabulary has grown. */
export function enter(
  listing: ListingFeatures,
  places: Uint8Array,
  { bits, general, words }: Vocabulary,
  weights: Weights,
  facts: RecallFacts,
): Asked {
  let said = listing.unknown * UNKNOWN_BITS
  let isFor = false
  const held = places.length < words.length ? new Uint8Array(Math.ceil(Math.max(1024, words.length * 1.2))) : places
  for (let k = 0; k < listing.ids.length; k++) {
    const id = listing.ids[k]!
    const place = listing.places[k]!
    held[id] = place
    if ((place & FOR) !== 0) isFor = true
    if ((place & SAID) !== 0 && (place & BRAND_FIELD) === 0) said += id < general ? Math.min(bits[id]!, KNOWN_BITS_MAX) : UNKNOWN_BITS
  }
  const dimensions = dimensionsOf(listing.sizes)
  const isStated = listing.brandStated && listing.brand.length > 0
  // Words of the brand field that the index may not show of a recall: sellers are not in it, and the commonest words are not asked for.
  const isMetUnseen = listing.brand.some((id) => id >= 0 && (facts.sold[id] === 1 || bits[id]! < UNSEEN_BITS))
  return {
    listing,
    places: held,
    said,
    brandless: isStated ? Math.max(weights.brand_other, weights.brand_for) : weights.brand_absent * BRAND_ABSENT_LEAST,
    isOther: isStated && !isMetUnseen,
    isFor,
    brandMixed: listing.brandStated && !isMetUnseen ? weights.brand_mixed : weights.brand_same,
    price: listing.listing.priceMinor === null ? 0 : weights.price_near,
    years: listing.years.length > 0 ? weights.year_same : 0,
    sizes: weights.size_same,
    dimensions,
    unit: NaN,
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
/** Rounded to nothing by the index. */
const UNSEEN_BITS = 1 / 16

/** What the two share beyond words: bits of `marks` in the index. */
export const CODE_SHARED = 1
/** A word of the listing's brand field. */
export const BRAND_SHARED = 2
/** A word of the title or the brand field stands in a brand of the recall. */
export const BRAND_NAMED = 4
/** A word of the listing may be the recall's brand misspelt. */
export const BRAND_MISSPELT = 8

/**
 * How many bits a recall that has a brand must share where nothing but words speaks for it: no brand, code or size. Infinity where even
 * `all` that the listing asks for is not enough.
 */
export function leastByWords(facts: RecallFacts, asked: Asked, all: number, weights: Weights): number {
  if (!isEnough(facts, asked, all, weights)) return Infinity
  let low = 0
  let high = all
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (isEnough(facts, asked, middle, weights)) high = middle
    else low = middle
  }
  return low
}

const HALVINGS = 8

/** Whether a recall that also shares a size can come to a question by `all` the words that the listing asks for. */
export function canSizesHelp(facts: RecallFacts, asked: Asked, all: number, weights: Weights): boolean {
  return asked.dimensions !== 0 && isEnough(facts, asked, all, weights, asked.sizes)
}

function isEnough(facts: RecallFacts, asked: Asked, shared: number, weights: Weights, sizes = 0): boolean {
  const words = wordsMost(shared, NAME_BITS_MIN, weights) + extraMost(asked, shared, 0, weights)
  return reaches(
    weights.prior + asked.price + asked.years + words + weights.kind_same + asked.brandless + sizes,
    facts.floor,
    asked,
    weights,
  )
}

/** What words of the title that the recall does not use take away at least. */
function extraMost(asked: Asked, shared: number, brandBits: number, weights: Weights): number {
  return (weights.words_extra * Math.max(0, asked.said - shared)) / (asked.said + brandBits + 10)
}

/** What words count at most: each counts for the name or for the description, where it is worth more first. */
function wordsMost(shared: number, nameBits: number, weights: Weights): number {
  const said = shared * WORTH_SLACK
  const isNameFirst = weights.name_same * TEXT_BITS >= weights.text_same * nameBits
  const first = Math.min(said, isNameFirst ? nameBits : TEXT_BITS)
  const second = Math.min(said - first, isNameFirst ? TEXT_BITS : nameBits)
  const name = isNameFirst ? first : second
  return (
    (name / nameBits) * weights.name_same +
    ((first + second - name) / TEXT_BITS) * weights.text_same +
    Math.min(1, said / 16) * weights.line_same
  )
}

/** A stated unit of those recalled adds what nothing else tells beforehand; few listings state one. */
function reaches(most: number, floor: number, asked: Asked, weights: Weights): boolean {
  if (most >= floor) return true
  if (most + weights.unit_inside < floor) return false
  if (Number.isNaN(asked.unit)) asked.unit = statesUnit(asked.listing) ? weights.unit_inside : 0
  return most + asked.unit >= floor
}

/**
 * Whether comparing recall `r` with the listing could come to a question. `shared` is what the two share in bits, `mark` what else.
 * Where they share neither brand nor code, little has to be read.
 */
export function mayBeWorthALook(
  facts: RecallFacts,
  r: number,
  asked: Asked,
  shared: number,
  mark: number,
  weights: Weights,
  bits: Float64Array,
): boolean {
  const { words, numbers, values } = facts
  const { places } = asked
  const at = r * STRIDE
  const flags = numbers[at + FLAGS]!
  const nameBits = values[at + NAME_BITS]!
  const floor = values[at + ((mark & CODE_SHARED) !== 0 ? FLOOR_OF_CODE : FLOOR)]!
  const isNamed = (mark & (BRAND_SHARED | BRAND_NAMED)) !== 0
  const isCode = (mark & CODE_SHARED) !== 0
  const isOther = asked.isOther && !isNamed && (flags & HAS_BRANDS) !== 0 && (mark & BRAND_MISSPELT) === 0
  const unbranded = (flags & HAS_BRANDS) === 0 ? 0 : (mark & BRAND_MISSPELT) !== 0 ? weights.brand_misspelt : asked.brandless
  let most = weights.prior + asked.years
  if ((flags & HAS_PRICE) !== 0) most += asked.price
  if ((flags & asked.dimensions) !== 0) most += asked.sizes
  if (!isNamed && (!isCode || isOther)) {
    const code = isCode ? Math.max(weights.model_prefix, weights.model_near, weights.model_same + weights.model_brand_clash) : 0
    // Where the brand is what it is for, the number may be the recalled one.
    const words = wordsMost(shared, nameBits, weights) + extraMost(asked, shared, 0, weights)
    if (!(isCode && asked.isFor) && !reaches(most + words + code + weights.kind_same + unbranded, floor, asked, weights)) return false
  }
  let brandBits = 0
  let brandMost = 0
  let isDetail = false
  let isForBrand = false
  const middle = numbers[at + HEADS]!
  for (let i = numbers[at + BRANDS]!; i < middle; i++) {
    const id = words[i]!
    const place = places[id]!
    if (place === 0) continue
    isDetail = true
    if ((place & FOR) !== 0) isForBrand = true
    if ((place & (MAIN | BRAND_FIELD)) === 0) continue
    brandBits += bits[id]!
    brandMost = Math.max(brandMost, bits[id]!)
  }
  const end = numbers[at + END]!
  let isKind = false
  for (let i = middle; i < end && !isKind; i++) isKind = places[words[i]!] !== 0
  most += wordsMost(Math.max(0, shared - brandBits), nameBits, weights)
  if (isKind) most += weights.kind_same
  else if (end > middle && (flags & HAS_HOSTS) === 0) most += weights.kind_other
  const isClash = isOther && brandBits === 0 && !isForBrand
  if (isCode && !isClash) most += weights.model_same
  else most += extraMost(asked, shared, brandBits, weights)
  if (isCode && isClash) most += Math.max(weights.model_prefix, weights.model_near, weights.model_same + weights.model_brand_clash)
  const isBrandField = (mark & BRAND_SHARED) !== 0
  if (brandBits > 0 && !isBrandField && asked.brandMixed < weights.brand_same) most += asked.brandMixed
  else if (brandBits > 0 || isBrandField || (mark & BRAND_MISSPELT) !== 0) {
    if (brandBits > 0) most += weights.brand_same * Math.min(1, 0.4 + brandMost / 20)
    else most += Math.max(isBrandField ? weights.brand_firm : -Infinity, (mark & BRAND_MISSPELT) !== 0 ? weights.brand_misspelt : -Infinity)
    if ((flags & HAS_MEASURES) !== 0 && (asked.dimensions & LENGTH) !== 0) most += weights.measures_same
    if ((flags & HAS_HOSTS) !== 0) most += weights.host_same - weights.kind_other
  } else most += asked.isOther || isDetail || (flags & HAS_BRANDS) === 0 ? unbranded : weights.brand_absent
  return reaches(most, floor, asked, weights)
}
