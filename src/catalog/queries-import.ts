/**
 * The writing half of imports: a batch of good rows is copied into a temporary table and merged from there by one or two statements.
 * Every writer expects that a key occurs once in its batch, holds the imports' lock, and answers how many rows it added and changed and
 * which it refused; the rest changed nothing. An empty cell says nothing: it never erases what is known.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import type { Db, Tx } from '../platform/db.ts'
import type { ImportKind } from './columns.ts'
import { unknownListing, writeOrders, type Written } from './queries-orders.ts'
import type { LineProblem } from './rows.ts'

/** `rows` are COPY lines: the line of the file, then the columns of the kind in the order of `columns.ts`. */
export async function writeBatch(tx: Tx, kind: ImportKind, rows: readonly string[]): Promise<Written> {
  // Batches of all imports take turns: two files that hold the same rows in another order would otherwise wait for each other for ever.
  await sql`select pg_advisory_xact_lock(hashtextextended('catalog.imports', 0))`.execute(tx.db)
  await sql.raw(`create temp table staged (${STAGED[kind]}) on commit drop`).execute(tx.db)
  await pipeline(Readable.from([Buffer.from(rows.join('\n') + '\n')]), tx.client.query(copyFrom('copy staged from stdin')))
  return WRITERS[kind](tx.db)
}

const STAGED: Record<ImportKind, string> = {
  sellers: 'line bigint, seller_id text, name text, email text, country text',
  centres: 'line bigint, centre_id text, name text, country text',
  listings: `line bigint, listing_id text, seller_id text, title text, brand text, model text, gtin text, asin text, description text,
             category text, attributes jsonb, currency text, price_minor bigint, pack_units int, image_url text, seller_name text`,
  buyers: `line bigint, buyer_id text, name text, email text, phone text, locale text, country text, region text, street text, postal_code text,
           city text, administrator_id text`,
  orders: `line bigint, buyer_id text, order_id text, line_no int, listing_id text, ordered_at timestamptz, quantity int, currency text,
           unit_price_minor bigint, state text, centre_id text, lot text, serial text`,
  stock: 'line bigint, listing_id text, centre_id text, lot text, quantity int',
}

const WRITERS: Record<ImportKind, (db: Db) => Promise<Written>> = {
  sellers: writeSellers,
  centres: writeCentres,
  listings: writeListings,
  buyers: writeBuyers,
  orders: writeOrders,
  stock: writeStock,
}

type Counts = { added: number; changed: number }

async function writeSellers(db: Db): Promise<Written> {
  const { rows } = await sql<Counts>`
    -- What each staged row would leave behind, beside what is there (sellers_pkey).
    with merged as (
      select s.seller_id, s.name, coalesce(s.email, t.email) as email, coalesce(s.country, t.country) as country,
             t.seller_id is not null as known, (t.name, t.email, t.country) as before
        from staged s
        left join catalog.sellers t using (seller_id)),
    -- Only what differs is written.
    written as (
      insert into catalog.sellers (seller_id, name, email, country)
      select seller_id, name, email, country from merged where not known or (name, email, country) is distinct from before
      on conflict (seller_id) do update set name = excluded.name, email = excluded.email, country = excluded.country
      returning seller_id)
    select count(*) filter (where not m.known) as added, count(*) filter (where m.known) as changed
      from written w join merged m using (seller_id)`.execute(db)
  return { ...rows[0]!, refused: [] }
}

async function writeCentres(db: Db): Promise<Written> {
  const { rows } = await sql<Counts>`
    -- As sellers (centres_pkey).
    with merged as (
      select s.centre_id, s.name, coalesce(s.country, t.country) as country, t.centre_id is not null as known, (t.name, t.country) as before
        from staged s
        left join catalog.centres t using (centre_id)),
    written as (
      insert into catalog.centres (centre_id, name, country)
      select centre_id, name, country from merged where not known or (name, country) is distinct from before
      on conflict (centre_id) do update set name = excluded.name, country = excluded.country
      returning centre_id)
    select count(*) filter (where not m.known) as added, count(*) filter (where m.known) as changed
      from written w join merged m using (centre_id)`.execute(db)
  return { ...rows[0]!, refused: [] }
}

async function writeBuyers(db: Db): Promise<Written> {
  const { rows } = await sql<Counts>`
    -- As sellers (buyers_pkey).
    with merged as (
      select s.buyer_id, coalesce(s.name, t.name) as name, coalesce(s.email, t.email) as email, coalesce(s.phone, t.phone) as phone,
             coalesce(s.locale, t.locale) as locale, coalesce(s.country, t.country) as country, coalesce(s.region, t.region) as region,
             -- A row that tells a part of an address tells all of it: half of an old one and half of a new one is nobody's.
             case when told.address then s.street else t.street end as street,
             case when told.address then s.postal_code else t.postal_code end as postal_code,
             case when told.address then s.city else t.city end as city,
             coalesce(s.administrator_id, t.administrator_id) as administrator_id, t.buyer_id is not null as known,
             (t.name, t.email, t.phone, t.locale, t.country, t.region, t.street, t.postal_code, t.city, t.administrator_id) as before
        from staged s
       cross join lateral (select num_nonnulls(s.street, s.postal_code, s.city) > 0 as address) told
        left join catalog.buyers t using (buyer_id)),
    written as (
      insert into catalog.buyers (buyer_id, name, email, phone, locale, country, region, street, postal_code, city, administrator_id)
      select buyer_id, name, email, phone, locale, country, region, street, postal_code, city, administrator_id
        from merged
       where not known or (name, email, phone, locale, country, region, street, postal_code, city, administrator_id) is distinct from before
       order by buyer_id
      on conflict (buyer_id) do update
        set name = excluded.name, email = excluded.email, phone = excluded.phone, locale = excluded.locale, country = excluded.country,
            region = excluded.region, street = excluded.street, postal_code = excluded.postal_code, city = excluded.city,
            administrator_id = excluded.administrator_id
      returning buyer_id)
    select count(*) filter (where not m.known) as added, count(*) filter (where m.known) as changed
      from written w join merged m using (buyer_id)`.execute(db)
  return { ...rows[0]!, refused: [] }
}

