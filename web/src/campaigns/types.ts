/** What the API says about campaigns, as JSON. */
import type { CampaignList } from '../paths.ts'

export type Money = { amount_minor: number; currency: string }
export type List<Row> = { items: Row[]; next: string | null }

export type CampaignSummary = {
  campaign_id: string
  recall_id: string
  recall_number: string
  title: string
  opened_at: string
  opened_by: string
  listings_stopped: number
  held_units: number
  affected_units: number
  affected_buyers: number
  delivered_buyers: number
  remedied_units: number
}

export type Figures = {
  listings_stopped: number
  held_units: number
  intercepted_lines: number
  intercepted_units: number
  affected_lines: number
  affected_units: number
  possible_units: number
  cleared_units: number
  affected_buyers: number
  delivered_buyers: number
  remedied_units: number
  notices: number
  mails_accepted: number
  pending_buyers: number
  unreachable_buyers: number
  acknowledged_buyers: number
  cases: number
  refunded_units: number
  refunded: Money[]
}

export type Account = 'sellable' | 'held' | 'in_transit' | 'with_consumers' | 'returned' | 'destroyed' | 'reworked'
export type RemedyState = 'no_case' | 'awaiting_proof' | 'refund_asked' | 'refunded' | 'refund_refused'
export type Stage = 'identified' | 'notified' | 'delivered' | 'acknowledged' | 'remedied'

export type WaterfallStep = { account: Account; units: number }
export type Waterfall = {
  received: number
  steps: WaterfallStep[]
  balanced: boolean
  consumers: { in_scope: number; possibly: number; cleared: number; out_of_scope: number; balanced: boolean }
  remedy: Record<RemedyState, number>
}
export type FunnelStage = { stage: Stage; buyers: number }
export type TimelineStep = { step_no: number; step: string; at: string; actor: string; counts: Record<string, unknown> }
/** What happened on one day: counts of that day, not running totals. */
export type ResponseDay = { day: string; acknowledged: number; cases: number; refunded: number }

/** A recall that the campaign executes, for the buyers of its jurisdiction; one that it could execute has no `added_at`. */
export type CampaignRecall = {
  recall_id: string
  agency: string
  jurisdiction: string
  title: string
  added_at: string | null
  added_by: string | null
  reason: string | null
  buyers: number
}

export type Campaign = {
  campaign: {
    campaign_id: string
    recall_id: string
    recall_number: string
    title: string
    opened_at: string
    opened_by: string
    reason: string
    remedies: { options: string[]; proof: string }
    recalls: CampaignRecall[]
  }
  figures: Figures
  waterfall: Waterfall
  funnel: FunnelStage[]
  timeline: TimelineStep[]
  response: ResponseDay[]
}

export type Units = { received: number; sellable: number; held: number; in_transit: number; with_consumers: number }

/** The rows of a campaign's tables. */
export type Rows = {
  listings: {
    listing_id: string
    title: string
    seller_id: string
    seller_name: string
    placed_at: string
    placed_by: string
    released_at: string | null
    units: Units
  }
  stock: { listing_id: string; title: string; centre_id: string; centre_name: string; lot: string; units: number; placed_at: string }
  interceptions: { buyer_id: string; order_id: string; line_no: number; listing_id: string; units: number; intercepted_at: string }
  lines: {
    buyer_id: string
    order_id: string
    line_no: number
    listing_id: string
    ordered_at: string
    units: number
    amount_minor: number
    currency: string
    answer: 'affected' | 'possibly' | 'cleared' | 'out_of_scope'
    remedy_state: RemedyState | null
  }
  buyers: {
    buyer_id: string
    answer: 'affected' | 'possibly'
    units: number
    state: 'pending' | 'delivered' | 'unreachable'
    state_at: string
    state_reason: string
    acknowledged_at: string | null
    case_state: RemedyState | null
    last_channel: string | null
    last_outcome: string | null
  }
  deliveries: {
    buyer_id: string
    wave: number
    channel: string
    attempt: number
    started_at: string
    ended_at: string | null
    outcome: string | null
    answer_text: string | null
    recipient_domain: string | null
  }
  cases: {
    buyer_id: string
    case_id: string
    state: RemedyState
    state_at: string
    opened_at: string
    remedy: string
    units: number
    refund: Money | null
  }
  refunds: {
    buyer_id: string
    currency: string
    amount_minor: number
    asked_at: string
    attempts: number
    outcome: 'paid' | 'refused' | null
    payment_reference: string | null
    settled_at: string | null
  }
  'seller-contacts': {
    buyer_id: string
    order_id: string
    seller_id: string
    contact_no: number
    kind: 'told' | 'plan'
    channel: string | null
    told_at: string | null
    outcome: string | null
    recorded_at: string
    covers_until: string | null
    ended_at: string | null
    ended_as: string | null
    ended_why: string | null
  }
}

export type ListOf<Name extends CampaignList> = List<Rows[Name]>

export type CaseEvent = { event_no: number; at: string; actor: string; kind: string; detail: Record<string, unknown> }

export type BuyerDetail = {
  buyer: { buyer_id: string; name: string | null; country: string | null; region: string | null }
  notice: {
    units: number
    created_at: string
    state: string
    state_at: string
    state_reason: string
    acknowledged_at: string | null
    acknowledged_how: string | null
  }
  lines: Rows['lines'][]
  deliveries: Rows['deliveries'][]
  case: (Rows['cases'] & { refunds: Rows['refunds'][]; events: CaseEvent[] }) | null
}

export type OpenedCampaign = { campaign_id: string; counts: Record<string, number> }

type LineSums = { lines: number; units: number; buyers: number }

/** What a newer revision of the recall would change for the campaign. */
export type Proposal = {
  revision: number
  from_revision: number
  recorded_at: string
  cause: 'document' | 'reading' | 'correction'
  proposed_at: string
  change: {
    wider: boolean
    narrower: boolean
    kind: { before: string; after: string } | null
    oversight: { before: string | null; after: string | null } | null
    hazards_added: string[]
    hazards_removed: string[]
    remedies_added: string[]
    remedies_removed: string[]
  }
  fields: { field: string; direction: string; before: string[]; after: string[] }[]
  lines: { into: LineSums; out: LineSums }
  listings: { add: number; look_again: number; release: number }
  decision: {
    decision: 'accepted' | 'refused' | 'superseded'
    scope: boolean
    added: string[]
    released: string[]
    decided_by: string
    decided_at: string
    reason: string
  } | null
}

export type ProposalListing = {
  listing_id: string
  title: string
  seller_name: string
  proposal: 'add' | 'look_again' | 'release'
  engine_answer: string | null
  weight: number | null
  reasons: { field: string; weight: number; text: string }[]
  ruling: string | null
  ruling_reason: string | null
  edited_at: string | null
}

/** A release that somebody asked for. `answer` is null while a second person has not answered. */
export type Release = {
  listing_id: string
  request_no: number
  title: string
  seller_name: string
  revision: number | null
  asked_by: string
  asked_at: string
  reason: string
  answer: 'confirmed' | 'refused' | null
  answered_by: string | null
  answered_at: string | null
  answer_reason: string | null
  released_at: string | null
}
