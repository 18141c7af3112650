/**
 * What the engine keeps of a recall: its words and codes as numbers, each with the places it stands in. Pure.
 *
 * `readRecall` takes in the texts, then `finishRecall` decides what is a brand and what is the kind of product: whether a word is a name is
 * only known when all sentences of the recall are read.
 */
import { severityOf, type Recall, type Severity } from '../recalls/index.ts'
import {
  EXCLUDED,
  HEAD,
  IN_BRAND,
  IN_DESCRIPTION,
  IN_FIRM,
  IN_NAME,
  IN_SOLD,
  IN_TITLE,
  MODEL,
  NAMED,
  PROPER,
  SERIAL,
  LEAD,
  HOST,
} from './zones.ts'
import { HARD, PIECE, SOFT, WEAK, codesOf, isSpec, isYear, type Code } from './codes.ts'
import { normaliseCode } from './identifiers.ts'
import { sizesOf, type Dimension, type Size } from './sizes.ts'
import { BREAK, hasDigit, isNumber, stem, wordsOf, type Words } from './text.ts'
import { COLOURS, COMPANY_WORDS, FOR_WORDS, MODEL_CUES, STOP_WORDS } from './words.ts'
import { intern, wordList, type Vocabulary } from './vocabulary.ts'
import { type Draft, readWords, mark, markCode, addSoftFamily, SOFT_CODE, isInName, isNamed } from './recall-draft.ts'
import { WIDE, componentOf, isComponentNoun, type Component } from './components.ts'
import { titleParts, yearsOf, gtinsOf, excludes, sentenceEnd, namesScope, sizesByDimension, roleOf } from './recall-texts.ts'

export type RecallFeatures = {
  recall: Recall
  /** How dangerous it is: what it takes before it is answered. */
  severity: Severity
  /** Word and code numbers in ascending order, and the places each stands in (bits of `zones.ts`). */
  tokens: Int32Array
  zones: Uint16Array
  /** Bits of all words of the product's name that are neither brand nor stop word. */
  nameBits: number
  /** Proper names of the product line: `Foodi`, `WindTunnel`. */
  line: Int32Array
  heads: Int32Array
  brands: Int32Array
  /** All words that stand in a brand, words of companies among them. */
  brandWords: Int32Array
  /** Brands of several words: all of them together are the brand. */
  brandPhrases: readonly (readonly number[])[]
  gtins: ReadonlySet<string>
  /** How surely the recall goes by model numbers, 0 to 1; a listing that states another one is then probably not meant. */
  modelsStated: number
  /** 1 where the text lists model numbers beyond what the product's name has. */
  modelsListed: number
  /** Years in which units in scope were made or sold, as far as the texts say. */
  years: { from: number | null; to: number | null }
  /** Beginnings of the stated model numbers, in letters: a listing's number that begins like them is of the same maker's system. */
  families: ReadonlySet<string>
  /** The recall names beginnings of model numbers. */
  modelsByPrefix: boolean
  /** Values per dimension that the recall names as its scope. */
  sizes: ReadonlyMap<string, readonly number[]>
  /** The product's name has a model number or a name with a number. */
  hasNameNumber: boolean
  /** Dimensions of which the product's name states a size. */
  nameDimensions: readonly Dimension[]
  /** Lengths that the texts print, in millimetres: nothing but the product itself has the same. */
  measures: readonly number[]
  /** The recall is about a component that was sold with its host. */
  hosted: boolean
  /** How the recalled component and its hosts are told, where the texts say so. */
  component: { toldBy: Component['toldBy']; listsHosts: boolean; hostNumbers: ReadonlySet<string>; hostSeries: ReadonlySet<string> } | null
  draft: Draft | null
}

const EMPTY = new Int32Array(0)

