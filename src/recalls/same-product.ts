/**
 * Whether recalls of two agencies are the same one, by what they say: the same brand, the same product, published within weeks. Pure.
 * It only ever proposes: two recalls of one brand's heaters in one month may well be two.
 */
import type { Agency, Recall } from './recall.ts'

export type SameReason = {
  field: 'brand' | 'gtin' | 'model' | 'units' | 'title' | 'hazard' | 'date' | 'marker'
  weight: number
  text: string
}
export type SameEvidence = { weight: number; reasons: SameReason[] }

/** Joint recalls come out on one day as a rule; translations and registers follow within weeks. */
export const SAME_DAYS_MAX = 60
/** Of the words that name the products, how many both must share. */
const TITLE_SHARE_MIN = 0.5
const UNITS_MIN = 20 // two recalls of ten units each have nothing in common

const COUNTRY: Partial<Record<Agency, string>> = { CPSC: 'US', FDA: 'US', FSIS: 'US', NHTSA: 'US', HC: 'CA', OPSS: 'GB', ACCC: 'AU' }

/**
 * Null where nothing is to be proposed: the same agency, too far apart, no brand in common, or nothing beside the brand that tells products
 * apart (bar code, model, number of units, the words of the title). The weight orders proposals and has no unit.
 */
export function sameProduct(a: Recall, b: Recall): SameEvidence | null {
  const days = Math.abs(Date.parse(a.publishedOn) - Date.parse(b.publishedOn)) / 86_400_000
  if (a.agency === b.agency || !(days <= SAME_DAYS_MAX)) return null
  const brand = commonBrand(a, b)
  if (brand === null) return null
  const telling = [gtinReason(a, b), modelReason(a, b), unitsReason(a, b), titleReason(a, b, brand)].filter((reason) => reason !== null)
  if (telling.length === 0) return null
  const reasons: SameReason[] = [{ field: 'brand', weight: 3, text: `Both name the brand ${brand}.` }, ...telling]
  const hazards = a.hazards.filter((hazard) => hazard !== 'other' && b.hazards.includes(hazard))
  if (hazards.length > 0) reasons.push({ field: 'hazard', weight: 1, text: `Both name the same danger: ${hazards.join(', ').replaceAll('_', ' ')}.` }) // prettier-ignore
  reasons.push({ field: 'date', weight: days <= 7 ? 2 : days <= 21 ? 1 : 0, text: days === 0 ? 'Published on the same day.' : days === 1 ? 'Published one day apart.' : `Published ${days} days apart.` }) // prettier-ignore
  if (names(a, b.agency) || names(b, a.agency)) reasons.push({ field: 'marker', weight: 4, text: 'One says that it is a joint recall with the other’s agency.' }) // prettier-ignore
  return { weight: reasons.reduce((sum, reason) => sum + reason.weight, 0), reasons }
}

/** The words of a name: letters and digits in lower case, without accents. */
export function nameWords(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/['’]s?\b/g, '') // prettier-ignore
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** A brand of one that is a brand of the other, or begins it ("Gobi", "Gobi Heat"), or stands in its title as it is. */
export function commonBrand(a: Recall, b: Recall): string | null {
  const title = (recall: Recall): string => ` ${nameWords([recall.title, ...recall.products.map(({ name }) => name)].join(' ')).join(' ')} `
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const brand of one.scope.brands) {
      const said = nameWords(brand).join(' ')
      if (said.length < 3) continue
      const alike = other.scope.brands.some((each) => `${nameWords(each).join(' ')} `.startsWith(`${said} `))
      if (alike || title(other).includes(` ${said} `)) return brand
    }
  }
  return null
}

export function gtinReason(a: Recall, b: Recall): SameReason | null {
  // GTIN-12 and -13 of one article differ by zeros in front.
  const known = new Set(b.scope.gtins.map((gtin) => gtin.padStart(14, '0')))
  const shared = a.scope.gtins.filter((gtin) => known.has(gtin.padStart(14, '0')))
  return shared.length === 0 ? null : { field: 'gtin', weight: 10, text: `Both name the bar code ${shared[0]}.` }
}

export function modelReason(a: Recall, b: Recall): SameReason | null {
  const key = (model: string): string => model.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  const known = new Set(modelsOf(b).map(key))
  // A short number may be anything.
  const shared = modelsOf(a).filter((model) => key(model).length >= 4 && /\d/.test(model) && known.has(key(model)))
  return shared.length === 0 ? null : { field: 'model', weight: 6, text: `Both name the model ${shared[0]}.` }
}

function modelsOf(recall: Recall): string[] {
  return [...recall.scope.models, ...recall.products.flatMap(({ model }) => model ?? [])]
}

/** One says how many are in the other's country, and the other says the same. */
function unitsReason(a: Recall, b: Recall): SameReason | null {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const country = COUNTRY[other.agency]
    const told = country === undefined ? undefined : one.scope.unitsElsewhere[country]
    if (told !== undefined && told >= UNITS_MIN && told === other.scope.units) {
      return { field: 'units', weight: 6, text: `Both say ${told.toLocaleString('en-US')} units in ${country}.` }
    }
  }
  return null
}

const EVERYDAY = new Set(
  'the a an and or of for with by in on to at from due recall recalls recalled recalling expands risk risks hazard hazards serious injury death potential possible brand certain various product products may can because violation fire burn choking fall sold exclusively inc llc ltd co corp company alert'.split(' '),
) // prettier-ignore

export function titleReason(a: Recall, b: Recall, brand: string): SameReason | null {
  const branded = new Set(nameWords(brand))
  // Compared without the s of a plural, told as they stand.
  const wordsOf = (recall: Recall): Map<string, string> => {
    const named = recall.products.map(({ name }) => name).join(' ').trim() // prettier-ignore
    const kept = nameWords(named === '' ? recall.title : named).filter((word) => !EVERYDAY.has(word) && !branded.has(word))
    return new Map(kept.map((word) => [word.replace(/s$/, ''), word]))
  }
  const [one, other] = [wordsOf(a), wordsOf(b)]
  const shared = [...one].flatMap(([stem, word]) => (other.has(stem) ? [word] : []))
  const fewer = Math.min(one.size, other.size)
  if (shared.length < Math.min(2, fewer) || shared.length === 0 || shared.length / fewer < TITLE_SHARE_MIN) return null
  return {
    field: 'title',
    weight: 4 * (shared.length / Math.max(one.size, other.size)),
    text: `Both name the product: ${shared.join(', ')}.`,
  }
}

function names(recall: Recall, agency: Agency): boolean {
  return (recall.jointWith ?? []).some((link) => link.agency === agency && link.how !== 'translation')
}
