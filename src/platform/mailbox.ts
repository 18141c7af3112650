/**
 * The built-in mailbox: an SMTP server on loopback that keeps what it is sent, for the demo, drills and tests.
 * It answers 250 only when the message is in the database; messages that arrive together are written together.
 */
import { SMTPServer } from 'smtp-server'
import { sql } from 'kysely'
import { once } from 'node:events'
import type { Database } from './db.ts'

export type Mailbox = { url: string; close: () => Promise<void> }

type Arrival = { from: string; to: string[]; raw: Buffer; done: (error?: Error) => void }

const MESSAGE_BYTES_MAX = 5_000_000

export async function openMailbox(database: Database): Promise<Mailbox> {
  let waiting: Arrival[] = []
  let writing = false

  async function writeWaiting(): Promise<void> {
    if (writing) return
    writing = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await keep(database, batch)
        for (const arrival of batch) arrival.done()
      } catch (error) {
        for (const arrival of batch) arrival.done(error as Error)
      }
    }
    writing = false
  }

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    hideSTARTTLS: true,
    disableReverseLookup: true,
    size: MESSAGE_BYTES_MAX,
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (stream.sizeExceeded) return callback(Object.assign(new Error('Message too large'), { responseCode: 552 }))
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
        waiting.push({
          from,
          to: session.envelope.rcptTo.map((to) => to.address),
          raw: Buffer.concat(chunks),
          done: (error) => callback(error ?? null),
        })
        void writeWaiting()
      })
    },
  })
  server.on('error', () => {}) // a client that hangs up; its message was not answered and is its to send again
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('The mailbox got no port.')
  return { url: `smtp://127.0.0.1:${address.port}`, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

async function keep(database: Database, batch: Arrival[]): Promise<void> {
  const rows = batch.flatMap((arrival) => arrival.to.map((to) => ({ from: arrival.from, to, raw: arrival.raw })))
  await sql`
    insert into platform.mailbox_messages (mail_from, rcpt_to, message_id, subject, raw)
    select * from unnest(${rows.map((row) => row.from)}::text[], ${rows.map((row) => row.to)}::text[],
                         ${rows.map((row) => header(row.raw, 'message-id'))}::text[], ${rows.map((row) => header(row.raw, 'subject'))}::text[],
                         ${rows.map((row) => row.raw)}::bytea[])`.execute(database.db)
}

/** A header of a raw message, unfolded (RFC 5322, section 2.2.3), as the list of the mailbox shows it. */
function header(raw: Buffer, name: string): string | null {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw
    .subarray(0, end === -1 ? raw.length : end)
    .toString('utf8')
    .replace(/\r\n[ \t]+/g, ' ')
  return new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1] ?? null
}
