import type { Db } from '../platform/db.ts'

/** Runs queries that all see the database as it was at one moment, so that the figures of a page belong together. Reads only. */
export async function inSnapshot<T>(db: Db, read: (db: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return await read(db)
  return await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
}
