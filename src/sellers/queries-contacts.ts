/** A seller's own orders in a campaign: who has told the buyer of each. Order numbers are the seller's own; nothing else leads to a buyer. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Key } from '../platform/lists.ts'

/**
 * Where the telling of an order stands, the first that is true:
 *  - `answered`: the buyer has confirmed the notice or opened a case;
 *  - `told`: told by the marketplace;
 *  - `told_by_you`: the seller says so, and the marketplace has not told them;
 *  - `left_to_you`: announced by the seller, whose time is running;
 *  - `not_reached`: the marketplace has tried everything;
 *  - `waiting`: the marketplace is still to tell them.
 */
export const ORDER_STATES = ['answered', 'told', 'told_by_you', 'left_to_you', 'not_reached', 'waiting'] as const
export type OrderState = (typeof ORDER_STATES)[number]

export type OrderRow = {
  order_id: string
  ordered_at: Date
  units: number
  state: OrderState
  /** When the marketplace had told the buyer; null where it has not. */
  told_at: Date | null
  /** The last that the seller said of it and that stands. */
  your_channel: string | null
  your_told_at: Date | null
  your_outcome: string | null
  left_to_you_until: Date | null
}

type Asked = { campaignId: string; sellerId: string; at: Date }

/**
 * The common table `orders`: the seller's orders in the campaign, one row per number, or those of `page` alone. Index affected_lines_campaign, primary
 * keys of notices and cases, index seller_contacts_campaign. Where two buyers have an order of the same number, it stands as the first one's does.
 */
function ordersOf({ campaignId, sellerId, at }: Asked, page: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    mine as (
      select order_id, min(buyer_id) as buyer_id, sum(units)::bigint as units, min(ordered_at) as ordered_at
        from outreach.affected_lines_view
       where campaign_id = ${campaignId} and seller_id = ${sellerId}
       group by order_id
       ${page}
    ),
    said as (
      select buyer_id, order_id,
             (array_agg(channel order by told_at desc, contact_no desc) filter (where kind = 'told'))[1] as channel,
             (array_agg(outcome order by told_at desc, contact_no desc) filter (where kind = 'told'))[1] as outcome,
             max(told_at) filter (where kind = 'told') as told_at,
             bool_or(kind = 'told' and outcome <> 'not_reached') as reached,
             max(covers_until) filter (where kind = 'plan' and covers_until > ${at}::timestamptz) as until
        from outreach.seller_contacts_view
       where campaign_id = ${campaignId} and seller_id = ${sellerId} and ended_at is null
       group by buyer_id, order_id
    ),
    orders as (
      select m.order_id, m.ordered_at, m.units,
             case when n.acknowledged_at is not null or c.buyer_id is not null then 'answered'
                  when n.state = 'delivered' then 'told'
                  when s.reached then 'told_by_you'
                  when s.until is not null then 'left_to_you'
                  when n.state = 'unreachable' then 'not_reached'
                  else 'waiting' end as state,
             case when n.state = 'delivered' then n.state_at end as told_at,
             s.channel as your_channel, s.told_at as your_told_at, s.outcome as your_outcome, s.until as left_to_you_until
        from mine m
        join outreach.notices_view n on n.buyer_id = m.buyer_id and n.campaign_id = ${campaignId}
        left join remedies.cases_view c on c.buyer_id = m.buyer_id and c.campaign_id = ${campaignId}
        left join said s on s.buyer_id = m.buyer_id and s.order_id = m.order_id
    )`
}

/** The seller's orders in the campaign by their number; `q` is a whole number. */
export async function orderRows(
  db: Db,
  asked: Asked & { state: OrderState | undefined; q: string | undefined },
  after: Key | null,
  limit: number,
): Promise<OrderRow[]> {
  const from = after === null ? sql`true` : sql`order_id > ${after[0]}`
  const named = asked.q === undefined ? sql`true` : sql`order_id = ${asked.q}`
  // Every order has its row: where no state is asked for, the page is cut before anything is joined to it.
  const page = asked.state === undefined ? sql`having ${from} and ${named} order by order_id limit ${limit}` : sql``
  const { rows } = await sql<OrderRow>`
    with ${ordersOf(asked, page)}
    select * from orders
     where ${from} and ${named} and ${asked.state === undefined ? sql`true` : sql`state = ${asked.state}`}
     order by order_id
     limit ${limit}`.execute(db)
  return rows
}

export type CampaignTold = {
  campaign_id: string
  recall_id: string
  recall_number: string
  agency: string
  title: string
  url: string | null
  opened_at: Date
  orders: number
} & Record<OrderState, number>

/** The seller's orders in a campaign, counted by where their telling stands; null where none of them is in it. */
export async function campaignTold(db: Db, asked: Asked): Promise<CampaignTold | null> {
  const counts = ORDER_STATES.map((state) => sql`count(*) filter (where state = ${state}) as ${sql.ref(state)}`)
  const { rows } = await sql<CampaignTold>`
    with ${ordersOf(asked, sql``)},
    counted as (select count(*) as orders, ${sql.join(counts)} from orders)
    select c.campaign_id, c.recall_id, r.recall_number, r.agency, r.title, r.content ->> 'url' as url, c.opened_at, counted.*
      from counted
      join campaigns.campaigns_view c on c.campaign_id = ${asked.campaignId}
      join recalls.current_recalls_view r on r.recall_id = c.recall_id
     where counted.orders > 0`.execute(db)
  return rows[0] ?? null
}
