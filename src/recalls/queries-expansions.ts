/** SQL of expansions: recalls that widen or announce again an earlier one of their agency. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { EXPANDS_YEARS_MAX } from './expands.ts'
import type { CandidatePair } from './queries-links.ts'
import type { SameEvidence } from './same-product.ts'

/** A word of a brand by which the earlier recall is looked for. */
export type BrandWord = { recallId: string; agency: string; publishedOn: string; word: string }

const PAIRS_MAX = 5_000

/** Earlier recalls of the same agency with the word in their title or brands. Few recalls say that they expand one, so each reads its agency's. */
export async function earlierCandidates(db: Db, asked: readonly BrandWord[]): Promise<CandidatePair[]> {
  if (asked.length === 0) return []
  const { rows } = await sql<CandidatePair>`
    with asked as (
      select * from unnest(${asked.map((each) => each.recallId)}::text[], ${asked.map((each) => each.agency)}::text[],
                           ${asked.map((each) => each.publishedOn)}::date[], ${asked.map((each) => each.word)}::text[])
                   as i (recall_id, agency, published_on, word)
    ),
    pairs as (
      select distinct a.recall_id, r.recall_id as earlier_id
        from asked a
        join recalls.recalls r on r.agency = a.agency and r.recall_id <> a.recall_id
       cross join lateral (select * from recalls.revisions n where n.recall_id = r.recall_id order by n.revision desc limit 1) v
       where v.published_on < a.published_on and v.published_on >= a.published_on - make_interval(years => ${EXPANDS_YEARS_MAX}::int)
         and strpos(lower(v.title || ' ' || coalesce(v.content -> 'scope' ->> 'brands', '')), a.word) > 0
    )
    -- Their content, by the primary key.
    select p.recall_id as "recallId", p.earlier_id as "otherId", c.content as other
      from (select * from pairs order by recall_id, earlier_id limit ${PAIRS_MAX}) p
     cross join lateral (select n.content from recalls.revisions n where n.recall_id = p.earlier_id order by n.revision desc limit 1) c`.execute(
    db,
  )
  return rows
}

export type ProposedExpansion = { recallId: string; earlierId: string; evidence: SameEvidence }

/** Writes what is proposed for these recalls, in place of what was. What a person ruled on stays. Returns how many are new. */
export async function recordExpansions(
  db: Db,
  compared: readonly string[],
  proposed: readonly ProposedExpansion[],
  at: Date,
): Promise<number> {
  // The primary key serves it.
  await sql`
    delete from recalls.expansions e
     where e.recall_id = any(${[...compared]}::text[])
       and not exists (select from unnest(${proposed.map((each) => each.recallId)}::text[], ${proposed.map((each) => each.earlierId)}::text[]) as still (a, b)
                        where still.a = e.recall_id and still.b = e.earlier_id)
       and not exists (select from recalls.link_decisions d
                        where d.recall_id = least(e.recall_id, e.earlier_id) and d.other_recall_id = greatest(e.recall_id, e.earlier_id))`.execute(
    db,
  )
  const { rows } = await sql<{ added: boolean }>`
    insert into recalls.expansions (recall_id, earlier_id, reasons, weight, proposed_by, proposed_at)
    select recall_id, earlier_id, reasons::jsonb, weight, 'rule:expands', ${at}::timestamptz
      from unnest(${proposed.map((each) => each.recallId)}::text[], ${proposed.map((each) => each.earlierId)}::text[],
                  ${proposed.map((each) => JSON.stringify(each.evidence.reasons))}::text[], ${proposed.map((each) => each.evidence.weight)}::double precision[])
        as i (recall_id, earlier_id, reasons, weight)
    on conflict (recall_id, earlier_id) do update set reasons = excluded.reasons, weight = excluded.weight
    returning xmax = 0 as added`.execute(db)
  return rows.filter((row) => row.added).length
}

/** A recall that this one expands, or that expands it. */
export type Expansion = {
  direction: 'expands' | 'expanded_by'
  recallId: string
  title: string
  publishedOn: string
  standing: 'linked' | 'proposed'
}

/** Both ways, the newest first; pairs ruled different are not among it. The primary key and the index expansions_earlier serve it. */
export async function expansionsOf(db: Db, recallId: string): Promise<Expansion[]> {
  const { rows } = await sql<Expansion>`
    select p.direction, p.recall_id as "recallId", v.title, v.published_on as "publishedOn", p.standing
      from (select 'expands' as direction, earlier_id as recall_id, standing from recalls.expansions_view where recall_id = ${recallId}
            union all
            select 'expanded_by', recall_id, standing from recalls.expansions_view where earlier_id = ${recallId}) p
     cross join lateral (select n.title, n.published_on from recalls.revisions n where n.recall_id = p.recall_id order by n.revision desc limit 1) v
     where p.standing <> 'different'
     order by v.published_on desc, p.recall_id`.execute(db)
  return rows
}
