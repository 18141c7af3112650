/** From counted rows to the figures of a campaign: the waterfall, the funnel, the totals. Pure; README.md defines each figure. */
import { ACCOUNTS, isConserved, type Account, type Balance } from '../supply/index.ts'
import type { AnswerDay, LineFigures, NoticeFigures, SupplyFigures } from './queries-figures.ts'
import { REMEDY_STATES, STAGES, type RemedyState, type Stage } from './stages.ts'

export type Money = { amount_minor: number; currency: string }

/** Every account, zero where nothing was ever posted. */
export function wholeBalance(units: Partial<Balance> | null): Balance {
  return Object.fromEntries(ACCOUNTS.map((account) => [account, units?.[account] ?? 0])) as Balance
}

export type Waterfall = {
  received: number
  steps: { account: Exclude<Account, 'received'>; units: number }[]
  /** Received is what the accounts hold together, and no account owes units. */
  balanced: boolean
  /** `balanced`: the units with consumers in the books are those of the order lines. */
  consumers: { in_scope: number; possibly: number; cleared: number; out_of_scope: number; balanced: boolean }
  /** The affected units by where their remedy stands. */
  remedy: Record<RemedyState, number>
}

/** The waterfall of the listings that the campaign stopped; `remedy` is of all affected units. */
export function waterfall(
  accounts: readonly { account: Account; units: number }[],
  lines: readonly LineFigures[],
  outOfScope: number,
): Waterfall {
  const balance = wholeBalance(Object.fromEntries(accounts.map(({ account, units }) => [account, units])))
  const inScope = unitsOf(lines, (line) => line.answer === 'affected' && line.stopped)
  const possibly = unitsOf(lines, (line) => line.answer === 'possibly' && line.stopped)
  const cleared = unitsOf(lines, (line) => line.answer === 'cleared' && line.stopped)
  return {
    received: balance.received,
    steps: ACCOUNTS.filter((account) => account !== 'received').map((account) => ({ account, units: balance[account] })),
    balanced: isConserved(balance),
    consumers: {
      in_scope: inScope,
      possibly,
      cleared,
      out_of_scope: outOfScope,
      balanced: balance.with_consumers === inScope + possibly + cleared + outOfScope,
    },
    remedy: Object.fromEntries(
      REMEDY_STATES.map((state) => [state, unitsOf(lines, (line) => line.answer === 'affected' && line.remedy_state === state)]),
    ) as Record<RemedyState, number>,
  }
}

/** How many buyers came to each stage, each stage within the one before: README.md says why they nest. */
export type Reach = Record<Stage, number> & { cases: number }

export function reachOf(notices: NoticeFigures, days: readonly AnswerDay[]): Reach {
  const delivered = notices.delivered_buyers + days.reduce((sum, day) => sum + day.undelivered, 0)
  return {
    identified: notices.notices,
    notified: delivered + notices.told_only,
    delivered,
    acknowledged: days.reduce((sum, day) => sum + day.acknowledged, 0),
    remedied: days.reduce((sum, day) => sum + day.refunded, 0),
    cases: days.reduce((sum, day) => sum + day.cases, 0),
  }
}

export function funnel(reach: Reach): { stage: Stage; buyers: number }[] {
  return STAGES.map((stage) => ({ stage, buyers: reach[stage] }))
}

export type Totals = {
  listings_stopped: number
  held_units: number
  intercepted_lines: number
  intercepted_units: number
  affected_lines: number
  affected_units: number
  possible_units: number
  /** Possibly affected once, and cleared by the number on the product. */
  cleared_units: number
  affected_buyers: number
  notices: number
  mails_accepted: number
  delivered_buyers: number
  pending_buyers: number
  unreachable_buyers: number
  acknowledged_buyers: number
  cases: number
  refunded_units: number
  remedied_units: number
  refunded: Money[]
}

export function totals(
  supply: SupplyFigures,
  notices: NoticeFigures,
  reach: Reach,
  lines: readonly LineFigures[],
  refunded: Money[],
): Totals {
  const refundedUnits = unitsOf(lines, (line) => line.remedy_state === 'refunded')
  return {
    listings_stopped: supply.listings_stopped,
    held_units: supply.held_units,
    intercepted_lines: supply.intercepted_lines,
    intercepted_units: supply.intercepted_units,
    affected_lines: lines.filter((line) => line.answer === 'affected').reduce((sum, line) => sum + line.lines, 0),
    affected_units: unitsOf(lines, (line) => line.answer === 'affected'),
    possible_units: unitsOf(lines, (line) => line.answer === 'possibly'),
    cleared_units: unitsOf(lines, (line) => line.answer === 'cleared'),
    affected_buyers: notices.affected_buyers,
    notices: notices.notices,
    mails_accepted: notices.mails_accepted,
    delivered_buyers: notices.delivered_buyers,
    pending_buyers: notices.pending_buyers,
    unreachable_buyers: notices.unreachable_buyers,
    acknowledged_buyers: reach.acknowledged,
    cases: reach.cases,
    refunded_units: refundedUnits,
    // A refund is the one remedy that is carried out here so far.
    remedied_units: refundedUnits,
    refunded,
  }
}

function unitsOf(lines: readonly LineFigures[], counts: (line: LineFigures) => boolean): number {
  return lines.filter(counts).reduce((sum, line) => sum + line.units, 0)
}
