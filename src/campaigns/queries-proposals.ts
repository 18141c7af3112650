/** SQL of what agencies change while a campaign runs: the scopes it executed, proposals with their listings and lines, and decisions on them. */
import { sql, type RawBuilder } from 'kysely'
import type { Reason } from '../matching/index.ts'
import type { Db } from '../platform/db.ts'
import { afterKey, type Key } from '../platform/lists.ts'
import { scopeCondition, type Recall, type Scope, type ScopeChange } from '../recalls/index.ts'
import type { FieldChange } from './change-fields.ts'

/** Campaigns whose recall has a newer revision than the one they execute. */
export async function campaignsBehind(db: Db): Promise<string[]> {
  // Per campaign the last of its scopes and the last of its recall's revisions, both by primary key.
  const { rows } = await sql<{ campaign_id: string }>`
    select c.campaign_id
      from campaigns.campaigns_view c
     where c.revision < (select max(v.revision) from recalls.revisions_view v where v.recall_id = c.recall_id)
     order by c.campaign_id`.execute(db)
  return rows.map((row) => row.campaign_id)
}

export type NewScope = { campaignId: string; revision: number; scope: Scope; actor: string; at: Date; reason: string }

/** Appends what the campaign executes from now on, and notes the revision beside those of other agencies' recalls. */
export async function insertScope(db: Db, next: NewScope): Promise<void> {
  // The unique index on recall_id; a campaign's id is its own recall's.
  await sql`
    update campaigns.campaign_recalls set revision = ${next.revision} where recall_id = ${next.campaignId} and campaign_id = recall_id`.execute(
    db,
  )
  await sql`
    insert into campaigns.scopes (campaign_id, scope_no, revision, scope, decided_by, decided_at, reason)
    select ${next.campaignId}, coalesce(max(scope_no), 0) + 1, ${next.revision}, ${JSON.stringify(next.scope)}::jsonb, ${next.actor}, ${next.at}::timestamptz, ${next.reason}
      from campaigns.scopes
     where campaign_id = ${next.campaignId}`.execute(db)
}

/** Order lines, units of the product, and buyers. */
export type LineSums = { lines: number; units: number; buyers: number }
export type LineChanges = { into: LineSums; out: LineSums }

/**
 * What another scope does to the campaign's order lines: shipped ones of the listings it stops that would come into scope, and lines of its
 * books that the newer scope does not cover. Buyers in the countries `elsewhere` are judged by another agency's scope and left out. Nothing is
 * changed by asking.
 */
export async function countLineChanges(db: Db, campaignId: string, scope: Scope, elsewhere: readonly string[]): Promise<LineChanges> {
  const { rows } = await sql<{ comes_in: boolean; lines: number; units: number; buyers: number }>`
    with stopped as (select listing_id from supply.stops_view where campaign_id = ${campaignId} and released_at is null),
    -- What the campaign has found: index affected_lines_campaign.
    found as (select buyer_id, order_id, line_no from outreach.affected_lines_view where campaign_id = ${campaignId}),
    changed as (
      -- Shipped lines of the stopped listings: index order_lines_listing.
      select true as comes_in, o.buyer_id, o.units
        from catalog.order_lines_view o
       where o.listing_id = any(array(select listing_id from stopped)) and o.state = 'shipped'
         and ${scopeCondition(scope, 'o', 'affected')} <> 'no'
         and not exists (select from found f where f.buyer_id = o.buyer_id and f.order_id = o.order_id and f.line_no = o.line_no)
         and not exists (select from supply.interceptions_view i
                          where i.buyer_id = o.buyer_id and i.order_id = o.order_id and i.line_no = o.line_no)
      union all
      -- Lines in the books, each with its order line by primary key.
      select false, o.buyer_id, o.units
        from found f
        join catalog.order_lines_view o using (buyer_id, order_id, line_no)
       where ${scopeCondition(scope, 'o', 'affected')} = 'no'
    )
    select comes_in, count(*) as lines, sum(units)::bigint as units, count(distinct buyer_id) as buyers
      from changed
     where not exists (select from catalog.buyers_view b where b.buyer_id = changed.buyer_id and b.country = any(${elsewhere}::text[]))
     group by comes_in`.execute(db)
  const sums = (comesIn: boolean): LineSums => {
    const { lines, units, buyers } = rows.find((row) => row.comes_in === comesIn) ?? { lines: 0, units: 0, buyers: 0 }
    return { lines, units, buyers }
  }
  return { into: sums(true), out: sums(false) }
}

export type NewProposal = {
  campaignId: string
  revision: number
  fromRevision: number
  actor: string
  at: Date
  change: ScopeChange
  fields: FieldChange[]
  lines: LineChanges
}

