/** The short code by which a buyer checks that a message is genuine: the same one stands in the message and in their account. */
import { createHmac } from 'node:crypto'

// Crockford's alphabet: no I, L, O or U, so that a code read aloud or copied by hand survives.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `K7QF-2M9X`: 40 bits keyed with the installation's secret, so that nobody else can make the code of a notice. */
export function noticeCode(key: string, noticeId: string): string {
  const mac = createHmac('sha256', key).update('notice-code\0').update(noticeId).digest()
  let bits = mac.readUIntBE(0, 5)
  let code = ''
  for (let place = 0; place < 8; place++) {
    code = ALPHABET[bits % 32]! + code
    bits = Math.floor(bits / 32)
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
