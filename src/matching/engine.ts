/**
 * The engine: all recalls read once and kept in memory, asked for one listing after another. Pure, no I/O.
 */
import { recallId, type Recall } from '../recalls/index.ts'
import { candidatesOf } from './candidates.ts'
import { readListing, type ListingFeatures, type ScreenedListing } from './listing-features.ts'
import { mayComeToAQuestion } from './outlook.ts'
import { readRecall, type RecallFeatures } from './recall-features.ts'
import { addToIndex, buildIndex, dropFromIndex, type CandidateIndex } from './recall-index.ts'
import { reasonsOf } from './reasons.ts'
import { judge, type Score } from './score.ts'
import { recallVocabulary, type Vocabulary } from './vocabulary.ts'
import { SEVERITY_THRESHOLDS, type SeverityThresholds } from './thresholds.ts'
import { WEIGHTS, type Weights } from './weights.ts'

export type ScreenedMatch = Score & { listingId: string; recallId: string }

export type Settings = { weights: Weights; thresholds: SeverityThresholds }

export type Engine = {
  /** The recalls by their number in the index; those that a newer revision replaced are in it, but never found. */
  recalls: readonly RecallFeatures[]
  vocabulary: Vocabulary
  index: CandidateIndex
  settings: Settings
  /** Takes up recalls that are new, and puts revised ones in the place of what was said before: as if built anew with them. */
  addRecalls: (recalls: Iterable<Recall>) => void
  /** The matches of a listing worth a look, best first. */
  screenListing: (listing: ScreenedListing) => ScreenedMatch[]
  /** The matches of many listings worth a look, listing by listing. */
  screenListings: (listings: Iterable<ScreenedListing>) => IterableIterator<ScreenedMatch>
}

/** Reads the recalls and builds the index. About 0.15 ms a recall. */
export function buildEngine(recalls: Iterable<Recall>, settings: Partial<Settings> = {}): Engine {
  const vocabulary = recallVocabulary()
  const features = new Map<string, RecallFeatures>()
  for (const recall of recalls) features.set(recallId(recall), readRecall(recall, vocabulary))
  return engineOver([...features.values()], vocabulary, {
    weights: settings.weights ?? WEIGHTS,
    thresholds: settings.thresholds ?? SEVERITY_THRESHOLDS,
  })
}

/** The same engine asked about some of its recalls only: what it answers is what the whole engine answers. */
export function narrowEngine(engine: Engine, recallIds: ReadonlySet<string>): Engine {
  const features = engine.recalls.filter((each, r) => engine.index.gone[r] === 0 && recallIds.has(recallId(each.recall)))
  return engineOver(features, engine.vocabulary, engine.settings)
}

function engineOver(recalls: RecallFeatures[], vocabulary: Vocabulary, settings: Settings): Engine {
  const index = buildIndex(recalls, vocabulary, settings.weights, settings.thresholds)
  let numbers: Map<string, number> | null = null
  const engine: Engine = {
    recalls,
    vocabulary,
    index,
    settings,
    addRecalls(added) {
      numbers ??= new Map(recalls.map((each, r) => [recallId(each.recall), r]))
      for (const recall of added) {
        const before = numbers.get(recallId(recall))
        if (before !== undefined) dropFromIndex(index, before)
        numbers.set(recallId(recall), recalls.length)
        addToIndex(index, readRecall(recall, vocabulary))
      }
    },
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
  for (const at of candidatesOf(listing, engine.index)) {
    const recall = engine.recalls[at]!
    if (!mayComeToAQuestion(recall, listing, vocabulary, settings.weights, settings.thresholds[recall.severity])) continue
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
  return matches.sort((a, b) => b.weight - a.weight || (a.recallId < b.recallId ? -1 : 1))
}
