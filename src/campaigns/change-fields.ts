/** What a newer revision says otherwise of the scope, field by field, as data that a page can print. Pure. */
import { printedCodes, SCOPE_FIELDS, type Recall, type ScopeChange, type ScopeDirection, type ScopeField } from '../recalls/index.ts'

/** `before` and `after` are what the revisions print; an empty list: the agency does not say. */
export type FieldChange = { field: ScopeField; direction: ScopeDirection; before: string[]; after: string[] }

/** Long lists of codes are cut for the page; the recall's page has all of them. */
const PRINTED_MAX = 50

/** The changed fields of a scope, in the order of `SCOPE_FIELDS`. */
export function fieldChanges(change: ScopeChange, before: Recall, after: Recall): FieldChange[] {
  return SCOPE_FIELDS.flatMap((field) => {
    const direction = change.fields[field]
    if (direction === undefined) return []
    return [{ field, direction, before: printed(field, before), after: printed(field, after) }]
  })
}

/** Whether there is anything in it for a person to decide: a price or a spelling is not. */
export function isOfConsequence(change: ScopeChange): boolean {
  return change.wider || change.narrower || change.kind !== null || change.remediesAdded.length > 0 || change.remediesRemoved.length > 0
}

/** The agency ended its oversight: noted, and no ground for a release. The product is as dangerous as before. */
export function endsOversight(change: ScopeChange): boolean {
  return change.oversight?.after === 'closed'
}

function printed(field: ScopeField, recall: Recall): string[] {
  const values = PRINTED[field](recall).filter((value): value is string => value !== null && value !== '')
  return values.length <= PRINTED_MAX ? values : [...values.slice(0, PRINTED_MAX), `and ${values.length - PRINTED_MAX} more`]
}

const PRINTED: Record<ScopeField, (recall: Recall) => (string | null)[]> = {
  products: (recall) => recall.products.map(({ name, model }) => (model === null ? name : `${name}, ${model}`)),
  brands: ({ scope }) => scope.brands,
  product_nouns: ({ scope }) => scope.productNouns,
  models: ({ scope }) => scope.models,
  gtins: ({ scope }) => scope.gtins,
  marketplace_ids: ({ scope }) => (scope.marketplaceIds ?? []).map(({ marketplace, id }) => `${marketplace} ${id}`),
  lots: ({ scope }) => printedCodes(scope.lots),
  serials: ({ scope }) => printedCodes(scope.serials),
  sold: ({ scope }) => months(scope.soldFrom, scope.soldTo),
  made: ({ scope }) => months(scope.manufacturedFrom, scope.manufacturedTo),
  sold_at: ({ scope }) => scope.soldAt,
  online_only: ({ scope }) => [scope.onlineOnly === null ? null : scope.onlineOnly ? 'yes' : 'no'],
  units: ({ scope }) => [number(scope.units)],
  units_elsewhere: ({ scope }) => Object.entries(scope.unitsElsewhere).map(([country, units]) => `${country} ${number(units)}`),
  price: ({ scope }) =>
    [scope.priceMinMinor, scope.priceMaxMinor].map((minor) => (minor === null ? null : `${minor / 100} ${scope.currency}`)),
}

function months(from: string | null, to: string | null): (string | null)[] {
  return [from === null ? null : `from ${from}`, to === null ? null : `until ${to}`]
}

function number(value: number | null): string | null {
  return value === null ? null : value.toLocaleString('en-US')
}
