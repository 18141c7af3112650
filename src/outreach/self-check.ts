/** Somebody tells the numbers on their product: the line becomes affected, is cleared, or stays open. */
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import type { Answer, LineScope } from '../recalls/index.ts'
import { acknowledge } from './acknowledge.ts'
import { insertSeen } from './queries-pages.ts'
import {
  clearedLines,
  insertLineCheck,
  lastBriefOf,
  linesToCheck,
  lockNotice,
  raiseLine,
  tellAgain,
  type ClearedLine,
  type LineKey,
} from './queries-self-check.ts'
import { checkAnswer, type StatedCodes } from './self-check-rules.ts'

/** Checks of one line in all: whoever needs more does not read a number off a product. */
const CHECKS_MAX = 40

/** `answer`: what follows for the line. `told`: what is true of the piece in the hand of whoever asked. */
export type Checked = { answer: Answer; told: Answer }

/**
 * Judges the numbers by what the agency says now, writes down who said what and what follows, and tells the answer.
 *  - `affected`: the line and its notice are affected from now on. That cannot be taken back by another number.
 *  - `no`: the line is cleared. When none of the buyer's lines is left open, the buyer has answered the notice.
 *  - `possibly`: everything stays as it was.
 * Problems: no such line, one that is affected already, no number, too many checks.
 */
export async function checkLine(tx: Tx, asked: LineKey & { stated: StatedCodes; receiver: boolean; at: Date }): Promise<Result<Checked>> {
  const { stated, receiver, at, ...line } = asked
  const actor = `${receiver ? 'receiver' : 'buyer'}:${line.buyerId}`
  if (stated.lots.length + stated.serials.length === 0) return fail('invalid', 'Write the number that stands on your product.', 'lots')
  await lockNotice(tx.db, line)
  const lines = await linesToCheck(tx.db, line)
  const found = lines.find((each) => each.orderId === line.orderId && each.lineNo === line.lineNo)
  const last = await lastBriefOf(tx.db, line)
  if (found === undefined || last === null) return fail('not_found', 'This notice has no such product.', 'line')
  if (found.standing === 'affected') return ok({ answer: 'affected', told: 'affected' })
  if (found.checks >= CHECKS_MAX) return fail('conflict', 'This product was checked too often. Write to us, and send a photo.', 'line')

  const { scope } = last.brief.recall
  // A receiver knows their own piece: it clears a line only where the buyer has no other piece of it or of another line.
  const answer = checkAnswer(scope, receiver && lines.length > 1 ? { ...found, units: lines.length + found.units } : found, stated)
  await insertLineCheck(tx.db, { ...line, at, actor, stated, briefNo: last.briefNo, answer })
  const subject = `line:${line.campaignId}:${line.orderId}/${line.lineNo}`
  await audit(tx.db, { actor, action: 'outreach.line_checked', subject, detail: { answer, ...stated, brief_no: last.briefNo }, at })
  if (answer === 'affected') await raiseLine(tx.db, line)
  const open = lines.some((each) => (each === found ? answer !== 'no' : each.standing !== 'cleared'))
  // Whoever checks has the notice before their eyes. It is answered only when nothing is left to do about it.
  if (open) await insertSeen(tx.db, { buyerId: line.buyerId, campaignIds: [line.campaignId], at })
  else await acknowledge(tx, { buyerId: line.buyerId, campaignId: line.campaignId, how: 'self_check', at })
  return ok({ answer, told: receiver ? checkAnswer(scope, { ...found, units: 1 }, stated) : answer })
}

/** Lines of one page of `recheckCleared`. */
const RECHECKED_AT_ONCE = 1_000
/** Why a notice is pending again. */
const NUMBERS_ADDED = 'the agency added numbers to the recall, and the buyer’s may be among them'

/**
 * Judges what was cleared by a brief's newer scope: a number that came into the recall is open or affected again, and its buyer is to be told. Called
 * when a campaign takes over what the agency says now, in that transaction. Returns how many lines are no longer cleared.
 */
export async function recheckCleared(
  tx: Tx,
  revised: { campaignId: string; jurisdiction: string; briefNo: number; scope: LineScope; at: Date },
): Promise<{ reopened: number }> {
  const { campaignId, briefNo, scope, at } = revised
  let reopened = 0
  for (let after: ClearedLine | null = null; ;) {
    const page: ClearedLine[] = await clearedLines(tx.db, revised, after, RECHECKED_AT_ONCE)
    const again: string[] = []
    for (const { buyerId, orderId, lineNo, stated, ...found } of page) {
      const answer = checkAnswer(scope, found, stated)
      if (answer === 'no') continue
      const line = { buyerId, campaignId, orderId, lineNo }
      await insertLineCheck(tx.db, { ...line, at, actor: 'rule:revised-recall', stated, briefNo, answer })
      if (answer === 'affected') await raiseLine(tx.db, line)
      again.push(buyerId)
    }
    if (again.length > 0) await tellAgain(tx.db, { campaignId, buyerIds: again, briefNo, reason: NUMBERS_ADDED, at })
    reopened += again.length
    if (page.length < RECHECKED_AT_ONCE) return { reopened }
    after = page.at(-1)!
  }
}
