/** What can be corrected of a recall, how a person types it, and what is sent for it. Pure; the server has the last word. */
import { money } from '../ui/format.ts'
import type { Recall } from './types.ts'

/**
 * How a value is typed: `list` one per line, `count` and `price` as a number, `month` as YYYY-MM, `choices` as boxes, `flag` and `yes` as a
 * choice, `places` as one country and number per line. An empty field means that the agency does not state it.
 */
export type FieldKind = 'list' | 'count' | 'price' | 'month' | 'choices' | 'flag' | 'yes' | 'places'

export type CorrectableField = { field: string; name: string; kind: FieldKind; choices?: readonly string[] }

export const HAZARDS = [
  'fire', 'burn', 'electric_shock', 'laceration', 'choking', 'ingestion', 'strangulation', 'suffocation', 'entrapment', 'fall', 'tip_over', 'drowning',
  'poisoning', 'lead', 'chemical', 'carbon_monoxide', 'explosion', 'projectile', 'impact', 'crash', 'amputation', 'pinch', 'magnet', 'hearing',
  'eye_injury', 'infection', 'allergen', 'mold', 'other',
] as const // prettier-ignore
export const REMEDIES = ['refund', 'replace', 'repair', 'dispose', 'new_instructions', 'label', 'none'] as const

/** In the order of the page. */
export const FIELDS: readonly CorrectableField[] = [
  { field: 'brands', name: 'Brands', kind: 'list' },
  { field: 'product_nouns', name: 'Product', kind: 'list' },
  { field: 'models', name: 'Models', kind: 'list' },
  { field: 'gtins', name: 'GTINs', kind: 'list' },
  { field: 'lots', name: 'Lots', kind: 'list' },
  { field: 'serials', name: 'Serials', kind: 'list' },
  { field: 'sold_from', name: 'Sold from', kind: 'month' },
  { field: 'sold_to', name: 'Sold to', kind: 'month' },
  { field: 'manufactured_from', name: 'Made from', kind: 'month' },
  { field: 'manufactured_to', name: 'Made to', kind: 'month' },
  { field: 'sold_at', name: 'Sold at', kind: 'list' },
  { field: 'online_only', name: 'Only online', kind: 'flag' },
  { field: 'price_min', name: 'Lowest price', kind: 'price' },
  { field: 'price_max', name: 'Highest price', kind: 'price' },
  { field: 'units', name: 'Units', kind: 'count' },
  { field: 'units_elsewhere', name: 'Units elsewhere', kind: 'places' },
  { field: 'hazards', name: 'Hazards', kind: 'choices', choices: HAZARDS },
  { field: 'remedies', name: 'Remedies', kind: 'choices', choices: REMEDIES },
  { field: 'proof_of_destruction', name: 'Proof of destruction', kind: 'yes' },
  { field: 'incidents', name: 'Incidents', kind: 'count' },
  { field: 'injuries', name: 'Injuries', kind: 'count' },
  { field: 'deaths', name: 'Deaths', kind: 'count' },
  { field: 'childrens_product', name: 'Children’s product', kind: 'flag' },
  { field: 'expands', name: 'Expands', kind: 'list' },
]

export function fieldNamed(name: string): CorrectableField | null {
  return FIELDS.find(({ field }) => field === name) ?? null
}

/** What the recall says in a field. */
export function valueOf(recall: Recall, field: string): unknown {
  const { scope } = recall
  if (field === 'price_min') return scope.price_min_minor
  if (field === 'price_max') return scope.price_max_minor
  return (field in scope ? scope : recall)[field as never]
}

/** The value as one types it. */
export function typed(kind: FieldKind, value: unknown, currency: string): string {
  if (value === null || value === undefined) return ''
  switch (kind) {
    case 'list':
      return (value as string[]).join('\n')
    case 'places':
      return Object.entries(value as Record<string, number>)
        .map(([country, units]) => `${country} ${units}`)
        .join('\n')
    case 'price':
      return money(Number(value), currency).replace(/[^\d.]/g, '')
    default:
      return String(value)
  }
}

export type Given = { ok: true; value: unknown } | { ok: false; message: string }

/** What was typed or chosen, as the server takes it. `given` has one entry for each box that is ticked; else one. */
export function readGiven(kind: FieldKind, given: readonly string[], currency: string): Given {
  const text = (given[0] ?? '').trim()
  switch (kind) {
    case 'choices':
      return { ok: true, value: [...given] }
    case 'list':
      return { ok: true, value: lines(text) }
    case 'flag':
      return { ok: true, value: text === '' ? null : text === 'true' }
    case 'yes':
      return { ok: true, value: text === 'true' }
    case 'month':
      if (text === '' || /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$/.test(text)) return { ok: true, value: text === '' ? null : text }
      return { ok: false, message: 'Write the month as YYYY-MM, such as 2023-03, or leave it empty.' }
    case 'count':
      if (/^[\d,. ]*$/.test(text)) return { ok: true, value: text === '' ? null : Number(text.replace(/[,. ]/g, '')) }
      return { ok: false, message: 'Write a whole number, or leave it empty.' }
    case 'price':
      return priceGiven(text, currency)
    case 'places':
      return placesGiven(lines(text))
    default:
      return kind satisfies never
  }
}

function lines(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '') // prettier-ignore
}

function priceGiven(text: string, currency: string): Given {
  if (text === '') return { ok: true, value: null }
  const plain = text.replace(/[^\d.,]/g, '').replace(/,(?=\d{3}(?:\D|$))/g, '')
  if (!/^\d+(?:[.,]\d{1,2})?$/.test(plain)) return { ok: false, message: 'Write the price as a number, such as 19.99, or leave it empty.' }
  const digits = new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return { ok: true, value: Math.round(Number(plain.replace(',', '.')) * 10 ** digits) }
}

function placesGiven(given: readonly string[]): Given {
  const read = given.map((line) => /^([A-Za-z]{2})\s*:?\s*([\d,. ]+)$/.exec(line))
  if (read.some((match) => match === null)) return { ok: false, message: 'Write one country and its number per line: CA 1200.' }
  return { ok: true, value: Object.fromEntries(read.map((match) => [match![1]!.toUpperCase(), Number(match![2]!.replace(/[,. ]/g, ''))])) }
}
