/**
 * Notices per second from the database to the last reply of the mail server: block claimed, rendered, sent, recorded. Against the same sink in
 * the same run: our own way over Nodemailer, bare pooled Nodemailer, and Postfix's `smtp-source`, which neither renders nor records.
 * The sink is Postfix's `smtp-sink` where it is installed (Debian: `apt install postfix`), else one of Node's in a process of its own, said so.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { sendWave } from '../src/outreach/index.ts'
import { mailWriter } from '../src/outreach/wording/mail.ts'
import type { Database } from '../src/platform/db.ts'
import { openMailTransport, openNodemailerTransport, wholeText, type MailTransport } from '../src/platform/mail.ts'
import { composeMail } from '../src/platform/smtp/compose.ts'
import { addCrowdWithCups, CUPKIN_BRIEF, openOutreach, sendDeps } from '../test/first-wave.ts'
import { CUPKIN_ID, SENDER } from '../test/world.ts'
import type { BenchContext, BenchResult } from './run.ts'

const DEFAULT_NOTICES = 40_000
/** Messages of the slower ways, which need no more to show their rate. */
const SLOW_SHARE = 8
const CONNECTIONS = 8

type Sink = { port: number; kind: 'smtp-sink' | 'node'; stop: () => void }

export async function run({ size, freshDatabase, args }: BenchContext): Promise<BenchResult> {
  const notices = size ?? DEFAULT_NOTICES
  const workersMax = Number(args[args.indexOf('--workers') + 1] ?? 2) || 2
  const database = await freshDatabase()
  const sink = await startSink()
  const url = `smtp://127.0.0.1:${sink.port}`
  try {
    await addCrowdWithCups(database, notices)
    await database.pool.query('vacuum analyze')
    const messageBytes = Buffer.byteLength(exampleMail())
    const one = await wave(database, notices, () => inThisProcess(database, openMailTransport(url, { connections: CONNECTIONS })))
    const several = await wave(database, notices, () => inWorkers(database, url, workersMax))
    const slow = Math.ceil(notices / SLOW_SHARE)
    await fewer(database, slow)
    const overNodemailer = await wave(database, slow, () =>
      inThisProcess(database, openNodemailerTransport(url, { connections: CONNECTIONS })),
    )
    const bare = await bareNodemailer(url, slow)
    const source = await smtpSource(sink, notices, messageBytes)
    const ours = Math.max(one.perSecond, several.perSecond)
    const peers = { nodemailer_bare: bare, ...(source === null ? {} : { smtp_source: source }) }
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
        sink: sink.kind,
        message_bytes: messageBytes,
        one_process: rounded(one.perSecond),
        processes: workersMax,
        several_processes: rounded(several.perSecond),
        seconds_for_346000: rounded(346_000 / ours),
        ours_over_nodemailer: rounded(overNodemailer.perSecond),
        ours_over_nodemailer_of_bare: rounded(overNodemailer.perSecond / bare),
        accepted: one.accepted + several.accepted + overNodemailer.accepted,
        asked: notices * 2 + slow,
        rss_mb: Math.round(process.memoryUsage().rss / 1e6),
        heap_growth_mb_in_wave: one.heapGrowthMb,
      },
    }
  } finally {
    sink.stop()
    await database.close()
  }
}

/** Opens the campaign's outreach anew, sends its wave by `send`, and counts what the database says was accepted. */
async function wave(database: Database, notices: number, send: () => Promise<void>) {
  await database.pool.query(
    'truncate outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets, outreach.deliveries',
  )
  await openOutreach(database)
  await database.pool.query('checkpoint')
  const heap = process.memoryUsage().heapUsed
  const started = performance.now()
  await send()
  const seconds = (performance.now() - started) / 1000
  const { rows } = await database.pool.query<{ accepted: number }>(
    `select count(*)::int as accepted from outreach.deliveries where outcome = 'accepted'`,
  )
  const accepted = rows[0]!.accepted
  if (accepted !== notices) throw new Error(`${accepted} of ${notices} notices were accepted: this is no measure of sending.`)
  return { perSecond: notices / seconds, accepted, heapGrowthMb: Math.round((process.memoryUsage().heapUsed - heap) / 1e6) }
}

