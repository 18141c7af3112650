/** Recalls as everyone may see them: what agencies say, and which of them this marketplace acts on. Nothing of sellers, buyers or matches. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { beforeKey, type Key } from '../platform/lists.ts'
import type { Agency, Hazard, Recall } from '../recalls/index.ts'
import { jointGroups } from './queries-joint.ts'
import { standsForOneOf } from './queries-recalls.ts'
import { all } from './queries-stages.ts'

export type PublicRecallRow = {
  recall_id: string
  agency: Agency
  recall_number: string
  title: string
  published_on: string
  hazards: Hazard[] | null
  opened_at: Date | null
  /** Other agencies that published it too. */
  also: Agency[]
}

/** `q`: words that all occur in title or brands, or the beginning of a recall number. `ours`: this marketplace has a campaign on it. */
export type PublicFilters = { q: string; ours: boolean }

/** Recalls, the latest published first; of those that are one, the one that stands for all. Searched is what each of them says. */
export async function publicRecallsPage(db: Db, filters: PublicFilters, after: Key | null, limit: number): Promise<PublicRecallRow[]> {
  const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean)
  const number = filters.q.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  const inWords = all(
    words.map((word) => sql`strpos(lower(r.title || ' ' || coalesce(r.content -> 'scope' ->> 'brands', '')), ${word}) > 0`),
  )
  const { rows } = await sql<PublicRecallRow>`
    -- Every recall's newest revision is looked at, by the primary keys: ten thousand take some hundredths of a second.
    with ${jointGroups()}
    select r.recall_id, r.agency, r.recall_number, r.title, r.published_on, r.content -> 'hazards' as hazards, c.opened_at,
           array_remove(coalesce(j.agencies, '{}'), r.agency) as also
      from recalls.current_recalls_view r
      left join joint j on j.recall_id = r.recall_id
      left join campaigns.campaigns_view c on c.recall_id = r.recall_id
     where ${all([
       sql`(j.recall_id is null or j.stands_for = r.recall_id)`,
       beforeKey([sql`r.published_on`, sql`r.recall_id`], after),
       words.length === 0
         ? null
         : standsForOneOf(sql`(${inWords} or (${number} <> '' and starts_with(upper(replace(r.recall_number, '-', '')), ${number})))`),
       filters.ours ? sql`c.opened_at is not null` : null,
     ])}
     order by r.published_on desc, r.recall_id desc
     limit ${limit}`.execute(db)
  return rows
}

/** What this marketplace did about a recall. */
export type PublicCampaign = { openedAt: Date; listingsStopped: number }

/** Null where the recall touches nothing here. The unique index on campaign_recalls (recall_id) and the stops of one campaign serve it. */
export async function publicCampaign(db: Db, recallId: string): Promise<PublicCampaign | null> {
  const { rows } = await sql<PublicCampaign>`
    select c.opened_at as "openedAt",
           (select count(*) from supply.stops_view s where s.campaign_id = c.campaign_id and s.released_at is null) as "listingsStopped"
      from campaigns.campaign_recalls_view e join campaigns.campaigns_view c using (campaign_id) where e.recall_id = ${recallId}`.execute(
    db,
  )
  return rows[0] ?? null
}

export type SaidRevision = { revision: number; recordedAt: Date; cause: 'document' | 'reading' | 'correction'; recall: Recall }

/** The newest revisions of a recall, the newest first. The primary key serves it. */
export async function newestRevisions(db: Db, recallId: string, limit: number): Promise<SaidRevision[]> {
  const { rows } = await sql<SaidRevision>`
    select revision, recorded_at as "recordedAt", cause, content as recall
      from recalls.revisions_view where recall_id = ${recallId} order by revision desc limit ${limit}`.execute(db)
  return rows
}

export type FeedRow = { recall_id: string; recall: Recall; also: Agency[]; opened_at: Date; updated_at: Date }

/** The recalls that this marketplace acts on, those that changed last first. Campaigns are few; each finds its recall by primary key. */
export async function recallsActedOn(db: Db, limit: number): Promise<FeedRow[]> {
  const { rows } = await sql<FeedRow>`
    select c.recall_id, r.content as recall, c.opened_at,
           -- The other agencies whose notices it executes, and when the last of them joined.
           (select coalesce(array_agg(distinct split_part(e.recall_id, '-', 1)), '{}') from campaigns.campaign_recalls_view e
             where e.campaign_id = c.campaign_id and e.recall_id <> c.recall_id) as also,
           greatest(r.recorded_at, c.opened_at,
                    (select max(e.added_at) from campaigns.campaign_recalls_view e where e.campaign_id = c.campaign_id)) as updated_at
      from campaigns.campaigns_view c
     cross join lateral (select v.content, v.recorded_at from recalls.revisions_view v
                          where v.recall_id = c.recall_id order by v.revision desc limit 1) r
     order by updated_at desc, c.recall_id
     limit ${limit}`.execute(db)
  return rows
}
