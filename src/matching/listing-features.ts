/** What the engine reads from a listing: words, codes and sizes, each with the place it stands in. Pure. */
import type { Listing } from '../catalog/index.ts'
import { HARD, PIECE, SOFT, WEAK, codesOf, isYear } from './codes.ts'
import { normaliseCode, normaliseGtin } from './identifiers.ts'
import { sizesOf, type Size } from './sizes.ts'
import { BREAK, HYPHEN, STOP, hasDigit, isNumber, stem, wordsOf, type Words } from './text.ts'
import type { Vocabulary } from './vocabulary.ts'
import {
  BRAND_ALIASES,
  CARRIER_WORDS,
  COMPANY_WORDS,
  FOR_WORDS,
  PART_CUES,
  PART_WORDS,
  STOP_WORDS,
  TRAIT_WORDS,
  WITH_WORDS,
} from './words.ts'

/** What of a listing is compared. */
export type ScreenedListing = Pick<
  Listing,
  'listingId' | 'title' | 'brand' | 'model' | 'gtin' | 'asin' | 'description' | 'category' | 'attributes' | 'priceMinor' | 'currency'
>

/** The part of the title that says what is offered. */
export const MAIN = 1
/** Behind `with`, `including`: what comes with it. */
export const WITH = 2
/** Behind `for`, `fits`, `compatible with`: what it is for. */
export const FOR = 4
export const BRAND_FIELD = 8
export const MODEL_FIELD = 16
export const DETAIL = 32
export const CATEGORY = 64
/** A word of the main part that speaks against a recall which does not use it: no stop word, and not two words joined by us. */
export const SAID = 128

/** Characters of a title that are read; marketplaces allow 200. */
const TITLE_LENGTH_MAX = 1200
const DETAIL_LENGTH_MAX = 2500

export type ListingCode = {
  code: string
  /** In the vocabulary, or -1. */
  id: number
  kind: number
  place: number
  /** The ending letters, and the number of the code without them, or -1: `LRE30453SS` is near `LRE30453`. */
  suffix: string
  baseId: number
  /** Known codes that this one begins with. */
  prefixIds: readonly number[]
}

export type ListingFeatures = {
  listing: ScreenedListing
  /** Distinct known words and the places each stands in. */
  ids: number[]
  places: number[]
  /** Distinct words of the main part that no recall has and that are not the brand's. */
  unknown: number
  codes: ListingCode[]
  /** Sizes from title and attributes. */
  sizes: Size[]
  gtin: string | null
  /** Years from title and attributes. */
  years: number[]
  /** Numbers of the words of the brand field, company words left out unless there is nothing else; -1 where no recall has the word. */
  brand: number[]
  brandStated: boolean
  /** Words of the brand field and of the beginning of the title that are not known in general: names, and what may be a name misspelt. */
  oddWords: string[]
  /** Word numbers of the title's main part in order, with `PHRASE` where a new phrase begins: decides head and part. */
  main: number[]
  /** Positions in `main` of words that name parts and accessories. */
  parts: number[]
  /** Positions in `main` of words that name what carries or serves another product: `backpack`. */
  carriers: number[]
  /** `replacement`, `spare`, `only`, `compatible` stand in the title. */
  partCue: boolean
  /** The word before `only` in the title: `headboard only`; null where there is none. `body only` and `tool only` offer the thing itself. */
  onlyId: number | null
  /** The listing says that it was inspected or repaired. */
  claimsFix: boolean
  /** Part words of the title, stemmed, and their numbers. */
  partWords: string[]
  partIds: number[]
}

/** Marks the beginning of a phrase in `main`. */
export const PHRASE = -2
/** A word of the main part that no recall has. */
export const UNKNOWN = -1

export function readListing(listing: ScreenedListing, vocabulary: Vocabulary): ListingFeatures {
  const features: ListingFeatures = {
    listing, ids: [], places: [], unknown: 0, codes: [], sizes: [], gtin: listing.gtin === null ? null : normaliseGtin(listing.gtin),
    years: [], brand: [], brandStated: false, oddWords: [], main: [], parts: [], carriers: [], partCue: false, claimsFix: false, onlyId: null, partWords: [], partIds: [],
  } // prettier-ignore
  const seen = new Map<number, number>()
  const unknown = new Set<string>()
  readTitle(wordsOf(listing.title, TITLE_LENGTH_MAX), features, seen, unknown, vocabulary)
  if (listing.brand !== null) readBrand(wordsOf(listing.brand, 120), features, seen, unknown, vocabulary)
  features.unknown = unknown.size
  if (listing.model !== null) readModel(listing.model, features, vocabulary)
  readDetails(listing, features, seen, vocabulary)
  features.claimsFix =
    FIX_CLAIM.test(listing.title.slice(0, TITLE_LENGTH_MAX)) || FIX_CLAIM.test((listing.description ?? '').slice(0, DETAIL_LENGTH_MAX))
  if (listing.category !== null) addWords(wordsOf(listing.category, 200), CATEGORY, features, seen, vocabulary)
  return features
}

