/**
 * The gate told to sellers. What may not be sold is decided by `matching.gates_view` from the instant that a listing changes or a match is
 * written; this writes the statement of reasons that belongs to it, and ends it when it holds no more.
 */
import type { Tx } from '../platform/db.ts'
import { gateStatement } from './gate-statement.ts'
import { endGates, gateCases, insertGates, untoldGates, type UntoldGate } from './queries-gates.ts'

/** Statements are about 2 KB: some 2 MB a batch. */
const TOLD_AT_ONCE = 1_000

export type GateCounts = { told: number; ended: number }

/** Tells what is not told yet and ends what holds no more, for these listings or, with null, for all. Run again, it finds nothing to do. */
export async function tellGates(tx: Tx, order: { listingIds: readonly string[] | null; actor: string; at: Date }): Promise<GateCounts> {
  const { listingIds, actor, at } = order
  const ended = await endGates(tx.db, listingIds, actor, at)
  const untold = await untoldGates(tx.db, listingIds)
  for (let start = 0; start < untold.length; start += TOLD_AT_ONCE) {
    const cases = await gateCases(tx.db, untold.slice(start, start + TOLD_AT_ONCE))
    await insertGates(tx.db, cases.map((gate) => ({ ...gate, statement: statementOf(gate) })), actor, at) // prettier-ignore
  }
  return { told: untold.length, ended }
}

function statementOf({ gate, listingId, title, recall, reasons, ruling, decidedBy, decisionReason }: UntoldGate) {
  return gateStatement({
    gate,
    recall,
    listing: { listingId, title },
    reasons: reasons.map(({ field, text, weight }) => ({ field, text, weight })),
    ruling: ruling === null ? null : { reason: decisionReason ?? '', byPerson: !(decidedBy ?? '').startsWith('rule:') },
  })
}
