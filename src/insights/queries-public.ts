/** Recalls as everyone may see them: what agencies say, and which of them this marketplace acts on. Nothing of sellers, buyers or matches. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { beforeKey, type Key } from '../platform/lists.ts'
import type { Agency, Hazard, Recall } from '../recalls/index.ts'
import { all } from './queries-stages.ts'

export type PublicRecallRow = {
  recall_id: string
  agency: Agency
  recall_number: string
  title: string
  published_on: string
  hazards: Hazard[] | null
  opened_at: Date | null
}

/** `q`: words that all occur in title or brands, or the beginning of a recall number. `ours`: this marketplace has a campaign on it. */
export type PublicFilters = { q: string; ours: boolean }

/** Recalls, the latest published first. */
export async function publicRecallsPage(db: Db, filters: PublicFilters, after: Key | null, limit: number): Promise<PublicRecallRow[]> {
  const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean)
  const number = filters.q.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  const inWords = all(
    words.map((word) => sql`strpos(lower(r.title || ' ' || coalesce(r.content -> 'scope' ->> 'brands', '')), ${word}) > 0`),
  )
  const { rows } = await sql<PublicRecallRow>`
    -- Every recall's newest revision is looked at, by the primary keys: ten thousand take some hundredths of a second.
    select r.recall_id, r.agency, r.recall_number, r.title, r.published_on, r.content -> 'hazards' as hazards, c.opened_at
      from recalls.current_recalls_view r
      left join campaigns.campaigns_view c on c.recall_id = r.recall_id
     where ${all([
       beforeKey([sql`r.published_on`, sql`r.recall_id`], after),
       words.length === 0
         ? null
         : sql`(${inWords} or (${number} <> '' and starts_with(upper(replace(r.recall_number, '-', '')), ${number})))`,
       filters.ours ? sql`c.opened_at is not null` : null,
     ])}
     order by r.published_on desc, r.recall_id desc
     limit ${limit}`.execute(db)
  return rows
}

/** What this marketplace did about a recall. */
export type PublicCampaign = { openedAt: Date; listingsStopped: number }

/** Null where the recall touches nothing here. The unique index on campaigns (recall_id) and the stops of one campaign serve it. */
export async function publicCampaign(db: Db, recallId: string): Promise<PublicCampaign | null> {
  const { rows } = await sql<PublicCampaign>`
    select c.opened_at as "openedAt",
           (select count(*) from supply.stops_view s where s.campaign_id = c.campaign_id and s.released_at is null) as "listingsStopped"
      from campaigns.campaigns_view c where c.recall_id = ${recallId}`.execute(db)
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

export type FeedRow = { recall_id: string; recall: Recall; opened_at: Date; updated_at: Date }

/** The recalls that this marketplace acts on, those that changed last first. Campaigns are few; each finds its recall by primary key. */
export async function recallsActedOn(db: Db, limit: number): Promise<FeedRow[]> {
  const { rows } = await sql<FeedRow>`
    select c.recall_id, r.content as recall, c.opened_at, greatest(r.recorded_at, c.opened_at) as updated_at
      from campaigns.campaigns_view c
     cross join lateral (select v.content, v.recorded_at from recalls.revisions_view v
                          where v.recall_id = c.recall_id order by v.revision desc limit 1) r
     order by updated_at desc, c.recall_id
     limit ${limit}`.execute(db)
  return rows
}
