/** SQL of links between recalls: what notices say of each other, what is proposed, what a person decided. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { recallId, type Recall } from './recall.ts'
import { SAME_DAYS_MAX, type SameEvidence } from './same-product.ts'

/**
 * Writes the links that the newest revisions of these recalls declare or mark, in place of what earlier ones said (the revisions keep that).
 * Then every link that waits for its other end is looked up, since that may just have come in.
 */
export async function recordSaidLinks(db: Db, recalls: readonly Recall[], at: Date): Promise<void> {
  if (recalls.length === 0) return
  const said = recalls.flatMap((recall) =>
    (recall.jointWith ?? []).filter((link) => link.how !== 'translation').map((link) => ({ id: recallId(recall), ...link })),
  )
  // The primary key (recall_id, how, link_key) serves it.
  await sql`delete from recalls.links where recall_id = any(${recalls.map(recallId)}::text[]) and how in ('declared', 'marker')`.execute(db)
  await sql`
    insert into recalls.links (recall_id, how, link_key, other_agency, other_number, other_url, decided_by, decided_at)
    select i.recall_id, i.how, coalesce(i.url, i.number, i.agency), i.agency, i.number, i.url, 'rule:said-by-notice', ${at}::timestamptz
      from unnest(${said.map((each) => each.id)}::text[], ${said.map((each) => each.how)}::text[], ${said.map((each) => each.agency)}::text[],
                  ${said.map((each) => each.number)}::text[], ${said.map((each) => each.url)}::text[]) as i (recall_id, how, agency, number, url)
    on conflict do nothing`.execute(db)
  // An address is looked up in the index revisions_address, a number in the unique index (agency, recall_number). A marker names no recall.
  await sql`
    update recalls.links l
       set other_recall_id = found.recall_id
      from (select u.recall_id as source, u.link_key,
                   coalesce((select r.recall_id from recalls.recalls r where r.agency = u.other_agency and r.recall_number = u.other_number),
                            (select v.recall_id from recalls.revisions v
                              where recalls.address_key(v.content ->> 'url') = recalls.address_key(u.other_url) and v.recall_id <> u.recall_id
                              order by v.recall_id limit 1)) as recall_id
              from recalls.links u where u.how = 'declared' and u.other_recall_id is null) found
     where l.recall_id = found.source and l.how = 'declared' and l.link_key = found.link_key and found.recall_id is not null`.execute(db)
}

export type ToCompare = { recallId: string; revision: number; recall: Recall }

/** Recalls whose newest revision was not compared yet, by id. */
export async function recallsToCompare(db: Db, limit: number): Promise<ToCompare[]> {
  // The primary keys of both tables; content is read of this page only.
  const { rows } = await sql<ToCompare>`
    select c.recall_id as "recallId", c.revision, c.content as recall
      from (select r.recall_id from recalls.recalls r
              left join recalls.compared p using (recall_id)
             where p.revision is distinct from (select max(v.revision) from recalls.revisions v where v.recall_id = r.recall_id)
             order by r.recall_id limit ${limit}) page
      join recalls.current_recalls_view c using (recall_id)`.execute(db)
  return rows
}

/** Two recalls that may be the same. */
export type CandidatePair = { recallId: string; other: Recall; otherId: string }

/** A word by which a recall is looked for: the first of a brand, or any of its title. */
export type SearchWord = { recallId: string; agency: string; publishedOn: string; word: string; isBrand: boolean }

/** Recalls of other agencies, published within weeks, where a brand's word of the one stands in a brand or in the title of the other. */
export async function candidatePairs(db: Db, asked: readonly SearchWord[]): Promise<CandidatePair[]> {
  if (asked.length === 0) return []
  const agencies = [...new Set(asked.map((each) => each.agency))]
  const [first, last] = [asked, asked.toReversed()].map(([each]) => each!.publishedOn)
  const { rows } = await sql<CandidatePair>`
    with asked as (
      select * from unnest(${asked.map((each) => each.recallId)}::text[], ${asked.map((each) => each.agency)}::text[],
                           ${asked.map((each) => each.publishedOn)}::date[], ${asked.map((each) => each.word)}::text[],
                           ${asked.map((each) => each.isBrand)}::boolean[]) as i (recall_id, agency, published_on, word, is_brand)
    ),
    -- What can be meant: the newest revision of each recall of other agencies around the days asked for. Every recall is looked at once.
    others as materialized (
      select r.recall_id, r.agency, v.published_on, lower(v.title) as title, lower(coalesce(v.content -> 'scope' ->> 'brands', '')) as brands
        from recalls.recalls r
       cross join lateral (select * from recalls.revisions n where n.recall_id = r.recall_id order by n.revision desc limit 1) v
       where ${agencies.length === 1 ? sql`r.agency <> ${agencies[0]!}` : sql`true`}
         and v.published_on between ${first!}::date - ${SAME_DAYS_MAX}::int and ${last!}::date + ${SAME_DAYS_MAX}::int
    ),
    words as (
      select recall_id, agency, published_on, w.word, bool_or(w.is_brand) as is_brand
        from others
       cross join lateral (select t[1] as word, false as is_brand from regexp_matches(title, '[[:alnum:]]{3,}', 'g') t
                           union all
                           select b[1], true from regexp_matches(brands, '[[:alnum:]]{3,}', 'g') b) w
       group by recall_id, agency, published_on, w.word
    ),
    pairs as (
      select distinct a.recall_id, w.recall_id as other_id
        from asked a
        join words w on w.word = a.word and (a.is_brand or w.is_brand) and w.agency <> a.agency
                    and w.published_on between a.published_on - ${SAME_DAYS_MAX}::int and a.published_on + ${SAME_DAYS_MAX}::int
    )
    -- Their content, by the primary key. A page of recalls has at most this many pairs; more would be a word that is no brand.
    select p.recall_id as "recallId", p.other_id as "otherId", c.content as other
      from (select * from pairs order by recall_id, other_id limit ${PAIRS_MAX}) p
     cross join lateral (select n.content from recalls.revisions n where n.recall_id = p.other_id order by n.revision desc limit 1) c`.execute(
    db,
  )
  return rows
}

