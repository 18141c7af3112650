/**
 * What an agency says about a dangerous product, normalised: the words of the recall and the scope read from them.
 * Types only; the rules that use them are `scope.ts`, the rows are `queries.ts`.
 */

export const AGENCIES = ['CPSC'] as const
export type Agency = (typeof AGENCIES)[number]

/** A recall, a warning without a remedy, or a withdrawal for reasons other than safety. */
export const RECALL_KINDS = ['recall', 'safety_alert', 'market_withdrawal'] as const
export type RecallKind = (typeof RECALL_KINDS)[number]

export const HAZARDS = [
  'fire', 'burn', 'electric_shock', 'laceration', 'choking', 'ingestion', 'strangulation', 'suffocation', 'entrapment', 'fall',
  'tip_over', 'drowning', 'poisoning', 'lead', 'chemical', 'carbon_monoxide', 'explosion', 'projectile', 'impact', 'crash',
  'amputation', 'pinch', 'magnet', 'hearing', 'eye_injury', 'infection', 'allergen', 'mold', 'other',
] as const // prettier-ignore
export type Hazard = (typeof HAZARDS)[number]

/** What the agency lists as the consumer's remedy; `none` only where the text says that there is no remedy. */
export const REMEDY_OPTIONS = ['refund', 'replace', 'repair', 'dispose', 'new_instructions', 'label', 'none'] as const
export type RemedyOption = (typeof REMEDY_OPTIONS)[number]

/** A calendar month, `YYYY-MM`. */
export type Month = string

/**
 * Which units a recall covers. An empty list or `null` means the agency did not say, never "none".
 * Months are inclusive as the agencies print them; `saleWindow` in `scope.ts` turns them into half-open instants.
 */
export type Scope = {
  brands: string[]
  /** What the product is, as the agency names it: "cups", "gas ranges". */
  productNouns: string[]
  models: string[]
  /** GTIN-8, -12, -13 or -14 with a valid check digit, digits only. */
  gtins: string[]
  /**
   * As printed; ranges as one string, `R15563P3S*` where the agency says "begins with", and `*` alone where it says that there are others
   * which the text does not print. `codes.ts` reads them.
   */
  lots: string[]
  serials: string[]
  manufacturedFrom: Month | null
  manufacturedTo: Month | null
  soldFrom: Month | null
  soldTo: Month | null
  /** Units in the agency's own country, and in others (ISO 3166-1 alpha-2) where it names them. */
  units: number | null
  unitsElsewhere: Record<string, number>
  /** Prices in minor units of `currency`. */
  priceMinMinor: number | null
  priceMaxMinor: number | null
  currency: string
  soldAt: string[]
  onlineOnly: boolean | null
}

export type RecallProduct = { name: string; model: string | null; unitsText: string | null }
export type RecallImage = { url: string; caption: string | null }

/** One revision of a recall, as it is stored in `recalls.revisions.content`. Texts are the agency's own words. */
export type Recall = {
  agency: Agency
  /** The agency's number without dashes, as it prints it: "23774". */
  recallNumber: string
  kind: RecallKind
  title: string
  /** `YYYY-MM-DD`. */
  publishedOn: string
  url: string | null
  description: string
  products: RecallProduct[]
  hazardText: string
  remedyText: string
  incidentText: string
  /** The agency's sentence on where, when and for how much it was sold. */
  soldText: string
  contactText: string | null
  firms: { role: 'manufacturer' | 'importer' | 'distributor'; name: string }[]
  countriesOfOrigin: string[]
  images: RecallImage[]
  hazards: Hazard[]
  remedies: RemedyOption[]
  /** The remedy asks for a photograph or other proof that the product was destroyed. Read from the text; a playbook may add it. */
  proofOfDestruction: boolean
  incidents: number | null
  injuries: number | null
  deaths: number | null
  /** Numbers of the recalls that this one expands. */
  expands: string[]
  childrensProduct: boolean | null
  scope: Scope
}

/** The id of a recall in every table and address: `CPSC-23774`. */
export function recallId(recall: { agency: Agency; recallNumber: string }): string {
  return `${recall.agency}-${recall.recallNumber}`
}
