/** Whether a listing writes the recalled brand with one letter wrong. Pure. */
import type { ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Shorter names are too near to each other. */
const LENGTH_MIN = 5
/** The brand, as a number, that a word of the listing's brand field or of the beginning of its title nearly is; -1 where there is none. */
export function misspeltBrand(recall: RecallFeatures, listing: ListingFeatures, vocabulary: Vocabulary): number {
  for (const word of listing.oddWords) for (const id of recall.brands) if (isMisspelt(word, vocabulary.words[id]!)) return id
  return -1
}

/** One letter too many, too few, another one or two exchanged; the first letter is the same. */
export function isMisspelt(word: string, name: string): boolean {
  const difference = word.length - name.length
  if (difference > 1 || difference < -1 || name.length < LENGTH_MIN || word.charCodeAt(0) !== name.charCodeAt(0) || word === name)
    return false
  let start = 1
  while (start < word.length && word.charCodeAt(start) === name.charCodeAt(start)) start++
  let a = word.length
  let b = name.length
  while (a > start && b > start && word.charCodeAt(a - 1) === name.charCodeAt(b - 1)) {
    a--
    b--
  }
  if (a - start <= 1 && b - start <= 1) return true
  return a - start === 2 && b - start === 2 && word[start] === name[start + 1] && word[start + 1] === name[start]
}

/**
 * Names by what is left of them with one letter taken out: two words that differ by one letter leave the same (the "symmetric deletes" of
 * Garbe's SymSpell, 2012). So the names that a word nearly is are found without looking at all of them.
 */
export type Names = {
  known: Set<number>
  byRest: Map<string, number[]>
  words: Map<number, string>
  /** What was asked before, as long as no name comes in. */
  asked: Map<string, readonly number[]>
}

/** Words whose answer is kept. */
const ASKED_MAX = 50_000
/** Longer names and words are not taken apart: a bound for hostile input. */
const LENGTH_MAX = 120

export function newNames(): Names {
  return { known: new Set(), byRest: new Map(), words: new Map(), asked: new Map() }
}

export function addNames(names: Names, id: number, name: string): void {
  if (names.known.has(id)) return
  names.known.add(id)
  if (name.length < LENGTH_MIN || name.length > LENGTH_MAX) return
  names.words.set(id, name)
  for (const rest of restsOf(name)) {
    const known = names.byRest.get(rest)
    if (known === undefined) names.byRest.set(rest, [id])
    else known.push(id)
  }
  names.asked.clear()
}

/** The names, as numbers, that one of the words may be with a letter wrong. */
export function misspeltNames(names: Names, words: readonly string[]): readonly number[] {
  let found: readonly number[] = NONE
  for (const word of words) {
    const near = nearNames(names, word)
    if (near.length > 0) found = found.length === 0 ? near : [...new Set([...found, ...near])]
  }
  return found
}

const NONE: readonly number[] = []

function nearNames(names: Names, word: string): readonly number[] {
  const known = names.asked.get(word)
  if (known !== undefined) return known
  const near = new Set<number>()
  if (word.length <= LENGTH_MAX + 1)
    for (const rest of restsOf(word))
      for (const id of names.byRest.get(rest) ?? []) if (isMisspelt(word, names.words.get(id)!)) near.add(id)
  if (names.asked.size >= ASKED_MAX) names.asked.clear()
  const answer = near.size === 0 ? NONE : [...near]
  names.asked.set(word, answer)
  return answer
}

/** The word itself, and the word without one of its letters but the first. */
function restsOf(word: string): Set<string> {
  const rests = new Set([word])
  for (let i = 1; i < word.length; i++) rests.add(word.slice(0, i) + word.slice(i + 1))
  return rests
}
