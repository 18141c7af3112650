/** What buyers see and say: a notice by its link, the notices of a buyer, the banner's figure, that something was seen or read. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Money, NoticeAnswer, NoticeBrief, NoticeLine } from './brief.ts'
import { SEEN_ON_PAGE } from './notice-state.ts'
import type { Reader } from './wording/language.ts'

/** Where the buyer's remedy stands, as `remedies` publishes it. */
export type CaseOnPage = { state: 'awaiting_proof' | 'refund_asked' | 'refunded' | 'refund_refused'; stateAt: Date; refund: Money | null }

export type NoticeOnPage = {
  buyerId: string
  campaignId: string
  noticeId: string
  answer: NoticeAnswer
  units: number
  createdAt: Date
  acknowledgedAt: Date | null
  /** The buyer has had it before their eyes as it stands now. */
  seen: boolean
  brief: NoticeBrief
  /** What tells the buyer's language. */
  reader: Reader
  case: CaseOnPage | null
}

type NoticeRow = Omit<NoticeOnPage, 'case' | 'reader'> &
  Reader & {
    caseState: CaseOnPage['state'] | null
    caseAt: Date | null
    refundMinor: number | null
    refundCurrency: string | null
  }

function selectNotices(where: ReturnType<typeof sql>, limit: number) {
  return sql<NoticeRow>`
    select n.buyer_id as "buyerId", n.campaign_id as "campaignId", n.notice_id as "noticeId", n.answer, n.units, n.created_at as "createdAt",
           a.acknowledged_at as "acknowledgedAt", seen.buyer_id is not null and n.state = 'delivered' as seen,
           b.content || jsonb_build_object('jurisdiction', b.jurisdiction) as brief,
           buyer.locale, buyer.country, buyer.region,
           c.state as "caseState", c.state_at as "caseAt", c.refund_minor as "refundMinor", c.currency as "refundCurrency"
      from outreach.notices n
      join outreach.briefs b on b.campaign_id = n.campaign_id and b.jurisdiction = n.jurisdiction and b.brief_no = n.brief_no
      -- Who reads it: primary key of buyers.
      left join catalog.buyers_view buyer on buyer.buyer_id = n.buyer_id
      -- Read, seen, remedied: each by its primary key (buyer_id, campaign_id, …).
      left join outreach.acknowledgements a on a.buyer_id = n.buyer_id and a.campaign_id = n.campaign_id
      left join outreach.deliveries seen
        on seen.buyer_id = n.buyer_id and seen.campaign_id = n.campaign_id and seen.wave = 0 and seen.channel = 'page' and seen.attempt = 1
      left join remedies.cases_view c on c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id
     where ${where}
     order by n.created_at desc, n.campaign_id
     limit ${limit}`
}

function onPage({ caseState, caseAt, refundMinor, refundCurrency, locale, country, region, ...row }: NoticeRow): NoticeOnPage {
  const refund = refundMinor === null || refundCurrency === null ? null : { amountMinor: refundMinor, currency: refundCurrency }
  return {
    ...row,
    reader: { locale, country, region },
    case: caseState === null || caseAt === null ? null : { state: caseState, stateAt: caseAt, refund },
  }
}

/** The notice that a link names: index notices_id. */
export async function noticeById(db: Db, noticeId: string): Promise<NoticeOnPage | null> {
  const found = await selectNotices(sql`n.notice_id = ${noticeId}::uuid`, 1).execute(db)
  return found.rows[0] === undefined ? null : onPage(found.rows[0])
}

/** What tells a buyer's language; all null for one whom the marketplace has not told us of: primary key of buyers. */
export async function readerOf(db: Db, buyerId: string): Promise<Reader> {
  const { rows } = await sql<Reader>`select locale, country, region from catalog.buyers_view where buyer_id = ${buyerId}`.execute(db)
  return rows[0] ?? { locale: null, country: null, region: null }
}

/** The notices of a buyer, newest first: primary key of notices. */
export async function noticesOfBuyer(db: Db, buyerId: string, limit: number): Promise<NoticeOnPage[]> {
  const found = await selectNotices(sql`n.buyer_id = ${buyerId}`, limit).execute(db)
  return found.rows.map(onPage)
}

