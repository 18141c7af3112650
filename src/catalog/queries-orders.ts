/** Merging staged order lines: what was bought never changes, what became of it moves forward only. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { LineProblem } from './rows.ts'

export type Written = { added: number; changed: number; refused: LineProblem[] }

export async function writeOrders(db: Db): Promise<Written> {
  // In the order of the primary key, so that neighbours in its index are written together: a quarter faster than in the order of the file.
  // Lines that are known already are left to the statements below (order_lines_pkey, listings_pkey).
  const inserted = await sql`
    insert into catalog.order_lines (buyer_id, order_id, line_no, listing_id, ordered_at, quantity, unit_price_minor, currency, state,
                                     centre_id, lot, serial)
    select buyer_id, order_id, line_no, listing_id, ordered_at, quantity, unit_price_minor, currency, state, centre_id, lot, serial
      from staged s
     where exists (select from catalog.listings l where l.listing_id = s.listing_id)
     order by buyer_id, order_id, line_no
    on conflict (buyer_id, order_id, line_no) do nothing`.execute(db)
  const added = Number(inserted.numAffectedRows ?? 0n)
  const { rows: staged } = await sql<{ count: number }>`select count(*) as count from staged`.execute(db)
  if (added === staged[0]!.count) return { added, changed: 0, refused: [] }
  return { added, ...(await compareWithKnown(db)) }
}

type Conflict = {
  line: number
  listing_id: string
  is_unknown: boolean
  known_listing_id: string
  known_ordered_at: Date
  known_quantity: number
  known_unit_price_minor: number
  known_currency: string
  known_state: string
  field: 'listing_id' | 'ordered_at' | 'quantity' | 'currency' | 'unit_price_minor' | 'state'
}

async function compareWithKnown(db: Db): Promise<{ changed: number; refused: LineProblem[] }> {
  // The table may hold a thousand times as many lines as the batch, and nobody has counted them while a first import runs: a hash or merge
  // join would read all of it for every batch, where one probe of order_lines_pkey per staged line is right at every size.
  await sql`select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`.execute(db)
  const updated = await sql`
    -- The same purchase: an open line may ship or be cancelled, and centre, lot and serial may become known or be corrected.
    update catalog.order_lines o
       set state = s.state, centre_id = coalesce(s.centre_id, o.centre_id), lot = coalesce(s.lot, o.lot), serial = coalesce(s.serial, o.serial)
      from staged s
     where o.buyer_id = s.buyer_id and o.order_id = s.order_id and o.line_no = s.line_no
       -- Written so that no index can serve it: order_lines_listing would find every line of a popular listing for each staged one.
       and (o.listing_id, o.ordered_at, o.quantity, o.unit_price_minor, o.currency)
           is not distinct from (s.listing_id, s.ordered_at, s.quantity, s.unit_price_minor, s.currency)
       and (o.state = s.state or o.state = 'open')
       and (o.state, o.centre_id, o.lot, o.serial) is distinct from
           (s.state, coalesce(s.centre_id, o.centre_id), coalesce(s.lot, o.lot), coalesce(s.serial, o.serial))`.execute(db)
  const { rows: conflicts } = await sql<Conflict>`
    -- What contradicts the books: the first field of each line that does. Just added and just changed lines agree with them by now.
    select s.line, s.listing_id, o.listing_id as known_listing_id, o.ordered_at as known_ordered_at, o.quantity as known_quantity,
           o.unit_price_minor as known_unit_price_minor, o.currency as known_currency, o.state as known_state,
           o.buyer_id is null as is_unknown,
           case when o.buyer_id is null or o.listing_id <> s.listing_id then 'listing_id'
                when o.ordered_at <> s.ordered_at then 'ordered_at'
                when o.quantity <> s.quantity then 'quantity'
                when o.currency <> s.currency then 'currency'
                when o.unit_price_minor <> s.unit_price_minor then 'unit_price_minor'
                else 'state' end as field
      from staged s
      -- A line that is still not there after the insert names a listing that is not there.
      left join catalog.order_lines o using (buyer_id, order_id, line_no)
     where o.buyer_id is null
        or (o.listing_id, o.ordered_at, o.quantity, o.unit_price_minor, o.currency, o.state)
        <> (s.listing_id, s.ordered_at, s.quantity, s.unit_price_minor, s.currency, s.state)`.execute(db)
  return { changed: Number(updated.numAffectedRows ?? 0n), refused: conflicts.map(refusal) }
}

function refusal(conflict: Conflict): LineProblem {
  if (conflict.is_unknown) return unknownListing(conflict.line, conflict.listing_id)
  return { line: conflict.line, field: conflict.field, problem: contradiction(conflict), refused: 'row' }
}

function contradiction(known: Conflict): string {
  const rest = 'what was bought does not change'
  switch (known.field) {
    case 'listing_id':
      return `this order line is known for the listing ${known.known_listing_id}; ${rest}`
    case 'ordered_at':
      return `this order line is known as ordered at ${known.known_ordered_at.toISOString()}; ${rest}`
    case 'quantity':
      return `this order line is known with the quantity ${known.known_quantity}; ${rest}`
    case 'currency':
      return `this order line is known in ${known.known_currency}; ${rest}`
    case 'unit_price_minor':
      return `this order line is known at ${known.known_unit_price_minor} minor units of ${known.known_currency} a piece; ${rest}`
    case 'state':
      return `this order line is known as ${known.known_state}, which is final`
  }
}

export function unknownListing(line: number, listingId: string): LineProblem {
  return { line, field: 'listing_id', problem: `there is no listing ${listingId}; import the listings first`, refused: 'row' }
}
