/**
 * Asks an address at a fixed rate, whatever the answers do (open loop): request n is due n / rate seconds after the start, and its time is
 * counted from when it was due, so that a server which stalls pays for everyone who waits (no coordinated omission).
 * Started by `bench/banner.ts` with its orders on standard input as JSON; prints what it measured as JSON.
 */
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

/** `tokens` are sent in turn; without any, requests carry none. */
export type LoadOrder = { url: string; rate: number; seconds: number; warmUpSeconds: number; tokens: string[] }
/** Milliseconds from when a request was due to the last byte of its answer. `late`: how far the generator itself fell behind, at worst. */
export type LoadFigures = {
  requests: number
  failed: number
  p50: number
  p90: number
  p99: number
  p999: number
  max: number
  late: number
}

const SOCKETS_MAX = 128
const TIME_OUT_MS = 10_000

async function main(): Promise<void> {
  const order = JSON.parse(await text(process.stdin)) as LoadOrder
  process.stdout.write(JSON.stringify(await measure(order)))
}

async function measure(order: LoadOrder): Promise<LoadFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX })
  const ignored = order.warmUpSeconds * order.rate
  const total = ignored + order.seconds * order.rate
  const times: number[] = []
  const answers: Promise<void>[] = []
  let [failed, late] = [0, 0]
  const start = performance.now()
  for (let sent = 0; sent < total;) {
    const now = performance.now()
    for (; sent < total && start + (sent * 1000) / order.rate <= now; sent++) {
      const [n, due] = [sent, start + (sent * 1000) / order.rate]
      if (n >= ignored) late = Math.max(late, now - due)
      answers.push(
        ask(agent, order, n).then((ok) => {
          if (ok && n >= ignored) times.push(performance.now() - due)
          return void (failed += Number(!ok && n >= ignored))
        }),
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(answers)
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)] ?? Number.NaN
  return { requests: times.length + failed, failed, p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max: at(1), late }
}

function ask(agent: Agent, order: LoadOrder, n: number): Promise<boolean> {
  return new Promise((resolve) => {
    const token = order.tokens[n % Math.max(order.tokens.length, 1)]
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const asked = request(order.url, { agent, headers, timeout: TIME_OUT_MS }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode === 200))
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
    asked.end()
  })
}

await main()
