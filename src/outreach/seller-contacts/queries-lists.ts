/** The lists that sellers handed in, what they say row by row, and the account of both per seller. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db.ts'
import { afterKey, beforeKey, timeKey, type Key } from '../../platform/lists.ts'

export type ListRow = {
  list_id: string
  seller_id: string
  kind: string
  until: Date | null
  recorded_at: Date
  recorded_key: string
  recorded_by: string
  orders: number
  standing: number
  covering: number
  ended_as: string | null
  ended_at: Date | null
  ended_why: string | null
}

/** Lists of a campaign, of one seller or of all, the latest first. `standing` rows were not ended, `covering` ones leave their buyers out of waves now. */
export async function listRows(
  db: Db,
  asked: { campaignId: string; sellerId: string | null; at: Date },
  after: Key | null,
  limit: number,
): Promise<ListRow[]> {
  const { rows } = await sql<ListRow>`
    -- Index seller_lists_campaign, then seller_contacts_campaign once for the page.
    with page as (
      select list_id, campaign_id, seller_id, kind, until, recorded_at, recorded_by, ${timeKey(sql`recorded_at`)} as recorded_key
        from outreach.seller_lists
       where campaign_id = ${asked.campaignId} and ${asked.sellerId === null ? sql`true` : sql`seller_id = ${asked.sellerId}`}
         and ${beforeKey([sql`recorded_at`, sql`list_id::text`], after)}
       order by recorded_at desc, list_id::text desc
       limit ${limit}
    )
    select p.list_id, p.seller_id, p.kind, p.until, p.recorded_at, p.recorded_key, p.recorded_by, c.orders, c.standing, c.covering,
           c.ended_as, c.ended_at, c.ended_why
      from page p
      join (select list_id, count(distinct order_id) as orders, count(distinct order_id) filter (where ended_at is null) as standing,
                   count(distinct order_id) filter (where ended_at is null and covers_until > ${asked.at}::timestamptz) as covering,
                   -- The last that was taken back of it, if anything was.
                   (array_agg(ended_as order by ended_at desc) filter (where ended_as in ('withdrawn', 'revoked')))[1] as ended_as,
                   max(ended_at) filter (where ended_as in ('withdrawn', 'revoked')) as ended_at,
                   (array_agg(ended_why order by ended_at desc) filter (where ended_as in ('withdrawn', 'revoked')))[1] as ended_why
              from outreach.seller_contacts
             where campaign_id = ${asked.campaignId} and seller_id = any(array(select seller_id from page))
               and list_id = any(array(select list_id from page))
             group by list_id) c on c.list_id = p.list_id
     order by p.recorded_at desc, p.list_id::text desc`.execute(db)
  return rows
}

export type ContactRow = {
  buyer_id: string
  order_id: string
  seller_id: string
  contact_no: number
  list_id: string
  kind: string
  channel: string | null
  told_at: Date | null
  outcome: string | null
  recorded_at: Date
  covers_until: Date | null
  covers_not: string | null
  ended_at: Date | null
  ended_as: string | null
  ended_by: string | null
  ended_why: string | null
}

export type ContactFilters = { sellerId?: string | undefined; buyerId?: string | undefined; standing?: Standing | undefined }
/** What the account of a seller counts; `conditionOf` says the same of a row `c`. */
export const STANDINGS = ['told', 'not_reached', 'announced', 'lapsed', 'ended'] as const
export type Standing = (typeof STANDINGS)[number]

function conditionOf(standing: Standing, at: Date): RawBuilder<boolean> {
  return {
    told: sql<boolean>`(c.kind = 'told' and c.outcome <> 'not_reached' and c.ended_at is null)`,
    not_reached: sql<boolean>`(c.kind = 'told' and c.outcome = 'not_reached' and c.ended_at is null)`,
    announced: sql<boolean>`(c.kind = 'plan' and c.ended_at is null and c.covers_until > ${at}::timestamptz)`,
    lapsed: sql<boolean>`(c.kind = 'plan' and c.ended_at is null and c.covers_until <= ${at}::timestamptz)`,
    ended: sql<boolean>`(c.ended_as in ('withdrawn', 'revoked'))`,
  }[standing]
}

