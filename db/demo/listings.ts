/** The shelf: the recalled cups, their neighbours, forty listings of other recalls, and the rest. */
import type { Listing, Stock } from '../../src/catalog/index.ts'
import { gtinCheckDigit } from '../../src/platform/gtin.ts'
import { cupkinFamily, neighbours, type Product } from './cups.ts'
import { CENTRES, otherSeller } from './people.ts'
import { product } from './products.ts'
import { draws, padded } from './random.ts'
import { recalledProducts, RECALLED_LISTINGS } from './recalled.ts'
import type { Size } from './scales.ts'

const CUPKIN = cupkinFamily()
const NEIGHBOURS = neighbours()

/** Listings are numbered: the recalled cups first, then their neighbours, then those of other recalls, then the rest. */
export const CUPKIN_LISTINGS = CUPKIN.length
const RECALLED_FROM = CUPKIN_LISTINGS + NEIGHBOURS.length
const REST_FROM = RECALLED_FROM + RECALLED_LISTINGS

/** Ids are scattered, so that nothing in them tells what a listing is: 7919 has no factor in common with any size. */
export function listingId(index: number, size: Size): string {
  return `L-${padded(((index * 7_919 + 4_321) % size.listings) + 1, 6)}`
}

export async function* listings(seed: number, size: Size): AsyncGenerator<Listing> {
  const recalled = await recalledProducts()
  const draw = draws(seed, 'listings')
  for (let index = 0; index < size.listings; index++) {
    const { hasGtin, sellerId, ...said } = productAt(seed, index, recalled)
    yield {
      ...said,
      listingId: listingId(index, size),
      sellerId: sellerId ?? otherSeller(draw, size.sellers, index, 20),
      gtin: hasGtin ? gtin(index) : null,
      asin: `B0${(36 ** 7 + ((index * 48_611_923) % 36 ** 7)).toString(36).toUpperCase()}`,
      currency: 'USD',
      imageUrl: null,
    }
  }
}

/** What each listing costs, by its number, in cents. */
export async function prices(seed: number, size: Size): Promise<Int32Array> {
  const recalled = await recalledProducts()
  return Int32Array.from({ length: size.listings }, (_, index) => productAt(seed, index, recalled).priceMinor ?? 0)
}

function productAt(seed: number, index: number, recalled: readonly Product[]): Product {
  if (index < CUPKIN_LISTINGS) return CUPKIN[index]!
  if (index < RECALLED_FROM) return NEIGHBOURS[index - CUPKIN_LISTINGS]!
  if (index < REST_FROM) return recalled[index - RECALLED_FROM]!
  return product(draws(seed, 'products'), index)
}

/** GS1 keeps the prefix 952 for demonstrations, so that no real product has this number. */
function gtin(index: number): string {
  const digits = `952${padded((index * 104_729) % 1_000_000_000, 9)}`
  return digits + String(gtinCheckDigit(digits))
}

/** Pieces on the shelves: every recalled cup in every centre, most other listings in one or two. */
export function* stock(seed: number, size: Size): Generator<Stock> {
  const draw = draws(seed, 'stock')
  for (let index = 0; index < size.listings; index++) {
    for (const [at, centre] of CENTRES.entries()) {
      const cups = index < CUPKIN_LISTINGS
      if (!cups && draw.share(index, at) > 0.6) continue
      const quantity = (cups ? 4 : 0) + draw.below(60, index, 10 + at)
      yield { listingId: listingId(index, size), centreId: centre.centreId, lot: null, quantity }
    }
  }
}
