/** Reasons to begin with: each is a whole sentence made from the match, to be kept or changed. Pure. */
import type { Answer } from '../recalls/types.ts'
import { listed } from '../ui/format.ts'
import type { ReviewedMatch } from './types.ts'

const MODELS_NAMED_MAX = 3

/** The first one is put in where nothing was written yet. None is empty. */
export function templatesFor(ruling: Answer, match: ReviewedMatch): string[] {
  const { recall, listing } = match
  const agrees = agreeing(match)
  const models = recall.scope.models
  const named =
    models.length === 0 ? '' : ` (${models.slice(0, MODELS_NAMED_MAX).join(', ')}${models.length > MODELS_NAMED_MAX ? ' …' : ''})`
  switch (ruling) {
    case 'affected':
      return [
        agrees === ''
          ? 'The listing offers the recalled product.'
          : `The listing offers the recalled product: ${agrees} agree with the recall.`,
        'The photographs show the recalled product.',
        'The seller confirmed that it is the recalled product.',
      ]
    case 'no':
      return [
        listing.model !== null && models.length > 0
          ? `Another model: the listing is ${listing.model}, the recall names others${named}.`
          : 'Another product: what the listing offers is not what the recall describes.',
        'It is an accessory or a spare part for the recalled product, not the product itself.',
        `Another brand: the recall is about ${recall.scope.brands.length === 0 ? 'another maker' : listed(recall.scope.brands.slice(0, 3))}.`,
        'Made or sold outside the time that the recall covers.',
      ]
    case 'possibly':
      return [
        match.missing ?? `The listing does not say what decides. The seller must tell the model or lot number on the product${named}.`,
        'Some units of this listing may be recalled, others not: the lot or date code on each decides.',
      ]
    default:
      return ruling satisfies never
  }
}

/** What speaks for the match, in words for a sentence: "the brand, the model number and the name". */
function agreeing(match: ReviewedMatch): string {
  const fields = match.reasons.filter((reason) => reason.weight > 0).map((reason) => NAMES[reason.field.split('_')[0] ?? ''])
  return listed([...new Set(fields.filter((name) => name !== undefined))])
}

const NAMES: Record<string, string> = {
  gtin: 'the barcode number',
  asin: 'the marketplace’s number',
  model: 'the model number',
  brand: 'the brand',
  kind: 'the kind of product',
  line: 'the product line',
  name: 'the name',
  size: 'the size',
  price: 'the price',
}
