/** Self-checks: the lines of a notice that are to be told apart, what was said of them, and what follows. Everything of one buyer, by buyer first. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Answer } from '../recalls/index.ts'
import type { NoticeAnswer, NoticeBrief } from './brief.ts'
import type { StatedCodes } from './self-check-rules.ts'

export type NoticeKey = { buyerId: string; campaignId: string }
export type LineKey = NoticeKey & { orderId: string; lineNo: number }

/** `standing`: `cleared` where the last check said that it is not recalled. `listing`: what the matching says of the listing. */
export type LineToCheck = {
  orderId: string
  lineNo: number
  title: string
  orderedAt: Date
  units: number
  standing: NoticeAnswer | 'cleared'
  listing: Answer
  checks: number
}

/** The notice, held to the end of the transaction: checks of one buyer happen one after the other. */
export async function lockNotice(db: Db, of: NoticeKey): Promise<void> {
  await sql`select from outreach.notices where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId} for update`.execute(db)
}

/**
 * What the matching says of the listing of a line `a`: the strongest answer of the campaign's recalls ('affected' comes before 'possibly'; 'no' does
 * not count). A listing that no match speaks of was found by a person: affected.
 */
const LISTING_ANSWER = sql<Answer>`
  coalesce((select min(m.answer) from matching.matches_view m
             where m.listing_id = a.listing_id and m.answer <> 'no'
               and m.recall_id = any(array(select b.recall_id from outreach.briefs b where b.campaign_id = a.campaign_id))), 'affected')`

/** The lines of a notice, oldest first. */
export async function linesToCheck(db: Db, of: NoticeKey): Promise<LineToCheck[]> {
  const { rows } = await sql<LineToCheck>`
    select a.order_id as "orderId", a.line_no as "lineNo", coalesce(listing.title, a.listing_id) as title, a.ordered_at as "orderedAt", a.units,
           case when a.cleared_at is not null then 'cleared' else a.answer end as standing,
           ${LISTING_ANSWER} as listing,
           (select count(*) from outreach.line_checks k
             where k.buyer_id = a.buyer_id and k.campaign_id = a.campaign_id and k.order_id = a.order_id and k.line_no = a.line_no) as checks
      from outreach.affected_lines_view a
      left join catalog.listings_view listing on listing.listing_id = a.listing_id
     where a.buyer_id = ${of.buyerId} and a.campaign_id = ${of.campaignId}
     order by a.ordered_at, a.order_id, a.line_no`.execute(db)
  return rows
}

/**
 * What the agency says now, as far as the campaign has taken it over: the last brief of the notice's jurisdiction. A number that came into the
 * recall after the buyer was told must not be called safe. Primary keys of notices and briefs.
 */
export async function lastBriefOf(db: Db, of: NoticeKey): Promise<{ briefNo: number; brief: NoticeBrief } | null> {
  const { rows } = await sql<{ briefNo: number; brief: NoticeBrief }>`
    select b.brief_no as "briefNo", b.content || jsonb_build_object('jurisdiction', b.jurisdiction) as brief
      from outreach.notices n
      join outreach.briefs b on b.campaign_id = n.campaign_id and b.jurisdiction = n.jurisdiction
     where n.buyer_id = ${of.buyerId} and n.campaign_id = ${of.campaignId}
     order by b.brief_no desc
     limit 1`.execute(db)
  return rows[0] ?? null
}

export type LineCheck = LineKey & { at: Date; actor: string; stated: StatedCodes; briefNo: number; answer: Answer }

/** Appends a check of a line. Called while the notice is held. */
export async function insertLineCheck(db: Db, check: LineCheck): Promise<void> {
  await sql`
    insert into outreach.line_checks (buyer_id, campaign_id, order_id, line_no, check_no, checked_at, actor, stated, brief_no, answer)
    select ${check.buyerId}, ${check.campaignId}, ${check.orderId}, ${check.lineNo}::int,
           (select coalesce(max(check_no), 0) + 1 from outreach.line_checks
             where buyer_id = ${check.buyerId} and campaign_id = ${check.campaignId} and order_id = ${check.orderId} and line_no = ${check.lineNo}),
           ${check.at}::timestamptz, ${check.actor}, ${JSON.stringify(check.stated)}::jsonb, ${check.briefNo}::int, ${check.answer}`.execute(
    db,
  )
}

