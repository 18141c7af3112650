/** What the engine reads from a listing: words, codes and sizes, each with the place it stands in. Pure. */
import type { Listing } from '../catalog/index.ts'
import { HARD, PIECE, SOFT, WEAK, codesOf, isYear } from './codes.ts'
import { normaliseCode, normaliseGtin } from './identifiers.ts'
import { sizesOf, type Size } from './sizes.ts'
import { BREAK, HYPHEN, STOP, hasDigit, isNumber, wordsOf, type Words } from './text.ts'
import type { StatedUnit } from './unit-stated.ts'
import { HASH_START, hashNext, hashOn, mayKnow, type Vocabulary } from './vocabulary.ts'
import {
  CARRIER,
  DIGIT,
  FIX_CUE,
  OPENS_FOR,
  OPENS_WITH,
  PART_CUE,
  PART_WORD,
  STOP_WORD,
  TRAIT,
  UNIT_CUE,
  UNKNOWN,
  cardOf,
  lineOf,
  type WordCard,
} from './word-cards.ts'
import { BRAND_ALIASES, COMPANY_WORDS } from './words.ts'

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
const ATTRIBUTE_LENGTH_MAX = 300

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
  /** The lot, serial number or date it states; null until it is asked for (`unit-stated.ts`). */
  stated: StatedUnit | null
}

/** Marks the beginning of a phrase in `main`. */
export const PHRASE = -2

const NOTHING_STATED: StatedUnit = { codes: [], months: [] }