export async function insertProposal(db: Db, next: NewProposal): Promise<void> {
  await sql`
    insert into campaigns.proposals (campaign_id, revision, from_revision, proposed_at, proposed_by, change, fields, lines)
    values (${next.campaignId}, ${next.revision}, ${next.fromRevision}, ${next.at}::timestamptz, ${next.actor}, ${JSON.stringify(next.change)}::jsonb,
            ${JSON.stringify(next.fields)}::jsonb, ${JSON.stringify(next.lines)}::jsonb)`.execute(db)
}

/** Ends undecided proposals of earlier revisions: the newer one says what is to be decided. Returns how many. */
export async function supersedeProposals(db: Db, by: { campaignId: string; revision: number; actor: string; at: Date }): Promise<number> {
  const done = await sql`
    insert into campaigns.proposal_decisions (campaign_id, revision, decision, scope, added, released, decided_by, decided_at, reason)
    select p.campaign_id, p.revision, 'superseded', false, '{}', '{}', ${by.actor}, ${by.at}::timestamptz, ${`Revision ${by.revision} came in.`}
      from campaigns.proposals p
     where p.campaign_id = ${by.campaignId} and p.revision < ${by.revision}
       and not exists (select from campaigns.proposal_decisions d where d.campaign_id = p.campaign_id and d.revision = p.revision)`.execute(
    db,
  )
  return Number(done.numAffectedRows ?? 0)
}

/** For which revision of which campaign; `releases`: whether stopped listings are proposed for release. */
type ListingsWanted = { campaignId: string; recallId: string; revision: number; releases: boolean; at: Date }

/**
 * The listings that a newer revision concerns:
 *  - `add`: affected now and not stopped; a person confirms;
 *  - `look_again`: ruled otherwise on an older text, and the engine answers affected on this one;
 *  - `release`: stopped, and no longer affected.
 */
function listingsConcerned(wanted: ListingsWanted): RawBuilder<unknown> {
  return sql`
    with stopped as (
      select listing_id, placed_at from supply.stops_view where campaign_id = ${wanted.campaignId} and released_at is null
    ),
    -- The recall's matches, by the index matches_recall, with the revision that each ruling was made on.
    matched as (
      select m.*, r.revision as ruled_on
        from matching.matches_view m
        left join matching.decisions_view r on r.listing_id = m.listing_id and r.recall_id = m.recall_id and r.is_latest
       where m.recall_id = ${wanted.recallId}
    ),
    -- Listings that the same recall of another agency names stay stopped.
    named_elsewhere as (
      select m.listing_id
        from campaigns.campaign_recalls j
        join matching.matches_view m on m.recall_id = j.recall_id
       where j.campaign_id = ${wanted.campaignId} and j.recall_id <> ${wanted.recallId} and m.answer = 'affected'
    )
    select l.listing_id, case when s.listing_id is not null then 'release' when m.ruling is null then 'add' else 'look_again' end as proposal,
           m.engine_answer, m.tier, m.weight, m.reasons, m.ruling, m.decision_reason,
           case when l.updated_at > s.placed_at then l.updated_at end as edited_at
      from catalog.listings_view l
      left join matched m on m.listing_id = l.listing_id
      left join stopped s on s.listing_id = l.listing_id
     where l.listing_id in (select listing_id from stopped union all select listing_id from matched)
       and case when s.listing_id is not null
                -- A ruling for "affected" keeps the stop, whatever the engine says now.
                then ${wanted.releases} and coalesce(m.answer, 'no') <> 'affected' and l.listing_id not in (select listing_id from named_elsewhere)
                else m.engine_answer = 'affected'
                     and (m.ruling is null or (m.ruling <> 'affected' and coalesce(m.ruled_on, 0) < ${wanted.revision})) end`
}

export async function countProposalListings(db: Db, wanted: ListingsWanted): Promise<number> {
  const { rows } = await sql<{ listings: number }>`select count(*) as listings from (${listingsConcerned(wanted)}) l`.execute(db)
  return rows[0]!.listings
}

/** Adds to a proposal the listings that it does not name yet. Returns how many. */
export async function insertProposalListings(db: Db, wanted: ListingsWanted): Promise<number> {
  const done = await sql`
    insert into campaigns.proposal_listings (campaign_id, revision, listing_id, proposal, engine_answer, tier, weight, reasons, ruling, ruling_reason,
                                             edited_at, found_at)
    select ${wanted.campaignId}, ${wanted.revision}, l.listing_id, l.proposal, l.engine_answer, l.tier, l.weight,
           coalesce((select jsonb_agg(jsonb_build_object('field', r -> 'field', 'weight', r -> 'weight', 'text', r -> 'text'))
                       from jsonb_array_elements(l.reasons) r), '[]'),
           l.ruling, l.decision_reason, l.edited_at, ${wanted.at}::timestamptz
      from (${listingsConcerned(wanted)}) l
    on conflict do nothing`.execute(db)
  return Number(done.numAffectedRows ?? 0)
}

