/** The words and codes of a recall while it is being read: interned, each with the places it stands in. Pure. */
import { IN_BRAND, IN_DESCRIPTION, IN_NAME, IN_SOLD, MODEL, NAMED, LEAD, STEM, BASE } from './zones.ts'
import { HARD, PIECE, type Code } from './codes.ts'
import { BREAK, HYPHEN, STOP, hasDigit, stem, type Words } from './text.ts'
import { COLOUR_SUFFIX, STOP_WORDS } from './words.ts'
import { intern, type Vocabulary } from './vocabulary.ts'

/** A code of two words is no stated model, but may be met as one. */
export const SOFT_CODE = LEAD

/** Phrases, as word numbers, that `finishRecall` still has to look at. */
export type Draft = {
  zones: Map<number, number>
  names: number[][]
  hosts: number[][]
  brands: number[][]
  firms: number[][]
  /** Last words of what the feed read as the kinds of product. */
  nouns: Set<number>
  stated: number[][]
  families: Set<string>
  /** Words the recall's own sentences always, or ever, write small. */
  capital: Set<number>
  lower: Set<number>
}

/** Adds the words of a text to the recall's zones and returns their numbers, stop words and codes left out. */
export function readWords(words: Words, zone: number, draft: Draft, vocabulary: Vocabulary): number[] {
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
    if (zone === IN_DESCRIPTION && words.before[i] !== STOP) (words.capital[i] === 1 ? draft.capital : draft.lower).add(id)
    // Two short words may be one elsewhere: `Baby Joy` and `Babyjoy`, `Home Life` and `Homelife`.
    const joins =
      zone === IN_DESCRIPTION ? words.before[i] === HYPHEN && words.capital[i] === 1 : zone !== IN_SOLD && words.before[i]! < BREAK
    if (joins && previous !== '') mark(previous + word, zone, draft, vocabulary)
    previous = word
  }
  return ids
}

export function mark(token: string, zone: number, draft: Draft, vocabulary: Vocabulary): number {
  const id = intern(vocabulary, token)
  draft.zones.set(id, (draft.zones.get(id) ?? 0) | zone)
  return id
}

export function markCode(code: Code, bits: number, draft: Draft, vocabulary: Vocabulary): void {
  mark(`#${code.code}`, bits, draft, vocabulary)
  if ((bits & MODEL) !== 0) {
    const family = /^[a-z]{2,}(?=\d)/.exec(code.code)
    if (family !== null) draft.families.add(family[0])
  }
  // `LRE30453SS` is a colour of `LRE30453`, and `R707xi` a variant of `R707`: a listing may state the shorter one.
  const base = /^(.*\d)([a-z]{1,5})$/.exec(code.code)
  if (base === null || base[1]!.length < 4 || (code.kind & (HARD | PIECE)) !== HARD) return
  mark(`#${base[1]}`, COLOUR_SUFFIX.test(base[2]!) ? STEM : BASE, draft, vocabulary)
}

/** `LabelWriter 400` makes `LabelWriter 450` a sibling. */
export function addSoftFamily(code: string, draft: Draft): void {
  const word = /^[a-z]{4,}/.exec(code)
  if (word !== null) draft.families.add(word[0])
}

/** Whether the code stands in the product's name without being called a model: the scope may list it, but it is the name of the line. */
export function isNamed(code: string, draft: Draft, vocabulary: Vocabulary): boolean {
  const id = vocabulary.ids.get(`#${code}`)
  return id !== undefined && ((draft.zones.get(id) ?? 0) & NAMED) !== 0
}

/** Whether the code, of a name and a number, stands in the product's name: `PowerCore 10000`. */
export function isInName(code: string, draft: Draft, vocabulary: Vocabulary): boolean {
  const id = vocabulary.ids.get(`#${code}`)
  return id !== undefined && ((draft.zones.get(id) ?? 0) & (IN_NAME | SOFT_CODE)) === (IN_NAME | SOFT_CODE)
}
