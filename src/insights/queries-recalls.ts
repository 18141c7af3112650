/** Recalls as the desk looks at them: the list, one recall, its matches. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import { afterKey, beforeKey, type Key } from '../platform/lists.ts'
import { jointGroups } from './queries-joint.ts'
import { all } from './queries-stages.ts'

export type RecallRow = {
  recall_id: string
  recall_number: string
  agency: string
  title: string
  published_on: string
  kind: string
  hazards: string[] | null
  affected: number
  possibly: number
  campaign_id: string | null
  /** Agencies that published it too. Figures are of the recall as all of them published it. */
  also: string[]
}

/** `q`: words that all occur in title or brands, or the beginning of a recall number, with or without dashes. `touching`: has a listing in question here. */
export type RecallFilters = { q?: string | undefined; touching?: boolean | undefined }

/** Recalls, the latest published first; of those that are one, the one that stands for all. Searched is what each of them says. */
export async function recallsPage(db: Db, filters: RecallFilters, after: Key | null, limit: number): Promise<RecallRow[]> {
  const words = (filters.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const number = (filters.q ?? '').replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  const inWords = all(
    words.map((word) => sql`strpos(lower(r.title || ' ' || coalesce(r.content -> 'scope' ->> 'brands', '')), ${word}) > 0`),
  )
  const { rows } = await sql<RecallRow>`
    -- The recalls of this page. Every recall's newest revision is looked at: ten thousand take some hundredths of a second.
    with ${jointGroups()},
    page as (
      select r.recall_id, r.recall_number, r.agency, r.title, r.published_on, r.kind, r.content -> 'hazards' as hazards,
             array_remove(coalesce(j.agencies, '{}'), r.agency) as also, coalesce(j.members, array[r.recall_id]) as members
        from recalls.current_recalls_view r
        left join joint j on j.recall_id = r.recall_id
       where ${all([
         sql`(j.recall_id is null or j.stands_for = r.recall_id)`,
         beforeKey([sql`r.published_on`, sql`r.recall_id`], after),
         words.length === 0
           ? null
           : standsForOneOf(sql`(${inWords} or (${number} <> '' and starts_with(upper(r.recall_number), ${number})))`),
         filters.touching === true
           ? sql`r.recall_id in (select coalesce(t.stands_for, m.recall_id) from matching.matches_view m left join joint t on t.recall_id = m.recall_id
                                  where m.answer in ('affected', 'possibly'))`
           : null,
       ])}
       order by r.published_on desc, r.recall_id desc
       limit ${limit}
    )
    -- What of it is sold here. The index matches_recall serves it, the primary keys of decisions and campaigns the rest.
    select p.recall_id, p.recall_number, p.agency, p.title, p.published_on, p.kind, p.hazards, p.also, m.affected, m.possibly, c.campaign_id
      from page p
     cross join lateral (${answersOf(sql`p.members`)}) m
      left join campaigns.campaign_recalls_view c on c.recall_id = p.recall_id
     order by p.published_on desc, p.recall_id desc`.execute(db)
  return rows
}

/** That one of the recalls that this one stands for, itself among them, is as a condition on `r` says. Each recall's newest revision is read once. */
export function standsForOneOf(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`r.recall_id in (select coalesce(k.stands_for, r.recall_id)
                               from recalls.current_recalls_view r left join joint k on k.recall_id = r.recall_id where ${condition})`
}

/** Listings by the strongest answer that any of these recalls gives them: the index matches_recall. */
function answersOf(recallIds: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select count(*) filter (where strength = 1) as affected, count(*) filter (where strength = 2) as possibly,
                    count(*) filter (where strength = 3) as not_affected
               from (select min(${STRENGTH}) as strength from matching.matches_view where recall_id = any(${recallIds}) group by listing_id) best`
}

const STRENGTH = sql`case answer when 'affected' then 1 when 'possibly' then 2 else 3 end`

export type RecallDetail = {
  recall_id: string
  revision: number
  content: unknown
  affected: number
  possibly: number
  not_affected: number
  campaign_id: string | null
}

/** One recall as it stands, with what `together` say of the listings here: itself and the recalls that are one with it. */
export async function recallDetail(db: Db, recallId: string, together: readonly string[]): Promise<RecallDetail | null> {
  const { rows } = await sql<RecallDetail>`
    select r.recall_id, r.revision, r.content, m.affected, m.possibly, m.not_affected, c.campaign_id
      from recalls.current_recalls_view r
     cross join lateral (${answersOf(sql`${[...together]}::text[]`)}) m
      left join campaigns.campaign_recalls_view c on c.recall_id = r.recall_id
     where r.recall_id = ${recallId}`.execute(db)
  return rows[0] ?? null
}

export async function recallExists(db: Db, recallId: string): Promise<boolean> {
  const { rows } = await sql`select from recalls.current_recalls_view where recall_id = ${recallId}`.execute(db)
  return rows.length > 0
}

export type RevisionRow = { revision: number; recorded_at: Date; title: string }

/** What was said when, the first first. The primary key serves it. */
export async function revisionsOf(db: Db, recallId: string): Promise<RevisionRow[]> {
  const { rows } = await sql<RevisionRow>`
    select revision, recorded_at, title from recalls.revisions_view where recall_id = ${recallId} order by revision`.execute(db)
  return rows
}

export type MatchRow = {
  listing_id: string
  /** The recall whose match it is, of several that are one. */
  recall_id: string
  title: string
  brand: string | null
  seller_id: string
  seller_name: string
  answer: string
  engine_answer: string
  weight: number
  tier: string
  reasons: { field: string; weight: number; text: string }[]
  ruling: string | null
  decided_by: string | null
  decision_reason: string | null
}

export type MatchFilters = { answer?: string | undefined; tier?: string | undefined }

/**
 * The matches of recalls that are one, the heaviest evidence first. Of a listing that several of them name, the strongest answer; of two alike, that
 * of the recall named first. The index matches_recall serves it; a recall has few enough to sort.
 */
export async function matchesPage(
  db: Db,
  together: readonly string[],
  filters: MatchFilters,
  after: Key | null,
  limit: number,
): Promise<MatchRow[]> {
  const { rows } = await sql<MatchRow>`
    with best as (
      select distinct on (listing_id) *
        from matching.matches_view
       where recall_id = any(${[...together]}::text[])
       order by listing_id, ${STRENGTH}, array_position(${[...together]}::text[], recall_id)
    )
    select m.listing_id, m.recall_id, l.title, l.brand, l.seller_id, s.name as seller_name, m.answer, m.engine_answer, m.weight, m.tier, m.reasons, m.ruling,
           m.decided_by, m.decision_reason
      from best m
      join catalog.listings_view l on l.listing_id = m.listing_id
      join catalog.sellers_view s on s.seller_id = l.seller_id
     where ${all([
       filters.answer === undefined ? null : sql`m.answer = ${filters.answer}`,
       filters.tier === undefined ? null : sql`m.tier = ${filters.tier}`,
       afterKey([sql`-m.weight`, sql`m.listing_id`], after),
     ])}
     order by -m.weight, m.listing_id
     limit ${limit}`.execute(db)
  return rows
}