/** What sellers said, row by row. Index seller_contacts_campaign. */
export async function contactRows(
  db: Db,
  campaignId: string,
  filters: ContactFilters & { at: Date },
  after: Key | null,
  limit: number,
): Promise<ContactRow[]> {
  const { sellerId, buyerId, standing, at } = filters
  const { rows } = await sql<ContactRow>`
    select c.buyer_id, c.order_id, c.seller_id, c.contact_no, c.list_id, c.kind, c.channel, c.told_at, c.outcome, c.recorded_at, c.covers_until,
           c.covers_not, c.ended_at, c.ended_as, c.ended_by, c.ended_why
      from outreach.seller_contacts c
     where c.campaign_id = ${campaignId}
       and ${sellerId === undefined ? sql`true` : sql`c.seller_id = ${sellerId}`}
       and ${buyerId === undefined ? sql`true` : sql`c.buyer_id = ${buyerId}`}
       and ${standing === undefined ? sql`true` : conditionOf(standing, at)}
       and ${afterKey([sql`c.buyer_id`, sql`c.order_id`, sql`c.seller_id`, sql`c.contact_no`], after)}
     order by c.buyer_id, c.order_id, c.seller_id, c.contact_no
     limit ${limit}`.execute(db)
  return rows
}

export type SellerAccount = {
  seller_id: string
  seller_name: string | null
  /** Rows as `contactRows` lists them. */
  told: number
  not_reached: number
  announced: number
  lapsed: number
  ended: number
  /** Buyers whom the seller says to have told, and where our own account has them. */
  buyers_told: number
  delivered: number
  pending: number
  unreachable: number
  acknowledged: number
}

/** What each seller said, and where those buyers stand with us. Few rows: counted whole for every page. */
export async function sellerAccounts(db: Db, campaignId: string, at: Date, after: Key | null, limit: number): Promise<SellerAccount[]> {
  const counts = STANDINGS.map((standing) => sql`count(*) filter (where ${conditionOf(standing, at)}) as ${sql.ref(standing)}`)
  const { rows } = await sql<SellerAccount>`
    with said as (
      select c.seller_id, ${sql.join(counts)}
        from outreach.seller_contacts c
       where c.campaign_id = ${campaignId} and ${afterKey([sql`c.seller_id`], after)}
       group by c.seller_id
       order by c.seller_id
       limit ${limit}
    ),
    -- Each buyer once per seller, with their notice: primary keys.
    told as (
      select c.seller_id, count(*) as buyers_told, count(*) filter (where n.state = 'delivered') as delivered,
             count(*) filter (where n.state = 'pending') as pending, count(*) filter (where n.state = 'unreachable') as unreachable,
             count(a.buyer_id) as acknowledged
        from (select distinct seller_id, buyer_id from outreach.seller_contacts c
               where c.campaign_id = ${campaignId} and ${conditionOf('told', at)}) c
        join outreach.notices n on n.buyer_id = c.buyer_id and n.campaign_id = ${campaignId}
        left join outreach.acknowledgements a on a.buyer_id = c.buyer_id and a.campaign_id = ${campaignId}
       group by c.seller_id
    )
    select said.*, seller.name as seller_name, coalesce(t.buyers_told, 0) as buyers_told, coalesce(t.delivered, 0) as delivered,
           coalesce(t.pending, 0) as pending, coalesce(t.unreachable, 0) as unreachable, coalesce(t.acknowledged, 0) as acknowledged
      from said
      left join told t on t.seller_id = said.seller_id
      left join catalog.sellers_view seller on seller.seller_id = said.seller_id
     order by said.seller_id`.execute(db)
  return rows
}

/** Buyers of whom a seller says that they told them, each once, and where our own account has them. They are part of it, beside no figure of it. */
export type ToldBySellers = { buyers: number; delivered: number; pending: number; unreachable: number }

export async function toldBySellers(db: Db, campaignId: string, at: Date): Promise<ToldBySellers> {
  const { rows } = await sql<ToldBySellers>`
    select count(*) as buyers, count(*) filter (where n.state = 'delivered') as delivered, count(*) filter (where n.state = 'pending') as pending,
           count(*) filter (where n.state = 'unreachable') as unreachable
      -- Index seller_contacts_campaign, then the primary key of notices.
      from (select distinct buyer_id from outreach.seller_contacts c where c.campaign_id = ${campaignId} and ${conditionOf('told', at)}) c
      join outreach.notices n on n.buyer_id = c.buyer_id and n.campaign_id = ${campaignId}`.execute(db)
  return rows[0]!
}
