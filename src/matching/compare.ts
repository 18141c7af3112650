/**
 * The comparison of one recall with one listing: a value for each field of evidence and, for the reasons, the words it rests on. Pure.
 * Values lie between 0 and about 1; what a value is worth is said by `weights.ts`.
 */
import { BRAND_FIELD, CATEGORY, FOR, MAIN, SAID, WITH, type ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import type { Vocabulary } from './vocabulary.ts'
import { HEAD, HOST, IN_BRAND, IN_DESCRIPTION, IN_FIRM, IN_NAME, IN_SOLD, IN_TITLE, PROPER } from './zones.ts'
import { INDEX, newEvidence, zonesOf, type Evidence } from './evidence.ts'
import { misspeltBrand } from './misspelt.ts'
import { compareHost } from './compare-hosts.ts'
import { compareModels, type ModelState } from './compare-models.ts'
import { comparePart } from './compare-parts.ts'
import { compareSizes, comparePrice, compareYears } from './compare-sizes.ts'

export function compare(recall: RecallFeatures, listing: ListingFeatures, vocabulary: Vocabulary): Evidence {
  const evidence = newEvidence()
  const { words, model } = compareNames(recall, listing, vocabulary, evidence)
  comparePart(recall, listing, evidence, words, model, vocabulary)
  compareHost(recall, listing, evidence, model)
  compareSizes(recall, listing, evidence)
  comparePrice(recall, listing, evidence.values)
  compareYears(recall, listing, evidence)
  settle(recall, listing, evidence, model)
  return evidence
}

/** The first part of a comparison: barcode numbers, words, model numbers and the brand. `outlook.ts` ends most comparisons after it. */
export function compareNames(
  recall: RecallFeatures,
  listing: ListingFeatures,
  vocabulary: Vocabulary,
  evidence: Evidence,
): { words: WordState; model: ModelState } {
  const { values } = evidence
  values[INDEX.prior] = 1
  if (listing.gtin !== null && recall.gtins.size > 0) values[recall.gtins.has(listing.gtin) ? INDEX.gtin_same : INDEX.gtin_other] = 1
  const words = compareWords(recall, listing, vocabulary, evidence)
  const model = compareModels(recall, listing, evidence)
  compareBrand(recall, listing, vocabulary, evidence, words, model)
  return { words, model }
}

/** Bits that a word of the title speaks against a recall that does not use it, where the word is not known in general. */
const UNKNOWN_EXTRA = 8

/** Share of capital spellings from which a word of a firm's name tells the firm; addresses of web sites are written small. */
const NAME_SHARE = 0.35

export type WordState = { brandMain: number; brandIds: number[]; brandFor: number; brandDetail: number; headMain: number }

function compareWords(recall: RecallFeatures, listing: ListingFeatures, vocabulary: Vocabulary, evidence: Evidence): WordState {
  const state: WordState = { brandMain: -1, brandIds: [], brandFor: -1, brandDetail: -1, headMain: -1 }
  const { values } = evidence
  let name = 0
  let text = 0
  let extra = 0
  let known = 0
  let kind = 0
  let lineSame = 0
  for (let k = 0; k < listing.ids.length; k++) {
    const id = listing.ids[k]!
    const place = listing.places[k]!
    const zones = zonesOf(recall, id)
    const bits = vocabulary.bits[id]!
    const isMain = (place & MAIN) !== 0
    if ((zones & (IN_NAME | IN_TITLE | IN_DESCRIPTION | IN_BRAND | IN_FIRM)) === 0) {
      if ((place & SAID) !== 0 && (zones & IN_SOLD) === 0 && (place & BRAND_FIELD) === 0) {
        extra += id < vocabulary.general ? Math.min(bits, 9) : UNKNOWN_EXTRA
        if (id < vocabulary.general) evidence.extra.push(id)
      }
      continue
    }
    if (isMain) known += Math.min(bits, 9)
    if ((zones & IN_BRAND) !== 0) {
      if ((place & (MAIN | BRAND_FIELD)) !== 0) {
        state.brandMain = state.brandMain < 0 || bits > vocabulary.bits[state.brandMain]! ? id : state.brandMain
        state.brandIds.push(id)
      } else if ((place & FOR) !== 0) state.brandFor = id
      else state.brandDetail = id
      continue
    }
    const share = isMain ? 1 : (place & (WITH | CATEGORY)) !== 0 ? 0.8 : (place & FOR) !== 0 ? 0.5 : 0.6
    if (isMain && (zones & HEAD) !== 0) evidence.headMain = true
    if (isMain && (zones & HOST) !== 0) evidence.hostMain = true
    if ((zones & (HEAD | (recall.hosted ? HOST : 0))) !== 0) {
      const worth = bits * ((place & (MAIN | WITH | CATEGORY)) !== 0 ? 1 : 0.4)
      if (worth > kind) {
        kind = worth
        evidence.head = id
        if (isMain) state.headMain = id
      }
    }
    if ((zones & (IN_NAME | IN_TITLE)) !== 0) {
      name += bits * share
      evidence.name.push(id)
      if ((zones & PROPER) !== 0) lineSame += bits * share
    } else if (isMain && (zones & IN_DESCRIPTION) !== 0) text += bits
  }
  extra += listing.unknown * UNKNOWN_EXTRA
  values[INDEX.name_same] = recall.nameBits === 0 ? 0 : Math.min(1, name / Math.max(recall.nameBits, 12))
  values[INDEX.text_same] = Math.min(1, text / 20)
  values[INDEX.words_extra] = extra / (extra + known + 10)
  values[INDEX.line_same] = Math.min(1, lineSame / 16)
  if (recall.heads.length > 0) values[kind > 0 ? INDEX.kind_same : INDEX.kind_other] = kind > 0 ? Math.min(1, kind / 10) : 1
  let missing = 0
  let all = 0
  for (const id of recall.line) {
    all += vocabulary.bits[id]!
    if (!evidence.name.includes(id)) missing += vocabulary.bits[id]!
  }
  if (all > 0) values[INDEX.line_missing] = missing / Math.max(all, 16)
  return state
}

function compareBrand(
  recall: RecallFeatures,
  listing: ListingFeatures,
  vocabulary: Vocabulary,
  evidence: Evidence,
  words: WordState,
  model: ModelState,
): void {
  const { values } = evidence
  let field = 0
  let fieldId = -1
  for (const id of listing.brand) {
    const zones = zonesOf(recall, id)
    // `Battery` of a firm's name is no name; a word that the general table does not know is.
    const isName = id >= vocabulary.general || vocabulary.share[id]! >= NAME_SHARE
    const worth =
      (zones & IN_BRAND) !== 0
        ? 1
        : isName && (zones & (IN_FIRM | IN_NAME | IN_TITLE)) !== 0
          ? 0.8
          : isName && (zones & IN_DESCRIPTION) !== 0
            ? 0.5
            : isName && (zones & IN_SOLD) !== 0
              ? 0.2
              : 0
    if (worth * vocabulary.bits[id]! > field) {
      field = worth * vocabulary.bits[id]!
      fieldId = id
    }
  }
  const inTitle = words.brandMain
  if (inTitle >= 0 && listing.brandStated && field === 0) {
    // Another maker's thing that names the recalled brand: a component, a licence, a marketplace's own spelling.
    evidence.brand = inTitle
    values[INDEX.brand_mixed] = 1
  } else if (inTitle >= 0) {
    evidence.brand = inTitle
    values[INDEX.brand_same] = wholeBrand(recall, words.brandIds) * Math.min(1, 0.4 + vocabulary.bits[inTitle]! / 20)
  } else if (field > 3) {
    evidence.brand = fieldId
    values[INDEX.brand_firm] = Math.min(1, 0.3 + field / 15)
  } else if (words.brandFor >= 0) {
    values[INDEX.brand_for] = 1
    evidence.brand = words.brandFor
  } else if ((evidence.brand = misspeltBrand(recall, listing, vocabulary)) >= 0) {
    values[INDEX.brand_misspelt] = 1
  } else if (listing.brandStated && listing.brand.length > 0 && recall.brands.length > 0) {
    values[INDEX.brand_other] = 1
    if (model.strength > 0) values[INDEX.model_brand_clash] = 1
  } else if (recall.brands.length > 0) values[INDEX.brand_absent] = words.brandDetail >= 0 ? 0.3 : 1
}

/** 1 where a brand of one word, or all words of a longer one, are met; less where a part of the words is missing. */
function wholeBrand(recall: RecallFeatures, met: readonly number[]): number {
  if (recall.brandPhrases.length === 0) return 1
  let best = 0
  for (const phrase of recall.brandPhrases) {
    let count = 0
    for (const id of phrase) if (met.includes(id)) count++
    best = Math.max(best, count / phrase.length)
  }
  for (const id of met) if (!recall.brandPhrases.some((phrase) => phrase.includes(id))) return 1
  return 0.4 + 0.6 * best
}

/** A known model settles what the words could only suggest; and what is missing is named. */
function settle(recall: RecallFeatures, listing: ListingFeatures, evidence: Evidence, model: ModelState): void {
  const { values } = evidence
  // A bare number, `320`, is the product's only together with the name of its line.
  const isAnyone = model.isLoose && values[INDEX.line_missing]! > LINE_MISSED
  evidence.isBareNumber = isAnyone
  const known = values[INDEX.gtin_same]! > 0 || (model.strength >= 0.6 && !isAnyone) || evidence.isListedHost
  if (known && values[INDEX.brand_other] === 0 && values[INDEX.part] === 0) {
    values[INDEX.line_missing] = 0
    values[INDEX.words_extra]! *= 0.3
  }
  if (known && evidence.hostMain && evidence.head < 0 && !recall.hosted) evidence.missing = 'component'
  const isKindSaid = values[INDEX.kind_same]! > 0
  // The same number on another kind of thing: short numbers are met by chance, and one brand has many things.
  if (
    values[INDEX.kind_other]! > 0 &&
    model.strength > 0 &&
    (evidence.code?.code.length ?? 0) <= SHORT_CODE &&
    values[INDEX.name_same]! < 0.3 &&
    values[INDEX.text_same]! < 0.2
  )
    values[INDEX.kind_clash] = 1
  if (known || evidence.missing !== null) return
  if (values[INDEX.model_near]! > 0 || values[INDEX.model_prefix]! > 0) {
    evidence.missing = 'exact_model'
    return
  }
  if (recall.hasNameNumber) values[INDEX.number_missing] = 1
  if (recall.modelsStated > 0.9 && values[INDEX.model_other] === 0) {
    // The measures that the recall prints tell this product as well as its number would.
    const isMeasured = values[INDEX.measures_same] === 1 && values[INDEX.brand_same]! > 0.8 && values[INDEX.name_same]! > 0.7
    if (!isMeasured) evidence.missing = recall.hasNameNumber ? 'name_number' : 'model'
  } else if (lacksSize(recall, listing)) evidence.missing = 'size'
  else if (recall.modelsStated === 0 && isKindSaid) evidence.missing = 'unit'
}

/** Share of the line's names from which its name is missing. */
const LINE_MISSED = 0.3

/** Letters and digits up to which a number may be anybody's. */
const SHORT_CODE = 5

/** The recalled product is named by its size, and the listing states none of that dimension. */
function lacksSize(recall: RecallFeatures, listing: ListingFeatures): boolean {
  return (
    recall.nameDimensions.length > 0 &&
    recall.nameDimensions.every((dimension) => !listing.sizes.some((size) => size.dimension === dimension))
  )
}
