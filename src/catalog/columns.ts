/** Which columns each kind of import has, what may stand in them, and what makes two rows the same. README.md prints this table for people. */
import { addressLine, attributes, country, currency, decimalPrice, email, gtin, id, instant, integer, locale, minorUnits, oneOf, postalCode, street, text, webAddress, type ReadCell } from './cells.ts' // prettier-ignore
import { ORDER_LINE_STATES } from './types.ts'

export const IMPORT_KINDS = ['sellers', 'centres', 'listings', 'buyers', 'orders', 'stock'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/**
 * `required`: a missing or bad cell refuses the row. `optional`: an empty cell says nothing, a bad one is refused alone and the row is kept.
 * `if_named`: the column may be absent, but where a row names it a missing or bad cell refuses the row.
 */
export type Need = 'required' | 'optional' | 'if_named'

export type Column = {
  name: string
  need: Need
  read: ReadCell
  /** What `read` returns may hold tabs, line ends or backslashes. */
  free: boolean
  /** Another column that may stand in for this one: a decimal price for one in minor units. */
  instead?: { name: string; read: ReadCell }
}

export type Columns = {
  columns: readonly Column[]
  /** Positions of the columns that tell one row from another. */
  key: readonly number[]
}

function required(name: string, read: ReadCell, free = true): Column {
  return { name, need: 'required', read, free }
}

function optional(name: string, read: ReadCell): Column {
  return { name, need: 'optional', read, free: true }
}

const NAME = text(500)

const SELLERS: Columns = {
  columns: [required('seller_id', id), required('name', NAME), optional('email', email), optional('country', country)],
  key: [0],
}

const CENTRES: Columns = {
  columns: [required('centre_id', id), required('name', NAME), optional('country', country)],
  key: [0],
}

const LISTINGS: Columns = {
  columns: [
    required('listing_id', id),
    required('seller_id', id),
    required('title', text(2_000)),
    optional('brand', NAME),
    optional('model', NAME),
    optional('gtin', gtin),
    optional('asin', id),
    optional('description', text(100_000)),
    optional('category', text(1_000)),
    optional('attributes', attributes),
    required('currency', currency, false),
    { name: 'price_minor', need: 'optional', read: minorUnits('price'), free: false, instead: { name: 'price', read: decimalPrice(10) } },
    // Units of the product in one piece decide how many units a recall counts: where it is told it must be told well.
    { name: 'pack_units', need: 'if_named', read: integer(1, 10_000), free: false },
    optional('image_url', webAddress),
    optional('seller_name', NAME),
  ],
  key: [0],
}

const BUYERS: Columns = {
  columns: [
    required('buyer_id', id),
    optional('name', NAME),
    optional('email', email),
    optional('phone', text(50)),
    optional('locale', locale),
    optional('country', country),
    optional('region', NAME),
    optional('street', street),
    optional('postal_code', postalCode(5)),
    optional('city', addressLine),
    optional('administrator_id', id),
  ],
  key: [0],
}

function orders(latest: number): Columns {
  return {
    columns: [
      required('buyer_id', id),
      required('order_id', id),
      required('line_no', integer(0, 1_000_000), false),
      required('listing_id', id),
      required('ordered_at', instant(latest), false),
      required('quantity', integer(1, 100_000), false),
      required('currency', currency, false),
      {
        name: 'unit_price_minor',
        need: 'required',
        read: minorUnits('unit_price'),
        free: false,
        instead: { name: 'unit_price', read: decimalPrice(6) },
      },
      required('state', oneOf(ORDER_LINE_STATES), false),
      optional('centre_id', id),
      optional('lot', id),
      optional('serial', id),
    ],
    key: [0, 1, 2],
  }
}

const STOCK: Columns = {
  columns: [
    required('listing_id', id),
    required('centre_id', id),
    optional('lot', id),
    required('quantity', integer(0, 100_000_000), false),
  ],
  key: [0, 1, 2],
}

const ONE_DAY_MS = 86_400_000

/** The columns of a kind. `at` is the time of the import: an order of more than a day later is a typing error, whatever the time zone. */
export function columnsOf(kind: ImportKind, at: Date): Columns {
  switch (kind) {
    case 'sellers':
      return SELLERS
    case 'centres':
      return CENTRES
    case 'listings':
      return LISTINGS
    case 'buyers':
      return BUYERS
    case 'orders':
      return orders(at.getTime() + ONE_DAY_MS)
    case 'stock':
      return STOCK
  }
}

/** Every header that is understood, in a fixed order: the header of rows that come with names of their own (JSON, objects). */
export function acceptedNames(columns: Columns): string[] {
  return columns.columns.flatMap((column) => (column.instead === undefined ? [column.name] : [column.name, column.instead.name]))
}

/** A header as people and programs write it (`Listing ID`, `listing-id`, `listingId`) in the one spelling that is looked up. */
export function headerName(written: string): string {
  return written
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s.-]+/g, '_')
    .toLowerCase()
}
