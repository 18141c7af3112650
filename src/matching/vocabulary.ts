/**
 * Words and codes as small numbers, with what a match of one of them is worth. What a word is worth comes from a general table and never
 * from the recalls at hand: a comparison is worth the same in a small collection and a large one, whatever came in before or after.
 */
import { COUNTED_RECALLS, wordFrequencies } from './frequencies.ts'
import { OTHER_NAMES } from './things.ts'
import type { ReadLine, WordCard } from './word-cards.ts'
import { STOP_WORDS } from './words.ts'

export type Vocabulary = {
  ids: Map<string, number>
  /** One bit for the hash of every word: most of what is asked for is not there, and that is told without making its text. Null knows all. */
  hashes: Uint32Array | null
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
  /** What was looked up of listings' words, and of their short lines that come again and again (`word-cards.ts`). */
  cards: Map<string, WordCard>
  lines: Map<string, ReadLine>
  /** Words there were when the lines were read. */
  linesOf: number
}

export function newVocabulary(): Vocabulary {
  const vocabulary: Vocabulary = {
    ids: new Map(),
    hashes: new Uint32Array(HASH_BITS_MIN / 32),
    words: [],
    general: 0,
    recalls: [],
    bits: new Float64Array(0),
    proper: new Uint8Array(0),
    share: new Float32Array(0),
    cards: new Map(),
    lines: new Map(),
    linesOf: 0,
  }
  // Other names of a thing, in other languages too, have the number of the name that is counted.
  for (const [other, name] of OTHER_NAMES) {
    vocabulary.ids.set(other, intern(vocabulary, name))
    setHash(vocabulary.hashes!, other)
  }
  return vocabulary
}

const HASH_BITS_MIN = 1 << 20
/** Bits for each word: one in twelve that are not there is looked for in vain. */
const HASH_BITS = 12
export const HASH_START = 0x811c9dc5

/** The hash of a text that goes on: FNV-1a. `from` is the hash of what came before. */
export function hashOn(from: number, text: string): number {
  let hash = from
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

/** The same with one character more. */
export function hashNext(from: number, character: number): number {
  return Math.imul(from ^ character, 0x01000193)
}

/** Whether a word of this hash may be there. */
export function mayKnow({ hashes }: Vocabulary, hash: number): boolean {
  if (hashes === null) return true
  const at = (hash ^ (hash >>> 15)) & (hashes.length * 32 - 1)
  return ((hashes[at >> 5]! >>> (at & 31)) & 1) === 1
}

function setHash(hashes: Uint32Array, word: string): void {
  const hash = hashOn(HASH_START, word)
  const at = (hash ^ (hash >>> 15)) & (hashes.length * 32 - 1)
  hashes[at >> 5]! |= 1 << (at & 31)
}

function addHash(vocabulary: Vocabulary, word: string): void {
  const { hashes, ids } = vocabulary
  if (hashes === null) return
  if (ids.size * HASH_BITS <= hashes.length * 32) return setHash(hashes, word)
  vocabulary.hashes = new Uint32Array(hashes.length * 2)
  for (const each of ids.keys()) setHash(vocabulary.hashes, each)
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
  addHash(vocabulary, word)
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