async function writeListings(db: Db): Promise<Written> {
  // A listing is one seller's offer, and stops and appeals are that seller's: it does not pass to another (listings_pkey).
  const { rows: moved } = await sql<{ line: number; seller_id: string }>`
    delete from staged s using catalog.listings t
     where t.listing_id = s.listing_id and t.seller_id <> s.seller_id
    returning s.line, t.seller_id`.execute(db)
  // Sellers that only a listing names: known by the name given there, else by their id, until a file of sellers says more (sellers_pkey).
  await sql`
    insert into catalog.sellers (seller_id, name)
    select seller_id, coalesce(min(seller_name), seller_id) from staged group by seller_id order by seller_id
    on conflict (seller_id) do nothing`.execute(db)
  const { rows } = await sql<Counts>`
    -- What each staged row would leave behind (listings_pkey). Where nobody says how many units a piece has, it has one.
    with merged as (
      select s.listing_id, s.seller_id, s.title, coalesce(s.brand, t.brand) as brand, coalesce(s.model, t.model) as model,
             coalesce(s.gtin, t.gtin) as gtin, coalesce(s.asin, t.asin) as asin, coalesce(s.description, t.description) as description,
             coalesce(s.category, t.category) as category, coalesce(s.attributes, t.attributes, '{}') as attributes,
             coalesce(s.price_minor, t.price_minor) as price_minor, s.currency, coalesce(s.pack_units, t.pack_units, 1) as pack_units,
             coalesce(s.image_url, t.image_url) as image_url, t.content_sha256 as before
        from staged s
        left join catalog.listings t using (listing_id)),
    -- The hash of everything a listing says tells whether it says something new.
    hashed as materialized (
      select *, sha256(convert_to(jsonb_build_array(seller_id, title, brand, model, gtin, asin, description, category, attributes, price_minor,
                                                    currency, pack_units, image_url)::text, 'UTF8')) as content_sha256
        from merged),
    written as (
      insert into catalog.listings (listing_id, seller_id, title, brand, model, gtin, asin, description, category, attributes, price_minor,
                                    currency, pack_units, image_url, content_sha256, updated_at)
      select listing_id, seller_id, title, brand, model, gtin, asin, description, category, attributes, price_minor, currency, pack_units,
             image_url, content_sha256, now()
        from hashed
       where before is distinct from content_sha256
       order by listing_id
      on conflict (listing_id) do update
        set title = excluded.title, brand = excluded.brand, model = excluded.model, gtin = excluded.gtin, asin = excluded.asin,
            description = excluded.description, category = excluded.category, attributes = excluded.attributes,
            price_minor = excluded.price_minor, currency = excluded.currency, pack_units = excluded.pack_units,
            image_url = excluded.image_url, content_sha256 = excluded.content_sha256, updated_at = excluded.updated_at
      returning listing_id)
    select count(*) filter (where before is null) as added, count(*) filter (where before is not null) as changed
      from written join hashed using (listing_id)`.execute(db)
  const refused = moved.map(({ line, seller_id }): LineProblem => ({
    line,
    field: 'seller_id',
    problem: `this listing is known as seller ${seller_id}'s, and a listing keeps its seller`,
    refused: 'row',
  }))
  return { ...rows[0]!, refused }
}

async function writeStock(db: Db): Promise<Written> {
  // Stock of a listing that nobody told us of cannot be held by a recall, so the row is refused, not guessed (listings_pkey).
  const { rows: unknown } = await sql<{ line: number; listing_id: string }>`
    delete from staged s
     where not exists (select from catalog.listings l where l.listing_id = s.listing_id)
    returning s.line, s.listing_id`.execute(db)
  // A centre that only stock names is known by its id until a file of centres says more (centres_pkey).
  await sql`
    insert into catalog.centres (centre_id, name)
    select distinct centre_id, centre_id from staged order by centre_id
    on conflict (centre_id) do nothing`.execute(db)
  const { rows } = await sql<Counts>`
    -- The count on the shelf as told now, beside the one before (stock_pkey).
    with merged as (
      select s.listing_id, s.centre_id, coalesce(s.lot, '') as lot, s.quantity, t.quantity as before
        from staged s
        left join catalog.stock t on t.listing_id = s.listing_id and t.centre_id = s.centre_id and t.lot = coalesce(s.lot, '')),
    written as (
      insert into catalog.stock (listing_id, centre_id, lot, quantity)
      select listing_id, centre_id, lot, quantity from merged where before is distinct from quantity order by listing_id, centre_id, lot
      on conflict (listing_id, centre_id, lot) do update set quantity = excluded.quantity
      returning listing_id, centre_id, lot)
    select count(*) filter (where before is null) as added, count(*) filter (where before is not null) as changed
      from written join merged using (listing_id, centre_id, lot)`.execute(db)
  return { ...rows[0]!, refused: unknown.map(({ line, listing_id }) => unknownListing(line, listing_id)) }
}
