/** Webhooks as the Standard Webhooks specification signs them: who sent this body, when, and whether it is the same one again. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from './result.ts'

/** How far the clocks of both sides may be apart, and how old a request may be. */
export const TOLERANCE_SECONDS = 300

export type SignedHeaders = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string }

/** The key of `whsec_…` (base64 of 24 to 64 bytes), or null where it is none. */
export function webhookKey(secret: string): Buffer | null {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return null
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return key.length >= 24 && key.length <= 64 ? key : null
}

/** The headers that prove a body. The same `id` says that it is the same request sent again. */
export function signWebhook(key: Buffer, sent: { id: string; at: Date; body: string }): SignedHeaders {
  const timestamp = String(Math.floor(sent.at.getTime() / 1_000))
  return {
    'webhook-id': sent.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${macOf(key, sent.id, timestamp, sent.body).toString('base64')}`,
  }
}

/**
 * The id of a genuine request. Several signatures may stand in the header while a key is changed. The words of a
 * refusal do not say which check failed; `problem.field` does, for the log. Whether the id was seen before is the caller's to know.
 */
export function verifyWebhook(
  key: Buffer,
  received: { header: (name: string) => string | undefined; body: string; now: Date },
): Result<{ id: string }> {
  const id = received.header('webhook-id') ?? ''
  const timestamp = received.header('webhook-timestamp') ?? ''
  if (!/^[\x21-\x7e]{1,256}$/.test(id)) return fail('unauthenticated', REFUSED, 'webhook-id')
  if (!/^\d{1,12}$/.test(timestamp)) return fail('unauthenticated', REFUSED, 'webhook-timestamp')
  if (Math.abs(received.now.getTime() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS)
    return fail('unauthenticated', REFUSED, 'webhook-timestamp')
  const expected = macOf(key, id, timestamp, received.body)
  const given = (received.header('webhook-signature') ?? '').split(' ').slice(0, SIGNATURES_MAX)
  const genuine = given.some((each) => {
    if (!each.startsWith('v1,')) return false
    const mac = Buffer.from(each.slice('v1,'.length), 'base64')
    return mac.length === expected.length && timingSafeEqual(mac, expected)
  })
  return genuine ? ok({ id }) : fail('unauthenticated', REFUSED, 'webhook-signature')
}

const REFUSED = 'This request is not signed as it must be, or its time is not now.'
const SIGNATURES_MAX = 8

function macOf(key: Buffer, id: string, timestamp: string, body: string): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
}
