/**
 * The unit ledger's arithmetic: accounts, the postings that exist, what a balance must fulfil. Pure; `queries-books.ts` says the same in SQL,
 * and a property test holds the two together.
 */

/** Where a unit can be. `received` is the source of all others. */
export const ACCOUNTS = ['received', 'sellable', 'held', 'in_transit', 'with_consumers', 'returned', 'destroyed', 'reworked'] as const
export type Account = (typeof ACCOUNTS)[number]

/** Every kind of posting, named as its entry keys begin. */
export const POSTINGS = {
  'opening:sellable': { from: 'received', to: 'sellable' },
  'opening:in_transit': { from: 'received', to: 'in_transit' },
  'opening:with_consumers': { from: 'received', to: 'with_consumers' },
  /** The marketplace took back that a line was shipped. */
  'correction:with_consumers': { from: 'with_consumers', to: 'received' },
  hold: { from: 'sellable', to: 'held' },
  /** The last stop of the listing ended. */
  release: { from: 'held', to: 'sellable' },
  /** Of units that were free again, those that left their shelf before the listing was stopped once more: sold, mostly, and booked as such. */
  'left:sellable': { from: 'sellable', to: 'received' },
  intercept: { from: 'in_transit', to: 'held' },
} as const satisfies Record<string, { from: Account; to: Account }>
export type Posting = keyof typeof POSTINGS

export type Entry = { from: Account; to: Account; units: number }

/** Units per account. `received` is what came in, shown positive. */
export type Balance = Record<Account, number>

/**
 * The key of the `n`th posting of a kind at a place, from 1. Centre and lot are '' where there is none. The colons of a centre's id are
 * escaped, so that two places never share a key.
 */
export function entryKey(posting: Posting, n: number, centreId: string, lot: string): string {
  return `${posting}:${n}:${centreId.replaceAll('%', '%25').replaceAll(':', '%3A')}:${lot}`
}

export function emptyBalance(): Balance {
  return { received: 0, sellable: 0, held: 0, in_transit: 0, with_consumers: 0, returned: 0, destroyed: 0, reworked: 0 }
}

export function balanceOf(entries: readonly Entry[]): Balance {
  const balance = emptyBalance()
  for (const { from, to, units } of entries) {
    balance[from] += from === 'received' ? units : -units
    balance[to] += to === 'received' ? -units : units
  }
  return balance
}

/** Units are conserved: what came in is where the other accounts say, and no account owes units. */
export function isConserved(balance: Balance): boolean {
  const { received, ...others } = balance
  const amounts = Object.values(others)
  return received === amounts.reduce((sum, units) => sum + units, 0) && amounts.every((units) => units >= 0)
}

/** What the ledger and the catalogue say of one place (listing, centre, lot), in units. */
export type Place = {
  /** On the shelf, as the marketplace counts. */
  onShelf: number
  /** The ledger's accounts at this place. */
  sellable: number
  held: number
  /** Of `held`, taken back from orders of this place whose units are not back on the shelf. */
  away: number
}

/**
 * What holding a shelf posts: `toHold` units that lie there and nobody holds yet, of which `arrived` came in since the ledger last looked;
 * `left` are units that the ledger has as sellable there and that the shelf no longer has. A shelf with fewer units than are held posts no
 * hold: held stock that is gone is for `tocsin doctor` to report, not to book away.
 */
export function shelfPostings(place: Place): { arrived: number; toHold: number; left: number } {
  const toHold = Math.max(place.onShelf - (place.held - place.away), 0)
  return { arrived: Math.max(toHold - place.sellable, 0), toHold, left: Math.max(place.sellable - toHold, 0) }
}
