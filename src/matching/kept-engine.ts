/** The engine over all current recalls of a database, kept in memory as long as the process lives. */
import type { Database } from '../platform/db.ts'
import { newestRevisionNo, recallsForScreening, recallsRevisedAfter, type CurrentRecall, type Recall } from '../recalls/index.ts'
import { buildEngine, type Engine } from './engine.ts'
import type { SeverityThresholds } from './thresholds.ts'
import { rulesMark } from './rules-mark.ts'
import { matchingSettings } from './settings.ts'

export type Kept = {
  /** The number of the newest revision it knows. */
  version: number
  /** The number of the newest settings it answers by. */
  settingNo: number
  engine: Engine
  /** The revision of every recall in it. */
  revisions: ReadonlyMap<string, number>
  rules: string
}

const kept = new WeakMap<Database, Promise<Kept>>()

/** The engine as of now: it knows every revision that was recorded when this was called. */
export function engineOf(database: Database): Promise<Kept> {
  const before = kept.get(database)?.catch(() => null) ?? Promise.resolve(null)
  const now = before.then((known) => upToDate(database, known))
  kept.set(database, now)
  return now
}

/** The engine as of a revision and a setting that somebody has just looked up: without another look where it is at these already. */
export async function engineAsOf(database: Database, version: number, settingNo: number): Promise<Kept> {
  const known = await kept.get(database)?.catch(() => null)
  return known?.version === version && known.settingNo === settingNo ? known : engineOf(database)
}

async function upToDate(database: Database, known: Kept | null): Promise<Kept> {
  const [version, settings] = await Promise.all([newestRevisionNo(database.db), matchingSettings(database.db)])
  // A database put back to an earlier state knows less than the engine.
  if (known === null || version < known.version || settings.settingNo !== known.settingNo) return build(database, version, settings)
  if (known.version === version) return known
  const { revisions, recalls } = await take(recallsRevisedAfter(database.db, known.version), known.revisions)
  known.engine.addRecalls(recalls)
  return { ...known, version, revisions }
}

async function build(
  database: Database,
  version: number,
  { settingNo, thresholds }: Pick<Kept, 'settingNo'> & { thresholds: SeverityThresholds },
): Promise<Kept> {
  const { recalls, revisions } = await take(recallsForScreening(database.db), new Map())
  const engine = buildEngine(recalls, { thresholds })
  return { version, settingNo, engine, revisions, rules: rulesMark(engine.settings) }
}

async function take(
  current: AsyncIterable<CurrentRecall>,
  before: ReadonlyMap<string, number>,
): Promise<{ recalls: Recall[]; revisions: ReadonlyMap<string, number> }> {
  const recalls: Recall[] = []
  const revisions = new Map(before)
  for await (const { recall, recallId, revision } of current) {
    recalls.push(recall)
    revisions.set(recallId, revision)
  }
  return { recalls, revisions }
}
