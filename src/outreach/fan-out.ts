/** From a campaign's decision to rows that say whom to tell: what opening a campaign calls, in its transaction. */
import type { Tx } from '../platform/db.ts'
import { COUNTRIES_OF, type Recall } from '../recalls/index.ts'
import type { NoticeBrief } from './brief.ts'
import {
  countAffectedLines,
  countNotices,
  growNotices,
  insertAffectedLines,
  insertBrief,
  insertNextBrief,
  insertNotices,
  insertWave,
  lastWave,
  lockFanOut,
  raisePossibleLines,
  selectAudiences,
  type LineCounts,
  type LinesWanted,
} from './queries.ts'
import { selectPlaybook } from './queries-playbook.ts'
import { moveUntold, renewUntold } from './queries-briefs.ts'
import { outdateBlocks } from './queries-wave.ts'
import { recheckCleared } from './self-check.ts'

export type BriefToWrite = { campaignId: string; recallId: string; brief: NoticeBrief; at: Date }

/**
 * Keeps what the notices of a campaign say: its own brief, or, with `own: false`, that for the buyers of another jurisdiction. Written once: a
 * second brief for the same jurisdiction changes nothing.
 */
export async function writeBrief(tx: Tx, brief: BriefToWrite & { own?: boolean }): Promise<void> {
  await insertBrief(tx.db, { own: true, ...brief })
}

/**
 * A brief for the buyers of one more jurisdiction, after the campaign was opened. Whoever of them was not told anything yet is told by it; whom
 * something was sent keeps what they were told. Returns how many notices changed hands. Waits for blocks that are being written as in flight.
 */
export async function addBrief(tx: Tx, brief: BriefToWrite): Promise<{ moved: number }> {
  await lockFanOut(tx.db, brief.campaignId)
  await outdateBlocks(tx.db, brief.campaignId)
  if (!(await insertBrief(tx.db, { ...brief, own: false }))) return { moved: 0 }
  const { jurisdiction } = brief.brief
  return { moved: await moveUntold(tx.db, { ...brief, jurisdiction, countries: COUNTRIES_OF[jurisdiction] }) }
}

/**
 * Writes the campaign's own brief anew with what the agency says now; remedies and proof stay as they are offered. Whoever was not told anything yet
 * is told by it, as are buyers who come later and those who get more units; all others keep the brief they were told by. Null where the campaign has
 * no brief of its own.
 */
export async function reviseBrief(
  tx: Tx,
  revised: { campaignId: string; recall: Recall; at: Date },
): Promise<{ briefNo: number; moved: number } | null> {
  await lockFanOut(tx.db, revised.campaignId)
  await outdateBlocks(tx.db, revised.campaignId)
  const written = await insertNextBrief(tx.db, revised)
  if (written === null) return null
  await recheckCleared(tx, { ...written, campaignId: revised.campaignId, scope: revised.recall.scope, at: revised.at })
  return { briefNo: written.briefNo, moved: await renewUntold(tx.db, { campaignId: revised.campaignId, ...written }) }
}

/**
 * Finds the order lines in scope, each by the scope of its buyer's own brief: shipped ones of these listings that were sold inside the window and not taken back before they shipped.
 * Returns the campaign's totals, so that asking twice answers the same.
 */
export async function findAffectedLines(tx: Tx, wanted: LinesWanted): Promise<LineCounts> {
  await lockFanOut(tx.db, wanted.campaignId)
  const judged = { ...wanted, audiences: await selectAudiences(tx.db, wanted.campaignId) }
  const before = await countAffectedLines(tx.db, wanted.campaignId)
  if (before.possibleUnits > 0) await raisePossibleLines(tx.db, judged)
  await insertAffectedLines(tx.db, judged)
  return countAffectedLines(tx.db, wanted.campaignId)
}

/** Makes one notice per buyer however many lines they have. Returns how many the campaign has. */
export async function makeNotices(tx: Tx, made: { campaignId: string; at: Date }): Promise<{ notices: number }> {
  await lockFanOut(tx.db, made.campaignId)
  const before = await countNotices(tx.db, made.campaignId)
  if (before > 0) await growNotices(tx.db, made.campaignId, made.at)
  await insertNotices(tx.db, made.campaignId, made.at)
  return { notices: await countNotices(tx.db, made.campaignId) }
}

/**
 * Starts a wave for everybody who became pending since the last one, and returns it. Where nobody did, it returns the last wave as it is;
 * `wave` is 0 where the campaign has no notices at all. Where the playbook begins with another channel than e-mail, none is opened here: `advance`
 * knows which channels are connected, and starts the first of them.
 */
export async function startWave(
  tx: Tx,
  wave: { campaignId: string; channel: 'email'; actor: string; at: Date },
): Promise<{ wave: number; buckets: number }> {
  if ((await selectPlaybook(tx.db, wave.campaignId)).channels[0] === 'email') await insertWave(tx.db, wave)
  return lastWave(tx.db, wave.campaignId)
}