/** What sellers write of a thing whose recall was seen to. */
const FIX_CLAIM =
  /\b(?:inspected|repaired|retrofitted|remedied|corrected|recall (?:work |repair |fix )?(?:is |was |has been )?(?:done|completed?|performed))\b/i

function addId(id: number, place: number, features: ListingFeatures, seen: Map<number, number>): void {
  const at = seen.get(id)
  if (at !== undefined) {
    features.places[at]! |= place
    return
  }
  seen.set(id, features.ids.length)
  features.ids.push(id)
  features.places.push(place)
}

/** Which part of the title each word belongs to. A phrase break ends what `for` and `with` began, unless a list of codes goes on. */
function placesOf(words: Words): Uint8Array {
  const places = new Uint8Array(words.text.length)
  let place = MAIN
  for (let i = 0; i < words.text.length; i++) {
    const word = words.text[i]!
    if (words.before[i]! >= BREAK && i > 0 && !(place === FOR && words.before[i] === BREAK && hasDigit(word))) place = MAIN
    if (FOR_WORDS.has(word)) place = FOR
    else if (WITH_WORDS.has(word) && !(place === FOR && words.text[i - 1] === 'compatible')) place = place === FOR ? FOR : WITH
    places[i] = place
  }
  return places
}

function readTitle(words: Words, features: ListingFeatures, seen: Map<number, number>, unknown: Set<string>, vocabulary: Vocabulary): void {
  const places = placesOf(words)
  let previous = ''
  for (let i = 0; i < words.text.length; i++) {
    const word = words.text[i]!
    const stemmed = stem(word)
    const place = places[i]!
    if (word === 'only' && i > 0 && !THING_ITSELF.has(words.text[i - 1]!))
      features.onlyId = vocabulary.ids.get(stem(words.text[i - 1]!)) ?? UNKNOWN
    if (PART_CUES.has(stemmed) || word === 'compatible') features.partCue = true
    if (place === MAIN && words.before[i]! >= BREAK) features.main.push(PHRASE)
    if (hasDigit(word)) {
      previous = ''
      continue
    }
    const id = vocabulary.ids.get(stemmed) ?? UNKNOWN
    const isSaid = place === MAIN && !STOP_WORDS.has(stemmed) && (word.length > 2 || (id !== UNKNOWN && id < vocabulary.general))
    if (id !== UNKNOWN) addId(id, isSaid ? MAIN | SAID : place, features, seen)
    else if (isSaid) unknown.add(stemmed)
    if (i < ODD_WORDS_MAX && isOdd(word, id, vocabulary)) features.oddWords.push(word)
    if (previous !== '' && words.before[i]! < BREAK) {
      const pair = vocabulary.ids.get(previous + word)
      if (pair !== undefined) addId(pair, place, features, seen)
    }
    previous = word
    if (STOP_WORDS.has(stemmed) && !PART_WORDS.has(stemmed)) continue
    if (place === MAIN) {
      if (PART_WORDS.has(stemmed)) features.parts.push(features.main.length)
      if (CARRIER_WORDS.has(stemmed)) features.carriers.push(features.main.length)
      features.main.push(id)
    }
    if (place !== WITH && (PART_WORDS.has(stemmed) || TRAIT_WORDS.has(stemmed))) {
      features.partWords.push(stemmed)
      features.partIds.push(id)
    }
  }
  for (const code of codesOf(words)) addCode(code.code, code.kind, places[code.at]!, features, vocabulary)
  readYears(words, features, (i) => places[i] !== FOR)
  for (const size of sizesOf(words)) if (places[size.at] !== FOR) features.sizes.push(size)
}

/** Words of a title, from its beginning, that may be the brand. */
const ODD_WORDS_MAX = 6

/** A word that is known in general is no misspelling of a name, and a short one is near to too many. */
function isOdd(word: string, id: number, vocabulary: Vocabulary): boolean {
  return word.length >= 4 && (id === UNKNOWN || id >= vocabulary.general)
}

/** Years of make or model: those that stand alone, from 1980 on. */
function readYears(words: Words, features: ListingFeatures, isMeant: (i: number) => boolean): void {
  for (let i = 0; i < words.text.length; i++) {
    const word = words.text[i]!
    if (isYear(word) && word >= '1980' && isMeant(i) && words.before[i] !== HYPHEN && words.before[i + 1] !== HYPHEN)
      features.years.push(Number(word))
  }
}

const THING_ITSELF = new Set([
  'body',
  'tool',
  'bare',
  'unit',
  'read',
  'display',
  'adult',
  'use',
  'pickup',
  'medium',
  'large',
  'small',
  'rx',
])

