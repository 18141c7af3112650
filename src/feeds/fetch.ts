/**
 * Asks one address and keeps what it answers. Whatever the other side does (silence, dripping, errors, bombs, redirects into our own network)
 * comes back as a value that names it. `node:https` and not `fetch`: the address that a name resolves to is checked where the connection is
 * made, and the bytes are counted and kept as they come over the wire (decisions/010).
 */
import http from 'node:http'
import https from 'node:https'
import type { Clock } from '../platform/clock.ts'
import type { Bodies, KeptBody } from './bodies.ts'
import { PRIVATE_ADDRESS, publicLookup, refusalOf } from './public-address.ts'

/** How long and how much. Times in milliseconds. */
export type FetchLimits = {
  /** Until the connection stands (name, TCP, TLS). */
  connectMs: number
  /** Between two pieces of an answer, and until its first. */
  idleMs: number
  /** For one whole answer: what ends a slow drip. */
  totalMs: number
  redirectsMax: number
  /** Times that an address is asked in one pull. */
  attemptsMax: number
  /** Pause before the second attempt; each further one is four times as long. */
  backoffMs: number
  /** The longest that a pull waits where the agency says when to come again; a longer wait ends the pull. */
  retryAfterMsMax: number
}

export const LIMITS: FetchLimits = {
  connectMs: 15_000,
  // A server that gathers 27 MB before its first byte is slow, not dead.
  idleMs: 120_000,
  totalMs: 15 * 60_000,
  redirectsMax: 5,
  attemptsMax: 3,
  backoffMs: 2_000,
  retryAfterMsMax: 60_000,
}

/** Why nothing could be had. Stable for programs: it stands in `feeds.pulls.reason`. */
export type FailureReason =
  | 'address_refused' // a redirect, or the address itself, leads to a private network or away from https
  | 'redirects' // too many, or one that leads nowhere
  | 'network' // no such name, refused, reset, TLS
  | 'connect_timeout'
  | 'idle_timeout'
  | 'total_timeout'
  | 'forbidden' // 401, 403, 451
  | 'not_found' // 404, 410
  | 'throttled' // 429, and 503 that says when to come again
  | 'server' // other 5xx
  | 'status' // any other
  | 'truncated' // the answer ended before it was whole
  | 'too_large' // over the wire, or unpacked
  | 'damaged' // it cannot be unpacked
  | 'not_the_format' // an HTML page in place of data, or something else
  | 'encoding' // not the character set or compression that was asked for
  | 'window_ignored' // asked for some days, it answers as if asked for all
  | 'agency_error' // an error of the agency in the shape of an answer
  | 'stopped' // this process is shutting down

export type Failure = { reason: FailureReason; said: string; retryAfterMs: number | null }

export type Asked = {
  address: string
  headers: Readonly<Record<string, string>>
  /** From the last answer that was taken in; null asks for the whole in any case. */
  validators: { etag: string | null; lastModified: string | null } | null
  /** Bytes over the wire. */
  bytesMax: number
  /** Words of a 404 that means "nothing matches"; null where a 404 is an error. */
  noneSays: string | null
}

export type Answered =
  | { kind: 'body'; status: number; body: KeptBody; etag: string | null; lastModified: string | null; next: string | null }
  | { kind: 'not_modified' }
  | { kind: 'none' }
  | { kind: 'failed'; failure: Failure }

export type FetchDeps = {
  bodies: Bodies
  limits: FetchLimits
  userAgent: string
  clock: Clock
  /** Tests only: an origin that may be asked although it is not https and not public. */
  trustedOrigin: string | null
}

// Of an error's page, as much as shows a person what it is.
const ERROR_PAGE_BYTES_MAX = 64 * 1024
const ERROR_PAGE_CHARACTERS = 160

/** Asks once, following redirects. */
export async function fetchOnce(deps: FetchDeps, asked: Asked, signal: AbortSignal): Promise<Answered> {
  const total = AbortSignal.timeout(deps.limits.totalMs)
  const ended = AbortSignal.any([signal, total])
  let url = new URL(asked.address)
  for (let hop = 0; hop <= deps.limits.redirectsMax; hop++) {
    const refusal = refusalOf(url, deps.trustedOrigin)
    if (refusal !== null) return failed('address_refused', refusal)
    const timedOut = { connect: false, idle: false }
    let response: http.IncomingMessage | null = null
    try {
      response = await request(deps, url, asked, ended, timedOut)
      const location = redirectOf(response)
      if (location === null) return await answerOf(deps, response, asked, () => timedOut.idle || ended.aborted)
      if (!URL.canParse(location, url.href))
        return failed('redirects', `it redirects to ${JSON.stringify(location.slice(0, 200))}, which is no address`)
      url = new URL(location, url)
    } catch (error) {
      const reason = reasonOf(error, { signal, total, timedOut })
      return failed(reason, messageOf(reason, error, deps.limits))
    } finally {
      response?.destroy()
    }
  }
  return failed('redirects', `it redirects more than ${deps.limits.redirectsMax} times`)
}

type TimedOut = { connect: boolean; idle: boolean }

