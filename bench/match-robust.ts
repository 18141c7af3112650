/**
 * Whether the answers on labelled pairs are about what is said, not about how: the figures on each half of the recalls, and how many answers
 * stay when texts are changed in ways that must not matter. Rules are written with one half in view; the other is only measured.
 */
import type { Recall } from '../src/recalls/index.ts'
import { buildEngine, type Engine } from '../src/matching/engine.ts'
import { figuresOf, judgePairs, type Figures, type JudgedPair } from '../src/matching/evaluate.ts'
import type { ScreenedListing } from '../src/matching/listing-features.ts'
import type { Gold } from '../test/gold.ts'

/** Which half a recall is in: by its number's FNV-1a hash, so that a later recall does not move an earlier one. */
export function halfOf(recallNumber: string): 0 | 1 {
  let hash = 2166136261
  for (const character of recallNumber) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619) >>> 0
  hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995) >>> 0
  return ((hash >>> 15) & 1) as 0 | 1
}

export type Halves = { inView: Figures; heldOut: Figures }

export function halves(judged: readonly JudgedPair[]): Halves {
  return {
    inView: figuresOf(judged.filter((pair) => halfOf(pair.recallNumber) === 0)),
    heldOut: figuresOf(judged.filter((pair) => halfOf(pair.recallNumber) === 1)),
  }
}

export type Stability = {
  /** Share of pairs whose answer is the same. */
  same: number
  /** Of the affected pairs stopped or reviewed before, how many still are. */
  surfacedKept: number
  f1: number
  autoPrecision: number
}

type Change = (listing: ScreenedListing) => ScreenedListing

function inTexts(change: (text: string) => string): Change {
  return (listing) => ({
    ...listing,
    title: change(listing.title),
    brand: listing.brand === null ? null : change(listing.brand),
    description: listing.description === null ? null : change(listing.description),
  })
}

/** A letter in the middle left out of every longer word that is the brand. */
function misspelt(listing: ScreenedListing): ScreenedListing {
  const words = (listing.brand ?? '').split(/\s+/).filter((word) => /^[A-Za-z]{6,}$/.test(word))
  if (words.length === 0) return listing
  const pattern = new RegExp(`\\b(?:${words.join('|')})\\b`, 'gi')
  return inTexts((text) => text.replace(pattern, (word) => word.slice(0, 3) + word.slice(4)))(listing)
}

function inMetric(listing: ScreenedListing): ScreenedListing {
  const metric = (text: string): string =>
    text
      .replace(/\b(\d+(?:\.\d+)?)\s?(?:fl\.?\s?)?oz\b/gi, (_, n: string) => `${Math.round(Number(n) * 29.57)} ml`)
      .replace(/\b(\d+(?:\.\d+)?)\s?(?:inch(?:es)?|in\b)/gi, (_, n: string) => `${(Number(n) * 2.54).toFixed(1)} cm`)
  return {
    ...inTexts(metric)(listing),
    attributes: Object.fromEntries(Object.entries(listing.attributes).map(([name, value]) => [name, metric(value)])),
  }
}

export const CHANGES: Readonly<Record<string, Change>> = {
  lower_case: inTexts((text) => text.toLowerCase()),
  capitals: inTexts((text) => text.toUpperCase()),
  dashes_for_commas: inTexts((text) => text.replaceAll(', ', ' - ')),
  codes_joined: inTexts((text) => text.replace(/\b([A-Z]{1,4})-(\d{2,})/g, '$1$2')),
  attributes_reversed: (listing) => ({ ...listing, attributes: Object.fromEntries(Object.entries(listing.attributes).toReversed()) }),
  brand_field_empty: (listing) =>
    listing.brand !== null && listing.title.toLowerCase().includes(listing.brand.toLowerCase()) ? { ...listing, brand: null } : listing,
  brand_misspelt: misspelt,
  metric_units: inMetric,
}

/** How many answers stay as they were under each change, and when every recalled brand is given an invented name on both sides. */
export function stability(engine: Engine, gold: Gold, before: readonly JudgedPair[]): Record<string, Stability> {
  const found = Object.entries(CHANGES).map(([name, change]) => {
    const listings = new Map([...gold.listings].map(([id, listing]) => [id, change(listing)]))
    return [name, compared(before, judgePairs(engine, gold.pairs, listings))] as const
  })
  return Object.fromEntries([...found, ['brands_renamed', renamed(engine, gold, before)]])
}

function compared(before: readonly JudgedPair[], after: readonly JudgedPair[]): Stability {
  const surfaced = before.map((pair) => pair.label === 'affected' && pair.tier !== 'dismiss')
  const { f1, autoPrecision } = figuresOf(after)
  return {
    same: after.filter((pair, i) => pair.answer === before[i]!.answer).length / after.length,
    surfacedKept: after.filter((pair, i) => surfaced[i] && pair.tier !== 'dismiss').length / surfaced.filter(Boolean).length,
    f1,
    autoPrecision,
  }
}

/** Names that no recall and no shop has. */
function inventedName(brand: string): string {
  let hash = 7
  for (const character of brand.toLowerCase()) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619) >>> 0
  const syllables = ['zor', 'vex', 'qua', 'lim', 'tru', 'bex', 'nov', 'dra', 'kel', 'pyx', 'wum', 'joss']
  const name = [0, 4, 8].map((shift) => syllables[(hash >>> shift) % syllables.length]!).join('')
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function renamed(engine: Engine, gold: Gold, before: readonly JudgedPair[]): Stability {
  const asked = new Map(engine.recalls.map(({ recall }) => [recall.recallNumber, recall]))
  const after = before.map((pair) => pair)
  for (const [recallNumber, pairs] of Map.groupBy(gold.pairs, (pair) => pair.recallNumber)) {
    const recall = asked.get(recallNumber)
    const brand = recall?.scope.brands.find((each) => /^[A-Z][A-Za-z]{3,}$/.test(each))
    if (recall === undefined || brand === undefined) continue
    const pattern = new RegExp(`\\b${brand}\\b`, 'gi')
    const rename = (text: string): string => text.replace(pattern, inventedName(brand))
    const one = buildEngine([renamedRecall(recall, rename)])
    const listings = new Map(pairs.map(({ listingId }) => [listingId, inTexts(rename)(gold.listings.get(listingId)!)]))
    for (const judged of judgePairs(one, pairs, listings)) {
      const at = after.findIndex((pair) => pair.recallNumber === recallNumber && pair.listingId === judged.listingId)
      after[at] = judged
    }
  }
  return compared(before, after)
}

function renamedRecall(recall: Recall, rename: (text: string) => string): Recall {
  return {
    ...recall,
    title: rename(recall.title),
    description: rename(recall.description),
    soldText: rename(recall.soldText),
    products: recall.products.map((product) => ({ ...product, name: rename(product.name) })),
    firms: recall.firms.map((firm) => ({ ...firm, name: rename(firm.name) })),
    scope: { ...recall.scope, brands: recall.scope.brands.map(rename), models: recall.scope.models.map(rename) },
  }
}
