/**
 * What is known of a listing's word, looked up once: most words of a title were met in another title before. Pure, but for what it keeps
 * with the vocabulary, which is bounded.
 */
import { codesOf, type Code } from './codes.ts'
import { sizesOf, type Size } from './sizes.ts'
import { hasDigit, stem, wordsOf, type Words } from './text.ts'
import { HASH_START, hashOn, type Vocabulary } from './vocabulary.ts'
import { CARRIER_WORDS, FOR_WORDS, PART_CUES, PART_WORDS, STOP_WORDS, TRAIT_WORDS, WITH_WORDS } from './words.ts'

export type WordCard = {
  stemmed: string
  /** The number of the stemmed word in the vocabulary, or `UNKNOWN`, as of so many words there. */
  id: number
  asOf: number
  /** Bits below. */
  flags: number
  /** Of the word as it stands. */
  hash: number
}

/** A word that no recall has. */
export const UNKNOWN = -1

export const DIGIT = 1
export const STOP_WORD = 2
export const PART_WORD = 4
export const CARRIER = 8
export const TRAIT = 16
export const PART_CUE = 32
export const OPENS_FOR = 64
export const OPENS_WITH = 128
/** Texts without a word of these kinds state no repair, and no lot, serial number or date. */
export const FIX_CUE = 256
export const UNIT_CUE = 512

const FIX = /^(?:inspected|repaired|retrofitted|remedied|corrected|recall)/
const UNIT = /^(?:s$|serial|lot|batch|date|manufactured|made|mfd|mfg|dom|produced|production)/

/** Words and lines that are kept. */
const CARDS_MAX = 60_000
const LINES_MAX = 4_000
/** Longer lines hardly come again. */
const LINE_LENGTH_MAX = 160

export function cardOf(word: string, vocabulary: Vocabulary): WordCard {
  const known = vocabulary.cards.get(word)
  if (known !== undefined) {
    if (known.id === UNKNOWN && known.asOf !== vocabulary.words.length) {
      known.id = vocabulary.ids.get(known.stemmed) ?? UNKNOWN
      known.asOf = vocabulary.words.length
    }
    return known
  }
  const stemmed = stem(word)
  const id = vocabulary.ids.get(stemmed) ?? UNKNOWN
  const card = { stemmed, id, asOf: vocabulary.words.length, flags: flagsOf(word, stemmed), hash: hashOn(HASH_START, word) }
  if (vocabulary.cards.size >= CARDS_MAX) vocabulary.cards.clear()
  vocabulary.cards.set(word, card)
  return card
}

function flagsOf(word: string, stemmed: string): number {
  return (
    (hasDigit(word) ? DIGIT : 0) |
    (STOP_WORDS.has(stemmed) ? STOP_WORD : 0) |
    (PART_WORDS.has(stemmed) ? PART_WORD : 0) |
    (CARRIER_WORDS.has(stemmed) ? CARRIER : 0) |
    (TRAIT_WORDS.has(stemmed) ? TRAIT : 0) |
    (PART_CUES.has(stemmed) || word === 'compatible' ? PART_CUE : 0) |
    (FOR_WORDS.has(word) ? OPENS_FOR : 0) |
    (WITH_WORDS.has(word) ? OPENS_WITH : 0) |
    (FIX.test(word) ? FIX_CUE : 0) |
    (UNIT.test(word) ? UNIT_CUE : 0)
  )
}

/** A short text that many listings have, read once: an attribute, a category. */
export type ReadLine = {
  words: Words
  /** Numbers of its words that recalls have. */
  ids: readonly number[]
  codes: readonly Code[]
  sizes: readonly Size[]
  /** Flags of its words together, and both cues where its words do not show them. */
  cues: number
}

export function lineOf(text: string, lengthMax: number, vocabulary: Vocabulary): ReadLine {
  if (vocabulary.linesOf !== vocabulary.words.length || vocabulary.lines.size >= LINES_MAX) {
    vocabulary.lines.clear()
    vocabulary.linesOf = vocabulary.words.length
  }
  const known = vocabulary.lines.get(text)
  if (known !== undefined) return known
  const words = wordsOf(text, lengthMax)
  const line = { words, ids: idsOf(words, vocabulary), codes: codesOf(words), sizes: sizesOf(words), cues: cuesOf(words, vocabulary) }
  if (text.length <= LINE_LENGTH_MAX) vocabulary.lines.set(text, line)
  return line
}

/** Numbers of the words that recalls have, words with digits left out. */
export function idsOf(words: Words, vocabulary: Vocabulary): number[] {
  const ids: number[] = []
  for (let i = 0; i < words.text.length; i++) {
    const { id, flags } = cardOf(words.text[i]!, vocabulary)
    if (id !== UNKNOWN && (flags & DIGIT) === 0) ids.push(id)
  }
  return ids
}

export function cuesOf(words: Words, vocabulary: Vocabulary): number {
  let cues = words.isPlain ? 0 : FIX_CUE | UNIT_CUE
  for (let i = 0; i < words.text.length; i++) cues |= cardOf(words.text[i]!, vocabulary).flags
  return cues
}
