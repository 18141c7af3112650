import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { brokenAuditEntry } from '../platform/audit.ts'
import { transaction, type Tx } from '../platform/db.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { outreachInvariants } from '../outreach/index.ts'
import { remedyInvariants } from '../remedies/index.ts'
import { sellable, supplyInvariants } from '../supply/index.ts'
import { testDatabase } from '../../test/database.ts'
import { addLine, addListing, addMatch, addRecall, setStock } from '../../test/small-catalogue.ts'
import { decide } from '../matching/index.ts'
import { campaignInvariants } from './queries-invariants.ts'
import { openCampaign, type CampaignOrder } from './open-campaign.ts'

const database = await testDatabase()
const { db } = database
const AT = new Date('2023-07-14T09:00:00Z')
const enqueued: { name: string; data: object }[] = []
const enqueue: Enqueue = async (_tx, name, data) => void enqueued.push({ name, data })
const deps = { database, enqueue }
const order: CampaignOrder = {
  recallId: 'CPSC-23774',
  actor: 'officer:o1',
  reason: 'Lead above the limit.',
  remedies: { options: ['refund'], proof: 'photo_of_destruction' },
  at: AT,
}

async function brokenPromises(): Promise<string[]> {
  const all = [...supplyInvariants, ...outreachInvariants, ...remedyInvariants, ...campaignInvariants]
  return (await Promise.all(all.map(async ({ name, check }) => (await check(db)).map((violation) => `${name}: ${violation}`)))).flat()
}

/** How many rows each table has that opening a campaign writes. */
async function written(): Promise<Record<string, number>> {
  const tables = ['campaigns.campaigns', 'campaigns.steps', 'supply.stops', 'supply.holds', 'supply.interceptions', 'supply.unit_entries',
                  'outreach.briefs', 'outreach.affected_lines', 'outreach.notices', 'outreach.waves', 'outreach.wave_buckets', 'remedies.offers',
                  'platform.audit_log'] // prettier-ignore
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)
    if (rows[0]!.n > 0) counts[table] = rows[0]!.n
  }
  return counts
}

async function refused(differs: Partial<CampaignOrder>): Promise<string> {
  const opened = await openCampaign(deps, { ...order, ...differs })
  assert.ok(!opened.ok)
  return `${opened.problem.code} ${opened.problem.field}: ${opened.problem.message}`
}

// Two listings affected, of pairs and singles; one ruled affected by a person, one ruled out, one in review, one never matched.
await addRecall(database, '23774')
for (const [listingId, packUnits] of [['A', 2], ['B', 1], ['R', 1], ['OUT', 1], ['REVIEW', 1], ['SAFE', 1]] as const) await addListing(db, listingId, packUnits) // prettier-ignore
for (const listingId of ['A', 'B', 'R', 'OUT', 'REVIEW', 'SAFE']) await setStock(db, listingId, 'RNO1', '', 10)
await addLine(db, { buyerId: 'ann', orderId: '1', listingId: 'A', quantity: 3, state: 'shipped' })
await addLine(db, { buyerId: 'ann', orderId: '2', listingId: 'B', state: 'shipped' })
await addLine(db, { buyerId: 'ben', orderId: '3', listingId: 'A', state: 'shipped', orderedAt: '2017-12-31T23:59:59Z' })
await addLine(db, { buyerId: 'ben', orderId: '4', listingId: 'A', state: 'open', orderedAt: '2023-07-14T08:00:00Z', centreId: 'RNO1' })
await addLine(db, { buyerId: 'cem', orderId: '5', listingId: 'R', state: 'shipped' })
await addLine(db, { buyerId: 'dee', orderId: '6', listingId: 'REVIEW', state: 'shipped' })
await addLine(db, { buyerId: 'dee', orderId: '7', listingId: 'OUT', state: 'open' })
await addLine(db, { buyerId: 'dee', orderId: '8', listingId: 'A', state: 'cancelled' })

