import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { transaction } from '../platform/db.ts'
import { testDatabase } from '../../test/database.ts'
import type { Account } from './ledger.ts'
import { selectBalances } from './queries.ts'
import { sellable } from './sellable.ts'
import { releaseListings } from './stop.ts'
import { release, stopAndHold } from '../../test/stop-and-hold.ts'
import { addLine, addListing, brokenPromises, MEMPHIS, openMarketplace, RENO, setLineState, setStock } from '../../test/world.ts'
import { supplyInvariants } from './index.ts'

const database = await testDatabase()
const { db } = database
const AT = new Date('2023-07-21T09:00:00Z')
const LATER = new Date('2023-08-01T09:00:00Z')

await openMarketplace(db)

async function account(listingId: string): Promise<Partial<Record<Account, number>>> {
  const total: Partial<Record<Account, number>> = {}
  for (const { balance } of await selectBalances(db, { listingIds: [listingId] })) {
    for (const [name, units] of Object.entries(balance)) if (units !== 0) total[name as Account] = (total[name as Account] ?? 0) + units
  }
  return total
}

describe('releasing a listing', () => {
  const nothing = { listings: 0, units: 0, passedOn: 0 }

  it('refuses a release whose statement is not whole, and does nothing where no stop stands', async () => {
    await addListing(db, 'F0')
    const statement = { what: 'Free.', why: ' ', stock: 'Free.', stays: 'All.', redress: 'Ask.' }
    await assert.rejects(
      transaction(database, (tx) =>
        releaseListings(tx, { campaignId: 'C1', releases: [{ listingId: 'F0', statement }], actor: 'officer:o1', at: AT }),
      ),
      /release of listing F0 lacks why/,
    )
    assert.deepEqual(await release(database, 'C1', ['F0', 'nobody'], AT), nothing)
    await stopAndHold(database, 'C1', ['F0'], AT)
    assert.deepEqual(await release(database, 'C2', ['F0'], LATER), nothing)
    assert.equal((await sellable(db, ['F0']))[0]?.sellable, false)
  })

  it('frees what was held by centre and lot, once, and leaves orders taken back', async () => {
    await addListing(db, 'F1', { packUnits: 2 })
    await setStock(db, 'F1', MEMPHIS, '', 5)
    await setStock(db, 'F1', RENO, 'A', 10)
    await addLine(db, { buyer: 'b1', order: 'f1-open', listing: 'F1', quantity: 3, state: 'open', centre: RENO, lot: 'A' })
    await addLine(db, { buyer: 'b2', order: 'f1-shipped', listing: 'F1', state: 'shipped' })
    await stopAndHold(database, 'C1', ['F1'], AT)
    assert.deepEqual(await account('F1'), { received: 38, held: 36, with_consumers: 2 })
    assert.deepEqual(await release(database, 'C1', ['F1'], LATER), { listings: 1, units: 36, passedOn: 0 })
    assert.deepEqual(await release(database, 'C1', ['F1'], LATER), nothing)
    assert.deepEqual(await account('F1'), { received: 38, sellable: 36, with_consumers: 2 })
    assert.equal((await sellable(db, ['F1']))[0]?.sellable, true)
    const { rows } = await sql<{ entry_key: string; units: number }>`
      select entry_key, units from supply.unit_entries where listing_id = 'F1' and entry_key like 'release:%' order by 1`.execute(db)
    assert.deepEqual(rows, [
      { entry_key: 'release:1:MEM%3A1:', units: 10 },
      { entry_key: 'release:1:RNO1:A', units: 26 },
    ])
    const taken = await sql`select 1 from supply.interceptions_view where listing_id = 'F1'`.execute(db)
    assert.equal(taken.rows.length, 1)
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
  })

  it('is followed by a new stop, which holds what is still there and books away what was sold meanwhile', async () => {
    await setLineState(db, 'f1-open', 'cancelled')
    await setStock(db, 'F1', RENO, 'A', 11)
    await setStock(db, 'F1', MEMPHIS, '', 0)
    await addLine(db, { buyer: 'b3', order: 'f1-after', listing: 'F1', quantity: 7, state: 'shipped', at: '2023-08-02T00:00:00Z' })
    const again = await stopAndHold(database, 'C1', ['F1'], new Date('2023-08-03T09:00:00Z'))
    assert.deepEqual([again.stopped.listings, again.held.units, again.intercepted.lines], [1, 22, 0])
    assert.deepEqual(await account('F1'), { received: 38, held: 22, with_consumers: 16 })
    const { rows } = await sql<{ stop_no: number; standing: boolean }>`
      select stop_no, released_at is null as standing from supply.stops_view where listing_id = 'F1'`.execute(db)
    assert.deepEqual(rows, [{ stop_no: 2, standing: true }])
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
  })

  it('passes what it held to the stop that still stands, there and back', async () => {
    await addListing(db, 'F2')
    await setStock(db, 'F2', RENO, '', 40)
    await addLine(db, { buyer: 'b1', order: 'f2-open', listing: 'F2', state: 'open', centre: RENO })
    await stopAndHold(database, 'C1', ['F2'], AT)
    await stopAndHold(database, 'C2', ['F2'], LATER)
    await setStock(db, 'F2', RENO, '', 45)
    await stopAndHold(database, 'C2', ['F2'], LATER)
    const holders = async () => {
      const { rows } = await sql<{ campaign_id: string; units: number }>`
        select campaign_id, units from supply.holds_view where listing_id = 'F2' order by 1`.execute(db)
      return rows.map((row) => [row.campaign_id, row.units])
    }
    assert.deepEqual(await holders(), [['C1', 40], ['C2', 5]]) // prettier-ignore
    assert.deepEqual(await release(database, 'C1', ['F2'], LATER), { listings: 1, units: 0, passedOn: 40 })
    assert.deepEqual([await holders(), await account('F2')], [[['C2', 45]], { received: 46, held: 46 }])
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
    await stopAndHold(database, 'C1', ['F2'], LATER)
    assert.deepEqual(await release(database, 'C2', ['F2'], LATER), { listings: 1, units: 0, passedOn: 45 })
    await stopAndHold(database, 'C2', ['F2'], LATER)
    assert.deepEqual(await release(database, 'C1', ['F2'], LATER), { listings: 1, units: 0, passedOn: 45 })
    assert.deepEqual(await release(database, 'C2', ['F2'], LATER), { listings: 1, units: 46, passedOn: 0 })
    assert.deepEqual(await account('F2'), { received: 46, sellable: 46 })
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
  })

  it('frees each unit once when two let go at the same time, and keeps the books whole when one stops meanwhile', async () => {
    await addListing(db, 'F3')
    await setStock(db, 'F3', RENO, '', 40)
    for (const campaign of ['C1', 'C2']) await stopAndHold(database, campaign, ['F3'], AT)
    const freed = await Promise.all(['C1', 'C2', 'C1', 'C2'].map((campaign) => release(database, campaign, ['F3'], LATER)))
    assert.equal(freed.reduce((sum, each) => sum + each.units, 0), 40) // prettier-ignore
    await Promise.all([
      stopAndHold(database, 'C1', ['F3'], LATER),
      release(database, 'C1', ['F3'], LATER),
      stopAndHold(database, 'C2', ['F3'], LATER),
    ])
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
    assert.equal((await sellable(db, ['F3']))[0]?.sellable, false)
  })
})
