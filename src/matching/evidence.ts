/**
 * The comparison of one recall with one listing: a value for each field of evidence and, for the reasons, the words it rests on. Pure.
 * Values lie between 0 and about 1; what a value is worth is said by `weights.ts`.
 */
import { HARD, PIECE, SOFT, WEAK } from './codes.ts'
import {
  BRAND_FIELD,
  CATEGORY,
  FOR,
  MAIN,
  MODEL_FIELD,
  PHRASE,
  UNKNOWN,
  WITH,
  type ListingCode,
  type ListingFeatures,
} from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { sameSize } from './sizes.ts'
import type { Vocabulary } from './vocabulary.ts'
import { FIELDS, type Field } from './weights.ts'
import { COLOUR_SUFFIX } from './words.ts'
import { EXCLUDED, HEAD, HOST, IN_BRAND, IN_DESCRIPTION, IN_FIRM, IN_NAME, IN_SOLD, IN_TITLE, LEAD, MODEL, SERIAL, STEM } from './zones.ts'

const INDEX = Object.fromEntries(FIELDS.map((field, i) => [field, i])) as Record<Field, number>

/** What the listing does not say and the recall goes by. */
export type Missing = 'model' | 'exact_model' | 'size' | 'component'

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
  size: { dimension: string; listing: number; recall: readonly number[] } | null
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

export function compare(recall: RecallFeatures, listing: ListingFeatures, vocabulary: Vocabulary): Evidence {
  const evidence: Evidence = {
    values: new Float64Array(FIELDS.length),
    missing: null,
    code: null,
    brand: -1,
    head: -1,
    name: [],
    extra: [],
    part: null,
    size: null,
  }
  const { values } = evidence
  values[INDEX.prior] = 1
  if (listing.gtin !== null && recall.gtins.size > 0) values[recall.gtins.has(listing.gtin) ? INDEX.gtin_same : INDEX.gtin_other] = 1
  const words = compareWords(recall, listing, vocabulary, evidence)
  const model = compareModels(recall, listing, evidence)
  compareBrand(recall, listing, vocabulary, evidence, words, model)
  comparePart(recall, listing, evidence, words)
  compareSizes(recall, listing, evidence)
  comparePrice(recall, listing, values)
  settle(recall, evidence, model)
  return evidence
}

type WordState = { brandMain: number; brandFor: number; brandDetail: number; headMain: number }

function compareWords(recall: RecallFeatures, listing: ListingFeatures, vocabulary: Vocabulary, evidence: Evidence): WordState {
  const state: WordState = { brandMain: -1, brandFor: -1, brandDetail: -1, headMain: -1 }
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
      if (isMain && (zones & IN_SOLD) === 0 && (place & BRAND_FIELD) === 0) {
        extra += Math.min(bits, 9)
        evidence.extra.push(id)
      }
      continue
    }
    if (isMain) known += Math.min(bits, 9)
    if ((zones & IN_BRAND) !== 0) {
      if ((place & (MAIN | BRAND_FIELD)) !== 0) state.brandMain = id
      else if ((place & FOR) !== 0) state.brandFor = id
      else state.brandDetail = id
      continue
    }
    const share = isMain ? 1 : (place & (WITH | CATEGORY)) !== 0 ? 0.8 : (place & FOR) !== 0 ? 0.5 : 0.6
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
      if (vocabulary.proper[id] === 1) lineSame += bits * share
    } else if (isMain && (zones & IN_DESCRIPTION) !== 0) text += bits
  }
  extra += listing.unknown * 7
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
  if (all > 0) values[INDEX.line_missing] = missing / all
  return state
}

type ModelState = { strength: number; stated: boolean; forOnly: boolean }

