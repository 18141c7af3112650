/**
 * What an agency says about a dangerous product, normalised: the words of the recall and the scope read from them.
 * Types only; the rules that use them are `scope.ts`, the rows are `queries.ts`.
 */

/** Ids are short and stable: they begin the id of every recall. HC is Health Canada's site with CFIA and Transport Canada, EUSG the EU's Safety Gate. */
export const AGENCIES = ['CPSC', 'FDA', 'FSIS', 'NHTSA', 'HC', 'EUSG', 'OPSS', 'ACCC'] as const
export type Agency = (typeof AGENCIES)[number]

/** As the agencies are spoken of to people. */
export const AGENCY_NAMES: Record<Agency, string> = {
  CPSC: 'U.S. Consumer Product Safety Commission (CPSC)',
  FDA: 'U.S. Food and Drug Administration (FDA)',
  FSIS: 'Food Safety and Inspection Service of the U.S. Department of Agriculture (FSIS)',
  NHTSA: 'U.S. National Highway Traffic Safety Administration (NHTSA)',
  HC: 'Government of Canada (Health Canada, CFIA, Transport Canada)',
  EUSG: 'EU Safety Gate',
  OPSS: 'UK Office for Product Safety and Standards (OPSS)',
  ACCC: 'Australian Competition and Consumer Commission (ACCC)',
}

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
  /** Listings of marketplaces that the agency itself names by their ids. Absent where it names none. */
  marketplaceIds?: MarketplaceId[]
}

/** `marketplace` and `id` as the agency prints them: "Amazon", "B0C1234567". */
export type MarketplaceId = { marketplace: string; id: string }

/** How dangerous the agency says it is, by its class or level: class I or 1 and "serious" are serious, class II medium, class III low. */
export const SEVERITIES = ['serious', 'high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

/**
 * The same recall elsewhere, as the document says it. `agency` is one of `AGENCIES`, or the name of an authority that has no feed here.
 *  - `declared`: the agency gives the other notice's address or number;
 *  - `marker`: it only says that the recall is a joint one;
 *  - `translation`: the same notice of the same agency in another language.
 */
export type JointLink = { agency: string; url: string | null; number: string | null; how: 'declared' | 'marker' | 'translation' }

export type RecallProduct = { name: string; model: string | null; unitsText: string | null }
export type RecallImage = { url: string; caption: string | null }

/**
 * What of a recall a person can correct, by the names that `tocsin feed parse` prints. Prices are in minor units of `currency`.
 */
export const CORRECTION_FIELDS = [
  'brands', 'product_nouns', 'models', 'gtins', 'lots', 'serials', 'units', 'units_elsewhere', 'sold_from', 'sold_to', 'manufactured_from',
  'manufactured_to', 'price_min', 'price_max', 'currency', 'sold_at', 'online_only', 'hazards', 'remedies', 'proof_of_destruction', 'incidents',
  'injuries', 'deaths', 'expands', 'childrens_product',
] as const // prettier-ignore
export type CorrectionField = (typeof CORRECTION_FIELDS)[number]

/** What is read from the document where a person's correction stands above it, so that withdrawing the correction gives it back. */
export type CorrectedField = { read: unknown; correctionNo: number }

/** One revision of a recall, as it is stored in `recalls.revisions.content`. Texts are the agency's own words. */
export type Recall = {
  agency: Agency
  /**
   * The agency's number as it prints it, with a dash for what is no letter or digit: "H-1166-2026", "SR-01950-26"; CPSC's without its dash,
   * "23774". Where the agency gives none, one made from what stays the same (the README of `feeds` says how).
   */
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
  firms: { role: 'manufacturer' | 'importer' | 'distributor' | 'recalling firm'; name: string }[]
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
  // What only some agencies state. Absent, as in all content stored before these were known, means not stated.
  /** Who issued it where one feed carries several: "CFIA", "Transport Canada"; for EUSG the notifying country, ISO 3166-1 alpha-2. */
  authority?: string
  /** The agency's class or level of danger in its own words, "Class I", and what it comes to. */
  riskLevel?: string
  severity?: Severity
  /** Whether the agency still oversees it. A closed recall does not make a product safe. */
  oversight?: 'open' | 'closed'
  /** The agency's number for what several of its recalls have in common: an FDA event. */
  event?: string
  /** BCP 47, where the texts are not English. */
  language?: string
  jointWith?: JointLink[]
  /** Numbers of earlier warnings that this recall takes the place of. */
  replaces?: string[]
  /** Known so far only from a poorer form of the agency's notice: a fuller one will say more (decisions/017). */
  outline?: true
  /** Fields whose values are a person's, not read. Never said by a document. */
  corrected?: Partial<Record<CorrectionField, CorrectedField>>
}

/** The id of a recall in every table and address: `CPSC-23774`. */
export function recallId(recall: { agency: Agency; recallNumber: string }): string {
  return `${recall.agency}-${recall.recallNumber}`
}
