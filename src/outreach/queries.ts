/** The fan-out of a campaign: affected lines, notices, waves. A handful of statements however many buyers, each safe to run twice. */
import { sql, type RawBuilder } from 'kysely'
import {
  jurisdictionSql,
  scopeCondition,
  windowCondition,
  type Answer,
  type Jurisdiction,
  type LineScope,
  type Recall,
} from '../recalls/index.ts'
import type { Db } from '../platform/db.ts'
import type { KeptBrief } from './brief.ts'
import { MORE_UNITS, NOT_SENT_YET } from './notice-state.ts'

export type ScopedListing = { listingId: string; answer: 'affected' | 'possibly' }

/** `affectedUnits` and `possibleUnits` are units of the product, not sold pieces. */
export type LineCounts = { lines: number; affectedUnits: number; possibleUnits: number; buyers: number }

export type NewBrief = Omit<KeptBrief, 'jurisdiction' | 'briefNo'> & { campaignId: string; at: Date }

/**
 * Keeps what the notices of a campaign say to a jurisdiction. The first brief of each stands: what was said to buyers is not rewritten. True where
 * this was it.
 */
export async function insertBrief(db: Db, row: NewBrief): Promise<boolean> {
  const { rows } = await sql`
    insert into outreach.briefs (campaign_id, jurisdiction, recall_id, own, content, created_at)
    values (${row.campaignId}, ${row.brief.jurisdiction}, ${row.recallId}, ${row.own}, ${JSON.stringify(row.brief)}::jsonb, ${row.at})
        on conflict do nothing
    returning 1`.execute(db)
  return rows.length === 1
}

/**
 * Writes the campaign's own brief anew, with what the agency says now and the same remedies: the next number. Null where it has none. Called under
 * `lockFanOut`.
 */
export async function insertNextBrief(
  db: Db,
  next: { campaignId: string; recall: Recall; at: Date },
): Promise<{ jurisdiction: Jurisdiction; briefNo: number } | null> {
  // The index briefs_own, read backwards.
  const { rows } = await sql<{ jurisdiction: Jurisdiction; briefNo: number }>`
    insert into outreach.briefs (campaign_id, jurisdiction, recall_id, own, content, created_at, brief_no)
    select campaign_id, jurisdiction, recall_id, true, content || jsonb_build_object('recall', ${JSON.stringify(next.recall)}::jsonb),
           ${next.at}::timestamptz, brief_no + 1
      from outreach.briefs
     where campaign_id = ${next.campaignId} and own
     order by brief_no desc
     limit 1
    returning jurisdiction, brief_no as "briefNo"`.execute(db)
  return rows[0] ?? null
}

/** Every brief of a campaign, its own first: primary key of briefs. */
export async function selectBriefs(db: Db, campaignId: string): Promise<KeptBrief[]> {
  const { rows } = await sql<KeptBrief>`
    select jurisdiction, recall_id as "recallId", own, brief_no as "briefNo", content || jsonb_build_object('jurisdiction', jurisdiction) as brief
      from outreach.briefs where campaign_id = ${campaignId} order by own desc, jurisdiction, brief_no`.execute(db)
  return rows
}

type Audience = { jurisdiction: Jurisdiction; recallId: string; briefNo: number }

/** Whom each brief is for, the last of each jurisdiction, and the scope by which their lines are judged. `own` is null where the campaign has no brief yet. */
export type Audiences = {
  own: Audience | null
  others: (Audience & { scope: LineScope })[]
}

export async function selectAudiences(db: Db, campaignId: string): Promise<Audiences> {
  // The primary key of briefs; of their content the scope alone.
  const { rows } = await sql<Audience & { own: boolean; scope: LineScope }>`
    select distinct on (jurisdiction) jurisdiction, recall_id as "recallId", brief_no as "briefNo", own, content -> 'recall' -> 'scope' as scope
      from outreach.briefs where campaign_id = ${campaignId} order by jurisdiction, brief_no desc`.execute(db)
  return { own: rows.find((row) => row.own) ?? null, others: rows.filter((row) => !row.own) }
}

