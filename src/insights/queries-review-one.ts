/** Everything a person needs to rule on one match: both texts, the exposure, the earlier rulings, what was done about it. */
import { sql } from 'kysely'
import type { Reason } from '../matching/index.ts'
import type { Db } from '../platform/db.ts'
import { scopeCondition, type Recall, type Severity } from '../recalls/index.ts'
import { DECIDED_BY_OPENING } from './queries-review.ts'

export type ReviewedMatch = {
  listing_id: string
  recall_id: string
  revision: number
  answer: string
  engine_answer: string
  weight: number
  tier: string
  reasons: Reason[]
  screened_at: Date
  ruling: string | null
  why: string | null
  severity: Severity
  current_revision: number
  recall: Recall
  seller_id: string
  seller_name: string
  title: string
  brand: string | null
  model: string | null
  gtin: string | null
  asin: string | null
  description: string | null
  category: string | null
  attributes: Record<string, string>
  price_minor: number | null
  currency: string
  pack_units: number
  image_url: string | null
  updated_at: Date
  campaign_id: string | null
  stopped_at: Date | null
  released_at: Date | null
  /** A release of the standing stop waits for a second person. */
  release_asked: boolean
}

export async function reviewedMatch(db: Db, recallId: string, listingId: string): Promise<ReviewedMatch | null> {
  // Primary keys throughout; `why` is null where nobody needs to look.
  const { rows } = await sql<ReviewedMatch>`
    select m.listing_id, m.recall_id, m.revision, m.answer, m.engine_answer, m.weight, m.tier, m.reasons, m.screened_at, m.ruling,
           (select o.why from matching.open_matches_view o where o.listing_id = m.listing_id and o.recall_id = m.recall_id and not ${DECIDED_BY_OPENING}) as why,
           v.severity, r.revision as current_revision, r.content as recall,
           l.seller_id, s.name as seller_name, l.title, l.brand, l.model, l.gtin, l.asin, l.description, l.category, l.attributes, l.price_minor,
           l.currency, l.pack_units, l.image_url, l.updated_at, c.campaign_id, p.placed_at as stopped_at, p.released_at,
           exists (select from campaigns.release_requests_view q
                    where q.campaign_id = c.campaign_id and q.listing_id = m.listing_id and q.stop_no = p.stop_no and q.answer is null) as release_asked
      from matching.matches_view m
      join recalls.current_recalls_view r on r.recall_id = m.recall_id
      join recalls.severities_view v on v.recall_id = m.recall_id
      join catalog.listings_view l on l.listing_id = m.listing_id
      join catalog.sellers_view s on s.seller_id = l.seller_id
      left join lateral (select campaign_id from campaigns.campaigns_view where recall_id = m.recall_id
                          union select campaign_id from campaigns.campaign_recalls_view where recall_id = m.recall_id) c on true
      left join supply.stops_view p on p.listing_id = m.listing_id and p.campaign_id = c.campaign_id
     where m.recall_id = ${recallId} and m.listing_id = ${listingId}`.execute(db)
  return rows[0] ?? null
}

/** Units of the product. `in_scope` counts what was bought in the time the recall states and, where lots are told, in its lots; `possibly` what cannot be told. */
export type Exposure = {
  stock_units: number
  sold_units: number
  open_units: number
  buyers: number
  in_scope_units: number
  possibly_units: number
}

/** What is at stake if the listing is the recalled product. One pass over its lines by order_lines_listing; the key of stock. */
export async function exposureOf(db: Db, listingId: string, recall: Recall): Promise<Exposure> {
  const { rows } = await sql<Exposure>`
    select coalesce(sum(o.units), 0)::bigint as sold_units, coalesce(sum(o.units) filter (where o.state = 'open'), 0)::bigint as open_units,
           count(distinct o.buyer_id) as buyers,
           coalesce(sum(o.units) filter (where o.answer = 'affected'), 0)::bigint as in_scope_units,
           coalesce(sum(o.units) filter (where o.answer = 'possibly'), 0)::bigint as possibly_units,
           (select coalesce(sum(units), 0)::bigint from catalog.stock_view where listing_id = ${listingId}) as stock_units
      from (select o.units, o.state, o.buyer_id, ${scopeCondition(recall.scope, 'o', 'affected')} as answer
              from catalog.order_lines_view o
             where o.listing_id = ${listingId} and o.state <> 'cancelled') o`.execute(db)
  return rows[0]!
}

export type EarlierRuling = {
  decision_no: number
  ruling: string
  decided_by: string
  decided_at: Date
  reason: string
  engine_answer: string | null
  engine_weight: number | null
  revision: number | null
  undoes: number | null
}

/** Every ruling on the match, the newest first. The primary key of decisions serves it. */
export async function rulingsOn(db: Db, recallId: string, listingId: string): Promise<EarlierRuling[]> {
  const { rows } = await sql<EarlierRuling>`
    select decision_no, ruling, decided_by, decided_at, reason, engine_answer, engine_weight, revision, undoes
      from matching.decisions_view
     where listing_id = ${listingId} and recall_id = ${recallId}
     order by decision_no desc
     limit 100`.execute(db)
  return rows
}
