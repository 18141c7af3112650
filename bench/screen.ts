/**
 * `npm run bench -- screen [--size RECALLS]`: listings screened per second of one core, against 100,000 recalls unless told otherwise: the
 * demo's real ones and permutations of them. Seconds are of processor time, so that other work on the machine is not counted; the median of
 * three passes. The peers work on the same recalls, only find the best fourteen by words, and compare nothing. Candidate recall is the share
 * of what comparing a listing with every single recall finds worth a look that the engine finds, too. The listings are the demo's shelf: short
 * templated titles of many kinds of goods and invented brands, with a hundred that are recalled goods or their neighbours. Beside it,
 * where the labelled listings are there, the same over their 2,000 listings drawn from real shops, mostly electronics of brands with many recalls.
 */
import { listings as demoListings } from '../db/demo/listings.ts'
import { SEED, SIZES } from '../db/demo/scales.ts'
import { candidatesOf } from '../src/matching/candidates.ts'
import { buildEngine, type Engine } from '../src/matching/engine.ts'
import { readListing, type ScreenedListing } from '../src/matching/listing-features.ts'
import { judge } from '../src/matching/score.ts'
import { recallId, type Recall } from '../src/recalls/index.ts'
import { readGold } from '../test/gold.ts'
import { cpuSeconds, perCpuSecond } from './cpu.ts'
import { demoRecalls, permuted } from './recalls.ts'
import type { BenchContext, BenchResult } from './run.ts'
import { flexSearch, pgTrgm, sqliteFts5, type Peer } from './screen-peers.ts'

const RECALLS = 100_000
const WARM_UP = 4_000
const PASSES = 3
/** Listings that the peers are asked for, and those compared with every recall: both are slow. */
const PEER_LISTINGS = 200
const TRIGRAM_LISTINGS = 6
const EXHAUSTIVE_LISTINGS = 100

export async function run({ size, freshDatabase }: Pick<BenchContext, 'size' | 'freshDatabase'>): Promise<BenchResult> {
  const count = size ?? RECALLS
  const real = await demoRecalls()
  const listings = await Array.fromAsync(demoListings(SEED, SIZES.default))
  const making = { seconds: 0 }
  const started = cpuSeconds()
  const engine = buildEngine(timed(permuted(real, count), making))
  const buildSeconds = cpuSeconds() - started - making.seconds
  for (const listing of listings.slice(0, WARM_UP)) engine.screenListing(listing)
  const memory = process.memoryUsage()
  let matches = 0
  const work = { ...engine.index.work }
  const passes = Array.from({ length: PASSES }, () =>
    perCpuSecond(listings, (listing) => (matches += engine.screenListing(listing).length)),
  )
  const ours = medianOf(passes)
  const done = listings.length * PASSES
  const postings = (engine.index.work.postings - work.postings) / done
  const bounded = (engine.index.work.bounded - work.bounded) / done
  const shops = readGold()?.background ?? []
  const realListings = shops.length === 0 ? null : { listings: shops.length, perSecond: medianOf(passesOver(engine, shops)) }
  const compared = exhaustive(engine, sampleOf(listings))
  const peers = await peersOf(engine, every(listings, PEER_LISTINGS), freshDatabase)
  return {
    name: 'screen',
    unit: 'listings/s',
    better: 'higher',
    ours,
    peers: Object.fromEntries(peers.map(([name, peer]) => [name, peer.perSecond])),
    floor: null,
    ratio: Object.fromEntries(peers.map(([name, peer]) => [name, ours / peer.perSecond])),
    detail: {
      recalls: count,
      realRecalls: Math.min(real.length, count),
      listings: listings.length,
      passes,
      matches: matches / PASSES,
      realListings,
      buildSeconds,
      peerBuildSeconds: Object.fromEntries(peers.map(([name, peer]) => [name, peer.buildSeconds])),
      rssMb: Math.round(memory.rss / 1024 ** 2),
      heapMb: Math.round(memory.heapUsed / 1024 ** 2),
      perListing: { postings, bounded, compared: compared.candidates },
      candidateRecall: compared.ofWorthALook,
      candidateRecallOfAffected: compared.ofAffected,
      exhaustive: compared.detail,
    },
  }
}

/** Listings per second in each of some passes, after two that nobody counts. */
function passesOver(engine: Engine, listings: readonly ScreenedListing[]): number[] {
  const passes = Array.from({ length: PASSES + 2 }, () => perCpuSecond(listings, (listing) => engine.screenListing(listing)))
  return passes.slice(2)
}

function medianOf(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]!
}

/** The recalls, with the time it takes to make them kept apart. */
function* timed(recalls: Iterable<Recall>, making: { seconds: number }): Generator<Recall, void, undefined> {
  let started = cpuSeconds()
  for (const recall of recalls) {
    making.seconds += cpuSeconds() - started
    yield recall
    started = cpuSeconds()
  }
}

async function peersOf(
  engine: Engine,
  listings: readonly ScreenedListing[],
  freshDatabase: BenchContext['freshDatabase'],
): Promise<[string, Peer][]> {
  const peers: [string, Peer][] = [['sqlite_fts5', sqliteFts5(engine, listings)]]
  const flex = await flexSearch(engine, listings)
  if (flex !== null) peers.push(['flexsearch', flex])
  const database = await freshDatabase()
  try {
    peers.push(['pg_trgm', await pgTrgm(engine, every(listings, TRIGRAM_LISTINGS), database)])
  } finally {
    await database.close()
  }
  return peers
}

/** Half of what recalls are about, where the labelled pairs are there, and half of what is on a shelf. */
function sampleOf(listings: readonly ScreenedListing[]): ScreenedListing[] {
  const gold = readGold()
  const about = gold === null ? [] : gold.pairs.filter((pair) => pair.label !== 'no').map((pair) => gold.listings.get(pair.listingId)!)
  const half = every([...new Set(about)], EXHAUSTIVE_LISTINGS / 2)
  return [...half, ...every(listings, EXHAUSTIVE_LISTINGS - half.length)]
}

function every<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count))
  return items.filter((_, i) => i % step === 0).slice(0, count)
}

function exhaustive(engine: Engine, sample: readonly ScreenedListing[]) {
  const met = { all: 0, allFound: 0, affected: 0, affectedFound: 0, candidates: 0 }
  const started = cpuSeconds()
  for (const listing of sample) {
    const features = readListing(listing, engine.vocabulary)
    met.candidates += candidatesOf(features, engine.index).length
    const answered = new Set(engine.screenListing(listing).map((match) => match.recallId))
    for (const recall of engine.recalls) {
      const { answer, tier } = judge(recall, features, engine.vocabulary, engine.settings.weights, engine.settings.thresholds)
      if (tier === 'dismiss') continue
      const found = answered.has(recallId(recall.recall)) ? 1 : 0
      met.all++
      met.allFound += found
      if (answer !== 'affected') continue
      met.affected++
      met.affectedFound += found
    }
  }
  const msPerListing = ((cpuSeconds() - started) / sample.length) * 1000
  return {
    candidates: met.candidates / sample.length,
    ofWorthALook: met.allFound / Math.max(met.all, 1),
    ofAffected: met.affectedFound / Math.max(met.affected, 1),
    detail: { listings: sample.length, worthALook: met.all, affected: met.affected, msPerListing },
  }
}
