/**
 * What the engine keeps of a recall: its words and codes as numbers, each with the places it stands in. Pure.
 *
 * Reading has two passes, because whether a word is a proper name is only known once all recalls are read: `readRecall` takes in the texts,
 * `finishRecall` decides what is a brand and what is the kind of product.
 */
import type { Recall } from '../recalls/index.ts'
import { EXCLUDED, HEAD, IN_BRAND, IN_DESCRIPTION, IN_FIRM, IN_NAME, IN_SOLD, IN_TITLE, MODEL, SERIAL, LEAD, STEM, HOST } from './zones.ts'
import { HARD, PIECE, SOFT, WEAK, codesOf, isSpec, isYear, type Code } from './codes.ts'
import { gtinsIn, normaliseCode, normaliseGtin } from './identifiers.ts'
import { DIMENSIONS, sizesOf, type Size } from './sizes.ts'
import { BREAK, STOP, hasDigit, isNumber, stem, wordsOf, type Words } from './text.ts'
import { COLOURS, COMPANY_WORDS, FOR_WORDS, MODEL_CUES, SERIAL_CUES, STOP_WORDS, UPC_CUES } from './words.ts'
import { intern, wordList, type Vocabulary } from './vocabulary.ts'

/** Phrases, as word numbers, that `finishRecall` still has to look at. */
type Draft = { zones: Map<number, number>; names: number[][]; hosts: number[][]; brands: number[][]; firms: number[][]; stated: number[][] }

export type RecallFeatures = {
  recall: Recall
  /** Word and code numbers in ascending order, and the places each stands in (bits of `zones.ts`). */
  tokens: Int32Array
  zones: Uint16Array
  /** Bits of all words of the product's name that are neither brand nor stop word. */
  nameBits: number
  /** Proper names of the product line: `Foodi`, `WindTunnel`. */
  line: Int32Array
  heads: Int32Array
  brands: Int32Array
  gtins: ReadonlySet<string>
  /** The recall goes by model numbers; a listing that states another one is probably not meant. */
  modelsStated: boolean
  /** The recall names beginnings of model numbers. */
  modelsByPrefix: boolean
  /** Values per dimension that the recall names as its scope. */
  sizes: ReadonlyMap<string, readonly number[]>
  /** The recall is about a component that was sold with its host. */
  hosted: boolean
  draft: Draft | null
}

const EMPTY = new Int32Array(0)

export function readRecall(recall: Recall, vocabulary: Vocabulary): RecallFeatures {
  const draft: Draft = { zones: new Map(), names: [], hosts: [], brands: [], firms: [], stated: [] }
  const features: RecallFeatures = {
    recall, tokens: EMPTY, zones: new Uint16Array(0), nameBits: 0, line: EMPTY, heads: EMPTY, brands: EMPTY, gtins: gtinsOf(recall),
    modelsStated: false, modelsByPrefix: false, sizes: new Map(), hosted: false, draft,
  } // prettier-ignore
  const sizes: Size[] = []
  for (const product of recall.products)
    readName(`${product.name}${product.model === null ? '' : `, model ${product.model}`}`, IN_NAME, features, vocabulary, sizes)
  const { subject, object } = titleParts(recall.title)
  readName(object, IN_TITLE, features, vocabulary, sizes)
  if (subject !== '') draft.firms.push(readWords(wordsOf(subject), IN_FIRM, draft, vocabulary))
  for (const firm of recall.firms.slice(0, 20))
    draft.firms.push(readWords(wordsOf(firm.name.split(/, of /)[0]!, 200), IN_FIRM, draft, vocabulary))
  readWords(wordsOf(recall.soldText, 600), IN_SOLD, draft, vocabulary)
  readDescription(recall.description, features, vocabulary, sizes)
  readScope(recall, features, vocabulary)
  features.sizes = sizesByDimension(sizes)
  for (const id of draft.zones.keys()) vocabulary.recalls[id]!++
  return features
}

