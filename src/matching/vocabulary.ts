/**
 * Words and codes as small numbers, with what a match of one of them is worth. What a word is worth comes from a general table and never
 * from the recalls at hand: a comparison is worth the same in a small collection and a large one, whatever came in before or after.
 */
import { COUNTED_RECALLS, wordFrequencies } from './frequencies.ts'
import { OTHER_NAMES } from './things.ts'
import { STOP_WORDS } from './words.ts'

export type Vocabulary = {
  ids: Map<string, number>
  /** The word of each number. */
  words: string[]
  /** Numbers below this are words of the general table; the others are in at most one of the recalls it was counted over. */
  general: number
  /** Recalls, of those counted, that have it. */
  recalls: number[]
  /** Bits of surprise of meeting it in a recall. */
  bits: Float64Array
  /** Whether it is a proper name in general: nearly always written with a capital. 0 where the table does not know. */
  proper: Uint8Array
  /** Share of capital spellings in general, 0 to 1; 0.5 where nothing is known. */
  share: Float32Array
}

export function newVocabulary(): Vocabulary {
  const vocabulary: Vocabulary = {
    ids: new Map(),
    words: [],
    general: 0,
    recalls: [],
    bits: new Float64Array(0),
    proper: new Uint8Array(0),
    share: new Float32Array(0),
  }
  // Other names of a thing, in other languages too, have the number of the name that is counted.
  for (const [other, name] of OTHER_NAMES) vocabulary.ids.set(other, intern(vocabulary, name))
  return vocabulary
}

/** Share of capital spellings from which a word is a proper name. */
const PROPER_SHARE = 0.75

function bitsOfCount(recalls: number): number {
  return Math.log2((COUNTED_RECALLS + 1) / (recalls + 0.5))
}

const BITS_UNSEEN = bitsOfCount(1)

/** A vocabulary that knows the words of the general table. */
export function recallVocabulary(): Vocabulary {
  const vocabulary = newVocabulary()
  const table = wordFrequencies()
  grow(vocabulary, table.size * 2)
  for (const [word, { recalls, capital }] of table) {
    const id = intern(vocabulary, word)
    if (vocabulary.words[id] !== word) continue
    vocabulary.recalls[id] = recalls
    vocabulary.bits[id] = bitsOfCount(recalls)
    if (capital < 0) continue
    vocabulary.share[id] = capital / 100
    vocabulary.proper[id] = capital / 100 >= PROPER_SHARE ? 1 : 0
  }
  vocabulary.general = vocabulary.words.length
  return vocabulary
}

function grow(vocabulary: Vocabulary, size: number): void {
  const known = vocabulary.bits.length
  const bits = new Float64Array(size).fill(BITS_UNSEEN, known)
  bits.set(vocabulary.bits)
  const proper = new Uint8Array(size)
  proper.set(vocabulary.proper)
  const share = new Float32Array(size).fill(0.5, known)
  share.set(vocabulary.share)
  Object.assign(vocabulary, { bits, proper, share })
}

/** The number of a word, given to it now if it has none. */
export function intern(vocabulary: Vocabulary, word: string): number {
  const known = vocabulary.ids.get(word)
  if (known !== undefined) return known
  const id = vocabulary.words.length
  if (id >= vocabulary.bits.length) grow(vocabulary, Math.max(1024, id * 2))
  vocabulary.ids.set(word, id)
  vocabulary.words.push(word)
  vocabulary.recalls.push(0)
  // A brand may begin with `The`: that says nothing.
  if (STOP_WORDS.has(word)) vocabulary.bits[id] = 0
  return id
}

/** All words by number. */
export function wordList(vocabulary: Vocabulary): readonly string[] {
  return vocabulary.words
}

/** The word of a number. */
export function wordOf(vocabulary: Vocabulary, id: number): string {
  return vocabulary.words[id] ?? ''
}
