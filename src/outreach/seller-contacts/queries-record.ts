/** Writing what sellers say: where their orders stand, what is added, what ends. One list is a handful of statements, under `lockFanOut`. */
import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { ListKind } from './read-list.ts'
import type { CoversNot, OrderStand } from './rules.ts'

/** An order of the seller in the campaign. One number may, with marketplaces that count orders per buyer, be two buyers' orders. */
export type NamedOrder = { orderId: string; buyerId: string; bucket: number; orderedAt: Date }

/** Those of these orders that have a line of the seller in the campaign: one pass over the index affected_lines_campaign. */
export async function ordersOfSeller(
  db: Db,
  named: { campaignId: string; sellerId: string; orderIds: readonly string[] },
): Promise<NamedOrder[]> {
  const { rows } = await sql<NamedOrder>`
    select a.order_id as "orderId", a.buyer_id as "buyerId", n.bucket, min(a.ordered_at) as "orderedAt"
      from outreach.affected_lines a
      join outreach.notices n on n.buyer_id = a.buyer_id and n.campaign_id = a.campaign_id
     where a.campaign_id = ${named.campaignId} and a.seller_id = ${named.sellerId} and a.order_id = any(${[...named.orderIds]}::text[])
     group by a.order_id, a.buyer_id, n.bucket
     order by a.order_id, a.buyer_id`.execute(db)
  return rows
}

/** Whether the seller has any line in the campaign. */
export async function isConcerned(db: Db, campaignId: string, sellerId: string): Promise<boolean> {
  const { rows } = await sql`
    select from outreach.affected_lines where campaign_id = ${campaignId} and seller_id = ${sellerId} limit 1`.execute(db)
  return rows.length > 0
}

/** `lastNo` is that of the last row about the order, 0 where there is none; `said` is what its seller told of it before, by `saidKey`. */
export type KnownStand = OrderStand & { said: string[]; lastNo: number }

/** Where these orders stand, in their order, and what their seller said of them before. */
export async function standsOf(
  db: Db,
  campaignId: string,
  sellerId: string,
  orders: readonly NamedOrder[],
  at: Date,
): Promise<KnownStand[]> {
  const { rows } = await sql<KnownStand>`
    -- What was said of these orders: one pass over the seller's rows, index seller_contacts_campaign.
    with said as materialized (
      select c.buyer_id, c.order_id, max(c.contact_no) as last_no,
             max(c.recorded_at) filter (where c.kind = 'plan') as planned_at,
             max(c.recorded_at) filter (where c.kind = 'told' and c.covers_until is not null) as told_at,
             bool_or(c.kind = 'plan' and c.covers_until > ${at}::timestamptz and c.ended_at is null) as planned,
             array_agg(concat_ws(' ', c.channel, (extract(epoch from c.told_at) * 1000)::bigint, c.outcome))
               filter (where c.kind = 'told' and c.ended_at is null) as said
        from outreach.seller_contacts c
       where c.campaign_id = ${campaignId} and c.seller_id = ${sellerId} and c.order_id = any(${orders.map((each) => each.orderId)}::text[])
       group by c.buyer_id, c.order_id
    )
    select stand.answered, stand."inFlight", coalesce(said.planned_at >= stand.since, false) as "plannedSince",
           coalesce(said.told_at >= stand.since, false) as "toldSince", coalesce(said.planned, false) as planned,
           coalesce(said.said, '{}') as said, coalesce(said.last_no, 0) as "lastNo"
      from unnest(${orders.map((each) => each.buyerId)}::text[], ${orders.map((each) => each.orderId)}::text[])
             with ordinality as i (buyer_id, order_id, place)
      -- Primary keys of notices, acknowledgements, cases and deliveries, by buyer.
     cross join lateral (
       select exists (select from outreach.acknowledgements a where a.buyer_id = n.buyer_id and a.campaign_id = n.campaign_id)
              or exists (select from remedies.cases_view k where k.buyer_id = n.buyer_id and k.campaign_id = n.campaign_id) as answered,
              exists (select from outreach.wave_buckets b
                       where b.campaign_id = n.campaign_id and b.bucket = n.bucket and b.done_at is null
                         and n.buyer_id > b.checkpoint and n.buyer_id <= b.in_flight_to)
              -- Begun since the list came in: it waited for this block.
              or exists (select from outreach.deliveries d
                          where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.wave > 0
                            and d.started_at > ${at}::timestamptz) as "inFlight",
              -- Since when this buyer is someone to tell: since they became so, or since the last message of ours.
              greatest(n.state_at, (select max(d.ended_at) from outreach.deliveries d
                                     where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.outcome = 'accepted')) as since
         from outreach.notices n
        where n.buyer_id = i.buyer_id and n.campaign_id = ${campaignId}) stand
      left join said on said.buyer_id = i.buyer_id and said.order_id = i.order_id
     order by i.place`.execute(db)
  return rows
}

/** What tells one telling of an order from another. */
export function saidKey(told: { channel: string; toldAt: Date; outcome: string }): string {
  return `${told.channel} ${told.toldAt.getTime()} ${told.outcome}`
}

export type NewList = { listId: string; campaignId: string; sellerId: string; kind: ListKind; until: Date | null; at: Date; actor: string }

export type NewContact = {
  buyerId: string
  orderId: string
  contactNo: number
  channel: string | null
  toldAt: Date | null
  outcome: string | null
  coversUntil: Date | null
  coversNot: CoversNot | null
}

