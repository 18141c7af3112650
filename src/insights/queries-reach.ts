/** The reach account of a campaign: how fast, where, by which channel, to whose mail servers, and why not yet. One pass per table. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import { afterKey, type Key } from '../platform/lists.ts'
import { stageReached, TOLD } from './queries-stages.ts'

/** Stands in lists, addresses and filters for what nobody stated. */
export const NOT_STATED = '-'

/** The shares of all buyers whose times are told. */
export const REACH_SHARES = [0.5, 0.9, 0.99, 1] as const

export type ReachTime = {
  share: number
  sent_at: Date | null
  delivered_at: Date | null
  sent_seconds: number | null
  delivered_seconds: number | null
}

/**
 * When so many of all identified buyers had been sent something, and when it had reached them; null where it has not come to that. A buyer counts
 * from their first message, and as delivered only while their notice is. Index notices_bucket, and the deliveries of the campaign once.
 */
export async function reachTimes(db: Db, campaignId: string, openedAt: Date): Promise<ReachTime[]> {
  const shares = sql`${[...REACH_SHARES]}::float8[]`
  const { rows } = await sql<ReachTime>`
    with first as (
      select d.buyer_id, min(d.started_at) filter (where d.outcome is distinct from 'no_contact') as sent_at,
             min(d.ended_at) filter (where ${TOLD}) as told_at
        from outreach.deliveries_view d
       where d.campaign_id = ${campaignId}
       group by d.buyer_id
    ),
    -- Whoever was not reached comes last.
    times as (
      select percentile_disc(${shares}) within group (order by coalesce(first.sent_at, 'infinity')) as sent,
             percentile_disc(${shares}) within group
               (order by case when n.state = 'delivered' then coalesce(first.told_at, n.state_at) else 'infinity'::timestamptz end) as delivered
        from outreach.notices_view n
        left join first on first.buyer_id = n.buyer_id
       where n.campaign_id = ${campaignId}
    )
    select share, nullif(sent_at, 'infinity') as sent_at, nullif(delivered_at, 'infinity') as delivered_at,
           extract(epoch from nullif(sent_at, 'infinity') - ${openedAt}::timestamptz)::float8 as sent_seconds,
           extract(epoch from nullif(delivered_at, 'infinity') - ${openedAt}::timestamptz)::float8 as delivered_seconds
      from times, unnest(${shares}, times.sent, times.delivered) as of_share (share, sent_at, delivered_at)
     order by share`.execute(db)
  return rows
}

export type RegionRow = {
  country: string
  region: string
  buyers: number
  delivered: number
  pending: number
  unreachable: number
  acknowledged: number
}

/** Buyers by where the marketplace says that they live. Few rows whatever the campaign: they are counted whole for every page. */
export async function regionRows(db: Db, campaignId: string, after: Key | null, limit: number): Promise<RegionRow[]> {
  const { rows } = await sql<RegionRow>`
    select country, region, buyers, delivered, pending, unreachable, acknowledged
      from (select coalesce(b.country, ${NOT_STATED}) as country, coalesce(b.region, ${NOT_STATED}) as region, count(*) as buyers,
                   count(*) filter (where n.state = 'delivered') as delivered, count(*) filter (where n.state = 'pending') as pending,
                   count(*) filter (where n.state = 'unreachable') as unreachable,
                   count(*) filter (where ${stageReached('acknowledged', sql`false`)}) as acknowledged
              from outreach.notices_view n
              left join catalog.buyers_view b on b.buyer_id = n.buyer_id
              left join remedies.cases_view c on c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id
             where n.campaign_id = ${campaignId}
             group by 1, 2) counted
     where ${afterKey([sql`country`, sql`region`], after)}
     order by country, region
     limit ${limit}`.execute(db)
  return rows
}

/** Attempts by what became of them. Their sum is `attempts`; `came_back` are those of the accepted ones that were sent back later. */
export type AttemptCounts = {
  attempts: number
  buyers: number
  accepted: number
  refused: number
  refused_for_now: number
  failed: number
  no_contact: number
  seen: number
  not_seen: number
  in_flight: number
  came_back: number
}
export type ChannelRow = { channel: string } & AttemptCounts
export type DomainRow = { domain: string } & AttemptCounts

const OUTCOMES_COUNTED = ['accepted', 'refused', 'refused_for_now', 'failed', 'no_contact', 'seen', 'not_seen'] as const

function attemptCounts(): RawBuilder<unknown> {
  const of = OUTCOMES_COUNTED.map((outcome) => sql`count(*) filter (where d.outcome = ${outcome}) as ${sql.ref(outcome)}`)
  return sql`count(*) as attempts, count(distinct d.buyer_id) as buyers, ${sql.join(of)}, count(*) filter (where d.outcome is null) as in_flight,
             count(r.buyer_id) as came_back`
}

/** What was sent back after it had been taken, over a delivery `d`. Index returns_campaign. */
function withReturns(campaignId: string): RawBuilder<unknown> {
  return sql`left join (select distinct buyer_id, wave, channel, attempt from outreach.returns_view where campaign_id = ${campaignId} and undoes) r
               on r.buyer_id = d.buyer_id and r.wave = d.wave and r.channel = d.channel and r.attempt = d.attempt`
}

/** Attempts by channel. */
export async function channelRows(db: Db, campaignId: string, after: Key | null, limit: number): Promise<ChannelRow[]> {
  const { rows } = await sql<ChannelRow>`
    select d.channel, ${attemptCounts()}
      from outreach.deliveries_view d
      ${withReturns(campaignId)}
     where d.campaign_id = ${campaignId} and ${afterKey([sql`d.channel`], after)}
     group by d.channel
     order by d.channel
     limit ${limit}`.execute(db)
  return rows
}

/** E-mails by the domain that they went to; `-` for buyers without an address. */
export async function domainRows(db: Db, campaignId: string, after: Key | null, limit: number): Promise<DomainRow[]> {
  const domain = sql`coalesce(d.recipient_domain, ${NOT_STATED}::text)`
  const { rows } = await sql<DomainRow>`
    select domain, ${sql.join(['attempts', 'buyers', ...OUTCOMES_COUNTED, 'in_flight', 'came_back'].map((name) => sql.ref(name)))}
      from (select ${domain} as domain, ${attemptCounts()}
              from outreach.deliveries_view d
              ${withReturns(campaignId)}
             where d.campaign_id = ${campaignId} and d.channel = 'email'
             group by 1) counted
     where ${afterKey([sql`domain`], after)}
     order by domain
     limit ${limit}`.execute(db)
  return rows
}

export type ReasonRow = { state: string; reason: string; buyers: number }

/** Where the notices stand, and why: every buyer once. */
export async function reasonRows(db: Db, campaignId: string, after: Key | null, limit: number): Promise<ReasonRow[]> {
  const { rows } = await sql<ReasonRow>`
    select n.state, n.state_reason as reason, count(*) as buyers
      from outreach.notices_view n
     where n.campaign_id = ${campaignId} and ${afterKey([sql`n.state`, sql`n.state_reason`], after)}
     group by n.state, n.state_reason
     order by n.state, n.state_reason
     limit ${limit}`.execute(db)
  return rows
}