/** The head of the answer. The connection is this request's own and ends with it. */
function request(deps: FetchDeps, url: URL, asked: Asked, ended: AbortSignal, timedOut: TimedOut): Promise<http.IncomingMessage> {
  const { connectMs, idleMs } = deps.limits
  const trusted = url.origin === deps.trustedOrigin
  const headers: Record<string, string> = { 'user-agent': deps.userAgent, 'accept-encoding': 'gzip', ...asked.headers }
  const { etag, lastModified } = asked.validators ?? { etag: null, lastModified: null }
  if (etag !== null) headers['if-none-match'] = etag
  if (lastModified !== null) headers['if-modified-since'] = lastModified
  const options = { headers, agent: false, signal: ended, ...(trusted ? {} : { lookup: publicLookup }) }
  return new Promise((resolve, reject) => {
    const outgoing = url.protocol === 'https:' ? https.request(url.href, options) : http.request(url.href, options)
    const connecting = setTimeout(() => {
      timedOut.connect = true
      outgoing.destroy()
    }, connectMs)
    outgoing.on('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting)))
    outgoing.on('close', () => clearTimeout(connecting))
    outgoing.setTimeout(idleMs, () => {
      timedOut.idle = true
      outgoing.destroy()
    })
    outgoing.on('response', resolve)
    outgoing.on('error', reject)
    outgoing.end()
  })
}

function redirectOf(response: http.IncomingMessage): string | null {
  const { statusCode = 0, headers } = response
  return [301, 302, 303, 307, 308].includes(statusCode) ? (headers.location ?? '') : null
}

async function answerOf(deps: FetchDeps, response: http.IncomingMessage, asked: Asked, weEnded: () => boolean): Promise<Answered> {
  const status = response.statusCode ?? 0
  const { headers } = response
  if (status === 304 && asked.validators !== null) return { kind: 'not_modified' }
  if (status !== 200) return await refused(deps, status, response, asked)
  const coding = headers['content-encoding']?.toLowerCase() ?? 'identity'
  if (!['identity', 'gzip', 'x-gzip'].includes(coding))
    return failed('encoding', `it answers in the coding ${coding.slice(0, 40)}, which was not asked for`)
  const stated = Number(headers['content-length'] ?? 0)
  if (stated > asked.bytesMax) return failed('too_large', `it says that it has ${stated} bytes; at most ${asked.bytesMax} are taken`)
  const draft = await deps.bodies.draft()
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (draft.bytes() + chunk.length > asked.bytesMax) {
        await draft.drop()
        return failed('too_large', `it sends more than the ${asked.bytesMax} bytes that are taken`)
      }
      await draft.write(chunk)
    }
  } catch (error) {
    await draft.drop()
    if (!weEnded() && (error as NodeJS.ErrnoException).code === 'ECONNRESET') {
      return failed('truncated', `the connection ended after ${draft.bytes()} bytes, before the answer was whole`)
    }
    throw error
  }
  const [etag, lastModified] = [headers.etag ?? null, headers['last-modified'] ?? null]
  return { kind: 'body', status, body: await draft.keep(), etag, lastModified, next: nextOf(headers.link, asked.address) }
}

async function refused(deps: FetchDeps, status: number, response: http.IncomingMessage, asked: Asked): Promise<Answered> {
  const page = await firstOf(response)
  if (status === 404 && asked.noneSays !== null && page.includes(asked.noneSays)) return { kind: 'none' }
  const excerpt = page.replace(/\s+/g, ' ').trim().slice(0, ERROR_PAGE_CHARACTERS)
  const said = `it answers with status ${status}${excerpt === '' ? '' : `: ${excerpt}`}`
  const retryAfterMs = retryAfterOf(response.headers['retry-after'], deps.clock())
  return { kind: 'failed', failure: { reason: reasonOfStatus(status, retryAfterMs), said, retryAfterMs } }
}

function reasonOfStatus(status: number, retryAfterMs: number | null): FailureReason {
  if (status === 429 || (status === 503 && retryAfterMs !== null)) return 'throttled'
  if (status === 401 || status === 403 || status === 451) return 'forbidden'
  if (status === 404 || status === 410) return 'not_found'
  return status >= 500 ? 'server' : 'status'
}

async function firstOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= ERROR_PAGE_BYTES_MAX) break
  }
  return Buffer.concat(chunks).toString('utf8').replaceAll('\0', '')
}

/** Seconds or a date (RFC 9110, section 10.2.3), as milliseconds from now; null where it says neither. */
export function retryAfterOf(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1_000
  const date = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime())
}

/** The target of `Link: <…>; rel="next"` (RFC 8288), as an absolute address. */
function nextOf(link: string | string[] | undefined, address: string): string | null {
  const target = /<([^>]*)>\s*;[^,<]*\brel="?next"?/i.exec([link ?? ''].flat().join(', '))?.[1]
  return target !== undefined && URL.canParse(target, address) ? new URL(target, address).href : null
}

function reasonOf(error: unknown, ended: { signal: AbortSignal; total: AbortSignal; timedOut: TimedOut }): FailureReason {
  if (ended.signal.aborted) return 'stopped'
  if (ended.timedOut.connect) return 'connect_timeout'
  if (ended.timedOut.idle) return 'idle_timeout'
  if (ended.total.aborted) return 'total_timeout'
  return (error as NodeJS.ErrnoException).code === PRIVATE_ADDRESS ? 'address_refused' : 'network'
}

function messageOf(reason: FailureReason, error: unknown, limits: FetchLimits): string {
  if (reason === 'stopped') return 'this process is stopping'
  if (reason === 'connect_timeout') return `no connection within ${limits.connectMs / 1_000} s`
  if (reason === 'idle_timeout') return `nothing came for ${limits.idleMs / 1_000} s`
  if (reason === 'total_timeout') return `the answer was not whole after ${limits.totalMs / 1_000} s`
  const { message, code } = error as NodeJS.ErrnoException
  return code === undefined || message.includes(code) || code === PRIVATE_ADDRESS ? message : `${message} (${code})`
}

function failed(reason: FailureReason, said: string): Answered {
  return { kind: 'failed', failure: { reason, said, retryAfterMs: null } }
}
