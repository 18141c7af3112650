/**
 * The figures of one campaign, each statement one pass over what it counts. Call them inside one snapshot (`snapshot.ts`), so that figures
 * of different statements belong together while a wave is being sent.
 */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Account } from '../supply/index.ts'
import { all, ANSWERED_AT, LINE_ANSWER, MAIL_ACCEPTED, REMEDY_STATE, stageReached, TOLD, utcDay } from './queries-stages.ts'
import type { RemedyState } from './stages.ts'

export type CampaignHead = {
  campaign_id: string
  recall_id: string
  recall_number: string
  title: string
  opened_at: Date
  opened_by: string
  reason: string
  remedies: unknown
}

/** The campaign and the recall that it executes. Both primary keys serve it. */
export async function campaignHead(db: Db, campaignId: string): Promise<CampaignHead | null> {
  const { rows } = await sql<CampaignHead>`
    select c.campaign_id, c.recall_id, r.recall_number, r.title, c.opened_at, c.opened_by, c.reason, c.remedies
      from campaigns.campaigns_view c
      join recalls.current_recalls_view r on r.recall_id = c.recall_id
     where c.campaign_id = ${campaignId}`.execute(db)
  return rows[0] ?? null
}

/** Whether there is such a campaign. */
export async function campaignExists(db: Db, campaignId: string): Promise<boolean> {
  const { rows } = await sql`select from campaigns.campaigns_view where campaign_id = ${campaignId}`.execute(db)
  return rows.length > 0
}

export type Step = { step_no: number; step: string; at: Date; actor: string; counts: unknown }

/** What was done, in order. The primary key (campaign_id, step_no) serves it. */
export async function timeline(db: Db, campaignId: string): Promise<Step[]> {
  const { rows } = await sql<Step>`
    select step_no, step, at, actor, counts from campaigns.steps_view where campaign_id = ${campaignId} order by step_no`.execute(db)
  return rows
}

export type SupplyFigures = {
  listings_stopped: number
  held_units: number
  held_centres: number
  intercepted_lines: number
  intercepted_units: number
}

/** What the campaign stopped, held and took back. The indexes stops_campaign, holds_campaign and interceptions_campaign serve it. */
export async function supplyFigures(db: Db, campaignId: string): Promise<SupplyFigures> {
  const { rows } = await sql<SupplyFigures>`
    select (select count(*) from supply.stops_view where campaign_id = ${campaignId}) as listings_stopped,
           h.held_units, h.held_centres, i.intercepted_lines, i.intercepted_units
      from (select coalesce(sum(units), 0)::bigint as held_units, count(distinct centre_id) as held_centres
              from supply.holds_view where campaign_id = ${campaignId}) h,
           (select count(*) as intercepted_lines, coalesce(sum(units), 0)::bigint as intercepted_units
              from supply.interceptions_view where campaign_id = ${campaignId}) i`.execute(db)
  return rows[0]!
}

/** Units of the campaign's listings per account. The primary key of the ledger (listing_id, entry_key) serves it. */
export async function ledger(db: Db, campaignId: string): Promise<{ account: Account; units: number }[]> {
  // The array is computed first and reaches below the view's grouping, so that only these listings' entries are read.
  const { rows } = await sql<{ account: Account; units: number }>`
    select account, sum(units)::bigint as units
      from supply.unit_balances_view
     where listing_id = any(array(select listing_id from supply.stops_view where campaign_id = ${campaignId}))
     group by account`.execute(db)
  return rows
}

export type NoticeFigures = {
  notices: number
  affected_buyers: number
  delivered_buyers: number
  pending_buyers: number
  unreachable_buyers: number
  mails_accepted: number
  /** Buyers who were told something once, whose notice is not delivered and who have not answered: sent back since, or a page was seen. */
  told_only: number
}

/**
 * Every buyer of the campaign, once, by the state of their notice. One pass over the campaign's notices (index notices_bucket, or the table
 * whole where the campaign is most of it), one over its deliveries to count mails, and a look at the deliveries of those buyers only whose
 * notice does not say already that they were told.
 */
export async function noticeFigures(db: Db, campaignId: string): Promise<NoticeFigures> {
  const { rows } = await sql<NoticeFigures>`
    select count(*) as notices,
           count(*) filter (where n.answer = 'affected') as affected_buyers,
           count(*) filter (where n.state = 'delivered') as delivered_buyers,
           count(*) filter (where n.state = 'pending') as pending_buyers,
           count(*) filter (where n.state = 'unreachable') as unreachable_buyers,
           -- Mails taken, over all waves and attempts.
           (select count(*) from outreach.deliveries_view d where d.campaign_id = ${campaignId} and ${MAIL_ACCEPTED}) as mails_accepted,
           -- The planner takes an "is null" after a left join for almost never true and would look buyers up one by one; it makes no such
           -- guess about coalesce.
           (select count(*)
              from outreach.notices_view n
              left join remedies.cases_view c on c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id
             where n.campaign_id = ${campaignId} and n.state <> 'delivered' and not coalesce(${stageReached('acknowledged', sql`false`)}, false)
               and exists (select from outreach.deliveries_view d
                            where d.campaign_id = ${campaignId} and d.buyer_id = n.buyer_id and ${TOLD})) as told_only
      from outreach.notices_view n
     where n.campaign_id = ${campaignId}`.execute(db)
  return rows[0]!
}