/** A proposal with the decision on it; `decision` is null while it stands. */
export type ProposalRow = {
  campaign_id: string
  revision: number
  from_revision: number
  recorded_at: Date
  cause: 'document' | 'reading' | 'correction'
  proposed_at: Date
  proposed_by: string
  change: ScopeChange
  fields: FieldChange[]
  lines: LineChanges
  listings: { add: number; look_again: number; release: number }
  decision: 'accepted' | 'refused' | 'superseded' | null
  scope: boolean | null
  added: string[] | null
  released: string[] | null
  decided_by: string | null
  decided_at: Date | null
  decision_reason: string | null
}

/** The proposals of a campaign, the newest first: all, or the one of a revision. A recall has a handful of revisions. */
export async function proposalsOf(db: Db, campaignId: string, revision: number | null = null): Promise<ProposalRow[]> {
  // The primary keys of proposals, decisions, listings of proposals and revisions.
  const { rows } = await sql<ProposalRow>`
    select p.campaign_id, p.revision, p.from_revision, v.recorded_at, v.cause, p.proposed_at, p.proposed_by, p.change, p.fields, p.lines,
           (select jsonb_build_object('add', count(*) filter (where proposal = 'add'), 'look_again', count(*) filter (where proposal = 'look_again'),
                                      'release', count(*) filter (where proposal = 'release'))
              from campaigns.proposal_listings l where l.campaign_id = p.campaign_id and l.revision = p.revision) as listings,
           d.decision, d.scope, d.added, d.released, d.decided_by, d.decided_at, d.reason as decision_reason
      from campaigns.proposals p
      join campaigns.campaigns c using (campaign_id)
      join recalls.revisions_view v on v.recall_id = c.recall_id and v.revision = p.revision
      left join campaigns.proposal_decisions d on d.campaign_id = p.campaign_id and d.revision = p.revision
     where p.campaign_id = ${campaignId} and (${revision}::int is null or p.revision = ${revision}::int)
     order by p.revision desc`.execute(db)
  return rows
}

export type ProposalListingRow = {
  listing_id: string
  title: string
  seller_id: string
  seller_name: string
  proposal: 'add' | 'look_again' | 'release'
  engine_answer: string | null
  tier: string | null
  weight: number | null
  reasons: Pick<Reason, 'field' | 'weight' | 'text'>[]
  ruling: string | null
  ruling_reason: string | null
  edited_at: Date | null
  found_at: Date
}

/** The listings of a proposal, by id. The primary key serves it. */
export async function proposalListings(
  db: Db,
  campaignId: string,
  revision: number,
  filters: { proposal?: string | undefined; listingIds?: readonly string[] },
  after: Key | null,
  limit: number,
): Promise<ProposalListingRow[]> {
  const { rows } = await sql<ProposalListingRow>`
    select p.listing_id, l.title, l.seller_id, s.name as seller_name, p.proposal, p.engine_answer, p.tier, p.weight, p.reasons, p.ruling,
           p.ruling_reason, p.edited_at, p.found_at
      from campaigns.proposal_listings p
      join catalog.listings_view l using (listing_id)
      join catalog.sellers_view s using (seller_id)
     where p.campaign_id = ${campaignId} and p.revision = ${revision} and ${afterKey([sql`p.listing_id`], after)}
       and (${filters.proposal ?? null}::text is null or p.proposal = ${filters.proposal ?? null})
       and (${filters.listingIds === undefined} or p.listing_id = any(${filters.listingIds ?? []}::text[]))
     order by p.listing_id
     limit ${limit}`.execute(db)
  return rows
}

export type NewDecision = {
  campaignId: string
  revision: number
  decision: 'accepted' | 'refused'
  scope: boolean
  added: readonly string[]
  released: readonly string[]
  actor: string
  at: Date
  reason: string
}

export async function insertProposalDecision(db: Db, made: NewDecision): Promise<void> {
  await sql`
    insert into campaigns.proposal_decisions (campaign_id, revision, decision, scope, added, released, decided_by, decided_at, reason)
    values (${made.campaignId}, ${made.revision}, ${made.decision}, ${made.scope}, ${made.added}::text[], ${made.released}::text[], ${made.actor},
            ${made.at}::timestamptz, ${made.reason})`.execute(db)
}

/** The text of one revision; null where there is none. */
export async function recallAt(db: Db, recallId: string, revision: number): Promise<Recall | null> {
  const { rows } = await sql<{ content: Recall }>`
    select content from recalls.revisions_view where recall_id = ${recallId} and revision = ${revision}`.execute(db)
  return rows[0]?.content ?? null
}

/** Whether a step was taken for this revision of the recall. */
export async function stepOfRevisionExists(db: Db, campaignId: string, step: 'oversight_ended', revision: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from campaigns.steps where campaign_id = ${campaignId} and step = ${step} and counts ->> 'revision' = ${String(revision)}`.execute(
    db,
  )
  return rows.length > 0
}
