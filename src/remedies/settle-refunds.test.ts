import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import type pg from 'pg'
import { sql } from 'kysely'
import { testDatabase } from '../../test/database.ts'
import { openDatabase, transaction, type Database } from '../platform/db.ts'
import { openLog } from '../platform/log.ts'
import { demoPayments } from './demo-payments.ts'
import { settleRefundsJob } from './jobs.ts'
import { openCase } from './open-case.ts'
import type { PaymentsPort, RefundRequest } from './payments.ts'
import { eventsOf, findCase } from './queries.ts'
import { refundsOfCase } from './queries-refunds.ts'
import { settleRefunds, type SettleCounts, type SettleOptions } from './settle-refunds.ts'
import { assertPromises, paidTo, seedCampaign, type OwedBuyer } from '../../test/remedy-books.ts'

const database = await testDatabase()
const AT = new Date('2026-05-02T09:30:00Z')
const log = openLog('silent')
const ledger = demoPayments(database, () => AT)

/** Buyers whose refunds are asked and due: a campaign that asks for no proof. */
async function asked(campaignId: string, buyers: readonly OwedBuyer[]): Promise<void> {
  await seedCampaign(database, { campaignId, proof: 'none', buyers })
  const deps = { enqueue: async () => {}, onCaseOpened: async () => {} }
  for (const { buyerId } of buyers) {
    const opened = await transaction(database, (tx) => openCase(tx, { buyerId, campaignId, remedy: 'refund', at: AT }, deps))
    assert.ok(opened.ok)
  }
}

function pair(buyerId: string): OwedBuyer {
  return { buyerId, lines: [{ orderId: `O-${buyerId}`, units: 2, amountMinor: 1999 }] }
}

function settle(payments: PaymentsPort, options: SettleOptions = {}, on: Database = database): Promise<SettleCounts> {
  return settleRefunds({ database: on, payments, clock: () => AT, log }, options)
}

/** Lets the pauses and leases pass, as time would. */
async function makeDue(): Promise<void> {
  await sql`update remedies.refunds set next_try_at = 'epoch' where outcome is null`.execute(database.db)
}

async function stateOf(campaignId: string, buyerId: string): Promise<string | undefined> {
  return (await findCase(database.db, { campaignId, buyerId }))?.state
}

/** A port that pays through the ledger and keeps every request it saw. */
function counting(port: PaymentsPort = ledger): PaymentsPort & { requests: RefundRequest[] } {
  const requests: RefundRequest[] = []
  return { requests, refund: (request) => (requests.push(request), port.refund(request)) }
}

describe('a payment side that does not pay', () => {
  it('refuses: the case says so with the reason, and is not asked again', async () => {
    await asked('S-refused', [pair('B-1')])
    const refusing = counting({ refund: async () => ({ outcome: 'refused', answer: 'The card was closed.' }) })
    assert.deepEqual(await settle(refusing), { paid: 0, refused: 1, unknown: 0, waiting: 0 })
    await makeDue()
    await settle(refusing)
    assert.equal(refusing.requests.length, 1)
    assert.equal(await stateOf('S-refused', 'B-1'), 'refund_refused')
    const last = (await eventsOf(database.db, { campaignId: 'S-refused', buyerId: 'B-1' })).at(-1)
    assert.deepEqual([last?.kind, last?.actor, last?.detail['reason']], ['refund_refused', 'payments', 'The card was closed.'])
    await assertPromises(database)
  })

  it('answers nothing we can rely on: the refund waits and is asked again under the same key', async () => {
    await asked('S-unknown', [pair('B-2')])
    const silent = counting({ refund: async () => ({ outcome: 'unknown', answer: 'Gateway time-out.' }) })
    assert.deepEqual(await settle(silent), { paid: 0, refused: 0, unknown: 1, waiting: 1 })
    assert.deepEqual(await settle(silent), { paid: 0, refused: 0, unknown: 0, waiting: 1 }, 'the pause is kept')
    assert.equal(await stateOf('S-unknown', 'B-2'), 'refund_asked')
    await makeDue()
    const paying = counting()
    assert.deepEqual(await settle(paying), { paid: 1, refused: 0, unknown: 0, waiting: 0 })
    assert.equal(paying.requests[0]?.idempotencyKey, silent.requests[0]?.idempotencyKey)
    assert.equal(await stateOf('S-unknown', 'B-2'), 'refunded')
    await assertPromises(database)
  })

  it('never answers: it is given up after its time, and the others of the block are settled', async () => {
    await asked('S-silent', [pair('B-3'), pair('B-4')])
    const port: PaymentsPort = { refund: (request) => (request.buyerId === 'B-3' ? new Promise(() => {}) : ledger.refund(request)) }
    assert.deepEqual(await settle(port, { answerTimeoutMs: 50 }), { paid: 1, refused: 0, unknown: 1, waiting: 1 })
    const [waiting] = await refundsOfCase(database.db, { campaignId: 'S-silent', buyerId: 'B-3' })
    assert.deepEqual([waiting?.outcome, waiting?.answer], [null, 'No answer within 50 ms.'])
    await makeDue()
    await settle(ledger)
    await assertPromises(database)
  })

  it('fails its job while refunds wait, so that the queue runs it again', async () => {
    await asked('S-job', [pair('B-5')])
    const broken: PaymentsPort = { refund: () => Promise.reject(new Error('no route to host')) }
    const deps = { database, clock: () => AT, log }
    await assert.rejects(settleRefundsJob({ ...deps, payments: broken }).run({}, new AbortController().signal), /1 refunds have no answer/)
    await makeDue()
    await settleRefundsJob({ ...deps, payments: ledger }).run({}, new AbortController().signal)
    assert.equal(await stateOf('S-job', 'B-5'), 'refunded')
  })

  it('stops between two blocks when the process drains', async () => {
    await asked('S-drain', [pair('B-6'), pair('B-7')])
    const stop = new AbortController()
    const port: PaymentsPort = { refund: (request) => (stop.abort(), ledger.refund(request)) }
    assert.deepEqual(await settle(port, { blockSize: 1, signal: stop.signal }), { paid: 1, refused: 0, unknown: 0, waiting: 1 })
    await settle(ledger)
    await assertPromises(database)
  })
})

