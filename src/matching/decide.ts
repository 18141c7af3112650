/** A person's or a rule's ruling on a match: appended, never rewritten; the latest one holds. */
import type { Answer } from '../recalls/index.ts'
import type { Tx } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { appendDecision, lockForDecision } from './queries.ts'

export type Ruling = {
  listingId: string
  recallId: string
  ruling: Answer
  /** `officer:<user id>` or `rule:<name>`. */
  actor: string
  at: Date
  /** Why, in words that the seller concerned may read. */
  reason: string
}

/** Characters of a decision's reason. */
export const REASON_LENGTH_MAX = 4_000

/**
 * Appends a ruling in the caller's transaction and returns its number, from 1. The same actor saying the same again is answered with the
 * number it has: a double click decides once. A pair that screening missed may be ruled on too.
 */
export async function decide(tx: Tx, ruling: Ruling): Promise<Result<{ decisionNo: number }>> {
  const reason = ruling.reason.trim()
  if (reason === '') return fail('invalid', 'Say why: the seller concerned can read it.', 'reason')
  if (reason.length > REASON_LENGTH_MAX) return fail('invalid', `Say why in at most ${REASON_LENGTH_MAX} characters.`, 'reason')
  if (ruling.actor === '') return fail('invalid', 'A decision needs who decided.', 'actor')
  const last = await lockForDecision(tx.db, ruling.listingId, ruling.recallId, ruling.at)
  if (last === undefined) return fail('not_found', `There is no listing ${ruling.listingId} or no recall ${ruling.recallId}.`)
  if (last !== null && last.ruling === ruling.ruling && last.decidedBy === ruling.actor && last.reason === reason)
    return ok({ decisionNo: last.decisionNo })
  const decisionNo = (last?.decisionNo ?? 0) + 1
  await appendDecision(tx.db, { ...ruling, reason, decisionNo })
  return ok({ decisionNo })
}
