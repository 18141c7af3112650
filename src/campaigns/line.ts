/**
 * The straight line of a campaign: stop, hold, take back, find, tell. Each step is one call into the room that does it, written to the
 * timeline with its counts. Every step can be run again for the same listings and then does only what is missing.
 */
import { findAffectedLines, makeNotices, startWave } from '../outreach/index.ts'
import { holdStock, interceptOpenOrders, stopListings, stopStatement, type NewStop } from '../supply/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Enqueue } from '../platform/jobs.ts'
import type { Recall, Scope } from '../recalls/index.ts'
import { insertStep, stepSums, waveStepExists, type AffectedListing, type Counts, type Step } from './queries.ts'

/** For what, by whom, when. `opening` writes every step to the timeline; later walks only write those that did something. */
export type LineOf = { campaignId: string; recall: Recall; scope: Scope; actor: string; at: Date; opening: boolean }

/** What a walk of the line did: everything at the opening, what was added at an extension. In units of the product, lines, people. */
export type CampaignCounts = {
  listingsStopped: number
  heldUnits: number
  interceptedLines: number
  interceptedUnits: number
  affectedLines: number
  affectedUnits: number
  possibleUnits: number
  buyers: number
  notices: number
}

export const SEND_WAVE_JOB = 'outreach.send-wave'

/** Stops `toStop`, and walks the whole line for them and for `stopped`, listings that the campaign stopped before. */
export async function walkLine(
  tx: Tx,
  enqueue: Enqueue,
  line: LineOf,
  listings: { toStop: readonly AffectedListing[]; stopped: readonly string[] },
): Promise<CampaignCounts> {
  const listingIds = [...listings.toStop.map((listing) => listing.listingId), ...listings.stopped]
  const stopped = await takeStep(tx, line, 'listings_stopped', stopListings(tx, { ...line, stops: stopsFor(line.recall, listings.toStop) }))
  const held = await takeStep(tx, line, 'stock_held', holdStock(tx, { ...line, listingIds }))
  const intercepted = await takeStep(tx, line, 'orders_intercepted', interceptOpenOrders(tx, { ...line, listingIds }))
  const found = await takeStep(tx, line, 'lines_found', newLines(tx, line, listingIds))
  const { notices } = await takeStep(tx, line, 'notices_made', newNotices(tx, line))
  await tellBuyers(tx, enqueue, line)
  return {
    listingsStopped: stopped.listings,
    heldUnits: held.units,
    interceptedLines: intercepted.lines,
    interceptedUnits: intercepted.units,
    affectedLines: found.lines,
    affectedUnits: found.affected_units,
    possibleUnits: found.possible_units,
    buyers: found.buyers,
    notices,
  }
}

/** The statement of reasons of each stop, from the match's own reasons and the ruling on it. */
function stopsFor(recall: Recall, listings: readonly AffectedListing[]): NewStop[] {
  return listings.map(({ listingId, title, reasons, decidedBy, decisionReason, recall: namedBy }) => {
    const ruling =
      decisionReason === null || decidedBy === null ? null : { reason: decisionReason, byPerson: !decidedBy.startsWith('rule:') }
    const told = reasons.map(({ field, text, weight }) => ({ field, text, weight }))
    return { listingId, statement: stopStatement({ recall: namedBy ?? recall, listing: { listingId, title }, reasons: told, ruling }) }
  })
}

/** The order lines that this walk found; outreach counts the campaign's lines as a whole. */
async function newLines(tx: Tx, line: LineOf, listingIds: readonly string[]) {
  const listings = listingIds.map((listingId) => ({ listingId, answer: 'affected' as const }))
  const all = await findAffectedLines(tx, { campaignId: line.campaignId, scope: line.scope, listings, at: line.at })
  const before = await stepSums(tx.db, line.campaignId, 'lines_found')
  return {
    lines: all.lines - (before['lines'] ?? 0),
    affected_units: all.affectedUnits - (before['affected_units'] ?? 0),
    possible_units: all.possibleUnits - (before['possible_units'] ?? 0),
    buyers: all.buyers - (before['buyers'] ?? 0),
  }
}

async function newNotices(tx: Tx, line: LineOf) {
  const all = await makeNotices(tx, line)
  const before = await stepSums(tx.db, line.campaignId, 'notices_made')
  return { notices: all.notices - (before['notices'] ?? 0) }
}

/** Starts a wave for those who have something new to hear, and asks for its sending. Nobody new, no wave. */
async function tellBuyers(tx: Tx, enqueue: Enqueue, line: LineOf): Promise<void> {
  const { wave, buckets } = await startWave(tx, { ...line, channel: 'email' })
  if (wave === 0 || (await waveStepExists(tx.db, line.campaignId, 'wave_started', wave))) return
  await insertStep(tx.db, { ...line, step: 'wave_started', counts: { wave, buckets } })
  await enqueue(tx, SEND_WAVE_JOB, { campaignId: line.campaignId, wave })
}

async function takeStep<C extends Counts>(tx: Tx, line: LineOf, step: Step, doing: Promise<C>): Promise<C> {
  const counts = await doing
  if (line.opening || Object.values(counts).some((count) => count !== 0)) await insertStep(tx.db, { ...line, step, counts })
  return counts
}
