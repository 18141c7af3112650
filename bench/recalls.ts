/** Recalls for benchmarks: the demo's real ones, and as many more as are asked for, made of them. */
import path from 'node:path'
import { recallsOfFile } from '../src/feeds/index.ts'
import type { Recall } from '../src/recalls/index.ts'

const RECALLS_FILE = path.join(import.meta.dirname, '../db/demo/cpsc-9818.ndjson.gz')

/** The 9,818 recalls of the demo. */
export async function demoRecalls(): Promise<Recall[]> {
  const recalls: Recall[] = []
  for await (const recall of recallsOfFile('CPSC', RECALLS_FILE, ({ problem }) => {
    throw new Error(problem)
  }))
    recalls.push(recall)
  return recalls
}

/**
 * `count` recalls: the real ones first, then copies, each with another real recall's brands, and with its digits changed. So words are as
 * frequent as in real recalls, and brands, kinds of product and numbers meet in combinations that are new.
 */
export function* permuted(recalls: readonly Recall[], count: number): Generator<Recall, void, undefined> {
  for (let i = 0; i < count; i++) {
    const copy = Math.floor(i / recalls.length)
    const recall = recalls[i % recalls.length]!
    // A prime step meets every other recall before it meets one twice.
    yield copy === 0 ? recall : recalled(recall, recalls[(i * 7919 + copy) % recalls.length]!, copy)
  }
}

function recalled(recall: Recall, other: Recall, copy: number): Recall {
  const brands = recall.scope.brands.filter((brand) => brand.length > 2)
  const others = other.scope.brands.length > 0 ? other.scope.brands : ['Unbranded']
  // Sizes stay what they are: only numbers of three digits and more are numbered anew.
  const said = (text: string): string =>
    brands.reduce((now, brand) => now.replaceAll(brand, others[0]!), text).replace(/\d{3,}/g, (digits) => renumbered(digits, copy))
  return {
    ...recall,
    recallNumber: `${recall.recallNumber}-${copy}`,
    title: said(recall.title),
    description: said(recall.description),
    products: recall.products.map((product) => ({
      ...product,
      name: said(product.name),
      model: product.model === null ? null : said(product.model),
    })),
    scope: { ...recall.scope, brands: others, models: recall.scope.models.map(said), gtins: [] },
  }
}

function renumbered(digits: string, copy: number): string {
  return digits.replace(/\d/g, (digit) => String((Number(digit) * 3 + copy) % 10))
}
