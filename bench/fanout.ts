/**
 * Notices per second of what opening a campaign does for its buyers (`findAffectedLines` and `makeNotices`, in one transaction), against the
 * bare `INSERT … SELECT` of the same rows into the same tables. Ours also reads the scope, leaves out what was intercepted, stands being run
 * twice, and counts; the floor does none of it. Rounds alternate from an empty campaign each, medians count.
 */
import { findAffectedLines, makeNotices, startWave } from '../src/outreach/index.ts'
import { transaction, type Database, type Tx } from '../src/platform/db.ts'
import type { BenchContext, BenchResult } from './run.ts'

const DEFAULT_LINES = 500_000
const ROUNDS = 7
const LISTINGS = 20_000
const RECALLED_LISTINGS = 24
const CAMPAIGN = 'BENCH-1'
const AT = new Date('2023-07-20T12:00:00Z')
const SCOPE = { soldFrom: '2018-01', soldTo: '2023-03', lots: [], serials: [] }

export async function run({ size, freshDatabase }: BenchContext): Promise<BenchResult> {
  const lines = size ?? DEFAULT_LINES
  const database = await freshDatabase()
  try {
    await seed(database, lines)
    const listings = recalledListings()
    const seconds = await rounds(database, listings)
    const counted = await counts(database)
    const [ours, floor] = [counted.notices / median(seconds.ours), counted.notices / median(seconds.floor)]
    return {
      name: 'fanout',
      unit: 'notices/s',
      better: 'higher',
      ours,
      peers: {},
      floor,
      ratio: { floor: ours / floor },
      detail: {
        lines,
        affected_lines: counted.lines,
        notices: counted.notices,
        rounds: ROUNDS,
        seconds_of_floor: seconds.floor.map(rounded),
        seconds_of_ours: seconds.ours.map(rounded),
        times_floor: rounded(median(seconds.ours) / median(seconds.floor)),
        same_rows: seconds.sameRows,
        again_seconds: rounded(seconds.again),
        again_changed_rows: seconds.againChanged,
        wave_seconds: rounded(seconds.wave),
      },
    }
  } finally {
    await database.close()
  }
}

/** About one line in 24 is of a recalled listing and inside the window; a part of those is cancelled, open or intercepted. */
async function seed({ pool }: Database, lines: number): Promise<void> {
  await pool.query(`insert into catalog.sellers select 'S' || n, 'Seller ' || n, null, 'US' from generate_series(0, 399) n`)
  await pool.query(
    `insert into catalog.listings (listing_id, seller_id, title, attributes, currency, pack_units, content_sha256, updated_at)
     select 'L' || n, 'S' || n % 400, 'Listing ' || n, '{}', 'USD', 1 + n % 2, '', $2 from generate_series(0, $1 - 1) n`,
    [LISTINGS, AT],
  )
  // 2654435761 is Knuth's multiplicative hash: buyers come in no order, as they do in a shop. Time goes up with the number of the order.
  await pool.query(
    `insert into catalog.order_lines (buyer_id, order_id, line_no, listing_id, ordered_at, quantity, unit_price_minor, currency, state)
     select 'B' || lpad((n * 2654435761 % ($1::bigint * 3 / 4))::text, 9, '0'), 'O' || n, 1,
            'L' || case when n % 20 = 0 then n / 20 % $2 else $2 + n % ($3 - $2) end,
            timestamptz '2018-01-01Z' + n * (interval '2024 days' / $1::bigint), 1 + n % 3, 1999, 'USD',
            case when n % 100 = 20 then 'cancelled' when n % 500 = 40 then 'open' else 'shipped' end
       from generate_series(0, $1::bigint - 1) n`,
    [lines, RECALLED_LISTINGS, LISTINGS],
  )
  await pool.query(
    `insert into supply.interceptions (buyer_id, order_id, line_no, campaign_id, listing_id, centre_id, lot, units, amount_minor, currency, intercepted_at)
     select buyer_id, order_id, line_no, $1, listing_id, '', '', 1, 1999, 'USD', $2 from catalog.order_lines where state = 'open'`,
    [CAMPAIGN, AT],
  )
  await pool.query('vacuum analyze')
}

