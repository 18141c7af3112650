/** A buyer chooses the refund: their case is opened, once. */
import type { Tx } from '../platform/db.ts'
import { derivedId } from '../platform/ids.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { askRefund } from './ask-refund.ts'
import { affectedLinesOf, appendEvent, findCase, insertCase, insertCaseLines, offerOf, withdrawCase, type CaseOf } from './queries.ts'
import { inAnotherCase, owedFor, refundsOf, type CaseState } from './refund-rules.ts'

export type OpenCaseDeps = {
  enqueue: Enqueue
  /** Tells who keeps the notices that this buyer has read theirs: asking for a remedy is the plainest sign of it. */
  onCaseOpened: (tx: Tx, opened: CaseOf & { at: Date }) => Promise<void>
}

/** `opened` is true for the one call that opened the case; every later one finds it as it stands. */
export type OpenedCase = { caseId: string; state: CaseState; opened: boolean }

/**
 * Opens the buyer's case with their affected lines as they are now. A campaign that asks for no proof asks for the refund at once.
 * Problems: no campaign with an offer, no refund in it, no line that is surely affected, lines that another
 * campaign's case has, nothing paid.
 */
export async function openCase(tx: Tx, asked: CaseOf & { remedy: 'refund'; at: Date }, deps: OpenCaseDeps): Promise<Result<OpenedCase>> {
  const offer = await offerOf(tx.db, asked)
  if (offer === null || !offer.options.includes(asked.remedy)) return fail('not_found', 'This recall does not pay money back.')
  const caseId = derivedId(asked.campaignId, asked.buyerId)
  const standing = await findCase(tx.db, asked)
  if (standing !== null) return ok({ caseId, state: standing.state, opened: false })
  const owed = owedFor(await affectedLinesOf(tx.db, asked))
  if (!owed.ok) return owed

  if (!(await insertCase(tx.db, { ...asked, caseId }))) {
    const opened = await findCase(tx.db, asked)
    return ok({ caseId, state: opened!.state, opened: false })
  }
  const lines = await insertCaseLines(tx.db, asked)
  if (refundsOf(lines).length === 0) {
    // The case of another campaign took the lines since they were read.
    await withdrawCase(tx.db, asked)
    return inAnotherCase()
  }
  const units = lines.reduce((sum, line) => sum + line.units, 0)
  const detail = { remedy: asked.remedy, lines: lines.length, units }
  await appendEvent(tx.db, asked, { kind: 'opened', actor: `buyer:${asked.buyerId}`, at: asked.at, detail })
  await deps.onCaseOpened(tx, { buyerId: asked.buyerId, campaignId: asked.campaignId, at: asked.at })
  if (offer.proof !== 'none') return ok({ caseId, state: 'awaiting_proof', opened: true })
  await askRefund(tx, { ...asked, caseId, lines, actor: 'rule:no-proof-asked' }, deps.enqueue)
  return ok({ caseId, state: 'refund_asked', opened: true })
}
