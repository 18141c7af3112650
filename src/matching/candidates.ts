/**
 * Which recalls a listing is compared with: an inverted index over the recalls' words and codes in typed arrays.
 *
 * A recall is a candidate where what the two share is worth `SHARED_MIN` bits, whatever other recalls there are: so screening a recall
 * today and its neighbours tomorrow finds what screening all of them at once finds. The commonest words of a listing, together worth less
 * than that, are not read through (the "MaxScore" of Turtle and Flood, 1995): no recall can reach the bound by them alone, and whether a
 * recall that shares more has them is one bit each. `bound.ts` then leaves out what no comparison could bring up to a question.
 */
import { addFacts, boundOf, boundWithoutBrand, enter, leave, mayBeMisspelt, newFacts, type RecallFacts } from './bound.ts'
import { BRAND_FIELD, DETAIL, FOR, MAIN, type ListingFeatures } from './listing-features.ts'
import { misspeltBrand } from './misspelt.ts'
import type { RecallFeatures } from './recall-features.ts'
import type { Weights } from './weights.ts'
import type { Vocabulary } from './vocabulary.ts'
import { EXCLUDED, IN_BRAND, IN_DESCRIPTION, IN_FIRM, IN_NAME, IN_TITLE, LEAD, MODEL, SERIAL, STEM, BASE } from './zones.ts'

/** Sums are kept in sixteenths of a bit, as whole numbers: the order of adding does not matter. */
const UNIT = 16
/** What listing and recall share, in bits: of all pairs worth a look on the labelled listings none shares less. */
export const SHARED_MIN = 14
/** Words that stand only in a listing's description are asked for from here on: names and kinds of things, not the language's words. */
const DETAIL_BITS_MIN = 8
/** Recalls compared for one listing: a bound for hostile listings, far from what real ones reach. */
export const CANDIDATES_MAX = 400
/** Of how many recalls one must have a word for the word to be kept as one bit for every recall. */
const COMMON_SHARE = 128
/** Recalls added before the index is built anew over all, as a share of those in it. */
const ADDED_SHARE = 0.1
const ADDED_MIN = 256

const INDEXED = IN_NAME | IN_TITLE | IN_DESCRIPTION | IN_BRAND | IN_FIRM | MODEL | SERIAL | STEM | BASE | LEAD

export type CandidateIndex = {
  features: RecallFeatures[]
  vocabulary: Vocabulary
  facts: RecallFacts
  weights: Weights
  /** The least weight that may be worth a look. */
  floor: number
  places: Uint8Array
  /**
   * Recalls below this number are in the lists, the later ones in `added`: those with token `t` are `recalls[offsets[t] … offsets[t + 1])`,
   * each as twice its number, and one more where the token stands in a brand of it.
   */
  listed: number
  offsets: Int32Array
  recalls: Int32Array
  /** For common tokens, one bit for every listed recall. */
  common: Map<number, Uint32Array>
  /** For common tokens that stand in brands, the recalls of these. */
  commonBrands: Map<number, Set<number>>
  added: Map<number, number[]>
  byGtin: Map<string, number[]>
  /** 1 where the recall was replaced by a newer revision. */
  gone: Uint8Array
  /** Of the listing being asked about: shared bits by recall, and 1 where a code or the brand field is shared. */
  shared: Int32Array
  marks: Uint8Array
  /** The recalls that share anything, in the order met. */
  touched: Int32Array
  /** Work done so far: postings read, and recalls that shared enough to be bounded one by one. */
  work: { postings: number; bounded: number }
}

/** In `marks`. */
const CODE_SHARED = 1
const BRAND_SHARED = 2
/** A word of the title or the brand field stands in a brand of the recall. */
const BRAND_NAMED = 4

export function buildIndex(features: RecallFeatures[], vocabulary: Vocabulary, weights: Weights, floor: number): CandidateIndex {
  const index: CandidateIndex = {
    features, vocabulary, facts: newFacts(), weights, floor, places: new Uint8Array(0), listed: 0, offsets: new Int32Array(1), recalls: new Int32Array(0),
    common: new Map(), commonBrands: new Map(), added: new Map(), byGtin: new Map(), gone: new Uint8Array(0), shared: new Int32Array(0), marks: new Uint8Array(0), touched: new Int32Array(0),
    work: { postings: 0, bounded: 0 },
  } // prettier-ignore
  listAll(index)
  for (let r = 0; r < features.length; r++) addGtins(index, r)
  for (const recall of features) addFacts(index.facts, recall, vocabulary, weights)
  return index
}

/** Takes up a recall that was read since: found at once, listed with all others when enough have come. */
export function addToIndex(index: CandidateIndex, recall: RecallFeatures): void {
  const r = index.features.length
  index.features.push(recall)
  if (r >= index.gone.length) growTo(index, Math.max(ADDED_MIN, r * 2))
  addGtins(index, r)
  addFacts(index.facts, recall, index.vocabulary, index.weights)
  for (let k = 0; k < recall.tokens.length; k++) {
    if (!isIndexed(recall.zones[k]!)) continue
    const known = index.added.get(recall.tokens[k]!)
    if (known === undefined) index.added.set(recall.tokens[k]!, [entryOf(r, recall.zones[k]!)])
    else known.push(entryOf(r, recall.zones[k]!))
  }
  if (r - index.listed > Math.max(ADDED_MIN, index.listed * ADDED_SHARE)) listAll(index)
}

