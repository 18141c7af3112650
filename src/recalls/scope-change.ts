/**
 * What became of a recall's scope from one revision to another: does it cover more than before, or less? Pure. A property test ties it to
 * `lineAnswer`: a line that comes into the scope makes it wider, one that leaves it makes it narrower.
 */
import { namesMore } from './code-list-change.ts'
import type { Hazard, Month, Recall, RecallKind, RemedyOption, Scope } from './recall.ts'
import { saleWindow } from './scope.ts'

/** What of a recall says which units it covers. `sold` and `made` are windows; `products` are the agency's own list of them. */
export const SCOPE_FIELDS = [
  'products',
  'brands',
  'product_nouns',
  'models',
  'gtins',
  'marketplace_ids',
  'lots',
  'serials',
  'sold',
  'made',
  'sold_at',
  'online_only',
  'units',
  'units_elsewhere',
  'price',
] as const
export type ScopeField = (typeof SCOPE_FIELDS)[number]

/**
 * `wider`: more is covered than before; `narrower`: less; `both`: some of each, or nobody can tell. `other`: it changed and covers the same,
 * as a price does, or the same codes printed otherwise.
 */
export type ScopeDirection = 'wider' | 'narrower' | 'both' | 'other'

export type ScopeChange = {
  /** Only fields that changed. */
  fields: Partial<Record<ScopeField, ScopeDirection>>
  /** Some field became wider, or may have. Both are true where some field did the one and some the other. */
  wider: boolean
  narrower: boolean
  // What follows is no scope, and of consequence to whoever acts on the recall. Null and empty lists: unchanged.
  kind: { before: RecallKind; after: RecallKind } | null
  /** To `closed`, the agency ended its oversight. A closed recall does not make a product safe. */
  oversight: { before: 'open' | 'closed' | null; after: 'open' | 'closed' | null } | null
  hazardsAdded: Hazard[]
  hazardsRemoved: Hazard[]
  remediesAdded: RemedyOption[]
  remediesRemoved: RemedyOption[]
}

/**
 * What changed in scope from `before` to `after`. Not stated (`null`, an empty list) means everything: stating a limit narrows, dropping one
 * widens, and a longer list of what is covered widens.
 */
export function scopeChange(before: Recall, after: Recall): ScopeChange {
  const fields: ScopeChange['fields'] = {}
  for (const field of SCOPE_FIELDS) {
    const direction = DIRECTIONS[field](before, after)
    if (direction !== null) fields[field] = direction
  }
  const directions = Object.values(fields)
  return {
    fields,
    wider: directions.some((direction) => direction === 'wider' || direction === 'both'),
    narrower: directions.some((direction) => direction === 'narrower' || direction === 'both'),
    kind: before.kind === after.kind ? null : { before: before.kind, after: after.kind },
    oversight: before.oversight === after.oversight ? null : { before: before.oversight ?? null, after: after.oversight ?? null },
    hazardsAdded: without(after.hazards, before.hazards),
    hazardsRemoved: without(before.hazards, after.hazards),
    remediesAdded: without(after.remedies, before.remedies),
    remediesRemoved: without(before.remedies, after.remedies),
  }
}

type Compare = (before: Recall, after: Recall) => ScopeDirection | null

