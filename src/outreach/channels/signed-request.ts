/** One signed request to an endpoint of the marketplace. Its secret and what it carries are never logged; what goes wrong is a value. */
import type { Clock } from '../../platform/clock.ts'
import { signWebhook } from '../../platform/standard-webhooks.ts'

/** Where the marketplace listens, and the key that it knows us by. */
export type Endpoint = { url: string; key: Buffer }

export type Answer = { ok: true; body: unknown } | { ok: false; refusedForNow: boolean; answer: string }

const ANSWER_BYTES_MAX = 5_000_000

/** Sends `body` under `id`: the same id says that it is the same request again. No redirect is followed, so that nothing goes elsewhere. */
export async function askSigned(endpoint: Endpoint, sent: { id: string; body: object; seconds: number; clock: Clock }): Promise<Answer> {
  const body = JSON.stringify(sent.body)
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signWebhook(endpoint.key, { id: sent.id, at: sent.clock(), body }) },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(sent.seconds * 1_000),
    })
    const text = await readText(response)
    if (response.status === 429 || response.status === 503) return { ok: false, refusedForNow: true, answer: `HTTP ${response.status}` }
    if (!response.ok) return { ok: false, refusedForNow: false, answer: `HTTP ${response.status}` }
    return { ok: true, body: JSON.parse(text) }
  } catch (error) {
    const name = (error as Error).name
    const answer = name === 'TimeoutError' ? `no answer within ${sent.seconds} s` : name === 'SyntaxError' ? 'the answer is no JSON' : 'no connection' // prettier-ignore
    return { ok: false, refusedForNow: false, answer }
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > ANSWER_BYTES_MAX) throw new RangeError('the answer is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
