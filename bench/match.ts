/**
 * `npm run bench -- match`: how well listings are matched with recalls, on the labelled pairs beside the checkout; the peer is plain
 * IDF-weighted token coverage with the best threshold for these pairs. F1 of the answer `affected`, between 0 and 1. With it, product pairs
 * of the public benchmarks that lie beside the labelled pairs; `--dir DIR --split NAME` measures one folder of this kind alone.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { MATCHING_DATA, readGold, type Gold } from '../test/gold.ts'
import { backgroundOf, figuresBy, figuresOf, judgePairs, type JudgedPair } from '../src/matching/evaluate.ts'
import { buildEngine, type Engine } from '../src/matching/engine.ts'
import { readListing } from '../src/matching/listing-features.ts'
import { IN_NAME, IN_TITLE } from '../src/matching/zones.ts'
import { fitCalibration, onCurve, probabilityOf, reliability } from '../src/matching/calibration.ts'
import { halfOf, halves, stability } from './match-robust.ts'
import { MissingData } from './missing-data.ts'
import { bestF1, measurePairs, type PairFigures } from './product-pairs.ts'
import { demoRecalls } from './recalls.ts'
import type { BenchContext, BenchResult } from './run.ts'

const PUBLIC_SETS = ['abt_buy', 'amazon_google', 'walmart_amazon']

export async function run({ args }: Pick<BenchContext, 'args'>): Promise<BenchResult> {
  const { dir, split } = parseArgs({ args, options: { dir: { type: 'string' }, split: { type: 'string', default: 'valid' } } }).values
  return dir === undefined ? runGold() : pairsResult(measurePairs(dir, split))
}

function pairsResult(figures: PairFigures): BenchResult {
  const ours = figures.ours.f1
  const peers = {
    tfidf_cosine: figures.tfidfCosine,
    ...(figures.fittedOnTrain === null ? {} : { fitted_on_train: figures.fittedOnTrain }),
  }
  const ratio = Object.fromEntries(Object.entries(peers).map(([peer, f1]) => [peer, ours / f1]))
  return { name: 'match', unit: 'F1', better: 'higher', ours, peers, floor: null, ratio, detail: figures }
}

async function runGold(): Promise<BenchResult> {
  const gold = readGold()
  if (gold === null) throw new MissingData('The labelled pairs are not there. TOCSIN_MATCHING_DATA names the folder that holds gold/.')
  const recalls = await demoRecalls()
  const started = performance.now()
  const engine = buildEngine(recalls)
  const buildMs = performance.now() - started
  const judged = judgePairs(engine, gold.pairs, gold.listings)
  const figures = figuresOf(judged)
  const screened = performance.now()
  const background = backgroundOf(engine, gold.background)
  const listingsPerSecond = Math.round((gold.background.length / (performance.now() - screened)) * 1000)
  const coverage = coverageF1(engine, gold)
  return {
    name: 'match',
    unit: 'F1',
    better: 'higher',
    ours: figures.f1,
    peers: { idf_coverage: coverage },
    floor: null,
    ratio: { idf_coverage: figures.f1 / coverage },
    detail: {
      recalls: recalls.length,
      figures,
      halves: halves(judged),
      calibration: calibrationOf(judged),
      stability: stability(engine, gold, judged),
      background,
      listingsPerSecond,
      buildMs: Math.round(buildMs),
      products: Object.fromEntries(
        PUBLIC_SETS.map((set) => path.join(MATCHING_DATA, 'benchmarks', set))
          .filter((dir) => existsSync(dir))
          .map((dir) => [path.basename(dir), measurePairs(dir, 'valid')]),
      ),
      bySubtype: figuresBy(judged, 'subtype'),
      byRecall: figuresBy(judged, 'recallNumber'),
    },
  }
}

/** Predicted beside observed: with the constants of the product, and with constants fitted on the half in view for the half held out. */
function calibrationOf(judged: readonly JudgedPair[]): Record<string, ReturnType<typeof reliability>> {
  const points = judged.map(({ weight, isUnstated, label, recallNumber }) => ({
    weight,
    isUnstated,
    isRight: label === 'affected',
    half: halfOf(recallNumber),
  }))
  const [inView, heldOut] = [points.filter(({ half }) => half === 0), points.filter(({ half }) => half === 1)]
  const curves = [false, true].map((isUnstated) => fitCalibration(inView.filter((point) => point.isUnstated === isUnstated)))
  return {
    all: reliability(points.map(({ weight, isUnstated, isRight }) => ({ probability: probabilityOf(weight, isUnstated), isRight }))),
    heldOut: reliability(
      heldOut.map(({ weight, isUnstated, isRight }) => ({ probability: onCurve(curves[isUnstated ? 1 : 0]!, weight), isRight })),
    ),
  }
}

/** Plain coverage: the share of one text's bits that the other's words cover; the better of the two directions, each with its best threshold. */
function coverageF1(engine: Engine, gold: Gold): number {
  const at = new Map(engine.recalls.map((features) => [features.recall.recallNumber, features]))
  const { bits } = engine.vocabulary
  const scored = gold.pairs.map((pair) => {
    const listing = readListing(gold.listings.get(pair.listingId)!, engine.vocabulary)
    const recall = at.get(pair.recallNumber)!
    const said = new Set([...listing.ids, ...listing.codes.flatMap((code) => (code.id < 0 ? [] : [code.id]))])
    const named = [...recall.tokens].filter((_, i) => (recall.zones[i]! & (IN_NAME | IN_TITLE)) !== 0)
    const tokens = new Set(recall.tokens)
    const isAffected = pair.label === 'affected'
    return { isAffected, ofListing: coverage(said, tokens, bits, listing.unknown * UNKNOWN_BITS), ofRecall: coverage(named, said, bits, 0) }
  })
  return Math.max(
    bestF1(scored.map((pair) => [pair.ofListing, pair.isAffected])),
    bestF1(scored.map((pair) => [pair.ofRecall, pair.isAffected])),
  )
}

/** Bits of a word that no recall has. */
const UNKNOWN_BITS = 12

function coverage(words: Iterable<number>, by: ReadonlySet<number>, bits: Float64Array, uncovered: number): number {
  let covered = 0
  let all = uncovered
  for (const id of words) {
    all += bits[id]!
    if (by.has(id)) covered += bits[id]!
  }
  return covered / Math.max(all, 1)
}
