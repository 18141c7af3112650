/**
 * The weights of evidence in bits, and where the lines between the answers lie. Positive speaks for a match.
 *
 * Each field's weight is log2 of how much more often it is seen when listing and recall mean the same product than when they do not
 * (Fellegi and Sunter, "A Theory for Record Linkage", 1969). Fitted offline by logistic regression on labelled pairs and rounded by hand.
 */
export const FIELDS = [
  'prior', 'gtin_same', 'gtin_other', 'model_same', 'model_near', 'model_prefix', 'model_other', 'model_excluded', 'model_brand_clash',
  'brand_same', 'brand_firm', 'brand_other', 'brand_absent', 'brand_for', 'kind_same', 'kind_other', 'line_same', 'line_missing',
  'name_same', 'text_same', 'words_extra', 'size_same', 'size_other', 'part', 'price_near', 'price_far', 'hosted',
] as const // prettier-ignore
export type Field = (typeof FIELDS)[number]

export type Weights = Record<Field, number>

export const WEIGHTS: Weights = {
  prior: -6,
  gtin_same: 14,
  gtin_other: -0.5,
  model_same: 10,
  model_near: 4,
  model_prefix: 4,
  model_other: -7,
  model_excluded: -12,
  model_brand_clash: -8,
  brand_same: 5,
  brand_firm: 3,
  brand_other: -7,
  brand_absent: -2,
  brand_for: -6,
  kind_same: 2,
  kind_other: -3,
  line_same: 4,
  line_missing: -3,
  name_same: 4,
  text_same: 1,
  words_extra: -2,
  size_same: 1.5,
  size_other: -5,
  part: -7,
  price_near: 0.3,
  price_far: -1,
  hosted: 0,
}

export const THRESHOLDS = {
  /** From here on the listing is affected, when nothing that decides is missing. */
  affected: 4,
  /** From here on it is possibly affected. */
  possibly: 1,
  /** From here on an affected listing is stopped at once; a person confirms after. */
  auto: 5.5,
  /** Below this nobody needs to look. */
  review: -2,
}
export type Thresholds = typeof THRESHOLDS
