/**
 * Whether a recall expands an earlier one of its agency, by what both say: agencies write it into the title and print no number. Pure.
 * It only ever proposes: a firm recalls the same kind of product again for another fault.
 */
import type { Recall } from './recall.ts'
import { commonBrand, gtinReason, modelReason, titleReason, type SameEvidence, type SameReason } from './same-product.ts'

/** Expansions come within months as a rule, and after nine years at the latest that we have seen. */
export const EXPANDS_YEARS_MAX = 10
const YEAR_MS = 365.25 * 86_400_000

const SAYS_SO = /\b(?:expand(?:s|ed|ing)?|expansion|re-?announc\w*)\b/i

/** The title says that this is an earlier recall, widened or announced again. */
export function saysItExpands(recall: Pick<Recall, 'title'>): boolean {
  return SAYS_SO.test(recall.title)
}

/** Null where nothing is to be proposed: the title does not say so, another agency, not earlier, no brand or nothing of the product in common. */
export function expandsEarlier(later: Recall, earlier: Recall): SameEvidence | null {
  const years = (Date.parse(later.publishedOn) - Date.parse(earlier.publishedOn)) / YEAR_MS
  if (later.agency !== earlier.agency || !saysItExpands(later) || !(years > 0 && years <= EXPANDS_YEARS_MAX)) return null
  const brand = commonBrand(later, earlier)
  if (brand === null) return null
  const telling = [gtinReason(later, earlier), modelReason(later, earlier), titleReason(later, earlier, brand)].filter((reason) => reason !== null) // prettier-ignore
  if (telling.length === 0) return null
  const reasons: SameReason[] = [{ field: 'brand', weight: 3, text: `Both name the brand ${brand}.` }, ...telling]
  const hazards = later.hazards.filter((hazard) => hazard !== 'other' && earlier.hazards.includes(hazard))
  if (hazards.length > 0) reasons.push({ field: 'hazard', weight: 2, text: `Both name the same danger: ${hazards.join(', ').replaceAll('_', ' ')}.` }) // prettier-ignore
  reasons.push({ field: 'date', weight: years <= 1 ? 2 : years <= 4 ? 1 : 0, text: `Published ${lapse(years)} later.` })
  return { weight: reasons.reduce((sum, reason) => sum + reason.weight, 0), reasons }
}

function lapse(years: number): string {
  const months = Math.round(years * 12)
  if (months < 1) return 'less than a month'
  if (months < 24) return months === 1 ? 'one month' : `${months} months`
  return `${Math.round(years)} years`
}