/** The line is affected from now on, and so is its notice. Primary keys. */
export async function raiseLine(db: Db, line: LineKey): Promise<void> {
  await sql`
    update outreach.affected_lines set answer = 'affected'
     where buyer_id = ${line.buyerId} and campaign_id = ${line.campaignId} and order_id = ${line.orderId} and line_no = ${line.lineNo}`.execute(
    db,
  )
  await sql`
    update outreach.notices set answer = 'affected'
     where buyer_id = ${line.buyerId} and campaign_id = ${line.campaignId}`.execute(db)
}

/** A cleared line with what cleared it. */
export type ClearedLine = Omit<LineKey, 'campaignId'> & { orderedAt: Date; units: number; listing: Answer; stated: StatedCodes }

/** The cleared lines of those whom a jurisdiction's brief is for, after a key, at most `limit`. Index line_checks_campaign. */
export async function clearedLines(
  db: Db,
  of: { campaignId: string; jurisdiction: string },
  after: Omit<LineKey, 'campaignId'> | null,
  limit: number,
): Promise<ClearedLine[]> {
  const { buyerId, orderId, lineNo } = after ?? { buyerId: '', orderId: '', lineNo: 0 }
  const { rows } = await sql<ClearedLine>`
    select k.buyer_id as "buyerId", k.order_id as "orderId", k.line_no as "lineNo", a.ordered_at as "orderedAt", a.units, ${LISTING_ANSWER} as listing, k.stated
      from outreach.line_checks k
      join outreach.affected_lines a
        on a.buyer_id = k.buyer_id and a.campaign_id = k.campaign_id and a.order_id = k.order_id and a.line_no = k.line_no and a.answer = 'possibly'
      join outreach.notices n on n.buyer_id = k.buyer_id and n.campaign_id = k.campaign_id and n.jurisdiction = ${of.jurisdiction}
     where k.campaign_id = ${of.campaignId} and k.answer = 'no' and (k.buyer_id, k.order_id, k.line_no) > (${buyerId}, ${orderId}, ${lineNo}::int)
       and not exists (select from outreach.line_checks later
                        where later.buyer_id = k.buyer_id and later.campaign_id = k.campaign_id and later.order_id = k.order_id
                          and later.line_no = k.line_no and later.check_no > k.check_no)
     order by k.buyer_id, k.order_id, k.line_no
     limit ${limit}`.execute(db)
  return rows
}

/** Their buyers are to be told again, by the newest brief: what cleared them does so no longer. Primary key of notices. */
export async function tellAgain(
  db: Db,
  told: { campaignId: string; buyerIds: readonly string[]; briefNo: number; reason: string; at: Date },
): Promise<void> {
  await sql`
    update outreach.notices n
       set state = 'pending', state_at = ${told.at}, state_reason = ${told.reason}, brief_no = ${told.briefNo}
      from unnest(${[...new Set(told.buyerIds)]}::text[]) as again (buyer_id)
     where n.buyer_id = again.buyer_id and n.campaign_id = ${told.campaignId}`.execute(db)
}

/** Checks that do not fit their lines: of a line that the campaign does not have, or that said `affected` of one that is not. */
export async function checksThatDisagreeWithLines(db: Db): Promise<string[]> {
  const { rows } = await sql<{ sentence: string }>`
    select format('campaign %s: line %s/%s of buyer %s was checked as %s, but %s', k.campaign_id, k.order_id, k.line_no, k.buyer_id, k.answer,
                  case when a.buyer_id is null then 'is not in the books' else 'stands there as ' || a.answer end) as sentence
      from outreach.line_checks k
      left join outreach.affected_lines a
        on a.buyer_id = k.buyer_id and a.campaign_id = k.campaign_id and a.order_id = k.order_id and a.line_no = k.line_no
     where a.buyer_id is null or (k.answer = 'affected' and a.answer <> 'affected')
     limit 100`.execute(db)
  return rows.map((row) => row.sentence)
}
