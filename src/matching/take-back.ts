/** Taking a ruling back: a new row that restores what stood before it, or leaves none standing. Nothing is rewritten. */
import type { Tx } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import type { Answer } from '../recalls/index.ts'
import { appendDecision, lockForDecision } from './queries.ts'
import { rulingBefore } from './queries-decisions.ts'
import { REASON_LENGTH_MAX } from './decide.ts'

export type TakeBack = {
  listingId: string
  recallId: string
  /** The number of the ruling to take back: it must be the latest one. */
  decisionNo: number
  /** Who ruled, and now takes it back. */
  actor: string
  at: Date
  reason: string
}

/** `restored` is what stands again; null where nobody had ruled before. */
export type TakenBack = { decisionNo: number; restored: Answer | null }

/** How long one's own ruling can be taken back. Later, a new ruling says what was learnt since. */
export const TAKE_BACK_MINUTES = 15

/**
 * Takes the latest ruling back in the caller's transaction. Refused where someone ruled after it, where it is another person's (their ruling
 * is answered by a ruling), or where it has stood for longer than a slip stands.
 */
export async function takeBack(tx: Tx, asked: TakeBack): Promise<Result<TakenBack>> {
  const { listingId, recallId, decisionNo, actor, at } = asked
  const reason = asked.reason.trim()
  if (reason === '') return fail('invalid', 'Say why you take the ruling back.', 'reason')
  if (reason.length > REASON_LENGTH_MAX) return fail('invalid', `Say why in at most ${REASON_LENGTH_MAX} characters.`, 'reason')
  const last = await lockForDecision(tx.db, listingId, recallId, at)
  if (last === undefined || last === null || decisionNo > last.decisionNo)
    return fail('not_found', 'There is no such ruling on this match.', 'decision_no')
  if (last.decisionNo !== decisionNo) return fail('conflict', 'Someone ruled on this match after you. Look at it again, then rule anew.', 'decision_no') // prettier-ignore
  if (last.decidedBy !== actor) return fail('conflict', 'This ruling is another person’s. Rule anew and say why.', 'decision_no')
  if (at.getTime() - last.decidedAt.getTime() > TAKE_BACK_MINUTES * 60_000)
    return fail('conflict', `This ruling has stood for more than ${TAKE_BACK_MINUTES} minutes. Rule anew and say what you learnt since.`, 'decision_no') // prettier-ignore
  const before = await rulingBefore(tx.db, listingId, recallId, decisionNo)
  await appendDecision(tx.db, { listingId, recallId, decisionNo: decisionNo + 1, ruling: before ?? 'withdrawn', actor, at, reason, undoes: decisionNo }) // prettier-ignore
  return ok({ decisionNo: decisionNo + 1, restored: before })
}