export function readRecall(recall: Recall, vocabulary: Vocabulary): RecallFeatures {
  const draft: Draft = {
    zones: new Map(),
    names: [],
    hosts: [],
    brands: [],
    firms: [],
    nouns: new Set(),
    stated: [],
    families: new Set(),
    capital: new Set(),
    lower: new Set(),
  }
  const features: RecallFeatures = {
    recall, severity: severityOf(recall), tokens: EMPTY, zones: new Uint16Array(0), nameBits: 0, line: EMPTY, heads: EMPTY, brands: EMPTY, brandWords: EMPTY, brandPhrases: [], gtins: gtinsOf(recall),
    modelsStated: 0, modelsListed: 0, years: yearsOf(recall), modelsByPrefix: false, hasNameNumber: false, nameDimensions: [], measures: [], families: new Set(), sizes: new Map(), hosted: false, component: null, draft,
  } // prettier-ignore
  const sizes: Size[] = []
  for (const product of recall.products)
    readName(`${product.name}${product.model === null ? '' : `, model ${product.model}`}`, IN_NAME, features, vocabulary, sizes)
  const nameDimensions = [
    ...new Set(sizes.filter((size) => size.dimension !== 'length' || size.value >= MEASURE_MIN).map((size) => size.dimension)),
  ].filter((dimension) => dimension !== 'count' && dimension !== 'fit')
  const { subject, object } = titleParts(recall.title)
  readName(object, IN_TITLE, features, vocabulary, sizes)
  if (subject !== '') draft.firms.push(readWords(wordsOf(subject), IN_FIRM, draft, vocabulary))
  for (const firm of recall.firms.slice(0, 20))
    draft.firms.push(readWords(wordsOf(firm.name.split(/, of /)[0]!, 200), IN_FIRM, draft, vocabulary))
  readWords(wordsOf(recall.soldText, 600), IN_SOLD, draft, vocabulary)
  readDescription(recall.description, features, vocabulary, sizes)
  readScope(recall, features, vocabulary)
  features.sizes = sizesByDimension(sizes)
  features.nameDimensions = nameDimensions
  finishRecall(features, vocabulary)
  return features
}

/** A product's name: words, the kind of product and what it was sold with, codes and sizes. */
function readName(name: string, zone: number, features: RecallFeatures, vocabulary: Vocabulary, sizes: Size[]): void {
  const draft = features.draft!
  const words = wordsOf(name, 600)
  readWords(words, zone, draft, vocabulary)
  let phrase: number[] = []
  let host = false
  function close(): void {
    if (phrase.length > 0) (host ? draft.hosts : draft.names).push(phrase)
    phrase = []
  }
  for (let i = 0; i < words.text.length; i++) {
    const word = words.text[i]!
    if (words.before[i]! >= BREAK || word === 'and' || word === 'or') close()
    if (
      word === 'with' ||
      word === 'in' ||
      word === 'used' ||
      word === 'sold' ||
      FOR_WORDS.has(word) ||
      word === 'by' ||
      word === 'from' ||
      word === 'that'
    ) {
      close()
      host = true
      if (word === 'sold' || word === 'with')
        features.hosted ||= /\b(?:sold|included|packaged|provided|shipped|distributed)\s+(?:with|in|on)\b/i.test(name)
      continue
    }
    const stemmed = stem(word)
    if (!hasDigit(word) && !STOP_WORDS.has(stemmed)) phrase.push(intern(vocabulary, stemmed))
  }
  close()
  for (const code of codesOf(words)) {
    if ((code.kind & SOFT) !== 0) {
      mark(`#${code.code}`, zone | SOFT_CODE, draft, vocabulary)
      addSoftFamily(code.code, draft)
      if (zone === IN_NAME && words.capital[code.at] === 1) features.hasNameNumber = true
    } else if ((code.kind & HARD) !== 0) {
      if (zone === IN_NAME) features.hasNameNumber = true
      const isModel = code.at > 0 && MODEL_CUES.has(stem(words.text[code.at - 1]!))
      markCode(code, zone | ((code.kind & PIECE) !== 0 ? LEAD : isModel ? MODEL : NAMED), draft, vocabulary)
      features.modelsStated = 1
    }
  }
  for (const size of sizesOf(words)) sizes.push(size)
}

