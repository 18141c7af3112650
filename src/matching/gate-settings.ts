/** Whether listings in question are sold while a person looks, by the severity of the recall: a setting with who, when and why. */
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { SEVERITIES, type Severity } from '../recalls/index.ts'
import { appendGateSetting } from './queries-gates.ts'

/** In the caller's transaction. It holds for every listing from the commit on. `changed` is false where it was so already. */
export async function setGate(
  tx: Tx,
  wanted: { severity: string; waits: boolean; actor: string; at: Date; reason: string },
): Promise<Result<{ changed: boolean }>> {
  const { severity, waits, actor, at } = wanted
  const reason = wanted.reason.trim()
  if (!SEVERITIES.includes(severity as Severity)) return fail('invalid', `Severities are ${SEVERITIES.join(', ')}.`, 'severity')
  if (reason === '') return fail('invalid', 'Say why.', 'reason')
  const changed = await appendGateSetting(tx.db, { severity: severity as Severity, waits, setBy: actor, setAt: at, reason })
  if (changed) await audit(tx.db, { actor, action: 'matching.gate_set', subject: `gate:${severity}`, detail: { waits, reason }, at })
  return ok({ changed })
}