export function readListing(listing: ScreenedListing, vocabulary: Vocabulary): ListingFeatures {
  const features: ListingFeatures = {
    listing, ids: [], places: [], unknown: 0, codes: [], sizes: [], gtin: listing.gtin === null ? null : normaliseGtin(listing.gtin),
    years: [], brand: [], brandStated: false, oddWords: [], main: [], parts: [], carriers: [], partCue: false, claimsFix: false, onlyId: null, partWords: [], partIds: [],
    stated: null,
  } // prettier-ignore
  const seen = new Map<number, number>()
  const unknown = new Set<string>()
  let cues = readTitle(wordsOf(listing.title, TITLE_LENGTH_MAX), features, seen, unknown, vocabulary)
  if (listing.brand !== null) readBrand(wordsOf(listing.brand, 120), features, seen, unknown, vocabulary)
  features.unknown = unknown.size
  if (listing.model !== null) readModel(listing.model, features, vocabulary)
  cues |= readDetails(listing, features, seen, vocabulary)
  if ((cues & FIX_CUE) !== 0)
    features.claimsFix =
      FIX_CLAIM.test(listing.title.slice(0, TITLE_LENGTH_MAX)) || FIX_CLAIM.test((listing.description ?? '').slice(0, DETAIL_LENGTH_MAX))
  if ((cues & UNIT_CUE) === 0) features.stated = NOTHING_STATED
  if (listing.category !== null) for (const id of lineOf(listing.category, 200, vocabulary).ids) addId(id, CATEGORY, features, seen)
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
function placesOf(words: Words, cards: readonly WordCard[]): Uint8Array {
  const places = new Uint8Array(cards.length)
  let place = MAIN
  for (let i = 0; i < cards.length; i++) {
    const { flags } = cards[i]!
    if (words.before[i]! >= BREAK && i > 0 && !(place === FOR && words.before[i] === BREAK && (flags & DIGIT) !== 0)) place = MAIN
    if ((flags & OPENS_FOR) !== 0) place = FOR
    else if ((flags & OPENS_WITH) !== 0 && !(place === FOR && words.text[i - 1] === 'compatible')) place = place === FOR ? FOR : WITH
    places[i] = place
  }
  return places
}

/** Returns the cues of its words. */
function readTitle(
  words: Words,
  features: ListingFeatures,
  seen: Map<number, number>,
  unknown: Set<string>,
  vocabulary: Vocabulary,
): number {
  const cards: WordCard[] = []
  let cues = words.isPlain ? 0 : FIX_CUE | UNIT_CUE
  for (let i = 0; i < words.text.length; i++) {
    const card = cardOf(words.text[i]!, vocabulary)
    cards.push(card)
    cues |= card.flags
  }
  const places = placesOf(words, cards)
  let previous: WordCard | null = null
  for (let i = 0; i < cards.length; i++) {
    const word = words.text[i]!
    const card = cards[i]!
    const { stemmed, id, flags } = card
    const place = places[i]!
    const isStop = (flags & STOP_WORD) !== 0
    if (word === 'only' && i > 0 && !THING_ITSELF.has(words.text[i - 1]!)) features.onlyId = cards[i - 1]!.id
    if ((flags & PART_CUE) !== 0) features.partCue = true
    if (place === MAIN && words.before[i]! >= BREAK) features.main.push(PHRASE)
    if ((flags & DIGIT) !== 0) {
      previous = null
      continue
    }
    const isSaid = place === MAIN && !isStop && (word.length > 2 || (id !== UNKNOWN && id < vocabulary.general))
    if (id !== UNKNOWN) addId(id, isSaid ? MAIN | SAID : place, features, seen)
    else if (isSaid) unknown.add(stemmed)
    if (i < ODD_WORDS_MAX && isOdd(word, id, vocabulary)) features.oddWords.push(word)
    if (previous !== null && words.before[i]! < BREAK && mayKnow(vocabulary, hashOn(previous.hash, word))) {
      const pair = vocabulary.ids.get(words.text[i - 1]! + word)
      if (pair !== undefined) addId(pair, place, features, seen)
    }
    previous = card
    if (isStop && (flags & PART_WORD) === 0) continue
    if (place === MAIN) {
      if ((flags & PART_WORD) !== 0) features.parts.push(features.main.length)
      if ((flags & CARRIER) !== 0) features.carriers.push(features.main.length)
      features.main.push(id)
    }
    if (place !== WITH && (flags & (PART_WORD | TRAIT)) !== 0) {
      features.partWords.push(stemmed)
      features.partIds.push(id)
    }
  }
  if ((cues & DIGIT) !== 0) {
    for (const code of codesOf(words)) addCode(code.code, code.kind, places[code.at]!, features, vocabulary)
    readYears(words, features, (i) => places[i] !== FOR)
  }
  for (const size of sizesOf(words)) if (places[size.at] !== FOR) features.sizes.push(size)
  return cues
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
  const id = codeId(code, vocabulary)
  let suffix = ''
  let baseId = -1
  let prefixIds: number[] = NO_PREFIXES
  if ((kind & SOFT) === 0 && place !== FOR && code.length >= 4) {
    let end = code.length
    while (end > 0 && code.charCodeAt(end - 1) > 57) end--
    if (end >= 3 && end < code.length && code.length - end <= 5) {
      suffix = code.slice(end)
      baseId = codeId(code.slice(0, end), vocabulary)
    }
    let hash = CODE_HASH
    for (let n = 1; n < code.length && n <= 12; n++) {
      hash = hashNext(hash, code.charCodeAt(n - 1))
      if (n < 3 || !mayKnow(vocabulary, hash)) continue
      const prefixId = vocabulary.ids.get(`#${code.slice(0, n)}`)
      if (prefixId === undefined) continue
      if (prefixIds === NO_PREFIXES) prefixIds = []
      prefixIds.push(prefixId)
    }
  }
  features.codes.push({ code, id, kind, place, suffix, baseId, prefixIds })
}

const NO_PREFIXES: number[] = []
const CODE_HASH = hashOn(HASH_START, '#')

function codeId(code: string, vocabulary: Vocabulary): number {
  return mayKnow(vocabulary, hashOn(CODE_HASH, code)) ? (vocabulary.ids.get(`#${code}`) ?? UNKNOWN) : UNKNOWN
}

function readBrand(words: Words, features: ListingFeatures, seen: Map<number, number>, unknown: Set<string>, vocabulary: Vocabulary): void {
  const spare: number[] = []
  let joined = ''
  for (const word of words.text) {
    const { stemmed, id, flags } = cardOf(word, vocabulary)
    if ((flags & STOP_WORD) !== 0 && words.text.length > 1) continue
    joined += word
    if (id !== UNKNOWN) addId(id, BRAND_FIELD, features, seen)
    else unknown.delete(stemmed)
    if ((flags & DIGIT) === 0 && isOdd(word, id, vocabulary)) features.oddWords.push(word)
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

/** Returns the cues of what it reads. */
function readDetails(listing: ScreenedListing, features: ListingFeatures, seen: Map<number, number>, vocabulary: Vocabulary): number {
  let left = DETAIL_LENGTH_MAX
  let cues = 0
  for (const name in listing.attributes) {
    const value = listing.attributes[name]!
    if (left <= 0) {
      cues |= UNIT_CUE
      break
    }
    left -= value.length + name.length
    if (value.length + name.length + 2 > ATTRIBUTE_LENGTH_MAX) cues |= UNIT_CUE
    const line = lineOf(`${name}: ${value}`, ATTRIBUTE_LENGTH_MAX, vocabulary)
    cues |= line.cues
    for (const id of line.ids) addId(id, DETAIL, features, seen)
    for (const size of line.sizes) features.sizes.push(size)
    if ((line.cues & DIGIT) !== 0) readYears(line.words, features, () => true)
    for (const code of line.codes) addCode(code.code, code.kind, DETAIL, features, vocabulary)
  }
  return listing.description === null ? cues : cues | readDescription(listing.description, features, seen, vocabulary)
}

function readDescription(description: string, features: ListingFeatures, seen: Map<number, number>, vocabulary: Vocabulary): number {
  const words = wordsOf(description, DETAIL_LENGTH_MAX)
  const isFor = new Uint8Array(words.text.length)
  let cues = words.isPlain ? 0 : FIX_CUE | UNIT_CUE
  let place = 0
  for (let i = 0; i < words.text.length; i++) {
    const { id, flags } = cardOf(words.text[i]!, vocabulary)
    cues |= flags
    if (id !== UNKNOWN && (flags & DIGIT) === 0) addId(id, DETAIL, features, seen)
    if (words.before[i] === STOP) place = 0
    if ((flags & OPENS_FOR) !== 0) place = 1
    isFor[i] = place
  }
  if ((cues & DIGIT) === 0) return cues
  for (const code of codesOf(words))
    if (code.kind !== WEAK) addCode(code.code, code.kind, isFor[code.at] === 1 ? FOR : DETAIL, features, vocabulary)
  return cues
}
