/** The catalogue's promises, as `tocsin doctor` checks them. */
import type { Invariant } from '../platform/invariants.ts'
import { importsThatDoNotAddUp, orderLinesWithoutListing } from './queries-invariants.ts'

export const catalogInvariants: Invariant[] = [
  {
    name: 'catalog.imports-add-up',
    promise: 'Every row of every import was added, changed, unchanged or refused: none was lost on the way.',
    check: async (db) => (await importsThatDoNotAddUp(db)).map((name) => `The counts of the import of ${name} do not add up.`),
  },
  {
    name: 'catalog.lines-have-listings',
    promise: 'Every order line is of a listing that we know, so that no recall of it can miss the line.',
    check: async (db) => (await orderLinesWithoutListing(db)).map((id) => `There are order lines of ${id}, which is no listing we know.`),
  },
]
