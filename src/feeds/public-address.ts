/**
 * Which network addresses a feed may lead to: public ones only. An agency's page, or whoever has taken it over, must not make this server
 * read from its own network (server-side request forgery). The address that is checked is the one that is connected to.
 */
import { lookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

// IPv4 blocks that are not globally reachable (IANA IPv4 Special-Purpose Address Registry), and multicast and reserved space.
const NOT_PUBLIC: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

// Of IPv6 only 2000::/3 is handed out as global unicast; in it, these blocks lead elsewhere: Teredo and other protocol assignments,
// documentation, and 6to4, which carries an IPv4 address (IANA IPv6 Special-Purpose Address Registry).
const GLOBAL_UNICAST: readonly [string, number] = ['2000::', 3]
const NOT_PUBLIC_6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const blocked = new BlockList()
for (const [net, prefix] of NOT_PUBLIC) blocked.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of NOT_PUBLIC_6) blocked.addSubnet(net, prefix, 'ipv6')
const global6 = new BlockList()
global6.addSubnet(GLOBAL_UNICAST[0], GLOBAL_UNICAST[1], 'ipv6')

/** True for an address of the public internet; false for any other, and for text that is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !blocked.check(address, 'ipv4')
  if (family === 6) return global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6')
  return false
}

/**
 * Why an address of the web may not be asked, or null where it may. `trustedOrigin` is for tests: exactly this origin (scheme, host and port)
 * may be asked although it is not public.
 */
export function refusalOf(url: URL, trustedOrigin: string | null): string | null {
  if (url.origin === trustedOrigin) return null
  if (url.protocol !== 'https:') return `${url.protocol}//${url.host} is not asked: only https is`
  if (url.username !== '' || url.password !== '') return 'an address with a password in it is not asked'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isPublicAddress(host)) return `${host} is an address of a private network`
  return null
}

/** The error code of a name that leads into a private network. */
export const PRIVATE_ADDRESS = 'EPRIVATE'

/** Resolves a name as the system does, and fails where any of its addresses is not public. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error !== null) return callback(error, '', 0)
    const hidden = found.find((each) => !isPublicAddress(each.address))
    if (hidden !== undefined || found.length === 0) {
      const refusal = new Error(`${hostname} leads to ${hidden?.address ?? 'no address'}, which is no public address`)
      return callback(Object.assign(refusal, { code: PRIVATE_ADDRESS }), '', 0)
    }
    if (options.all === true) return callback(null, found)
    callback(null, found[0]!.address, found[0]!.family)
  })
}
