/** Listings of products that other real recalls name, taken from the agency's own file, so that screening finds more than one recall. */
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { Product } from './cups.ts'

export const RECALLED_LISTINGS = 40

const RECALLS = path.join(import.meta.dirname, 'cpsc-9818.ndjson.gz')
const NAME_CHARACTERS_MAX = 60

type CpscRecall = {
  RecallNumber: string
  RecallDate: string
  Title: string
  Products: { Name: string }[]
  Retailers: { Name: string }[]
}

/**
 * Forty products, evenly spread over the recalls of 2018 to the day before recall 23774 that were sold online by one brand. What the
 * marketplace's seller would write: the brand and the product's name, at the price the agency prints.
 */
export async function recalledProducts(): Promise<Product[]> {
  const found: Product[] = []
  const lines = createInterface({ input: createReadStream(RECALLS).pipe(createGunzip()), crlfDelay: Infinity })
  for await (const line of lines) {
    // The year is read without parsing the whole recall: most of the nine thousand are older.
    if (!/"RecallDate": ?"20(?:1[89]|2[0-3])-/.test(line)) continue
    const product = productOf(JSON.parse(line) as CpscRecall)
    if (product !== null) found.push(product)
  }
  const step = found.length / RECALLED_LISTINGS
  return Array.from({ length: RECALLED_LISTINGS }, (_, index) => found[Math.floor(index * step)]!)
}

function productOf(recall: CpscRecall): Product | null {
  if (recall.RecallDate >= '2023-07-20' || recall.RecallNumber === '23774') return null
  const name = recall.Products[0]?.Name ?? ''
  const sold = recall.Retailers[0]?.Name ?? ''
  const brand = /^([A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*)?) Recalls /.exec(recall.Title)?.[1]
  const dollars = /\$(\d{1,3})\b(?!,)/.exec(sold)?.[1]
  if (brand === undefined || dollars === undefined || name === '' || name.length > NAME_CHARACTERS_MAX || !/online/i.test(sold)) return null
  return {
    sellerId: null,
    title: name.toLowerCase().includes(brand.toLowerCase()) ? name : `${brand} ${name}`,
    brand,
    model: null,
    description: null,
    category: null,
    attributes: {},
    priceMinor: Number(dollars) * 100,
    packUnits: 1,
    hasGtin: false,
  }
}
