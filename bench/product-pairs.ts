/**
 * Product-to-product pairs for `match`: a folder with `tableA`, `tableB` and splits, as the public entity-matching benchmarks are laid out.
 * Ours are the weights as they are in the product, the same for every folder; beside it what fitting them on `train` gives, and the plain
 * TF-IDF cosine whose threshold is tuned on the very pairs it is measured on.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { ScreenedListing } from '../src/matching/index.ts'
import { PRODUCT_FIELDS, productWeight, readCollections, type ProductWeights } from '../src/matching/products.ts'

export type PairFigures = {
  dir: string
  split: string
  pairs: number
  positives: number
  ours: { f1: number; precision: number; recall: number }
  tfidfCosine: number
  /** F1 with the weights fitted on `train`; null where the folder has none. */
  fittedOnTrain: number | null
  /** The same product weights, the best threshold for these pairs: how much the threshold costs. */
  oursBestThreshold: number
  seconds: number
}

type Scored = readonly (readonly [score: number, isSame: boolean])[]
type Pair = { left: number; right: number; isSame: boolean }

export function measurePairs(dir: string, split: string): PairFigures {
  const started = performance.now()
  const tables = [tableOf(dir, 'tableA'), tableOf(dir, 'tableB')] as const
  const pairs = pairsOf(dir, split, tables)
  if (pairs === null) throw new Error(`${dir} has no ${split}.csv or ${split}.csv.gz.`)
  const collections = readCollections(tables[0].products, tables[1].products)
  const evidence = pairs.map(({ left, right }) => collections.compare(left, right))
  const ours = scoresOf(pairs, (i) => productWeight(evidence[i]!))
  const train = pairsOf(dir, 'train', tables)
  let fittedOnTrain: number | null = null
  if (train !== null) {
    const weights = fitted(
      train.map(({ left, right }) => collections.compare(left, right)),
      train.map((pair) => pair.isSame),
    )
    fittedOnTrain = f1At(
      scoresOf(pairs, (i) => productWeight(evidence[i]!, weights)),
      0,
    ).f1
  }
  const cosine = cosineOf(tables[0].products, tables[1].products)
  return {
    dir: path.basename(dir),
    split,
    pairs: pairs.length,
    positives: pairs.filter((pair) => pair.isSame).length,
    ours: f1At(ours, 0),
    tfidfCosine: bestF1(scoresOf(pairs, (i) => cosine(pairs[i]!.left, pairs[i]!.right))),
    fittedOnTrain,
    oursBestThreshold: bestF1(ours),
    seconds: Math.round(performance.now() - started) / 1000,
  }
}

function scoresOf(pairs: readonly Pair[], scoreOf: (at: number) => number): Scored {
  return pairs.map((pair, i) => [scoreOf(i), pair.isSame] as const)
}

type Row = Record<string, string>
type Table = { products: ScreenedListing[]; at: Map<string, number> }

function rowsOf(dir: string, name: string): Row[] | null {
  const file = [`${name}.csv`, `${name}.csv.gz`].map((each) => path.join(dir, each)).find((each) => existsSync(each))
  if (file === undefined) return null
  const bytes = readFileSync(file)
  return parse(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes, { columns: true, bom: true, relax_quotes: true })
}

function tableOf(dir: string, name: string): Table {
  const rows = rowsOf(dir, name)
  if (rows === null) throw new Error(`${dir} has no ${name}.csv or ${name}.csv.gz.`)
  return { products: rows.map(productOf), at: new Map(rows.map((row, i) => [row['id'] ?? '', i])) }
}

function pairsOf(dir: string, split: string, [left, right]: readonly [Table, Table]): Pair[] | null {
  return (
    rowsOf(dir, split)?.map((row, i) => {
      const [l, r] = [left.at.get(row['ltable_id'] ?? ''), right.at.get(row['rtable_id'] ?? '')]
      if (l === undefined || r === undefined) throw new Error(`${dir}, ${split}, row ${i + 1}: one of its products is in neither table.`)
      return { left: l, right: r, isSame: row['label'] === '1' }
    }) ?? null
  )
}