/** Millimetres from which a length may tell a product. */
const MEASURE_MIN = 60

function readDescription(description: string, features: RecallFeatures, vocabulary: Vocabulary, sizes: Size[]): void {
  const draft = features.draft!
  const words = wordsOf(description)
  readWords(words, IN_DESCRIPTION, draft, vocabulary)
  const codes = codesOf(words)
  const found = sizesOf(words)
  features.measures = [
    ...new Set(found.filter((size) => size.dimension === 'length' && size.value >= MEASURE_MIN).map((size) => size.value)),
  ]
  let nextCode = 0
  let nextSize = 0
  for (let start = 0; start < words.text.length;) {
    const end = sentenceEnd(words, start)
    const excluded = excludes(words, start, end)
    while (nextCode < codes.length && codes[nextCode]!.at < end) readCode(words, start, codes[nextCode++]!, excluded, features, vocabulary)
    while (nextSize < found.length && found[nextSize]!.at < end) {
      const size = found[nextSize++]!
      if (!excluded && namesScope(words, start, size)) sizes.push(size)
    }
    start = end
  }
  if (/\bmodel(?:s| numbers?| nos?\.?)?(?: that| which| must| codes?)? (?:begin|start)/i.test(description)) features.modelsByPrefix = true
  if (
    /\b(?:sold|included|packaged|came|provided|shipped|distributed) (?:as a \w+ \w+ )?(?:with|in)\b/i.test(description) &&
    draft.hosts.length > 0
  )
    features.hosted = true
  draft.stated.push(...quoted(description, vocabulary))
}

