/** The evidence of one comparison: a value per field and what it rests on. Pure. */
import type { ListingCode } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { FIELDS, type Field } from './weights.ts'

export const INDEX = Object.fromEntries(FIELDS.map((field, i) => [field, i])) as Record<Field, number>

/** What the listing does not say and the recall goes by. */
export type Missing = 'model' | 'name_number' | 'exact_model' | 'size' | 'line' | 'component' | 'component_label' | 'unit'

export type Evidence = {
  /** One value per field, in the order of `FIELDS`. */
  values: Float64Array
  missing: Missing | null
  /** For the reasons: the listing's code that matched, conflicted or came near; the brand as the recall has it; the sizes. */
  code: ListingCode | null
  brand: number
  head: number
  name: number[]
  extra: number[]
  part: string | null
  /** The listing is of the kind that the recalled part was used in. */
  hostMain: boolean
  /** It is of the recalled kind itself. */
  headMain: boolean
  /** The listing states a lot or serial number that could not be compared with the recall's. */
  isUnitUnclear: boolean
  /** What matches is a bare number without the name of the line. */
  isBareNumber: boolean
  /** It is one of the products that the recalled component was sold with, by number. */
  isListedHost: boolean
  size: { dimension: string; listing: number; recall: readonly number[] } | null
  year: number | null
}

/** Nothing compared yet. */
export function newEvidence(): Evidence {
  return {
    values: newValues(), missing: null, code: null, brand: -1, head: -1, name: [], extra: [], part: null, size: null, year: null,
    hostMain: false, headMain: false, isListedHost: false, isBareNumber: false, isUnitUnclear: false,
  } // prettier-ignore
}

/** Comparisons whose values lie in one piece of memory: a typed array of its own would cost more than all that is written to it. */
const VALUES_AT_ONCE = 512

let piece = new Float64Array(0)
let used = 0

/** A value of 0 for every field. */
function newValues(): Float64Array {
  if (used + FIELDS.length > piece.length) {
    piece = new Float64Array(FIELDS.length * VALUES_AT_ONCE)
    used = 0
  }
  used += FIELDS.length
  return piece.subarray(used - FIELDS.length, used)
}

/** The zones of a word in a recall, 0 where it does not stand. Binary search: recalls have some hundred words. */
export function zonesOf(recall: RecallFeatures, id: number): number {
  if (id < 0) return 0
  const { tokens } = recall
  let low = 0
  let high = tokens.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const token = tokens[middle]!
    if (token === id) return recall.zones[middle]!
    if (token < id) low = middle + 1
    else high = middle - 1
  }
  return 0
}
