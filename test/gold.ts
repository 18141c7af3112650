/**
 * The labelled recall–listing pairs, research data that lies beside the checkout and is never copied into it.
 * TOCSIN_MATCHING_DATA names the folder where it lies elsewhere.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { LabelledPair } from '../src/matching/evaluate.ts'
import type { ScreenedListing } from '../src/matching/listing-features.ts'

export type Gold = { pairs: LabelledPair[]; listings: Map<string, ScreenedListing>; background: ScreenedListing[] }

type PairLine = { recall_number: string; listing_id: string; label: LabelledPair['label']; subtype: string }
type ListingLine = {
  listing_id: string
  title: string
  brand: string | null
  model: string | null
  gtin: string | null
  description: string | null
  attributes: Record<string, string> | null
  price: string | null
  category: string | null
  part: string
}

export const MATCHING_DATA = process.env['TOCSIN_MATCHING_DATA'] ?? path.join(import.meta.dirname, '../../shared/data/matching')

/** The pairs and listings, or null where the data is not there. */
export function readGold(): Gold | null {
  const folder = path.join(MATCHING_DATA, 'gold')
  if (!existsSync(path.join(folder, 'pairs.jsonl'))) return null
  const pairs = linesOf<PairLine>(path.join(folder, 'pairs.jsonl')).map((line) => ({
    recallNumber: line.recall_number,
    listingId: line.listing_id,
    label: line.label,
    subtype: line.subtype,
  }))
  const lines = linesOf<ListingLine>(path.join(folder, 'listings.jsonl'))
  return {
    pairs,
    listings: new Map(lines.map((line) => [line.listing_id, listingOf(line)])),
    background: lines.filter((line) => line.part === 'background').map(listingOf),
  }
}

function linesOf<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

function listingOf(line: ListingLine): ScreenedListing {
  const price = line.price === null ? Number.NaN : Number(line.price.replace(',', '.'))
  return {
    listingId: line.listing_id,
    title: line.title,
    brand: line.brand,
    model: line.model,
    gtin: line.gtin,
    asin: null,
    description: line.description,
    category: line.category,
    attributes: line.attributes ?? {},
    priceMinor: Number.isFinite(price) ? Math.round(price * 100) : null,
    currency: 'USD',
  }
}
