/** A mail server on loopback that takes, refuses, forgets or stalls, as a test tells it for each message. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { openMailTransport, type MailTransport } from '../src/platform/mail.ts'

/** How the server treats one message, decided at RCPT: take it, say this code, take DATA and drop the line, or never answer. */
export type Treatment = 'accept' | 421 | 450 | 550 | 'drop' | 'stall'

export type Sink = {
  url: string
  /** Messages taken, in order: recipient and Message-ID. */
  taken: { to: string; messageId: string }[]
  transport: MailTransport
  close: () => Promise<void>
}

/** A real SMTP server on loopback. `treat` is asked for every message with its number for that recipient, from 1. */
export async function startSink(
  treat: (to: string, time: number) => Treatment = () => 'accept',
  onTaken: (count: number) => void = () => {},
): Promise<Sink> {
  const times = new Map<string, number>()
  const sink: Pick<Sink, 'taken'> = { taken: [] }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo(address, _session, callback) {
      const time = (times.get(address.address) ?? 0) + 1
      times.set(address.address, time)
      const treatment = treat(address.address, time)
      if (typeof treatment !== 'number') return callback()
      callback(Object.assign(new Error(`no <${address.address}> today`), { responseCode: treatment }))
    },
    onData(stream, session, callback) {
      const to = session.envelope.rcptTo[0]!.address
      const treatment = treat(to, times.get(to)!)
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
      stream.on('end', () => {
        if (treatment === 'stall') return
        const messageId = /^message-id:\s*(<[^>]+>)/im.exec(text)?.[1] ?? ''
        sink.taken.push({ to, messageId })
        onTaken(sink.taken.length)
        if (treatment === 'drop') {
          // Taken, but the answer never leaves: the sender cannot know.
          const connection = (this as unknown as { connections: Set<{ _socket: { destroy: () => void }; session: { id: string } }> })
            .connections
          for (const each of connection) if (each.session.id === session.id) each._socket.destroy()
          return
        }
        callback()
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  const transport = openMailTransport(url, { connections: 4 })
  return Object.assign(sink, {
    url,
    transport,
    async close() {
      transport.close()
      await new Promise<void>((resolve) => {
        server.close(resolve)
      })
    },
  })
}