describe('the demo ledger', () => {
  it('pays a key once and refuses the same key for anything else', async () => {
    const request = { idempotencyKey: 'k-1', buyerId: 'B-ledger', amountMinor: 500, currency: 'USD' }
    const answers = await Promise.all([ledger.refund(request), ledger.refund(request), ledger.refund(request)])
    assert.ok(answers.every((answer) => answer.outcome === 'paid' && answer.reference.startsWith('demo-')))
    assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1)
    for (const other of [{ amountMinor: 501 }, { currency: 'EUR' }, { buyerId: 'B-other' }]) {
      assert.equal((await ledger.refund({ ...request, ...other })).outcome, 'refused')
    }
    assert.deepEqual(await paidTo(database, 'B-ledger'), [{ amountMinor: 500, currency: 'USD' }])
    await sql`delete from remedies.demo_payments where buyer_id = 'B-ledger'`.execute(database.db)
  })
})

describe('a refund whose answer is lost', () => {
  it('was paid, then the connection broke: the next run pays nothing and finds the same reference', async () => {
    await asked('S-lost', [pair('B-8')])
    const port: PaymentsPort = { refund: async (request) => (await ledger.refund(request), Promise.reject(new Error('socket hang up'))) }
    assert.deepEqual(await settle(port), { paid: 0, refused: 0, unknown: 1, waiting: 1 })
    assert.deepEqual(await paidTo(database, 'B-8'), [{ amountMinor: 1999, currency: 'USD' }])
    await assertPromises(database)
    await makeDue()
    assert.equal((await settle(ledger)).paid, 1)
    assert.deepEqual(await paidTo(database, 'B-8'), [{ amountMinor: 1999, currency: 'USD' }])
    await assertPromises(database)
  })

  it('was paid, then no answer ever came: the same', async () => {
    await asked('S-hung', [pair('B-9')])
    const port: PaymentsPort = { refund: async (request) => (await ledger.refund(request), new Promise(() => {})) }
    assert.equal((await settle(port, { answerTimeoutMs: 100 })).unknown, 1)
    await makeDue()
    await settle(ledger)
    assert.deepEqual(await paidTo(database, 'B-9'), [{ amountMinor: 1999, currency: 'USD' }])
    assert.equal(await stateOf('S-hung', 'B-9'), 'refunded')
    await assertPromises(database)
  })

  it('was called refused by a late worker, and paid by the ledger: money that moved is the truth', async () => {
    await asked('S-late', [pair('B-10')])
    const slow = Promise.withResolvers<{ outcome: 'paid'; reference: string }>()
    const late: PaymentsPort = { refund: () => slow.promise }
    const first = settle(late)
    await until(async () => (await attemptsOf('B-10')) === 1)
    await makeDue()
    await settle({ refund: async () => ({ outcome: 'refused', answer: 'Not now.' }) })
    const request = { idempotencyKey: await keyOf('B-10'), buyerId: 'B-10', amountMinor: 1999, currency: 'USD' }
    const paid = await ledger.refund(request)
    assert.ok(paid.outcome === 'paid')
    slow.resolve(paid)
    await first
    assert.equal(await stateOf('S-late', 'B-10'), 'refunded')
    await assertPromises(database)
  })
})

