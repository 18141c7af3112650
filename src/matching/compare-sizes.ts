/** Sizes, prices and years of a listing against what the recall states. Pure. */
import type { ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { sameSize } from './sizes.ts'
import { INDEX, type Evidence } from './evidence.ts'

export function compareSizes(recall: RecallFeatures, listing: ListingFeatures, evidence: Evidence): void {
  let same = 0
  evidence.values[INDEX.measures_same] = measuresSame(recall.measures, listing)
  for (const [dimension, values] of recall.sizes) {
    let stated = false
    let met = false
    let value = 0
    for (const size of listing.sizes) {
      if (size.dimension !== dimension) continue
      stated = true
      value = size.value
      if (values.some((recalled) => sameSize(recalled, size.value, size.dimension))) met = true
    }
    if (met) same++
    else if (stated) {
      evidence.values[INDEX.size_other] = Math.max(
        evidence.values[INDEX.size_other]!,
        dimension === 'count' || dimension === 'length' ? 0.5 : 1,
      )
      evidence.size = { dimension, listing: value, recall: values }
    }
  }
  evidence.values[INDEX.size_same] = Math.min(1, same)
}

/** Two measures that the recall prints, or one that is no whole number of inches: `40.5 inches`. */
const MEASURES_TELLING = 2
const INCH = 25.4

function measuresSame(measures: readonly number[], listing: ListingFeatures): number {
  if (measures.length === 0) return 0
  const met = new Set<number>()
  for (const { dimension, value } of listing.sizes)
    if (dimension === 'length' && measures.some((measure) => Math.abs(measure - value) < 1)) met.add(Math.round(value))
  const telling = [...met].reduce((sum, value) => sum + (Math.abs(value / INCH - Math.round(value / INCH)) > 0.05 ? 1 : 0.5), 0)
  return Math.min(1, telling / MEASURES_TELLING)
}

export function comparePrice(recall: RecallFeatures, listing: ListingFeatures, values: Float64Array): void {
  const { priceMinMinor, priceMaxMinor, currency } = recall.recall.scope
  const price = listing.listing.priceMinor
  if (price === null || price === 0 || priceMaxMinor === null || currency !== listing.listing.currency) return
  const low = priceMinMinor ?? priceMaxMinor
  // Used goods cost less and collectors pay more: only what is far outside tells.
  if (price > priceMaxMinor * 3 || price < low / 8) values[INDEX.price_far] = 1
  else if (price <= priceMaxMinor * 1.3 && price >= low * 0.5) values[INDEX.price_near] = 1
}

/** A stated year after the last or well before the first that the recall knows speaks of another generation. */
export function compareYears(recall: RecallFeatures, listing: ListingFeatures, evidence: Evidence): void {
  const { from, to } = recall.years
  for (const year of listing.years) {
    const outside = (to !== null && year > to) || (from !== null && year < from - 1)
    evidence.values[outside ? INDEX.year_other : INDEX.year_same] = 1
    if (outside) evidence.year = year
  }
  if (evidence.values[INDEX.year_same] === 1) evidence.values[INDEX.year_other] = 0
}
