/**
 * Which recalls a listing may concern: an inverted index over the recalls' names, brands and codes in typed arrays, asked with the listing's
 * rarest tokens first until a bound on the postings is reached. A common word alone never decides, so what the bound cuts off is common.
 */
import { DETAIL, FOR, type ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import type { Vocabulary } from './vocabulary.ts'
import { EXCLUDED, IN_BRAND, IN_DESCRIPTION, IN_FIRM, IN_NAME, IN_TITLE, LEAD, MODEL, SERIAL, STEM, BASE } from './zones.ts'

/** Postings read for one listing. 2,000 of 200,000 recalls kept 0.993 of the best ten in a measured index of this kind. */
export const POSTINGS_MAX = 2500
/** Recalls compared in full for one listing. */
export const CANDIDATES_MAX = 14
/** Accumulated bits below which a recall is not compared: less than a brand and one more word. */
const SCORE_MIN = 9
/** Words of descriptions are indexed when they are names this rare; products sold with a recalled component stand only there. */
const DESCRIPTION_RECALLS_MAX = 60

const INDEXED = IN_NAME | IN_TITLE | IN_BRAND | IN_FIRM | MODEL | SERIAL | STEM | BASE | LEAD

export type CandidateIndex = {
  /** Postings of token `t` are `recalls[offsets[t] … offsets[t + 1])`. */
  offsets: Int32Array
  recalls: Int32Array
  byGtin: Map<string, number[]>
  scores: Float32Array
}

export function buildIndex(features: readonly RecallFeatures[], vocabulary: Vocabulary, isCode: Uint8Array): CandidateIndex {
  const offsets = new Int32Array(vocabulary.recalls.length + 1)
  const byGtin = new Map<string, number[]>()
  function isIndexed(id: number, zones: number): boolean {
    if ((zones & INDEXED) !== 0 || isCode[id] === 1) return (zones & EXCLUDED) === 0
    return (zones & IN_DESCRIPTION) !== 0 && vocabulary.proper[id] === 1 && vocabulary.recalls[id]! <= DESCRIPTION_RECALLS_MAX
  }
  for (const { tokens, zones } of features)
    for (let k = 0; k < tokens.length; k++) if (isIndexed(tokens[k]!, zones[k]!)) offsets[tokens[k]! + 1]!++
  for (let t = 0; t < offsets.length - 1; t++) offsets[t + 1]! += offsets[t]!
  const recalls = new Int32Array(offsets.at(-1) ?? 0)
  const next = offsets.slice()
  for (let r = 0; r < features.length; r++) {
    const { tokens, zones, gtins } = features[r]!
    for (let k = 0; k < tokens.length; k++) if (isIndexed(tokens[k]!, zones[k]!)) recalls[next[tokens[k]!]!++] = r
    for (const gtin of gtins) {
      const known = byGtin.get(gtin)
      if (known === undefined) byGtin.set(gtin, [r])
      else known.push(r)
    }
  }
  return { offsets, recalls, byGtin, scores: new Float32Array(features.length) }
}

type Query = { id: number; length: number; bits: number }

/** The recalls worth comparing with the listing, best first, at most `CANDIDATES_MAX` and those of its GTIN. */
export function candidatesOf(
  listing: ListingFeatures,
  index: CandidateIndex,
  vocabulary: Vocabulary,
  postingsMax = POSTINGS_MAX,
): number[] {
  const queries = queriesOf(listing, index, vocabulary)
  const { scores, recalls, offsets } = index
  const touched: number[] = []
  let read = 0
  for (const query of queries) {
    if (read > 0 && read + query.length > postingsMax) break
    read += query.length
    const start = offsets[query.id]!
    for (let p = start; p < start + query.length; p++) {
      const recall = recalls[p]!
      if (scores[recall] === 0) touched.push(recall)
      scores[recall]! += query.bits
    }
  }
  const best = topOf(touched, scores)
  for (const recall of touched) scores[recall] = 0
  if (listing.gtin !== null) for (const recall of index.byGtin.get(listing.gtin) ?? []) if (!best.includes(recall)) best.push(recall)
  return best
}

function queriesOf(listing: ListingFeatures, index: CandidateIndex, vocabulary: Vocabulary): Query[] {
  const queries: Query[] = []
  const { offsets } = index
  for (let k = 0; k < listing.ids.length; k++) {
    const id = listing.ids[k]!
    const length = offsets[id + 1]! - offsets[id]!
    if (length > 0)
      queries.push({ id, length, bits: vocabulary.bits[id]! * (listing.places[k] === DETAIL || listing.places[k] === FOR ? 0.5 : 1) })
  }
  const asked = new Set<number>()
  for (const code of listing.codes) {
    if (code.place === FOR && code.id < 0) continue
    for (const id of [code.id, code.baseId, ...code.prefixIds]) {
      if (id < 0 || asked.has(id)) continue
      asked.add(id)
      const length = offsets[id + 1]! - offsets[id]!
      if (length > 0) queries.push({ id, length, bits: vocabulary.bits[id]! * (id === code.id ? 1 : 0.6) })
    }
  }
  return queries.sort((a, b) => a.length - b.length)
}

/** The best of the touched recalls in falling order: one pass with a short sorted list. */
function topOf(touched: readonly number[], scores: Float32Array): number[] {
  const best: number[] = []
  let floor = SCORE_MIN
  for (const recall of touched) {
    const score = scores[recall]!
    if (score < floor) continue
    let at = best.length
    while (at > 0 && scores[best[at - 1]!]! < score) at--
    best.splice(at, 0, recall)
    if (best.length > CANDIDATES_MAX) {
      best.pop()
      floor = scores[best.at(-1)!]!
    }
  }
  return best
}