/** Shops name their columns in different ways; what has no place of its own is an attribute. */
function productOf(row: Row): ScreenedListing {
  const { id = '', title, name, brand, manufacturer, model, modelno, description, category, price, ...rest } = row
  const amount = Number((price ?? '').replaceAll(/[^\d.]/g, ''))
  return {
    listingId: id,
    title: title ?? name ?? '',
    brand: brand || manufacturer || null,
    model: modelno || model || null,
    gtin: null,
    asin: null,
    description: description || null,
    category: category || null,
    attributes: rest,
    priceMinor: Number.isFinite(amount) && amount > 0 ? Math.round(amount * 100) : null,
    currency: 'USD',
  }
}

/** Cosine of the TF-IDF vectors of all the text of two products: log-scaled counts, words as they stand. */
function cosineOf(left: readonly ScreenedListing[], right: readonly ScreenedListing[]): (l: number, r: number) => number {
  const counted = [left, right].map((products) => products.map(countsOf))
  const met = new Map<string, number>()
  for (const counts of counted.flat()) for (const word of counts.keys()) met.set(word, (met.get(word) ?? 0) + 1)
  const all = left.length + right.length
  const [lefts, rights] = counted.map((vectors) =>
    vectors.map((counts) => {
      const vector = new Map([...counts].map(([word, n]) => [word, (1 + Math.log(n)) * (Math.log((1 + all) / (1 + met.get(word)!)) + 1)]))
      const length = Math.hypot(...vector.values()) || 1
      return new Map([...vector].map(([word, value]) => [word, value / length]))
    }),
  ) as [Map<string, number>[], Map<string, number>[]]
  return (l, r) => {
    let sum = 0
    for (const [word, value] of lefts[l]!) sum += value * (rights[r]!.get(word) ?? 0)
    return sum
  }
}

function countsOf(product: ScreenedListing): Map<string, number> {
  const counts = new Map<string, number>()
  const text = [product.title, product.brand, product.model, product.description].join(' ').toLowerCase()
  for (const [word] of text.matchAll(/[\p{L}\p{N}]+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

const FIT_ROUNDS = 800
const FIT_STEP = 0.05
const FIT_SHRINK = 1e-4

/** Logistic regression by Adam (Kingma and Ba, 2015), from nothing, in bits. */
function fitted(evidence: readonly Float64Array[], same: readonly boolean[]): ProductWeights {
  const n = PRODUCT_FIELDS.length
  const [weights, mean, square] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  for (let round = 1; round <= FIT_ROUNDS; round++) {
    const slope = new Float64Array(n)
    for (const [i, values] of evidence.entries()) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += weights[k]! * values[k]!
      const error = 1 / (1 + Math.exp(-sum)) - (same[i]! ? 1 : 0)
      for (let k = 0; k < n; k++) slope[k]! += error * values[k]!
    }
    for (let k = 0; k < n; k++) {
      const step = slope[k]! / evidence.length + FIT_SHRINK * weights[k]!
      mean[k] = 0.9 * mean[k]! + 0.1 * step
      square[k] = 0.999 * square[k]! + 0.001 * step * step
      weights[k]! -= (FIT_STEP * (mean[k]! / (1 - 0.9 ** round))) / (Math.sqrt(square[k]! / (1 - 0.999 ** round)) + 1e-8)
    }
  }
  return Object.fromEntries(PRODUCT_FIELDS.map((field, k) => [field, weights[k]! / Math.LN2])) as ProductWeights
}

function f1At(scored: Scored, threshold: number): { f1: number; precision: number; recall: number } {
  const positives = scored.filter(([, isSame]) => isSame).length
  const said = scored.filter(([score]) => score >= threshold)
  const right = said.filter(([, isSame]) => isSame).length
  return {
    f1: (2 * right) / Math.max(said.length + positives, 1),
    precision: right / Math.max(said.length, 1),
    recall: right / Math.max(positives, 1),
  }
}

/** F1 at the threshold that is best for these pairs: one pass over the sorted scores. */
export function bestF1(scored: Scored): number {
  const sorted = scored.toSorted((a, b) => b[0] - a[0])
  const positives = sorted.filter(([, isSame]) => isSame).length
  let right = 0
  let best = 0
  for (const [i, [score, isSame]] of sorted.entries()) {
    if (isSame) right++
    if (sorted[i + 1]?.[0] !== score) best = Math.max(best, (2 * right) / (i + 1 + positives))
  }
  return best
}