/** What stands in quotation marks on the product is a brand or a line: `"Cupkin" is printed on the front`. */
function quoted(description: string, vocabulary: Vocabulary): number[][] {
  const phrases: number[][] = []
  for (const match of description.slice(0, 6000).matchAll(/["\u201c]([A-Z][^"\u201d]{1,30})["\u201d]/g)) {
    const words = wordsOf(match[1]!)
    if (words.text.length <= 3)
      phrases.push(
        words.text.filter((word) => !hasDigit(word) && !STOP_WORDS.has(stem(word))).map((word) => intern(vocabulary, stem(word))),
      )
  }
  return phrases
}

function readCode(words: Words, sentence: number, code: Code, excluded: boolean, features: RecallFeatures, vocabulary: Vocabulary): void {
  const draft = features.draft!
  const role = roleOf(words, sentence, code)
  if (role < 0) return
  if ((code.kind & SOFT) !== 0) {
    mark(`#${code.code}`, excluded ? EXCLUDED : IN_DESCRIPTION | SOFT_CODE, draft, vocabulary)
    if (!excluded && words.capital[code.at] === 1) addSoftFamily(code.code, draft)
    return
  }
  const number = isNumber(code.code)
  if (number && code.code.length >= 11) return
  if ((code.kind & HARD) === 0 && role !== MODEL) return
  if (number && role === 0) return
  if (excluded) {
    mark(`#${code.code}`, EXCLUDED, draft, vocabulary)
    return
  }
  const piece = (code.kind & PIECE) !== 0
  if (!piece && role === MODEL) features.modelsListed = features.modelsStated = 1
  else if (!piece && role === 0 && code.code.length >= 4) features.modelsStated = Math.max(features.modelsStated, 0.7)
  markCode(code, IN_DESCRIPTION | (role === SERIAL ? SERIAL : piece ? LEAD : role), draft, vocabulary)
}

/** The scope as the feed read it: brands, models and kinds that may stand anywhere in the text. */
function readScope(recall: Recall, features: RecallFeatures, vocabulary: Vocabulary): void {
  const draft = features.draft!
  for (const brand of recall.scope.brands.slice(0, 60)) draft.brands.push(readWords(wordsOf(brand, 120), IN_BRAND, draft, vocabulary))
  for (const noun of recall.scope.productNouns.slice(0, 30)) {
    const ids = readWords(wordsOf(noun, 120), IN_NAME, draft, vocabulary)
    if (ids.length === 0) continue
    draft.names.push(ids)
    draft.nouns.add(ids.at(-1)!)
  }
  const others = recall.scope.models.some((model) => isOwnNumber(model, draft, vocabulary))
  for (const model of recall.scope.models.slice(0, 600)) {
    const code = normaliseCode(model)
    if (code === null || !hasDigit(code) || code.length < 2 || isSpec(code) || isYear(code)) continue
    const words = wordsOf(model, 80)
    features.modelsStated = 1
    // The name of the line with a number, `PowerCore 10000`, is no model number where others are listed.
    if (others && words.text.length <= 2 && isInName(code, draft, vocabulary)) continue
    // A marketed name with a number in it, `Photosmart R707`, is taken apart; `SCD 630` is one code.
    for (const part of codesOf(words))
      if ((part.kind & SOFT) === 0 && !isNamed(part.code, draft, vocabulary))
        markCode(part, IN_DESCRIPTION | ((part.kind & PIECE) === 0 ? MODEL : LEAD), draft, vocabulary)
    if (words.text.length <= 2 && !isNamed(code, draft, vocabulary))
      markCode({ code, kind: code.length >= 3 ? HARD : WEAK, at: 0, end: 1 }, IN_DESCRIPTION | MODEL, draft, vocabulary)
    if (!isNamed(code, draft, vocabulary)) features.modelsListed = 1
  }
}

/** Whether a model of the scope is a number of its own, not the line's name with a number, `PowerCore 10000`. */
function isOwnNumber(model: string, draft: Draft, vocabulary: Vocabulary): boolean {
  const code = normaliseCode(model)
  return (
    code !== null && hasDigit(code) && code.length >= 4 && !/\s/.test(model.trim()) && !isNamed(code, draft, vocabulary) && !isSpec(code)
  )
}

/** Share of capital spellings from which a word that the recall itself only writes with a capital is a name here: `Delicates`. */
const NAME_SHARE = 0.35

/** Decides brands, lines and kinds, and packs the words. */
function finishRecall(features: RecallFeatures, vocabulary: Vocabulary): void {
  const draft = features.draft!
  const words = wordList(vocabulary)
  const { zones } = draft
  const set = (id: number, bits: number): void => void zones.set(id, (zones.get(id) ?? 0) | bits)
  const heads = new Set<number>()
  const isProper = (id: number): boolean =>
    vocabulary.proper[id] === 1 || (id >= vocabulary.general && draft.capital.has(id) && !draft.lower.has(id))
  const isName = (id: number): boolean =>
    vocabulary.proper[id] === 1 || (draft.capital.has(id) && !draft.lower.has(id) && vocabulary.share[id]! >= NAME_SHARE)
  const isPlain = (id: number): boolean => !isName(id) && !COLOURS.has(words[id]!)
  for (const [phrases, bit] of [
    [draft.names, HEAD],
    [draft.hosts, HOST],
  ] as const) {
    for (const phrase of phrases) {
      const last = phrase.at(-1) ?? -1
      const head = draft.nouns.has(last) ? last : (phrase.findLast(isPlain) ?? phrase.findLast((id) => !isProper(id)) ?? -1)
      if (head < 0) continue
      set(head, bit)
      if (bit === HOST) for (const id of phrase) if (isPlain(id)) set(id, HOST)
      if (bit === HEAD || features.hosted) heads.add(head)
    }
  }
  readComponent(features, heads, words, vocabulary)
  const brands = new Set<number>()
  for (const phrase of draft.brands)
    for (const id of phrase) if (!COMPANY_WORDS.has(words[id]!) && (phrase.length === 1 || !heads.has(id))) brands.add(id)
  // A proper name that the firm and the product's name share is a brand, whatever else the feed read.
  const ofFirm = new Set(draft.firms.flat())
  for (const phrase of draft.names)
    for (const id of phrase)
      if (vocabulary.proper[id] === 1 && ofFirm.has(id) && !COMPANY_WORDS.has(words[id]!) && !heads.has(id)) brands.add(id)
  // Without a scope from the feed, proper names that open the product's name or stand on the product are taken as brands.
  if (brands.size === 0)
    for (const phrase of [...draft.names.map((name) => name.slice(0, 1)), ...draft.stated])
      for (const id of phrase) if (isName(id) && !COMPANY_WORDS.has(words[id]!) && !heads.has(id)) brands.add(id)
  if (brands.size === 0)
    for (const phrase of draft.firms) for (const id of phrase) if (isName(id) && !COMPANY_WORDS.has(words[id]!)) brands.add(id)
  for (const id of brands) set(id, IN_BRAND)
  features.brands = Int32Array.from(brands)
  features.brandPhrases = draft.brands.map((phrase) => phrase.filter((id) => brands.has(id))).filter((phrase) => phrase.length > 1)
  features.heads = Int32Array.from(heads)
  features.families = draft.families
  for (const [id, bits] of zones) if (isProper(id)) zones.set(id, bits | PROPER)
  pack(features, vocabulary, words, brands, isName)
  features.draft = null
}

/** Stated models from which a chart lists what the component was sold with. */
const CHART_MODELS = 3

/** What a recalled battery or cord was sold with counts as the product, too. */
function readComponent(features: RecallFeatures, heads: Set<number>, words: readonly string[], vocabulary: Vocabulary): void {
  const { draft, recall } = features
  const names = [...heads].map((id) => words[id]!)
  if (!names.some(isComponentNoun)) return
  const component = componentOf(recall.description.slice(0, 6000), wordsOf(recall.description), names)
  if (component === null) return
  let models = 0
  for (const bits of draft!.zones.values()) if ((bits & MODEL) !== 0) models++
  const hostNumbers = new Set(component.hostNumbers)
  const { toldBy } = component
  const listsHosts = hostNumbers.size > 0 || models >= (toldBy === 'lot' ? 1 : CHART_MODELS)
  features.component = { toldBy, listsHosts, hostNumbers, hostSeries: new Set(component.hostSeries) }
  for (const [id, bits] of draft!.zones) if ((bits & HOST) !== 0 && WIDE.has(words[id]!)) draft!.zones.set(id, bits & ~HOST)
  features.hosted = true
  for (const host of component.hosts) {
    const id = vocabulary.ids.get(host)
    if (id === undefined) continue
    draft!.zones.set(id, (draft!.zones.get(id) ?? 0) | HOST)
    heads.add(id)
  }
}

function pack(
  features: RecallFeatures,
  vocabulary: Vocabulary,
  words: readonly string[],
  brands: ReadonlySet<number>,
  isName: (id: number) => boolean,
): void {
  const { zones } = features.draft!
  const ids = Int32Array.from(zones.keys()).sort()
  features.tokens = ids
  features.zones = Uint16Array.from(ids, (id) => zones.get(id)!)
  features.brandWords = ids.filter((id) => (zones.get(id)! & IN_BRAND) !== 0)
  const line: number[] = []
  const inName = new Set([...features.draft!.names, ...features.draft!.hosts].flat())
  for (const id of inName) {
    if (brands.has(id) || COMPANY_WORDS.has(words[id]!)) continue
    features.nameBits += vocabulary.bits[id]!
    if (isName(id) && (zones.get(id)! & HEAD) === 0) line.push(id)
  }
  features.line = Int32Array.from(line)
}
