/** What contradicts the catalogue's promises, at most a hundred of each. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

export async function importsThatDoNotAddUp(db: Db): Promise<string[]> {
  const { rows } = await sql<{ file_name: string }>`
    select file_name from catalog.imports where rows_read <> added + changed + unchanged + refused order by started_at limit 100`.execute(
    db,
  )
  return rows.map((row) => row.file_name)
}

export async function orderLinesWithoutListing(db: Db): Promise<string[]> {
  const { rows } = await sql<{ listing_id: string }>`
    -- The listings that lines name, by skipping from one to the next in order_lines_listing instead of reading every line.
    with recursive named as (
      (select listing_id from catalog.order_lines order by listing_id limit 1)
      union all
      select (select o.listing_id from catalog.order_lines o where o.listing_id > n.listing_id order by o.listing_id limit 1)
        from named n
       where n.listing_id is not null)
    select n.listing_id
      from named n
     where n.listing_id is not null and not exists (select from catalog.listings l where l.listing_id = n.listing_id)
     limit 100`.execute(db)
  return rows.map((row) => row.listing_id)
}
