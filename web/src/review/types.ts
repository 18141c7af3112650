/** What the API says about the review queue, as JSON. */
import type { Answer, Recall } from '../recalls/types.ts'

export type Why = 'review' | 'confirm' | 'changed'

export type QueueItem = {
  listing_id: string
  recall_id: string
  title: string
  brand: string | null
  seller_id: string
  seller_name: string
  agency: string
  recall_number: string
  recall_title: string
  severity: string
  hazards: string[]
  why: Why
  answer: Answer
  weight: number
  probability: number
  tier: string
  ruling: Answer | null
  sold_units: number
  stock_units: number
  campaign_id: string | null
}

export type Counts = { open: number } & Record<'answer' | 'tier' | 'why' | 'severity' | 'agency' | 'by', Record<string, number>>

export type Queue = { items: QueueItem[]; next: string | null; counts: Counts }

/** Characters `start` to `end` of a field: `title`, `products.0.name`. */
export type Span = { field: string; start: number; end: number }

export type MarkedReason = { field: string; weight: number; text: string; recall_span?: Span; listing_span?: Span }

export type EarlierRuling = {
  decision_no: number
  ruling: Answer | 'withdrawn'
  decided_by: string
  decided_at: string
  reason: string
  engine_answer: Answer | null
  engine_weight: number | null
  revision: number | null
  undoes: number | null
}

export type Line = { name: string; bits: number }

export type ReviewedListing = {
  listing_id: string
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
  updated_at: string
}

export type ReviewedMatch = {
  listing_id: string
  recall_id: string
  /** Null where nobody needs to look. */
  why: Why | null
  answer: Answer
  engine_answer: Answer
  ruling: Answer | null
  tier: string
  weight: number
  probability: number
  thresholds: Line[]
  reasons: MarkedReason[]
  missing: string | null
  screened_at: string
  revision: number
  current_revision: number
  severity: string
  recall: Recall
  listing: ReviewedListing
  exposure: {
    stock_units: number
    sold_units: number
    open_units: number
    buyers: number
    in_scope_units: number
    possibly_units: number
  }
  sellable: boolean | null
  /** Why it is kept from sale without a campaign. */
  gates: { gate: 'not_screened_yet' | 'recalled' | 'under_review'; recall_id: string | null }[]
  rulings: EarlierRuling[]
  campaign: { campaign_id: string; stopped_at: string | null; released_at: string | null; release_asked: boolean } | null
}

export type RulingItem = {
  listing_id: string
  recall_id: string
  decision_no: number
  title: string
  seller_id: string
  seller_name: string
  agency: string
  recall_number: string
  recall_title: string
  ruling: Answer | 'withdrawn'
  engine_answer: Answer | null
  engine_tier: string | null
  decided_by: string
  decided_at: string
  reason: string
  undoes: number | null
  is_latest: boolean
}

export type WaitingRelease = {
  campaign_id: string
  listing_id: string
  request_no: number
  title: string
  seller_id: string
  seller_name: string
  recall_id: string
  asked_by: string
  asked_at: string
  reason: string
}

/** Shares run from 0 to 1; null where nothing was ruled on. */
export type Agreement = {
  matches: number
  agreed: number | null
  kappa: number | null
  answers: Record<Answer, Record<Answer, number>>
  tiers: Record<'auto' | 'review' | 'dismiss', { matches: number; affected: number | null }>
  fields: { field: string; matches: number; agreed: number }[]
}