function compareModels(recall: RecallFeatures, listing: ListingFeatures, evidence: Evidence): ModelState {
  const { values } = evidence
  const state: ModelState = { strength: 0, stated: false, forOnly: false }
  let near = 0
  let prefix = false
  let other: ListingCode | null = null
  let nearCode: ListingCode | null = null
  for (const code of listing.codes) {
    if ((code.place & (MODEL_FIELD | MAIN | WITH)) !== 0 && (code.kind & (SOFT | PIECE)) === 0 && (code.kind & HARD) !== 0) {
      state.stated = true
      other ??= code
    }
    const zones = zonesOf(recall, code.id)
    if ((zones & EXCLUDED) !== 0 && (zones & MODEL) === 0 && code.place !== FOR) {
      values[INDEX.model_excluded] = 1
      evidence.code = code
    }
    const exact = strengthOf(zones, code)
    if (exact > 0 && code.place === FOR) {
      state.forOnly = true
      continue
    }
    if (exact > state.strength) {
      state.strength = exact
      evidence.code = code
    }
    if (exact > 0 || (code.kind & (SOFT | WEAK)) !== 0 || code.place === FOR) continue
    const closeness = nearness(recall, code)
    if (closeness > near) {
      near = closeness
      nearCode = code
    }
    if (recall.modelsByPrefix && !prefix && beginsWithStated(recall, code)) {
      prefix = true
      nearCode ??= code
    }
  }
  if (state.strength > 0) state.forOnly = false
  if (state.strength === 0 && near > 0.8) state.strength = near
  values[INDEX.model_same] = state.strength
  if (state.strength === 0 && near > 0) values[INDEX.model_near] = 1
  else if (state.strength === 0 && prefix) values[INDEX.model_prefix] = 1
  else if (state.strength === 0 && recall.modelsStated && state.stated) values[INDEX.model_other] = 1
  if (evidence.code === null) evidence.code = nearCode ?? (values[INDEX.model_other]! > 0 ? other : null)
  return state
}

/** How surely a code the recall has stands for its model. */
function strengthOf(zones: number, code: ListingCode): number {
  if (zones === 0 || (zones & EXCLUDED) !== 0) return 0
  // Short codes and short numbers are met by chance.
  const size =
    code.code.length >= 6 ? 1 : code.code.length === 5 ? 0.95 : code.code.length === 4 ? 0.85 : code.code.length === 3 ? 0.7 : 0.45
  const place = (code.place & (MODEL_FIELD | MAIN | WITH)) !== 0 ? 1 : 0.9
  if ((code.kind & WEAK) !== 0 && (zones & MODEL) === 0) return 0
  if ((zones & MODEL) !== 0) return size * place
  if ((zones & STEM) !== 0 && (zones & LEAD) === 0) return 0.75 * size * place
  if ((zones & SERIAL) !== 0) return 0.6 * size * place
  if ((zones & LEAD) !== 0) return 0.75 * size * place
  return 0.85 * size * place
}

/** 0 where no code of the recall is near; above 0.8 where only a colour or country ending differs; else the variant is not named. */
function nearness(recall: RecallFeatures, code: ListingCode): number {
  if (code.baseId < 0) return 0
  const zones = zonesOf(recall, code.baseId)
  if (zones === 0 || (zones & EXCLUDED) !== 0) return 0
  const baseLength = code.code.length - code.suffix.length
  if (baseLength < 4) return 0
  const isColour = COLOUR_SUFFIX.test(code.suffix)
  if ((zones & (MODEL | IN_DESCRIPTION | IN_NAME | IN_TITLE)) !== 0 && (zones & STEM) === 0) return isColour && baseLength >= 5 ? 0.9 : 0.5
  return isColour ? 0.5 : 0
}

function beginsWithStated(recall: RecallFeatures, code: ListingCode): boolean {
  for (const id of code.prefixIds) if ((zonesOf(recall, id) & (IN_DESCRIPTION | MODEL)) !== 0) return true
  return false
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
    const worth =
      (zones & IN_BRAND) !== 0
        ? 1
        : (zones & (IN_FIRM | IN_NAME | IN_TITLE)) !== 0
          ? 0.8
          : (zones & IN_DESCRIPTION) !== 0
            ? 0.5
            : (zones & IN_SOLD) !== 0
              ? 0.2
              : 0
    if (worth * vocabulary.bits[id]! > field) {
      field = worth * vocabulary.bits[id]!
      fieldId = id
    }
  }
  const inTitle = words.brandMain
  if (inTitle >= 0 && (field > 0 || !listing.brandStated || !model.forOnly)) {
    evidence.brand = inTitle
    const sure = field > 0 || !listing.brandStated ? 1 : 0.75
    values[INDEX.brand_same] = sure * Math.min(1, 0.4 + vocabulary.bits[inTitle]! / 20)
  } else if (field > 3) {
    evidence.brand = fieldId
    values[INDEX.brand_firm] = Math.min(1, 0.3 + field / 15)
  } else if (words.brandFor >= 0) {
    values[INDEX.brand_for] = 1
    evidence.brand = words.brandFor
  } else if (listing.brandStated && listing.brand.length > 0 && recall.brands.length > 0) {
    values[INDEX.brand_other] = 1
    if (model.strength > 0) values[INDEX.model_brand_clash] = 1
  } else if (recall.brands.length > 0) values[INDEX.brand_absent] = words.brandDetail >= 0 ? 0.3 : 1
}

