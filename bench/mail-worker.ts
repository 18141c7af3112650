/**
 * One of several processes that send, for `bench/mail.ts`. Its argument is a `WorkerOrder`. It says `ready`, waits for a line on standard
 * input so that its own start is not taken for sending, sends, and prints a `WorkerFigures`.
 */
import { once } from 'node:events'
import { createTransport } from 'nodemailer'
import { sendWave } from '../src/outreach/index.ts'
import { openDatabase } from '../src/platform/db.ts'
import { openMailTransport, openNodemailerTransport, wholeText } from '../src/platform/mail.ts'
import { sendDeps } from '../test/first-wave.ts'
import { CUPKIN_ID, SENDER } from '../test/world.ts'
import { cpuSeconds } from './cpu.ts'
import { exampleMessage } from './mail-example.ts'

/** `bare`: a pooled Nodemailer that sends one rendered mail `count` times and records nothing. The others send the wave in the database. */
export type WorkerOrder = {
  way: 'pipelined' | 'nodemailer' | 'bare'
  databaseUrl: string
  smtpUrl: string
  connections: number
  count: number
}
/** Processor seconds of the sending; resident memory after a quarter of the work, and the most that was seen after it. */
export type WorkerFigures = { cpuSeconds: number; rssMbEarly: number; rssMbLate: number }

const MEMORY_LOOK_MS = 100

async function main(order: WorkerOrder): Promise<void> {
  const memory = { early: 0, late: 0 }
  let done = 0
  const look = setInterval(() => {
    const rss = process.memoryUsage.rss() / 1e6
    if (done < order.count / 4) memory.early = rss
    else memory.late = Math.max(memory.late, rss)
  }, MEMORY_LOOK_MS)
  const send = await (order.way === 'bare' ? bare(order) : wave(order, (soFar) => (done = soFar)))
  process.stdout.write('ready\n')
  await once(process.stdin, 'data')
  process.stdin.destroy()
  const started = cpuSeconds()
  await send()
  const used = cpuSeconds() - started
  clearInterval(look)
  const figures: WorkerFigures = { cpuSeconds: used, rssMbEarly: Math.round(memory.early), rssMbLate: Math.round(memory.late) }
  process.stdout.write(JSON.stringify(figures))
}

async function wave(order: WorkerOrder, progress: (done: number) => void): Promise<() => Promise<void>> {
  const database = openDatabase(order.databaseUrl)
  await database.pool.query('select 1')
  const open = order.way === 'nodemailer' ? openNodemailerTransport : openMailTransport
  const mail = open(order.smtpUrl, { connections: order.connections })
  return async () => {
    await sendWave(sendDeps(database, mail), { campaignId: CUPKIN_ID, wave: 1, onProgress: progress })
    mail.close()
    await database.close()
  }
}

async function bare({ smtpUrl, connections, count }: WorkerOrder): Promise<() => Promise<void>> {
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: connections, maxMessages: 1e9, ignoreTLS: true } as object)
  const { text, html, subject } = exampleMessage('')
  const mail = { from: SENDER, subject, text: wholeText(text), html: wholeText(html) }
  let next = 0
  return async () => {
    await Promise.all(
      Array.from({ length: connections * 4 }, async () => {
        while (next < count) await transport.sendMail({ ...mail, to: `buyer${next++}@mail.example` })
      }),
    )
    transport.close()
  }
}

await main(JSON.parse(process.argv[2]!) as WorkerOrder)
