/**
 * The short code by which a message is known to be genuine: it stands in the message, in the buyer's account, and anyone can check it on the
 * recall's public page. A copied code is a genuine code, which is why the account, not the check, is what a buyer is sent to first.
 */
import { hmacSha256 } from '../platform/hmac.ts'

// Crockford's alphabet: no I, L, O or U, so that a code read aloud or copied by hand survives.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const HALF_BITS = 20

/**
 * `K7QF-2M9X`: the first half is the notice's (the last 20 bits of its id), the second proves with the installation's secret that it was
 * made here for this campaign. So a code is checked without looking up anything, and one in a million guesses holds.
 */
export function noticeCode(key: string, { campaignId, noticeId }: { campaignId: string; noticeId: string }): string {
  return sealed(key, campaignId, inAlphabet(Number.parseInt(noticeId.slice(-5), 16)))
}

/** Whether this installation made the code for a notice of the campaign. As people type it: small letters, spaces, O for 0, I or L for 1. */
export function isNoticeCode(key: string, campaignId: string, typed: string): boolean {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s‐-―−-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return code.length === 8 && sealed(key, campaignId, code.slice(0, 4)) === `${code.slice(0, 4)}-${code.slice(4)}`
}

function sealed(key: string, campaignId: string, half: string): string {
  const mac = hmacSha256(key, `notice-code\0${campaignId}\0${half}`)
  return `${half}-${inAlphabet(mac.readUIntBE(0, 3) >>> (24 - HALF_BITS))}`
}

/** Twenty bits in four characters. */
function inAlphabet(bits: number): string {
  return ALPHABET[bits >>> 15]! + ALPHABET[(bits >>> 10) & 31]! + ALPHABET[(bits >>> 5) & 31]! + ALPHABET[bits & 31]!
}
