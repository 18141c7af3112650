/** The review queue: the matches that a person must look at, the worst danger first, with counts per filter. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import { afterKey, timeKey, type Key } from '../platform/lists.ts'
import { all } from './queries-stages.ts'

/** `by`: whose ruling stands on a match that came back (`me` is the actor string of the one who asks). */
export type ReviewFilters = {
  answer?: string | undefined
  tier?: string | undefined
  why?: string | undefined
  severity?: string | undefined
  agency?: string | undefined
  recall?: string | undefined
  seller?: string | undefined
  by?: 'mine' | 'others' | undefined
  me: string
}

export type ReviewRow = {
  listing_id: string
  recall_id: string
  title: string
  brand: string | null
  seller_id: string
  seller_name: string
  agency: string
  recall_number: string
  recall_title: string
  severity: string
  hazards: string[] | null
  why: string
  answer: string
  weight: number
  tier: string
  ruling: string | null
  sold_units: number
  stock_units: number
  campaign_id: string | null
  /** The key: rank of the severity, and the units by which equal weights are told apart. */
  rank: number
  tie_units: number
}

/** Matches of one severity and one weight that are ordered by exposure; more of them are copies of one listing, and stay in the order of ids. */
const TIES_MAX = 200

const FILTERS = ['answer', 'tier', 'why', 'severity', 'agency', 'by'] as const
type Filter = (typeof FILTERS)[number]

/** Each filter over a row `o` of the open matches; null where it is not set. */
function conditions(filters: ReviewFilters): Record<Filter, RawBuilder<unknown> | null> {
  const equal = (column: string, value: string | undefined) => (value === undefined ? null : sql`${sql.ref(column)} = ${value}`)
  const mine = sql`coalesce(o.decided_by = ${filters.me}, false)`
  return {
    answer: equal('o.answer', filters.answer),
    tier: equal('o.tier', filters.tier),
    why: equal('o.why', filters.why),
    severity: equal('o.severity', filters.severity),
    agency: equal('o.agency', filters.agency),
    by: filters.by === undefined ? null : filters.by === 'mine' ? mine : sql`(o.decided_by is not null and not ${mine})`,
  }
}

/**
 * Of a row `o` of the open matches: an officer decided on it by opening the campaign, which lists every affected listing and stops them. Primary
 * keys of campaign_recalls and stops.
 */
export const DECIDED_BY_OPENING = sql<boolean>`
  (o.why = 'confirm' and exists (
     select from campaigns.campaign_recalls_view executed
       join campaigns.campaigns_view campaign on campaign.campaign_id = executed.campaign_id
       join supply.stops_view stop on stop.campaign_id = executed.campaign_id and stop.listing_id = o.listing_id
      where executed.recall_id = o.recall_id and stop.placed_at = campaign.opened_at))`

/**
 * All open matches of the recall and the seller asked for, narrow. Read from the indexes matches_standing, decisions_latest and revisions_severity
 * alone; listings_seller serves a seller.
 */
function openMatches({ recall, seller }: ReviewFilters): RawBuilder<unknown> {
  return sql`
    select o.listing_id, o.recall_id, o.answer, o.weight, o.tier, o.why, o.ruling, o.decided_by, s.agency, s.severity, s.rank
      from matching.open_matches_view o
      join recalls.severities_view s on s.recall_id = o.recall_id
     where not ${DECIDED_BY_OPENING} and ${all([
       recall === undefined ? null : sql`o.recall_id = ${recall}`,
       seller === undefined ? null : sql`o.listing_id in (select listing_id from catalog.listings_view where seller_id = ${seller})`,
     ])}`
}

/** Units of a listing with buyers or on their way, and on shelves: what is at stake. Indexes order_lines_listing and the key of stock. */
const SOLD = (listing: RawBuilder<unknown>) => sql<number>`(
  select coalesce(sum(units), 0)::bigint from catalog.order_lines_view where listing_id = ${listing} and state <> 'cancelled')`
