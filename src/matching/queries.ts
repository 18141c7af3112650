/** All SQL of the room. Matches are written a page at a time; decisions are only ever added. */
import { sql } from 'kysely'
import type { Answer } from '../recalls/index.ts'
import type { Db } from '../platform/db.ts'
import type { ScreenedListing } from './listing-features.ts'
import type { Reason } from './reasons.ts'
import type { Tier } from './score.ts'

/** A match as it is stored. */
export type MatchRow = {
  listingId: string
  recallId: string
  revision: number
  answer: Answer
  weight: number
  tier: Tier
  reasons: Reason[]
}

/** A match with the ruling on it: `answer` is the ruling where there is one, else the engine's. */
export type Match = {
  listingId: string
  recallId: string
  revision: number
  answer: Answer
  engineAnswer: Answer
  /** Bits of evidence, the sum of the reasons' weights. */
  weight: number
  tier: Tier
  reasons: Reason[]
  screenedAt: Date
  ruling: Answer | null
  decidedBy: string | null
  decidedAt: Date | null
  decisionReason: string | null
}

export type WrittenCounts = { added: number; changed: number; removed: number }

export type ListingRow = {
  listing_id: string
  title: string
  brand: string | null
  model: string | null
  gtin: string | null
  asin: string | null
  description: string | null
  category: string | null
  attributes: Record<string, string>
  price_minor: number | null
  currency: string
}

export function presentListing(row: ListingRow): ScreenedListing {
  const { title, brand, model, gtin, asin, description, category, attributes, currency } = row
  return {
    listingId: row.listing_id,
    title,
    brand,
    model,
    gtin,
    asin,
    description,
    category,
    attributes,
    priceMinor: row.price_minor,
    currency,
  }
}

/**
 * Makes the stored matches of some listings what screening found: new ones are added, those that changed are rewritten, those not found any
 * more are removed, or, where somebody ruled on them, kept with the answer no. The same matches again change nothing. `recallIds` limits it to these recalls.
 */
export async function writeMatches(
  db: Db,
  screened: { listingIds: readonly string[]; recallIds?: readonly string[] },
  matches: readonly MatchRow[],
  at: Date,
): Promise<WrittenCounts> {
  const { rows } = await sql<WrittenCounts>`
    -- What screening found, one row per listing and recall.
    with found as (
      select *
        from unnest(${matches.map((match) => match.listingId)}::text[], ${matches.map((match) => match.recallId)}::text[],
                    ${matches.map((match) => match.revision)}::int[], ${matches.map((match) => match.answer)}::text[],
                    ${matches.map((match) => match.weight)}::float8[], ${matches.map((match) => match.tier)}::text[],
                    ${matches.map((match) => JSON.stringify(match.reasons))}::text[])
          as f (listing_id, recall_id, revision, answer, weight, tier, reasons)
    ),
    -- Earlier matches of these listings that were not found again. Served by the primary key (listing_id, recall_id); a ruling keeps its match.
    removed as (
      delete from matching.matches m
       where m.listing_id = any(${screened.listingIds}::text[])
         and (${screened.recallIds ?? null}::text[] is null or m.recall_id = any(${screened.recallIds ?? null}::text[]))
         and not exists (select from found f where f.listing_id = m.listing_id and f.recall_id = m.recall_id)
         and not exists (select from matching.decisions d where d.listing_id = m.listing_id and d.recall_id = m.recall_id)
      returning 1
    ),
    -- Matches that somebody ruled on and that were not found again: the engine now says no, and the ruling stands beside it.
    faded as (
      update matching.matches m
         set answer = 'no', weight = 0, tier = 'dismiss', reasons = '[]', screened_at = ${at}::timestamptz,
             revision = (select max(v.revision) from recalls.revisions_view v where v.recall_id = m.recall_id)
       where m.listing_id = any(${screened.listingIds}::text[])
         and (${screened.recallIds ?? null}::text[] is null or m.recall_id = any(${screened.recallIds ?? null}::text[]))
         and m.tier <> 'dismiss'
         and not exists (select from found f where f.listing_id = m.listing_id and f.recall_id = m.recall_id)
         and exists (select from matching.decisions d where d.listing_id = m.listing_id and d.recall_id = m.recall_id)
      returning 1
    ),
    -- New matches, and those that now say something else.
    written as (
      insert into matching.matches (listing_id, recall_id, revision, answer, weight, tier, reasons, screened_at)
      select listing_id, recall_id, revision, answer, weight, tier, reasons::jsonb, ${at}::timestamptz from found
      on conflict (listing_id, recall_id) do update
         set revision = excluded.revision, answer = excluded.answer, weight = excluded.weight, tier = excluded.tier,
             reasons = excluded.reasons, screened_at = excluded.screened_at
       where (matches.revision, matches.answer, matches.weight, matches.tier, matches.reasons)
             is distinct from (excluded.revision, excluded.answer, excluded.weight, excluded.tier, excluded.reasons)
      returning (old.listing_id is null) as is_new
    )
    select (select count(*) from written where is_new) as added, (select count(*) from written where not is_new) + (select count(*) from faded) as changed,
           (select count(*) from removed) as removed`.execute(db)
  return rows[0]!
}

