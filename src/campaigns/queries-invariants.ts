/** The promises of this room as statements that find what breaks them. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Invariant } from '../platform/invariants.ts'

const VIOLATIONS_MAX = 100

async function affectedListingsStopped(db: Db): Promise<string[]> {
  const { rows } = await sql<{ violation: string }>`
    -- The recall's matches by the index matches_recall; a standing stop by its primary key.
    select format('Listing %s is affected by %s, whose campaign is open, and is not stopped.', m.listing_id, m.recall_id) as violation
      from campaigns.campaigns c
      join matching.matches_view m
        on m.recall_id = c.recall_id or m.recall_id in (select j.recall_id from campaigns.campaign_recalls j where j.campaign_id = c.campaign_id)
      join catalog.listings_view l on l.listing_id = m.listing_id
     where m.answer = 'affected' and (m.tier = 'auto' or m.ruling is not null)
       and not exists (select from supply.stops_view s
                        where s.listing_id = m.listing_id and s.campaign_id = c.campaign_id and s.released_at is null)
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

async function releasedByTwo(db: Db): Promise<string[]> {
  const { rows } = await sql<{ violation: string }>`
    -- Releases of the campaigns' stops, each with its request and answer by their primary keys.
    select format('Listing %s was released from campaign %s, and no second person confirmed it.', s.listing_id, s.campaign_id) as violation
      from supply.stop_history_view s
     where s.released_at is not null
       and not exists (select from campaigns.release_requests_view r
                        where r.campaign_id = s.campaign_id and r.listing_id = s.listing_id and r.stop_no = s.stop_no
                          and r.answer = 'confirmed' and r.answered_by <> r.asked_by)
    union all
    select format('The release of listing %s was confirmed for campaign %s, and its stop stands.', r.listing_id, r.campaign_id)
      from campaigns.release_requests_view r
      join supply.stop_history_view s on s.campaign_id = r.campaign_id and s.listing_id = r.listing_id and s.stop_no = r.stop_no
     where r.answer = 'confirmed' and s.released_at is null
     limit ${VIOLATIONS_MAX}`.execute(db)
  return rows.map((row) => row.violation)
}

async function scopesWhole(db: Db): Promise<string[]> {
  const { rows } = await sql<{ violation: string }>`
    select format('Campaign %s has %s decided scopes up to number %s.', c.campaign_id, count(s.scope_no), coalesce(max(s.scope_no), 0)) as violation
      from campaigns.campaigns c
      left join campaigns.scopes s using (campaign_id)
     group by c.campaign_id
    having count(s.scope_no) = 0 or count(s.scope_no) <> max(s.scope_no)
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
  {
    name: 'campaigns.scopes-whole',
    promise: 'Every campaign has each scope it ever executed, the first from its opening.',
    check: scopesWhole,
  },
  {
    name: 'campaigns.released-by-two',
    promise: 'Every release was asked for by one person and confirmed by another.',
    check: releasedByTwo,
  },
]
