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
  /**
   * Five fields of cron, in UTC: the job is also asked for at these times, by one process of all, unless it waits or runs already. It must
   * find out for itself what is due, as times at which no process works are not made up for.
   */
  cron?: string
  /** Does the work; throwing has it tried again with growing pauses. `signal` is aborted when the process drains. */
  run: (data: Data, signal: AbortSignal) => Promise<void>
}

/** Asks for a job inside a transaction: it exists exactly when the transaction commits. */
export type Enqueue = <Data extends object>(tx: Tx, name: string, data: Data) => Promise<void>

export type Jobs = {
  enqueue: Enqueue
  /** Starts taking jobs. Kinds with a `cron` are asked for by the clock, and once now, only where `scheduled` is true. */
  work: (options?: { scheduled: boolean }) => Promise<void>
  stop: () => Promise<void>
}

const ATTEMPTS_MAX = 20
// A wave of a million buyers is one job; it renews its own leases per bucket, so this is only the bound of a hung one.
const EXPIRE_SECONDS = 4 * 3600

/** Opens the queue and makes its tables; `work` starts taking jobs of these kinds, which may ask for more by `enqueue`. */
export async function openJobs(database: Database, kindsOf: (enqueue: Enqueue) => readonly JobKind<never>[], log: Log): Promise<Jobs> {
  const enqueue: Enqueue = async (tx, name, data) => {
    await boss.send(name, data, { db: { executeSql: (text: string, values?: unknown[]) => tx.client.query(text, values) } })
  }
  const kinds = kindsOf(enqueue)
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => database.pool.query(text, values) },
    schema: 'pgboss',
    schedule: kinds.some((kind) => kind.cron !== undefined),
  })
  boss.on('error', (error) => log.error({ error: error.message }, 'job queue'))
  await boss.start()
  for (const kind of kinds) {
    const retries = { retryLimit: ATTEMPTS_MAX, retryDelay: 5, retryBackoff: true, expireInSeconds: EXPIRE_SECONDS }
    await boss.createQueue(kind.name, { ...retries, policy: kind.cron === undefined ? 'standard' : 'exclusive' })
  }
  const draining = new AbortController()
  return {
    enqueue,
    async work({ scheduled } = { scheduled: false }) {
      for (const kind of kinds) {
        if (kind.cron !== undefined && !scheduled) {
          await boss.unschedule(kind.name)
          continue
        }
        if (kind.cron !== undefined) {
          await boss.schedule(kind.name, kind.cron, {}, { tz: 'UTC' })
          await boss.send(kind.name, {})
        }
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
