/**
 * `npm run bench -- screen-recall [--size LISTINGS]`: seconds until a revised recall is screened against the catalogue in the database, a
 * million listings unless told otherwise; the median over recalls that labelled listings are about. The peer reads the whole catalogue. What
 * asking by words finds is counted against it. Beside it: one listing against all recalls, as the server answers it, by the clock, and the
 * processor time of this process for it (the database's comes on top).
 */
import { buildEngine, narrowEngine } from '../src/matching/engine.ts'
import { rulesMark } from '../src/matching/rules-mark.ts'
import { screenChanged, screenListing } from '../src/matching/screen.ts'
import { recallId, type Recall } from '../src/recalls/index.ts'
import { readGold } from '../test/gold.ts'
import { cpuSeconds } from './cpu.ts'
import { demoRecalls } from './recalls.ts'
import type { BenchContext, BenchResult } from './run.ts'
import { catalogueOf, listCatalogue, recordRecalls } from './screen-catalogue.ts'

const LISTINGS = 1_000_000
const RECALLS_ASKED = 15
const LISTINGS_ASKED = 1_000
/** Recalls of a small case: no more than listings, but so many. */
const RECALLS_MIN = 500
const AT = new Date('2026-06-01T10:00:00Z')

export async function run({ size, freshDatabase }: Pick<BenchContext, 'size' | 'freshDatabase'>): Promise<BenchResult> {
  const count = size ?? LISTINGS
  const recalls = (await demoRecalls()).slice(0, Math.max(RECALLS_MIN, count))
  const engine = buildEngine(recalls)
  const database = await freshDatabase()
  try {
    await recordRecalls(database, recalls)
    await listCatalogue(database, catalogueOf(count), rulesMark(engine.settings))
    await database.pool.query(
      `insert into matching.screened_recalls (recall_id, revision, screened_at) select recall_id, 1, now() from recalls.recalls`,
    )
    const sizes = await database.pool.query<{ listings: number; tokens: number; index: number }>(
      `select pg_table_size('catalog.listings') as listings, pg_total_relation_size('matching.screened_listings') as tokens,
              pg_relation_size('matching.screened_listings_tokens') as index`,
    )
    // The engine is kept by the server: it is built before anything is timed.
    await screenChanged(database, { at: AT })
    const answered: number[] = []
    let ownSeconds = 0
    for (let i = 0; i < Math.min(LISTINGS_ASKED, count); i++) {
      // As if the marketplace had just changed it: what is as it was screened would be answered sooner.
      await database.pool.query('update catalog.listings set updated_at = clock_timestamp() where listing_id = $1', [
        `L${(i * 7919) % count}`,
      ])
      const own = cpuSeconds()
      const started = performance.now()
      await screenListing(database, `L${(i * 7919) % count}`, { at: AT })
      answered.push(performance.now() - started)
      ownSeconds += cpuSeconds() - own
    }
    const asked = recallsAsked(recalls)
    const seconds: number[] = []
    for (const recall of asked) {
      await recordRecalls(database, [{ ...recall, description: `${recall.description} Corrected.` }])
      const started = performance.now()
      await screenChanged(database, { at: AT })
      seconds.push((performance.now() - started) / 1000)
    }
    const ids = asked.map(recallId)
    const found = await database.pool.query<{ pair: string }>(
      `select listing_id || ' ' || recall_id as pair from matching.matches where recall_id = any($1) and tier <> 'dismiss'`,
      [ids],
    )
    const have = new Set(found.rows.map((row) => row.pair))
    const whole = await wholeCatalogue(
      buildEngine(asked.map((recall) => ({ ...recall, description: `${recall.description} Corrected.` }))),
      count,
    )
    const ours = median(seconds)
    const perRecall = whole.seconds
    return {
      name: 'screen-recall',
      unit: 's',
      better: 'lower',
      ours,
      peers: { whole_catalogue: perRecall },
      floor: null,
      ratio: { whole_catalogue: ours / perRecall },
      detail: {
        listings: count,
        recalls: recalls.length,
        asked: asked.length,
        secondsMax: Math.max(...seconds),
        pairs: whole.pairs.length,
        pairsFound: whole.pairs.filter((pair) => have.has(pair)).length,
        recallOfWhole: whole.pairs.filter((pair) => have.has(pair)).length / Math.max(1, whole.pairs.length),
        oneListingMs: {
          p50: percentile(answered, 0.5),
          p99: percentile(answered, 0.99),
          max: Math.max(...answered),
          ownCpuMean: (ownSeconds / answered.length) * 1000,
        },
        bytesPerListing: {
          listing: Math.round(sizes.rows[0]!.listings / count),
          screened: Math.round(sizes.rows[0]!.tokens / count),
          ofThatIndex: Math.round(sizes.rows[0]!.index / count),
        },
      },
    }
  } finally {
    await database.close()
  }
}

/** Recalls that labelled listings are about, else any. */
function recallsAsked(recalls: readonly Recall[]): Recall[] {
  const numbers = new Set(
    readGold()
      ?.pairs.filter((pair) => pair.label === 'affected')
      .map((pair) => pair.recallNumber),
  )
  const labelled = recalls.filter((recall) => numbers.has(recall.recallNumber))
  const from = labelled.length > 0 ? labelled : recalls
  const step = Math.max(1, Math.floor(from.length / RECALLS_ASKED))
  return from.filter((_, i) => i % step === 0).slice(0, RECALLS_ASKED)
}

/** Every listing compared with these recalls, in memory: the time of one recall without reading from the database, and all pairs worth a look. */
async function wholeCatalogue(engine: ReturnType<typeof buildEngine>, count: number): Promise<{ seconds: number; pairs: string[] }> {
  const pairs: string[] = []
  const one = narrowEngine(engine, new Set([recallId(engine.recalls[0]!.recall)]))
  let spent = 0
  for await (const listing of catalogueOf(count)) {
    const started = performance.now()
    one.screenListing(listing)
    spent += performance.now() - started
    for (const match of engine.screenListing(listing)) pairs.push(`${match.listingId} ${match.recallId}`)
  }
  return { seconds: spent / 1000, pairs }
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}
