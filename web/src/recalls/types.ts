/** What the API says about recalls and matches, as JSON. */

export type Answer = 'affected' | 'possibly' | 'no'

export type RecallSummary = {
  recall_id: string
  recall_number: string
  agency: string
  title: string
  published_on: string
  kind: string
  hazards: string[]
  affected: number
  possibly: number
  campaign_id: string | null
  /** Other agencies that published it too. */
  also: string[]
}

export type Scope = {
  brands: string[]
  product_nouns: string[]
  models: string[]
  gtins: string[]
  lots: string[]
  serials: string[]
  manufactured_from: string | null
  manufactured_to: string | null
  sold_from: string | null
  sold_to: string | null
  units: number | null
  units_elsewhere: Record<string, number>
  price_min_minor: number | null
  price_max_minor: number | null
  currency: string
  sold_at: string[]
  online_only: boolean | null
}

export type Recall = {
  agency: string
  recall_number: string
  kind: string
  title: string
  published_on: string
  url: string | null
  description: string
  products: { name: string; model: string | null; units_text: string | null }[]
  hazard_text: string
  remedy_text: string
  incident_text: string
  sold_text: string
  contact_text: string | null
  firms: { role: string; name: string }[]
  countries_of_origin: string[]
  images: { url: string; caption: string | null }[]
  hazards: string[]
  remedies: string[]
  proof_of_destruction: boolean
  incidents: number | null
  injuries: number | null
  deaths: number | null
  expands: string[]
  childrens_product: boolean | null
  scope: Scope
  language?: string
  /** What is read from the text where a correction stands above it. */
  corrected?: Record<string, { read: unknown; correction_no: number }>
}

/** The words of one text of the recall that say one of its values; `text` names the text as the recall's JSON does: "products.0.name". */
export type Span = { field: string; value: string | number | boolean; text: string; start: number; end: number; quote: string }

/** A person's correction of one field. `read_now` is what is read from the newest document while it stands. */
export type Correction = {
  correction_no: number
  field: string
  value: unknown
  read_value: unknown
  read_now: unknown
  reason: string
  decided_by: string
  decided_at: string
  withdrawn_by: string | null
  withdrawn_at: string | null
  withdrawn_reason: string | null
  text_changed_since: boolean
}

export type JointRecall = {
  recall_id: string
  agency: string
  recall_number: string
  jurisdiction: string
  title: string
  published_on: string
  remedies: string[]
  executed: boolean
}

export type RecallDetail = {
  recall_id: string
  revision: number
  recall: Recall
  spans: Span[]
  /** A correction was made or withdrawn, and what follows from it is not done yet. */
  follow_up_owed: boolean
  counts: Record<Answer, number>
  campaign_id: string | null
  /** The same recall of other agencies; `executed` by the campaign of this one. */
  joint: JointRecall[]
  /** An open campaign on it that this recall is not in yet. */
  joins_campaign: string | null
  /** Recalls of the agency that this one expands or is expanded by, as ruled or as proposed. */
  expansions: {
    direction: 'expands' | 'expanded_by'
    recall_id: string
    title: string
    published_on: string
    standing: 'linked' | 'proposed'
  }[]
  revisions: { revision: number; recorded_at: string; title: string }[]
}

/** A ruling's answer: the match, and what the ruling did to the recall's campaign, where one is open. */
export type Ruled = Match & {
  campaign: { campaign_id: string; effect: 'extended' | 'noted'; counts: Record<string, number> | null } | null
}

/** One reason of a match; its weight in bits speaks for (+) or against (−). */
export type Reason = { field: string; weight: number; text: string }

export type Match = {
  listing_id: string
  /** The recall whose match it is, of several that are one. */
  recall_id: string
  title: string
  brand: string | null
  seller_id: string
  seller_name: string
  answer: Answer
  engine_answer: Answer
  weight: number
  tier: string
  reasons: Reason[]
  ruling: Answer | null
  decided_by: string | null
  decision_reason: string | null
}
