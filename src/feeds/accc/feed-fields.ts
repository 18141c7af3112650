/**
 * What an item of the RSS feed says. Its description is the page's HTML, in which each field is an element whose class names it
 * ("field--name-field-psa-recall-hazards"); where it is a plain summary, that is all there is.
 */
import { htmlText } from '../formats/html.ts'
import { isoDay } from '../formats/dates.ts'
import type { PressItem } from '../formats/press.ts'
import type { RecallPage } from './page.ts'

const FIELD = /<div\b[^<>]*\bclass="[^"<>]*\bfield--name-([a-z-]+)[^"<>]*"[^<>]*>/gi
const VALUE = /<div\b[^<>]*\bclass="[^"<>]*\bfield__item\b[^"<>]*"[^<>]*>/gi
const OF_RECALL = 'field-psa-recall-'
/** Characters read of a description: many times the longest real one. */
const DESCRIPTION_MAX = 200_000

/** What stands behind each match, up to the next one. */
function partsAfter(text: string, pattern: RegExp): { name: string; part: string }[] {
  const found = [...text.matchAll(pattern)]
  return found.map((match, index) => ({ name: match[1] ?? '', part: text.slice(match.index + match[0].length, found[index + 1]?.index) }))
}

export function pageOfFeed(item: PressItem): RecallPage {
  const fields = new Map<string, string>()
  for (const { name, part } of partsAfter(item.description.slice(0, DESCRIPTION_MAX), FIELD)) {
    if (!name.startsWith(OF_RECALL)) continue
    const values = partsAfter(part, VALUE).map((value) => htmlText(value.part.split(/<\/div\s*>/i)[0]!))
    const value = values.length > 0 ? values.join('\n') : htmlText(part)
    const known = fields.get(name.slice(OF_RECALL.length)) ?? ''
    if (value !== '') fields.set(name.slice(OF_RECALL.length), [known, value].filter((each) => each !== '').join('\n'))
  }
  const field = (...names: string[]) => names.map((name) => fields.get(name) ?? '').find((value) => value !== '') ?? ''
  const published = isoDay(/\bdatetime="(\d{4}-\d\d-\d\d)/.exec(item.description)?.[1] ?? '')
  return {
    title: item.title,
    url: item.url,
    published: { field: 'pubDate', said: item.publishedOn, day: published ?? item.publishedOn },
    description: field('product-description', 'description') || (fields.size === 0 ? item.text : ''),
    brand: field('brand', 'brands'),
    identifiers: ['model', 'models', 'sku', 'gtin', 'batch', 'batch-number', 'identifying-numbers', 'other-identifiers']
      .map((name) => (fields.has(name) ? `${LABELS[name] ?? 'Model number'}: ${fields.get(name)}` : ''))
      .filter((value) => value !== '')
      .join('\n'),
    defect: field('product-defects', 'defect', 'defects', 'reason'),
    hazards: field('hazards', 'hazard'),
    action: field('consumer-action', 'what-to-do', 'action', 'consumers-action'),
    supplier: field('supplier', 'suppliers', 'responsible-business'),
    traders: field('traders', 'trader', 'where-sold'),
    saleDates: field('sale-dates', 'dates-available', 'sales-dates'),
    country: field('country', 'manufacturer-country', 'country-of-manufacture'),
    categories: field('category', 'categories', 'topic'),
    imageUrl: item.imageUrl,
  }
}

const LABELS: Record<string, string> = { sku: 'SKU', gtin: 'GTIN', batch: 'Batch number', 'batch-number': 'Batch number' }