/** `scope` is that of the campaign's own recall; `audiences` says for whom another one holds. */
export type LinesWanted = { campaignId: string; scope: LineScope; listings: readonly ScopedListing[]; at: Date }
type LinesJudged = LinesWanted & { audiences: Audiences }

/** One fan-out of a campaign at a time, to the end of the transaction: what is missing is then a question with one answer. */
export async function lockFanOut(db: Db, campaignId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('outreach.fan-out'), hashtext(${campaignId}))`.execute(db)
}

/** Appends the lines in scope that the campaign does not have yet. */
export async function insertAffectedLines(db: Db, wanted: LinesJudged): Promise<void> {
  const answer = lineAnswer(wanted)
  await sql`
    insert into outreach.affected_lines
           (buyer_id, campaign_id, order_id, line_no, answer, listing_id, seller_id, ordered_at, units, amount_minor, currency, found_at)
    -- The campaign's listings and, of each, the lines sold inside the window: index order_lines_listing (listing_id, ordered_at).
    select o.buyer_id, ${wanted.campaignId}, o.order_id, o.line_no, ${answer}, o.listing_id, o.seller_id, o.ordered_at, o.units,
           o.amount_minor, o.currency, ${wanted.at}::timestamptz
      from catalog.order_lines_view o
      ${buyersOfLines(wanted)}
     where o.listing_id = any(${wanted.listings.map((listing) => listing.listingId)}::text[])
       and ${windowOfLines(wanted)}
       -- Only what was shipped is with a consumer: a cancelled line never left, an open one is intercepted.
       and o.state = 'shipped'
       and ${answer} <> 'no'
       -- A line taken back before it shipped stays out even where the marketplace later calls it shipped: primary key of interceptions.
       and not exists (select from supply.interceptions_view i
                        where i.buyer_id = o.buyer_id and i.order_id = o.order_id and i.line_no = o.line_no)
       -- What the campaign has already: index affected_lines_campaign. Under the lock this is cheaper than asking a unique index per row.
       and not exists (select from outreach.affected_lines a
                        where a.campaign_id = ${wanted.campaignId}
                          and a.buyer_id = o.buyer_id and a.order_id = o.order_id and a.line_no = o.line_no)
     -- In the order of the primary key, whose pages then fill one after the other.
     order by o.buyer_id`.execute(db)
}

/** Raises the lines known as `possibly` that are now `affected`, because a listing was ruled so since. */
export async function raisePossibleLines(db: Db, wanted: LinesJudged): Promise<void> {
  await sql`
    update outreach.affected_lines a
       set answer = 'affected'
      from catalog.order_lines_view o
      ${buyersOfLines(wanted)}
     -- The campaign's possible lines (index affected_lines_campaign), each with its order line (primary key).
     where a.campaign_id = ${wanted.campaignId} and a.answer = 'possibly' and a.listing_id = any(${affectedListings(wanted)}::text[])
       and o.buyer_id = a.buyer_id and o.order_id = a.order_id and o.line_no = a.line_no
       and ${lineAnswer(wanted)} = 'affected'`.execute(db)
}

/** The buyers of lines `o`, where who they are tells by which scope a line is judged: primary key of buyers. */
function buyersOfLines({ audiences }: LinesJudged): RawBuilder<unknown> {
  return audiences.others.length === 0 ? sql`` : sql`left join catalog.buyers_view buyer on buyer.buyer_id = o.buyer_id`
}

/** Of several windows none bounds the reading; the answer has each buyer's own in it. */
function windowOfLines({ scope, audiences }: LinesJudged): RawBuilder<boolean> {
  return audiences.others.length === 0 ? windowCondition(scope, 'o') : sql<boolean>`true`
}

/** The answer by the scope that holds for the line's buyer: that of their own jurisdiction's recall, else that of the campaign's. */
function lineAnswer(wanted: LinesJudged): RawBuilder<Answer> {
  const { others } = wanted.audiences
  const own = answerByScope(wanted, wanted.scope)
  if (others.length === 0) return own
  const named = others.map(({ jurisdiction, scope }) => sql`when ${jurisdiction} then ${answerByScope(wanted, scope)}`)
  const jurisdictions = others.map(({ jurisdiction }) => jurisdiction)
  return sql<Answer>`case ${jurisdictionSql(jurisdictions, 'buyer.country')} ${sql.join(named, sql` `)} else ${own} end`
}

/**
 * The answer of a scope for a line `o`. The listings are compared, not joined: by their number in `any(…)` the planner knows how many lines a
 * recalled bestseller has, and reads them in the order of the table.
 */
function answerByScope(wanted: LinesWanted, scope: LineScope): RawBuilder<Answer> {
  const affected = affectedListings(wanted)
  if (wanted.listings.every((listing) => listing.answer === 'affected')) return scopeCondition(scope, 'o', 'affected')
  const ofListing = sql<string>`case when o.listing_id = any(${affected}::text[]) then 'affected' else 'possibly' end`
  return scopeCondition(scope, 'o', ofListing)
}

/** Named twice, a listing counts with the stronger answer. */
function affectedListings({ listings }: LinesWanted): string[] {
  return listings.filter((listing) => listing.answer === 'affected').map((listing) => listing.listingId)
}

/** What a campaign has found so far. */
export async function countAffectedLines(db: Db, campaignId: string): Promise<LineCounts> {
  const counted = await sql<LineCounts>`
    select coalesce(sum(lines), 0)::bigint as lines, coalesce(sum(affected), 0)::bigint as "affectedUnits",
           coalesce(sum(possible), 0)::bigint as "possibleUnits", count(*) as buyers
      -- By buyer first, which counts the buyers without sorting the lines: index affected_lines_campaign.
      from (select count(*) as lines, sum(units) filter (where answer = 'affected') as affected,
                   sum(units) filter (where answer = 'possibly') as possible
              from outreach.affected_lines
             where campaign_id = ${campaignId}
             group by buyer_id) of_buyer`.execute(db)
  return counted.rows[0]!
}

/** Makes the notices that are missing: one per buyer of the campaign's lines, however many those are, each by the brief that is for them. */
export async function insertNotices(db: Db, campaignId: string, at: Date): Promise<void> {
  const audiences = await selectAudiences(db, campaignId)
  const told = toldBy(audiences)
  await sql`
    insert into outreach.notices
           (buyer_id, campaign_id, notice_id, answer, bucket, units, created_at, state, state_at, state_reason, jurisdiction, recall_id, brief_no)
    -- The id is derived (derivedId in platform/ids.ts says the same). The smallest answer is the stronger one: 'affected' comes before 'possibly'.
    -- A bucket is every eighth buyer of a stretch, so that what a block of it needs lies together in every table, and yet the versions of a page's
    -- rows that the block leaves find room on it. The hash of the first buyer says which bucket begins, so that buyers who come one by one are spread.
    select l.buyer_id, ${campaignId}, md5(${`${campaignId}:`} || l.buyer_id)::uuid, l.answer,
           (get_byte(decode(left(md5(first_value(l.buyer_id) over in_order), 2), 'hex'), 0)
             + row_number() over in_order % 8 * 32 + ntile(32) over in_order - 1) % 256, l.units,
           ${at}::timestamptz, 'pending', ${at}::timestamptz, ${NOT_SENT_YET}, ${told.jurisdiction}, ${told.recallId}, ${told.briefNo}
      from (select buyer_id, min(answer) as answer, sum(units) as units
              from outreach.affected_lines a
             where campaign_id = ${campaignId}
               -- What the campaign has already: index notices_bucket.
               and not exists (select from outreach.notices n where n.campaign_id = ${campaignId} and n.buyer_id = a.buyer_id)
             group by buyer_id) l
      ${audiences.others.length === 0 ? sql`` : sql`left join catalog.buyers_view buyer on buyer.buyer_id = l.buyer_id`}
    window in_order as (order by l.buyer_id)
     order by l.buyer_id`.execute(db)
}

/** The brief of a `buyer`: that of their jurisdiction where there is one, else the campaign's own. */
function toldBy({ own, others }: Audiences): Record<keyof Audience, RawBuilder<unknown>> {
  const briefNo = sql`${own?.briefNo ?? 1}::int`
  if (others.length === 0) {
    return { jurisdiction: sql`${own?.jurisdiction ?? null}::text`, recallId: sql`${own?.recallId ?? null}::text`, briefNo }
  }
  const theirs = jurisdictionSql(others.map((each) => each.jurisdiction), 'buyer.country') // prettier-ignore
  const recalls = others.map(({ jurisdiction, recallId }) => sql`when ${jurisdiction} then ${recallId}`)
  const numbers = others.map((each) => sql`when ${each.jurisdiction} then ${each.briefNo}::int`)
  return {
    jurisdiction: sql`coalesce(${theirs}, ${own?.jurisdiction ?? null}::text)`,
    recallId: sql`case ${theirs} ${sql.join(recalls, sql` `)} else ${own?.recallId ?? null}::text end`,
    briefNo: sql`case ${theirs} ${sql.join(numbers, sql` `)} else ${briefNo} end`,
  }
}

/**
 * A buyer whose lines have grown or were raised since keeps the notice, which says so and is pending again, so that the next wave tells them:
 * by the last brief of their jurisdiction, because they are told anew.
 */
export async function growNotices(db: Db, campaignId: string, at: Date): Promise<void> {
  await sql`
    update outreach.notices n
       set answer = l.answer, units = l.units, state = 'pending', state_at = ${at}, state_reason = ${MORE_UNITS},
           brief_no = coalesce((select max(b.brief_no) from outreach.briefs b
                                 where b.campaign_id = n.campaign_id and b.jurisdiction = n.jurisdiction), n.brief_no)
      -- As insertNotices counts them: index affected_lines_campaign.
      from (select buyer_id, min(answer) as answer, sum(units) as units
              from outreach.affected_lines
             where campaign_id = ${campaignId}
             group by buyer_id) l
     where n.campaign_id = ${campaignId} and n.buyer_id = l.buyer_id and (n.units <> l.units or n.answer <> l.answer)`.execute(db)
}

export async function countNotices(db: Db, campaignId: string): Promise<number> {
  // Index notices_bucket (campaign_id, bucket, buyer_id).
  const counted = await sql<{ notices: number }>`
    select count(*) as notices from outreach.notices where campaign_id = ${campaignId}`.execute(db)
  return counted.rows[0]!.notices
}

/**
 * Opens the next wave for those who became pending since the last one, with a bucket row for each bucket that has some. Where nobody did,
 * nothing is opened: asked twice, a wave starts once.
 */
export async function insertWave(db: Db, wave: { campaignId: string; channel: 'email'; actor: string; at: Date }): Promise<void> {
  await sql`
    -- The last wave, if any; two who ask at once collide on the primary key of waves, and one of them rolls back.
    with last as (
      select coalesce(max(wave), 0) as wave, max(created_at) as created_at from outreach.waves where campaign_id = ${wave.campaignId}
    ),
    -- Buckets with somebody to tell: index notices_bucket.
    buckets as (
      select distinct n.bucket
        from outreach.notices n, last
       where n.campaign_id = ${wave.campaignId} and n.state = 'pending' and (last.created_at is null or n.state_at > last.created_at)
    ),
    opened as (
      insert into outreach.waves (campaign_id, wave, channel, created_at, created_by)
      select ${wave.campaignId}, last.wave + 1, ${wave.channel}, ${wave.at}::timestamptz, ${wave.actor}
        from last
       where exists (select from buckets)
      returning campaign_id, wave
    )
    insert into outreach.wave_buckets (campaign_id, wave, bucket)
    select opened.campaign_id, opened.wave, buckets.bucket from opened, buckets`.execute(db)
}

/** The campaign's last wave; `wave` is 0 where there is none. */
export async function lastWave(db: Db, campaignId: string): Promise<{ wave: number; buckets: number }> {
  const found = await sql<{ wave: number; buckets: number }>`
    select wave, (select count(*) from outreach.wave_buckets b where b.campaign_id = w.campaign_id and b.wave = w.wave) as buckets
      from outreach.waves w
     where campaign_id = ${campaignId}
     order by wave desc
     limit 1`.execute(db)
  return found.rows[0] ?? { wave: 0, buckets: 0 }
}
