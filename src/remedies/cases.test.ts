import { after, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import sharp from 'sharp'
import { testDatabase } from '../../test/database.ts'
import { transaction, type Tx } from '../platform/db.ts'
import { openFiles } from '../platform/files.ts'
import { openLog } from '../platform/log.ts'
import type { Result } from '../platform/result.ts'
import { demoPayments } from './demo-payments.ts'
import { remedyInvariants } from './invariants.ts'
import { openCase, type OpenedCase } from './open-case.ts'
import { eventsOf, findCase } from './queries.ts'
import { refundsOfCase } from './queries-refunds.ts'
import { settleRefunds } from './settle-refunds.ts'
import { submitProof, type SubmittedProof } from './submit-proof.ts'
import { photograph } from '../../test/photograph.ts'
import { assertPromises, paidTo, seedCampaign, type OwedLine } from '../../test/remedy-books.ts'

const database = await testDatabase()
const home = await mkdtemp(path.join(tmpdir(), 'tocsin-remedies-'))
after(() => rm(home, { recursive: true, force: true }))
const files = openFiles(home)
const AT = new Date('2026-05-02T09:30:00Z')
const PAIR: OwedLine = { orderId: 'O-1', units: 2, amountMinor: 1999 }

const jobs: string[] = []
const acknowledged: string[] = []
const deps = {
  database,
  files,
  enqueue: async (_tx: Tx, name: string) => void jobs.push(name),
  onCaseOpened: async (_tx: Tx, opened: { buyerId: string; campaignId: string }) =>
    void acknowledged.push(`${opened.campaignId}/${opened.buyerId}`),
}

function open(campaignId: string, buyerId: string): Promise<Result<OpenedCase>> {
  return transaction(database, (tx) => openCase(tx, { buyerId, campaignId, remedy: 'refund', at: AT }, deps))
}

function prove(campaignId: string, buyerId: string, bytes: Uint8Array): Promise<Result<SubmittedProof>> {
  return submitProof(deps, { buyerId, campaignId, bytes, at: AT })
}

function settle(): Promise<unknown> {
  return settleRefunds({ database, payments: demoPayments(database), clock: () => AT, log: openLog('silent') })
}

async function kindsOf(campaignId: string, buyerId: string): Promise<string[]> {
  return (await eventsOf(database.db, { campaignId, buyerId })).map((event) => event.kind)
}

describe('opening a case', () => {
  it('is refused where nothing is offered, and where the offer has no refund', async () => {
    assert.deepEqual(await open('C-none', 'B-1'), {
      ok: false,
      problem: { code: 'not_found', message: 'This recall does not pay money back.' },
    })
    await seedCampaign(database, { campaignId: 'C-repair', options: ['repair'], buyers: [{ buyerId: 'B-1', lines: [PAIR] }] })
    const refused = await open('C-repair', 'B-1')
    assert.ok(!refused.ok && refused.problem.code === 'not_found')
  })

  it('is refused without a line that is surely affected, and where nothing was paid', async () => {
    await seedCampaign(database, {
      campaignId: 'C-refused',
      buyers: [
        { buyerId: 'B-possibly', lines: [{ ...PAIR, answer: 'possibly' }] },
        { buyerId: 'B-gift', lines: [{ ...PAIR, amountMinor: 0 }] },
      ],
    })
    for (const [buyerId, words] of [
      ['B-possibly', /cannot tell yet/],
      ['B-gift', /paid nothing/],
      ['B-stranger', /cannot tell yet/],
    ] as const) {
      const refused = await open('C-refused', buyerId)
      assert.ok(!refused.ok && refused.problem.code === 'conflict' && words.test(refused.problem.message), buyerId)
      assert.equal(await findCase(database.db, { campaignId: 'C-refused', buyerId }), null)
    }
  })

  it('takes the affected lines only, acknowledges the notice and awaits the photograph', async () => {
    const lines = [
      PAIR,
      { orderId: 'O-2', units: 2, amountMinor: 2199 },
      { orderId: 'O-3', units: 9, amountMinor: 9900, answer: 'possibly' as const },
    ]
    await seedCampaign(database, { campaignId: 'C-open', buyers: [{ buyerId: 'B-open', lines }] })
    const opened = await open('C-open', 'B-open')
    assert.ok(opened.ok && opened.value.opened && opened.value.state === 'awaiting_proof')
    const view = await sql<{ units: number }>`select units from remedies.cases_view where campaign_id = 'C-open'`.execute(database.db)
    assert.deepEqual(view.rows, [{ units: 4 }])
    assert.ok(acknowledged.includes('C-open/B-open'))
    assert.deepEqual(await refundsOfCase(database.db, { campaignId: 'C-open', buyerId: 'B-open' }), [])
    await assertPromises(database)
  })

  it('opens one case however often it is asked, one after the other or at once', async () => {
    await seedCampaign(database, { campaignId: 'C-twice', buyers: [{ buyerId: 'B-twice', lines: [PAIR] }] })
    const asked = await Promise.all(Array.from({ length: 8 }, () => open('C-twice', 'B-twice')))
    asked.push(await open('C-twice', 'B-twice'))
    assert.equal(asked.filter((each) => each.ok && each.value.opened).length, 1)
    assert.equal(new Set(asked.map((each) => (each.ok ? each.value.caseId : 'refused'))).size, 1)
    assert.equal(acknowledged.filter((each) => each === 'C-twice/B-twice').length, 1)
    assert.deepEqual(await kindsOf('C-twice', 'B-twice'), ['opened'])
    await assertPromises(database)
  })

  it('asks for the refund at once where no proof is asked, once', async () => {
    await seedCampaign(database, { campaignId: 'C-no-proof', proof: 'none', buyers: [{ buyerId: 'B-none', lines: [PAIR] }] })
    const before = jobs.length
    await Promise.all([open('C-no-proof', 'B-none'), open('C-no-proof', 'B-none'), open('C-no-proof', 'B-none')])
    assert.equal(jobs.length - before, 1)
    assert.deepEqual(await kindsOf('C-no-proof', 'B-none'), ['opened', 'refund_asked'])
    await settle()
    assert.deepEqual(await paidTo(database, 'B-none'), [{ amountMinor: 1999, currency: 'USD' }])
    await assertPromises(database)
  })

  it('gives a line to one case only, when a recall and the recall that expands it both concern it', async () => {
    const other: OwedLine = { orderId: 'O-2', units: 2, amountMinor: 500 }
    const buyerId = 'B-both'
    await seedCampaign(database, { campaignId: 'C-first', proof: 'none', buyers: [{ buyerId, lines: [PAIR] }] })
    await seedCampaign(database, { campaignId: 'C-same', proof: 'none', buyers: [{ buyerId, lines: [PAIR] }] })
    await seedCampaign(database, { campaignId: 'C-more', proof: 'none', buyers: [{ buyerId, lines: [PAIR, other] }] })
    assert.ok((await open('C-first', buyerId)).ok)
    const same = await open('C-same', buyerId)
    assert.ok(!same.ok && /case of another recall/.test(same.problem.message))
    assert.ok((await open('C-more', buyerId)).ok)
    await settle()
    assert.deepEqual(
      (await paidTo(database, buyerId)).map((paid) => paid.amountMinor).toSorted((a, b) => a - b),
      [500, 1999],
    )
    await assertPromises(database)
  })

  it('gives a line to one case only, when both are opened at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const [buyerId, campaigns] = [`B-race-${round}`, [`C-race-a-${round}`, `C-race-b-${round}`]]
      for (const campaignId of campaigns) await seedCampaign(database, { campaignId, proof: 'none', buyers: [{ buyerId, lines: [PAIR] }] })
      const opened = await Promise.all(campaigns.map((campaignId) => open(campaignId, buyerId)))
      assert.equal(opened.filter((each) => each.ok).length, 1)
      await settle()
      assert.deepEqual(await paidTo(database, buyerId), [{ amountMinor: 1999, currency: 'USD' }])
    }
    await assertPromises(database)
  })

  it('leaves nothing behind when its transaction fails', async () => {
    await seedCampaign(database, { campaignId: 'C-broken', proof: 'none', buyers: [{ buyerId: 'B-broken', lines: [PAIR] }] })
    const broken = { ...deps, enqueue: () => Promise.reject(new Error('the queue is gone')) }
    const asked = { buyerId: 'B-broken', campaignId: 'C-broken', remedy: 'refund' as const, at: AT }
    await assert.rejects(
      transaction(database, (tx) => openCase(tx, asked, broken)),
      /queue is gone/,
    )
    assert.equal(await findCase(database.db, asked), null)
    await assertPromises(database)
  })
})