type ViewRow = {
  listing_id: string
  recall_id: string
  revision: number
  answer: Answer
  engine_answer: Answer
  weight: number
  tier: Tier
  reasons: Reason[]
  screened_at: Date
  ruling: Answer | null
  decided_by: string | null
  decided_at: Date | null
  decision_reason: string | null
}

function presentMatch(row: ViewRow): Match {
  return {
    listingId: row.listing_id,
    recallId: row.recall_id,
    revision: row.revision,
    answer: row.answer,
    engineAnswer: row.engine_answer,
    weight: row.weight,
    tier: row.tier,
    reasons: row.reasons,
    screenedAt: row.screened_at,
    ruling: row.ruling,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    decisionReason: row.decision_reason,
  }
}

/** The match of one listing and one recall with the ruling on it; null where there is none. */
export async function matchOf(db: Db, listingId: string, recallId: string): Promise<Match | null> {
  // The primary keys of matches and decisions serve it.
  const { rows } = await sql<ViewRow>`
    select listing_id, recall_id, revision, answer, engine_answer, weight, tier, reasons, screened_at, ruling, decided_by, decided_at, decision_reason
      from matching.matches_view
     where listing_id = ${listingId} and recall_id = ${recallId}`.execute(db)
  return rows[0] === undefined ? null : presentMatch(rows[0])
}

/** Rows of one answer of `matchesOfRecall`. */
export const MATCHES_LIMIT_MAX = 500

/** Where a page begins: behind this weight and listing. */
export type MatchCursor = { weight: number; listingId: string }

export type MatchPage = { items: Match[]; next: MatchCursor | null }

/** The matches of a recall, heaviest first, a page at a time. */
export async function matchesOfRecall(
  db: Db,
  recallId: string,
  options: { answer?: Answer; cursor?: MatchCursor | null; limit?: number } = {},
): Promise<MatchPage> {
  const limit = Math.max(1, Math.min(options.limit ?? 100, MATCHES_LIMIT_MAX))
  const cursor = options.cursor ?? null
  const answer = options.answer ?? null
  // One page by key (weight falling, then listing). The index matches_recall finds the recall's matches; they are sorted in memory.
  const { rows } = await sql<ViewRow>`
    select listing_id, recall_id, revision, answer, engine_answer, weight, tier, reasons, screened_at, ruling, decided_by, decided_at, decision_reason
      from matching.matches_view
     where recall_id = ${recallId}
       and (${answer}::text is null or answer = ${answer})
       and (${cursor?.weight ?? null}::float8 is null or weight < ${cursor?.weight ?? null}
            or (weight = ${cursor?.weight ?? null} and listing_id > ${cursor?.listingId ?? null}))
     order by weight desc, listing_id
     limit ${limit + 1}`.execute(db)
  const items = rows.slice(0, limit).map(presentMatch)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? { weight: last.weight, listingId: last.listingId } : null }
}

export type LastDecision = { decisionNo: number; ruling: Answer | 'withdrawn'; decidedBy: string; decidedAt: Date; reason: string }

