/** The engine over all current recalls of a database, kept in memory as long as the process lives. */
import type { Database } from '../platform/db.ts'
import { newestRevisionNo, recallsForScreening, type Recall } from '../recalls/index.ts'
import { buildEngine, type Engine } from './engine.ts'
import { rulesMark } from './rules-mark.ts'

export type Kept = {
  /** The number of the newest revision it knows. */
  version: number
  engine: Engine
  /** The revision of every recall in it. */
  revisions: ReadonlyMap<string, number>
  rules: string
}

const kept = new WeakMap<Database, Promise<Kept>>()

/** The engine as of now: it knows every revision that was recorded when this was called. */
export async function engineOf(database: Database): Promise<Kept> {
  const version = await newestRevisionNo(database.db)
  const known = kept.get(database)
  if (known !== undefined && (await known.catch(() => null))?.version === version) return known
  const building = buildFrom(database, version)
  kept.set(database, building)
  return building
}

async function buildFrom(database: Database, version: number): Promise<Kept> {
  const recalls: Recall[] = []
  const revisions = new Map<string, number>()
  for await (const current of recallsForScreening(database.db)) {
    recalls.push(current.recall)
    revisions.set(current.recallId, current.revision)
  }
  const engine = buildEngine(recalls)
  return { version, engine, revisions, rules: rulesMark(engine.settings) }
}
