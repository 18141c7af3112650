/**
 * Order lines per second through the import that everybody uses, from a csv file, against a bare `COPY` of the same file into a table with
 * the same columns and indexes. The import validates each cell, finds repeats, refuses lines of unknown listings and keeps its books;
 * `COPY` does none of it. Rounds alternate, medians count.
 */
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { listings } from '../db/demo/listings.ts'
import { orderLines } from '../db/demo/orders.ts'
import { sellers } from '../db/demo/people.ts'
import { SEED, SIZES, type Size } from '../db/demo/scales.ts'
import { importFile, importRows } from '../src/catalog/index.ts'
import type { Database } from '../src/platform/db.ts'
import type { BenchContext, BenchResult } from './run.ts'

const DEFAULT_LINES = 500_000
const ROUNDS = 3
const HEADER = 'buyer_id,order_id,line_no,listing_id,ordered_at,quantity,unit_price_minor,currency,state,centre_id,lot,serial'
const AT = new Date('2023-07-20T12:00:00Z')

export async function run({ size, freshDatabase }: BenchContext): Promise<BenchResult> {
  const lines = size ?? DEFAULT_LINES
  const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-bench-'))
  const database = await freshDatabase()
  try {
    const file = path.join(folder, 'orders.csv')
    const shape = { ...SIZES.default, buyers: Math.max(1, Math.round(lines * 0.3)), lines, pairsInWindow: Math.round(lines / 115) }
    await writeOrders(file, shape)
    await importRows(database, 'sellers', sellers(SEED, shape.sellers), { at: AT, source: 'bench' })
    await importRows(database, 'listings', listings(SEED, shape), { at: AT, source: 'bench' })
    await database.pool.query('create table public.bare_order_lines (like catalog.order_lines including all)')
    await database.pool.query('vacuum analyze catalog.listings')
    const seconds = await rounds(database, file, lines)
    const [ours, floor] = [lines / median(seconds.ours), lines / median(seconds.bare)]
    return {
      name: 'import',
      unit: 'rows/s',
      better: 'higher',
      ours,
      peers: {},
      floor,
      ratio: { floor: ours / floor },
      detail: {
        lines,
        csv_bytes: (await stat(file)).size,
        rounds: ROUNDS,
        import_seconds: seconds.ours.map(rounded),
        copy_seconds: seconds.bare.map(rounded),
        again_rows_per_second: Math.round(lines / seconds.again),
        same_rows: await sameRows(database),
        peak_memory_mb: Math.round(process.resourceUsage().maxRSS / 1024),
      },
    }
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Both ways in turn, each into an empty table after a checkpoint; and once the same file into the full table, which changes nothing. */
async function rounds(database: Database, file: string, lines: number): Promise<{ ours: number[]; bare: number[]; again: number }> {
  const [ours, bare]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    await database.pool.query('truncate public.bare_order_lines')
    await database.pool.query('checkpoint')
    bare.push(await timed(() => bareCopy(database, file)))
    await database.pool.query('truncate catalog.order_lines')
    await database.pool.query('checkpoint')
    ours.push(await timed(() => importAll(database, file, { added: lines })))
  }
  return { ours, bare, again: await timed(() => importAll(database, file, { added: 0 })) }
}

async function importAll(database: Database, file: string, expected: { added: number }): Promise<void> {
  const imported = await importFile(database, 'orders', file, { at: AT })
  if (!imported.ok) throw new Error(imported.problem.message)
  if (imported.value.added !== expected.added || imported.value.refused > 0)
    throw new Error(`Not as expected: ${JSON.stringify(imported.value)}`)
}

async function bareCopy(database: Database, file: string): Promise<void> {
  const client = await database.pool.connect()
  try {
    const copy = client.query(copyFrom(`copy public.bare_order_lines (${HEADER}) from stdin with (format csv, header)`))
    await pipeline(createReadStream(file, { highWaterMark: 262_144 }), copy)
  } finally {
    client.release()
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

async function writeOrders(file: string, shape: Size): Promise<void> {
  const handle = await open(file, 'w')
  try {
    let chunk = `${HEADER}\n`
    for await (const line of orderLines(SEED, shape)) {
      chunk +=
        `${line.buyerId},${line.orderId},${line.lineNo},${line.listingId},${line.orderedAt},${line.quantity},${line.unitPriceMinor},` +
        `${line.currency},${line.state},${line.centreId ?? ''},,\n`
      if (chunk.length < 1_048_576) continue
      await handle.write(chunk)
      chunk = ''
    }
    await handle.write(chunk)
  } finally {
    await handle.close()
  }
}

/** Whether both ways left the same rows, so that their times can be compared. */
async function sameRows(database: Database): Promise<boolean> {
  const { rows } = await database.pool.query<{ differs: boolean }>(`
    select (select count(*) from catalog.order_lines) <> (select count(*) from public.bare_order_lines)
        or exists (table catalog.order_lines except table public.bare_order_lines) as differs`)
  return rows[0]!.differs === false
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