const DIRECTIONS: Record<ScopeField, Compare> = {
  products: covered((recall) => recall.products.map(({ name, model }) => `${name} ${model ?? ''}`), words),
  brands: covered((recall) => recall.scope.brands, words),
  product_nouns: covered((recall) => recall.scope.productNouns, words),
  models: covered(
    (recall) => recall.scope.models,
    (model) => words(model).replaceAll(' ', ''),
  ),
  gtins: covered(
    (recall) => recall.scope.gtins,
    (gtin) => gtin.padStart(14, '0'),
  ),
  marketplace_ids: covered((recall) => (recall.scope.marketplaceIds ?? []).map(({ marketplace, id }) => `${marketplace} ${id}`), words),
  lots: (before, after) => codes(before.scope, after.scope, 'lots', 'serials'),
  serials: (before, after) => codes(before.scope, after.scope, 'serials', 'lots'),
  sold: ({ scope: was }, { scope: is }) => months([was.soldFrom, was.soldTo], [is.soldFrom, is.soldTo]),
  made: ({ scope: was }, { scope: is }) => months([was.manufacturedFrom, was.manufacturedTo], [is.manufacturedFrom, is.manufacturedTo]),
  sold_at: covered((recall) => recall.scope.soldAt, words),
  online_only: ({ scope: was }, { scope: is }) =>
    was.onlineOnly === is.onlineOnly ? null : direction({ wider: was.onlineOnly === true, narrower: is.onlineOnly === true }),
  units: ({ scope: was }, { scope: is }) => counts([[was.units, is.units]]),
  units_elsewhere: ({ scope: { unitsElsewhere: was } }, { scope: { unitsElsewhere: is } }) =>
    counts([...new Set([...Object.keys(was), ...Object.keys(is)])].map((country) => [was[country] ?? null, is[country] ?? null])),
  price: ({ scope: was }, { scope: is }) =>
    was.priceMinMinor === is.priceMinMinor && was.priceMaxMinor === is.priceMaxMinor && was.currency === is.currency ? null : 'other',
}

function direction({ wider, narrower }: { wider: boolean; narrower: boolean }): ScopeDirection {
  if (wider && narrower) return 'both'
  return wider ? 'wider' : narrower ? 'narrower' : 'other'
}

/** A list of what is covered: brands, models. `same` makes spellings of one thing equal. */
function covered(listOf: (recall: Recall) => readonly string[], same: (item: string) => string): Compare {
  return (before, after) => {
    const [was, is] = [listOf(before), listOf(after)]
    if (sameList(was, is)) return null
    if (was.length === 0 || is.length === 0) return direction({ wider: is.length === 0, narrower: was.length === 0 })
    const [known, now] = [new Set(was.map(same)), new Set(is.map(same))]
    return direction({ wider: !within(now, known), narrower: !within(known, now) })
  }
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * Lots, or serials. Where a scope states both kinds, a line leaves it only by both. So a second kind that is stated beside the first lets
 * lines in whose first code is on no list; the same code can also leave a line less certain than before.
 */
function codes(before: Scope, after: Scope, kind: 'lots' | 'serials', other: 'lots' | 'serials'): ScopeDirection | null {
  const [was, is] = [before[kind], after[kind]]
  if (sameList(was, is)) return null
  if (was.length === 0) return before[other].length === 0 ? 'narrower' : 'both'
  if (is.length === 0) return after[other].length === 0 ? 'wider' : 'both'
  return direction({ wider: namesMore(is, was), narrower: namesMore(was, is) })
}

type Bounds = readonly [from: Month | null, to: Month | null]

/** A window of months. A bound that is not stated, or impossible, is none. */
function months(was: Bounds, is: Bounds): ScopeDirection | null {
  if (was[0] === is[0] && was[1] === is[1]) return null
  const [old, now] = [was, is].map(([soldFrom, soldTo]) => {
    const { from, before } = saleWindow({ soldFrom, soldTo })
    return { from: from?.getTime() ?? -Infinity, before: before?.getTime() ?? Infinity }
  }) as [Instants, Instants]
  return direction({ wider: now.from < old.from || now.before > old.before, narrower: now.from > old.from || now.before < old.before })
}

type Instants = { from: number; before: number }

/** Numbers of units. One that is stated for the first time, or no longer, tells nothing of more or less. */
function counts(pairs: readonly (readonly [number | null, number | null])[]): ScopeDirection | null {
  const changed = pairs.filter(([was, is]) => was !== is)
  if (changed.length === 0) return null
  const known = changed.filter((pair): pair is [number, number] => pair[0] !== null && pair[1] !== null)
  return direction({ wider: known.some(([was, is]) => is > was), narrower: known.some(([was, is]) => is < was) })
}

/** Whether both print the same, in whatever order. */
function sameList(was: readonly string[], is: readonly string[]): boolean {
  const [old, now] = [new Set(was), new Set(is)]
  return old.size === now.size && within(old, now)
}

function within(items: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...items].every((item) => others.has(item))
}

function without<T>(items: readonly T[], others: readonly T[]): T[] {
  return items.filter((item) => !others.includes(item))
}
