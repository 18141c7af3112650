/** A person rules whether two recalls are the same one. */
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { recordLinkDecision, type LinkDecision } from './queries-links.ts'

/** Fails with `not_found` where the pair was never proposed. The last ruling of a pair holds. */
export async function decideLink(tx: Tx, decision: LinkDecision): Promise<Result<LinkDecision>> {
  const { actor, reason, at, ruling } = decision
  if (reason.trim() === '') return fail('invalid', 'Say why.', 'reason')
  if (!(await recordLinkDecision(tx.db, decision))) return fail('not_found', 'These two recalls are not proposed to be the same.')
  const subject = [decision.recallId, decision.otherId].toSorted().join(' ')
  await audit(tx.db, { actor, action: 'recalls.link-decided', subject, detail: { ruling, reason }, at })
  return ok(decision)
}
