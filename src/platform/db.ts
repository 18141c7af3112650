/** The database: one pool, Kysely over it, transactions that also give the bare client for `COPY`. */
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { DB } from '../../db/schema.ts'

// Counts, units and money are bigint in the tables. All of them stay far below 2^53; `count(*)` and `sum(int)` too.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is too large for a number`)
  return value
})
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
// A date stays the text the agency printed: a JavaScript Date would move it by the machine's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** Anything that can run a query: the pool, or a transaction. */
export type Db = Kysely<DB>

/** An open transaction: Kysely on one connection, and that connection itself for `copyInto`. */
export type Tx = { db: Db; client: pg.PoolClient }

export type Database = {
  db: Db
  pool: pg.Pool
  url: string
  close: () => Promise<void>
}

/** After this long without a statement, the server ends a transaction whose process stands still: what it had locked must not wait for it. */
const IDLE_TRANSACTION_SECONDS = 300

export function openDatabase(url: string, options: { max?: number; idleTransactionSeconds?: number } = {}): Database {
  const idleMs = (options.idleTransactionSeconds ?? IDLE_TRANSACTION_SECONDS) * 1_000
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max: options.max ?? 10,
    idle_in_transaction_session_timeout: idleMs,
  })
  // An idle connection that breaks is replaced by the pool; whoever uses a broken one gets the error of their own query.
  pool.on('error', () => {})
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, url, close: () => db.destroy() }
}

/**
 * A statement whose first line is `-- prepared` is parsed and planned once by each connection instead of each time: for those of a loop over many
 * blocks. What differs from one time to the next goes into its values, never into its text.
 */
class PreparingClient extends pg.Client {
  // oxlint-disable-next-line typescript/no-explicit-any -- `query` has many overloads, and this one hands on whatever each of them takes.
  override query(statement: any, values?: any, done?: any): any {
    if (typeof statement !== 'string' || !PREPARED.test(statement) || !Array.isArray(values)) return super.query(statement, values, done)
    return super.query({ name: nameOf(statement), text: statement, values }, done)
  }
}

const PREPARED = /^\s*-- prepared\n/
const names = new Map<string, string>()

function nameOf(statement: string): string {
  const known = names.get(statement)
  if (known !== undefined) return known
  const name = `prepared_${names.size + 1}`
  names.set(statement, name)
  return name
}

/**
 * Runs `work` in one transaction on one connection: all of it or none. Whatever `work` throws rolls back and is thrown on.
 * Never call a network service inside (design, §6.6).
 */
export async function transaction<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  let broken: Error | undefined
  // A connection that breaks between two statements says so by an event, which would end the process; the next statement fails with it.
  client.on('error', ignore)
  try {
    await client.query('begin')
    const value = await work({ db: onConnection(client), client })
    await client.query('commit')
    return value
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.off('error', ignore)
    client.release(broken)
  }
}

function ignore(): void {}

/** Kysely that speaks through one connection, whoever owns it. */
function onConnection(client: pg.PoolClient): Db {
  const shared: PostgresPoolClient = {
    query: client.query.bind(client) as PostgresPoolClient['query'],
    release: () => {},
  }
  const pool: PostgresPool = { connect: async () => shared, end: async () => {}, options: {} }
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
}

/** One value of a `COPY` row; `null` is SQL null, Buffers become bytea, objects JSON. */
export type CopyValue = string | number | bigint | boolean | null | Date | Buffer | object

/**
 * Streams rows into a table by `COPY … FROM STDIN` (text format) and returns how many. Rows are pulled as the server takes them, so memory
 * stays constant. `table` and `columns` are ours, never a user's.
 */
export async function copyInto(
  client: pg.PoolClient | pg.Client,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): Promise<number> {
  let count = 0
  async function* chunks(): AsyncGenerator<string> {
    let chunk = ''
    for await (const row of rows) {
      count++
      for (let i = 0; i < row.length; i++) chunk += (i === 0 ? '' : '\t') + copyText(row[i]!)
      chunk += '\n'
      if (chunk.length > 65_536) {
        yield chunk
        chunk = ''
      }
    }
    if (chunk !== '') yield chunk
  }
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`))
  await pipeline(Readable.from(chunks()), stream)
  return count
}

const SPECIAL = /[\\\n\r\t]/
const SPECIALS = /[\\\n\r\t]/g
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** One value in PostgreSQL's COPY text format (documentation of COPY, "Text Format"). */
function copyText(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return SPECIAL.test(value) ? value.replace(SPECIALS, (character) => ESCAPES[character]!) : value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return '\\\\x' + value.toString('hex')
  return copyText(JSON.stringify(value))
}
