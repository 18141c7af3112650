/** What a product is called: its brands and the names of its models. Pure. */
import { brandCandidates } from './brand-candidates.ts'
import { chooseBrands, withShortForms } from './brand-choice.ts'
import { BRAND_WEIGHTS } from './brand-weights.ts'
import { ruledNames, type Heard, type NamedTexts, type Names } from './name-rules.ts'

export type { NamedTexts, Names } from './name-rules.ts'

/**
 * The rules propose brands; which of these and of all else that may be a brand are taken is decided by weights learned from labelled recalls
 * (`bench/scope-fit.ts`). Where there is only a headline there is nothing to weigh, and the rules stand.
 */
export function readNames(texts: NamedTexts): Names {
  const weighed = texts.productNames.length > 0 && (texts.description !== '' || (texts.release ?? '') !== '')
  return ruledNames(texts, weighed ? (ruled, heard) => weighedBrands(texts, ruled, heard) : undefined)
}

function weighedBrands(texts: NamedTexts, ruled: readonly string[], heard: Heard): string[] {
  return withShortForms(chooseBrands(brandCandidates(texts, ruled, heard), ruled, BRAND_WEIGHTS), texts.description)
}