/** From now on the recall is never a candidate. */
export function dropFromIndex(index: CandidateIndex, recall: number): void {
  index.gone[recall] = 1
}

function isIndexed(zones: number): boolean {
  return (zones & INDEXED) !== 0 && (zones & EXCLUDED) === 0
}

function entryOf(r: number, zones: number): number {
  return r * 2 + ((zones & IN_BRAND) === 0 ? 0 : 1)
}

function growTo(index: CandidateIndex, size: number): void {
  const gone = new Uint8Array(size)
  gone.set(index.gone)
  Object.assign(index, { gone, shared: new Int32Array(size), marks: new Uint8Array(size), touched: new Int32Array(size) })
}

function addGtins(index: CandidateIndex, r: number): void {
  for (const gtin of index.features[r]!.gtins) {
    const known = index.byGtin.get(gtin)
    if (known === undefined) index.byGtin.set(gtin, [r])
    else known.push(r)
  }
}

/** Two passes over the recalls' words: count, then place. */
function listAll(index: CandidateIndex): void {
  const { features, vocabulary } = index
  const words = vocabulary.words.length
  const offsets = new Int32Array(words + 1)
  for (const { tokens, zones } of features) for (let k = 0; k < tokens.length; k++) if (isIndexed(zones[k]!)) offsets[tokens[k]! + 1]!++
  for (let t = 0; t < words; t++) offsets[t + 1]! += offsets[t]!
  const recalls = new Int32Array(offsets[words]!)
  const next = offsets.slice(0, words)
  for (let r = 0; r < features.length; r++) {
    const { tokens, zones } = features[r]!
    for (let k = 0; k < tokens.length; k++) if (isIndexed(zones[k]!)) recalls[next[tokens[k]!]!++] = entryOf(r, zones[k]!)
  }
  index.common.clear()
  index.commonBrands.clear()
  for (let t = 0; t < words; t++) {
    if ((offsets[t + 1]! - offsets[t]!) * COMMON_SHARE < features.length) continue
    const bits = new Uint32Array((features.length + 31) >> 5)
    const brands = new Set<number>()
    for (let p = offsets[t]!; p < offsets[t + 1]!; p++) {
      const r = recalls[p]! >>> 1
      bits[r >> 5]! |= 1 << (r & 31)
      if ((recalls[p]! & 1) === 1) brands.add(r)
    }
    index.common.set(t, bits)
    if (brands.size > 0) index.commonBrands.set(t, brands)
  }
  index.added.clear()
  Object.assign(index, { listed: features.length, offsets, recalls })
  if (features.length > index.gone.length) growTo(index, features.length)
}

/** What a listing asks for: a token, what sharing it is worth, and how many listed recalls have it. */
type Query = {
  id: number
  worth: number
  length: number
  mark: number
  brandMark: number
  common: Uint32Array | null
  brands: Set<number> | null
}

/** The recalls worth comparing with the listing, by number. */
export function candidatesOf(listing: ListingFeatures, index: CandidateIndex): number[] {
  const { shared, marks, gone, facts, weights, vocabulary } = index
  const { read, later, laterWorth } = splitQueries(queriesOf(listing, index))
  let met = 0
  for (const query of read) met = readList(query, index, met)
  // What came in since has short lists: they are read through.
  if (index.added.size > 0) for (const query of [...read, ...later]) met = readAdded(query, index, met)
  const least = SHARED_MIN * UNIT
  const found: number[] = []
  const worths: number[] = []
  const asked = enter(listing, index.places, vocabulary, weights)
  index.places = asked.places
  for (let i = 0; i < met; i++) {
    const r = index.touched[i]!
    let worth = shared[r]!
    let mark = marks[r]!
    shared[r] = marks[r] = 0
    let left = r < index.listed ? laterWorth : 0
    if (worth + left < least || gone[r] === 1) continue
    for (let k = 0; left > 0 && k < later.length && worth + left >= least; k++) {
      const query = later[k]!
      left -= query.worth
      if (((query.common![r >> 5]! >>> (r & 31)) & 1) === 0) continue
      worth += query.worth
      mark |= query.mark
      if (query.brands !== null && query.brands.has(r)) mark |= query.brandMark
    }
    if (worth < least) continue
    index.work.bounded++
    // Most recalls share neither brand nor code: few of these come near.
    if (mark === 0) {
      const most = boundWithoutBrand(facts, r, asked, worth / UNIT, weights)
      if (most < index.floor && !mayBeMisspelt(facts, r, asked, most, index.floor, weights)) continue
    }
    const isCode = (mark & CODE_SHARED) !== 0
    const isBrandField = (mark & BRAND_SHARED) !== 0
    const bound = boundOf(facts, r, asked, worth / UNIT, isCode, isBrandField, weights, vocabulary.bits)
    if (bound < index.floor) {
      if (!mayBeMisspelt(facts, r, asked, bound, index.floor, weights)) continue
      if (misspeltBrand(index.features[r]!, listing, vocabulary) < 0) continue
    }
    found.push(r)
    worths.push(worth)
  }
  leave(listing, asked)
  if (listing.gtin !== null) addSameGtin(index, listing.gtin, found, worths)
  return found.length <= CANDIDATES_MAX ? found : heaviest(found, worths)
}

