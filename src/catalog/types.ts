/** What the marketplace tells us, one type per import file. Ids are the marketplace's own. Money is minor units + currency. */

export type Seller = { sellerId: string; name: string; email: string | null; country: string | null }

/** One seller's offer of a product. */
export type Listing = {
  listingId: string
  sellerId: string
  title: string
  brand: string | null
  model: string | null
  /** Digits only, 8, 12, 13 or 14 long with a valid check digit. */
  gtin: string | null
  asin: string | null
  description: string | null
  category: string | null
  attributes: Record<string, string>
  priceMinor: number | null
  /** ISO 4217. */
  currency: string
  /** Units of the product in one sold piece: 2 where a listing sells a pair. */
  packUnits: number
  imageUrl: string | null
}

export type Buyer = {
  buyerId: string
  name: string | null
  email: string | null
  phone: string | null
  /** BCP 47: `en-US`. */
  locale: string | null
  /** ISO 3166-1 alpha-2. */
  country: string | null
  region: string | null
  /** Where they get post. Street and number, or two lines of them with a line end between. */
  street?: string | null
  postalCode?: string | null
  city?: string | null
  /** The buyerId of whoever administers the business account that they buy for. */
  administratorId?: string | null
}

/** `open` is ordered and not yet shipped: the one state in which an order can still be intercepted. */
export const ORDER_LINE_STATES = ['open', 'shipped', 'cancelled'] as const
export type OrderLineState = (typeof ORDER_LINE_STATES)[number]

export type OrderLine = {
  buyerId: string
  orderId: string
  lineNo: number
  listingId: string
  /** UTC, ISO 8601. */
  orderedAt: string
  /** Sold pieces; units of the product are `quantity × packUnits` of the listing. */
  quantity: number
  /** Price of one piece as paid. */
  unitPriceMinor: number
  currency: string
  state: OrderLineState
  centreId: string | null
  lot: string | null
  serial: string | null
}

export type Centre = { centreId: string; name: string; country: string | null }

/** Pieces of a listing on the shelf of a centre; `lot` is null where the marketplace does not tell lots apart. */
export type Stock = { listingId: string; centreId: string; lot: string | null; quantity: number }
