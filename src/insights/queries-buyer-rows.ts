/** The rows behind the figures of reach, and everything about one buyer of a campaign. Ids and states, no addresses. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { afterKey, type Key } from '../platform/lists.ts'
import { NOT_STATED } from './queries-reach.ts'
import { all, ANSWERED_AT, notBefore, stageReached, TOLD, utcDay } from './queries-stages.ts'
import type { Stage } from './stages.ts'

export type BuyerRow = {
  buyer_id: string
  answer: string
  units: number
  state: string
  state_at: Date
  state_reason: string
  acknowledged_at: Date | null
  case_state: string | null
  last_channel: string | null
  last_outcome: string | null
}

export type BuyerFilters = {
  stage?: Stage | undefined
  state?: string | undefined
  answer?: string | undefined
  acknowledgedOn?: string | undefined
  /** Where the marketplace says that they live; `-` where it does not say. */
  country?: string | undefined
  region?: string | undefined
  /** Why the notice stands where it does, in its own words. */
  reason?: string | undefined
  /** The beginning of a buyer's id, or an order's whole id. Names and addresses are not searched: they would stand in the request's address. */
  q?: string | undefined
}

/**
 * Buyers with a notice of the campaign. The page is chosen first: the primary key (buyer_id, campaign_id) gives its order, or the index
 * notices_bucket its rows where the campaign is a small part of the table; joins that no filter needs fall away. Then everything about its
 * rows is looked up by primary key: `limit 1` keeps the planner from joining whole tables to the page.
 */
export async function buyerRows(db: Db, campaignId: string, filters: BuyerFilters, after: Key | null, limit: number): Promise<BuyerRow[]> {
  const told = sql`exists (select from outreach.deliveries_view d where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and ${TOLD})`
  const { rows } = await sql<BuyerRow>`
    with page as materialized (
      select n.buyer_id
        from outreach.notices_view n
        left join remedies.cases_view c
          on c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id and ${notBefore(sql`c.buyer_id`, after)}
       where ${all([
         sql`n.campaign_id = ${campaignId}`,
         filters.stage === undefined ? null : stageReached(filters.stage, told),
         filters.state === undefined ? null : sql`n.state = ${filters.state}`,
         filters.answer === undefined ? null : sql`n.answer = ${filters.answer}`,
         filters.acknowledgedOn === undefined ? null : sql`${utcDay(ANSWERED_AT)} = ${filters.acknowledgedOn}`,
         filters.reason === undefined ? null : sql`n.state_reason = ${filters.reason}`,
         livesIn('country', filters.country),
         livesIn('region', filters.region),
         filters.q === undefined ? null : sought(campaignId, filters.q),
         afterKey([sql`n.buyer_id`], after),
       ])}
       order by n.buyer_id
       limit ${limit}
    )
    select n.buyer_id, n.answer, n.units, n.state, n.state_at, n.state_reason, n.acknowledged_at, c.state as case_state,
           last.channel as last_channel, last.outcome as last_outcome
      from page p
     cross join lateral (select * from outreach.notices_view
                          where buyer_id = p.buyer_id and campaign_id = ${campaignId} limit 1) n
      left join lateral (select state from remedies.cases_view
                          where buyer_id = p.buyer_id and campaign_id = ${campaignId} limit 1) c on true
      -- The latest attempt; it has no outcome while it is in flight.
      left join lateral (select channel, outcome from outreach.deliveries_view
                          where buyer_id = p.buyer_id and campaign_id = ${campaignId}
                          order by started_at desc, wave desc, attempt desc limit 1) last on true
     order by n.buyer_id`.execute(db)
  return rows
}

/** Buyers who live there; `-` are those of whom the marketplace does not say it, whether it knows them or not. */
function livesIn(part: 'country' | 'region', where: string | undefined): ReturnType<typeof all> | null {
  if (where === undefined) return null
  const column = sql.ref(`b.${part}`)
  const known = where === NOT_STATED ? sql`${column} is not null` : sql`${column} = ${where}`
  const lives = sql`exists (select from catalog.buyers_view b where b.buyer_id = n.buyer_id and ${known})`
  return where === NOT_STATED ? sql`not ${lives}` : lives
}

