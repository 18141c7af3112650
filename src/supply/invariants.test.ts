/** Each promise is broken by hand once: a check that cannot fail proves nothing. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { testDatabase } from '../../test/database.ts'
import { stopAndHold } from '../../test/stop-and-hold.ts'
import { addLine, addListing, brokenPromises, openMarketplace, RENO, setLineState, setStock } from '../../test/world.ts'
import { supplyInvariants } from './index.ts'

const database = await testDatabase()
const { db } = database
const AT = new Date('2023-07-21T09:00:00Z')

await openMarketplace(db)
await addListing(db, 'L1', { packUnits: 2 })
await setStock(db, 'L1', RENO, '', 10)
await addLine(db, { buyer: 'b1', order: 'o-open', listing: 'L1', state: 'open', centre: RENO })
await addLine(db, { buyer: 'b1', order: 'o-shipped', listing: 'L1', state: 'shipped' })
await stopAndHold(database, 'C1', ['L1'], AT)

/** Breaks, looks, mends. */
async function broken(harm: () => Promise<unknown>, mend: () => Promise<unknown>): Promise<string[]> {
  await harm()
  const found = await brokenPromises(db, supplyInvariants)
  await mend()
  assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
  return found
}

describe('the promises of supply', () => {
  it('hold after a stop', async () => {
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
  })

  it('see an order placed after the stop, open or shipped, but not a cancelled one', async () => {
    async function orderAfter(state: 'open' | 'shipped' | 'cancelled'): Promise<string[]> {
      return await broken(
        () => addLine(db, { buyer: 'b2', order: 'o-after', listing: 'L1', state, at: '2023-07-21T09:00:01Z' }),
        () => sql`delete from catalog.order_lines where order_id = 'o-after'`.execute(db),
      )
    }
    assert.match(
      (await orderAfter('open')).join(),
      /zero-escape: Listing L1 was ordered at 2023-07-21.*order o-after.*still open and was not taken back/,
    )
    assert.match((await orderAfter('shipped')).join(), /zero-escape: Listing L1 was ordered at 2023-07-21/)
    assert.deepEqual(await orderAfter('cancelled'), [])
  })

  it('see a line that shipped although it was taken back', async () => {
    const found = await broken(
      () => setLineState(db, 'o-open', 'shipped'),
      () => setLineState(db, 'o-open', 'open'),
    )
    assert.deepEqual(found, ['supply.zero-escape: Order o-open, line 1, of listing L1 was taken back and shipped all the same.'])
  })

  it('see held stock that left its shelf', async () => {
    const found = await broken(
      () => setStock(db, 'L1', RENO, '', 8),
      () => setStock(db, 'L1', RENO, '', 10),
    )
    assert.deepEqual(found, ['supply.stock-in-place: Listing L1, centre RNO1, lot not told: 20 units are held, but 16 lie on the shelf.'])
  })

  it('see a hold without a posting, a posting without rows, and an account that owes units', async () => {
    assert.match(
      (
        await broken(
          () => sql`update supply.holds set units = 19 where listing_id = 'L1'`.execute(db),
          () => sql`update supply.holds set units = 20 where listing_id = 'L1'`.execute(db),
        )
      ).join(),
      /units-conserved: Listing L1, lot not told: the ledger has 22 units held, the rows say 21/,
    )
    const found = await broken(
      () =>
        sql`insert into supply.unit_entries
                   (listing_id, entry_key, lot, from_account, to_account, units, campaign_id, posted_at, posted_by)
            values ('L1', 'wrong', '', 'sellable', 'with_consumers', 5, 'C1', ${AT}, 'cli')`.execute(db),
      () => sql`delete from supply.unit_entries where entry_key = 'wrong'`.execute(db),
    )
    assert.deepEqual(found.toSorted(), [
      'supply.units-conserved: Listing L1, lot not told: the account sellable is -5 units.',
      'supply.units-conserved: Listing L1, lot not told: the ledger has 7 units with consumers, the rows say 2.',
    ])
  })

  it('see units that are held without a stop, a release before its stop, and a stop beside a standing one', async () => {
    const stop = sql`insert into supply.stop_releases (listing_id, campaign_id, stop_no, released_at, released_by, reason)
                     values ('L1', 'C1', 1, '2023-07-20Z', 'officer:o1', 'By hand.')`
    const found = await broken(
      () => stop.execute(db),
      () => sql`delete from supply.stop_releases`.execute(db),
    )
    assert.deepEqual(found.toSorted(), [
      'supply.held-under-stops: Listing L1, lot not told: 22 units are held, but no stop stands on it.',
      'supply.held-under-stops: Listing L1: campaign C1 holds 20 units, but its stop does not stand.',
      'supply.releases-follow-stops: Listing L1, campaign C1: stop number 1 was released before it was placed.',
    ])
    const twice = await broken(
      () => sql`insert into supply.stops select listing_id, campaign_id, placed_at, placed_by, statement, 3 from supply.stops`.execute(db),
      () => sql`delete from supply.stops where stop_no = 3`.execute(db),
    )
    assert.deepEqual(twice, [
      'supply.releases-follow-stops: Listing L1, campaign C1: stop number 3 follows no stop with the number before.',
      'supply.releases-follow-stops: Listing L1, campaign C1: stop number 3 was placed while the one before it stood.',
    ])
  })

  it('see each element that a statement lacks', async () => {
    for (const element of [
      'restriction',
      'what',
      'scope_territory',
      'until',
      'facts',
      'found_by',
      'automated',
      'ground',
      'reasons',
      'redress',
    ]) {
      const { rows } = await sql<{ statement: object }>`select statement from supply.stops`.execute(db)
      const found = await broken(
        () => sql`update supply.stops set statement = statement - ${element}::text`.execute(db),
        () => sql`update supply.stops set statement = ${JSON.stringify(rows[0]!.statement)}::jsonb`.execute(db),
      )
      assert.deepEqual(found, [
        `supply.reasons-given: The stop of listing L1 by campaign C1 has a statement of reasons without ${element}.`,
      ])
    }
  })
})
