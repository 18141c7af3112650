/**
 * The buyers of a block, each with their contact, their lines and what a refund of them comes to. Three plain statements a block, put together
 * here: asking for each buyer's lines by itself costs the database as much as everything else of a wave.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import { hasNotActedSql, isDueSql, isRemindedSql } from './queries-advance.ts'
import type { BlockBuyer, Claim } from './queries-wave.ts'
import { isCoveredSql, missedReminderSql, sellersSpeakSql } from './seller-contacts/queries-covered.ts'

/** Titles by listing, kept while a wave is sent: a campaign has few listings and many lines. */
export type Titles = Map<string, string>

/** Titles kept at once: about a megabyte. */
const TITLES_MAX = 10_000

type Waiting = Omit<BlockBuyer, 'lines' | 'lineCount' | 'refund'>
type Line = { buyerId: string; listingId: string; answer: string; orderedAt: Date; units: number; amountMinor: number; currency: string }

/** The next buyers of a bucket after the checkpoint, at most `limit`, each with at most `linesMax` lines, the oldest first. */
export async function selectBlock(
  db: Db,
  claim: Claim,
  block: { limit: number; linesMax: number; titles: Titles; at: Date },
): Promise<BlockBuyer[]> {
  return completed(db, claim.campaignId, await selectWaiting(db, claim, block.limit, block.at), block)
}

/** Gives buyers their lines in the campaign, at most `linesMax` each, the oldest first, and what a refund of them comes to. */
export async function completed<Waits extends Waiting>(
  db: Db,
  campaignId: string,
  waiting: readonly Waits[],
  block: { linesMax: number; titles: Titles },
): Promise<(Waits & BlockBuyer)[]> {
  if (waiting.length === 0) return []
  const lines = await selectLines(db, campaignId, waiting.map((buyer) => buyer.buyerId)) // prettier-ignore
  await learnTitles(db, lines, block.titles)
  return waiting.map((buyer) => withLines(buyer, lines.get(buyer.buyerId) ?? [], block))
}

async function selectWaiting(db: Db, claim: Claim, limit: number, at: Date): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    -- prepared
    -- Whose turn it is: index notices_bucket (campaign_id, bucket, buyer_id).
    with block as (
      select n.buyer_id, n.campaign_id, n.notice_id, n.jurisdiction, n.brief_no, n.answer, n.units
        from outreach.notices n
       where n.campaign_id = ${claim.campaignId} and n.bucket = ${claim.bucket} and n.buyer_id > ${claim.checkpoint}
         and ${isTheirTurn(claim)}
         -- Where no seller has said anything of the campaign's buyers, nobody is asked for buyer by buyer.
         and (not ${sellersSpeakSql(sql`${claim.campaignId}`)} or not ${isCoveredSql(sql`${at}::timestamptz`)})
       order by n.buyer_id
       limit ${limit}
    )
    select block.buyer_id as "buyerId", block.notice_id as "noticeId", block.jurisdiction, block.brief_no as "briefNo", block.answer, block.units,
           contact.name, contact.email, contact.phone, contact.locale, contact.country, contact.region, contact.street,
           contact.postal_code as "postalCode", contact.city
      from block
      -- The contact as the marketplace has it now: primary key of buyers.
      left join catalog.buyers_view contact on contact.buyer_id = block.buyer_id
     order by block.buyer_id`.execute(db)
  return rows
}

/** For whom a wave is, of the notices `n` of its campaign. The first one is for all: nothing has been tried yet that would have to be asked for. */
function isTheirTurn(claim: Claim): RawBuilder<boolean> {
  const { channel, after, wave, attempt, kind } = claim
  const waits = kind === 'reminder' || kind === 'catch_up' ? hasNotActedSql() : sql<boolean>`n.state = 'pending'`
  if (attempt > 1)
    // A later attempt is only for those whom the one before left refused for now: primary key of deliveries.
    return sql<boolean>`${waits} and (
               select d.outcome from outreach.deliveries d
                where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.wave = ${wave} and d.channel = ${channel}
                  and d.attempt = ${attempt} - 1) in ('refused_for_now', 'failed')`
  if (wave === 1) return waits
  const [by, before] = [sql`${channel}::text`, sql`${after}::text[]`]
  const since = sql`${claim.createdAt}::timestamptz`
  if (kind === 'reminder') return isRemindedSql(by, before, since)
  if (kind === 'catch_up') return sql<boolean>`${isRemindedSql(by, before, since)} and ${missedReminderSql(claim.campaignId, since)}`
  return sql<boolean>`${waits} and ${isDueSql(by, before)}`
}

/** The lines of these buyers in the campaign, oldest first. Primary key of affected_lines (buyer_id, campaign_id, …). */
async function selectLines(db: Db, campaignId: string, buyerIds: readonly string[]): Promise<Map<string, Line[]>> {
  const { rows } = await sql<Line>`
    -- prepared
    select a.buyer_id as "buyerId", a.listing_id as "listingId", a.answer, a.ordered_at as "orderedAt", a.units, a.amount_minor as "amountMinor",
           a.currency
      from outreach.affected_lines a
     where a.buyer_id = any(${[...buyerIds]}::text[]) and a.campaign_id = ${campaignId}
     order by a.buyer_id, a.ordered_at, a.order_id, a.line_no`.execute(db)
  const lines = new Map<string, Line[]>()
  for (const row of rows) {
    const known = lines.get(row.buyerId)
    if (known === undefined) lines.set(row.buyerId, [row])
    else known.push(row)
  }
  return lines
}

/** Asks for the titles that are not known yet; a listing that is gone is called by its id. */
async function learnTitles(db: Db, lines: ReadonlyMap<string, Line[]>, titles: Titles): Promise<void> {
  const missing = new Set<string>()
  for (const each of lines.values()) for (const { listingId } of each) if (!titles.has(listingId)) missing.add(listingId)
  if (missing.size === 0) return
  if (titles.size + missing.size > TITLES_MAX) titles.clear()
  const asked = [...lines.values()].flat().map((line) => line.listingId).filter((id) => !titles.has(id)) // prettier-ignore
  // Primary key of listings.
  const { rows } = await sql<{ listing_id: string; title: string }>`
    select listing_id, title from catalog.listings_view where listing_id = any(${[...new Set(asked)]}::text[])`.execute(db)
  for (const id of asked) titles.set(id, id)
  for (const { listing_id: id, title } of rows) titles.set(id, title)
}

function withLines<Waits extends Waiting>(
  buyer: Waits,
  lines: readonly Line[],
  { linesMax, titles }: { linesMax: number; titles: Titles },
): Waits & BlockBuyer {
  const refunds = new Map<string, number>()
  for (const { answer, currency, amountMinor } of lines)
    if (answer === 'affected') refunds.set(currency, (refunds.get(currency) ?? 0) + amountMinor)
  return {
    ...buyer,
    lineCount: lines.length,
    lines: lines.slice(0, linesMax).map(({ listingId, orderedAt, units, amountMinor, currency }) => ({
      title: titles.get(listingId) ?? listingId,
      orderedAt,
      units,
      amountMinor,
      currency,
    })),
    refund: [...refunds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amountMinor]) => ({ currency, amountMinor })),
  }
}
