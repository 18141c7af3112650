/**
 * The engine: all recalls read once and kept in memory, asked for one listing after another. Pure, no I/O.
 */
import { recallId, type Recall } from '../recalls/index.ts'
import { buildIndex, candidatesOf, type CandidateIndex } from './candidates.ts'
import { readListing, type ListingFeatures, type ScreenedListing } from './listing-features.ts'
import { readRecall, type RecallFeatures } from './recall-features.ts'
import { reasonsOf } from './reasons.ts'
import { judge, type Score } from './score.ts'
import { recallVocabulary, type Vocabulary } from './vocabulary.ts'
import { THRESHOLDS, WEIGHTS, type Thresholds, type Weights } from './weights.ts'

export type ScreenedMatch = Score & { listingId: string; recallId: string }

export type Settings = { weights: Weights; thresholds: Thresholds }

export type Engine = {
  recalls: readonly RecallFeatures[]
  vocabulary: Vocabulary
  index: CandidateIndex
  settings: Settings
  /** The matches of a listing worth a look, best first. */
  screenListing: (listing: ScreenedListing) => ScreenedMatch[]
  /** The matches of many listings worth a look, listing by listing. */
  screenListings: (listings: Iterable<ScreenedListing>) => IterableIterator<ScreenedMatch>
}

/** Reads the recalls and builds the index. About 0.2 ms a recall. */
export function buildEngine(recalls: Iterable<Recall>, settings: Partial<Settings> = {}): Engine {
  const vocabulary = recallVocabulary()
  const features: RecallFeatures[] = []
  for (const recall of recalls) features.push(readRecall(recall, vocabulary))
  return engineOver(features, vocabulary, { weights: settings.weights ?? WEIGHTS, thresholds: settings.thresholds ?? THRESHOLDS })
}

/** The same engine asked about some of its recalls only: what it answers is what the whole engine answers. */
export function narrowEngine(engine: Engine, recallIds: ReadonlySet<string>): Engine {
  const features = engine.recalls.filter((each) => recallIds.has(recallId(each.recall)))
  return engineOver(features, engine.vocabulary, engine.settings)
}

function engineOver(recalls: readonly RecallFeatures[], vocabulary: Vocabulary, settings: Settings): Engine {
  const isCode = new Uint8Array(vocabulary.recalls.length)
  for (const [word, id] of vocabulary.ids) isCode[id] = word.charCodeAt(0) === 35 ? 1 : 0
  const engine: Engine = {
    recalls,
    vocabulary,
    index: buildIndex(recalls, vocabulary, isCode),
    settings,
    screenListing: (listing) => screen(engine, readListing(listing, vocabulary)),
    *screenListings(listings) {
      for (const listing of listings) yield* screen(engine, readListing(listing, vocabulary))
    },
  }
  return engine
}

function screen(engine: Engine, listing: ListingFeatures): ScreenedMatch[] {
  const { vocabulary, settings } = engine
  const matches: ScreenedMatch[] = []
  for (const at of candidatesOf(listing, engine.index, vocabulary)) {
    const recall = engine.recalls[at]!
    const verdict = judge(recall, listing, vocabulary, settings.weights, settings.thresholds)
    if (verdict.tier === 'dismiss') continue
    matches.push({
      listingId: listing.listing.listingId,
      recallId: recallId(recall.recall),
      answer: verdict.answer,
      weight: verdict.weight,
      tier: verdict.tier,
      reasons: reasonsOf(recall, listing, verdict, vocabulary, settings.weights),
    })
  }
  return matches.sort((a, b) => b.weight - a.weight)
}
