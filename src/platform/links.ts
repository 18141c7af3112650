/** Links that open one thing without a sign-in: an id and a message authentication code over it, made and checked without a table. */
import { timingSafeEqual } from 'node:crypto'
import { hmacSha256 } from './hmac.ts'

const MAC_BYTES = 12 // 96 bits: guessing one is out of reach, and the address still fits on a line of a letter.

/** `purpose` keeps a link of one kind from opening another. The token is 38 base64url characters. */
export function signLink(key: string, purpose: string, id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  return Buffer.concat([bytes, mac(key, purpose, bytes)]).toString('base64url')
}

/** The id of a genuine token, or `null`: the same answer for garbage, a changed id and another purpose. */
export function readLink(key: string, purpose: string, token: string): string | null {
  if (!/^[A-Za-z0-9_-]{38}$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 16 + MAC_BYTES || bytes.toString('base64url') !== token) return null
  const id = bytes.subarray(0, 16)
  if (!timingSafeEqual(mac(key, purpose, id), bytes.subarray(16))) return null
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function mac(key: string, purpose: string, id: Uint8Array): Buffer {
  return hmacSha256(key, Buffer.concat([Buffer.from(`${purpose}\0`), id])).subarray(0, MAC_BYTES)
}
