/** What other rooms read of the catalogue. Everything is a page at a time, so that memory does not grow with the marketplace. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Listing } from './types.ts'

const LISTINGS_PAGE = 1_000
const IDS_MAX = 10_000

type ListingRow = {
  listing_id: string
  seller_id: string
  title: string
  brand: string | null
  model: string | null
  gtin: string | null
  asin: string | null
  description: string | null
  category: string | null
  attributes: Record<string, string>
  price_minor: number | null
  currency: string
  pack_units: number
  image_url: string | null
}

const LISTING = sql.raw(`listing_id, seller_id, title, brand, model, gtin, asin, description, category, attributes, price_minor, currency,
                         pack_units, image_url`)

/** Every listing, in the order of its id. A listing that changes meanwhile is met once, as it was or as it is (listings_pkey). */
export async function* listingsForScreening(db: Db): AsyncGenerator<Listing> {
  let after = ''
  for (;;) {
    const { rows } = await sql<ListingRow>`
      select ${LISTING} from catalog.listings where listing_id > ${after} order by listing_id limit ${LISTINGS_PAGE}`.execute(db)
    for (const row of rows) yield listing(row)
    if (rows.length < LISTINGS_PAGE) return
    after = rows.at(-1)!.listing_id
  }
}

/** Those of these listings that there are, in the order of their ids (listings_pkey). */
export async function listingsById(db: Db, ids: readonly string[]): Promise<Listing[]> {
  if (ids.length > IDS_MAX) throw new Error(`At most ${IDS_MAX} listings are read at once, not ${ids.length}.`)
  const { rows } = await sql<ListingRow>`
    select ${LISTING} from catalog.listings where listing_id = any(${[...ids]}::text[]) order by listing_id`.execute(db)
  return rows.map(listing)
}

export type CatalogCounts = { sellers: number; listings: number; buyers: number; orderLines: number; centres: number; stockPieces: number }

/** How much there is, counted: seconds on a table of many millions, so not for a page that people wait for. */
export async function catalogCounts(db: Db): Promise<CatalogCounts> {
  const { rows } = await sql<CatalogCounts>`
    select (select count(*) from catalog.sellers) as sellers, (select count(*) from catalog.listings) as listings,
           (select count(*) from catalog.buyers) as buyers, (select count(*) from catalog.order_lines) as "orderLines",
           (select count(*) from catalog.centres) as centres,
           (select coalesce(sum(quantity), 0)::bigint from catalog.stock) as "stockPieces"`.execute(db)
  return rows[0]!
}

function listing(row: ListingRow): Listing {
  return {
    listingId: row.listing_id,
    sellerId: row.seller_id,
    title: row.title,
    brand: row.brand,
    model: row.model,
    gtin: row.gtin,
    asin: row.asin,
    description: row.description,
    category: row.category,
    attributes: row.attributes,
    priceMinor: row.price_minor,
    currency: row.currency,
    packUnits: row.pack_units,
    imageUrl: row.image_url,
  }
}