function recalledListings(): { listingId: string; answer: 'affected' }[] {
  return Array.from({ length: RECALLED_LISTINGS }, (_, n) => ({ listingId: `L${n}`, answer: 'affected' }))
}

type Listings = ReturnType<typeof recalledListings>

async function rounds(database: Database, listings: Listings) {
  const [ours, floor]: [number[], number[]] = [[], []]
  const prints = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    await emptied(database)
    floor.push(await timed(database, (tx) => bareStatements(tx, listings)))
    prints.add(await fingerprint(database))
    await emptied(database)
    ours.push(await timed(database, (tx) => ourStatements(tx, listings)))
    prints.add(await fingerprint(database))
  }
  const again = await timed(database, (tx) => ourStatements(tx, listings))
  prints.add(await fingerprint(database))
  const before = await changesOf(database)
  const wave = await timed(database, (tx) => startWave(tx, { campaignId: CAMPAIGN, channel: 'email', actor: 'cli', at: AT }))
  return { ours, floor, again, wave, sameRows: prints.size === 1, againChanged: before }
}

async function ourStatements(tx: Tx, listings: Listings): Promise<void> {
  await findAffectedLines(tx, { campaignId: CAMPAIGN, scope: SCOPE, listings, at: AT })
  await makeNotices(tx, { campaignId: CAMPAIGN, at: AT })
}

/** The least that fills both tables with the same rows, but for their bucket, which it takes from the buyer's hash alone. */
async function bareStatements({ client }: Tx, listings: Listings): Promise<void> {
  await client.query(
    `insert into outreach.affected_lines
     select o.buyer_id, $1, o.order_id, o.line_no, 'affected', o.listing_id, l.seller_id, o.ordered_at, o.quantity::bigint * l.pack_units,
            o.quantity * o.unit_price_minor, o.currency, $2::timestamptz
       from catalog.order_lines o join catalog.listings l using (listing_id)
      where o.listing_id = any($3::text[]) and o.ordered_at >= '2018-01-01Z' and o.ordered_at < '2023-04-01Z' and o.state = 'shipped'`,
    [CAMPAIGN, AT, listings.map((each) => each.listingId)],
  )
  await client.query(
    `insert into outreach.notices
     select buyer_id, $1, md5($1 || ':' || buyer_id)::uuid, 'affected', get_byte(decode(left(md5(buyer_id), 2), 'hex'), 0), sum(units),
            $2::timestamptz, 'pending', $2::timestamptz, 'not sent yet'
       from outreach.affected_lines where campaign_id = $1 group by buyer_id`,
    [CAMPAIGN, AT],
  )
}

async function emptied({ pool }: Database): Promise<void> {
  await pool.query('truncate outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets')
  await pool.query('checkpoint')
}

async function timed(database: Database, work: (tx: Tx) => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await transaction(database, work)
  return (performance.now() - started) / 1000
}

/** What stands in both tables, whatever the order and the bucket. */
async function fingerprint({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ print: string }>(
    `select (select sum(hashtextextended(l::text, 0)) from outreach.affected_lines l) || ' ' ||
            (select sum(hashtextextended((to_jsonb(n) - 'bucket')::text, 0)) from outreach.notices n) as print`,
  )
  return rows[0]!.print
}

/** Rows that the second run of ours wrote although nothing had changed: versions of a row younger than its first one. */
async function changesOf({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ changed: number }>(
    `select count(distinct xmin::text)::int - 1 as changed from (select xmin from outreach.notices union all select xmin from outreach.affected_lines) r`,
  )
  return rows[0]!.changed
}

async function counts({ pool }: Database): Promise<{ lines: number; notices: number }> {
  const { rows } = await pool.query<{ lines: number; notices: number }>(
    'select (select count(*) from outreach.affected_lines) as lines, (select count(*) from outreach.notices) as notices',
  )
  return rows[0]!
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
