/** Recalls that are one, as lists show them: once, under the recall that stands for all. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import { executedTogether, jointRecalls, type JointRecall, type Jurisdiction } from '../recalls/index.ts'

/**
 * A part of a `with`: `joint` has each linked recall with `stands_for`, the recall that a list shows in its place, `members`, all that are one with
 * it, and `agencies`, theirs. The recall that a campaign was opened on stands for the others, else the first published. Where one agency has
 * several recalls in a group, those are several matters that another agency speaks of in one notice, and each is shown.
 */
export function jointGroups(): RawBuilder<unknown> {
  return sql`joint as materialized (
      select recall_id, members, agencies,
             case when several or split_part(head, '-', 1) = split_part(recall_id, '-', 1) then recall_id else head end as stands_for
        from (select j.recall_id, array_agg(j.member_id order by j.member_id) as members,
                     array_agg(distinct split_part(j.member_id, '-', 1)) as agencies,
                     (array_agg(j.member_id order by c.campaign_id is null, m.published_on, j.member_id))[1] as head,
                     count(*) filter (where split_part(j.member_id, '-', 1) = split_part(j.recall_id, '-', 1)) > 1 as several
                from recalls.joint_view j
               cross join lateral (select v.published_on from recalls.revisions_view v
                                    where v.recall_id = j.member_id order by v.revision desc limit 1) m
                left join campaigns.campaigns_view c on c.recall_id = j.member_id
               group by j.recall_id) g
    )`
}

/** Where a recall stands among the notices of several agencies. */
export type JointStanding = {
  /** The recall asked for first, then its like, the nearest first. */
  recalls: JointRecall[]
  /** The campaign that executes it, and all that this campaign executes. */
  campaignId: string | null
  executed: string[]
  /** An open campaign on the same recall of another agency that this one is not in yet. */
  joins: string | null
}

export async function jointStanding(db: Db, recallId: string): Promise<JointStanding> {
  const group = await jointRecalls(db, recallId)
  const ids = group.map((each) => each.recallId)
  // The unique index on campaign_recalls (recall_id), then the primary key.
  const { rows } = await sql<{ campaign_id: string; recall_id: string }>`
    select o.campaign_id, o.recall_id
      from (select distinct campaign_id from campaigns.campaign_recalls_view where recall_id = any(${ids}::text[])) f
      join campaigns.campaign_recalls_view o using (campaign_id)
     order by o.campaign_id, o.added_at, o.recall_id`.execute(db)
  const own = rows.find((row) => row.recall_id === recallId)
  const executed = rows.filter((row) => row.campaign_id === own?.campaign_id).map((row) => row.recall_id)
  const agency = recallId.split('-')[0]!
  const other = rows.find((row) => !rows.some((each) => each.campaign_id === row.campaign_id && each.recall_id.startsWith(`${agency}-`)))
  return {
    recalls: executedTogether(group),
    campaignId: own?.campaign_id ?? null,
    executed,
    joins: own === undefined ? (other?.campaign_id ?? null) : null,
  }
}

/** What a campaign executes, and what it could: `addedAt` is null for a recall that is one with it and not in it. */
export type CampaignRecall = {
  recall_id: string
  agency: string
  jurisdiction: Jurisdiction
  title: string
  revision: number | null
  added_at: Date | null
  added_by: string | null
  reason: string | null
  buyers: number
}

export async function campaignRecalls(db: Db, campaignId: string, recallId: string): Promise<CampaignRecall[]> {
  // The primary key of campaign_recalls; the campaign's notices by the index notices_bucket.
  const { rows } = await sql<CampaignRecall>`
    select e.recall_id, split_part(e.recall_id, '-', 1) as agency, e.jurisdiction,
           (select r.title from recalls.current_recalls_view r where r.recall_id = e.recall_id) as title, e.revision, e.added_at, e.added_by, e.reason,
           (select count(*) from outreach.notices_view n where n.campaign_id = e.campaign_id and n.recall_id = e.recall_id) as buyers
      from campaigns.campaign_recalls_view e
     where e.campaign_id = ${campaignId}
     order by e.recall_id <> ${recallId}, e.added_at, e.recall_id`.execute(db)
  const known = new Set(rows.map((row) => row.recall_id))
  const agencies = new Set(rows.map((row) => row.agency))
  const taken = await takenElsewhere(db, campaignId)
  const others = executedTogether(await jointRecalls(db, recallId)).filter((each) => !known.has(each.recallId) && !agencies.has(each.agency) && !taken.has(each.recallId)) // prettier-ignore
  return [
    ...rows,
    ...others.map(({ recallId: id, agency, jurisdiction, title }) => ({
      recall_id: id, agency, jurisdiction, title, revision: null, added_at: null, added_by: null, reason: null, buyers: 0,
    })), // prettier-ignore
  ]
}

/** Recalls that other campaigns execute: there are as many as recalls that touch this marketplace. */
async function takenElsewhere(db: Db, campaignId: string): Promise<Set<string>> {
  const { rows } = await sql<{ recall_id: string }>`
    select recall_id from campaigns.campaign_recalls_view where campaign_id <> ${campaignId}`.execute(db)
  return new Set(rows.map((row) => row.recall_id))
}
