/**
 * Whether two offers are one product: evidence by field that adds up in bits, as between a recall and a listing, from the same readers of
 * words, codes, sizes and prices. Symmetric and pure. A recall is a text about products, so what only recalls have (scope, component, sold
 * window) is not asked here, and what only an offer has among others is: whether another one is closer.
 */
import type { ScreenedListing } from './listing-features.ts'
import { compareCodes } from './product-codes.ts'
import { readProduct, vocabularyOf, type ProductFeatures } from './product-features.ts'
import { sameSize, type Size } from './sizes.ts'
import type { Vocabulary } from './vocabulary.ts'

export const PRODUCT_FIELDS = [
  'prior', 'model_same', 'model_near', 'model_other', 'brand_other', 'name_same', 'words_extra', 'text_same', 'size_other', 'number_other',
  'colour_other', 'price_near', 'price_far', 'rival',
] as const // prettier-ignore
export type ProductField = (typeof PRODUCT_FIELDS)[number]
export type ProductWeights = Record<ProductField, number>

/** Bits, set by hand and the same for every collection; two offers are one product from 0 on. */
export const PRODUCT_WEIGHTS: ProductWeights = {
  prior: -0.4,
  model_same: 4.5,
  model_near: 3,
  model_other: -2.5,
  brand_other: -1,
  name_same: 2.5,
  words_extra: -3,
  text_same: 4,
  size_other: -3,
  number_other: -1.5,
  colour_other: -4,
  price_near: 1.5,
  price_far: -2.5,
  rival: -8,
}

const AT = Object.fromEntries(PRODUCT_FIELDS.map((field, i) => [field, i])) as Record<ProductField, number>

/** Bits of a name below which a whole match of it says little. */
const NAME_BITS_MIN = 10
/** Others that are compared with each side, the ones that share most. */
const RIVALS_COMPARED = 15
/** Words that more than this share of the products have do not find rivals. */
const COMMON_SHARE = 0.05
/** A rival counts from this many bits behind, and fully so many bits later. */
const RIVAL_BEHIND = 1.5
const RIVAL_RANGE = 6

export type Collections = {
  /** The evidence on the products at two places of the collections, one value per field of `PRODUCT_FIELDS`, each 0 to about 1. */
  compare: (left: number, right: number) => Float64Array
}

/** Bits that speak for one product, from evidence. */
export function productWeight(values: Float64Array, weights: ProductWeights = PRODUCT_WEIGHTS): number {
  let weight = 0
  for (let i = 0; i < PRODUCT_FIELDS.length; i++) weight += Math.round(weights[PRODUCT_FIELDS[i]!] * values[i]! * 64) / 64
  return weight
}

/** Reads two collections of offers, say two shops', for comparing. */
export function readCollections(left: readonly ScreenedListing[], right: readonly ScreenedListing[]): Collections {
  const vocabulary = vocabularyOf([...left, ...right])
  const lefts = left.map((product) => readProduct(product, vocabulary))
  const rights = right.map((product) => readProduct(product, vocabulary))
  const alone = (l: number, r: number): Float64Array => compareProducts(lefts[l]!, rights[r]!, vocabulary)
  const bestOfLeft = bestTwo(lefts, rights, vocabulary, (l, r) => productWeight(alone(l, r)))
  const bestOfRight = bestTwo(rights, lefts, vocabulary, (r, l) => productWeight(alone(l, r)))
  return {
    compare(l, r) {
      const values = alone(l, r)
      const weight = productWeight(values)
      const [a, b] = [nearer(bestOfLeft(l), r, weight), nearer(bestOfRight(r), l, weight)]
      // Two shops may list a thing twice: a rival on one side alone says less than one on both.
      values[AT.rival] = 0.6 * Math.max(a, b) + 0.4 * Math.min(a, b)
      return values
    },
  }
}

type Best = readonly { at: number; weight: number }[]

