import { test } from 'node:test'
import assert from 'node:assert/strict'
import { transaction } from '../platform/db.ts'
import { derivedId } from '../platform/ids.ts'
import { testDatabase } from '../../test/database.ts'
import { addCrowdWithCups, CUPKIN_BRIEF, openOutreach } from '../../test/first-wave.ts'
import {
  ADA, addLines, ANDERS, BEN, BLUE_PAIR, brokenPromises, CHLOE, CUPKIN, CUPKIN_ID, DEV, EVE, openMarketplace, SINGLE_CUP, WOODEN_SPOON,
} from '../../test/world.ts' // prettier-ignore
import { findAffectedLines, makeNotices, outreachInvariants, reachOf, startWave, writeBrief } from './index.ts'

const database = await testDatabase()
const AT = new Date('2023-07-20T12:00:00Z')
await openMarketplace(database.db)

test.beforeEach(async () => {
  await database.pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves,
              outreach.wave_buckets, outreach.deliveries, outreach.acknowledgements, supply.interceptions`,
  )
})

async function promisesHold(): Promise<void> {
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
}

async function linesFound(): Promise<string[]> {
  const { rows } = await database.pool.query(
    'select order_id, answer, units::int, amount_minor::int from outreach.affected_lines order by order_id',
  )
  return rows.map((row) => `${row.order_id} ${row.answer} ${row.units} ${row.amount_minor}`)
}

test('what never reached a consumer, or is not of the recall, is not affected', async () => {
  await addLines(database.db, [
    { buyer: ADA, order: 'open', state: 'open' },
    { buyer: ADA, order: 'cancelled', state: 'cancelled' },
    { buyer: ADA, order: 'before', at: '2017-12-31T23:59:59Z' },
    { buyer: ADA, order: 'after', at: '2023-04-01T00:00:00Z' },
    { buyer: ADA, order: 'spoon', listing: WOODEN_SPOON },
    { buyer: ADA, order: 'intercepted' },
  ])
  await database.pool.query(
    `insert into supply.interceptions (buyer_id, order_id, line_no, campaign_id, listing_id, centre_id, lot, units, amount_minor, currency, intercepted_at)
     values ('ada', 'intercepted', 1, $1, $2, '', '', 2, 1999, 'USD', now())`,
    [CUPKIN_ID, BLUE_PAIR],
  )
  const opened = await openOutreach(database, AT)
  assert.deepEqual(opened, { lines: 0, affectedUnits: 0, possibleUnits: 0, buyers: 0, notices: 0, wave: 0, buckets: 0 })
})

test('a campaign without listings finds nothing', async () => {
  await addLines(database.db, [{ buyer: ADA }])
  const found = await transaction(database, (tx) =>
    findAffectedLines(tx, { campaignId: CUPKIN_ID, scope: CUPKIN.scope, listings: [], at: AT }),
  )
  assert.equal(found.lines, 0)
})

test('lines in the window are affected, their units are those of the product, and each buyer has one notice', async () => {
  await addLines(database.db, [
    { buyer: ADA, order: 'first', at: '2018-01-01T00:00:00Z' },
    { buyer: ADA, order: 'last', at: '2023-03-31T23:59:59.999Z', quantity: 3 },
    { buyer: BEN, order: 'other' },
  ])
  const opened = await openOutreach(database, AT)
  assert.deepEqual(await linesFound(), ['first affected 2 1999', 'last affected 6 5997', 'other affected 2 1999'])
  assert.equal(opened.lines, 3)
  assert.equal(opened.affectedUnits, 10)
  assert.equal(opened.buyers, 2)
  assert.equal(opened.notices, 2)
  assert.equal(opened.wave, 1)
  const { rows } = await database.pool.query(
    'select buyer_id, notice_id, units::int, answer, state, bucket from outreach.notices order by buyer_id',
  )
  assert.equal(rows[0].notice_id, derivedId(CUPKIN_ID, ADA))
  assert.deepEqual([rows[0].units, rows[0].answer, rows[0].state], [8, 'affected', 'pending'])
  assert.ok(rows.every((row) => row.bucket >= 0 && row.bucket <= 255))
  assert.deepEqual(await reachOf(database.db, CUPKIN_ID), {
    identified: 2,
    notices: 2,
    notified: 0,
    delivered: 0,
    pending: 2,
    unreachable: 0,
    acknowledged: 0,
    remedied: 0,
    mailsAccepted: 0,
  })
  await promisesHold()
})

test('everything twice changes nothing', async () => {
  await addCrowdWithCups(database, 300)
  const once = await openOutreach(database, AT)
  const state = await database.pool.query('select * from outreach.notices order by buyer_id')
  const again = await openOutreach(database, new Date(AT.getTime() + 60_000))
  assert.deepEqual(again, once)
  assert.deepEqual((await database.pool.query('select * from outreach.notices order by buyer_id')).rows, state.rows)
  assert.equal((await database.pool.query('select 1 from outreach.waves')).rowCount, 1)
  assert.equal(once.notices, 300)
  assert.ok(once.buckets > 150, `300 buyers spread over ${once.buckets} of 256 buckets`)
})

test('where lots limit the scope, a line without its lot is possibly affected', async () => {
  const scope = { ...CUPKIN.scope, lots: ['A1'] }
  await addLines(database.db, [
    { buyer: ADA, order: 'in', lot: 'A1' },
    { buyer: ADA, order: 'unknown' },
    { buyer: BEN, order: 'out', lot: 'B7' },
    { buyer: CHLOE, order: 'only-unknown' },
  ])
  const counts = await transaction(database, async (tx) => {
    const found = await findAffectedLines(tx, {
      campaignId: CUPKIN_ID,
      scope,
      listings: [{ listingId: BLUE_PAIR, answer: 'affected' }],
      at: AT,
    })
    await makeNotices(tx, { campaignId: CUPKIN_ID, at: AT })
    return found
  })
  assert.deepEqual(counts, { lines: 3, affectedUnits: 2, possibleUnits: 4, buyers: 2 })
  const { rows } = await database.pool.query('select buyer_id, answer, units::int from outreach.notices order by buyer_id')
  assert.deepEqual(rows, [
    { buyer_id: ADA, answer: 'affected', units: 4 },
    { buyer_id: CHLOE, answer: 'possibly', units: 2 },
  ])
  await promisesHold()
})

test('a listing that is possibly the product makes possible lines, and a later ruling raises them and tells the buyer', async () => {
  await addLines(database.db, [{ buyer: ADA }, { buyer: BEN, listing: SINGLE_CUP }])
  const later = new Date(AT.getTime() + 3_600_000)
  const possible = [{ listingId: BLUE_PAIR, answer: 'possibly' as const }]
  // Said twice with both answers, a listing counts with the stronger one.
  const ruled = [...possible, { listingId: BLUE_PAIR, answer: 'affected' as const }, { listingId: SINGLE_CUP, answer: 'affected' as const }]
  const waves = []
  for (const [listings, at] of [
    [possible, AT],
    [ruled, later],
    [ruled, new Date(later.getTime() + 1)],
  ] as const) {
    waves.push(
      await transaction(database, async (tx) => {
        await writeBrief(tx, { campaignId: CUPKIN_ID, recallId: CUPKIN_ID, brief: CUPKIN_BRIEF, at })
        const found = await findAffectedLines(tx, { campaignId: CUPKIN_ID, scope: CUPKIN.scope, listings, at })
        await makeNotices(tx, { campaignId: CUPKIN_ID, at })
        return { ...found, ...(await startWave(tx, { campaignId: CUPKIN_ID, channel: 'email', actor: 'cli', at })) }
      }),
    )
  }
  assert.deepEqual(waves, [
    { lines: 1, affectedUnits: 0, possibleUnits: 2, buyers: 1, wave: 1, buckets: 1 },
    { lines: 2, affectedUnits: 3, possibleUnits: 0, buyers: 2, wave: 2, buckets: 2 },
    { lines: 2, affectedUnits: 3, possibleUnits: 0, buyers: 2, wave: 2, buckets: 2 },
  ])
  await promisesHold()
})

test('the first brief of a campaign stands', async () => {
  await openOutreach(database, AT)
  await transaction(database, (tx) =>
    writeBrief(tx, { campaignId: CUPKIN_ID, recallId: CUPKIN_ID, brief: { ...CUPKIN_BRIEF, proof: 'none' }, at: AT }),
  )
  const { rows } = await database.pool.query('select content from outreach.briefs')
  assert.equal(rows.length, 1)
  assert.equal(rows[0].content.proof, 'photo_of_destruction')
})

/** The seller of a buyer's cups says that they told them, on no list. */
function saysSeller(buyer: string, until: string): string {
  return `insert into outreach.seller_contacts (buyer_id, campaign_id, order_id, seller_id, contact_no, list_id, kind, channel, told_at, outcome, recorded_at, covers_until)
          values ('${buyer}', '${CUPKIN_ID}', 'O-${buyer}', '${ANDERS}', 1, gen_random_uuid(), 'told', 'email', now() - interval '1 day', 'told',
                  now() - interval '1 day', ${until})`
}

test('every promise is found broken when it is', async () => {
  await addLines(database.db, [{ buyer: ADA }, { buyer: BEN }, { buyer: CHLOE }, { buyer: DEV }, { buyer: EVE }])
  await openOutreach(database, AT)
  const breaking: Record<string, string> = {
    'outreach.one-notice-per-buyer': `delete from outreach.notices where buyer_id = '${ADA}'`,
    'outreach.reach-adds-up': `delete from outreach.notices where buyer_id = '${ADA}'`,
    'outreach.units-agree': `update outreach.notices set units = units + 1 where buyer_id = '${BEN}'`,
    'outreach.lines-counted-once': `insert into supply.interceptions (buyer_id, order_id, line_no, campaign_id, listing_id, centre_id, lot, units, amount_minor, currency, intercepted_at)
                                    values ('${CHLOE}', 'O-${CHLOE}', 1, 'X', '${BLUE_PAIR}', '', '', 2, 1999, 'USD', now())`,
    'outreach.delivered-was-taken': `update outreach.notices set state = 'delivered' where buyer_id = '${DEV}'`,
    'outreach.unreachable-after-every-channel': `update outreach.notices set state = 'unreachable' where buyer_id = '${EVE}'`,
    'outreach.administrators-told-by-a-message': `insert into outreach.account_notices (administrator_id, campaign_id, account_notice_id, buyers, units, answer, telling, attempts, created_at, state, state_at, state_reason)
                                                  values ('${EVE}', '${CUPKIN_ID}', gen_random_uuid(), 1, 2, 'affected', 1, 1, now(), 'told', now(), '')`,
    'outreach.checks-agree-with-lines': `insert into outreach.line_checks values ('${ADA}', 'C-0', 'O-${ADA}', 1, 1, now(), 'buyer:${ADA}', '{}', 1, 'no')`,
    'outreach.nobody-skipped': `update outreach.wave_buckets set done_at = now()`,
    'outreach.told-once-in-a-wave': `${saysSeller(EVE, `now() + interval '1 day'`)};
      insert into outreach.deliveries (buyer_id, campaign_id, wave, channel, attempt, started_at, ended_at, outcome)
      values ('${EVE}', '${CUPKIN_ID}', 1, 'email', 1, now(), now(), 'accepted')`,
    'outreach.no-wait-for-a-seller': `${saysSeller(EVE, `now() - interval '2 hours'`)}; update outreach.wave_buckets set done_at = now()`,
    'outreach.sellers-speak-of-their-own': saysSeller(EVE, `now() + interval '1 day'`),
  }
  await promisesHold()
  for (const invariant of outreachInvariants) {
    const undo = new Error('undo')
    const broken = transaction(database, async (tx) => {
      await tx.client.query(breaking[invariant.name]!)
      assert.ok((await invariant.check(tx.db)).length > 0, invariant.name)
      throw undo
    })
    await assert.rejects(broken, undo)
  }
})
