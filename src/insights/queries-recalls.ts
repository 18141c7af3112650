/** Recalls as the desk looks at them: the list, one recall, its matches. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { afterKey, beforeKey, type Key } from '../platform/lists.ts'
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
}

/** `q`: words that all occur in title or brands, or the beginning of a recall number, with or without dashes. `touching`: has a listing in question here. */
export type RecallFilters = { q?: string | undefined; touching?: boolean | undefined }

/** Recalls, the latest published first. */
export async function recallsPage(db: Db, filters: RecallFilters, after: Key | null, limit: number): Promise<RecallRow[]> {
  const words = (filters.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const number = (filters.q ?? '').replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  const inWords = all(
    words.map((word) => sql`strpos(lower(r.title || ' ' || coalesce(r.content -> 'scope' ->> 'brands', '')), ${word}) > 0`),
  )
  const { rows } = await sql<RecallRow>`
    -- The recalls of this page. Every recall's newest revision is looked at: ten thousand take some hundredths of a second.
    with page as (
      select r.recall_id, r.recall_number, r.agency, r.title, r.published_on, r.kind, r.content -> 'hazards' as hazards
        from recalls.current_recalls_view r
       where ${all([
         beforeKey([sql`r.published_on`, sql`r.recall_id`], after),
         words.length === 0 ? null : sql`(${inWords} or (${number} <> '' and starts_with(upper(r.recall_number), ${number})))`,
         filters.touching === true
           ? sql`r.recall_id in (select m.recall_id from matching.matches_view m where m.answer in ('affected', 'possibly'))`
           : null,
       ])}
       order by r.published_on desc, r.recall_id desc
       limit ${limit}
    )
    -- What of it is sold here. The index matches_recall serves it, the primary keys of decisions and campaigns the rest.
    select p.*, m.affected, m.possibly, c.campaign_id
      from page p
     cross join lateral (select count(*) filter (where answer = 'affected') as affected, count(*) filter (where answer = 'possibly') as possibly
                           from matching.matches_view where recall_id = p.recall_id) m
      left join campaigns.campaigns_view c on c.recall_id = p.recall_id
     order by p.published_on desc, p.recall_id desc`.execute(db)
  return rows
}

export type RecallDetail = {
  recall_id: string
  revision: number
  content: unknown
  affected: number
  possibly: number
  not_affected: number
  campaign_id: string | null
}

/** One recall as it stands. Primary keys and the index matches_recall serve it. */
export async function recallDetail(db: Db, recallId: string): Promise<RecallDetail | null> {
  const { rows } = await sql<RecallDetail>`
    select r.recall_id, r.revision, r.content, m.affected, m.possibly, m.not_affected, c.campaign_id
      from recalls.current_recalls_view r
     cross join lateral (select count(*) filter (where answer = 'affected') as affected, count(*) filter (where answer = 'possibly') as possibly,
                                count(*) filter (where answer = 'no') as not_affected
                           from matching.matches_view where recall_id = r.recall_id) m
      left join campaigns.campaigns_view c on c.recall_id = r.recall_id
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

/** The matches of one recall, the heaviest evidence first. The index matches_recall serves it; a recall has few enough to sort. */
export async function matchesPage(db: Db, recallId: string, filters: MatchFilters, after: Key | null, limit: number): Promise<MatchRow[]> {
  const { rows } = await sql<MatchRow>`
    select m.listing_id, l.title, l.brand, l.seller_id, s.name as seller_name, m.answer, m.engine_answer, m.weight, m.tier, m.reasons, m.ruling,
           m.decided_by, m.decision_reason
      from matching.matches_view m
      join catalog.listings_view l on l.listing_id = m.listing_id
      join catalog.sellers_view s on s.seller_id = l.seller_id
     where ${all([
       sql`m.recall_id = ${recallId}`,
       filters.answer === undefined ? null : sql`m.answer = ${filters.answer}`,
       filters.tier === undefined ? null : sql`m.tier = ${filters.tier}`,
       afterKey([sql`-m.weight`, sql`m.listing_id`], after),
     ])}
     order by -m.weight, m.listing_id
     limit ${limit}`.execute(db)
  return rows
}
