/**
 * `npm run bench -- screen [--size RECALLS]`: listings screened per second by one core, against 100,000 recalls unless told otherwise: the
 * demo's real ones and permutations of them. The peer is SQLite's FTS5 on the same recalls, which only finds the best fourteen by words and
 * compares nothing. Candidate recall is the share of what comparing a listing with every single recall finds worth a look.
 */
import { DatabaseSync } from 'node:sqlite'
import { listings as demoListings } from '../db/demo/listings.ts'
import { SEED, SIZES } from '../db/demo/scales.ts'
import { CANDIDATES_MAX, candidatesOf } from '../src/matching/candidates.ts'
import { buildEngine, type Engine } from '../src/matching/engine.ts'
import { readListing, type ScreenedListing } from '../src/matching/listing-features.ts'
import { judge } from '../src/matching/score.ts'
import { wordsOf } from '../src/matching/text.ts'
import { readGold } from '../test/gold.ts'
import { demoRecalls, permuted } from './recalls.ts'
import type { BenchContext, BenchResult } from './run.ts'

const RECALLS = 100_000
const WARM_UP = 500
/** Listings that the peer is asked for, and those compared with every recall: both are slow. */
const PEER_LISTINGS = 300
const EXHAUSTIVE_LISTINGS = 60

export async function run({ size }: Pick<BenchContext, 'size'>): Promise<BenchResult> {
  const count = size ?? RECALLS
  const real = await demoRecalls()
  const listings = await Array.fromAsync(demoListings(SEED, SIZES.default))
  const started = performance.now()
  const engine = buildEngine(permuted(real, count))
  const buildSeconds = (performance.now() - started) / 1000
  for (const listing of listings.slice(0, WARM_UP)) engine.screenListing(listing)
  const times = new Float64Array(listings.length)
  let matches = 0
  const screening = performance.now()
  for (const [i, listing] of listings.entries()) {
    const before = performance.now()
    matches += engine.screenListing(listing).length
    times[i] = performance.now() - before
  }
  const ours = (listings.length / (performance.now() - screening)) * 1000
  const memory = process.memoryUsage()
  times.sort()
  const compared = exhaustive(engine, sampleOf(listings))
  const fts5 = fts5PerSecond(engine, listings)
  return {
    name: 'screen',
    unit: 'listings/s',
    better: 'higher',
    ours,
    peers: { sqlite_fts5: fts5.perSecond },
    floor: null,
    ratio: { sqlite_fts5: ours / fts5.perSecond },
    detail: {
      recalls: count,
      realRecalls: Math.min(real.length, count),
      listings: listings.length,
      matches,
      buildSeconds,
      sqliteBuildSeconds: fts5.buildSeconds,
      rssMb: Math.round(memory.rss / 1024 ** 2),
      heapMb: Math.round(memory.heapUsed / 1024 ** 2),
      listingMs: { p50: at(times, 0.5), p99: at(times, 0.99), max: times.at(-1) },
      candidateRecall: compared.ofWorthALook,
      candidateRecallOfAffected: compared.ofAffected,
      exhaustive: compared.detail,
    },
  }
}

function at(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

/** Half of what recalls are about, where the labelled pairs are there, and half of what is on a shelf. */
function sampleOf(listings: readonly ScreenedListing[]): ScreenedListing[] {
  const gold = readGold()
  const about =
    gold === null ? [] : gold.pairs.filter((pair) => pair.label === 'affected').map((pair) => gold.listings.get(pair.listingId)!)
  const half = every([...new Set(about)], EXHAUSTIVE_LISTINGS / 2)
  return [...half, ...every(listings, EXHAUSTIVE_LISTINGS - half.length)]
}

function every<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count))
  return items.filter((_, i) => i % step === 0).slice(0, count)
}

function exhaustive(engine: Engine, sample: readonly ScreenedListing[]) {
  const met = { all: 0, allFound: 0, affected: 0, affectedFound: 0 }
  const started = performance.now()
  for (const listing of sample) {
    const features = readListing(listing, engine.vocabulary)
    const candidates = new Set(candidatesOf(features, engine.index))
    for (const [i, recall] of engine.recalls.entries()) {
      const { answer, tier } = judge(recall, features, engine.vocabulary, engine.settings.weights, engine.settings.thresholds)
      if (tier === 'dismiss') continue
      const found = candidates.has(i) ? 1 : 0
      met.all++
      met.allFound += found
      if (answer !== 'affected') continue
      met.affected++
      met.affectedFound += found
    }
  }
  const perListingMs = (performance.now() - started) / sample.length
  return {
    ofWorthALook: met.allFound / Math.max(met.all, 1),
    ofAffected: met.affectedFound / Math.max(met.affected, 1),
    detail: { listings: sample.length, worthALook: met.all, affected: met.affected, msPerListing: perListingMs },
  }
}

/** All words of a listing's title and brand, any of them, best fourteen by BM25. */
function fts5PerSecond(engine: Engine, listings: readonly ScreenedListing[]): { perSecond: number; buildSeconds: number } {
  const database = new DatabaseSync(':memory:')
  const building = performance.now()
  database.exec('create virtual table recalls using fts5(said)')
  const insert = database.prepare('insert into recalls (rowid, said) values (?, ?)')
  database.exec('begin')
  for (const [i, { recall }] of engine.recalls.entries())
    insert.run(
      i,
      [recall.title, ...recall.products.map((product) => product.name), ...recall.scope.brands, ...recall.scope.models].join(' '),
    )
  database.exec('commit')
  const buildSeconds = (performance.now() - building) / 1000
  const find = database.prepare(`select rowid from recalls where recalls match ? order by rank limit ${CANDIDATES_MAX}`)
  const asked = every(listings, PEER_LISTINGS)
  const started = performance.now()
  for (const listing of asked) {
    const words = [...new Set(wordsOf(`${listing.title} ${listing.brand ?? ''}`, 400).text)]
    if (words.length > 0) find.all(words.map((word) => `"${word}"`).join(' OR '))
  }
  const perSecond = (asked.length / (performance.now() - started)) * 1000
  database.close()
  return { perSecond, buildSeconds }
}
