/** What is compared of two products, neither of them a recall: read by the readers of listings, over the words of both collections. Pure. */
import { codesOf } from './codes.ts'
import { readListing, type ListingFeatures, type ScreenedListing } from './listing-features.ts'
import { hasDigit, stem, wordsOf } from './text.ts'
import { intern, newVocabulary, type Vocabulary } from './vocabulary.ts'
import { COLOURS, STOP_WORDS } from './words.ts'

export type ProductFeatures = {
  listing: ListingFeatures
  /** Words of title and brand, numbers among them, and their bits together. */
  words: Set<number>
  bits: number
  /** The same with the words of model, description and attributes. */
  all: Set<number>
  /** Short words of the title that have digits: versions, years, counts, lengths. */
  numbers: Set<string>
  colours: Set<string>
  /** The brand field or, where there is none, the word that the title begins with. */
  brand: readonly number[]
}

const TITLE_LENGTH_MAX = 1200
const DETAIL_LENGTH_MAX = 2500
/** A word with digits of this length or less is a number in words; longer ones are codes. */
const NUMBER_LENGTH_MAX = 4

/** How rare words and codes are among the products that are compared: no general table knows the words of every shop. */
export function vocabularyOf(products: readonly ScreenedListing[]): Vocabulary {
  const vocabulary = newVocabulary()
  for (const product of products) {
    const seen = new Set<number>()
    for (const text of [product.title, product.brand, product.category, ...detailsOf(product)]) {
      if (text === null) continue
      const words = wordsOf(text, DETAIL_LENGTH_MAX)
      for (const word of words.text) seen.add(intern(vocabulary, stem(word)))
      for (const { code } of codesOf(words)) seen.add(intern(vocabulary, `#${code}`))
    }
    for (const id of seen) vocabulary.recalls[id]!++
  }
  vocabulary.bits = Float64Array.from(vocabulary.recalls, (met) => Math.log2((products.length + 1) / (met + 0.5)))
  return vocabulary
}

function detailsOf(product: ScreenedListing): (string | null)[] {
  return [product.model, product.description, ...Object.values(product.attributes)]
}

export function readProduct(product: ScreenedListing, vocabulary: Vocabulary): ProductFeatures {
  const listing = readListing(product, vocabulary)
  const words = new Set<number>()
  const numbers = new Set<string>()
  const colours = new Set<string>()
  let first = -1
  for (const word of wordsOf(product.title, TITLE_LENGTH_MAX).text) {
    const stemmed = stem(word)
    if (COLOURS.has(stemmed)) colours.add(stemmed)
    if (STOP_WORDS.has(stemmed)) continue
    const id = vocabulary.ids.get(stemmed)
    if (id === undefined) continue
    if (first < 0) first = id
    words.add(id)
    if (hasDigit(word) && word.length <= NUMBER_LENGTH_MAX) numbers.add(word)
  }
  addWords(product.brand, 120, words, vocabulary)
  const all = new Set(words)
  for (const text of detailsOf(product)) addWords(text, DETAIL_LENGTH_MAX, all, vocabulary)
  let bits = 0
  for (const id of words) bits += vocabulary.bits[id]!
  const brand = listing.brandStated && listing.brand.length > 0 ? listing.brand : first < 0 ? [] : [first]
  return { listing, words, bits, all, numbers, colours, brand }
}

function addWords(text: string | null, lengthMax: number, words: Set<number>, vocabulary: Vocabulary): void {
  if (text === null) return
  for (const word of wordsOf(text, lengthMax).text) {
    const stemmed = stem(word)
    const id = STOP_WORDS.has(stemmed) ? undefined : vocabulary.ids.get(stemmed)
    if (id !== undefined) words.add(id)
  }
}
