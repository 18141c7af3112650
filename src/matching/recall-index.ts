/**
 * The inverted index over the recalls' words and codes, in typed arrays: which recalls have a word, which have it in a brand, and which of
 * them have no brand at all. `candidates.ts` asks it.
 */
import { addFacts, hasBrands, hasDimension, newFacts, type RecallFacts } from './bound.ts'
import { addNames, newNames, type Names } from './misspelt.ts'
import type { RecallFeatures } from './recall-features.ts'
import { DIMENSIONS } from './sizes.ts'
import type { SeverityThresholds } from './thresholds.ts'
import type { Weights } from './weights.ts'
import type { Vocabulary } from './vocabulary.ts'
import { EXCLUDED, IN_BRAND, IN_DESCRIPTION, IN_FIRM, IN_NAME, IN_TITLE, LEAD, MODEL, SERIAL, STEM, BASE } from './zones.ts'

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
  thresholds: SeverityThresholds
  places: Uint8Array
  /**
   * Recalls below this number are in the lists, the later ones in `added`. Those with token `t` are `recalls[offsets[t] … offsets[t + 1])`:
   * up to `brandEnds[t]` recalls that have it in a brand, up to `plainEnds[t]` recalls without any brand, then all others; each in order.
   */
  listed: number
  offsets: Int32Array
  brandEnds: Int32Array
  plainEnds: Int32Array
  recalls: Int32Array
  /** For common tokens, one bit for every listed recall, and one for those that have it in a brand; null where none has. */
  common: Map<number, Common>
  /** Each as twice its number, and one more where the token stands in a brand of it. */
  added: Map<number, number[]>
  byGtin: Map<string, number[]>
  names: Names
  /** 1 where the recall was replaced by a newer revision. */
  gone: Uint8Array
  /** Of the listing being asked about: shared bits by recall, and what else is shared (`bound.ts`). */
  shared: Int32Array
  marks: Uint8Array
  /** The recalls that share anything, in the order met. */
  touched: Int32Array
  /** One bit for every recall that words alone could not bring in, and one for those whose brand may be misspelt. */
  open: Uint32Array
  misspelt: Uint32Array
  /** One bit for every listed recall without a brand, and, by dimension, for those that name a size. */
  plain: Uint32Array
  sized: Uint32Array[]
  /** Work done so far: postings read, and recalls that shared enough to be bounded one by one. */
  work: { postings: number; bounded: number }
}

export type Common = { has: Uint32Array; brands: Uint32Array | null }

export function buildIndex(
  features: RecallFeatures[],
  vocabulary: Vocabulary,
  weights: Weights,
  thresholds: SeverityThresholds,
): CandidateIndex {
  const none = new Int32Array(0)
  const index: CandidateIndex = {
    features, vocabulary, facts: newFacts(), weights, thresholds, places: new Uint8Array(0), listed: 0, offsets: new Int32Array(1), brandEnds: none, plainEnds: none,
    recalls: none, common: new Map(), added: new Map(), byGtin: new Map(), names: newNames(), gone: new Uint8Array(0), shared: none, marks: new Uint8Array(0), touched: none,
    open: new Uint32Array(0), misspelt: new Uint32Array(0), plain: new Uint32Array(0), sized: [], work: { postings: 0, bounded: 0 },
  } // prettier-ignore
  for (let r = 0; r < features.length; r++) addByThemselves(index, r)
  listAll(index)
  return index
}

