/** What a product is called: its brands and the names of its models. Pure. */
import { brandCandidates } from './brand-candidates.ts'
import { chooseBrands } from './brand-choice.ts'
import { BRAND_WEIGHTS } from './brand-weights.ts'
import { ruledNames, type NamedTexts, type Names } from './name-rules.ts'

export type { NamedTexts, Names } from './name-rules.ts'

/**
 * The rules propose brands; which of these and of all else that may be a brand are taken is decided by weights learned from labelled recalls
 * (`bench/scope-fit.ts`). Where there is only a headline there is nothing to weigh, and the rules stand.
 */
export function readNames(texts: NamedTexts): Names {
  const weighed = texts.productNames.length > 0 && (texts.description !== '' || (texts.release ?? '') !== '')
  return ruledNames(texts, weighed ? (ruled) => weighedBrands(texts, ruled, BRAND_WEIGHTS) : undefined)
}

/** Brands by given weights. */
export function weighedBrands(texts: NamedTexts, ruled: readonly string[], weights: Readonly<Record<string, number>>): string[] {
  return chooseBrands(brandCandidates(texts, ruled), ruled, weights)
}