/** So many rows at once that the planner is told of them: autovacuum looks a minute later, and waves are sent meanwhile. */
const MANY_ROWS = 1_000

/** Appends a list with its rows. */
export async function insertList(db: Db, list: NewList, contacts: readonly NewContact[]): Promise<void> {
  await sql`
    insert into outreach.seller_lists (list_id, campaign_id, seller_id, kind, until, recorded_at, recorded_by)
    values (${list.listId}, ${list.campaignId}, ${list.sellerId}, ${list.kind}, ${list.until}::timestamptz, ${list.at}::timestamptz, ${list.actor})`.execute(db) // prettier-ignore
  const time = (at: Date | null) => at?.toISOString() ?? null
  await sql`
    insert into outreach.seller_contacts
           (buyer_id, campaign_id, order_id, seller_id, contact_no, list_id, kind, channel, told_at, outcome, recorded_at, covers_until, covers_not)
    select i.buyer_id, ${list.campaignId}, i.order_id, ${list.sellerId}, i.contact_no,
           ${list.listId}, ${list.kind}, i.channel, i.told_at, i.outcome, ${list.at}::timestamptz, i.covers_until, i.covers_not
      from unnest(${contacts.map((each) => each.buyerId)}::text[], ${contacts.map((each) => each.orderId)}::text[],
                  ${contacts.map((each) => each.channel)}::text[], ${contacts.map((each) => time(each.toldAt))}::timestamptz[],
                  ${contacts.map((each) => each.outcome)}::text[], ${contacts.map((each) => time(each.coversUntil))}::timestamptz[],
                  ${contacts.map((each) => each.coversNot)}::text[], ${contacts.map((each) => each.contactNo)}::int[])
             as i (buyer_id, order_id, channel, told_at, outcome, covers_until, covers_not, contact_no)`.execute(db)
  if (contacts.length >= MANY_ROWS) await sql`analyze outreach.seller_contacts`.execute(db)
}

export type Fulfilled = { buyerId: string; orderId: string; as: 'told' | 'not_reached' }

/** Ends the plans for orders of which their seller has now said what came of it. */
export async function endPlans(db: Db, list: NewList, ends: readonly Fulfilled[]): Promise<void> {
  await sql`
    update outreach.seller_contacts c
       set ended_at = ${list.at}::timestamptz, ended_as = i.ended_as, ended_by = ${list.actor}, ended_why = 'the seller said what came of it'
      from unnest(${ends.map((each) => each.buyerId)}::text[], ${ends.map((each) => each.orderId)}::text[], ${ends.map((each) => each.as)}::text[])
             as i (buyer_id, order_id, ended_as)
     where c.buyer_id = i.buyer_id and c.campaign_id = ${list.campaignId} and c.order_id = i.order_id and c.seller_id = ${list.sellerId}
       and c.kind = 'plan' and c.ended_at is null`.execute(db)
}

/** Ends what was told by a channel that turned out not to have reached the buyer. */
export async function endUnreached(db: Db, list: NewList, unreached: readonly NewContact[]): Promise<void> {
  await sql`
    update outreach.seller_contacts c
       set ended_at = ${list.at}::timestamptz, ended_as = 'not_reached', ended_by = ${list.actor},
           ended_why = 'the seller said that it did not reach the buyer'
      from unnest(${unreached.map((each) => each.buyerId)}::text[], ${unreached.map((each) => each.orderId)}::text[],
                  ${unreached.map((each) => each.channel)}::text[], ${unreached.map((each) => each.toldAt!.toISOString())}::timestamptz[])
             as i (buyer_id, order_id, channel, told_at)
     where c.buyer_id = i.buyer_id and c.campaign_id = ${list.campaignId} and c.order_id = i.order_id and c.seller_id = ${list.sellerId}
       and c.kind = 'told' and c.outcome <> 'not_reached' and c.channel = i.channel and c.told_at <= i.told_at and c.ended_at is null`.execute(
    db,
  )
}

export type ListOnFile = { listId: string; campaignId: string; sellerId: string; kind: ListKind }

export async function selectList(db: Db, listId: string): Promise<ListOnFile | null> {
  const { rows } = await sql<ListOnFile>`
    select list_id as "listId", campaign_id as "campaignId", seller_id as "sellerId", kind from outreach.seller_lists where list_id = ${listId}::uuid`.execute(db) // prettier-ignore
  return rows[0] ?? null
}

/** Ends what stands of a list, or of some of its orders. Index seller_contacts_campaign. Returns how many rows. */
export async function endList(
  db: Db,
  list: ListOnFile,
  end: { orderIds: readonly string[] | null; as: 'withdrawn' | 'revoked'; actor: string; why: string; at: Date },
): Promise<number> {
  const chosen = end.orderIds === null ? sql`true` : sql`order_id = any(${[...end.orderIds]}::text[])`
  const { numAffectedRows } = await sql`
    update outreach.seller_contacts
       set ended_at = ${end.at}::timestamptz, ended_as = ${end.as}, ended_by = ${end.actor}, ended_why = ${end.why}
     where campaign_id = ${list.campaignId} and seller_id = ${list.sellerId} and list_id = ${list.listId}::uuid and ended_at is null and ${chosen}`.execute(db) // prettier-ignore
  return Number(numAffectedRows ?? 0n)
}
