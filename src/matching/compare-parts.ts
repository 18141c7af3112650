/** Whether a listing offers a part or accessory instead of the recalled product. Pure. */
import { PHRASE, type ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { HEAD, HOST, IN_BRAND, IN_NAME, IN_TITLE } from './zones.ts'
import { INDEX, zonesOf, type Evidence } from './evidence.ts'
import type { ModelState } from './compare-models.ts'
import type { Vocabulary } from './vocabulary.ts'
import { UNKNOWN } from './word-cards.ts'
import type { WordState } from './compare.ts'

export function comparePart(
  recall: RecallFeatures,
  listing: ListingFeatures,
  evidence: Evidence,
  words: WordState,
  model: ModelState,
  vocabulary: Vocabulary,
): void {
  if (listing.onlyId !== null && isForeign(recall, listing.onlyId, HEAD | IN_BRAND)) {
    evidence.values[INDEX.part] = 1
    evidence.part = null
    return
  }
  const foreign = listing.partWords.find((_, i) => isForeign(recall, listing.partIds[i]!))
  const forRecall = words.brandFor >= 0 && words.brandMain < 0
  if (foreign !== undefined && (listing.partCue || forRecall)) {
    evidence.values[INDEX.part] = 1
    evidence.part = foreign
    return
  }
  // Whoever states the recalled model number and no such word offers the thing itself, whatever follows its name.
  if (model.strength >= 0.85 && !model.soft) return
  let head = -1
  let part = -1
  for (let i = 0; i <= listing.main.length; i++) {
    const id = i < listing.main.length ? listing.main[i]! : PHRASE
    if (id === PHRASE) {
      if (part >= 0 || head >= 0) break
      continue
    }
    if (id === UNKNOWN && !listing.parts.includes(i)) continue
    if ((zonesOf(recall, id) & (HEAD | (recall.hosted ? HOST : 0))) !== 0) head = i
    else if (listing.parts.includes(i) && isForeign(recall, id) && !isWhole(listing, i, vocabulary)) part = i
  }
  if (part < 0 || part < head) return
  evidence.values[INDEX.part] = head >= 0 ? 1 : 0.4
  evidence.part = listing.partWords.find((_, i) => isForeign(recall, listing.partIds[i]!)) ?? null
}

/** `portable charger`, `batería externa`: used by themselves, these are no parts. */
const BY_ITSELF = new Set(['portable', 'external', 'externa', 'externe', 'extern', 'esterna'])

function isWhole(listing: ListingFeatures, at: number, vocabulary: Vocabulary): boolean {
  // `external battery case` is a case.
  if (listing.parts.includes(at + 1)) return false
  return [at - 1, at + 1].some((i) => BY_ITSELF.has(vocabulary.words[listing.main[i] ?? UNKNOWN] ?? ''))
}

/** Whether a part word is not what the recall is about. */
function isForeign(recall: RecallFeatures, id: number, own = HEAD | IN_NAME | IN_TITLE | IN_BRAND): boolean {
  const zones = zonesOf(recall, id)
  return (zones & own) === 0 || ((zones & HOST) !== 0 && (zones & HEAD) === 0 && !recall.hosted)
}