/** `Soojimus Recalls CUPKIN Cups Due to …` has the firm before the verb and the product behind it; `Cups Recalled by …` the other way. */
export function titleParts(title: string): { subject: string; object: string } {
  const core = title
    .split(/\s(?:Due to|Because|After|Following|for Repair|to Repair|to Replace|for Risk)\s|;|\(Recall/i)[0]!
    .replace(/^\s*(?:CPSC(?:, NHTSA)?(?: and|,)\s*)/i, '')
  const passive = /^(.*?)\s(?:Is |Are )?Recalled(?:\sby\s(.*))?$/i.exec(core)
  if (passive) return { subject: passive[2] ?? '', object: passive[1]! }
  const active =
    /^(.*?)\s(?:Announces?\s(?:\w+\s){0,3}?(?:Recall|Program)\s(?:of|to|for)|(?:Expands?|Reannounces?|Re-Announces?)\s(?:Recall\s(?:of|to)|(?:of\s)?)|Voluntarily Recalls|Recalls|Recall|Issues? \w+ Recall of)\s(.*)$/i.exec(
      core,
    )
  if (active) return { subject: active[1]!, object: active[2]! }
  const headless = /^Recall of\s(.*)$/i.exec(core)
  return { subject: '', object: headless ? headless[1]! : core }
}

function gtinsOf(recall: Recall): ReadonlySet<string> {
  const gtins = new Set<string>()
  for (const gtin of recall.scope.gtins) {
    const normal = normaliseGtin(gtin)
    if (normal !== null) gtins.add(normal)
  }
  for (const gtin of gtinsIn(recall.description.slice(0, 6000))) gtins.add(gtin)
  return gtins
}

/** Adds the words of a text to the recall's zones and returns their numbers, stop words and codes left out. */
function readWords(words: Words, zone: number, draft: Draft, vocabulary: Vocabulary): number[] {
  const ids: number[] = []
  let previous = ''
  for (let i = 0; i < words.text.length; i++) {
    const word = words.text[i]!
    if (word.length > 40 || hasDigit(word)) {
      previous = ''
      continue
    }
    const stemmed = stem(word)
    if (STOP_WORDS.has(stemmed) && !(words.capital[i] === 1 && zone === IN_BRAND)) {
      previous = ''
      continue
    }
    const id = mark(stemmed, zone, draft, vocabulary)
    ids.push(id)
    // Titles and names are set in capitals throughout: only sentences tell a name from a word.
    if (zone === IN_DESCRIPTION && words.before[i] !== STOP) (words.capital[i] === 1 ? vocabulary.capital : vocabulary.lower)[id]!++
    // Two short words may be one elsewhere: `Baby Joy` and `Babyjoy`, `Home Life` and `Homelife`.
    if (zone !== IN_DESCRIPTION && zone !== IN_SOLD && previous !== '' && words.before[i]! < BREAK)
      mark(previous + word, zone, draft, vocabulary)
    previous = word
  }
  return ids
}

function mark(token: string, zone: number, draft: Draft, vocabulary: Vocabulary): number {
  const id = intern(vocabulary, token)
  draft.zones.set(id, (draft.zones.get(id) ?? 0) | zone)
  return id
}

function markCode(code: Code, bits: number, draft: Draft, vocabulary: Vocabulary): void {
  mark(`#${code.code}`, bits, draft, vocabulary)
  // `LRE30453SS` is a colour of `LRE30453`; a listing may state either.
  const base = /^(.*\d)[a-z]{1,4}$/.exec(code.code)
  if (base !== null && base[1]!.length >= 4 && (code.kind & (HARD | PIECE)) === HARD)
    mark(`#${base[1]}`, (bits & ~(MODEL | SERIAL)) | STEM, draft, vocabulary)
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
    if ((code.kind & SOFT) !== 0) mark(`#${code.code}`, zone | SOFT_CODE, draft, vocabulary)
    else if ((code.kind & HARD) !== 0) markCode(code, zone | ((code.kind & PIECE) === 0 ? MODEL : LEAD), draft, vocabulary)
  }
  for (const size of sizesOf(words)) sizes.push(size)
}

/** A code of two words is no stated model, but may be met as one. */
const SOFT_CODE = LEAD

const EXCLUDES = new Set(['excluded', 'excludes', 'unaffected'])

/** Whether the sentence from `start` to `end` says that something is not recalled. */
function excludes(words: Words, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const word = words.text[i]!
    if (EXCLUDES.has(word)) return true
    if (word !== 'not') continue
    for (let k = i + 1; k < Math.min(end, i + 5); k++)
      if (/^(?:included|affected|part|recalled|subject|involved|covered)$/.test(words.text[k]!)) return true
  }
  return false
}

function sentenceEnd(words: Words, start: number): number {
  let end = start + 1
  while (end < words.text.length && words.before[end] !== STOP) end++
  return end
}

