/** The words of the reasons, as a seller reads them, and the places in both texts that they rest on. Pure. */
import type { Evidence } from './evidence.ts'
import type { ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { bitsOf, type Verdict } from './score.ts'
import { wordOf, type Vocabulary } from './vocabulary.ts'
import { FIELDS, type Field, type Weights } from './weights.ts'

/** A place in one of the two texts: characters `start` to `end` of the named field as the marketplace or the agency wrote it. */
export type Span = { field: string; start: number; end: number }

export type Reason = {
  field: Field
  /** Bits, positive for a match. */
  weight: number
  /** Plain words. */
  text: string
  recallSpan?: Span
  listingSpan?: Span
}

export function reasonsOf(
  recall: RecallFeatures,
  listing: ListingFeatures,
  verdict: Verdict,
  vocabulary: Vocabulary,
  weights: Weights,
): Reason[] {
  const { evidence } = verdict
  const reasons: Reason[] = []
  for (let i = 0; i < FIELDS.length; i++) {
    const field = FIELDS[i]!
    const value = evidence.values[i]!
    const weight = value === 0 ? 0 : bitsOf(field, value, weights)
    if (weight === 0) continue
    const token = tokenOf(field, evidence, listing, vocabulary)
    const reason: Reason = { field, weight, text: textOf(field, token, evidence, listing, vocabulary) }
    const recallSpan = token === null ? null : spanIn(recallTexts(recall), token)
    const listingSpan = token === null ? null : spanIn(listingTexts(listing), token)
    if (recallSpan !== null) reason.recallSpan = recallSpan
    if (listingSpan !== null) reason.listingSpan = listingSpan
    reasons.push(reason)
  }
  const missing = missingText(verdict)
  if (missing !== null) reasons.push({ field: 'prior', weight: 0, text: missing })
  return reasons
}

/** What would decide, where the listing does not state it. */
function missingText(verdict: Verdict): string | null {
  if (verdict.answer !== 'possibly') return null
  if (verdict.missing === 'model')
    return 'The recall covers certain model numbers and the listing states none: the model number on the product decides.'
  if (verdict.missing === 'name_number')
    return 'The recalled product has a number in its name and the listing states none: the name or model number on the product decides.'
  if (verdict.missing === 'exact_model')
    return 'The recall names a model number that this one resembles: the full model number on the product decides.'
  if (verdict.missing === 'component')
    return 'The recalled part was used in this product, and the listing does not say which part it has: the part’s own label decides.'
  if (verdict.missing === 'component_label')
    return 'The recalled parts are told by a number on their own label, which the listing does not state: that label decides.'
  if (verdict.missing === 'size') return 'The recall covers one size and the listing does not state it: the size on the product decides.'
  if (verdict.missing === 'unit')
    return 'The recall goes by lot, serial number or date, and the listing states little else: the label on the product decides.'
  if (verdict.isFixClaimed) return 'The seller says that it was inspected or repaired: a proof of the repair decides.'
  return 'What the listing states fits the recall only in part: the label on the product decides.'
}

function tokenOf(field: Field, evidence: Evidence, listing: ListingFeatures, vocabulary: Vocabulary): string | null {
  if (field === 'gtin_same' || field === 'gtin_other') return listing.listing.gtin
  if ((field.startsWith('model') && field !== 'models_many') || field === 'kind_clash') return evidence.code?.code ?? null
  if (field === 'brand_same' || field === 'brand_firm' || field === 'brand_misspelt' || field === 'brand_mixed' || field === 'brand_for')
    return evidence.brand < 0 ? null : wordOf(vocabulary, evidence.brand)
  if (field === 'kind_same') return evidence.head < 0 ? null : wordOf(vocabulary, evidence.head)
  if (field === 'part') return evidence.part
  return null
}

function textOf(field: Field, token: string | null, evidence: Evidence, listing: ListingFeatures, vocabulary: Vocabulary): string {
  const code = token === null ? '' : ` ${token.toUpperCase()}`
  const brand = listing.listing.brand ?? ''
  switch (field) {
    case 'prior':
      return 'Most listings are not the product of a given recall; every comparison starts from there.'
    case 'gtin_same':
      return `The barcode number ${token} is one the recall names.`
    case 'gtin_other':
      return 'The recall names barcode numbers, and the one of the listing is none of them.'
    case 'model_same':
      return `The model number${code} is one the recall names.`
    case 'model_near':
      return `The model number${code} resembles one the recall names; its ending is not named.`
    case 'model_prefix':
      return `The recall covers model numbers with the beginning of${code}.`
    case 'model_other':
      return `The recall names model numbers, and${code} is none of them.`
    case 'model_sibling':
      return 'The model number is built like the recalled ones but is another.'
    case 'model_excluded':
      return `The recall says that${code} is not included.`
    case 'model_brand_clash':
      return 'The same number belongs to another brand here.'
    case 'models_many':
      return 'The title names several recalled models and has a number of its own: what it offers may be for them.'
    case 'kind_clash':
      return `The number${code} is short, and it stands on another kind of product here.`
    case 'number_missing':
      return 'The number in the recalled product’s name is not in the listing.'
    case 'measures_same':
      return 'The listing has measures that the recall prints.'
    case 'brand_same':
    case 'brand_firm':
      return `The brand is the same: ${token}.`
    case 'brand_misspelt':
      return `A word is nearly the recalled brand: ${token}.`
    case 'brand_mixed':
      return `The title has the recalled brand ${token ?? ''}, but the listing’s brand is ${brand}.`
    case 'brand_other':
      return `The brand ${brand} is not the recalled one.`
    case 'brand_absent':
      return 'The listing does not name the recalled brand.'
    case 'brand_for':
      return `The listing names ${token ?? 'the brand'} as what it is for, not as its own brand.`
    case 'kind_same':
      return `It is the same kind of product: ${token}.`
    case 'kind_other':
      return 'The listing does not say that it is the kind of product that was recalled.'
    case 'host_same':
      return 'It is of the kind that the recalled part was sold with, under the same brand.'
    case 'line_same':
      return 'It has the name of the recalled product line.'
    case 'line_missing':
      return 'A name of the recalled product line is not in the listing.'
    case 'name_same':
      return `The product’s name has the same words: ${evidence.name
        .slice(0, 8)
        .map((id) => wordOf(vocabulary, id))
        .join(', ')}.`
    case 'text_same':
      return 'The title uses words of the recall’s description.'
    case 'words_extra':
      return evidence.extra.length === 0
        ? 'The title has words that the recall does not use.'
        : `The title has words that the recall does not use: ${evidence.extra
            .slice(0, 6)
            .map((id) => wordOf(vocabulary, id))
            .join(', ')}.`
    case 'size_same':
      return 'The size is one the recall names.'
    case 'size_other':
      return `The recall names other sizes than the listing’s (${evidence.size?.dimension ?? 'size'}).`
    case 'part':
      return `It is a part or accessory${token === null ? '' : ` (${token})`}, not the recalled product itself.`
    case 'price_near':
      return 'The price is in the range the recall states.'
    case 'price_far':
      return 'The price is far from what the recall states.'
    case 'unit_inside':
      return 'The lot, serial number or date that the listing states is one of those recalled.'
    case 'unit_outside':
      return 'The lot, serial number or date that the listing states is not one of those recalled.'
    case 'year_same':
      return 'The year the listing states is in the time the recall states.'
    case 'year_other':
      return `The listing states the year ${evidence.year}, outside the time the recall states.`
  }
}

function recallTexts(recall: RecallFeatures): [string, string][] {
  const texts: [string, string][] = recall.recall.products.slice(0, 60).map((product, i) => [`products.${i}.name`, product.name])
  texts.push(['title', recall.recall.title], ['description', recall.recall.description])
  return texts
}

function listingTexts(listing: ListingFeatures): [string, string][] {
  const { title, brand, model, gtin, description } = listing.listing
  const texts: [string, string][] = [['title', title]]
  for (const [field, text] of [
    ['brand', brand],
    ['model', model],
    ['gtin', gtin],
    ['description', description],
  ] as const)
    if (text !== null) texts.push([field, text])
  return texts
}

/** Where a folded word or code stands in the first text that has it. Compares letters and digits only, so hyphens and blanks do not matter. */
export function spanIn(texts: readonly (readonly [string, string])[], token: string): Span | null {
  for (const [field, text] of texts) {
    const bounded = text.length > 6000 ? text.slice(0, 6000) : text
    const span = spanOf(bounded, token)
    if (span !== null) return { field, ...span }
  }
  return null
}

function spanOf(text: string, token: string): { start: number; end: number } | null {
  const places: number[] = []
  let plain = ''
  for (let i = 0; i < text.length; i++) {
    const folded = text[i]!.normalize('NFKD')
      .toLowerCase()
      .replace(/[^\p{L}\p{Nd}]/gu, '')
    for (let k = 0; k < folded.length; k++) places.push(i)
    plain += folded
  }
  for (let at = plain.indexOf(token); at >= 0; at = plain.indexOf(token, at + 1)) {
    const start = places[at]!
    // A match inside a longer word is none, unless what follows is its plural.
    if (start > 0 && /[\p{L}\p{Nd}]/u.test(text[start - 1]!)) continue
    return { start, end: places[at + token.length - 1]! + 1 }
  }
  return null
}
