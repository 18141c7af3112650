/**
 * Notices per second from the database to the last reply of the mail server: block claimed, rendered, sent, recorded. Against the same sink in
 * the same run: our own way over Nodemailer, bare pooled Nodemailer, and Postfix's `smtp-source`, which neither renders nor records.
 * Rounds alternate, medians count. Database and sink run on the same cores; what each of them costs is told beside.
 * The sink is Postfix's `smtp-sink` where it is installed (Debian: `apt install postfix`), else one of Node's in a process of its own, said so.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { availableParallelism, loadavg } from 'node:os'
import type { Database } from '../src/platform/db.ts'
import { composeMail } from '../src/platform/smtp/compose.ts'
import { addCrowdWithCups, openOutreach } from '../test/first-wave.ts'
import { SENDER } from '../test/world.ts'
import { exampleMessage } from './mail-example.ts'
import { startSink, type Sink } from './mail-sinks.ts'
import type { WorkerFigures, WorkerOrder } from './mail-worker.ts'
import { parentOf, processSeconds } from './process-cpu.ts'
import type { BenchContext, BenchResult } from './run.ts'

const DEFAULT_NOTICES = 120_000
/** Messages of the slower ways, which need no more to show their rate. */
const SLOW_SHARE = 4
const SLOW_MAX = 15_000
const CONNECTIONS = 16
const ROUNDS = 3

type Bench = { database: Database; sink: Sink; postmaster: number | null }
/** Of one round: `perSecond` by the clock on the wall, the rest milliseconds of processor time per message. */
type Round = { perSecond: number; senders: number; database: number; sink: number; rssMbEarly: number; rssMbLate: number }

export async function run({ size, freshDatabase, args }: BenchContext): Promise<BenchResult> {
  const notices = size ?? DEFAULT_NOTICES
  const workers = wordAfter(args, '--workers', 2)
  const rounds = wordAfter(args, '--rounds', ROUNDS)
  const database = await freshDatabase()
  const sink = await startSink()
  try {
    const { rows } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    const bench: Bench = { database, sink, postmaster: parentOf(rows[0]!.pid) }
    await addCrowdWithCups(database, notices)
    await database.pool.query('vacuum analyze')
    const pieces = composeMail(exampleMessage('buyer@mail.example'), new Date(), { eightBit: true })
    const messageBytes = pieces.reduce((bytes, piece) => bytes + piece.length, 0)
    const fast: { one: Round[]; several: Round[]; source: number[] } = { one: [], several: [], source: [] }
    for (let round = 0; round < rounds; round++) {
      fast.one.push(await wave(bench, 'pipelined', notices, 1))
      fast.several.push(await wave(bench, 'pipelined', notices, workers))
      fast.source.push(...(await smtpSource(sink, notices, messageBytes)))
    }
    const slow = Math.min(Math.ceil(notices / SLOW_SHARE), SLOW_MAX)
    await fewer(database, slow)
    const over: { one: Round[]; several: Round[]; bare: Round[]; bareSeveral: Round[] } = {
      one: [],
      several: [],
      bare: [],
      bareSeveral: [],
    }
    for (let round = 0; round < rounds; round++) {
      over.bare.push(await sent(bench, 'bare', slow, 1))
      over.one.push(await wave(bench, 'nodemailer', slow, 1))
      over.bareSeveral.push(await sent(bench, 'bare', slow, workers))
      over.several.push(await wave(bench, 'nodemailer', slow, workers))
    }
    const [one, several] = [medianRound(fast.one), medianRound(fast.several)]
    const [bare, overOne] = [medianRound(over.bare), medianRound(over.one)]
    const [bareSeveral, overSeveral] = [medianRound(over.bareSeveral), medianRound(over.several)]
    const source = fast.source.length === 0 ? null : median(fast.source)
    const ours = Math.max(one.perSecond, several.perSecond)
    const peers = { nodemailer_bare: bare.perSecond, ...(source === null ? {} : { smtp_source: source }) }
    return {
      name: 'mail',
      unit: 'notices/s',
      better: 'higher',
      ours,
      peers,
      floor: source,
      ratio: Object.fromEntries(Object.entries(peers).map(([peer, rate]) => [peer, ours / rate])),
      detail: {
        notices,
        rounds,
        sink: sink.kind,
        message_bytes: messageBytes,
        cores: availableParallelism(),
        load_average: rounded(loadavg()[0]!),
        processes: workers,
        one_process: figures(one),
        several_processes: figures(several),
        per_second_of_rounds: [fast.one, fast.several].map((each) => each.map(({ perSecond }) => Math.round(perSecond))),
        smtp_source_of_rounds: fast.source.map(Math.round),
        seconds_for_346000: rounded(346_000 / ours),
        nodemailer_notices: slow,
        nodemailer: {
          bare_one_process: figures(bare),
          ours_one_process: figures(overOne),
          ours_of_bare: rounded(overOne.perSecond / bare.perSecond),
          ours_of_bare_by_round: over.one.map(({ perSecond }, round) => rounded(perSecond / over.bare[round]!.perSecond)),
          bare_several_processes: figures(bareSeveral),
          ours_several_processes: figures(overSeveral),
          scaling: rounded(overSeveral.perSecond / overOne.perSecond),
          scaling_of_bare: rounded(bareSeveral.perSecond / bare.perSecond),
        },
      },
    }
  } finally {
    sink.stop()
    await database.close()
  }
}

