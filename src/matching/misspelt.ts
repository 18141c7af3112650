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
