/** How good the engine's answers are on labelled pairs: what the benchmark prints and the test holds. Pure. */
import type { Answer } from '../recalls/index.ts'
import { candidatesOf } from './candidates.ts'
import type { Engine } from './engine.ts'
import { readListing, type ScreenedListing } from './listing-features.ts'
import { judge, type Tier } from './score.ts'

export type LabelledPair = { recallNumber: string; listingId: string; label: Answer; subtype: string }

export type JudgedPair = LabelledPair & { answer: Answer; tier: Tier; weight: number; isCandidate: boolean; isUnstated: boolean }

export type Figures = {
  pairs: number
  precision: number
  recall: number
  /** Of the answer `affected`. */
  f1: number
  auto: number
  autoPrecision: number
  /** Share of the affected pairs that are stopped or reviewed. */
  surfaced: number
  /** Share of the possible pairs answered so. */
  possiblyRecalled: number
  /** Share of the affected pairs whose recall is among the candidates. */
  candidateRecall: number
}

/** The engine's answer for each labelled pair, as screening would give it: a recall that is no candidate is answered `no`. */
export function judgePairs(engine: Engine, pairs: readonly LabelledPair[], listings: ReadonlyMap<string, ScreenedListing>): JudgedPair[] {
  const at = new Map(engine.recalls.map((features, i) => [features.recall.recallNumber, i]))
  const { vocabulary, index, settings } = engine
  return pairs.flatMap((pair) => {
    const listing = listings.get(pair.listingId)
    const recall = at.get(pair.recallNumber)
    if (listing === undefined || recall === undefined) return []
    const features = readListing(listing, vocabulary)
    const isCandidate = candidatesOf(features, index).includes(recall)
    const { answer, tier, weight, missing } = judge(engine.recalls[recall]!, features, vocabulary, settings.weights, settings.thresholds)
    const isUnstated = missing !== null
    return [
      isCandidate
        ? { ...pair, answer, tier, weight, isCandidate, isUnstated }
        : { ...pair, answer: 'no' as const, tier: 'dismiss' as const, weight, isCandidate, isUnstated },
    ]
  })
}

export function figuresOf(judged: readonly JudgedPair[]): Figures {
  function count(which: (pair: JudgedPair) => boolean): number {
    return judged.filter(which).length
  }
  const affected = count((pair) => pair.label === 'affected')
  const right = count((pair) => pair.label === 'affected' && pair.answer === 'affected')
  const said = count((pair) => pair.answer === 'affected')
  const auto = count((pair) => pair.tier === 'auto')
  return {
    pairs: judged.length,
    precision: share(right, said),
    recall: share(right, affected),
    f1: share(2 * right, said + affected),
    auto,
    autoPrecision: share(
      count((pair) => pair.tier === 'auto' && pair.label === 'affected'),
      auto,
    ),
    surfaced: share(
      count((pair) => pair.label === 'affected' && pair.tier !== 'dismiss'),
      affected,
    ),
    possiblyRecalled: share(
      count((pair) => pair.label === 'possibly' && pair.answer === 'possibly'),
      count((pair) => pair.label === 'possibly'),
    ),
    candidateRecall: share(
      count((pair) => pair.label === 'affected' && pair.isCandidate),
      affected,
    ),
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

/** The figures for each value of a key, as `recallNumber` or `subtype`. */
export function figuresBy(judged: readonly JudgedPair[], key: 'recallNumber' | 'subtype'): Record<string, Figures> {
  return Object.fromEntries(Object.entries(Object.groupBy(judged, (pair) => pair[key])).map(([value, pairs]) => [value, figuresOf(pairs!)]))
}

/** Of listings that no recall is about: how many would be reviewed, and how many stopped. */
export function backgroundOf(engine: Engine, listings: Iterable<ScreenedListing>): { listings: number; reviewed: number; stopped: number } {
  const counts = { listings: 0, reviewed: 0, stopped: 0 }
  for (const listing of listings) {
    const matches = engine.screenListing(listing)
    counts.listings++
    if (matches.some((match) => match.tier === 'auto')) counts.stopped++
    else if (matches.length > 0) counts.reviewed++
  }
  return counts
}