/** A buyer whose id begins so, or one of whose lines of this campaign is of that order (index affected_lines_campaign). */
function sought(campaignId: string, q: string): ReturnType<typeof all> {
  return sql`(starts_with(n.buyer_id, ${q}) or n.buyer_id in (select l.buyer_id from outreach.affected_lines_view l
                                                              where l.campaign_id = ${campaignId} and l.order_id = ${q}))`
}

export type DeliveryRow = {
  buyer_id: string
  wave: number
  channel: string
  attempt: number
  started_at: Date
  ended_at: Date | null
  /** Null while nothing is known of how the attempt ended. */
  outcome: string | null
  answer_text: string | null
  recipient_domain: string | null
}

export type DeliveryFilters = {
  buyerId?: string | undefined
  channel?: string | undefined
  outcome?: string | undefined
  wave?: number | undefined
  /** The recipient's domain; `-` where there was no address. */
  domain?: string | undefined
  /** Only what was sent back after it had been taken. */
  came_back?: 'true' | undefined
}

/** Every attempt with its answer; never an address, only its domain. The primary key (buyer_id, campaign_id, wave, …) serves it. */
export async function deliveryRows(
  db: Db,
  campaignId: string,
  filters: DeliveryFilters,
  after: Key | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select d.buyer_id, d.wave, d.channel, d.attempt, d.started_at, d.ended_at, d.outcome, d.answer_text, d.recipient_domain
      from outreach.deliveries_view d
     where ${all([
       sql`d.campaign_id = ${campaignId}`,
       filters.buyerId === undefined ? null : sql`d.buyer_id = ${filters.buyerId}`,
       filters.channel === undefined ? null : sql`d.channel = ${filters.channel}`,
       filters.outcome === undefined ? null : sql`coalesce(d.outcome, 'in_flight') = ${filters.outcome}`,
       filters.wave === undefined ? null : sql`d.wave = ${filters.wave}`,
       filters.came_back === undefined
         ? null
         : sql`exists (select from outreach.returns_view r
                        where r.buyer_id = d.buyer_id and r.campaign_id = d.campaign_id and r.wave = d.wave and r.channel = d.channel
                          and r.attempt = d.attempt and r.undoes)`,
       filters.domain === undefined ? null : sql`coalesce(d.recipient_domain, ${NOT_STATED}) = ${filters.domain}`,
       afterKey([sql`d.buyer_id`, sql`d.wave`, sql`d.channel`, sql`d.attempt`], after),
     ])}
     order by d.buyer_id, d.wave, d.channel, d.attempt
     limit ${limit}`.execute(db)
  return rows
}

export type NoticeRow = {
  buyer_id: string
  name: string | null
  country: string | null
  region: string | null
  notice_id: string
  answer: string
  units: number
  created_at: Date
  state: string
  state_at: Date
  state_reason: string
  acknowledged_at: Date | null
  acknowledged_how: string | null
  /** By which agency's notice they are told, and which recall that is. */
  jurisdiction: string | null
  recall_id: string | null
}

/** One buyer's notice, with who they are: name and region, not where they live or how they are written to. Primary keys serve it. */
export async function noticeOf(db: Db, campaignId: string, buyerId: string): Promise<NoticeRow | null> {
  const { rows } = await sql<NoticeRow>`
    select n.buyer_id, b.name, b.country, b.region, n.notice_id, n.answer, n.units, n.created_at, n.state, n.state_at, n.state_reason,
           n.acknowledged_at, n.acknowledged_how, n.jurisdiction, n.recall_id
      from outreach.notices_view n
      left join catalog.buyers_view b on b.buyer_id = n.buyer_id
     where n.buyer_id = ${buyerId} and n.campaign_id = ${campaignId}`.execute(db)
  return rows[0] ?? null
}

export type CaseEvent = { event_no: number; at: Date; actor: string; kind: string; detail: unknown }

/** What happened to one buyer's case, in order. The primary key serves it. */
export async function caseEvents(db: Db, campaignId: string, buyerId: string): Promise<CaseEvent[]> {
  const { rows } = await sql<CaseEvent>`
    select event_no, at, actor, kind, detail
      from remedies.case_events_view where buyer_id = ${buyerId} and campaign_id = ${campaignId} order by event_no`.execute(db)
  return rows
}
