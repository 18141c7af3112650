/** The promises of this room as statements that find what breaks them. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Invariant } from '../platform/invariants.ts'

const VIOLATIONS_MAX = 100

async function affectedListingsStopped(db: Db): Promise<string[]> {
  const { rows } = await sql<{ violation: string }>`
    -- The recall's matches by the index matches_recall; a stop by its primary key. A released one was stopped.
    select format('Listing %s is affected by %s, whose campaign is open, and is not stopped.', m.listing_id, m.recall_id) as violation
      from campaigns.campaigns c
      join matching.matches_view m
        on m.recall_id = c.recall_id or m.recall_id in (select j.recall_id from campaigns.campaign_recalls j where j.campaign_id = c.campaign_id)
      join catalog.listings_view l on l.listing_id = m.listing_id
     where m.answer = 'affected' and (m.tier = 'auto' or m.ruling is not null)
       and not exists (select from supply.stops_view s where s.listing_id = m.listing_id and s.campaign_id = c.campaign_id)
     limit ${VIOLATIONS_MAX}`.execute(db)
  return rows.map((row) => row.violation)
}

async function timelinesWhole(db: Db): Promise<string[]> {
  const { rows } = await sql<{ violation: string }>`
    with lines as (
      select c.campaign_id, count(s.step_no) as steps, max(s.step_no) as last, array_agg(s.step order by s.step_no) as taken
        from campaigns.campaigns c
        left join campaigns.steps s using (campaign_id)
       group by c.campaign_id
    )
    select format('The timeline of campaign %s has %s steps up to number %s: %s.', campaign_id, steps, coalesce(last, 0), taken) as violation
      from lines
     where steps <> coalesce(last, 0)
        or taken[1:6] <> array['opened', 'listings_stopped', 'stock_held', 'orders_intercepted', 'lines_found', 'notices_made']
     limit ${VIOLATIONS_MAX}`.execute(db)
  return rows.map((row) => row.violation)
}

async function stopsHaveCampaigns(db: Db): Promise<string[]> {
  const { rows } = await sql<{ violation: string }>`
    select format('Listing %s is stopped for %s, and there is no such campaign.', s.listing_id, s.campaign_id) as violation
      from supply.stops_view s
     where not exists (select from campaigns.campaigns c where c.campaign_id = s.campaign_id)
     limit ${VIOLATIONS_MAX}`.execute(db)
  return rows.map((row) => row.violation)
}

export const campaignInvariants: Invariant[] = [
  {
    name: 'campaigns.affected-listings-stopped',
    promise: 'Every listing that is surely affected by the recall of an open campaign, or was ruled so, is stopped.',
    check: affectedListingsStopped,
  },
  { name: 'campaigns.stops-have-campaigns', promise: 'Every stop belongs to a campaign.', check: stopsHaveCampaigns },
  {
    name: 'campaigns.timelines-whole',
    promise: 'Every campaign took every step of the line, in order, without a gap.',
    check: timelinesWhole,
  },
]
