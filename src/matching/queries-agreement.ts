/** SQL of what people ruled beside what the engine answered. Rulings of rules are not people's, and withdrawn ones count as none. */
import { sql } from 'kysely'
import type { Answer } from '../recalls/index.ts'
import type { Db } from '../platform/db.ts'
import type { FieldCount, RulingCount } from './agreement.ts'
import type { Reason } from './reasons.ts'
import type { Tier } from './score.ts'

// The latest ruling on each match, where a person made it and it stands. `decisions_latest` serves the search for a later one.
const STANDING = sql`
  select d.listing_id, d.recall_id, d.ruling, d.engine_answer, d.engine_tier
    from matching.decisions d
   where d.ruling <> 'withdrawn' and d.engine_answer is not null and d.decided_by not like 'rule:%'
     and not exists (select from matching.decisions later
                      where later.listing_id = d.listing_id and later.recall_id = d.recall_id and later.decision_no > d.decision_no)`

export async function rulingCounts(db: Db): Promise<RulingCount[]> {
  const { rows } = await sql<{ engine_answer: Answer; engine_tier: Tier; ruling: Answer; matches: number }>`
    select engine_answer, engine_tier, ruling, count(*)::int as matches
      from (${STANDING}) standing
     group by engine_answer, engine_tier, ruling`.execute(db)
  return rows.map((row) => ({ engineAnswer: row.engine_answer, tier: row.engine_tier, ruling: row.ruling, matches: row.matches }))
}

export async function fieldCounts(db: Db): Promise<FieldCount[]> {
  // One pass over the matches that were ruled on, each with its some ten reasons. The starting point of every comparison is no evidence.
  const { rows } = await sql<{ field: string; is_for: boolean; is_affected: boolean; matches: number }>`
    select r.reason ->> 'field' as field, (r.reason ->> 'weight')::float8 > 0 as is_for, s.ruling = 'affected' as is_affected, count(*)::int as matches
      from (${STANDING}) s
      join matching.matches m using (listing_id, recall_id)
      cross join lateral jsonb_array_elements(m.reasons) as r (reason)
     where (r.reason ->> 'weight')::float8 <> 0 and r.reason ->> 'field' <> 'prior' and s.ruling <> 'possibly'
     group by 1, 2, 3`.execute(db)
  return rows.map((row) => ({ field: row.field, isFor: row.is_for, isAffected: row.is_affected, matches: row.matches }))
}

export type RuledMatch = { listingId: string; recallId: string; ruling: Answer; reasons: Reason[] }

/** Matches with people's rulings, a page by key; for fitting weights. */
export async function ruledMatches(db: Db, after: { listingId: string; recallId: string } | null, limit: number): Promise<RuledMatch[]> {
  const { rows } = await sql<{ listing_id: string; recall_id: string; ruling: Answer; reasons: Reason[] }>`
    select s.listing_id, s.recall_id, s.ruling, m.reasons
      from (${STANDING}) s
      join matching.matches m using (listing_id, recall_id)
     where (${after === null}::boolean or (s.listing_id, s.recall_id) > (${after?.listingId ?? ''}, ${after?.recallId ?? ''}))
     order by s.listing_id, s.recall_id
     limit ${limit}`.execute(db)
  return rows.map((row) => ({ listingId: row.listing_id, recallId: row.recall_id, ruling: row.ruling, reasons: row.reasons }))
}
