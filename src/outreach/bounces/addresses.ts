/** Addresses in what mail servers write. Pure. */

const ADDRESS = /(?:"(?:[^"\\\n]|\\.)+"|[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]+)@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?/gu

/** The address in a field such as `rfc822; <ana@mail.example>`, '' where there is none. Source routes and X.400 wrappings are taken off. */
export function addressIn(text: string): string {
  const found = addressesIn(text.replace(/^\s*[\w.-]+\s*;\s*/, '').replace(/^\s*<?@[^:>\s]+:/, ''))
  return found[0] ?? ''
}

/** All addresses of a text in the order they stand, as they are written. */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(ADDRESS)].map(([address]) => address.replace(/^(?!=\?)['*=`]+(?=[^@])/, '').replace(/^.*?(?:mailto:|smtp[:=]|rfc822:)(?=[^@]+@)/i, '')).filter((address) => address.length <= 320) // prettier-ignore
}

/** Addresses of mail systems, which never bought anything. */
export function isSystemAddress(address: string): boolean {
  return /^(?:mailer-daemon|mail-daemon|mailerdaemon|post[-_]?master|mailmaster|mail-system|mdaemon|double-bounce|no-?reply|abuse|bounces?|root|administrator)(?:[+-][^@]*)?@/i.test(
    address,
  )
}