/** Whoever has the same GTIN is compared, whatever else they share. */
function addSameGtin(index: CandidateIndex, gtin: string, found: number[], worths: number[]): void {
  for (const r of index.byGtin.get(gtin) ?? []) {
    if (index.gone[r] === 1 || found.includes(r)) continue
    found.push(r)
    worths.push(Number.MAX_SAFE_INTEGER)
  }
}

function heaviest(found: readonly number[], worths: readonly number[]): number[] {
  const order = found.map((_, i) => i).sort((a, b) => worths[b]! - worths[a]! || a - b)
  return order.slice(0, CANDIDATES_MAX).map((i) => found[i]!)
}

/** Adds what a token is worth to all recalls that have it; returns how many recalls share anything by now. */
function readList(query: Query, index: CandidateIndex, before: number): number {
  const { shared, marks, recalls, touched } = index
  let met = before
  const start = index.offsets[query.id]!
  const end = start + query.length
  index.work.postings += query.length
  const { worth, mark, brandMark } = query
  for (let p = start; p < end; p++) {
    const entry = recalls[p]!
    const r = entry >>> 1
    const known = shared[r]!
    if (known === 0) touched[met++] = r
    shared[r] = known + worth
    if (mark !== 0) marks[r]! |= mark
    if ((entry & 1) === 1) marks[r]! |= brandMark
  }
  return met
}

function readAdded(query: Query, index: CandidateIndex, before: number): number {
  const { shared, marks, touched } = index
  let met = before
  for (const entry of index.added.get(query.id) ?? []) {
    const r = entry >>> 1
    index.work.postings++
    if ((entry & 1) === 1) marks[r]! |= query.brandMark
    if (shared[r] === 0) touched[met++] = r
    shared[r]! += query.worth
    marks[r]! |= query.mark
  }
  return met
}

/** The longest lists that are kept as bits and together are worth less than the bound are asked for later, of single recalls. */
function splitQueries(queries: Query[]): { read: Query[]; later: Query[]; laterWorth: number } {
  const read: Query[] = []
  const later: Query[] = []
  let laterWorth = 0
  for (const query of queries.sort((a, b) => b.length - a.length)) {
    if (query.common !== null && laterWorth + query.worth < SHARED_MIN * UNIT) {
      later.push(query)
      laterWorth += query.worth
    } else read.push(query)
  }
  // The most telling first: most recalls fall below the bound at once.
  return { read, later: later.sort((a, b) => b.worth - a.worth), laterWorth }
}

function queriesOf(listing: ListingFeatures, index: CandidateIndex): Query[] {
  const queries: Query[] = []
  const { bits } = index.vocabulary
  for (let k = 0; k < listing.ids.length; k++) {
    const place = listing.places[k]!
    const isDetail = (place & ~(DETAIL | FOR)) === 0
    const worth = bits[listing.ids[k]!]!
    if (isDetail && worth < DETAIL_BITS_MIN) continue
    const brandMark = (place & (MAIN | BRAND_FIELD)) !== 0 ? BRAND_NAMED : 0
    ask(queries, listing.ids[k]!, isDetail ? worth / 2 : worth, (place & BRAND_FIELD) !== 0 ? BRAND_SHARED : 0, brandMark, index)
  }
  const asked = new Set<number>()
  for (const code of listing.codes) {
    if (code.place === FOR && code.id < 0) continue
    askCode(queries, code.id, 1, asked, index)
    askCode(queries, code.baseId, 0.6, asked, index)
    for (const id of code.prefixIds) askCode(queries, id, 0.6, asked, index)
  }
  return queries
}

function askCode(queries: Query[], id: number, share: number, asked: Set<number>, index: CandidateIndex): void {
  if (id < 0 || asked.has(id)) return
  asked.add(id)
  ask(queries, id, index.vocabulary.bits[id]! * share, CODE_SHARED, 0, index)
}

function ask(queries: Query[], id: number, bits: number, mark: number, brandMark: number, index: CandidateIndex): void {
  const { offsets } = index
  const length = id + 1 < offsets.length ? offsets[id + 1]! - offsets[id]! : 0
  const worth = Math.round(bits * UNIT)
  if (worth === 0 || (length === 0 && !index.added.has(id))) return
  const common = index.common.get(id) ?? null
  queries.push({ id, worth, length, mark, brandMark, common, brands: common === null ? null : (index.commonBrands.get(id) ?? null) })
}
