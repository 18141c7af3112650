/** A person corrects one field of a recall, and takes a correction back. Each makes the next revision, and owes what follows a revision. */
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { checkBounds, correctionFieldNamed, readValue, sameValue, valueOf } from './correction-fields.ts'
import { currentRecall } from './queries.ts'
import {
  appendCorrected,
  findCorrection,
  insertCorrection,
  insertWithdrawal,
  lastCorrectionNo,
  lockRevisions,
  standingCorrections,
  type CorrectionRow,
} from './queries-corrections.ts'
import { CORRECTION_FIELDS } from './recall.ts'
import { asRead, underCorrections } from './under-corrections.ts'

/** The job that does what follows a correction: screening, open campaigns, proposals. It carries nothing; what is owed is in the rows. */
export const FOLLOW_UP_JOB = 'recalls.follow-up'

/** Characters of a reason. */
export const CORRECTION_REASON_MAX = 4_000

export type CorrectionOrder = {
  recallId: string
  /** One of `CORRECTION_FIELDS`, as given. */
  field: string
  /** What holds instead, as given; null or an empty list where the agency does not state it. */
  value: unknown
  /** Why, for the record. */
  reason: string
  /** `officer:<user id>` or `cli`. */
  actor: string
  at: Date
}

/**
 * Corrects a field. The correction stands above every later document and reading until somebody withdraws it, or corrects the field again.
 * The same from the same person again is answered with the one that stands, unless the text has come to read otherwise: then it was looked
 * at anew. What is refused is refused before anything is written.
 */
export async function correctRecall(tx: Tx, enqueue: Enqueue, order: CorrectionOrder): Promise<Result<CorrectionRow>> {
  const { recallId, actor, at } = order
  const reason = readReason(order.reason)
  if (!reason.ok) return reason
  const field = correctionFieldNamed(order.field)
  if (field === null) {
    return fail('invalid', `${JSON.stringify(order.field)} is nothing to correct. Choose from ${CORRECTION_FIELDS.join(', ')}.`, 'field')
  }
  const value = readValue(field, order.value)
  if (!value.ok) return value

  await lockRevisions(tx.db)
  const current = await currentRecall(tx.db, recallId)
  if (current === null) return fail('not_found', `There is no recall ${recallId}.`)
  const standing = (await standingCorrections(tx.db, [recallId])).get(recallId) ?? []
  const earlier = standing.find((each) => each.field === field)
  const read = valueOf(asRead(current.recall), field)
  if (earlier !== undefined) {
    const known = (await findCorrection(tx.db, recallId, earlier.correctionNo))!
    const again = known.decidedBy === actor && known.reason === reason.value && sameValue(known.value, value.value)
    if (again && sameValue(known.readValue, read)) return ok(known)
  }
  if (sameValue(value.value, read)) {
    return fail(
      'conflict',
      earlier === undefined
        ? `${field}: this is what the recall says already.`
        : `${field}: this is what is read from the agency’s text. Withdraw correction ${earlier.correctionNo} instead.`,
      'value',
    )
  }
  const correctionNo = (await lastCorrectionNo(tx.db, recallId)) + 1
  const stands = underCorrections(current.recall, [
    ...standing.filter((each) => each !== earlier),
    { correctionNo, field, value: value.value },
  ])
  const sensible = checkBounds(stands, field)
  if (!sensible.ok) return sensible

  const revision = await appendCorrected(tx.db, stands, at)
  const said = { recallId, reason: reason.value, actor, at, revision }
  await insertCorrection(tx.db, { ...said, correctionNo, field, value: value.value, readValue: read })
  if (earlier !== undefined) {
    const replaced = `Replaced by correction ${correctionNo}.`
    await insertWithdrawal(tx.db, { ...said, correctionNo: earlier.correctionNo, reason: replaced })
  }
  const detail = { correction_no: correctionNo, field, value: value.value, read_value: read, reason: reason.value, revision }
  await audit(tx.db, { actor, action: 'recalls.corrected', subject: `recall:${recallId}`, detail, at })
  await enqueue(tx, FOLLOW_UP_JOB, {})
  return ok((await findCorrection(tx.db, recallId, correctionNo))!)
}

export type WithdrawalOrder = { recallId: string; correctionNo: number; reason: string; actor: string; at: Date }

/** Withdraws a correction that stands: what is read from the newest document holds again. The same from the same person again is once. */
export async function withdrawCorrection(tx: Tx, enqueue: Enqueue, order: WithdrawalOrder): Promise<Result<CorrectionRow>> {
  const { recallId, correctionNo, actor, at } = order
  const reason = readReason(order.reason)
  if (!reason.ok) return reason

  await lockRevisions(tx.db)
  const known = await findCorrection(tx.db, recallId, correctionNo)
  if (known === null) return fail('not_found', `There is no correction ${correctionNo} of a recall ${recallId}.`)
  if (known.withdrawnAt !== null) {
    if (known.withdrawnBy === actor && known.withdrawnReason === reason.value) return ok(known)
    return fail('conflict', `This correction does not stand any more, since ${known.withdrawnAt.toISOString()}. ${known.withdrawnReason}`)
  }
  const current = (await currentRecall(tx.db, recallId))!
  const standing = (await standingCorrections(tx.db, [recallId])).get(recallId) ?? []
  const left = standing.filter((each) => each.correctionNo !== correctionNo)
  const revision = await appendCorrected(tx.db, underCorrections(current.recall, left), at)
  await insertWithdrawal(tx.db, { recallId, correctionNo, reason: reason.value, actor, at, revision })
  const detail = { correction_no: correctionNo, field: known.field, reason: reason.value, revision }
  await audit(tx.db, { actor, action: 'recalls.correction-withdrawn', subject: `recall:${recallId}`, detail, at })
  await enqueue(tx, FOLLOW_UP_JOB, {})
  return ok((await findCorrection(tx.db, recallId, correctionNo))!)
}

function readReason(given: string): Result<string> {
  const reason = given.trim()
  if (reason === '') return fail('invalid', 'Say why. It is kept for the record.', 'reason')
  if (reason.length > CORRECTION_REASON_MAX) return fail('invalid', `Say why in at most ${CORRECTION_REASON_MAX} characters.`, 'reason')
  if (reason.includes('\0') || !reason.isWellFormed()) {
    return fail('invalid', 'The reason holds a character that no text here can hold.', 'reason')
  }
  return ok(reason)
}
