/** Whether a listing offers what a recalled component was sold with, or the component itself, and whether that is said well enough. Pure. */
import { FOR, MAIN, MODEL_FIELD, type ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { INDEX, zonesOf, type Evidence } from './evidence.ts'
import { HOST } from './zones.ts'
import type { ModelState } from './compare-models.ts'

export function compareHost(recall: RecallFeatures, listing: ListingFeatures, evidence: Evidence, model: ModelState): void {
  const { component } = recall
  const { values } = evidence
  if (component === null || values[INDEX.part]! > 0) return
  // Another maker's battery for a listed host is not the recalled battery, nor is another maker's host.
  if (values[INDEX.brand_mixed]! > 0) {
    values[INDEX.brand_mixed] = 0
    values[INDEX.brand_other] = 1
  }
  if (evidence.headMain) {
    // The recall lists the hosts by number, and this component is for one of them: its own label decides.
    if (component.toldBy !== 'lot' && model.forModel && model.strength < 0.5 && values[INDEX.brand_same]! > 0) {
      values[INDEX.model_other] = 0
      values[INDEX.line_missing] = 0
      evidence.missing = 'component_label'
    }
    return
  }
  if (!evidence.hostMain || Math.max(values[INDEX.brand_same]!, values[INDEX.brand_firm]!, values[INDEX.brand_misspelt]!) === 0) return
  const isListed = model.strength >= 0.5 || isNumberListed(component.hostNumbers, listing)
  if (component.listsHosts && !isListed) {
    if (model.isSibling) values[INDEX.model_other] = 1
    return
  }
  if (component.hostSeries.size > 0 && isOtherSeries(component.hostSeries, listing)) return
  if (isCarrier(recall, listing)) return
  values[INDEX.host_same] = 1
  values[INDEX.kind_other] = values[INDEX.line_missing] = values[INDEX.model_other] = values[INDEX.model_sibling] = 0
  if (component.toldBy === 'some' || (component.toldBy === 'number' && !component.listsHosts)) evidence.missing = 'component'
  // A host that is listed needs no number of the component.
  else if (isListed) evidence.isListedHost = true
}

/** `Y560` where the recall covers the B, G and Z series. */
function isOtherSeries(series: ReadonlySet<string>, listing: ListingFeatures): boolean {
  let other = false
  for (const { code, place } of listing.codes) {
    if ((place & MAIN) === 0 || !/^[a-z]\d{3}/.test(code)) continue
    if (series.has(code.charAt(0))) return false
    other = true
  }
  return other
}

/** `Laptop Backpack`: what is offered carries or serves the host. */
function isCarrier(recall: RecallFeatures, listing: ListingFeatures): boolean {
  for (let i = 0; i + 1 < listing.main.length; i++) {
    if ((zonesOf(recall, listing.main[i]!) & HOST) === 0) continue
    if (listing.carriers.includes(i + 1)) return true
  }
  return false
}

/** `E520` where the recall lists `the Edge 520 series`: its number without the letters. */
function isNumberListed(numbers: ReadonlySet<string>, listing: ListingFeatures): boolean {
  for (const { code, place } of listing.codes) {
    if (place === FOR || (place & (MAIN | MODEL_FIELD)) === 0) continue
    if (numbers.has(code)) return true
    const number = /^[a-z]{1,2}(\d{3,5})$/.exec(code)
    if (number !== null && numbers.has(number[1]!)) return true
  }
  return false
}
