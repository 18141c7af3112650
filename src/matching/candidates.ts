/**
 * Which recalls a listing is compared with, asked of the index over the recalls' words and codes.
 *
 * A recall is a candidate where what the two share is worth `SHARED_MIN` bits, whatever other recalls there are: so screening a recall
 * today and its neighbours tomorrow finds what screening all of them at once finds. The commonest words of a listing, together worth less
 * than that, are not read through (the "MaxScore" of Turtle and Flood, 1995): no recall can reach the bound by them alone, and whether a
 * recall that shares more has them is one bit each. `bound.ts` then leaves out what no comparison could bring up to a question.
 *
 * Most listings are of another brand than nearly all recalls, and words alone cannot make up for that. Where `bound.ts` says so for all
 * words together, only recalls that share brand or code, whose brand may be misspelt, or that have none, are counted at all.
 */
import {
  BRAND_MISSPELT,
  BRAND_NAMED,
  BRAND_SHARED,
  CODE_SHARED,
  canSizesHelp,
  enter,
  leastByWords,
  leave,
  mayBeWorthALook,
  statesDimension,
} from './bound.ts'
import { BRAND_FIELD, DETAIL, FOR, MAIN, type ListingFeatures } from './listing-features.ts'
import { misspeltNames } from './misspelt.ts'
import { isSet, setBit, type CandidateIndex, type Common } from './recall-index.ts'

/** Sums are kept in sixteenths of a bit, as whole numbers: the order of adding does not matter. */
const UNIT = 16
/** What listing and recall share, in bits: of all pairs worth a look on the labelled listings none shares less. */
export const SHARED_MIN = 14
/** Words that stand only in a listing's description are asked for from here on: names and kinds of things, not the language's words. */
const DETAIL_BITS_MIN = 8
/** Recalls compared for one listing: a bound for hostile listings, far from what real ones reach. */
export const CANDIDATES_MAX = 400

/** What a listing asks for: a token, what sharing it is worth, and how many listed recalls have it. */
type Query = {
  id: number
  worth: number
  length: number
  /** What sharing it says of the pair, and what it says where it stands in a brand of the recall. */
  mark: number
  brandMark: number
  common: Common | null
}

/** The recalls worth comparing with the listing, by number. */
export function candidatesOf(listing: ListingFeatures, index: CandidateIndex): number[] {
  const { shared, marks, gone, facts, weights, vocabulary, touched } = index
  const queries = queriesOf(listing, index)
  const { read, later, laterWorth } = splitQueries(queries)
  const asked = enter(listing, index.places, vocabulary, weights, facts)
  index.places = asked.places
  const misspelt = misspeltNames(index.names, listing.oddWords)
  for (const id of misspelt) openBrand(id, index.misspelt, index)
  let all = 0
  for (const query of queries) all += query.worth
  const leastClosed = leastByWords(facts, asked, all / UNIT, weights) * UNIT
  openMarked(queries, index)
  for (const id of misspelt) openBrand(id, index.open, index)
  if (canSizesHelp(facts, asked, all / UNIT, weights))
    for (let d = 0; d < index.sized.length; d++) if (statesDimension(asked, d)) openAll(index.sized[d]!, index)
  let met = 0
  if (leastClosed > all) for (const query of read) met = readOpen(query, index, met)
  else {
    openAll(index.plain, index)
    for (const query of read) met = readList(query, index, met)
  }
  // What came in since has short lists: they are read through.
  if (index.added.size > 0) for (const query of queries) met = readAdded(query, index, met)
  const { open } = index
  const isClosed = leastClosed <= all && leastClosed > SHARED_MIN * UNIT
  const found: number[] = []
  const worths: number[] = []
  for (let i = 0; i < met; i++) {
    const r = touched[i]!
    let worth = shared[r]!
    let mark = marks[r]!
    shared[r] = marks[r] = 0
    let left = r < index.listed ? laterWorth : 0
    const least = isClosed && r < index.listed && !isSet(open, r) ? leastClosed : SHARED_MIN * UNIT
    if (worth + left < least || gone[r] === 1) continue
    for (let k = 0; left > 0 && k < later.length && worth + left >= least; k++) {
      const query = later[k]!
      left -= query.worth
      const { has, brands } = query.common!
      if (!isSet(has, r)) continue
      worth += query.worth
      mark |= query.mark
      if (query.brandMark !== 0 && brands !== null && isSet(brands, r)) mark |= query.brandMark
    }
    if (worth < least) continue
    index.work.bounded++
    if (misspelt.length > 0 && isSet(index.misspelt, r)) mark |= BRAND_MISSPELT
    if (!mayBeWorthALook(facts, r, asked, worth / UNIT, mark, weights, vocabulary.bits)) continue
    found.push(r)
    worths.push(worth)
  }
  open.fill(0)
  if (misspelt.length > 0) index.misspelt.fill(0)
  leave(listing, asked)
  if (listing.gtin !== null) addSameGtin(index, listing.gtin, found, worths)
  return found.length <= CANDIDATES_MAX ? found : heaviest(found, worths)
}