describe('sending a photograph', () => {
  it('is refused without a case, and when it is no picture', async () => {
    await seedCampaign(database, { campaignId: 'C-proof', buyers: [{ buyerId: 'B-proof', lines: [PAIR] }] })
    const early = await prove('C-proof', 'B-proof', await photograph(1))
    assert.ok(!early.ok && early.problem.code === 'not_found')
    await open('C-proof', 'B-proof')
    const words = await prove('C-proof', 'B-proof', Buffer.from('not a picture'))
    assert.ok(!words.ok && words.problem.code === 'invalid')
    assert.deepEqual(await kindsOf('C-proof', 'B-proof'), ['opened'])
  })

  it('is refused by the rule with a reason that is kept, and the buyer may try again', async () => {
    const campaignId = 'C-rule'
    await seedCampaign(database, {
      campaignId,
      buyers: [
        { buyerId: 'B-rule', lines: [PAIR] },
        { buyerId: 'B-2', lines: [PAIR] },
      ],
    })
    await open(campaignId, 'B-rule')
    await open(campaignId, 'B-2')
    const black = await sharp({ create: { width: 640, height: 480, channels: 3, background: 'black' } })
      .jpeg()
      .toBuffer()
    const taken = await photograph(10)
    await prove(campaignId, 'B-rule', taken)
    for (const sent of [black, black, await photograph(11, { width: 100, height: 100 }), taken]) {
      const refused = await prove(campaignId, 'B-2', sent)
      assert.ok(!refused.ok && refused.problem.field === 'photo')
    }
    assert.deepEqual(await kindsOf(campaignId, 'B-2'), ['opened', ...[1, 2, 3].flatMap(() => ['proof_received', 'proof_refused'])])
    assert.deepEqual(await refundsOfCase(database.db, { campaignId, buyerId: 'B-2' }), [])
    const accepted = await prove(campaignId, 'B-2', await photograph(12))
    assert.ok(accepted.ok && accepted.value.state === 'refund_asked')
    const decision = (await eventsOf(database.db, { campaignId, buyerId: 'B-2' })).find((event) => event.kind === 'proof_accepted')
    assert.equal(decision?.actor, 'rule:photo-of-destruction')
    assert.match(JSON.stringify(decision?.detail), /640 by 480 pixels/)
    await assertPromises(database)
  })

  it('asks for one refund however often it is sent: the same photo, another one, in two tabs at once', async () => {
    const [campaignId, buyerId] = ['C-replay', 'B-replay']
    await seedCampaign(database, { campaignId, buyers: [{ buyerId, lines: [PAIR, { orderId: 'O-2', units: 2, amountMinor: 501 }] }] })
    await open(campaignId, buyerId)
    const before = jobs.length
    const [one, other] = [await photograph(20), await photograph(21)]
    const sent = await Promise.all([one, one, other, one, other].map((bytes) => prove(campaignId, buyerId, bytes)))
    sent.push(await prove(campaignId, buyerId, one))
    assert.ok(sent.every((each) => each.ok && each.value.state === 'refund_asked'))
    assert.equal(sent.filter((each) => each.ok && each.value.kept).length, 1)
    assert.equal(jobs.length - before, 1)
    await Promise.all([settle(), settle()])
    const late = await prove(campaignId, buyerId, other)
    assert.ok(late.ok && late.value.state === 'refunded' && !late.value.kept)
    await settle()
    assert.deepEqual(await paidTo(database, buyerId), [{ amountMinor: 2500, currency: 'USD' }])
    assert.deepEqual(await kindsOf(campaignId, buyerId), ['opened', 'proof_received', 'proof_accepted', 'refund_asked', 'refunded'])
    await assertPromises(database)
  })

  it('stops at ten photographs', async () => {
    const campaignId = 'C-many'
    await seedCampaign(database, { campaignId, buyers: [{ buyerId: 'B-many', lines: [PAIR] }] })
    await open(campaignId, 'B-many')
    for (let seed = 100; seed < 110; seed++) await prove(campaignId, 'B-many', await photograph(seed, { width: 60, height: 60 }))
    const eleventh = await prove(campaignId, 'B-many', await photograph(110))
    assert.ok(!eleventh.ok && /10 photos already/.test(eleventh.problem.message))
    await assertPromises(database)
  })
})

