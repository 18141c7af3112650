import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { transaction } from '../platform/db.ts'
import { testDatabase } from '../../test/database.ts'
import { balanceOf, emptyBalance, entryKey, isConserved, POSTINGS, type Account, type Posting } from './ledger.ts'
import { selectBalances } from './queries.ts'
import { sellable } from './sellable.ts'
import { holdStock, stopListings } from './stop.ts'
import { release, statementFor, stopAndHold } from '../../test/stop-and-hold.ts'
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

describe('stopping a listing', () => {
  it('refuses a stop whose statement of reasons is not whole', async () => {
    const statement = { ...statementFor('L0'), redress: '' }
    await assert.rejects(
      transaction(database, (tx) =>
        stopListings(tx, { campaignId: 'C0', stops: [{ listingId: 'L0', statement }], actor: 'officer:o1', at: AT }),
      ),
      /listing L0 lacks redress/,
    )
  })

  it('is never a yes for a listing that nobody knows, and a no from the commit on', async () => {
    await addListing(db, 'L1')
    assert.deepEqual(await sellable(db, ['L1', 'nobody', 'L1']), [
      { listingId: 'L1', sellable: true, stops: [], gates: [] },
      { listingId: 'nobody', sellable: null, stops: [], gates: [] },
    ])
    await assert.rejects(
      transaction(database, async (tx) => {
        await stopListings(tx, {
          campaignId: 'C1',
          stops: [{ listingId: 'L1', statement: statementFor('L1') }],
          actor: 'officer:o1',
          at: AT,
        })
        assert.equal((await sellable(db, ['L1']))[0]?.sellable, true)
        throw new Error('given up')
      }),
      /given up/,
    )
    assert.equal((await sellable(db, ['L1']))[0]?.sellable, true)
    await stopAndHold(database, 'C1', ['L1'], AT)
    const [answer] = await sellable(db, ['L1'])
    assert.equal(answer?.sellable, false)
    assert.deepEqual(answer?.stops, [{ campaignId: 'C1', since: AT, reason: statementFor('L1').what }])
  })

  it('stays while one of two stops is released', async () => {
    await addListing(db, 'L2')
    await stopAndHold(database, 'C1', ['L2'], AT)
    await stopAndHold(database, 'C2', ['L2'], LATER)
    await release(database, 'C1', ['L2'], LATER)
    assert.deepEqual(
      (await sellable(db, ['L2'])).map((each) => [each.sellable, each.stops.map((stop) => stop.campaignId)]),
      [[false, ['C2']]],
    )
    await release(database, 'C2', ['L2'], LATER)
    assert.equal((await sellable(db, ['L2']))[0]?.sellable, true)
  })
})