/** Opens the campaign's outreach anew, sends its wave, and counts what the database says was accepted. */
async function wave(bench: Bench, way: 'pipelined' | 'nodemailer', notices: number, workers: number): Promise<Round> {
  const { pool } = bench.database
  await pool.query(
    'truncate outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets, outreach.deliveries',
  )
  await openOutreach(bench.database)
  await pool.query('checkpoint')
  const round = await sent(bench, way, notices, workers)
  const { rows } = await pool.query<{ accepted: number }>(
    `select count(*)::int as accepted from outreach.deliveries where outcome = 'accepted'`,
  )
  const accepted = rows[0]!.accepted
  if (accepted !== notices) throw new Error(`${accepted} of ${notices} notices were accepted: this is no measure of sending.`)
  return round
}

/** Has worker processes send together, from the moment that all are ready to the end of the last. */
async function sent({ database, sink, postmaster }: Bench, way: WorkerOrder['way'], notices: number, workers: number): Promise<Round> {
  const order: WorkerOrder = {
    way,
    databaseUrl: String(database.pool.options.connectionString),
    smtpUrl: `smtp://127.0.0.1:${sink.port}`,
    connections: CONNECTIONS,
    count: Math.ceil(notices / workers),
  }
  const children = Array.from({ length: workers }, () => {
    const program = new URL('./mail-worker.ts', import.meta.url).pathname
    const flags = process.env['TOCSIN_BENCH_NODE_FLAGS']?.split(' ') ?? []
    const child = spawn(process.execPath, [...flags, program, JSON.stringify(order)], { stdio: ['pipe', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()))
    return { child, ready: once(child.stdout, 'data'), ended: once(child, 'close') as Promise<[number]>, said: () => said }
  })
  await Promise.all(children.map(({ ready }) => ready))
  const cpu = () => [postmaster, sink.pid].map((pid) => (pid === null ? null : processSeconds(pid)))
  const [before, started] = [cpu(), performance.now()]
  for (const { child } of children) child.stdin.write('go\n')
  const ends = await Promise.all(children.map(({ ended }) => ended))
  const seconds = (performance.now() - started) / 1000
  if (ends.some(([code]) => code !== 0)) throw new Error('A worker broke.')
  const [inDatabase, inSink] = cpu().map((after, place) => (((after ?? 0) - (before[place] ?? 0)) * 1000) / notices)
  const told = children.map(({ said }) => JSON.parse(said().replace('ready\n', '')) as WorkerFigures)
  return {
    perSecond: notices / seconds,
    senders: (told.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) * 1000) / notices,
    database: inDatabase!,
    sink: inSink!,
    rssMbEarly: Math.max(...told.map(({ rssMbEarly }) => rssMbEarly)),
    rssMbLate: Math.max(...told.map(({ rssMbLate }) => rssMbLate)),
  }
}

/** Leaves `count` buyers with cups. */
async function fewer(database: Database, count: number): Promise<void> {
  await database.pool.query(
    `delete from catalog.order_lines where buyer_id not in (select buyer_id from catalog.order_lines order by buyer_id limit $1)`,
    [count],
  )
}

/** Messages per second of Postfix's own generator with messages of the same size; none where it is not installed. */
async function smtpSource(sink: Sink, count: number, bytes: number): Promise<number[]> {
  const program = '/usr/sbin/smtp-source'
  if (!existsSync(program)) return []
  const started = performance.now()
  const child = spawn(program, ['-d', '-s', String(CONNECTIONS), '-m', String(count), '-l', String(bytes), '-f', SENDER.address, '-t', 'buyer@mail.example', `inet:127.0.0.1:${sink.port}`], { stdio: 'ignore' }) // prettier-ignore
  await once(child, 'exit')
  return [count / ((performance.now() - started) / 1000)]
}

function wordAfter(args: readonly string[], word: string, otherwise: number): number {
  const at = args.indexOf(word)
  return at === -1 ? otherwise : Number(args[at + 1]) || otherwise
}

function medianRound(rounds: readonly Round[]): Round {
  return rounds.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rounds.length / 2)]!
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function figures({ perSecond, senders, database, sink, rssMbEarly, rssMbLate }: Round) {
  return {
    per_second: Math.round(perSecond),
    cpu_ms_per_message: { senders: thousandths(senders), database: thousandths(database), sink: thousandths(sink) },
    rss_mb: { after_a_quarter: rssMbEarly, most_after_it: rssMbLate },
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000
}
