/**
 * A mail server for what comes back: where the sender's domain sends returned mail to, or a mailbox server hands on. It keeps nothing but what
 * the ledger has, relays nothing, and answers 250 only when the return is in the books; messages that arrive together are written together.
 */
import { SMTPServer } from 'smtp-server'
import { once } from 'node:events'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import { readReturn, takeReturns, type Return } from './take-returns.ts'

export type BounceListener = { port: number; close: () => Promise<void> }

type Arrival = { read: Return; done: (error?: Error & { responseCode: number }) => void }

// Returned mail carries a copy of a notice at most; what is larger was never one of ours.
const MESSAGE_BYTES_MAX = 5_000_000
const CLIENTS_MAX = 50
const BATCH_MAX = 200

/** Listens on a port of `host` (0 chooses one). Throws where the port cannot be had. */
export async function openBounceListener(
  deps: { database: Database; clock: Clock; log: Log; linkKey: string },
  at: { port: number; host?: string },
): Promise<BounceListener> {
  let waiting: Arrival[] = []
  let writing = false

  async function writeWaiting(): Promise<void> {
    if (writing) return
    writing = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_MAX)
      waiting = waiting.slice(BATCH_MAX)
      try {
        const reads = batch.map((arrival) => arrival.read)
        const { counts, earlyKeys } = await takeReturns(deps.database, reads, { way: 'smtp', at: deps.clock() })
        deps.log.info({ ...counts }, 'returned mail taken in')
        for (const { read, done } of batch)
          done(earlyKeys.includes(read.returnKey) ? later('The message is not in the books yet') : undefined)
      } catch (error) {
        deps.log.error({ error: (error as Error).name, messages: batch.length }, 'returned mail could not be taken in')
        for (const { done } of batch) done(later('Not now'))
      }
    }
    writing = false
  }

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    hideSTARTTLS: true,
    disableReverseLookup: true,
    size: MESSAGE_BYTES_MAX,
    maxClients: CLIENTS_MAX,
    logger: false,
    onData(stream, _session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        // What is beyond the bound is read off the wire and not kept.
        if (!stream.sizeExceeded) chunks.push(chunk)
      })
      stream.on('end', () => {
        if (stream.sizeExceeded) return callback(Object.assign(new Error('Message too large'), { responseCode: 552 }))
        waiting.push({ read: readReturn(deps.linkKey, Buffer.concat(chunks)), done: (error) => callback(error ?? null) })
        void writeWaiting()
      })
    },
  })
  server.on('error', () => {}) // a client that hangs up; what was not answered comes again
  const listener = server.listen(at.port, at.host)
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('The listener for returned mail got no port.')
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** A refusal for now: the other side keeps the message and brings it again. */
function later(words: string): Error & { responseCode: number } {
  return Object.assign(new Error(words), { responseCode: 451 })
}