const PAIRS_MAX = 20_000

export type Proposal = { recallId: string; otherId: string; otherAgency: string; evidence: SameEvidence }

/**
 * Writes what the comparison of these recalls proposes, in place of what was proposed for them before, and that they were compared. Returns
 * how many pairs were not proposed before. A pair that a notice declares needs no proposal.
 */
export async function recordProposals(db: Db, compared: readonly ToCompare[], proposals: readonly Proposal[], at: Date): Promise<number> {
  const ids = compared.map((each) => each.recallId)
  // The primary key and the index links_other serve it. What a person ruled on stays, whatever the evidence says now.
  await sql`
    delete from recalls.links l
     where l.how = 'evidence' and (l.recall_id = any(${ids}::text[]) or l.other_recall_id = any(${ids}::text[]))
       and not exists (select from recalls.link_decisions d where d.recall_id = l.recall_id and d.other_recall_id = l.other_recall_id)
       and not exists (select from unnest(${proposals.map((each) => each.recallId)}::text[], ${proposals.map((each) => each.otherId)}::text[])
                                as still (recall_id, other_id)
                        where still.recall_id = l.recall_id and still.other_id = l.other_recall_id)`.execute(db)
  const { rows } = await sql<{ added: boolean }>`
    insert into recalls.links (recall_id, how, link_key, other_recall_id, other_agency, reasons, weight, decided_by, decided_at)
    select i.recall_id, 'evidence', i.other_id, i.other_id, i.agency, i.reasons::jsonb, i.weight, 'rule:same-product', ${at}::timestamptz
      from unnest(${proposals.map((each) => each.recallId)}::text[], ${proposals.map((each) => each.otherId)}::text[],
                  ${proposals.map((each) => each.otherAgency)}::text[], ${proposals.map((each) => JSON.stringify(each.evidence.reasons))}::text[],
                  ${proposals.map((each) => each.evidence.weight)}::double precision[]) as i (recall_id, other_id, agency, reasons, weight)
     where not exists (select from recalls.links d where d.how = 'declared' and d.recall_id = i.recall_id and d.other_recall_id = i.other_id)
       and not exists (select from recalls.links d where d.how = 'declared' and d.recall_id = i.other_id and d.other_recall_id = i.recall_id)
    on conflict (recall_id, how, link_key) do update set reasons = excluded.reasons, weight = excluded.weight
    returning xmax = 0 as added`.execute(db)
  await sql`
    insert into recalls.compared (recall_id, revision, compared_at)
    select recall_id, revision, ${at}::timestamptz
      from unnest(${ids}::text[], ${compared.map((each) => each.revision)}::int[]) as i (recall_id, revision)
    on conflict (recall_id) do update set revision = excluded.revision, compared_at = excluded.compared_at`.execute(db)
  return rows.filter((row) => row.added).length
}

/** The same recall elsewhere, as known here. `title` is null where the other one is not among the recalls here. */
export type LinkedRecall = { recallId: string | null; agency: string; url: string | null; title: string | null }

/** What a recall is linked with, declared before marked; proposals are not among it. The primary key and the index links_other serve it. */
export async function linkedRecalls(db: Db, id: string): Promise<LinkedRecall[]> {
  const { rows } = await sql<LinkedRecall>`
    select l.other_recall_id as "recallId", l.other_agency as agency, l.other_url as url, c.title
      from recalls.links_view l
      left join recalls.current_recalls_view c on c.recall_id = l.other_recall_id
     where l.recall_id = ${id} and l.standing = 'linked'
     order by l.how, l.other_agency, l.other_recall_id nulls last, l.other_url`.execute(db)
  return rows
}

/** `withdrawn` takes the ruling before it back: the pair waits for a person again. */
export const LINK_RULINGS = ['same', 'different', 'withdrawn'] as const
export type LinkRuling = (typeof LINK_RULINGS)[number]

export type LinkDecision = { recallId: string; otherId: string; ruling: LinkRuling; actor: string; reason: string; at: Date }

/** Writes a person's ruling on a proposed pair; false where no such pair is proposed. Run it inside a transaction. */
export async function recordLinkDecision(db: Db, decision: LinkDecision): Promise<boolean> {
  const [one, other] = [decision.recallId, decision.otherId].toSorted()
  // The row of the proposal is locked, so that two rulings of one pair number after each other.
  const proposed = await sql`
    select from recalls.links where recall_id = ${one} and how = 'evidence' and link_key = ${other} for update`.execute(db)
  const expansion = await sql`
    select from recalls.expansions
     where (recall_id = ${one} and earlier_id = ${other}) or (recall_id = ${other} and earlier_id = ${one}) for update`.execute(db)
  if (proposed.rows.length + expansion.rows.length === 0) return false
  await sql`
    insert into recalls.link_decisions (recall_id, other_recall_id, decision_no, ruling, decided_by, decided_at, reason)
    select ${one}, ${other}, coalesce(max(decision_no), 0) + 1, ${decision.ruling}, ${decision.actor}, ${decision.at}::timestamptz, ${decision.reason}
      from recalls.link_decisions where recall_id = ${one} and other_recall_id = ${other}`.execute(db)
  return true
}