function addCode(code: string, kind: number, place: number, features: ListingFeatures, vocabulary: Vocabulary): void {
  const id = vocabulary.ids.get(`#${code}`) ?? -1
  let suffix = ''
  let baseId = -1
  const prefixIds: number[] = []
  if ((kind & SOFT) === 0 && place !== FOR && code.length >= 4) {
    let end = code.length
    while (end > 0 && code.charCodeAt(end - 1) > 57) end--
    if (end >= 3 && end < code.length && code.length - end <= 5) {
      suffix = code.slice(end)
      baseId = vocabulary.ids.get(`#${code.slice(0, end)}`) ?? -1
    }
    for (let n = 3; n < code.length && n <= 12; n++) {
      const prefixId = vocabulary.ids.get(`#${code.slice(0, n)}`)
      if (prefixId !== undefined) prefixIds.push(prefixId)
    }
  }
  features.codes.push({ code, id, kind, place, suffix, baseId, prefixIds })
}

function readBrand(words: Words, features: ListingFeatures, seen: Map<number, number>, unknown: Set<string>, vocabulary: Vocabulary): void {
  const spare: number[] = []
  let joined = ''
  for (const word of words.text) {
    const stemmed = stem(word)
    if (STOP_WORDS.has(stemmed) && words.text.length > 1) continue
    joined += word
    const id = vocabulary.ids.get(stemmed) ?? UNKNOWN
    if (id !== UNKNOWN) addId(id, BRAND_FIELD, features, seen)
    else unknown.delete(stemmed)
    if (!hasDigit(word) && isOdd(word, id, vocabulary)) features.oddWords.push(word)
    ;(COMPANY_WORDS.has(stemmed) ? spare : features.brand).push(id)
    for (const alias of BRAND_ALIASES.get(stemmed) ?? []) addBrandForm(alias, features, seen, vocabulary)
  }
  features.brandStated = joined.length > 1 && !/^(?:unknown|unbranded|generic|none|na|nobrand|other)$/.test(joined)
  if (features.brand.length === 0) features.brand.push(...spare)
  if (words.text.length > 1) addBrandForm(joined, features, seen, vocabulary)
  for (const alias of BRAND_ALIASES.get(joined) ?? []) addBrandForm(alias, features, seen, vocabulary)
}

function addBrandForm(form: string, features: ListingFeatures, seen: Map<number, number>, vocabulary: Vocabulary): void {
  const id = vocabulary.ids.get(form) ?? UNKNOWN
  features.brand.push(id)
  if (id !== UNKNOWN) addId(id, BRAND_FIELD, features, seen)
}

function readModel(model: string, features: ListingFeatures, vocabulary: Vocabulary): void {
  const whole = normaliseCode(model)
  if (whole !== null && hasDigit(whole))
    addCode(isNumber(whole) ? whole.replace(/^0+(?=\d)/, '') : whole, HARD, MODEL_FIELD, features, vocabulary)
  for (const code of codesOf(wordsOf(model, 160))) {
    if (code.code !== whole)
      addCode(code.code, code.kind === WEAK ? HARD : code.kind | ((code.kind & SOFT) === 0 ? PIECE : 0), MODEL_FIELD, features, vocabulary)
  }
}

function readDetails(listing: ScreenedListing, features: ListingFeatures, seen: Map<number, number>, vocabulary: Vocabulary): void {
  let left = DETAIL_LENGTH_MAX
  for (const name in listing.attributes) {
    const value = listing.attributes[name]!
    if (left <= 0) break
    left -= value.length + name.length
    const words = wordsOf(`${name}: ${value}`, 300)
    readYears(words, features, () => true)
    addWords(words, DETAIL, features, seen, vocabulary)
    for (const size of sizesOf(words)) features.sizes.push(size)
    for (const code of codesOf(words)) addCode(code.code, code.kind, DETAIL, features, vocabulary)
  }
  if (listing.description === null) return
  const words = wordsOf(listing.description, DETAIL_LENGTH_MAX)
  addWords(words, DETAIL, features, seen, vocabulary)
  const forEnd = new Uint8Array(words.text.length)
  let isFor = false
  for (let i = 0; i < words.text.length; i++) {
    if (words.before[i] === STOP) isFor = false
    if (FOR_WORDS.has(words.text[i]!)) isFor = true
    forEnd[i] = isFor ? 1 : 0
  }
  for (const code of codesOf(words))
    if (code.kind !== WEAK) addCode(code.code, code.kind, forEnd[code.at] === 1 ? FOR : DETAIL, features, vocabulary)
}

function addWords(words: Words, place: number, features: ListingFeatures, seen: Map<number, number>, vocabulary: Vocabulary): void {
  for (const word of words.text) {
    if (hasDigit(word)) continue
    const id = vocabulary.ids.get(stem(word))
    if (id !== undefined) addId(id, place, features, seen)
  }
}