/** Takes up a recall that was read since: found at once, listed with all others when enough have come. */
export function addToIndex(index: CandidateIndex, recall: RecallFeatures): void {
  const r = index.features.length
  index.features.push(recall)
  if (r >= index.gone.length) growTo(index, Math.max(ADDED_MIN, r * 2))
  addByThemselves(index, r)
  for (let k = 0; k < recall.tokens.length; k++) {
    if (!isIndexed(recall.zones[k]!)) continue
    const entry = r * 2 + ((recall.zones[k]! & IN_BRAND) === 0 ? 0 : 1)
    const known = index.added.get(recall.tokens[k]!)
    if (known === undefined) index.added.set(recall.tokens[k]!, [entry])
    else known.push(entry)
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

function growTo(index: CandidateIndex, size: number): void {
  const gone = new Uint8Array(size)
  gone.set(index.gone)
  const bits = (size + 31) >> 5
  Object.assign(index, { gone, shared: new Int32Array(size), marks: new Uint8Array(size), touched: new Int32Array(size), open: new Uint32Array(bits), misspelt: new Uint32Array(bits) }) // prettier-ignore
}

/** What is kept of a recall whether it is listed yet or not. */
function addByThemselves({ facts, features, vocabulary, thresholds, names, byGtin }: CandidateIndex, r: number): void {
  const recall = features[r]!
  addFacts(facts, recall, vocabulary, thresholds)
  for (const id of recall.brands) addNames(names, id, vocabulary.words[id]!)
  for (const gtin of recall.gtins) {
    const known = byGtin.get(gtin)
    if (known === undefined) byGtin.set(gtin, [r])
    else known.push(r)
  }
}

/** Two passes over the recalls' words: count, then place. */
function listAll(index: CandidateIndex): void {
  const { features, vocabulary, facts } = index
  const words = vocabulary.words.length
  const offsets = new Int32Array(words + 1)
  const brandEnds = new Int32Array(words)
  const plainEnds = new Int32Array(words)
  for (let r = 0; r < features.length; r++) {
    const { tokens, zones } = features[r]!
    const isPlain = !hasBrands(facts, r)
    for (let k = 0; k < tokens.length; k++) {
      if (!isIndexed(zones[k]!)) continue
      const t = tokens[k]!
      offsets[t + 1]!++
      if ((zones[k]! & IN_BRAND) !== 0) brandEnds[t]!++
      else if (isPlain) plainEnds[t]!++
    }
  }
  for (let t = 0; t < words; t++) {
    offsets[t + 1]! += offsets[t]!
    brandEnds[t]! += offsets[t]!
    plainEnds[t]! += brandEnds[t]!
  }
  const recalls = new Int32Array(offsets[words]!)
  const next = [offsets.slice(0, words), brandEnds.slice(), plainEnds.slice()] as const
  for (let r = 0; r < features.length; r++) {
    const { tokens, zones } = features[r]!
    const others = hasBrands(facts, r) ? next[2] : next[1]
    for (let k = 0; k < tokens.length; k++)
      if (isIndexed(zones[k]!)) recalls[((zones[k]! & IN_BRAND) === 0 ? others : next[0])[tokens[k]!]!++] = r
  }
  index.common.clear()
  for (let t = 0; t < words; t++) {
    const start = offsets[t]!
    if ((offsets[t + 1]! - start) * COMMON_SHARE < features.length) continue
    const brandEnd = brandEnds[t]!
    index.common.set(t, {
      has: bitsOf(recalls, start, offsets[t + 1]!, features.length),
      brands: brandEnd === start ? null : bitsOf(recalls, start, brandEnd, features.length),
    })
  }
  index.added.clear()
  index.plain = bitsWhere(features.length, (r) => !hasBrands(facts, r))
  index.sized = DIMENSIONS.map((_, d) => bitsWhere(features.length, (r) => hasDimension(facts, r, d)))
  Object.assign(index, { listed: features.length, offsets, brandEnds, plainEnds, recalls })
  if (features.length > index.gone.length) growTo(index, features.length)
}

function bitsOf(recalls: Int32Array, start: number, end: number, count: number): Uint32Array {
  const bits = new Uint32Array((count + 31) >> 5)
  for (let p = start; p < end; p++) setBit(bits, recalls[p]!)
  return bits
}

function bitsWhere(count: number, holds: (r: number) => boolean): Uint32Array {
  const bits = new Uint32Array((count + 31) >> 5)
  for (let r = 0; r < count; r++) if (holds(r)) setBit(bits, r)
  return bits
}

export function setBit(bits: Uint32Array, r: number): void {
  bits[r >> 5]! |= 1 << (r & 31)
}

export function isSet(bits: Uint32Array, r: number): boolean {
  return ((bits[r >> 5]! >>> (r & 31)) & 1) === 1
}
