/** Words and codes of all recalls as small numbers, with how often they occur: what a match of one of them is worth. */
import { COUNTED_RECALLS, wordFrequencies } from './frequencies.ts'

export type Vocabulary = {
  ids: Map<string, number>
  /** Recalls that have it. */
  recalls: number[]
  /** Times it was written with a capital inside a sentence, and without. */
  capital: number[]
  lower: number[]
  /** Bits of surprise of meeting it in a recall; filled by `weigh`. */
  bits: Float64Array
  /** Whether it is a proper name: nearly always written with a capital; filled by `weigh`. */
  proper: Uint8Array
  /** Share of capital spellings in general, 0 to 1; 0.5 where nothing is known; filled by `weigh`. */
  share: Float32Array
}

export function newVocabulary(): Vocabulary {
  return {
    ids: new Map(),
    recalls: [],
    capital: [],
    lower: [],
    bits: new Float64Array(0),
    proper: new Uint8Array(0),
    share: new Float32Array(0),
  }
}

/** The number of a word, given to it now if it has none. */
export function intern(vocabulary: Vocabulary, word: string): number {
  const known = vocabulary.ids.get(word)
  if (known !== undefined) return known
  const id = vocabulary.recalls.length
  vocabulary.ids.set(word, id)
  vocabulary.recalls.push(0)
  vocabulary.capital.push(0)
  vocabulary.lower.push(0)
  return id
}

/** Share of capital spellings from which a word is a proper name. */
const PROPER_SHARE = 0.75

/**
 * Fixes the bits of every word once all recalls are read: the general frequency of the word, or what is counted here where that is more.
 */
export function weigh(vocabulary: Vocabulary, recallCount: number): void {
  const general = wordFrequencies()
  const scale = Math.min(1, COUNTED_RECALLS / Math.max(recallCount, 1))
  const words = wordList(vocabulary)
  vocabulary.bits = new Float64Array(words.length)
  vocabulary.proper = new Uint8Array(words.length)
  vocabulary.share = new Float32Array(words.length)
  for (let id = 0; id < words.length; id++) {
    const known = general.get(words[id]!)
    const recalls = Math.max(known?.recalls ?? 1, vocabulary.recalls[id]! * scale)
    vocabulary.bits[id] = Math.log2((COUNTED_RECALLS + 1) / (recalls + 0.5))
    const seen = vocabulary.capital[id]! + vocabulary.lower[id]!
    const share = known !== undefined && known.capital >= 0 ? known.capital / 100 : seen === 0 ? 0 : vocabulary.capital[id]! / seen
    vocabulary.share[id] = known === undefined || known.capital < 0 ? 0.5 : share
    vocabulary.proper[id] = share >= PROPER_SHARE ? 1 : 0
  }
}

const lists = new WeakMap<Vocabulary, string[]>()

/** All words by number; kept as long as no word is added. */
export function wordList(vocabulary: Vocabulary): readonly string[] {
  let words = lists.get(vocabulary)
  if (words === undefined || words.length !== vocabulary.ids.size) {
    words = [...vocabulary.ids.keys()]
    lists.set(vocabulary, words)
  }
  return words
}

/** The word of a number. */
export function wordOf(vocabulary: Vocabulary, id: number): string {
  return wordList(vocabulary)[id] ?? ''
}