const STOCK = (listing: RawBuilder<unknown>) => sql<number>`(
  select coalesce(sum(units), 0)::bigint from catalog.stock_view where listing_id = ${listing})`

/**
 * One page of the queue: the worst severity first, then the heaviest evidence, then the most units. Units are only counted where weights are
 * equal and for the rows shown.
 */
export async function reviewPage(db: Db, filters: ReviewFilters, after: Key | null, limit: number): Promise<ReviewRow[]> {
  const from = after === null ? null : after.slice(0, 2)
  const { rows } = await sql<ReviewRow>`
    with open as materialized (
      select * from (${openMatches(filters)}) o
       where ${all([...Object.values(conditions(filters)), from === null ? null : sql`(rank, -weight) >= (${from[0]}, ${from[1]})`])}
    ),
    -- As many as the page needs beyond those that share the cursor's place, and whoever shares the place of the last.
    head as (
      select o.*, count(*) over (partition by rank, weight) as ties
        from (select * from open
               order by rank, -weight
               fetch first (select ${limit} + count(*) filter (where (rank, -weight) = (${from?.[0] ?? 0}, ${from?.[1] ?? 0})) from open) rows with ties) o
    ),
    placed as (
      select h.*, case when ties between 2 and ${TIES_MAX} then ${SOLD(sql`h.listing_id`)} + ${STOCK(sql`h.listing_id`)} else 0 end as tie_units
        from head h
    ),
    page as (
      select * from placed p
       where ${afterKey([sql`p.rank`, sql`-p.weight`, sql`-p.tie_units`, sql`p.listing_id`, sql`p.recall_id`], after)}
       order by rank, -weight, -tie_units, listing_id, recall_id
       limit ${limit}
    )
    -- What is shown of them. Primary keys, and the indexes of lines and stock by listing.
    select p.listing_id, p.recall_id, l.title, l.brand, l.seller_id, s.name as seller_name, p.agency, r.recall_number, r.title as recall_title,
           p.severity, r.content -> 'hazards' as hazards, p.why, p.answer, p.weight, p.tier, p.ruling, p.rank, p.tie_units,
           ${SOLD(sql`p.listing_id`)} as sold_units, ${STOCK(sql`p.listing_id`)} as stock_units, c.campaign_id
      from page p
      join catalog.listings_view l on l.listing_id = p.listing_id
      join catalog.sellers_view s on s.seller_id = l.seller_id
     cross join lateral (select recall_number, title, content from recalls.current_recalls_view where recall_id = p.recall_id) r
      left join lateral (select campaign_id from campaigns.campaigns_view where recall_id = p.recall_id
                          union select campaign_id from campaigns.campaign_recalls_view where recall_id = p.recall_id) c on true
     order by p.rank, -p.weight, -p.tie_units, p.listing_id, p.recall_id`.execute(db)
  return rows
}

/** How many matches each value of a filter would leave, the other filters as they are; `open` with all of them. */
export type ReviewCounts = { open: number } & Record<Filter, Record<string, number>>

type Combination = Record<Filter, string | null> & { matches: number }

export async function reviewCounts(db: Db, filters: ReviewFilters): Promise<ReviewCounts> {
  // One pass; what is left is a line for each combination of values that there is, some dozens, and those are added up here.
  const { rows } = await sql<Combination>`
    select answer, tier, why, severity, agency,
           case when decided_by = ${filters.me} then 'mine' when decided_by is not null then 'others' end as by, count(*) as matches
      from (${openMatches(filters)}) o
     group by 1, 2, 3, 4, 5, 6`.execute(db)
  const counts: ReviewCounts = { open: 0, answer: {}, tier: {}, why: {}, severity: {}, agency: {}, by: {} }
  for (const row of rows) {
    const refused = FILTERS.filter((name) => filters[name] !== undefined && filters[name] !== row[name])
    if (refused.length === 0) counts.open += row.matches
    for (const name of FILTERS) {
      const value = row[name]
      if (value !== null && refused.every((other) => other === name)) counts[name][value] = (counts[name][value] ?? 0) + row.matches
    }
  }
  return counts
}