export type AnswerDay = {
  /** `YYYY-MM-DD`, UTC. */
  day: string
  acknowledged: number
  /** Of `acknowledged`: those whose notice is not delivered. */
  undelivered: number
  cases: number
  refunded: number
}

/** What buyers did, by calendar day in UTC; days on which nothing happened are left out. One pass over notices and cases, joined by hash. */
export async function answersByDay(db: Db, campaignId: string): Promise<AnswerDay[]> {
  const { rows } = await sql<AnswerDay>`
    -- One row per thing that a buyer did: answered, opened a case, was paid back.
    select e.day, count(*) filter (where e.what = 'acknowledged') as acknowledged,
           count(*) filter (where e.what = 'acknowledged' and n.state <> 'delivered') as undelivered,
           count(*) filter (where e.what = 'cases') as cases, count(*) filter (where e.what = 'refunded') as refunded
      from outreach.notices_view n
      left join remedies.cases_view c on c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id
     cross join lateral (values ('acknowledged', ${utcDay(ANSWERED_AT)}),
                                ('cases', ${utcDay(sql`c.opened_at`)}),
                                ('refunded', case when ${stageReached('remedied', sql`false`)} then ${utcDay(sql`c.state_at`)} end)) e (what, day)
     where n.campaign_id = ${campaignId} and ${stageReached('acknowledged', sql`false`)} and e.day is not null
     group by e.day order by e.day`.execute(db)
  return rows
}

export type LineFigures = {
  answer: 'affected' | 'possibly' | 'cleared'
  stopped: boolean
  remedy_state: RemedyState
  lines: number
  units: number
}

/**
 * The affected and possibly affected units by where their remedy stands, and whether their listing is one the campaign stopped. One pass over
 * the campaign's lines (index affected_lines_campaign), joined by hash with case lines and cases.
 */
export async function lineFigures(db: Db, campaignId: string): Promise<LineFigures[]> {
  const { rows } = await sql<LineFigures>`
    select ${LINE_ANSWER} as answer, s.listing_id is not null as stopped, ${REMEDY_STATE} as remedy_state, count(*) as lines, sum(l.units)::bigint as units
      from outreach.affected_lines_view l
      left join supply.stops_view s on s.listing_id = l.listing_id and s.campaign_id = l.campaign_id
      left join remedies.case_lines_view k
        on k.buyer_id = l.buyer_id and k.campaign_id = l.campaign_id and k.order_id = l.order_id and k.line_no = l.line_no
      left join remedies.cases_view c on c.buyer_id = l.buyer_id and c.campaign_id = l.campaign_id
     where l.campaign_id = ${campaignId}
     group by 1, 2, 3`.execute(db)
  return rows
}

/** What a line must be to be out of scope: shipped, of a listing that the campaign stopped, neither in its books nor taken back. */
export function outOfScope(campaignId: string): ReturnType<typeof all> {
  return all([
    sql`o.listing_id = any(array(select listing_id from supply.stops_view where campaign_id = ${campaignId}))`,
    sql`o.state = 'shipped'`,
    sql`not exists (select from outreach.affected_lines_view l
                     where l.campaign_id = ${campaignId} and l.buyer_id = o.buyer_id and l.order_id = o.order_id and l.line_no = o.line_no)`,
    sql`not exists (select from supply.interceptions_view i
                     where i.buyer_id = o.buyer_id and i.order_id = o.order_id and i.line_no = o.line_no)`,
  ])
}

/** Units of the stopped listings with consumers whom the recall does not concern. The index order_lines_listing serves it. */
export async function outOfScopeUnits(db: Db, campaignId: string): Promise<number> {
  const { rows } = await sql<{ units: number }>`
    select coalesce(sum(o.units), 0)::bigint as units from catalog.order_lines_view o where ${outOfScope(campaignId)}`.execute(db)
  return rows[0]!.units
}

/** Money paid back, per currency. The primary key serves the join with the campaign's cases. */
export async function refunded(db: Db, campaignId: string): Promise<{ amount_minor: number; currency: string }[]> {
  const { rows } = await sql<{ amount_minor: number; currency: string }>`
    select sum(r.amount_minor)::bigint as amount_minor, r.currency
      from remedies.refunds_view r
     where r.campaign_id = ${campaignId} and r.outcome = 'paid'
     group by r.currency order by r.currency`.execute(db)
  return rows
}
