/** A buyer sends a photograph: it is drawn anew, kept, judged by the rule, and where the rule accepts it the refund is asked. */
import { transaction, type Database, type Tx } from '../platform/db.ts'
import type { Files } from '../platform/files.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { askRefund } from './ask-refund.ts'
import { acceptPhotograph, PHOTO_FIELD, PHOTOGRAPH_RULE, PHOTOS_PER_CASE_MAX } from './photograph.ts'
import { readPicture, type Picture } from './picture.ts'
import { appendEvent, caseLinesOf, findCase, insertProof, proofsOf, sentByAnother, takeCase, type CaseOf } from './queries.ts'
import type { CaseState } from './refund-rules.ts'

export type SubmitProofDeps = { database: Database; files: Files; enqueue: Enqueue }

/** `state` is where the case stands now; `kept` is false when the case needed no photograph any more. */
export type SubmittedProof = { state: CaseState; kept: boolean }

/**
 * Takes a photograph for a case. A case that is past its proof takes no more and says where it stands, so that a form sent twice is no error.
 * Problems: no case, a file that is too large or no picture, too many photographs, or the rule's refusal, which is recorded with its reason.
 */
export async function submitProof(deps: SubmitProofDeps, sent: CaseOf & { bytes: Uint8Array; at: Date }): Promise<Result<SubmittedProof>> {
  const standing = await findCase(deps.database.db, sent)
  if (standing === null) return noCase()
  if (standing.state !== 'awaiting_proof') return ok({ state: standing.state, kept: false })
  const picture = await readPicture(sent.bytes)
  if (!picture.ok) return picture
  // The file is on disk before a row names it. A file that no row names is the harmless half of a crash.
  const fileSha256 = await deps.files.put(picture.value.bytes)
  return await transaction(deps.database, (tx) => judge(tx, sent, { ...picture.value, fileSha256 }, deps.enqueue))
}

/** Keeps the photograph, lets the rule judge it and does what follows, while the case is taken. */
async function judge(
  tx: Tx,
  sent: CaseOf & { at: Date },
  photo: Picture & { fileSha256: Buffer },
  enqueue: Enqueue,
): Promise<Result<SubmittedProof>> {
  const of = { buyerId: sent.buyerId, campaignId: sent.campaignId }
  const taken = await takeCase(tx.db, of)
  if (taken === null) return noCase()
  if (taken.state !== 'awaiting_proof') return ok({ state: taken.state, kept: false })
  const proofs = await proofsOf(tx.db, of, photo.fileSha256)
  if (!proofs.known && proofs.kept >= PHOTOS_PER_CASE_MAX) return tooMany()

  const judged = acceptPhotograph({ ...photo, sentByAnother: await sentByAnother(tx.db, of, photo.fileSha256) })
  const file = { file_sha256: photo.fileSha256.toString('hex') }
  if (!proofs.known) await keep(tx, of, photo, sent.at)
  if (!judged.ok) {
    const refusal = {
      kind: 'proof_refused',
      actor: PHOTOGRAPH_RULE,
      at: sent.at,
      detail: { ...file, reasons: [judged.problem.message] },
    } as const
    if (!proofs.known) await appendEvent(tx.db, of, refusal)
    return judged
  }
  await appendEvent(tx.db, of, {
    kind: 'proof_accepted',
    actor: PHOTOGRAPH_RULE,
    at: sent.at,
    detail: { ...file, reasons: judged.value.reasons },
  })
  const lines = await caseLinesOf(tx.db, of)
  await askRefund(tx, { ...of, caseId: taken.caseId, lines, actor: PHOTOGRAPH_RULE, at: sent.at }, enqueue)
  return ok({ state: 'refund_asked', kept: true })
}

async function keep(tx: Tx, of: CaseOf, photo: Picture & { fileSha256: Buffer }, at: Date): Promise<void> {
  const { fileSha256, mediaType, width, height } = photo
  await insertProof(tx.db, of, { fileSha256, mediaType, bytes: photo.bytes.byteLength, width, height, at })
  const detail = { file_sha256: fileSha256.toString('hex'), media_type: mediaType }
  await appendEvent(tx.db, of, { kind: 'proof_received', actor: `buyer:${of.buyerId}`, at, detail })
}

function noCase(): Result<never> {
  return fail('not_found', 'Please ask for your refund first.')
}

function tooMany(): Result<never> {
  const hint = 'Please answer the e-mail about this recall instead'
  return fail('conflict', `${PHOTO_FIELD}: you have sent ${PHOTOS_PER_CASE_MAX} photos already. ${hint}`, PHOTO_FIELD)
}