/** Whoever has the same GTIN is compared, whatever else they share. */
function addSameGtin(index: CandidateIndex, gtin: string, found: number[], worths: number[]): void {
  const same = index.byGtin.get(gtin)
  if (same === undefined) return
  for (const r of same) {
    if (index.gone[r] === 1 || found.includes(r)) continue
    found.push(r)
    worths.push(Number.MAX_SAFE_INTEGER)
  }
}

function heaviest(found: readonly number[], worths: readonly number[]): number[] {
  const order = found.map((_, i) => i).sort((a, b) => worths[b]! - worths[a]! || a - b)
  return order.slice(0, CANDIDATES_MAX).map((i) => found[i]!)
}

/** Opens the recalls with which the listing shares a code, a word of its brand field, or a word of their brand. */
function openMarked(queries: readonly Query[], index: CandidateIndex): void {
  const { open, recalls, offsets } = index
  for (const { id, mark, brandMark, length, common } of queries) {
    const end = mark !== 0 ? offsets[id]! + length : brandMark !== 0 && length > 0 ? index.brandEnds[id]! : 0
    if (length === 0) continue
    if (mark !== 0 && common !== null) {
      openAll(common.has, index)
      continue
    }
    for (let p = offsets[id]!; p < end; p++) setBit(open, recalls[p]!)
    index.work.postings += Math.max(0, end - offsets[id]!)
  }
}

function openAll(bits: Uint32Array, { open }: CandidateIndex): void {
  for (let i = 0; i < bits.length; i++) open[i]! |= bits[i]!
}

/** Sets the bits of the recalls that have the word in a brand. */
function openBrand(id: number, bits: Uint32Array, { offsets, brandEnds, recalls, added }: CandidateIndex): void {
  if (id < brandEnds.length) for (let p = offsets[id]!; p < brandEnds[id]!; p++) setBit(bits, recalls[p]!)
  for (const entry of added.get(id) ?? []) if ((entry & 1) === 1) setBit(bits, entry >>> 1)
}

/** Adds what a token is worth to all recalls that have it; returns how many recalls share anything by now. */
function readList(query: Query, index: CandidateIndex, before: number): number {
  const { id, length, mark, brandMark } = query
  if (length === 0) return before
  const start = index.offsets[id]!
  const middle = index.brandEnds[id]!
  index.work.postings += length
  return readPart(query.worth, mark, middle, start + length, index, readPart(query.worth, mark | brandMark, start, middle, index, before))
}

function readPart(worth: number, mark: number, start: number, end: number, index: CandidateIndex, before: number): number {
  const { shared, marks, recalls, touched } = index
  let met = before
  for (let p = start; p < end; p++) {
    const r = recalls[p]!
    const known = shared[r]!
    if (known === 0) touched[met++] = r
    shared[r] = known + worth
    if (mark !== 0) marks[r]! |= mark
  }
  return met
}

/** The same for the recalls that are open, and those without a brand. */
function readOpen(query: Query, index: CandidateIndex, before: number): number {
  const { id, length, worth, mark, brandMark } = query
  if (length === 0) return before
  const start = index.offsets[id]!
  const brandEnd = index.brandEnds[id]!
  const plainEnd = index.plainEnds[id]!
  index.work.postings += length
  let met = readOpenPart(worth, mark | brandMark, start, brandEnd, index, before)
  met = readPart(worth, mark, brandEnd, plainEnd, index, met)
  return readOpenPart(worth, mark, plainEnd, start + length, index, met)
}

function readOpenPart(worth: number, mark: number, start: number, end: number, index: CandidateIndex, before: number): number {
  const { shared, marks, recalls, touched, open } = index
  let met = before
  for (let p = start; p < end; p++) {
    const r = recalls[p]!
    if (((open[r >> 5]! >>> (r & 31)) & 1) === 0) continue
    const known = shared[r]!
    if (known === 0) touched[met++] = r
    shared[r] = known + worth
    if (mark !== 0) marks[r]! |= mark
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
  queries.push({ id, worth, length, mark, brandMark, common: length === 0 ? null : (index.common.get(id) ?? null) })
}