function readDescription(description: string, features: RecallFeatures, vocabulary: Vocabulary, sizes: Size[]): void {
  const draft = features.draft!
  const words = wordsOf(description)
  readWords(words, IN_DESCRIPTION, draft, vocabulary)
  const codes = codesOf(words)
  const found = sizesOf(words)
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

/** The cue nearest before a code in its sentence says what it is: a model, a serial number or lot, a GTIN. */
function readCode(words: Words, sentence: number, code: Code, excluded: boolean, features: RecallFeatures, vocabulary: Vocabulary): void {
  const draft = features.draft!
  let role = 0
  for (let i = code.at; i >= sentence; i--) {
    const word = stem(words.text[i]!)
    if (UPC_CUES.has(word)) return
    if (SERIAL_CUES.has(word)) role = SERIAL
    else if (MODEL_CUES.has(word)) role = MODEL
    else continue
    break
  }
  if ((code.kind & SOFT) !== 0) {
    mark(`#${code.code}`, excluded ? EXCLUDED : IN_DESCRIPTION | SOFT_CODE, draft, vocabulary)
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
  if (role === MODEL && !piece) features.modelsStated = true
  markCode(code, IN_DESCRIPTION | (role === SERIAL ? SERIAL : piece ? LEAD : role), draft, vocabulary)
}

/** `sold in 530mL, 750mL and 1000mL sizes` is scope; `weighs about 24 pounds` and `measures 9 inches` are not. */
function namesScope(words: Words, sentence: number, size: Size): boolean {
  if (size.dimension === 'length' || size.dimension === 'count') return false
  for (let i = size.at; i >= Math.max(sentence, size.at - 8); i--) {
    if (
      /^(?:weigh|weighs|weighing|measure|measures|measuring|about|approximately|up|capacity|tall|between|contain|contains|holds?|rated|tank|maximum|limit)$/.test(
        words.text[i]!,
      )
    )
      return false
  }
  return true
}

/** The scope as the feed read it: brands, models and kinds that may stand anywhere in the text. */
function readScope(recall: Recall, features: RecallFeatures, vocabulary: Vocabulary): void {
  const draft = features.draft!
  for (const brand of recall.scope.brands.slice(0, 60)) draft.brands.push(readWords(wordsOf(brand, 120), IN_BRAND, draft, vocabulary))
  for (const noun of recall.scope.productNouns.slice(0, 30)) {
    const ids = readWords(wordsOf(noun, 120), IN_NAME, draft, vocabulary)
    if (ids.length > 0) draft.names.push(ids)
  }
  for (const model of recall.scope.models.slice(0, 600)) {
    const code = normaliseCode(model)
    if (code === null || !hasDigit(code) || code.length < 2 || isSpec(code) || isYear(code)) continue
    const words = wordsOf(model, 80)
    // A marketed name with a number in it, `Photosmart R707`, is taken apart; `SCD 630` is one code.
    for (const part of codesOf(words))
      if ((part.kind & SOFT) === 0) markCode(part, IN_DESCRIPTION | ((part.kind & PIECE) === 0 ? MODEL : LEAD), draft, vocabulary)
    if (words.text.length <= 2)
      markCode({ code, kind: code.length >= 3 ? HARD : WEAK, at: 0, end: 1 }, IN_DESCRIPTION | MODEL, draft, vocabulary)
    features.modelsStated = true
  }
}

function sizesByDimension(sizes: readonly Size[]): Map<string, number[]> {
  const byDimension = new Map<string, number[]>()
  for (const dimension of DIMENSIONS) {
    const values = sizes.filter((size) => size.dimension === dimension).map((size) => size.value)
    if (values.length > 0) byDimension.set(dimension, values)
  }
  return byDimension
}

/** Decides brands, lines and kinds, and packs the words. Needs the weighed vocabulary. */
export function finishRecall(features: RecallFeatures, vocabulary: Vocabulary): void {
  const draft = features.draft!
  const words = wordList(vocabulary)
  const { zones } = draft
  const set = (id: number, bits: number): void => void zones.set(id, (zones.get(id) ?? 0) | bits)
  const heads = new Set<number>()
  const isPlain = (id: number): boolean => vocabulary.proper[id] === 0 && !COLOURS.has(words[id]!)
  for (const [phrases, bit] of [
    [draft.names, HEAD],
    [draft.hosts, HOST],
  ] as const) {
    for (const phrase of phrases) {
      const head = phrase.findLast(isPlain) ?? -1
      if (head < 0) continue
      set(head, bit)
      if (bit === HEAD || features.hosted) heads.add(head)
    }
  }
  const brands = new Set<number>()
  for (const phrase of draft.brands) for (const id of phrase) if (!COMPANY_WORDS.has(words[id]!)) brands.add(id)
  // Without a scope from the feed, proper names that open the product's name or stand on the product are taken as brands.
  if (brands.size === 0)
    for (const phrase of [...draft.names.map((name) => name.slice(0, 2)), ...draft.stated])
      for (const id of phrase) if (vocabulary.proper[id] === 1 && !COMPANY_WORDS.has(words[id]!) && !heads.has(id)) brands.add(id)
  if (brands.size === 0)
    for (const phrase of draft.firms)
      for (const id of phrase) if (vocabulary.proper[id] === 1 && !COMPANY_WORDS.has(words[id]!)) brands.add(id)
  for (const id of brands) set(id, IN_BRAND)
  features.brands = Int32Array.from(brands)
  features.heads = Int32Array.from(heads)
  pack(features, vocabulary, words, brands)
  features.draft = null
}

function pack(features: RecallFeatures, vocabulary: Vocabulary, words: readonly string[], brands: ReadonlySet<number>): void {
  const { zones } = features.draft!
  const ids = Int32Array.from(zones.keys()).sort()
  features.tokens = ids
  features.zones = Uint16Array.from(ids, (id) => zones.get(id)!)
  const line: number[] = []
  const inName = new Set([...features.draft!.names, ...features.draft!.hosts].flat())
  for (const id of inName) {
    if (brands.has(id) || COMPANY_WORDS.has(words[id]!)) continue
    features.nameBits += vocabulary.bits[id]!
    if (vocabulary.proper[id] === 1) line.push(id)
  }
  features.line = Int32Array.from(line)
}
