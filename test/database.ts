/**
 * The tests' database: a real PostgreSQL, one database per test file cloned from a migrated template.
 * `npm test` starts one server for all files and names it in TOCSIN_TEST_SERVER; a single file started by hand starts its own.
 */
import { after } from 'node:test'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { DEMO_SENDER } from '../src/platform/config.ts'
import { NO_WEBHOOKS } from '../src/platform/config-webhooks.ts'
import { openDatabase, type Database } from '../src/platform/db.ts'
import { migrate } from '../src/platform/migrate.ts'
import { removeCluster, startPostgres } from '../src/platform/postgres.ts'

const TEMPLATE = 'tocsin_template'

// Nothing of a test survives it, so nothing is flushed.
const FORGETFUL = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' }

/** A throw-away server with a migrated template database. Benchmarks give the durability they measure with. */
export async function startTestServer(settings: Record<string, string> = FORGETFUL): Promise<{ url: string; stop: () => Promise<void> }> {
  const home = await mkdtemp(path.join(tmpdir(), 'tocsin-test-'))
  // Root's temporary folder is closed to the user PostgreSQL runs as; opening the way spares a copy of the binaries.
  await chmod(home, 0o755)
  const config = {
    port: 0,
    home,
    databaseUrl: null,
    smtpUrl: null,
    publicUrl: 'http://localhost',
    shopOrigins: [],
    sender: DEMO_SENDER,
    dkim: null,
    webhooks: NO_WEBHOOKS,
  }
  const server = await startPostgres(config, { settings })
  async function stop(): Promise<void> {
    await server.stop()
    await removeCluster(home)
    await rm(home, { recursive: true, force: true })
  }
  try {
    await administer(server.url, [`create database ${TEMPLATE}`])
    const template = openDatabase(onDatabase(server.url, TEMPLATE), { max: 2 })
    await migrate(template)
    await template.close()
  } catch (error) {
    await stop()
    throw error
  }
  return { url: server.url, stop }
}

/** A database of this test file's own, dropped after its tests. Call it once at the top of the file. */
export async function testDatabase(): Promise<Database> {
  const shared = process.env['TOCSIN_TEST_SERVER']
  const server = shared === undefined ? await startTestServer() : { url: shared, stop: async () => {} }
  const name = `test_${process.pid}_${process.hrtime.bigint()}`
  await administer(server.url, [`create database ${name} template ${TEMPLATE}`])
  const database = openDatabase(onDatabase(server.url, name))
  after(async () => {
    await database.close()
    await administer(server.url, [`drop database ${name} with (force)`])
    await server.stop()
  })
  return database
}

async function administer(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: onDatabase(url, 'postgres') })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

function onDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.toString()
}
