/** What the API tells a seller about their own listings, as JSON. */
import type { Units } from '../campaigns/types.ts'
import type { Reason } from '../recalls/types.ts'

/** Why a listing was stopped, in the elements of DSA Art. 17(3). */
export type StatementOfReasons = {
  restriction: 'stop'
  what: string
  scope_territory: string
  until: string
  facts: string
  found_by: 'rule' | 'person' | 'notice'
  automated: boolean
  ground: string
  grounds_url: string | null
  reasons: Reason[]
  redress: string
}

/** Why a stop ended, and what is free since. */
export type ReleaseStatement = { what: string; why: string; stock: string; stays: string; redress: string }

export type SellerSummary = {
  seller_id: string
  name: string
  listings: number
  listings_stopped: number
  units_held: number
  units_affected: number
  units_refunded: number
}

export type SellerStop = {
  listing_id: string
  title: string
  campaign_id: string
  recall: { recall_id: string; recall_number: string; agency: string; title: string; url: string | null; published_on: string }
  placed_at: string
  released_at: string | null
  units: Units
  affected_units: number
  statement: StatementOfReasons
  /** Null while the stop stands. */
  release: ReleaseStatement | null
}

export type SellerStopDetail = SellerStop & {
  /** Stops of this listing by the same recall that ended before this one began. */
  earlier: { stop_no: number; placed_at: string; released_at: string | null; why_released: string | null }[]
  holds: { centre_id: string; centre_name: string; lot: string; units: number; placed_at: string }[]
  reasons: Reason[]
}

/** A listing kept from sale without a campaign. */
export type SellerGate = {
  listing_id: string
  title: string
  recall_id: string
  recall_number: string
  agency: string
  recall_title: string
  gate: 'recalled' | 'under_review'
  placed_at: string
  statement: StatementOfReasons
}
