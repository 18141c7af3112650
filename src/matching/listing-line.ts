/** A listing as one JSON object of a file, read without a database: what is wrong is named by field. Pure. */
import { fail, ok, type Result } from '../platform/result.ts'
import { normaliseAsin, normaliseGtin } from './identifiers.ts'
import type { ScreenedListing } from './listing-features.ts'

/** A field that cannot be used; the listing is screened without it. */
export type FieldProblem = { field: string; problem: string }

export type ListingLine = { listing: ScreenedListing; problems: FieldProblem[] }

const ID_LENGTH_MAX = 200
const TEXTS = ['brand', 'model', 'description', 'category'] as const

/**
 * Reads `{listing_id, title, brand, model, gtin, asin, description, attributes, price, currency, category}`. Only the id and a title, which
 * may be empty, must be there; other keys are passed over. A listing without a currency is priced in US dollars.
 */
export function readListingLine(value: unknown): Result<ListingLine> {
  if (!isObject(value)) return fail('invalid', 'is not a JSON object')
  const id = value['listing_id']
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) return fail('invalid', 'must be a text', 'listing_id')
  const listingId = String(id)
  if (listingId.trim() === '') return fail('invalid', 'is empty', 'listing_id')
  if (listingId.length > ID_LENGTH_MAX) return fail('invalid', `is longer than ${ID_LENGTH_MAX} characters`, 'listing_id')
  const title = value['title']
  if (typeof title !== 'string') return fail('invalid', title === undefined ? 'is missing' : 'must be a text', 'title')
  const problems: FieldProblem[] = []
  const listing: ScreenedListing = {
    listingId, title, brand: null, model: null, gtin: null, asin: null, description: null, category: null, attributes: {}, priceMinor: null, currency: 'USD',
  } // prettier-ignore
  for (const field of TEXTS) listing[field] = textOf(value[field], field, problems)
  listing.gtin = identifierOf(value['gtin'], 'gtin', normaliseGtin, problems)
  listing.asin = identifierOf(value['asin'], 'asin', normaliseAsin, problems)
  listing.attributes = attributesOf(value['attributes'], problems)
  readPrice(value, listing, problems)
  return ok({ listing, problems })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function textOf(value: unknown, field: string, problems: FieldProblem[]): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string') return value
  if (typeof value === 'number' && (!Number.isInteger(value) || Number.isSafeInteger(value))) return String(value)
  problems.push({ field, problem: 'must be a text' })
  return null
}

function identifierOf(value: unknown, field: string, normalise: (text: string) => string | null, problems: FieldProblem[]): string | null {
  const text = textOf(value, field, problems)
  if (text === null) return null
  const identifier = normalise(text)
  if (identifier === null) problems.push({ field, problem: `"${text.slice(0, 40)}" is none` })
  return identifier
}

function attributesOf(value: unknown, problems: FieldProblem[]): Record<string, string> {
  const attributes: Record<string, string> = {}
  if (value === undefined || value === null) return attributes
  if (!isObject(value)) {
    problems.push({ field: 'attributes', problem: 'must be an object of texts' })
    return attributes
  }
  for (const [name, each] of Object.entries(value)) {
    const text = typeof each === 'boolean' ? String(each) : textOf(each, `attributes.${name.slice(0, 60)}`, problems)
    if (text !== null) attributes[name] = text
  }
  return attributes
}

/** `1299.00`, `1,299.00`, `79,00`, `12 gbp`: a decimal in the currency's whole units, and the currency behind it where it stands there. */
const PRICE = /^(\d{1,3}(?:,\d{3})+|\d{1,12})(?:[.,](\d{1,2}))?(?:\s*([a-z]{3}))?$/i

function readPrice(line: Record<string, unknown>, listing: ScreenedListing, problems: FieldProblem[]): void {
  const currency = textOf(line['currency'], 'currency', problems)
  if (currency !== null && /^[a-z]{3}$/i.test(currency)) listing.currency = currency.toUpperCase()
  else if (currency !== null) problems.push({ field: 'currency', problem: `"${currency.slice(0, 40)}" is no currency code such as USD` })
  const text = textOf(line['price'], 'price', problems)?.trim()
  if (text === undefined || text === '') return
  const parts = PRICE.exec(text)
  if (parts === null) {
    problems.push({ field: 'price', problem: `"${text.slice(0, 40)}" is no price such as 19.99` })
    return
  }
  listing.priceMinor = Number(parts[1]!.replaceAll(',', '')) * 100 + Number((parts[2] ?? '').padEnd(2, '0'))
  if (parts[3] !== undefined) listing.currency = parts[3].toUpperCase()
}
