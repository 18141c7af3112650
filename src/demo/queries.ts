/** What the demo's pages read: published views and the built-in mailbox. */
import { sql } from 'kysely'
import { audit } from '../platform/audit.ts'
import type { Db } from '../platform/db.ts'

export type DemoPeople = {
  buyer: { buyer_id: string; name: string | null; email: string | null } | null
  seller: { seller_id: string; name: string } | null
  mails: number
}

/** The buyer and the seller whom the sign-in links stand for: the first affected ones of the campaign, so that it is always the same two. */
export async function demoPeople(db: Db, campaignId: string): Promise<DemoPeople> {
  const buyer = await sql<{ buyer_id: string; name: string | null; email: string | null }>`
    select b.buyer_id, b.name, b.email
      from outreach.notices_view n join catalog.buyers_view b using (buyer_id)
     where n.campaign_id = ${campaignId} and n.answer = 'affected'
     order by n.buyer_id limit 1`.execute(db)
  const seller = await demoSeller(db, campaignId)
  const mails = await sql<{ mails: number }>`select count(*) as mails from platform.mailbox_messages`.execute(db)
  return { buyer: buyer.rows[0] ?? null, seller, mails: mails.rows[0]!.mails }
}

/** The seller with the most stopped listings of the campaign. */
export async function demoSeller(db: Db, campaignId: string): Promise<{ seller_id: string; name: string } | null> {
  const seller = await sql<{ seller_id: string; name: string }>`
    select s.seller_id, s.name
      from supply.stops_view st
      join catalog.listings_view l using (listing_id)
      join catalog.sellers_view s using (seller_id)
     where st.campaign_id = ${campaignId}
     group by s.seller_id, s.name
     order by count(*) desc, s.seller_id limit 1`.execute(db)
  return seller.rows[0] ?? null
}

export type MailboxRow = { message_no: number; received_at: Date; rcpt_to: string; subject: string | null }

/** The newest messages, fifty at a time, whose recipient or subject contains the words. */
export async function mailboxMessages(db: Db, options: { search: string; before: number | null }): Promise<MailboxRow[]> {
  const pattern = `%${options.search.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await sql<MailboxRow>`
    select message_no, received_at, rcpt_to, subject
      from platform.mailbox_messages
     where (${options.before}::bigint is null or message_no < ${options.before})
       and (rcpt_to ilike ${pattern} or subject ilike ${pattern})
     order by message_no desc limit 50`.execute(db)
  return rows.rows
}

export type StoredMessage = { message_no: number; received_at: Date; rcpt_to: string; raw: Buffer }

export async function mailboxMessage(db: Db, messageNo: number): Promise<StoredMessage | null> {
  if (!Number.isSafeInteger(messageNo)) return null
  const rows = await sql<StoredMessage>`
    select message_no, received_at, rcpt_to, raw from platform.mailbox_messages where message_no = ${messageNo}`.execute(db)
  return rows.rows[0] ?? null
}

export type DemoOrder = {
  order_id: string
  ordered_at: Date
  title: string
  quantity: number
  amount_minor: number
  currency: string
  state: string
}

/** A buyer's newest orders, as a shop's orders page shows them. */
export async function ordersOf(db: Db, buyerId: string): Promise<DemoOrder[]> {
  const rows = await sql<DemoOrder>`
    select o.order_id, o.ordered_at, l.title, o.quantity, o.amount_minor, o.currency, o.state
      from catalog.order_lines_view o join catalog.listings_view l using (listing_id)
     where o.buyer_id = ${buyerId}
     order by o.ordered_at desc limit 50`.execute(db)
  return rows.rows
}

/** Where the demo stands on this database. `foreign`: a marketplace that is not the demo's. */
export type DemoPhase = { kind: 'empty' } | { kind: 'foreign' } | { kind: 'begun' | 'done'; scale: string }

/** Read from the audit log, where the demo writes that it began and that it ended. */
export async function demoPhase(db: Db): Promise<DemoPhase> {
  const entries = await sql<{ action: string; scale: string | null }>`
    select action, detail->>'scale' as scale from platform.audit_log where action in ('demo.begun', 'demo.done') order by seq`.execute(db)
  const begun = entries.rows.find((entry) => entry.action === 'demo.begun')
  if (begun !== undefined) {
    return { kind: entries.rows.some((entry) => entry.action === 'demo.done') ? 'done' : 'begun', scale: begun.scale ?? '' }
  }
  const listings = await sql`select 1 from catalog.listings_view limit 1`.execute(db)
  return { kind: listings.rows.length === 0 ? 'empty' : 'foreign' }
}

export async function startDemo(db: Db, scale: string, at: Date): Promise<void> {
  await audit(db, { actor: 'demo', action: 'demo.begun', subject: 'demo', detail: { scale }, at })
}

export async function finishDemo(db: Db, at: Date): Promise<void> {
  await audit(db, { actor: 'demo', action: 'demo.done', subject: 'demo', detail: {}, at })
}

/** How many listings a recall affects, and how many recalls have a match that is worth a look. */
export async function recallCounts(db: Db, recallId: string): Promise<{ affected: number; recalls: number }> {
  const rows = await sql<{ affected: number; recalls: number }>`
    select count(*) filter (where recall_id = ${recallId} and answer = 'affected') as affected,
           count(distinct recall_id) filter (where answer <> 'no') as recalls
      from matching.matches_view`.execute(db)
  return rows.rows[0]!
}
