/**
 * Jobs: pg-boss behind a small face. A job is asked for in the caller's transaction and does one shallow thing that is safe to run twice;
 * the truth stays in the rooms' rows (design, §5).
 */
import { PgBoss } from 'pg-boss'
import type { Database, Tx } from './db.ts'
import type { Log } from './log.ts'

/** A kind of job: its name and what it carries. */
export type JobKind<Data extends object> = {
  name: string
  /** Does the work; throwing has it tried again with growing pauses. `signal` is aborted when the process drains. */
  run: (data: Data, signal: AbortSignal) => Promise<void>
}

/** Asks for a job inside a transaction: it exists exactly when the transaction commits. */
export type Enqueue = <Data extends object>(tx: Tx, name: string, data: Data) => Promise<void>

export type Jobs = { enqueue: Enqueue; work: () => Promise<void>; stop: () => Promise<void> }

const ATTEMPTS_MAX = 20
// A wave of a million buyers is one job; it renews its own leases per bucket, so this is only the bound of a hung one.
const EXPIRE_SECONDS = 4 * 3600

/** Opens the queue and makes its tables; `work` starts taking jobs of these kinds. */
export async function openJobs(database: Database, kinds: readonly JobKind<never>[], log: Log): Promise<Jobs> {
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => database.pool.query(text, values) },
    schema: 'pgboss',
    schedule: false,
  })
  boss.on('error', (error) => log.error({ error: error.message }, 'job queue'))
  await boss.start()
  for (const kind of kinds) {
    await boss.createQueue(kind.name, { retryLimit: ATTEMPTS_MAX, retryDelay: 5, retryBackoff: true, expireInSeconds: EXPIRE_SECONDS })
  }
  const draining = new AbortController()
  return {
    async enqueue(tx, name, data) {
      await boss.send(name, data, { db: { executeSql: (text: string, values?: unknown[]) => tx.client.query(text, values) } })
    },
    async work() {
      for (const kind of kinds) {
        await boss.work(kind.name, { pollingIntervalSeconds: 1 }, async ([job]) => {
          try {
            if (job !== undefined) await kind.run(job.data as never, draining.signal)
          } catch (error) {
            log.error({ job: kind.name, error: (error as Error).message }, 'job failed, it is tried again')
            throw error
          }
        })
      }
    },
    async stop() {
      draining.abort()
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}
