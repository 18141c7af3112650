/**
 * DKIM signatures (RFC 6376, Ed25519 by RFC 8463): relaxed header canonicalisation, simple for the body, which we write canonical. RSA is signed
 * on the thread pool, so that the sending thread goes on meanwhile.
 */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { fail, ok, type Result } from '../result.ts'
import type { Piece } from './encode.ts'

export type DkimKey = { domain: string; selector: string; algorithm: 'rsa-sha256' | 'ed25519-sha256'; key: KeyObject }

const signOnPool = promisify((data: Buffer, key: KeyObject, done: (error: Error | null, signature: Buffer) => void) =>
  sign('sha256', data, key, done),
)

/** Weaker keys are not verified by the large receivers (RFC 8301, 3.2 asks signers for 2048). */
const RSA_BITS_MIN = 1_024

/** The key of a PEM file, or why it cannot sign. */
export function readDkimKey(pem: string, named: { domain: string; selector: string }): Result<DkimKey> {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    return fail('invalid', 'this is no private key in PEM format', 'DKIM_KEY_FILE')
  }
  if (key.asymmetricKeyType === 'ed25519') return ok({ ...named, algorithm: 'ed25519-sha256', key })
  if (key.asymmetricKeyType !== 'rsa') return fail('invalid', 'a DKIM key is RSA or Ed25519', 'DKIM_KEY_FILE')
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < RSA_BITS_MIN)
    return fail('invalid', `an RSA key has at least ${RSA_BITS_MIN} bits`, 'DKIM_KEY_FILE')
  return ok({ ...named, algorithm: 'rsa-sha256', key })
}

/** What stands in the DNS for this key, at `selector._domainkey.domain`. */
export function dkimRecord({ key, algorithm }: DkimKey): string {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  // RFC 8463, 4.2: the bare 32 bytes; for RSA the whole structure (RFC 6376, 3.6.1).
  const bytes = algorithm === 'ed25519-sha256' ? spki.subarray(-32) : spki
  return `v=DKIM1; k=${algorithm === 'ed25519-sha256' ? 'ed25519' : 'rsa'}; p=${bytes.toString('base64')}`
}

/** Fields whose change would change what the reader sees (RFC 6376, 5.4.1). */
const SIGNED = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type']

/** The signature field for a composed message, ending in CRLF, to stand before it. `at` is the time it is signed. */
export async function dkimSignature(dkim: DkimKey, message: readonly Piece[], at: Date): Promise<string> {
  const head = typeof message[0] === 'string' ? message[0] : ''
  const end = head.indexOf('\r\n\r\n')
  const fields = head
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const bodyHash = hashBody([head.slice(end + 4), ...message.slice(1)])
  const lines = SIGNED.flatMap((name) => fields.filter((field) => field.toLowerCase().startsWith(`${name}:`)).slice(0, 1)).map(relaxed)
  const names = lines.map((line) => line.slice(0, line.indexOf(':')))
  const unsigned =
    `DKIM-Signature: v=1; a=${dkim.algorithm}; c=relaxed/simple; d=${dkim.domain}; s=${dkim.selector};\r\n\tt=${Math.floor(at.getTime() / 1000)};` +
    ` h=${names.join(':')};\r\n\tbh=${bodyHash};\r\n\tb=`
  const data = Buffer.from([...lines, relaxed(unsigned)].join('\r\n'), 'latin1')
  const signature = dkim.algorithm === 'rsa-sha256' ? await signOnPool(data, dkim.key) : sign(null, createHash('sha256').update(data).digest(), dkim.key) // prettier-ignore
  return `${unsigned}${signature.toString('base64').replaceAll(/(.{70})(?=.)/g, '$1\r\n\t')}\r\n`
}

/** Our bodies end in one CRLF, so simple canonicalisation leaves them as they are; stuffed dots are no part of a message. */
function hashBody(pieces: readonly Piece[]): string {
  const hash = createHash('sha256')
  const unstuffed = pieces.some((piece) => piece.includes('\r\n..') || startsWithDots(piece))
  if (unstuffed) hash.update(unstuffDots(pieces), 'latin1')
  else for (const piece of pieces) hash.update(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)
  return hash.digest('base64')
}

function startsWithDots(piece: Piece): boolean {
  return typeof piece === 'string' ? piece.startsWith('..') : piece[0] === 46 && piece[1] === 46
}

/** A message as it is, without what stands in it for the line to a server. */
export function unstuffDots(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.toString('latin1'))).join('').replaceAll('\r\n..', '\r\n.').replace(/^\.\./, '.') // prettier-ignore
}

/** RFC 6376, 3.4.2. */
function relaxed(field: string): string {
  const colon = field.indexOf(':')
  const value = field
    .slice(colon + 1)
    .replaceAll(/\r\n/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`
}
