import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { testDatabase } from '../../test/database.ts'
import type { Tx } from './db.ts'
import { once, type Answer } from './idempotency.ts'
import { fail, ok, type Result } from './result.ts'

const database = await testDatabase()
const AT = new Date('2026-11-20T09:00:00Z')
await sql`create table public.work (n int)`.execute(database.db)

function request(key: string | null, content: unknown = { recall_id: 'A' }, principal = 'officer:o1') {
  return { principal, route: 'POST /v1/campaigns', key, content, at: AT }
}

/** Writes a row and answers with how many there are. */
async function work(tx: Tx): Promise<Result<Answer>> {
  await sql`insert into work values (1)`.execute(tx.db)
  const { rows } = await sql<{ n: number }>`select count(*) as n from work`.execute(tx.db)
  return ok({ status: 201, body: { n: rows[0]!.n } })
}

async function rowsOfWork(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from work`.execute(database.db)
  return rows[0]!.n
}

function answerOf(done: Awaited<ReturnType<typeof once>>) {
  assert.ok(done.ok)
  return done.value
}

describe('a write under an idempotency key', () => {
  it('refuses an empty or endless key', async () => {
    for (const key of ['', 'x'.repeat(256)]) {
      const done = await once(database, request(key), work)
      assert.ok(!done.ok && done.problem.code === 'invalid' && done.problem.field === 'Idempotency-Key')
    }
  })

  it('rolls back what is refused, and leaves the key free', async () => {
    const refused = await once(database, request('k0'), async (tx) => {
      await work(tx)
      return fail('conflict', 'No.')
    })
    assert.deepEqual(refused, fail('conflict', 'No.'))
    assert.equal(await rowsOfWork(), 0)
    assert.equal(answerOf(await once(database, request('k0', { other: true }), work)).replayed, false)
  })

  it('rolls back and passes on what breaks', async () => {
    const before = await rowsOfWork()
    const breaking = once(database, request('k1'), async (tx) => {
      await work(tx)
      throw new Error('broken')
    })
    await assert.rejects(breaking, /broken/)
    assert.equal(await rowsOfWork(), before)
    assert.equal(answerOf(await once(database, request('k1'), work)).replayed, false)
  })

  it('answers the same request again with the stored answer, whatever the order of its fields', async () => {
    const first = answerOf(await once(database, request('k2', { a: 1, b: 2 }), work))
    const again = answerOf(await once(database, request('k2', { b: 2, a: 1 }), work))
    assert.deepEqual(again, { ...first, replayed: true })
  })

  it('refuses the key for another request, and knows each principal’s keys apart', async () => {
    const other = await once(database, request('k2', { a: 2 }), work)
    assert.ok(!other.ok && other.problem.code === 'invalid')
    assert.equal(answerOf(await once(database, request('k2', { a: 2 }, 'officer:o2'), work)).replayed, false)
  })

  it('does the work once when the request comes eight times at once', async () => {
    const before = await rowsOfWork()
    const done = await Promise.all(Array.from({ length: 8 }, () => once(database, request('k3'), work)))
    assert.equal(await rowsOfWork(), before + 1)
    assert.equal(new Set(done.map((each) => answerOf(each).text)).size, 1)
    assert.equal(done.filter((each) => !answerOf(each).replayed).length, 1)
  })

  it('does the work each time without a key', async () => {
    const before = await rowsOfWork()
    await once(database, request(null), work)
    await once(database, request(null), work)
    assert.equal(await rowsOfWork(), before + 2)
  })
})
