/**
 * The weights of evidence in bits, and where the lines between the answers lie. Positive speaks for a match.
 *
 * Each field's weight is log2 of how much more often it is seen when listing and recall mean the same product than when they do not
 * (Fellegi and Sunter, "A Theory for Record Linkage", 1969). Fitted offline by logistic regression on labelled pairs and rounded by hand.
 */
export const FIELDS = [
  'prior', 'gtin_same', 'gtin_other', 'model_same', 'model_near', 'model_prefix', 'model_other', 'model_sibling', 'model_excluded', 'model_brand_clash',
  'models_many', 'kind_clash', 'number_missing', 'measures_same',
  'brand_same', 'brand_mixed', 'brand_firm', 'brand_misspelt', 'brand_other', 'brand_absent', 'brand_for', 'kind_same', 'kind_other', 'host_same', 'line_same', 'line_missing',
  'name_same', 'text_same', 'words_extra', 'size_same', 'size_other', 'part', 'price_near', 'price_far', 'year_same', 'year_other',
  'unit_inside', 'unit_outside',
] as const // prettier-ignore
export type Field = (typeof FIELDS)[number]

export type Weights = Record<Field, number>

export const WEIGHTS: Weights = {
  prior: -6.5,
  gtin_same: 14,
  gtin_other: -1.5,
  model_same: 5.5,
  model_near: 2,
  model_prefix: 3.2,
  model_other: -4,
  model_sibling: -4,
  model_excluded: -12,
  model_brand_clash: -8,
  models_many: -4,
  kind_clash: -4,
  number_missing: -1,
  measures_same: 1.5,
  brand_same: 3.6,
  brand_mixed: 0.2,
  brand_firm: 1.2,
  brand_misspelt: 2.2,
  brand_other: -6,
  brand_absent: -1.2,
  brand_for: -6,
  kind_same: 0.4,
  kind_other: -1,
  host_same: 1,
  line_same: 1,
  line_missing: -1,
  name_same: 3.2,
  text_same: 2.6,
  words_extra: -2.4,
  size_same: 2.4,
  size_other: -7.5,
  part: -8.5,
  price_near: 0.8,
  price_far: -1.8,
  year_same: 0.3,
  year_other: -6,
  unit_inside: 3,
  unit_outside: -14,
}

export const THRESHOLDS = {
  /** From here on the listing is affected, when nothing that decides is missing. */
  affected: 0.5,
  /** From here on it is possibly affected. */
  possibly: -0.5,
  /** From here on an affected listing is stopped at once; a person confirms after. */
  auto: 3,
  /** The same where the listing does not state the model that decides. */
  unstated: -2.6,
  /** The same where nothing is left out but the lot, serial number or date, and the rest is thin. */
  unit: -1.5,
}
export type Thresholds = Record<keyof typeof THRESHOLDS, number>
