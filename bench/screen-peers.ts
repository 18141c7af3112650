/** Others that find recalls for a listing by words, on the same recalls: each only finds the best fourteen, and compares nothing. */
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import type { Engine } from '../src/matching/engine.ts'
import type { ScreenedListing } from '../src/matching/listing-features.ts'
import { wordsOf } from '../src/matching/text.ts'
import { copyInto, type Database } from '../src/platform/db.ts'
import { perCpuSecond } from './cpu.ts'

const BEST = 14

export type Peer = { perSecond: number; buildSeconds: number }

/** What a peer is given of a recall. */
function saidOf({ recall }: Engine['recalls'][number]): string {
  return [recall.title, ...recall.products.map((product) => product.name), ...recall.scope.brands, ...recall.scope.models].join(' ')
}

function askedWords(listing: ScreenedListing): string[] {
  return [...new Set(wordsOf(`${listing.title} ${listing.brand ?? ''}`, 400).text)]
}

/** All words of a listing's title and brand, any of them, best fourteen by BM25. */
export function sqliteFts5(engine: Engine, listings: readonly ScreenedListing[]): Peer {
  const database = new DatabaseSync(':memory:')
  const building = performance.now()
  database.exec('create virtual table recalls using fts5(said)')
  const insert = database.prepare('insert into recalls (rowid, said) values (?, ?)')
  database.exec('begin')
  for (const [i, recall] of engine.recalls.entries()) insert.run(i, saidOf(recall))
  database.exec('commit')
  const buildSeconds = (performance.now() - building) / 1000
  const find = database.prepare(`select rowid from recalls where recalls match ? order by rank limit ${BEST}`)
  const perSecond = perCpuSecond(listings, (listing) => {
    const words = askedWords(listing)
    if (words.length > 0) find.all(words.map((word) => `"${word}"`).join(' OR '))
  })
  database.close()
  return { perSecond, buildSeconds }
}

type FlexIndex = {
  add: (id: number, text: string) => unknown
  search: (query: string, options: { limit: number; suggest: boolean }) => unknown
}

/** FlexSearch, which an installation without development packages leaves out (decision 023). Any of the words, the best fourteen. */
export async function flexSearch(engine: Engine, listings: readonly ScreenedListing[]): Promise<Peer | null> {
  const name = 'flexsearch'
  const loaded = (await import(name).catch(() => null)) as { Index?: new (options: object) => FlexIndex; default?: { Index: new (options: object) => FlexIndex } } | null // prettier-ignore
  const Index = loaded?.Index ?? loaded?.default?.Index
  if (Index === undefined) return null
  const building = performance.now()
  const index = new Index({ tokenize: 'strict', resolution: 9 })
  for (const [i, recall] of engine.recalls.entries()) index.add(i, saidOf(recall))
  const buildSeconds = (performance.now() - building) / 1000
  return {
    perSecond: perCpuSecond(listings, (listing) => index.search(askedWords(listing).join(' '), { limit: BEST, suggest: true })),
    buildSeconds,
  }
}

/** PostgreSQL's trigrams: the best fourteen by word similarity with title and brand, by wall clock, for the work is the server's. */
export async function pgTrgm(engine: Engine, listings: readonly ScreenedListing[], database: Database): Promise<Peer> {
  const client = await database.pool.connect()
  try {
    const building = performance.now()
    await client.query('create extension pg_trgm; create table said (recall int, said text)')
    await copyInto(client, 'said', ['recall', 'said'], saidLines(engine))
    await client.query('create index on said using gin (said gin_trgm_ops); analyze said')
    const buildSeconds = (performance.now() - building) / 1000
    const started = performance.now()
    for (const listing of listings) {
      const asked = `${listing.title} ${listing.brand ?? ''}`
      await sql`select recall from said where ${asked} %> said or said %> ${asked} order by word_similarity(${asked}, said) desc limit ${BEST}`.execute(
        database.db,
      )
    }
    return { perSecond: (listings.length / (performance.now() - started)) * 1000, buildSeconds }
  } finally {
    client.release()
  }
}

function* saidLines(engine: Engine): Generator<[number, string]> {
  for (const [i, recall] of engine.recalls.entries()) yield [i, saidOf(recall).replaceAll('\u0000', '')]
}
