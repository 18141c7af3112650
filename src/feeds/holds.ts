/** A person's decision on a dump of unusual size that was held: take it in as it was received, or refuse it. */
import { audit } from '../platform/audit.ts'
import { transaction, type Database } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import type { Agency } from '../recalls/index.ts'
import { FEEDS } from './agencies.ts'
import type { Bodies } from './bodies.ts'
import type { AgencyFeed } from './contract.ts'
import { importFeedFiles, type ImportReport } from './import.ts'
import { decideHold, openHolds, type Hold } from './queries-holds.ts'
import { bodiesOf, cursorOf, markCommitted, moveCursor, withSourceLock } from './queries-pulls.ts'
import { SOURCES, type Source } from './sources.ts'

export type HoldDeps = {
  database: Database
  bodies: Bodies
  sources?: readonly Source[]
  feeds?: Readonly<Record<Agency, AgencyFeed>>
}

export type HoldRuling = { ruling: 'release' | 'refuse'; actor: string; reason: string; at: Date }

export type DecidedHold = { source: string; items: number; usualItems: number; report: ImportReport | null }

/** Characters that a reason may have. */
export const HOLD_REASON_LENGTH_MAX = 500

/**
 * Decides on every dump of an agency that is held. Released, it is taken in from the bytes that were kept, and its size is usual from then
 * on; refused, nothing of it is ever taken in, and the same content is not held again.
 */
export async function decideHolds(deps: HoldDeps, agency: Agency, ruling: HoldRuling): Promise<Result<DecidedHold[]>> {
  if (ruling.reason.trim() === '' || ruling.reason.length > HOLD_REASON_LENGTH_MAX) {
    return fail('invalid', `Say why, in at most ${HOLD_REASON_LENGTH_MAX} characters.`, 'reason')
  }
  const names = (deps.sources ?? SOURCES).filter((source) => source.agency === agency).map((source) => source.name)
  const decided: DecidedHold[] = []
  for (const name of names) {
    const one = await withSourceLock(deps.database, name, () => decideSource(deps, name, ruling))
    if (one === null) return fail('conflict', `${name} is being pulled at this moment. Try again when that is done.`)
    if (!one.ok) return one
    decided.push(...one.value)
  }
  return decided.length === 0 ? fail('not_found', `No dump of ${agency} is held.`) : ok(decided)
}

async function decideSource(deps: HoldDeps, source: string, ruling: HoldRuling): Promise<Result<DecidedHold[]>> {
  const decided: DecidedHold[] = []
  for (const hold of await openHolds(deps.database.db, [source])) {
    const report = ruling.ruling === 'release' ? await takeIn(deps, hold, ruling.at) : null
    if (report?.broken === true) {
      const why = report.problems.at(-1)?.problem ?? 'it is broken'
      return fail('unavailable', `The held dump of ${source} cannot be read any more (${why}). Refuse it; the next pull asks for it again.`)
    }
    await transaction(deps.database, async (tx) => {
      const { actor, reason, at } = ruling
      const decision = ruling.ruling === 'release' ? 'released' : 'refused'
      if (!(await decideHold(tx.db, hold.holdId, { decision, actor, reason, at }))) return
      if (report !== null) await moveTo(tx.db, hold, at)
      const detail = { source, items: hold.items, usual_items: hold.usualItems, reason }
      await audit(tx.db, { actor, action: `feeds.dump_${decision}`, subject: `feed:${hold.agency}`, detail, at })
    })
    decided.push({ source, items: hold.items, usualItems: hold.usualItems, report })
  }
  return ok(decided)
}

async function takeIn(deps: HoldDeps, hold: Hold, at: Date): Promise<ImportReport> {
  const filePaths = (await bodiesOf(deps.database.db, hold.pullId)).map((body) => deps.bodies.pathOf(body.sha256))
  const feed = (deps.feeds ?? FEEDS)[hold.agency]
  return await importFeedFiles(deps.database, { agency: hold.agency, feed, source: hold.source, filePaths }, { at })
}

/** Without the validators of that answer: the next pull asks for the whole, and finds it unchanged or changed by its content. */
async function moveTo(db: Database['db'], hold: Hold, at: Date): Promise<void> {
  const cursor = await cursorOf(db, hold.source)
  const moved = {
    ...cursor,
    etag: null,
    lastModified: null,
    unpackedSha256: hold.unpackedSha256,
    fullAt: hold.heldAt,
    fullItems: hold.items,
  }
  await moveCursor(db, hold.source, moved, hold.pullId, at)
  await markCommitted(db, hold.pullId, at)
}
