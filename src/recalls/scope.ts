/**
 * Is this order line in the recall's scope? Pure; `scope-sql.ts` gives the same answer over a table, and a property test holds both together.
 *
 * "Unknown" never becomes "no": a line is excluded only by something that the scope says and the line contradicts.
 */
import { membership, normaliseCode, readCodeList, type CodeList, type Membership } from './codes.ts'
import type { Month, Scope } from './recall.ts'

/** `affected`: in scope. `possibly`: only the buyer's lot or serial, or a person, can tell. `no`: outside the scope. */
export const ANSWERS = ['affected', 'possibly', 'no'] as const
export type Answer = (typeof ANSWERS)[number]

/** The part of a scope that tells order lines of one listing apart. */
export type LineScope = Pick<Scope, 'soldFrom' | 'soldTo' | 'lots' | 'serials'>

/** What an order line says about its units. Null: the marketplace does not know. */
export type ScopeLine = { orderedAt: Date; lot: string | null; serial: string | null }

/** Half-open, in UTC; null is unbounded. */
export type SaleWindow = { from: Date | null; before: Date | null }

/**
 * The instants between which a product in scope was sold: from the first of `soldFrom` to the first after `soldTo`. A bound that the agency
 * did not state, or stated impossibly ("from May through March of the same year"), is unbounded: it excludes nothing.
 */
export function saleWindow(scope: Pick<Scope, 'soldFrom' | 'soldTo'>): SaleWindow {
  const from = firstOfMonth(scope.soldFrom, 0)
  const before = firstOfMonth(scope.soldTo, 1)
  if (from !== null && before !== null && from >= before) return { from: null, before: null }
  return { from, before }
}

function firstOfMonth(month: Month | null, monthsLater: number): Date | null {
  const parts = month === null ? null : /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month)
  return parts === null ? null : new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1 + monthsLater, 1))
}

/** A scope read once, to be asked for many lines. */
export type LineRule = { window: SaleWindow; lots: CodeList | null; serials: CodeList | null }

export function lineRule(scope: LineScope): LineRule {
  return {
    window: saleWindow(scope),
    lots: scope.lots.length === 0 ? null : readCodeList(scope.lots),
    serials: scope.serials.length === 0 ? null : readCodeList(scope.serials),
  }
}

/**
 * The answer for one order line of a listing whose match was answered `listing`:
 *  - a listing that is not affected has no affected lines;
 *  - outside the sale window: no;
 *  - where lots or serials limit the scope: not in the list, no; not stated or not to be evaluated, possibly;
 *  - otherwise the listing's own answer.
 * A scope with lots and serials does not say whether a unit needs both or either (lists are often given per model). So a line is excluded
 * only when both readings exclude it, and plainly included only when both include it.
 */
export function lineAnswer(scope: LineScope, listing: Answer, line: ScopeLine): Answer {
  return answerByRule(lineRule(scope), listing, line)
}

/** `lineAnswer` for a scope that was read before. */
export function answerByRule(rule: LineRule, listing: Answer, line: ScopeLine): Answer {
  if (listing === 'no') return 'no'
  const { from, before } = rule.window
  if ((from !== null && line.orderedAt < from) || (before !== null && line.orderedAt >= before)) return 'no'
  const stated: Membership[] = []
  if (rule.lots !== null) stated.push(membership(rule.lots, normaliseCode(line.lot)))
  if (rule.serials !== null) stated.push(membership(rule.serials, normaliseCode(line.serial)))
  if (stated.every((each) => each === 'in')) return listing
  return stated.every((each) => each === 'out') ? 'no' : 'possibly'
}
