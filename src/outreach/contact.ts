/** Whether what the marketplace has on file can be written to by e-mail. Pure. */

export type Contact = { ok: true; address: string; domain: string } | { ok: false; why: string }

const ADDRESS_LENGTH_MAX = 254 // RFC 5321, section 4.5.3.1.3, less the angle brackets

/**
 * The address and its domain in lower case. Strict only in what would break an envelope or a header (white space, brackets, more than one
 * recipient): whether anybody lives there is for the receiving server to say.
 */
export function contactOf(email: string | null): Contact {
  const address = (email ?? '').trim()
  if (address === '') return { ok: false, why: 'no e-mail address on file' }
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1).toLowerCase()
  const plain = /^[^\s<>,;:"()[\]\\]+$/.test(address) && !/\p{Cc}/u.test(address)
  if (at < 1 || address.indexOf('@') !== at || domain === '' || !plain || address.length > ADDRESS_LENGTH_MAX) {
    return { ok: false, why: 'what is on file is not an e-mail address' }
  }
  return { ok: true, address, domain }
}