export type RulingRow = {
  listing_id: string
  recall_id: string
  decision_no: number
  title: string
  seller_id: string
  seller_name: string
  recall_number: string
  agency: string
  recall_title: string
  ruling: string
  engine_answer: string | null
  engine_tier: string | null
  decided_by: string
  decided_at: Date
  decided_key: string
  reason: string
  undoes: number | null
  is_latest: boolean
}

/** Rulings, the newest first: what people made of the queue. Served by the index decisions_time. */
export async function rulingsPage(
  db: Db,
  filters: {
    ruling?: string | undefined
    by?: 'mine' | 'others' | undefined
    recall?: string | undefined
    seller?: string | undefined
    me: string
  },
  after: Key | null,
  limit: number,
): Promise<RulingRow[]> {
  const { rows } = await sql<RulingRow>`
    select d.listing_id, d.recall_id, d.decision_no, l.title, l.seller_id, s.name as seller_name, r.recall_number, r.agency, r.title as recall_title,
           d.ruling, d.engine_answer, d.engine_tier, d.decided_by, d.decided_at, d.reason, d.undoes, d.is_latest,
           ${timeKey(sql`d.decided_at`)} as decided_key
      from matching.decisions_view d
      join catalog.listings_view l on l.listing_id = d.listing_id
      join catalog.sellers_view s on s.seller_id = l.seller_id
     cross join lateral (select recall_number, agency, title from recalls.current_recalls_view where recall_id = d.recall_id) r
     where ${all([
       filters.ruling === undefined ? null : sql`d.ruling = ${filters.ruling}`,
       filters.recall === undefined ? null : sql`d.recall_id = ${filters.recall}`,
       filters.seller === undefined ? null : sql`l.seller_id = ${filters.seller}`,
       filters.by === undefined ? null : filters.by === 'mine' ? sql`d.decided_by = ${filters.me}` : sql`d.decided_by <> ${filters.me}`,
       after === null
         ? null
         : sql`(d.decided_at, d.listing_id, d.recall_id, d.decision_no)
               < (${after[0]}::timestamptz, ${after[1]}, ${after[2]}, ${after[3]}::int)`,
     ])}
     order by d.decided_at desc, d.listing_id desc, d.recall_id desc, d.decision_no desc
     limit ${limit}`.execute(db)
  return rows
}

export type WaitingReleaseRow = {
  campaign_id: string
  listing_id: string
  request_no: number
  title: string
  seller_id: string
  seller_name: string
  recall_id: string
  asked_by: string
  asked_at: Date
  asked_key: string
  reason: string
}

/** The releases of all campaigns that wait for a second person, the oldest first. Requests are few: they are read whole and sorted. */
export async function waitingReleases(db: Db, after: Key | null, limit: number): Promise<WaitingReleaseRow[]> {
  const { rows } = await sql<WaitingReleaseRow>`
    select r.campaign_id, r.listing_id, r.request_no, l.title, l.seller_id, e.name as seller_name, c.recall_id, r.asked_by, r.asked_at, r.reason,
           ${timeKey(sql`r.asked_at`)} as asked_key
      from campaigns.release_requests_view r
      join campaigns.campaigns_view c on c.campaign_id = r.campaign_id
      join catalog.listings_view l on l.listing_id = r.listing_id
      join catalog.sellers_view e on e.seller_id = l.seller_id
      join supply.stops_view s on s.listing_id = r.listing_id and s.campaign_id = r.campaign_id and s.stop_no = r.stop_no
     where r.answer is null and s.released_at is null
       and ${after === null ? sql`true` : sql`(r.asked_at, r.campaign_id, r.listing_id, r.request_no) > (${after[0]}::timestamptz, ${after[1]}, ${after[2]}, ${after[3]}::int)`}
     order by r.asked_at, r.campaign_id, r.listing_id, r.request_no
     limit ${limit}`.execute(db)
  return rows
}
