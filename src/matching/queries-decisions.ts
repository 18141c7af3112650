/** SQL on single rulings and single listings. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Answer } from '../recalls/index.ts'
import type { Reason } from './reasons.ts'
import type { Tier } from './score.ts'

/** What stood before a ruling was made; null where nothing did. */
export async function rulingBefore(db: Db, listingId: string, recallId: string, decisionNo: number): Promise<Answer | null> {
  // The primary key (listing_id, recall_id, decision_no). Numbers run without gaps.
  const { rows } = await sql<{ ruling: Answer | 'withdrawn' }>`
    select ruling from matching.decisions
     where listing_id = ${listingId} and recall_id = ${recallId} and decision_no = ${decisionNo - 1}`.execute(db)
  const ruling = rows[0]?.ruling ?? 'withdrawn'
  return ruling === 'withdrawn' ? null : ruling
}

/** A match as whoever told us of the listing is answered. */
export type ListingMatch = {
  recallId: string
  /** The ruling where one stands, else the engine's. */
  answer: Answer
  engineAnswer: Answer
  ruling: Answer | null
  tier: Tier
  weight: number
  reasons: Reason[]
}

/** Everything worth a look about a listing, with the rulings on it, heaviest first. The primary key of matches serves it. */
export async function matchesOfListing(db: Db, listingId: string): Promise<ListingMatch[]> {
  const { rows } = await sql<ListingMatch>`
    select recall_id as "recallId", answer, engine_answer as "engineAnswer", ruling, tier, weight, reasons
      from matching.matches_view
     where listing_id = ${listingId}
     order by weight desc, recall_id`.execute(db)
  return rows
}

/** Whether any listing is new, or changed since it was screened. */
export async function screeningOwed(db: Db): Promise<boolean> {
  // Where nothing is owed both keys are read to their ends: half a second for a million listings.
  const { rows } = await sql<{
    owed: boolean
  }>`select exists (select from matching.gates_view where gate = 'not_screened_yet') as owed`.execute(db)
  return rows[0]!.owed
}