describe('holding stock and taking back open orders', () => {
  it('books every unit of a listing that sells pairs, by lot', async () => {
    await addListing(db, 'P1', { packUnits: 2 })
    await setStock(db, 'P1', MEMPHIS, '', 50)
    await setStock(db, 'P1', RENO, 'A:1', 10)
    await setStock(db, 'P1', RENO, '', 0)
    await addLine(db, { buyer: 'b1', order: 'p1-open', listing: 'P1', quantity: 2, state: 'open', centre: MEMPHIS })
    await addLine(db, { buyer: 'b2', order: 'p1-shipped', listing: 'P1', quantity: 3, state: 'shipped', lot: 'A:1' })
    await addLine(db, { buyer: 'b3', order: 'p1-cancelled', listing: 'P1', state: 'cancelled' })
    assert.deepEqual(await stopAndHold(database, 'C3', ['P1'], AT), {
      stopped: { listings: 1 },
      held: { listings: 1, centres: 2, units: 120 },
      intercepted: { lines: 1, units: 4 },
    })
    assert.deepEqual(await account('P1'), { received: 130, held: 124, with_consumers: 6 })
    const entries = await sql<{ entry_key: string }>`
      select entry_key from supply.unit_entries where listing_id = 'P1' and lot = 'A:1' order by entry_key`.execute(db)
    assert.deepEqual(
      entries.rows.map((row) => row.entry_key),
      ['hold:1:RNO1:A:1', 'opening:sellable:1:RNO1:A:1', 'opening:with_consumers:1::A:1'],
    )
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
  })

  it('does nothing the second time, for the same campaign and for another', async () => {
    const nothing = { held: { listings: 0, centres: 0, units: 0 }, intercepted: { lines: 0, units: 0 } }
    const before = await account('P1')
    assert.deepEqual(await stopAndHold(database, 'C3', ['P1'], LATER), { stopped: { listings: 0 }, ...nothing })
    assert.deepEqual(await stopAndHold(database, 'C4', ['P1'], LATER), { stopped: { listings: 1 }, ...nothing })
    assert.deepEqual(await account('P1'), before)
  })

  it('holds what arrives later, and does not take cancelled units for new ones when they come back to the shelf', async () => {
    await setStock(db, 'P1', MEMPHIS, '', 52)
    await setLineState(db, 'p1-open', 'cancelled')
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
    assert.equal((await stopAndHold(database, 'C3', ['P1'], LATER)).held.units, 0)
    await setStock(db, 'P1', MEMPHIS, '', 55)
    assert.match(
      (await brokenPromises(db, supplyInvariants)).join(),
      /stock-in-place: Listing P1, centre MEM:1, lot not told: 100 units are held, but 110 lie on the shelf/,
    )
    assert.equal((await stopAndHold(database, 'C3', ['P1'], LATER)).held.units, 6)
    assert.deepEqual(await account('P1'), { received: 136, held: 130, with_consumers: 6 })
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
  })

  it('holds what arrives while taken-back units are still on their way to the shelf', async () => {
    await addListing(db, 'P4')
    await setStock(db, 'P4', RENO, 'A', 10)
    await addLine(db, { buyer: 'b1', order: 'p4-open', listing: 'P4', quantity: 3, state: 'open', centre: RENO, lot: 'A' })
    await stopAndHold(database, 'C3', ['P4'], AT)
    await setStock(db, 'P4', RENO, 'A', 12)
    assert.equal((await stopAndHold(database, 'C3', ['P4'], LATER)).held.units, 2)
    assert.deepEqual(await account('P4'), { received: 15, held: 15 })
  })

  it('follows lines that the marketplace tells late or takes back', async () => {
    await addLine(db, { buyer: 'b4', order: 'p1-late', listing: 'P1', quantity: 5, state: 'shipped' })
    await setLineState(db, 'p1-shipped', 'cancelled')
    assert.match(
      (await brokenPromises(db, supplyInvariants)).join(),
      /units-conserved: Listing P1, lot not told: the ledger has 0 units with consumers, the rows say 10/,
    )
    await stopAndHold(database, 'C3', ['P1'], LATER)
    assert.deepEqual(await account('P1'), { received: 140, held: 130, with_consumers: 10 })
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
  })

  it('holds each unit once when two campaigns come at the same time', async () => {
    await addListing(db, 'P2')
    await setStock(db, 'P2', RENO, '', 40)
    await addLine(db, { buyer: 'b1', order: 'p2-open', listing: 'P2', quantity: 3, state: 'open' })
    const both = await Promise.all(['C5', 'C6', 'C7'].map((campaign) => stopAndHold(database, campaign, ['P2'], AT)))
    assert.deepEqual(
      [both.reduce((sum, each) => sum + each.held.units, 0), both.reduce((sum, each) => sum + each.intercepted.units, 0)],
      [40, 3],
    )
    assert.deepEqual(await account('P2'), { received: 43, held: 43 })
    assert.deepEqual(await brokenPromises(db, supplyInvariants), [])
  })

  it('holds and takes back nothing for a campaign whose stop does not stand', async () => {
    await addListing(db, 'P5')
    await setStock(db, 'P5', RENO, '', 40)
    await stopAndHold(database, 'C5', ['P5'], AT)
    await setStock(db, 'P5', RENO, '', 50)
    const held = await transaction(database, (tx) =>
      holdStock(tx, { campaignId: 'C6', listingIds: ['P5'], actor: 'officer:o1', at: LATER }),
    )
    assert.equal(held.units, 0)
    assert.equal((await stopAndHold(database, 'C5', ['P5'], LATER)).held.units, 10)
  })
})

type Step =
  | { do: 'arrive'; listing: number; centre: string; lot: string; pieces: number }
  | { do: 'order'; listing: number; lot: string | null; pieces: number; state: 'open' | 'shipped' | 'cancelled' }
  | { do: 'cancel'; nth: number; back: boolean }
  | { do: 'campaign'; listings: number[]; campaign: number }
  | { do: 'release'; listings: number[]; campaign: number }

const lots = fc.constantFrom('', 'b:2')
const pieces = fc.integer({ min: 1, max: 50 })
const listing = fc.integer({ min: 0, max: 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('arrive' as const), listing, centre: fc.constantFrom(MEMPHIS, RENO, RENO), lot: lots, pieces }),
  fc.record({
    do: fc.constant('order' as const),
    listing,
    lot: fc.option(lots),
    pieces,
    state: fc.constantFrom('open' as const, 'shipped' as const, 'cancelled' as const),
  }),
  fc.record({ do: fc.constant('cancel' as const), nth: fc.nat({ max: 20 }), back: fc.boolean() }),
  fc.record({
    do: fc.constant('campaign' as const),
    listings: fc.uniqueArray(listing, { minLength: 1 }),
    campaign: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    do: fc.constant('release' as const),
    listings: fc.uniqueArray(listing, { minLength: 1 }),
    campaign: fc.integer({ min: 1, max: 3 }),
  }),
)

/** What holds at every moment; the other promises wait for the sweep that brings late news of the marketplace into the books. */
const ALWAYS = supplyInvariants.filter(({ name }) => ['supply.held-under-stops', 'supply.releases-follow-stops'].includes(name))

