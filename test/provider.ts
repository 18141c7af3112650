/** A provider of SMS or push messages on a socket: checks signatures as a real one would, and answers as a test wants. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { verifyWebhook } from '../src/platform/standard-webhooks.ts'
import type { SignedEndpoint } from '../src/platform/config-webhooks.ts'

export type ProviderMessage = { key: string; buyer_id: string; phone?: string; text: string; link: string; code: string }

export type Provider = {
  endpoint: SignedEndpoint
  /** Messages that it took, each key once: a repetition is known by it. */
  taken: ProviderMessage[]
  /** Messages that came again. */
  repeated: ProviderMessage[]
  requests: number
  outcomeFor: (message: ProviderMessage) => 'accepted' | 'refused' | 'for_now' | 'no_contact'
  /** What the whole request meets, before any message is looked at; `drop` takes the messages and closes without an answer. */
  fate: (request: number) => 'answer' | 'drop' | 'stall' | number
  onRequest: () => void
  close: () => Promise<void>
}

export const PROVIDER_KEY = Buffer.alloc(32, 5)

export async function startProvider(): Promise<Provider> {
  const key = PROVIDER_KEY
  const known = new Set<string>()
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The provider got no port.')
  const provider: Provider = {
    endpoint: { url: `http://127.0.0.1:${address.port}/messages`, key },
    taken: [],
    repeated: [],
    requests: 0,
    outcomeFor: () => 'accepted',
    fate: () => 'answer',
    onRequest: () => {},
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const header = (name: string) => {
      const value = request.headers[name]
      return typeof value === 'string' ? value : undefined
    }
    // Tests have clocks of their own: the time that was signed is taken for now.
    const now = new Date(Number(header('webhook-timestamp')) * 1_000)
    if (!verifyWebhook(key, { header, body, now }).ok) return void response.writeHead(401).end()
    provider.requests++
    provider.onRequest()
    const fate = provider.fate(provider.requests)
    if (fate === 'stall') return
    if (typeof fate === 'number') return void response.writeHead(fate).end()
    const { messages } = JSON.parse(body) as { messages: ProviderMessage[] }
    const results = messages.map((message) => {
      const outcome = provider.outcomeFor(message)
      if (outcome === 'accepted') (known.has(message.key) ? provider.repeated : provider.taken).push(message)
      known.add(message.key)
      return { key: message.key, outcome }
    })
    if (fate === 'drop') return void request.socket.destroy()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ results }))
  }
  return provider
}
