/**
 * The 99th percentile of `GET /v1/banner` at 1,000 requests per second, through the app's own middleware: token, access, headers, database.
 * The floor is a bare Hono route that answers a constant. Both are served by this process and asked by a generator in another one, open loop
 * (`banner-load.ts`). Each buyer comes twice, as on a visit of two pages, so half of the tokens are seen for the first time.
 */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { bannerRoutes } from '../src/outreach/index.ts'
import { machineOf } from '../src/platform/api-keys.ts'
import { openAuth, signBuyerToken } from '../src/platform/auth.ts'
import type { Database } from '../src/platform/db.ts'
import { buildApp } from '../src/platform/http.ts'
import { openLog } from '../src/platform/log.ts'
import { CUPKIN_BRIEF } from '../test/first-wave.ts'
import type { LoadFigures, LoadOrder } from './banner-load.ts'
import type { BenchContext, BenchResult } from './run.ts'

const DEFAULT_NOTICES = 20_000
const RATE = 1_000
const SECONDS = 3
const WARM_UP_SECONDS = 1
const ROUNDS = 3
const CAMPAIGNS = 10
const SECRET = 'a secret of the benchmark'

export async function run({ size, freshDatabase }: BenchContext): Promise<BenchResult> {
  const notices = size ?? DEFAULT_NOTICES
  const database = await freshDatabase()
  try {
    const seedSeconds = await seed(database, notices)
    const tokens = await tokensOf(notices)
    const bare = new Hono().get('/constant', (c) => c.json({ alerts: 0 }))
    const ourApp = app(database)
    const rounds: { ours: Measured; floor: Measured }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const floor = await measured(bare, '/constant', [])
      rounds.push({ floor, ours: await measured(ourApp, '/v1/banner', tokens) })
    }
    // A machine with other work on it spoils a round now and then: the median round counts, and all are told.
    const [ours, floor] = [medianRound(rounds.map((round) => round.ours)), medianRound(rounds.map((round) => round.floor))]
    return {
      name: 'banner',
      unit: 'ms at p99',
      better: 'lower',
      ours: ours.p99,
      peers: {},
      floor: floor.p99,
      ratio: { floor: ours.p99 / floor.p99 },
      detail: {
        notices,
        rate: RATE,
        seconds: SECONDS,
        buyers: tokens.length,
        seed_seconds: rounded(seedSeconds),
        ours: figures(ours),
        floor: figures(floor),
        p99_of_rounds: rounds.map((round) => rounded(round.ours.p99)),
        p99_of_floor: rounds.map((round) => rounded(round.floor.p99)),
        load_average: rounded(loadavg()[0]!),
      },
    }
  } finally {
    await database.close()
  }
}

/** One notice per buyer of ten campaigns; a fifth of them is confirmed. */
async function seed({ pool }: Database, notices: number): Promise<number> {
  const started = performance.now()
  await pool.query(
    `insert into outreach.briefs (campaign_id, recall_id, content, created_at, jurisdiction, own)
     select 'BENCH-' || c, 'R', $2, now(), 'US', true from generate_series(0, $1 - 1) c`,
    [CAMPAIGNS, JSON.stringify(CUPKIN_BRIEF)],
  )
  await pool.query(
    `insert into outreach.notices (buyer_id, campaign_id, notice_id, answer, bucket, units, created_at, state, state_at, state_reason, jurisdiction)
     select 'B' || lpad(n::text, 9, '0'), 'BENCH-' || n % $2, md5(n::text)::uuid, case when n % 10 = 0 then 'possibly' else 'affected' end, n % 256, 1,
            now(), 'pending', now(), 'not sent yet', 'US'
       from generate_series(0, $1 - 1) n`,
    [notices, CAMPAIGNS],
  )
  await pool.query(
    `insert into outreach.acknowledgements (buyer_id, campaign_id, acknowledged_at, how)
     select buyer_id, campaign_id, now(), 'button' from outreach.notices where hashtext(buyer_id) % 5 = 0`,
  )
  await pool.query('vacuum analyze')
  // What the seeding left to be written is not the banner's to wait for.
  await pool.query('checkpoint')
  // As after a day of service, tables and keys are in memory: both are read once in the order of the key.
  const client = await pool.connect()
  await client.query('set enable_seqscan = off; set enable_indexonlyscan = off; set max_parallel_workers_per_gather = 0')
  for (const table of ['notices', 'acknowledgements'])
    await client.query(
      `select count(*) from (select campaign_id from outreach.${table} where buyer_id > '' order by buyer_id offset 0) walked`,
    )
  client.release(true)
  return (performance.now() - started) / 1000
}

/** Tokens of buyers spread over all of them. */
async function tokensOf(notices: number): Promise<string[]> {
  const buyers = Math.min(notices, (RATE * (SECONDS + WARM_UP_SECONDS)) / 2)
  const numbers = Array.from({ length: buyers }, (_, n) => Math.floor((n * notices) / buyers))
  return Promise.all(numbers.map((n) => signBuyerToken(SECRET, `B${String(n).padStart(9, '0')}`)))
}

function app(database: Database): Hono<never> {
  const url = database.url
  const auth = openAuth({ databaseUrl: url, secret: SECRET, buyerSecret: SECRET, baseUrl: 'http://localhost', secureCookies: false })
  return buildApp({
    access: {
      'GET /banner.js': { who: 'everyone', sees: 'everything' },
      'OPTIONS /v1/banner': { who: 'everyone', sees: 'everything' },
      'GET /v1/banner': { who: ['buyer'], sees: 'own' },
    },
    principals: async (request) => ({
      ...(await auth.principals(request)),
      machine: await machineOf(database.db, request.headers.get('authorization') ?? undefined),
    }),
    routes: [bannerRoutes({ database, linkKey: SECRET, baseUrl: 'https://recalls.example', shopOrigins: [] })],
    log: openLog('silent'),
  }) as unknown as Hono<never>
}

type Measured = LoadFigures & { cpuMicroseconds: number }

/** Serves the routes, has them asked at the rate, and counts the processor time of this process for each request. */
async function measured(
  routes: { fetch: (request: Request) => Response | Promise<Response> },
  path: string,
  tokens: string[],
): Promise<Measured> {
  const server = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const before = process.cpuUsage()
  const load = spawn(process.execPath, [new URL('./banner-load.ts', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] })
  const order: LoadOrder = { url: `http://127.0.0.1:${port}${path}`, rate: RATE, seconds: SECONDS, warmUpSeconds: WARM_UP_SECONDS, tokens }
  load.stdin.end(JSON.stringify(order))
  const found = JSON.parse(await text(load.stdout)) as LoadFigures
  const used = process.cpuUsage(before)
  server.close()
  return { ...found, cpuMicroseconds: (used.user + used.system) / (RATE * (SECONDS + WARM_UP_SECONDS)) }
}

function medianRound(rounds: readonly Measured[]): Measured {
  return rounds.toSorted((a, b) => a.p99 - b.p99)[Math.floor(rounds.length / 2)]!
}

function figures(found: Measured): Record<string, number> {
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, rounded(value)]))
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
