/**
 * The words and codes of listings as numbers that are kept in the database, so that a new recall reads few of a million listings. Pure.
 *
 * What is kept is what `listing-features.ts` reads, whether any recall has the word yet or not. A recall asks for the listings that have a
 * word of its brand, name its words as their brand, share a code or GTIN, or a rare word of its names; the engine then compares. A listing
 * that shares only common words with a recall of another brand, or of none, is not read: the benchmark counts what that loses.
 */
import { BRAND_FIELD, DETAIL, FOR, readListing, type ScreenedListing } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { intern, recallVocabulary, type Vocabulary } from './vocabulary.ts'
import { STOP_WORDS } from './words.ts'
import { EXCLUDED, IN_BRAND, IN_DESCRIPTION, IN_FIRM, IN_NAME, IN_TITLE, LEAD, MODEL, PROPER, SERIAL, STEM, BASE } from './zones.ts'

/** Words from here on, in bits, are rare enough to ask for by themselves: one in five hundred recalls has them. */
const RARE_BITS = 9
/** Words of brands from here on; of a brand of commoner words only the rarest is asked for. */
const BRAND_BITS = 7
/** As in `candidates.ts`. */
const DETAIL_BITS_MIN = 8

/** The hash of a text: FNV-1a, 32 bits, signed as PostgreSQL's int. Two words with one hash only cost a comparison more. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}

/** A map that knows every word it is asked for: the listing is read as if recalls had all its words. */
class EveryWord extends Map<string, number> {
  vocabulary: Vocabulary | null = null
  override get(word: string): number | undefined {
    const known = super.get(word)
    if (known !== undefined || this.vocabulary === null) return known
    const { vocabulary } = this
    this.vocabulary = null
    const id = intern(vocabulary, word)
    this.vocabulary = vocabulary
    return id
  }
}

/** Words after which the reader begins anew, so that memory stays bounded. */
const WORDS_HELD_MAX = 300_000

let reader: Vocabulary | null = null

function openVocabulary(): Vocabulary {
  if (reader !== null && reader.words.length < WORDS_HELD_MAX) return reader
  reader = recallVocabulary()
  const words = new EveryWord(reader.ids)
  words.vocabulary = reader
  reader.ids = words
  reader.hashes = null
  return reader
}

/** The hashes under which a listing is found, ascending, each once. */
export function listingTokens(listing: ScreenedListing): number[] {
  const vocabulary = openVocabulary()
  const features = readListing(listing, vocabulary)
  const tokens = new Set<number>()
  const { words, bits, general } = vocabulary
  for (let k = 0; k < features.ids.length; k++) {
    const id = features.ids[k]!
    const place = features.places[k]!
    if (id >= general && STOP_WORDS.has(words[id]!)) continue
    if ((place & ~(DETAIL | FOR)) === 0 && bits[id]! < DETAIL_BITS_MIN) continue
    tokens.add(hashOf(words[id]!))
    if ((place & BRAND_FIELD) !== 0) tokens.add(hashOf(`@${words[id]!}`))
  }
  for (const { id, baseId, prefixIds } of features.codes)
    for (const code of [id, baseId, ...prefixIds]) if (code >= 0) tokens.add(hashOf(words[code]!))
  if (features.gtin !== null) tokens.add(hashOf(`=${features.gtin}`))
  return [...tokens].sort((a, b) => a - b)
}

/** The hashes of which a listing must have one to be compared with the recall. */
export function recallTokens(recall: RecallFeatures, vocabulary: Vocabulary): number[] {
  const tokens = new Set<number>()
  const { words, bits } = vocabulary
  for (const gtin of recall.gtins) tokens.add(hashOf(`=${gtin}`))
  for (const [k, id] of recall.tokens.entries()) {
    const zones = recall.zones[k]!
    if ((zones & EXCLUDED) !== 0) continue
    const word = words[id]!
    const isCode = word.charCodeAt(0) === 35
    const isNamed = (zones & (IN_NAME | IN_TITLE | IN_FIRM)) !== 0 || ((zones & IN_DESCRIPTION) !== 0 && (zones & PROPER) !== 0)
    if (
      isCode
        ? (zones & (MODEL | SERIAL | STEM | BASE | LEAD | IN_NAME | IN_TITLE | IN_DESCRIPTION)) !== 0
        : isNamed && bits[id]! >= RARE_BITS
    )
      tokens.add(hashOf(word))
    if ((zones & IN_BRAND) !== 0 && bits[id]! >= BRAND_BITS) tokens.add(hashOf(word))
    if (!isCode && (zones & (IN_NAME | IN_TITLE | IN_FIRM | IN_BRAND | IN_DESCRIPTION)) !== 0) tokens.add(hashOf(`@${word}`))
  }
  if (recall.brands.length > 0 && recall.brands.every((id) => bits[id]! < BRAND_BITS))
    tokens.add(hashOf(words[recall.brands.reduce((a, b) => (bits[a]! >= bits[b]! ? a : b))]!))
  return [...tokens]
}