describe('what is paid back', () => {
  it('never passes what was paid for the affected lines, whatever was bought and however the buyer clicks', async () => {
    const line = fc.record({
      units: fc.integer({ min: 1, max: 20 }),
      amountMinor: fc.integer({ min: 0, max: 50_000 }),
      currency: fc.constantFrom('USD', 'EUR'),
      answer: fc.constantFrom('affected' as const, 'possibly' as const),
    })
    const click = fc.constantFrom('open', 'photo', 'settle')
    const photo = await photograph(30)
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.array(click, { minLength: 3, maxLength: 8 }),
        async (lines, clicks) => {
          const [campaignId, buyerId] = [`C-any-${++run}`, `B-any-${run}`]
          await seedCampaign(database, {
            campaignId,
            buyers: [{ buyerId, lines: lines.map((each, i) => ({ ...each, orderId: `O-${i}` })) }],
          })
          for (const each of [...clicks, 'open', 'photo', 'settle']) {
            if (each === 'open') await open(campaignId, buyerId)
            if (each === 'photo') await prove(campaignId, buyerId, photo)
            if (each === 'settle') await settle()
          }
          const owed = (currency: string): number =>
            lines
              .filter((each) => each.answer === 'affected' && each.currency === currency)
              .reduce((sum, each) => sum + each.amountMinor, 0)
          const expected = ['EUR', 'USD']
            .map((currency) => ({ amountMinor: owed(currency), currency }))
            .filter((each) => each.amountMinor > 0)
          assert.deepEqual(await paidTo(database, buyerId), expected)
        },
      ),
      { numRuns: 40 },
    )
    await assertPromises(database)
  })
})

