/** A person decides in which order channels are used, when reminders follow, and when a buyer counts as unreachable. */
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { Playbook } from './playbook.ts'
import { EVERY_CAMPAIGN, insertPlaybook } from './queries-playbook.ts'

/** `campaignId` null: for every campaign without a playbook of its own. What is already sent stays as it was sent. */
export type PlaybookDecision = { campaignId: string | null; playbook: unknown; actor: string; reason: string; at: Date }

/** Appends the playbook, which holds from now on. Refused without a reason, or where it cannot be followed: the problem names the field. */
export async function decidePlaybook(tx: Tx, decision: PlaybookDecision): Promise<Result<{ playbookNo: number }>> {
  const reason = decision.reason.trim()
  if (reason === '') return fail('invalid', 'Say why: the reason is kept with the playbook.', 'reason')
  const parsed = Playbook.safeParse(decision.playbook)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    return fail('invalid', `${issue.path.join('.')}: ${issue.message}`, String(issue.path[0] ?? ''))
  }
  const campaignId = decision.campaignId ?? EVERY_CAMPAIGN
  const { actor, at } = decision
  const { playbookNo } = await insertPlaybook(tx.db, { campaignId, playbook: parsed.data, actor, reason, at })
  const subject = decision.campaignId === null ? 'outreach' : `campaign:${campaignId}`
  await audit(tx.db, { actor, action: 'outreach.playbook-decided', subject, detail: { playbookNo, ...parsed.data, reason }, at })
  return ok({ playbookNo })
}
