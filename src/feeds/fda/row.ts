/**
 * One product of an FDA enforcement report as a recall, whichever of FDA's two interfaces it came from. Pure.
 *
 * One row is one recall. An event, one firm's recall action, may have dozens of rows: other products with other codes, even other reasons and
 * classes, apart from each other in the file. Put together, the lots of one product would be taken for those of the others; so rows stay apart
 * and `event` says what belongs together.
 */
import { fail, ok, type Result } from '../../platform/result.ts'
import { sha256 } from '../../platform/ids.ts'
import type { Recall } from '../../recalls/index.ts'
import { readCodeInfo } from '../food/code-info.ts'
import { readFoodHazards } from '../food/hazards.ts'
import { readFoodBrands, readFoodNouns } from '../food/names.ts'
import { readQuantity } from '../food/quantity.ts'
import { numberOf } from '../formats/shape.ts'
import { recallOf, severityOf } from '../formats/recall-of.ts'
import { readChildrensProduct } from '../read/children.ts'
import { readCodes } from '../read/codes.ts'
import { readGtins } from '../read/gtins.ts'
import { printedName, prose } from '../formats/prose.ts'
import { distinct } from '../read/text.ts'

/** What both interfaces say, '' where one does not. Dates are `YYYY-MM-DD`, null where the field holds none. */
export type EnforcementRow = {
  recallNumber: string
  eventId: string
  firm: string
  product: string
  quantity: string
  reason: string
  classification: string
  status: string
  distribution: string
  codeInfo: string
  moreCodeInfo: string
  /** Proprietary names, where the FDA's own data is joined to the row. */
  brandNames: string[]
  published: { field: string; said: string; day: string | null }
}

const NAME_MAX = 120

export function readEnforcementRow(row: EnforcementRow): Result<Recall> {
  if (row.eventId === '' && row.recallNumber === '') return fail('invalid', 'it has neither a recall number nor an event', 'recall_number')
  if (row.product === '') return fail('invalid', 'the product is missing', 'product_description')
  const { said, day, field } = row.published
  if (day === null) return fail('invalid', said === '' ? 'the date is missing' : `${JSON.stringify(said)} is not a date`, field)
  const product = prose(row.product)
  const name = productName(product)
  const codes = readCodeInfo(row.codeInfo, row.moreCodeInfo)
  const printed = readCodes(product)
  const brandNames = row.brandNames.filter((brand) => product.toLowerCase().includes(brand.toLowerCase()))
  return ok(
    recallOf('FDA', 'USD', {
      recallNumber: enforcementNumber(row),
      title: `${row.firm === '' ? '' : `${row.firm}: `}${name}`,
      publishedOn: day,
      description: [row.product, row.codeInfo, row.moreCodeInfo].filter((text) => text !== '').join('\n\n'),
      products: [{ name, model: null, unitsText: row.quantity || null }],
      hazardText: row.reason,
      soldText: row.distribution,
      firms: row.firm === '' ? [] : [{ role: 'recalling firm', name: row.firm }],
      hazards: readFoodHazards([row.reason]),
      childrensProduct: readChildrensProduct([name], ''),
      ...severityOf(row.classification),
      ...(row.status === '' ? {} : { oversight: /^(?:terminated|completed)$/i.test(row.status) ? ('closed' as const) : ('open' as const) }),
      ...(row.eventId === '' ? {} : { event: row.eventId }),
      scope: {
        brands:
          brandNames.length > 0
            ? distinct(brandNames)
            : readFoodBrands([productName(printedName(row.product))], row.firm === '' ? [] : [row.firm]),
        productNouns: readFoodNouns([name]),
        models: distinct([...printed.models, ...codes.models]),
        gtins: distinct([...readGtins(product), ...codes.gtins]),
        lots: codes.lots.length > 0 ? codes.lots : printed.lots,
        serials: codes.serials.length > 0 ? codes.serials : printed.serials,
        units: readQuantity(row.quantity),
      },
    }),
  )
}

/**
 * `H-1166-2026`. A row that is not classified yet has no number; it is known by its event and the words of its product, and comes again under
 * its number once it has one: the same event says that it is the same.
 */
export function enforcementNumber(row: Pick<EnforcementRow, 'recallNumber' | 'eventId' | 'product'>): string {
  const number = numberOf(row.recallNumber)
  if (number !== '') return number
  const words = row.product.toLowerCase().replace(/\s+/g, ' ').trim()
  return `EVENT-${numberOf(row.eventId)}-${sha256(words).toString('hex').slice(0, 8).toUpperCase()}`
}

// What follows a product's name on its label: weights, makers, codes, ingredients.
const AFTER_NAME =
  /\s*(?:[;|]|\.\s|,?\s+(?:UPCs?|NDC|GTIN|UDI|SKU|REF|Lots?|Item|Product of|Net\b|NET\b|Net Wt|Distributed|DISTRIBUTED|Dist\.?|Manufactured|MANUFACTURED|Mfg|Packed|PACKED|Packaged|PACKAGED|Made (?:in|by)|Ingredients?|INGREDIENTS?|Keep |KEEP |Rx [Oo]nly|Contains?:|CONTAINS?:|Model (?:Number|No)|Catalog|Part N)|,?\s+\(?\d[\d./]*\s*-?(?:oz|OZ|Oz|fl|FL|g|mg|mL|ml|ML|lbs?|LBS?|kg|count|ct|CT|inch|Gal|gal|L)\b).*$/

/** The beginning of a description up to where it stops to name the product. */
export function productName(product: string): string {
  const start = product.replace(/^(?:\(?[\da-z]{1,2}[).]\s+|[•*-]\s*)+/i, '')
  const name = start.replace(AFTER_NAME, '').replace(/[\s,;:.(-]+$/, '')
  const kept = name.length >= 3 ? name : start
  return kept.length <= NAME_MAX ? kept : `${kept.slice(0, NAME_MAX).replace(/\s+\S*$/, '')} …`
}