async function inThisProcess(database: Database, mail: MailTransport): Promise<void> {
  try {
    await sendWave(sendDeps(database, mail), { campaignId: CUPKIN_ID, wave: 1 })
  } finally {
    mail.close()
  }
}

/** The same by several processes that share the wave. */
async function inWorkers(database: Database, url: string, workers: number): Promise<void> {
  const children = Array.from(
    { length: workers },
    () =>
    spawn(process.execPath, [new URL('./mail-worker.ts', import.meta.url).pathname, String(database.pool.options.connectionString), url, String(CONNECTIONS)], { stdio: ['ignore', 'inherit', 'inherit'] }), // prettier-ignore
  )
  const ends = await Promise.all(children.map(async (child) => (await once(child, 'exit')) as [number]))
  if (ends.some(([code]) => code !== 0)) throw new Error('A worker broke.')
}

/** Leaves `count` buyers with cups. */
async function fewer(database: Database, count: number): Promise<void> {
  await database.pool.query(
    `delete from catalog.order_lines where buyer_id not in (select buyer_id from catalog.order_lines order by buyer_id limit $1)`,
    [count],
  )
}

function exampleMail(): string {
  return composeMail(exampleMessage('buyer@mail.example'), new Date()).join('')
}

function exampleMessage(to: string) {
  const written = mailWriter(
    CUPKIN_BRIEF,
    SENDER,
    'https://recalls.example',
  )({
    notice: {
      noticeId: '00000000-0000-0000-0000-000000000001',
      answer: 'affected',
      units: 2,
      lines: [{ title: 'CUPKIN cups, 8 oz', orderedAt: new Date(), units: 2, amount: { amountMinor: 1_999, currency: 'USD' } }],
      lineCount: 1,
      refund: [{ amountMinor: 1_999, currency: 'USD' }],
    },
    reader: { locale: 'en-US', country: 'US', region: null },
    link: `https://recalls.example/n/${'x'.repeat(60)}`,
    code: 'K7QF-2M9X',
  })
  return { messageId: '<0b9f6f2c@recalls.example>', from: SENDER, to: { name: null, address: to }, headers: {}, ...written }
}

/** Messages per second of a pooled Nodemailer that sends one rendered mail again and again. */
async function bareNodemailer(url: string, count: number): Promise<number> {
  const transport = createTransport({ url, pool: true, maxConnections: CONNECTIONS, maxMessages: 1e9, ignoreTLS: true } as object)
  const { text, html, subject } = exampleMessage('')
  const started = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: CONNECTIONS * 4 }, async () => {
      while (next++ < count)
        await transport.sendMail({ from: SENDER, to: `buyer${next}@mail.example`, subject, text: wholeText(text), html: wholeText(html) })
    }),
  )
  const seconds = (performance.now() - started) / 1000
  transport.close()
  return count / seconds
}

/** Messages per second of Postfix's own generator with messages of the same size; null where it is not installed. */
async function smtpSource(sink: Sink, count: number, bytes: number): Promise<number | null> {
  const program = '/usr/sbin/smtp-source'
  if (!existsSync(program)) return null
  const started = performance.now()
  const child = spawn(program, ['-d', '-s', String(CONNECTIONS), '-m', String(count), '-l', String(bytes), '-f', SENDER.address, '-t', 'buyer@mail.example', `inet:127.0.0.1:${sink.port}`], { stdio: 'ignore' }) // prettier-ignore
  await once(child, 'exit')
  return count / ((performance.now() - started) / 1000)
}

async function startSink(): Promise<Sink> {
  const port = await freePort()
  const postfix = '/usr/sbin/smtp-sink'
  const kind = existsSync(postfix) ? 'smtp-sink' : 'node'
  const child: ChildProcess =
    kind === 'smtp-sink'
      ? spawn(postfix, [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), `127.0.0.1:${port}`, '1000'], { stdio: 'ignore' })
      : spawn(process.execPath, [new URL('./mail-sink.ts', import.meta.url).pathname, String(port)], { stdio: 'ignore' })
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries === 100) throw new Error('The mail sink does not come up.')
    await sleep(50)
  }
  return { port, kind, stop: () => child.kill('SIGKILL') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
