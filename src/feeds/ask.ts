/** Asks the addresses of one pull: in turn, with pauses, again where that may help, and within the number of requests that is polite. */
import type { AgencyFeed } from './contract.ts'
import type { KeptBody } from './bodies.ts'
import { fetchOnce, type Asked, type Failure, type FailureReason, type FetchDeps } from './fetch.ts'
import { inspectBody, type Inside } from './inspect.ts'
import type { Source } from './sources.ts'

/** A body that came, kept and looked through. `inside.failure` is set where it is broken but holds whole items all the same. */
export type Arrived = {
  address: string
  version: string
  body: KeptBody
  inside: Inside
  etag: string | null
  lastModified: string | null
  next: string | null
}

export type AskDeps = FetchDeps & {
  /** Waits, or rejects when the signal is aborted. Tests do not wait. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>
}

export type Reply =
  | { kind: 'body'; arrived: Arrived }
  | { kind: 'not_modified' }
  | { kind: 'none' }
  /** `arrived` where what came, though broken, holds whole items. */
  | { kind: 'failed'; failure: Failure; arrived: Arrived | null }

/** What may help to ask again at once. A refusal, a page that is not there and an answer that is too large stay what they are. */
const AGAIN: ReadonlySet<FailureReason> = new Set([
  'network',
  'connect_timeout',
  'idle_timeout',
  'total_timeout',
  'throttled',
  'server',
  'truncated',
  'damaged',
  'not_the_format',
  'agency_error',
])

export type Asking = { ask: (address: string, options?: AskOptions) => Promise<Reply>; left: () => number; requests: () => number }

export type AskOptions = {
  version?: string
  validators?: Asked['validators']
  /** Looks through the body instead of cutting it into documents; for lists of addresses. */
  look?: (file: string) => Promise<Inside>
}

export function openAsking(deps: AskDeps, source: Source, feed: Pick<AgencyFeed, 'split' | 'parse'>, signal: AbortSignal): Asking {
  let requests = 0

  async function ask(address: string, options: AskOptions = {}): Promise<Reply> {
    const { headers, bytesMax, noneSays } = source
    const asked = { address, headers, bytesMax, noneSays, validators: options.validators ?? null }
    let backoffMs = deps.limits.backoffMs
    for (let attempt = 1; ; attempt++) {
      if (requests >= source.requestsMax)
        return failedReply('too_large', `it takes more than the ${source.requestsMax} requests of one pull`)
      if (requests > 0) await deps.pause(source.pauseMs, signal)
      requests++
      const reply = await once(asked, options)
      if (reply.kind !== 'failed' || !AGAIN.has(reply.failure.reason) || attempt >= deps.limits.attemptsMax) return reply
      const waitMs = reply.failure.retryAfterMs ?? backoffMs
      if (waitMs > deps.limits.retryAfterMsMax) return reply
      if (reply.arrived !== null) await deps.bodies.forget(reply.arrived.body.sha256)
      await deps.pause(waitMs, signal)
      backoffMs *= 4
    }
  }

  async function once(asked: Asked, options: AskOptions): Promise<Reply> {
    const answer = await fetchOnce(deps, asked, signal)
    if (answer.kind === 'failed') return { ...answer, arrived: null }
    if (answer.kind !== 'body') return answer
    const file = deps.bodies.pathOf(answer.body.sha256)
    const inside = await (options.look?.(file) ?? inspectBody(feed, file, source.unpackedBytesMax))
    if (options.look !== undefined) await deps.bodies.forget(answer.body.sha256)
    const { body, etag, lastModified, next } = answer
    const arrived = { address: asked.address, version: options.version ?? '', body, inside, etag, lastModified, next }
    if (inside.failure === null) return { kind: 'body', arrived }
    const holdsItems = inside.items > 0 && (inside.failure.reason === 'truncated' || inside.failure.reason === 'damaged')
    if (holdsItems) return { kind: 'failed', failure: inside.failure, arrived }
    await deps.bodies.forget(body.sha256)
    return { kind: 'failed', failure: inside.failure, arrived: null }
  }

  return { ask, left: () => source.requestsMax - requests, requests: () => requests }
}

function failedReply(reason: FailureReason, said: string): Reply {
  return { kind: 'failed', failure: { reason, said, retryAfterMs: null }, arrived: null }
}