describe('any sequence of stock, orders, campaigns and releases', () => {
  it('conserves units, escapes none, and the ledger in SQL is the ledger of the rules', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        run++
        const listings = [0, 1].map((n) => `R${run}-${n}`)
        for (const [n, listingId] of listings.entries()) await addListing(db, listingId, { packUnits: n + 1 })
        for (const [n, each] of steps.entries()) {
          await perform(`R${run}`, listings, n, each)
          if (each.do === 'campaign' || each.do === 'release') assert.deepEqual(await brokenPromises(db, ALWAYS), [])
        }
        // Whatever came last, a sweep by one campaign over all brings ledger and catalogue together; a second one changes nothing.
        await stopAndHold(database, `R${run}-9`, listings, AT)
        assert.deepEqual(
          (await brokenPromises(db, supplyInvariants)).filter((violation) => violation.includes(`R${run}-`)),
          [],
        )
        const again = await stopAndHold(database, `R${run}-9`, listings, LATER)
        assert.deepEqual([again.held.units, again.intercepted.units], [0, 0])
        for (const listingId of listings) await assertLedger(listingId)
        // All stops end: nothing is held any more, and a new stop finds every unit where the catalogue has it.
        for (const campaign of [1, 2, 3, 9]) await release(database, `R${run}-${campaign}`, listings, LATER)
        assert.deepEqual((await selectBalances(db, { listingIds: listings })).filter(({ balance }) => balance.held !== 0), []) // prettier-ignore
        await stopAndHold(database, `R${run}-9`, listings, LATER)
        assert.deepEqual(
          (await brokenPromises(db, supplyInvariants)).filter((violation) => violation.includes(`R${run}-`)),
          [],
        )
      }),
      { numRuns: 40 },
    )
  })
})

async function perform(run: string, listings: string[], n: number, each: Step): Promise<void> {
  if (each.do === 'campaign') {
    await stopAndHold(
      database,
      `${run}-${each.campaign}`,
      each.listings.map((index) => listings[index]!),
      AT,
    )
  } else if (each.do === 'release') {
    await release(
      database,
      `${run}-${each.campaign}`,
      each.listings.map((index) => listings[index]!),
      LATER,
    )
  } else if (each.do === 'arrive') {
    await arrive(listings[each.listing]!, each.centre, each.lot, each.pieces)
  } else if (each.do === 'order') {
    const where = { centre: each.lot === null ? null : RENO, lot: each.lot }
    await addLine(db, {
      buyer: `b${n % 4}`,
      order: `${run}-${n}`,
      listing: listings[each.listing]!,
      quantity: each.pieces,
      state: each.state,
      ...where,
    })
  } else {
    // The marketplace cancels an open order, whether we took it back before or not, and its pieces return to their shelf, or not.
    const { rows } = await sql<{ listing_id: string; centre_id: string | null; lot: string | null; quantity: number }>`
      update catalog.order_lines set state = 'cancelled' where order_id = ${`${run}-${each.nth}`} and state = 'open'
      returning listing_id, centre_id, lot, quantity`.execute(db)
    const line = rows[0]
    if (line !== undefined && each.back && line.centre_id !== null)
      await arrive(line.listing_id, line.centre_id, line.lot ?? '', line.quantity)
  }
}

async function arrive(listingId: string, centreId: string, lot: string, more: number): Promise<void> {
  const { rows } = await sql<{ quantity: number }>`
    select quantity from catalog.stock where listing_id = ${listingId} and centre_id = ${centreId} and lot = ${lot}`.execute(db)
  await setStock(db, listingId, centreId, lot, (rows[0]?.quantity ?? 0) + more)
}

/** The view's balances are those of the pure rules over the entries; keys are those of `entryKey`, numbered from 1. */
async function assertLedger(listingId: string): Promise<void> {
  const { rows } = await sql<{ entry_key: string; centre_id: string; lot: string; from: Account; to: Account; units: number }>`
    select entry_key, centre_id, lot, from_account as "from", to_account as "to", units from supply.unit_entries where listing_id = ${listingId}`.execute(
    db,
  )
  const balances = await selectBalances(db, { listingIds: [listingId] })
  for (const { lot, balance } of balances) {
    assert.ok(isConserved(balance))
    assert.deepEqual(balance, { ...emptyBalance(), ...balanceOf(rows.filter((row) => row.lot === lot)) })
  }
  const keys = new Set(rows.map((row) => row.entry_key))
  for (const row of rows) {
    const kind = (Object.keys(POSTINGS) as Posting[]).find((each) => POSTINGS[each].from === row.from && POSTINGS[each].to === row.to)!
    const n = Number(row.entry_key.slice(kind.length + 1).split(':')[0])
    assert.equal(row.entry_key, entryKey(kind, n, row.centre_id, row.lot))
    assert.ok(n === 1 || keys.has(entryKey(kind, n - 1, row.centre_id, row.lot)))
  }
}
