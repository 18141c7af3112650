/** SQL of joint recalls: which links stand between which recalls, and the queue of pairs that wait for a person. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { afterKey, type Key } from '../platform/lists.ts'
import type { Agency, Recall, RecallKind, RemedyOption } from './recall.ts'
import type { LinkRuling } from './queries-links.ts'
import type { SameReason } from './same-product.ts'

/** The links that stand, of these recalls to recalls that are here. The primary key of links and the index links_other serve it. */
export async function linkedPairs(db: Db, recallIds: readonly string[]): Promise<[string, string][]> {
  const { rows } = await sql<{ recall_id: string; other_recall_id: string }>`
    select recall_id, other_recall_id from recalls.links_view
     where recall_id = any(${[...recallIds]}::text[]) and standing = 'linked' and other_recall_id is not null
     order by recall_id, other_recall_id`.execute(db)
  return rows.map((row) => [row.recall_id, row.other_recall_id])
}

export type JointFacts = {
  recallId: string
  agency: Agency
  recallNumber: string
  kind: RecallKind
  title: string
  publishedOn: string
  url: string | null
  remedies: RemedyOption[]
  authority: string | null
}

/** What these recalls are, by their newest revisions. The ids stand in the condition, which alone reaches into the view: primary keys. */
export async function jointFacts(db: Db, recallIds: readonly string[]): Promise<JointFacts[]> {
  const { rows } = await sql<JointFacts>`
    select r.recall_id as "recallId", r.agency, r.recall_number as "recallNumber", r.kind, r.title, r.published_on as "publishedOn",
           r.content ->> 'url' as url, r.content -> 'remedies' as remedies, r.content ->> 'authority' as authority
      from recalls.current_recalls_view r
     where r.recall_id = any(${[...recallIds]}::text[])`.execute(db)
  return rows
}

export type LinkStanding = 'proposed' | 'linked' | 'different'

/**
 * A pair that the evidence proposed, as it stands: both recalls as they are now, why, and the last ruling. `asks` whether both are the same one, or
 * whether the first expands the second, an earlier one of its agency.
 */
export type LinkPair = {
  recallId: string
  otherId: string
  asks: 'same' | 'expands'
  standing: LinkStanding
  weight: number
  reasons: SameReason[]
  one: Recall
  other: Recall
  ruling: { ruling: LinkRuling; by: string; at: Date; reason: string } | null
}

/** How one pair is asked for, in either order. */
export type PairAsked = { recallId: string; otherId: string }

type PairRow = Omit<LinkPair, 'ruling'> & { ruling: LinkRuling | null; ruled_by: string | null; ruled_at: Date | null; ruled_why: string | null } // prettier-ignore

/**
 * Pairs by the weight of their evidence, the heaviest first; or the one pair asked for, however it stands. Each once: recalls that may be one from
 * the smaller id, a recall that may expand an earlier one from the later. They are few: a sort serves it.
 */
export async function linkPairs(
  db: Db,
  asked: { standing: LinkStanding } | { pair: PairAsked },
  after: Key | null,
  limit: number,
): Promise<LinkPair[]> {
  const wanted =
    'pair' in asked
      ? sql`(recall_id, other_recall_id) in ((${asked.pair.recallId}, ${asked.pair.otherId}), (${asked.pair.otherId}, ${asked.pair.recallId}))`
      : sql`standing = ${asked.standing}`
  const { rows } = await sql<PairRow>`
    with ${PAIRS},
    page as (
      select * from pairs
       where ${wanted} and ${afterKey([sql`-weight`, sql`recall_id`, sql`other_recall_id`], after)}
       order by -weight, recall_id, other_recall_id
       limit ${limit}
    )
    -- What both say now, and what was ruled last: primary keys.
    select p.recall_id as "recallId", p.other_recall_id as "otherId", p.asks, p.standing, p.weight, p.reasons, a.content as one,
           b.content as other, d.ruling, d.decided_by as ruled_by, d.decided_at as ruled_at, d.reason as ruled_why
      from page p
     cross join lateral (select v.content from recalls.revisions v where v.recall_id = p.recall_id order by v.revision desc limit 1) a
     cross join lateral (select v.content from recalls.revisions v where v.recall_id = p.other_recall_id order by v.revision desc limit 1) b
      left join lateral (select * from recalls.link_decisions n
                          where n.recall_id = least(p.recall_id, p.other_recall_id) and n.other_recall_id = greatest(p.recall_id, p.other_recall_id)
                          order by n.decision_no desc limit 1) d on true
     order by -p.weight, p.recall_id, p.other_recall_id`.execute(db)
  return rows.map(({ ruling, ruled_by, ruled_at, ruled_why, ...pair }) => ({
    ...pair,
    ruling: ruling === null ? null : { ruling, by: ruled_by!, at: ruled_at!, reason: ruled_why! },
  }))
}

/** A part of a `with`: all that evidence proposes. */
const PAIRS = sql`pairs as (
      select recall_id, other_recall_id, 'same' as asks, standing, weight, reasons
        from recalls.links_view where how = 'evidence' and recall_id < other_recall_id
      union all
      select recall_id, earlier_id, 'expands', standing, weight, reasons from recalls.expansions_view
    )`

/** How many pairs wait for a person. */
export async function countProposed(db: Db): Promise<number> {
  const { rows } = await sql<{ pairs: number }>`with ${PAIRS} select count(*) as pairs from pairs where standing = 'proposed'`.execute(db)
  return rows[0]!.pairs
}
