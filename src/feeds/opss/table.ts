/** The table "Product information" of an OPSS notice: rows of a name and a value. Pure. */
import { isGtin } from '../../platform/gtin.ts'
import type { MarketplaceId } from '../../recalls/index.ts'
import { isPlaceholder } from '../formats/recall-of.ts'
import { prose } from '../formats/prose.ts'
import { distinct } from '../read/text.ts'

export type ProductTable = {
  type: string
  description: string
  brands: string[]
  models: string[]
  batches: string[]
  /** The notice says that all batches are concerned, even where it prints some. */
  allBatches: boolean
  gtins: string[]
  /** What stands as bar code and is no trade item number. */
  otherCodes: string[]
  countries: string[]
  /** Ids of listings that the notice names: "ASIN: B0C1234567". */
  marketplaceIds: MarketplaceId[]
}

const ALL_BATCHES = /\ball\s+(?:batch(?:es)?|lots?|serial numbers|products|units|stock)\b|^\W*all\W*$/i
const SEPARATOR = /\s*[;\n]\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+(?=\S*\d)/

export function readTable(rows: readonly string[][]): ProductTable {
  function values(name: RegExp): string[] {
    return rows
      .filter((row) => row.length >= 2 && name.test(row[0]!))
      .map((row) => prose(row.slice(1).join(' ')))
      .filter((value) => value !== '' && !isPlaceholder(value))
  }
  const batches = values(/^(?:batch(?:es)?|batch (?:number|code)s?|lots?|lot numbers?|serial numbers?)\b/i)
  const barcodes = values(/^bar ?codes?\b|^GTINs?\b|^EANs?\b/i).flatMap(codesOf)
  const asins = values(/\bASINs?\b/i).flatMap((text) => text.match(/\bB0[A-Z0-9]{8}\b/g) ?? [])
  const models = values(/^(?:models?|type\/model|model (?:name|number)s?|product (?:code|number|reference)s?|SKUs?|item|part)\b/i)
  const asinsAmongModels = models.flatMap((text) => (/\bASIN\b/i.test(text) ? (text.match(/\bB0[A-Z0-9]{8}\b/g) ?? []) : []))
  return {
    type: values(/^type$/i)[0] ?? '',
    description: values(/^product description/i).join('\n'),
    brands: distinct(
      values(/^brands?\b/i)
        .flatMap((text) => text.split(/\s*[;\n]\s*|\s*,\s+|\s+\/\s+/))
        .filter((brand) => !isPlaceholder(brand)),
    ),
    models: distinct(models.flatMap(codesOf).filter((model) => !/\bASIN\b/i.test(model) && !ALL_BATCHES.test(model))),
    batches: lotsOf(batches),
    allBatches: batches.some((text) => ALL_BATCHES.test(text)),
    gtins: distinct(barcodes.map((code) => code.replace(/[\s-]/g, '')).filter(isGtin)),
    otherCodes: distinct(barcodes.filter((code) => /\d/.test(code) && !isGtin(code.replace(/[\s-]/g, '')))),
    countries: values(/^country of (?:origin|manufacture)/i),
    marketplaceIds: distinct([...asins, ...asinsAmongModels]).map((id) => ({ marketplace: 'Amazon', id })),
  }
}

function codesOf(text: string): string[] {
  return text
    .replace(/\([^)]*\)/g, ' ')
    .split(SEPARATOR)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !isPlaceholder(part))
}

/** The batches as printed. One that is more than a code cannot exclude a unit, so the list then ends with a star. */
function lotsOf(texts: readonly string[]): string[] {
  const codes = distinct(texts.filter((text) => !ALL_BATCHES.test(text)).flatMap(codesOf))
  if (codes.length === 0) return []
  const whole = codes.every((code) => /\d/.test(code) && code.split(/\s+/).length <= 3 && !/[a-z]{4,}/.test(code))
  return whole ? codes : [...codes, '*']
}
