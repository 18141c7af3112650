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
}

export type RecallDetail = {
  recall_id: string
  revision: number
  recall: Recall
  counts: Record<Answer, number>
  campaign_id: string | null
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