/** The affected lines of a notice, oldest first, at most `limit`: primary key of affected_lines. */
export async function linesOfNotice(
  db: Db,
  notice: { buyerId: string; campaignId: string },
  limit: number,
): Promise<{ lines: NoticeLine[]; lineCount: number; refund: Money[] }> {
  const lines = await sql<{ title: string; orderedAt: Date; units: number; amountMinor: number; currency: string; lineCount: number }>`
    select coalesce(listing.title, a.listing_id) as title, a.ordered_at as "orderedAt", a.units, a.amount_minor as "amountMinor", a.currency,
           count(*) over () as "lineCount"
      from outreach.affected_lines a
      left join catalog.listings_view listing on listing.listing_id = a.listing_id
     where a.buyer_id = ${notice.buyerId} and a.campaign_id = ${notice.campaignId}
     order by a.ordered_at, a.order_id, a.line_no
     limit ${limit}`.execute(db)
  const refund = await sql<Money>`
    select currency, sum(amount_minor)::bigint as "amountMinor"
      from outreach.affected_lines
     where buyer_id = ${notice.buyerId} and campaign_id = ${notice.campaignId} and answer = 'affected'
     group by currency
     order by currency`.execute(db)
  return {
    lines: lines.rows.map(({ title, orderedAt, units, amountMinor, currency }) => ({
      title,
      orderedAt,
      units,
      amount: { amountMinor, currency },
    })),
    lineCount: lines.rows[0]?.lineCount ?? 0,
    refund: refund.rows,
  }
}

/** Records that the buyer has these notices before their eyes, each once, and that what was not delivered yet thereby has been. */
export async function insertSeen(db: Db, seen: { buyerId: string; campaignIds: readonly string[]; at: Date }): Promise<void> {
  const shown = sql`unnest(${[...seen.campaignIds]}::text[]) as shown (campaign_id)`
  await sql`
    -- Only what is a notice of this buyer: primary key of notices.
    insert into outreach.deliveries (buyer_id, campaign_id, wave, channel, attempt, started_at, ended_at, outcome)
    select n.buyer_id, n.campaign_id, 0, 'page', 1, ${seen.at}::timestamptz, ${seen.at}::timestamptz, 'seen'
      from ${shown}
      join outreach.notices n on n.buyer_id = ${seen.buyerId} and n.campaign_id = shown.campaign_id
        on conflict (buyer_id, campaign_id, wave, channel, attempt) do nothing`.execute(db)
  await sql`
    update outreach.notices n
       set state = 'delivered', state_at = ${seen.at}, state_reason = ${SEEN_ON_PAGE}
      from ${shown}
     where n.buyer_id = ${seen.buyerId} and n.campaign_id = shown.campaign_id and n.state <> 'delivered'`.execute(db)
}

/** The campaigns whose notices tell of a recall: one, or none. */
export async function campaignsToldOf(db: Db, recallId: string): Promise<string[]> {
  // Briefs are few, some per campaign.
  const { rows } = await sql<{ campaign_id: string }>`
    select distinct campaign_id from outreach.briefs where recall_id = ${recallId}`.execute(db)
  return rows.map((row) => row.campaign_id)
}

/** How a notice was answered: by the button, by opening a case, by saying so, by checking the product's number, by whom the product was given to. */
export type AcknowledgedHow = 'button' | 'case' | 'no_longer_owned' | 'self_check' | 'receiver'

/** Records once that the buyer has read a notice; the first time counts. True where this was it. */
export async function insertAcknowledgement(
  db: Db,
  read: { buyerId: string; campaignId: string; how: AcknowledgedHow; at: Date },
): Promise<boolean> {
  const inserted = await sql`
    insert into outreach.acknowledgements (buyer_id, campaign_id, acknowledged_at, how)
    -- Only for a buyer who has a notice: primary key of notices.
    select n.buyer_id, n.campaign_id, ${read.at}::timestamptz, ${read.how}
      from outreach.notices n
     where n.buyer_id = ${read.buyerId} and n.campaign_id = ${read.campaignId}
        on conflict (buyer_id, campaign_id) do nothing`.execute(db)
  return inserted.numAffectedRows === 1n
}