describe('two workers at once', () => {
  it('pay each refund once, and ask for each once', async () => {
    const buyers = Array.from({ length: 60 }, (_, i) => pair(`B-two-${i}`))
    await asked('S-two', buyers)
    const port = counting()
    const [other, third] = [openDatabase(database.url, { max: 4 }), openDatabase(database.url, { max: 4 })]
    try {
      const counts = await Promise.all([database, other, third].map((on) => settle(port, { blockSize: 7 }, on)))
      assert.equal(
        counts.reduce((sum, each) => sum + each.paid, 0),
        60,
      )
    } finally {
      await Promise.all([other.close(), third.close()])
    }
    assert.equal(new Set(port.requests.map((request) => request.idempotencyKey)).size, 60)
    assert.equal(port.requests.length, 60)
    const { rows } = await sql<{ events: number }>`
      select count(*) as events from remedies.case_events where campaign_id = 'S-two' and kind = 'refunded'`.execute(database.db)
    assert.deepEqual(rows, [{ events: 60 }])
    await assertPromises(database)
  })

  it('with leases that have run out, still pay each once', async () => {
    const buyers = Array.from({ length: 12 }, (_, i) => pair(`B-out-${i}`))
    await asked('S-out', buyers)
    // Every lease runs out the moment anything is asked; two of these updates may meet in a deadlock, which one of them survives.
    const port = counting({ refund: async (request) => (await makeDue().catch(() => {}), ledger.refund(request)) })
    await Promise.all([settle(port, { blockSize: 3 }), settle(port, { blockSize: 5 })])
    await makeDue()
    await settle(ledger)
    for (const { buyerId } of buyers) assert.deepEqual(await paidTo(database, buyerId), [{ amountMinor: 1999, currency: 'USD' }])
    await assertPromises(database)
  })
})

describe('a worker killed', () => {
  // Dying before the nth statement reaches the server, or after it was done and before its answer arrived, for every n there is.
  for (const moment of ['before', 'after'] as const) {
    it(`${moment} any one of its statements neither loses a refund nor pays it twice`, async () => {
      let statements = 0
      for (let nth = 1; statements === nth - 1; nth++) {
        assert.ok(nth < 60, 'a run has few statements')
        const [campaignId, buyerId] = [`S-kill-${moment}-${nth}`, `B-kill-${moment}-${nth}`]
        await asked(campaignId, [
          { buyerId, lines: [...pair(buyerId).lines, { orderId: 'O-eur', units: 1, amountMinor: 700, currency: 'EUR' }] },
        ])
        const victim = mortal(database.url, nth, moment)
        await settle(ledger, { blockSize: 1 }, victim.database).catch(() => {})
        statements = victim.statements()
        await victim.database.close().catch(() => {})
        await assertPromises(database)
        await makeDue()
        assert.equal((await settle(ledger)).waiting, 0)
        assert.deepEqual(await paidTo(database, buyerId), [
          { amountMinor: 700, currency: 'EUR' },
          { amountMinor: 1999, currency: 'USD' },
        ])
        assert.equal(await stateOf(campaignId, buyerId), 'refunded')
        await assertPromises(database)
      }
      assert.ok(statements > 12, `only ${statements} statements were cut`)
    })
  }
})

/** A database whose every connection breaks at the nth statement, counted over all of them, and stays broken. */
function mortal(url: string, nth: number, moment: 'before' | 'after'): { database: Database; statements: () => number } {
  const opened = openDatabase(url, { max: 1 })
  let count = 0
  opened.pool.on('connect', (client: pg.PoolClient) => {
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
    const patched = async (...given: unknown[]): Promise<unknown> => {
      if (count >= nth) throw new Error('dead')
      count++
      if (count === nth && moment === 'before') return die(client)
      const answer = await query(...given)
      return count === nth ? die(client) : answer
    }
    Object.assign(client, { query: patched })
  })
  return { database: opened, statements: () => count }
}

function die(client: pg.PoolClient): never {
  client.on('error', () => {})
  ;(client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy()
  throw new Error('dead')
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!(await done())) {
    assert.ok(performance.now() < deadline, 'it did not happen')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function attemptsOf(buyerId: string): Promise<number | undefined> {
  const { rows } = await sql<{ attempts: number }>`select attempts from remedies.refunds where buyer_id = ${buyerId}`.execute(database.db)
  return rows[0]?.attempts
}

async function keyOf(buyerId: string): Promise<string> {
  const { rows } = await sql<{ key: string }>`select idempotency_key as key from remedies.refunds where buyer_id = ${buyerId}`.execute(
    database.db,
  )
  return rows[0]!.key
}
