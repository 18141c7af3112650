/**
 * `npm run bench -- NAME [--json] [--size N] […]`: one benchmark, ours, the peers' and the floor's figure from the same run.
 * Each benchmark is one file here that exports `run`.
 */
import { startTestServer } from '../test/database.ts'
import { MissingData } from './missing-data.ts'
import { openDatabase } from '../src/platform/db.ts'
import pg from 'pg'

/** What every benchmark prints (design, "Stable interfaces"). `ratio.X` is ours / X. */
export type BenchResult = {
  name: string
  unit: string
  better: 'higher' | 'lower'
  ours: number
  peers: Record<string, number>
  floor: number | null
  ratio: Record<string, number>
  detail: Record<string, unknown>
  /** What the readable form prints instead of the detail. */
  table?: () => string
}

/** What a benchmark is given: how large, a migrated database of its own with the default's durability, and the words meant for it alone. */
export type BenchContext = { size: number | null; args: string[]; freshDatabase: () => Promise<ReturnType<typeof openDatabase>> }

const BENCHMARKS: Record<string, () => Promise<{ run: (context: BenchContext) => Promise<BenchResult> }>> = {
  banner: () => import('./banner.ts'),
  import: () => import('./import.ts'),
  fanout: () => import('./fanout.ts'),
  mail: () => import('./mail.ts'),
  match: () => import('./match.ts'),
  screen: () => import('./screen.ts'),
  'screen-recall': () => import('./screen-recall.ts'),
  scope: () => import('./scope.ts'),
}

async function main(args: string[]): Promise<number> {
  const name = args.find((arg) => !arg.startsWith('--')) ?? ''
  const load = BENCHMARKS[name]
  if (load === undefined) {
    process.stderr.write(`npm run bench -- NAME [--json] [--size N]\nBenchmarks: ${Object.keys(BENCHMARKS).join(', ')}\n`)
    return 2
  }
  const sizeAt = args.indexOf('--size')
  const size = sizeAt === -1 ? null : Number(args[sizeAt + 1])
  if (size !== null && !(Number.isSafeInteger(size) && size > 0)) {
    process.stderr.write('--size needs a whole number above 0.\n')
    return 2
  }
  const server = await startTestServer({ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', shared_buffers: '256MB' })
  try {
    const result = await (await load()).run({ size, args: remaining(args, name), freshDatabase: () => freshDatabase(server.url) })
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`)
    else process.stdout.write(readable(result))
    return 0
  } catch (error) {
    if (!(error instanceof MissingData)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  } finally {
    await server.stop()
  }
}

/** The words that are neither the benchmark's name nor understood here. */
function remaining(args: readonly string[], name: string): string[] {
  const sizeAt = args.indexOf('--size')
  return args.filter((arg, i) => i !== args.indexOf(name) && arg !== '--json' && (sizeAt === -1 || (i !== sizeAt && i !== sizeAt + 1)))
}

async function freshDatabase(serverUrl: string): Promise<ReturnType<typeof openDatabase>> {
  const url = new URL(serverUrl)
  url.pathname = '/postgres'
  const name = `bench_${process.hrtime.bigint()}`
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  await client.query(`create database ${name} template tocsin_template`)
  await client.end()
  url.pathname = `/${name}`
  return openDatabase(url.toString())
}

function readable(result: BenchResult): string {
  const lines = [`${result.name}: ${figure(result.ours)} ${result.unit} (${result.better} is better)`]
  for (const [peer, theirs] of Object.entries(result.peers)) lines.push(`  ${peer.padEnd(24)} ${figure(theirs)} ${result.unit}`)
  if (result.floor !== null) lines.push(`  ${'the floor'.padEnd(24)} ${figure(result.floor)} ${result.unit}`)
  for (const [to, ratio] of Object.entries(result.ratio)) lines.push(`  ${`ours / ${to}`.padEnd(24)} ${ratio.toFixed(3)}`)
  return [...lines, result.table?.() ?? `  ${JSON.stringify(result.detail)}`, ''].join('\n')
}

/** Shares between 0 and 1 need their decimals, rows per second do not. */
function figure(value: number): string {
  return value < 10 ? value.toFixed(3) : Math.round(value).toLocaleString('en-US')
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2))