/**
 * Locks the match of a pair for a decision and returns the latest one. A pair that screening did not find gets a match without evidence
 * first, so that a person can rule on what the engine missed. `undefined` where the listing or the recall is not known.
 */
export async function lockForDecision(db: Db, listingId: string, recallId: string, at: Date): Promise<LastDecision | null | undefined> {
  // Both primary keys, of listings and of recalls, serve the look-up; an existing match stays as it is.
  await sql`
    insert into matching.matches (listing_id, recall_id, revision, answer, weight, tier, reasons, screened_at)
    select l.listing_id, r.recall_id, r.revision, 'no', 0, 'dismiss', '[]'::jsonb, ${at}::timestamptz
      from catalog.listings_view l
      join recalls.current_recalls_view r on r.recall_id = ${recallId}
     where l.listing_id = ${listingId}
    on conflict do nothing`.execute(db)
  const locked = await sql`select 1 from matching.matches where listing_id = ${listingId} and recall_id = ${recallId} for update`.execute(
    db,
  )
  if (locked.rows.length === 0) return undefined
  // The primary key (listing_id, recall_id, decision_no), read backwards.
  const { rows } = await sql<{ decision_no: number; ruling: Answer | 'withdrawn'; decided_by: string; decided_at: Date; reason: string }>`
    select decision_no, ruling, decided_by, decided_at, reason
      from matching.decisions
     where listing_id = ${listingId} and recall_id = ${recallId}
     order by decision_no desc
     limit 1`.execute(db)
  const last = rows[0]
  if (last === undefined) return null
  return { decisionNo: last.decision_no, ruling: last.ruling, decidedBy: last.decided_by, decidedAt: last.decided_at, reason: last.reason }
}

export type NewDecision = {
  listingId: string
  recallId: string
  decisionNo: number
  ruling: Answer | 'withdrawn'
  actor: string
  at: Date
  reason: string
  /** The number of the ruling that this one takes back. */
  undoes?: number
}

/** Appends a ruling with what the engine said of the match at that time. */
export async function appendDecision(db: Db, decision: NewDecision): Promise<void> {
  // The primary key of matches; the caller holds the match's lock, so that what is noted is what the one who ruled could see.
  await sql`
    insert into matching.decisions (listing_id, recall_id, decision_no, ruling, decided_by, decided_at, reason, undoes,
                                    revision, engine_answer, engine_tier, engine_weight, listing_sha256)
    select m.listing_id, m.recall_id, ${decision.decisionNo}::int, ${decision.ruling}, ${decision.actor}, ${decision.at}::timestamptz,
           ${decision.reason}, ${decision.undoes ?? null}::int, m.revision, m.answer, m.tier, m.weight,
           (select matching.identity_of(title, brand, model, gtin, asin, description, category, attributes)
              from catalog.listings_view l where l.listing_id = m.listing_id)
      from matching.matches m
     where m.listing_id = ${decision.listingId} and m.recall_id = ${decision.recallId}`.execute(db)
}

/** Matches whose weight is not the sum of their reasons' weights, at most a hundred. */
export async function weightsThatDoNotAddUp(db: Db): Promise<{ listing_id: string; recall_id: string }[]> {
  // Sixty-fourths of a bit are exact in double precision, so equality is meant. Reads every match once.
  const { rows } = await sql<{ listing_id: string; recall_id: string }>`
    select m.listing_id, m.recall_id
      from matching.matches m
      cross join lateral (select coalesce(sum((r ->> 'weight')::float8), 0) as total from jsonb_array_elements(m.reasons) r) s
     where s.total <> m.weight
     limit 100`.execute(db)
  return rows
}

/** Decisions whose numbers do not run from 1 without gaps, or that rule on no match, at most a hundred. */
export async function brokenDecisions(db: Db): Promise<{ listing_id: string; recall_id: string }[]> {
  // Served by the primary keys of both tables.
  const { rows } = await sql<{ listing_id: string; recall_id: string }>`
    select d.listing_id, d.recall_id
      from matching.decisions d
      left join matching.matches m using (listing_id, recall_id)
     group by d.listing_id, d.recall_id
    having count(*) <> max(d.decision_no) or count(m.listing_id) <> count(*)
     limit 100`.execute(db)
  return rows
}
