/**
 * The demo marketplace: the same one for the same seed, made row by row in constant memory. Every person, brand and address in it is
 * invented, except the recalled cups and forty other products, which are named as the agency's recalls name them.
 */
import type { RowOf } from '../../src/catalog/index.ts'
import { listings, stock } from './listings.ts'
import { orderLines } from './orders.ts'
import { buyers, CENTRES, sellers } from './people.ts'
import { SEED, SIZES, type DemoScale, type Size } from './scales.ts'

export { SIZES, type DemoScale } from './scales.ts'

/** In the order in which they must be imported. */
export const DEMO_KINDS = ['sellers', 'centres', 'listings', 'buyers', 'orders', 'stock'] as const
export type DemoKind = (typeof DEMO_KINDS)[number]

export type DemoMarketplace = {
  rows: <K extends DemoKind>(kind: K) => Iterable<RowOf[K]> | AsyncIterable<RowOf[K]>
  /** How many rows all kinds have together; of stock, about. */
  rowsTotal: number
}

export function demoMarketplace(options: { scale: DemoScale; seed?: number }): DemoMarketplace {
  const seed = options.seed ?? SEED
  const size = SIZES[options.scale]
  const made: { [K in DemoKind]: () => Iterable<RowOf[K]> | AsyncIterable<RowOf[K]> } = {
    sellers: () => sellers(seed, size.sellers),
    centres: () => CENTRES,
    listings: () => listings(seed, size),
    buyers: () => buyers(seed, size.buyers),
    orders: () => orderLines(seed, size),
    stock: () => stock(seed, size),
  }
  return { rows: (kind) => made[kind](), rowsTotal: rowsTotal(size) }
}

function rowsTotal(size: Size): number {
  // Of every listing three fifths of the centres have stock.
  const stockRows = Math.round(size.listings * CENTRES.length * 0.6)
  return size.sellers + CENTRES.length + size.listings + size.buyers + size.lines + stockRows
}