function comparePart(recall: RecallFeatures, listing: ListingFeatures, evidence: Evidence, words: WordState): void {
  const foreign = listing.partWords.find((_, i) => isForeign(recall, listing.partIds[i]!))
  const forRecall = words.brandFor >= 0 && words.brandMain < 0
  if (foreign !== undefined && (listing.partCue || forRecall)) {
    evidence.values[INDEX.part] = 1
    evidence.part = foreign
    return
  }
  let head = -1
  let part = -1
  for (let i = 0; i <= listing.main.length; i++) {
    const id = i < listing.main.length ? listing.main[i]! : PHRASE
    if (id === PHRASE) {
      if (part >= 0 || head >= 0) break
      continue
    }
    if (id === UNKNOWN && !listing.parts.includes(i)) continue
    if ((zonesOf(recall, id) & HEAD) !== 0) head = i
    else if (listing.parts.includes(i) && isForeign(recall, id)) part = i
  }
  if (part < 0 || part < head) return
  evidence.values[INDEX.part] = head >= 0 ? 1 : 0.7
  evidence.part = listing.partWords.find((_, i) => isForeign(recall, listing.partIds[i]!)) ?? null
}

/** Whether a part word is not what the recall is about. */
function isForeign(recall: RecallFeatures, id: number): boolean {
  return (zonesOf(recall, id) & (HEAD | IN_NAME | IN_TITLE | IN_BRAND)) === 0
}

function compareSizes(recall: RecallFeatures, listing: ListingFeatures, evidence: Evidence): void {
  let same = 0
  for (const [dimension, values] of recall.sizes) {
    let stated = false
    let met = false
    let value = 0
    for (const size of listing.sizes) {
      if (size.dimension !== dimension) continue
      stated = true
      value = size.value
      if (values.some((recalled) => sameSize(recalled, size.value))) met = true
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

function comparePrice(recall: RecallFeatures, listing: ListingFeatures, values: Float64Array): void {
  const { priceMinMinor, priceMaxMinor, currency } = recall.recall.scope
  const price = listing.listing.priceMinor
  if (price === null || price === 0 || priceMaxMinor === null || currency !== listing.listing.currency) return
  const low = priceMinMinor ?? priceMaxMinor
  // Used goods cost less and collectors pay more: only what is far outside tells.
  if (price > priceMaxMinor * 3 || price < low / 8) values[INDEX.price_far] = 1
  else if (price <= priceMaxMinor * 1.3 && price >= low * 0.5) values[INDEX.price_near] = 1
}

/** A known model settles what the words could only suggest; and what is missing is named. */
function settle(recall: RecallFeatures, evidence: Evidence, model: ModelState): void {
  const { values } = evidence
  const known = values[INDEX.gtin_same]! > 0 || model.strength >= 0.6
  if (known && values[INDEX.brand_other] === 0 && values[INDEX.part] === 0) {
    values[INDEX.line_missing] = 0
    values[INDEX.kind_other]! *= 0.5
    values[INDEX.words_extra]! *= 0.3
  }
  if (known) return
  if (values[INDEX.model_near]! > 0 || values[INDEX.model_prefix]! > 0) evidence.missing = 'exact_model'
  else if (recall.modelsStated && values[INDEX.model_other] === 0) evidence.missing = 'model'
}
