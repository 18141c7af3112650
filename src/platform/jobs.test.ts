import { test } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../../test/database.ts'
import { openJobs, type Jobs } from './jobs.ts'
import { openLog } from './log.ts'

const database = await testDatabase()
const NEVER = '0 0 29 2 *' // at midnight of a leap day

async function scheduledKinds(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>('select name from pgboss.schedule order by name')
  return rows.map((row) => row.name)
}

test('a job with a rhythm of its own is asked for at once and by the clock, where work is scheduled, and nowhere else', async () => {
  let ran = (): void => {}
  const done = new Promise<void>((resolve) => {
    ran = resolve
  })
  async function opened(run: () => Promise<void>): Promise<Jobs> {
    return await openJobs(database, () => [{ name: 'test.tick', cron: NEVER, run }], openLog('silent'))
  }
  const scheduled = await opened(async () => ran())
  try {
    await scheduled.work({ scheduled: true })
    await done
    assert.deepEqual(await scheduledKinds(), ['test.tick'])
  } finally {
    await scheduled.stop()
  }
  const unscheduled = await opened(async () => assert.fail('nobody asked for it'))
  try {
    await unscheduled.work()
    assert.deepEqual(await scheduledKinds(), [], 'what another process scheduled before is taken back')
  } finally {
    await unscheduled.stop()
  }
})

test('a job with a rhythm waits or runs once, however often it is asked for', async () => {
  const jobs = await openJobs(database, () => [{ name: 'test.once', cron: NEVER, run: async () => {} }], openLog('silent'))
  try {
    const asked = [1, 2, 3].map(async () => {
      const client = await database.pool.connect()
      try {
        await jobs.enqueue({ client } as unknown as Parameters<Jobs['enqueue']>[0], 'test.once', {})
      } finally {
        client.release()
      }
    })
    await Promise.all(asked)
    const { rows } = await database.pool.query<{ n: number }>(`select count(*) as n from pgboss.job where name = 'test.once'`)
    assert.equal(rows[0]!.n, 1)
  } finally {
    await jobs.stop()
  }
})
