import type { Db } from './db.ts'

/**
 * A promise that can be checked on any database. `check` returns one sentence per violation, at most a hundred; an empty list says that
 * the promise holds. `tocsin doctor` runs all of them, the tests run them after every fault.
 */
export type Invariant = {
  /** `room.what`, stable for programs. */
  name: string
  /** The promise in one sentence, for people. */
  promise: string
  check: (db: Db) => Promise<string[]>
}