/** The best two partners of a product, found once for each product that is asked for. */
function bestTwo(
  asked: readonly ProductFeatures[],
  others: readonly ProductFeatures[],
  vocabulary: Vocabulary,
  weightOf: (at: number, other: number) => number,
): (at: number) => Best {
  const postings = new Map<number, number[]>()
  for (const [i, { words }] of others.entries())
    for (const id of words) {
      const known = postings.get(id)
      if (known === undefined) postings.set(id, [i])
      else known.push(i)
    }
  const found = new Map<number, Best>()
  return (at) => {
    const known = found.get(at)
    if (known !== undefined) return known
    const shared = new Map<number, number>()
    for (const id of asked[at]!.words) {
      const met = postings.get(id) ?? []
      if (met.length <= others.length * COMMON_SHARE)
        for (const other of met) shared.set(other, (shared.get(other) ?? 0) + vocabulary.bits[id]!)
    }
    const nearest = [...shared].sort((a, b) => b[1] - a[1]).slice(0, RIVALS_COMPARED)
    const best = nearest.map(([other]) => ({ at: other, weight: weightOf(at, other) })).sort((a, b) => b.weight - a.weight)
    found.set(at, best.slice(0, 2))
    return best.slice(0, 2)
  }
}

/** How much nearer another partner is than this one, 0 to 1. */
function nearer(best: Best, partner: number, weight: number): number {
  const rival = best.find((each) => each.at !== partner)
  return rival === undefined ? 0 : Math.max(0, Math.min(1, (rival.weight - weight + RIVAL_BEHIND) / RIVAL_RANGE))
}

/** All fields but `rival`. */
function compareProducts(a: ProductFeatures, b: ProductFeatures, vocabulary: Vocabulary): Float64Array {
  const values = new Float64Array(PRODUCT_FIELDS.length)
  values[AT.prior] = 1
  const codes = compareCodes(a.listing, b.listing, vocabulary)
  values[AT.model_same] = codes.same
  values[AT.model_near] = codes.near
  values[AT.model_other] = codes.other
  compareWords(a, b, vocabulary, values)
  if (!brandsMeet(a, b)) values[AT.brand_other] = a.brand.length === 0 || b.brand.length === 0 ? 0.5 : 1
  if (sizesDiffer(a.listing.sizes, b.listing.sizes)) values[AT.size_other] = 1
  values[AT.number_other] = numbersDiffer(a.numbers, b.numbers)
  if (a.colours.size > 0 && b.colours.size > 0 && lackedBy(b.colours, a.colours) === a.colours.size) values[AT.colour_other] = 1
  const [p, q] = [a.listing.listing.priceMinor, b.listing.listing.priceMinor]
  if (p !== null && q !== null && p > 0 && q > 0 && a.listing.listing.currency === b.listing.listing.currency) {
    const doublings = Math.abs(Math.log2(p / q))
    values[AT.price_near] = Math.max(0, 1 - doublings)
    values[AT.price_far] = Math.min(1, Math.max(0, doublings - 1) / 2)
  }
  return values
}

function compareWords(a: ProductFeatures, b: ProductFeatures, vocabulary: Vocabulary, values: Float64Array): void {
  const { bits } = vocabulary
  let shared = 0
  for (const id of a.words) if (b.words.has(id)) shared += bits[id]!
  values[AT.name_same] = shared / Math.max(Math.min(a.bits, b.bits), NAME_BITS_MIN)
  values[AT.words_extra] = 1 - shared / Math.max(a.bits + b.bits - shared, NAME_BITS_MIN)
  // What one title says and the other product's details say too.
  let told = 0
  for (const id of a.words) if (!b.words.has(id) && b.all.has(id)) told += bits[id]!
  for (const id of b.words) if (!a.words.has(id) && a.all.has(id)) told += bits[id]!
  values[AT.text_same] = Math.min(1, told / Math.max(a.bits + b.bits - 2 * shared, NAME_BITS_MIN))
}

function brandsMeet(a: ProductFeatures, b: ProductFeatures): boolean {
  return a.brand.some((id) => id >= 0 && (b.words.has(id) || b.brand.includes(id))) || b.brand.some((id) => id >= 0 && a.words.has(id))
}

/** Whether both state a size of one dimension and no two of them agree. */
function sizesDiffer(a: readonly Size[], b: readonly Size[]): boolean {
  for (const dimension of new Set(a.map((size) => size.dimension))) {
    const theirs = b.filter((size) => size.dimension === dimension)
    if (theirs.length > 0 && !a.some((one) => one.dimension === dimension && theirs.some((other) => sameSize(one.value, other.value))))
      return true
  }
  return false
}

/** 1 where each title has a number that the other lacks, less where only one has. */
function numbersDiffer(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [mine, theirs] = [lackedBy(b, a), lackedBy(a, b)]
  return mine > 0 && theirs > 0 ? 1 : mine + theirs > 0 ? 0.3 : 0
}

/** How many words of a set another one lacks. */
function lackedBy(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let lacked = 0
  for (const word of others) if (!words.has(word)) lacked++
  return lacked
}