describe('opening a campaign', () => {
  it('refuses what it cannot execute, and writes nothing', async () => {
    assert.match(await refused({ recallId: 'CPSC-1' }), /^not_found recall_id: There is no recall CPSC-1\./)
    assert.match(await refused({ reason: ' \n' }), /^invalid reason: Say why/)
    assert.match(await refused({ reason: 'x'.repeat(4_001) }), /^invalid reason: .*at most 4000/)
    assert.match(await refused({ remedies: { options: [], proof: 'none' } }), /^invalid remedies.options: Choose at least one/)
    assert.match(
      await refused({ remedies: { options: ['refund', 'repair'], proof: 'none' } }),
      /^invalid remedies.options: The recall does not offer repair. It offers refund, dispose\./,
    )
    assert.match(await refused({ remedies: { options: ['none'], proof: 'none' } }), /does not offer none/)
    assert.match(await refused({ remedies: { options: ['gift'], proof: 'none' } }), /^invalid remedies.options: gift is no remedy we know/)
    assert.match(await refused({ remedies: { options: ['refund'], proof: 'oath' } }), /^invalid remedies.proof: .*not oath/)
    assert.match(await refused({}), /^conflict recall_id: No listing is affected by CPSC-23774/)
    assert.deepEqual(await written(), {})
    assert.deepEqual(enqueued, [])
  })

  it('leaves nothing behind when it breaks at any step', async () => {
    await addMatches()
    for (const table of [
      'supply.stops',
      'supply.unit_entries',
      'supply.holds',
      'supply.interceptions',
      'outreach.briefs',
      'remedies.offers',
      'outreach.affected_lines',
      'outreach.notices',
      'outreach.waves',
      'campaigns.steps',
      'platform.audit_log',
    ]) {
      // prettier-ignore
      await sql`create function public.break() returns trigger language plpgsql as $$ begin raise exception 'broken on purpose'; end $$;`.execute(db)
      await sql`create trigger break before insert on ${sql.table(table)} for each statement execute function public.break()`.execute(db)
      await assert.rejects(openCampaign(deps, order), /broken on purpose/, table)
      await sql`drop function public.break cascade`.execute(db)
      assert.deepEqual([table, await written()], [table, {}])
    }
    await assert.rejects(openCampaign({ ...deps, enqueue: async () => Promise.reject(new Error('no queue')) }, order), /no queue/)
    assert.deepEqual(await written(), {})
    assert.equal((await sellable(db, ['A']))[0]?.sellable, true)
  })

  it('leaves nothing behind when its connection is cut in the middle', async () => {
    const cut: Enqueue = async (tx: Tx) => {
      const { rows } = await tx.client.query<{ pid: number }>('select pg_backend_pid() as pid')
      await database.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
      await tx.client.query('select 1')
    }
    await assert.rejects(openCampaign({ database, enqueue: cut }, order))
    assert.deepEqual(await written(), {})
  })

  it('stops, holds, takes back, finds and tells, in one commit', async () => {
    enqueued.length = 0
    const opened = await openCampaign(deps, order)
    assert.deepEqual(opened, {
      ok: true,
      value: {
        campaignId: 'CPSC-23774',
        counts: {
          listingsStopped: 3,
          heldUnits: 40,
          interceptedLines: 1,
          interceptedUnits: 2,
          affectedLines: 3,
          affectedUnits: 8,
          possibleUnits: 0,
          buyers: 2,
          notices: 2,
        },
      },
    })
    assert.deepEqual(enqueued, [{ name: 'outreach.send-wave', data: { campaignId: 'CPSC-23774', wave: 1 } }])
    const answers = await sellable(db, ['A', 'B', 'R', 'OUT', 'REVIEW', 'SAFE'])
    assert.deepEqual(
      answers.map((each) => each.sellable),
      [false, false, false, true, true, true],
    )
    assert.deepEqual(await brokenPromises(), [])
    assert.equal(await brokenAuditEntry(db), null)
  })

  it('writes the timeline and the audit entry', async () => {
    const { rows } = await sql<{ step_no: number; step: string; actor: string; at: Date; counts: Record<string, number> }>`
      select step_no, step, actor, at, counts from campaigns.steps order by step_no`.execute(db)
    assert.deepEqual(
      rows.map((row) => [row.step_no, row.step, row.counts]),
      [
        [1, 'opened', { revision: 1 }],
        [2, 'listings_stopped', { listings: 3 }],
        [3, 'stock_held', { listings: 3, centres: 1, units: 40 }],
        [4, 'orders_intercepted', { lines: 1, units: 2 }],
        [5, 'lines_found', { lines: 3, affected_units: 8, possible_units: 0, buyers: 2 }],
        [6, 'notices_made', { notices: 2 }],
        [7, 'wave_started', { wave: 1, buckets: 2 }],
      ],
    )
    assert.ok(rows.every((row) => row.actor === 'officer:o1' && row.at.getTime() === AT.getTime()))
    const log = await sql<{
      action: string
      subject: string
      detail: object
    }>`select action, subject, detail from platform.audit_log`.execute(db)
    assert.deepEqual(
      log.rows.map((row) => [row.action, row.subject]),
      [['campaigns.opened', 'campaign:CPSC-23774']],
    )
  })

  it('tells each seller the match’s reasons, and who found the listing', async () => {
    const { rows } = await sql<{ listing_id: string; statement: { found_by: string; automated: boolean; reasons: object[] } }>`
      select listing_id, statement from supply.stops order by listing_id`.execute(db)
    const brand = { field: 'brand_same', weight: 9.5, text: 'Both say CUPKIN.' }
    assert.deepEqual(
      rows.map(({ listing_id, statement: { found_by, automated, reasons } }) => ({ listing_id, found_by, automated, reasons })),
      [
        { listing_id: 'A', found_by: 'rule', automated: true, reasons: [brand] },
        { listing_id: 'B', found_by: 'rule', automated: true, reasons: [brand] },
        {
          listing_id: 'R',
          found_by: 'person',
          automated: false,
          reasons: [{ field: 'ruling', text: 'The photograph shows them.', weight: 0 }, brand],
        },
      ],
    )
  })

  it('refuses the second opening and names the first; of many at once, one opens', async () => {
    assert.match(
      await refused({}),
      /^conflict recall_id: The campaign CPSC-23774 is open already, since 2023-07-14T09:00:00.000Z, by officer:o1\./,
    )
    await addRecall(database, '23775')
    await addListing(db, 'Z')
    await addMatch(db, 'CPSC-23775', 'Z', 'affected')
    const openings = await Promise.all(Array.from({ length: 4 }, () => openCampaign(deps, { ...order, recallId: 'CPSC-23775' })))
    assert.deepEqual(openings.map((each) => (each.ok ? 'opened' : each.problem.code)).toSorted(), [
      'conflict',
      'conflict',
      'conflict',
      'opened',
    ])
    assert.deepEqual(await brokenPromises(), [])
  })

  it('opens without a wave where no buyer is affected, and with no remedy for a warning that offers none', async () => {
    await addRecall(database, '23776', { kind: 'safety_alert', remedies: [] })
    await addListing(db, 'Y')
    await addMatch(db, 'CPSC-23776', 'Y', 'affected')
    enqueued.length = 0
    const opened = await openCampaign(deps, { ...order, recallId: 'CPSC-23776', remedies: { options: ['none'], proof: 'none' } })
    assert.equal(opened.ok && opened.value.counts.notices, 0)
    assert.deepEqual(enqueued, [])
    assert.deepEqual(await brokenPromises(), [])
  })
})

async function addMatches(): Promise<void> {
  await addMatch(db, 'CPSC-23774', 'A', 'affected')
  await addMatch(db, 'CPSC-23774', 'B', 'affected')
  await addMatch(db, 'CPSC-23774', 'R', 'possibly')
  await addMatch(db, 'CPSC-23774', 'OUT', 'affected')
  await addMatch(db, 'CPSC-23774', 'REVIEW', 'possibly')
  await transaction(database, async (tx) => {
    const by = { recallId: 'CPSC-23774', actor: 'officer:o2', at: AT }
    assert.ok((await decide(tx, { ...by, listingId: 'R', ruling: 'affected', reason: 'The photograph shows them.' })).ok)
    assert.ok((await decide(tx, { ...by, listingId: 'OUT', ruling: 'no', reason: 'Another maker.' })).ok)
  })
}
