/** The definitions that a figure and the rows behind it share, as SQL: whoever counts and whoever lists ask the same condition. */
import { sql, type RawBuilder } from 'kysely'
import type { Key } from '../platform/lists.ts'
import type { Stage } from './stages.ts'

/** Of a row of outreach.deliveries_view `d`: the buyer was told something. A message was taken by the receiving side, or a page was seen. */
export const TOLD = sql<boolean>`d.outcome in ('seen', 'accepted')`

/** Of a row of outreach.deliveries_view `d`: a mail that the receiving side took. */
export const MAIL_ACCEPTED = sql<boolean>`(d.channel = 'email' and d.outcome = 'accepted')`

/**
 * The condition that a buyer has come to a stage, over a notice `n` (outreach.notices_view) and their case `c` (remedies.cases_view, left
 * joined). `told` is how the statement at hand knows that the buyer was told something.
 */
export function stageReached(stage: Stage, told: RawBuilder<unknown>): RawBuilder<boolean> {
  switch (stage) {
    case 'identified':
      return sql<boolean>`true`
    case 'notified':
      return sql<boolean>`(${told} or ${stageReached('delivered', told)})`
    case 'delivered':
      return sql<boolean>`(n.state = 'delivered' or ${stageReached('acknowledged', told)})`
    case 'acknowledged':
      return sql<boolean>`(n.acknowledged_at is not null or c.buyer_id is not null)`
    case 'remedied':
      return sql<boolean>`c.state = 'refunded'`
    default:
      return stage satisfies never
  }
}

/** When a buyer first answered: by saying so or by opening a case. Over the same `n` and `c`. */
export const ANSWERED_AT = sql<Date>`least(n.acknowledged_at, c.opened_at)`

/** The calendar day of a moment in UTC; as a value it is `YYYY-MM-DD`. */
export function utcDay(moment: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`(${moment} at time zone 'UTC')::date`
}

/** Where the remedy of an order line stands, over its row `k` of remedies.case_lines_view and the case `c`, both left joined. */
export const REMEDY_STATE = sql<string>`case when k.buyer_id is null then 'no_case' else c.state end`

/** What a line `l` of the books is: `cleared` where somebody who has it told a number that is not recalled. */
export const LINE_ANSWER = sql<string>`case when l.cleared_at is not null then 'cleared' else l.answer end`

/** All of these conditions. */
export function all(conditions: readonly (RawBuilder<unknown> | null)[]): RawBuilder<unknown> {
  const given = conditions.filter((condition) => condition !== null)
  return given.length === 0 ? sql`true` : sql.join(given, sql` and `)
}

/**
 * For a list keyed by buyer first: the rows of a joined table that a page after this key can need. It changes no result. Without it, a merge
 * join would read the joined table from its first buyer on for every page.
 */
export function notBefore(buyerId: RawBuilder<unknown>, after: Key | null): RawBuilder<unknown> {
  return after === null ? sql`true` : sql`${buyerId} >= ${after[0]!}`
}
