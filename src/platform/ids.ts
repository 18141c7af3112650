/** Ids of our own: UUIDv7 where a row is new, derived from its parts where making it twice must make it once. */
import { createHash, randomBytes } from 'node:crypto'

/** A UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits, so that ids sort by time. */
export function newId(at: Date = new Date()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return formatUuid(bytes)
}

/** The same id for the same parts, as SQL's `md5(concat_ws(':', …))::uuid` makes it. */
export function derivedId(...parts: string[]): string {
  return formatUuid(createHash('md5').update(parts.join(':')).digest())
}

export function sha256(bytes: Uint8Array | string): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function formatUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
