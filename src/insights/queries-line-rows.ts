/** The rows behind the figures of order lines, cases and refunds. One campaign each. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { afterKey, timeKey, type Key } from '../platform/lists.ts'
import { outOfScope } from './queries-figures.ts'
import { all, LINE_ANSWER, notBefore, REMEDY_STATE, utcDay } from './queries-stages.ts'

export type LineRow = {
  buyer_id: string
  order_id: string
  line_no: number
  listing_id: string
  ordered_at: Date
  ordered_key: string
  units: number
  amount_minor: number
  currency: string
  answer: 'affected' | 'possibly' | 'cleared' | 'out_of_scope'
  remedy_state: string | null
}

export type LineFilters = {
  buyerId?: string | undefined
  answer?: 'affected' | 'possibly' | 'cleared' | undefined
  remedyState?: string | undefined
  /** Only lines of listings that the campaign stopped: those of the waterfall. */
  stopped?: boolean | undefined
}

/**
 * Lines in the campaign's books. The primary key (buyer_id, campaign_id, …) gives the order of the pages; where the campaign is a small part
 * of the table, the index affected_lines_campaign gives the rows. Case and case line are primary-key look-ups.
 */
export async function lineRows(db: Db, campaignId: string, filters: LineFilters, after: Key | null, limit: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select l.buyer_id, l.order_id, l.line_no, l.listing_id, l.ordered_at, ${timeKey(sql`l.ordered_at`)} as ordered_key, l.units,
           l.amount_minor, l.currency, ${LINE_ANSWER} as answer, ${REMEDY_STATE} as remedy_state
      from outreach.affected_lines_view l
      left join remedies.case_lines_view k
        on k.buyer_id = l.buyer_id and k.campaign_id = l.campaign_id and k.order_id = l.order_id and k.line_no = l.line_no
       and ${notBefore(sql`k.buyer_id`, after)}
      left join remedies.cases_view c
        on c.buyer_id = l.buyer_id and c.campaign_id = l.campaign_id and ${notBefore(sql`c.buyer_id`, after)}
     where ${all([
       sql`l.campaign_id = ${campaignId}`,
       filters.buyerId === undefined ? null : sql`l.buyer_id = ${filters.buyerId}`,
       filters.answer === undefined ? null : sql`${LINE_ANSWER} = ${filters.answer}`,
       filters.remedyState === undefined ? null : sql`${REMEDY_STATE} = ${filters.remedyState}`,
       filters.stopped === undefined
         ? null
         : sql`exists (select from supply.stops_view s
                        where s.listing_id = l.listing_id and s.campaign_id = l.campaign_id) = ${filters.stopped}`,
       afterKey([sql`l.buyer_id`, sql`l.order_id`, sql`l.line_no`], after),
     ])}
     order by l.buyer_id, l.order_id, l.line_no
     limit ${limit}`.execute(db)
  return rows
}

/** Shipped lines of the stopped listings that the recall does not concern, in the order of the index order_lines_listing, which serves it. */
export async function outOfScopeRows(db: Db, campaignId: string, after: Key | null, limit: number): Promise<LineRow[]> {
  const key = [sql`o.listing_id`, sql`o.ordered_at`, sql`o.buyer_id`, sql`o.order_id`, sql`o.line_no`]
  const { rows } = await sql<LineRow>`
    select o.buyer_id, o.order_id, o.line_no, o.listing_id, o.ordered_at, ${timeKey(sql`o.ordered_at`)} as ordered_key, o.units,
           o.amount_minor, o.currency, 'out_of_scope' as answer, null as remedy_state
      from catalog.order_lines_view o
     where ${outOfScope(campaignId)} and ${afterKey(key, after)}
     order by ${sql.join(key)}
     limit ${limit}`.execute(db)
  return rows
}

export type CaseRow = {
  buyer_id: string
  case_id: string
  state: string
  state_at: Date
  opened_at: Date
  remedy: string
  units: number | null
  refund_minor: number | null
  currency: string | null
  currencies: number
}

export type CaseFilters = {
  buyerId?: string | undefined
  state?: string | undefined
  openedOn?: string | undefined
  refundedOn?: string | undefined
}

/** Cases by buyer. The primary key gives the order, or the index cases_campaign the rows; units and refunds are primary-key look-ups. */
export async function caseRows(db: Db, campaignId: string, filters: CaseFilters, after: Key | null, limit: number): Promise<CaseRow[]> {
  const { rows } = await sql<CaseRow>`
    select c.buyer_id, c.case_id, c.state, c.state_at, c.opened_at, c.remedy, c.units, c.refund_minor, c.currency, r.currencies
      from remedies.cases_view c
     cross join lateral (select count(*) as currencies from remedies.refunds_view
                          where buyer_id = c.buyer_id and campaign_id = c.campaign_id) r
     where ${all([
       sql`c.campaign_id = ${campaignId}`,
       filters.buyerId === undefined ? null : sql`c.buyer_id = ${filters.buyerId}`,
       filters.state === undefined ? null : sql`c.state = ${filters.state}`,
       filters.openedOn === undefined ? null : sql`${utcDay(sql`c.opened_at`)} = ${filters.openedOn}`,
       filters.refundedOn === undefined ? null : sql`c.state = 'refunded' and ${utcDay(sql`c.state_at`)} = ${filters.refundedOn}`,
       afterKey([sql`c.buyer_id`], after),
     ])}
     order by c.buyer_id
     limit ${limit}`.execute(db)
  return rows
}

export type RefundRow = {
  buyer_id: string
  currency: string
  amount_minor: number
  asked_at: Date
  attempts: number
  outcome: 'paid' | 'refused' | null
  payment_reference: string | null
  settled_at: Date | null
}

/** Refunds asked of the payment side, one per buyer and currency: the rows behind the money. The primary key serves it. */
export async function refundRows(
  db: Db,
  campaignId: string,
  filters: { buyerId?: string | undefined; outcome?: 'paid' | 'refused' | 'unsettled' | undefined },
  after: Key | null,
  limit: number,
): Promise<RefundRow[]> {
  const { rows } = await sql<RefundRow>`
    select r.buyer_id, r.currency, r.amount_minor, r.asked_at, r.attempts, r.outcome, r.payment_reference, r.settled_at
      from remedies.refunds_view r
     where ${all([
       sql`r.campaign_id = ${campaignId}`,
       filters.buyerId === undefined ? null : sql`r.buyer_id = ${filters.buyerId}`,
       filters.outcome === undefined ? null : sql`coalesce(r.outcome, 'unsettled') = ${filters.outcome}`,
       afterKey([sql`r.buyer_id`, sql`r.currency`], after),
     ])}
     order by r.buyer_id, r.currency
     limit ${limit}`.execute(db)
  return rows
}