describe('the promises', () => {
  // Each breaks one thing by hand; the promise of that name must say so. A rollback mends it.
  const breaks: [string, ReturnType<typeof sql>][] = [
    [
      'remedies.refunds-within-entitlement',
      sql`update remedies.refunds set amount_minor = amount_minor + 1 where campaign_id = 'C-replay'`,
    ],
    ['remedies.one-refund-per-case', sql`update remedies.refunds set idempotency_key = 'another' where campaign_id = 'C-replay'`],
    ['remedies.one-refund-per-case', sql`insert into remedies.demo_payments values ('stray', 'demo-stray', 'B-replay', 1, 'USD', now())`],
    ['remedies.one-refund-per-case', sql`delete from remedies.case_events where campaign_id = 'C-replay' and kind = 'proof_accepted'`],
    ['remedies.one-state-per-unit', sql`update remedies.case_lines set units = units + 1 where campaign_id = 'C-replay'`],
    ['remedies.one-state-per-unit', sql`delete from outreach.affected_lines where campaign_id = 'C-replay'`],
    ['remedies.one-state-per-unit', sql`delete from remedies.cases where campaign_id = 'C-replay'`],
    ['remedies.refunded-is-paid', sql`update remedies.refunds set outcome = null where campaign_id = 'C-replay'`],
    ['remedies.refunded-is-paid', sql`delete from remedies.demo_payments where buyer_id = 'B-replay'`],
    ['remedies.refunded-is-paid', sql`update remedies.cases set state = 'refunded' where campaign_id = 'C-open'`],
    ['remedies.state-follows-events', sql`update remedies.cases set state = 'refund_asked' where campaign_id = 'C-replay'`],
    ['remedies.state-follows-events', sql`delete from remedies.case_events where campaign_id = 'C-replay' and kind = 'proof_received'`],
  ]
  for (const [name, statement] of breaks) {
    it(`notices what breaks ${name}: ${statement.compile(database.db).sql}`, async () => {
      const undone = new Error('undone')
      await assert.rejects(
        transaction(database, async (tx) => {
          await statement.execute(tx.db)
          const found = await remedyInvariants.find((each) => each.name === name)!.check(tx.db)
          assert.ok(found.length > 0)
          throw undone
        }),
        undone,
      )
    })
  }
})
