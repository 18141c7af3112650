import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accountsShown, countsText, isSending, running, spread, stacked } from './figures.ts'
import type { Account, TimelineStep } from './types.ts'

function step(name: string, no: number): TimelineStep {
  return { step_no: no, step: name, at: '2026-11-14T08:00:00Z', actor: 'cli', counts: {} }
}

describe('the bars of a waterfall', () => {
  it('stand on the ends of those before and reach the whole', () => {
    const bars = stacked([
      { key: 'held', units: 30 },
      { key: 'in_transit', units: 0 },
      { key: 'with_consumers', units: 70 },
    ])
    assert.deepEqual(
      bars.map(({ start, end }) => [start, end]),
      [
        [0, 30],
        [30, 30],
        [30, 100],
      ],
    )
  })

  it('show the accounts a reader looks for, and others only where they hold units', () => {
    const accounts: Account[] = ['sellable', 'held', 'in_transit', 'with_consumers', 'returned', 'destroyed']
    const shown = accountsShown(accounts.map((account) => ({ account, units: account === 'destroyed' ? 5 : 0 })))
    assert.deepEqual(
      shown.map(({ account }) => account),
      ['sellable', 'held', 'in_transit', 'with_consumers', 'destroyed'],
    )
  })
})

describe('the response so far', () => {
  const days = [
    { day: '2026-11-16', acknowledged: 5, cases: 2, refunded: 0 },
    { day: '2026-11-14', acknowledged: 10, cases: 3, refunded: 1 },
  ]

  it('adds up day by day in the order of the calendar, quiet days included', () => {
    assert.deepEqual(running(days, '2026-11-14T08:00:00Z'), [
      { day: '2026-11-14', acknowledged: 10, cases: 3, refunded: 1 },
      { day: '2026-11-15', acknowledged: 10, cases: 3, refunded: 1 },
      { day: '2026-11-16', acknowledged: 15, cases: 5, refunded: 1 },
    ])
  })

  it('begins on the day of the opening', () => {
    assert.deepEqual(running([], '2026-11-14T23:59:00Z'), [{ day: '2026-11-14', acknowledged: 0, cases: 0, refunded: 0 }])
  })
})

describe('labels beside lines', () => {
  it('stay where they are when they are far apart', () => assert.deepEqual(spread([20, 60, 100], 16, 0, 200), [20, 60, 100]))
  it('move apart in their order', () => assert.deepEqual(spread([52, 50, 51], 16, 0, 200), [82, 50, 66]))
  it('stay inside the picture', () => assert.deepEqual(spread([198, 199, 200], 16, 0, 200), [168, 184, 200]))
})

describe('a campaign is sending', () => {
  it('from the start of a wave to its end', () => {
    assert.equal(isSending([step('opened', 1)]), false)
    assert.equal(isSending([step('opened', 1), step('wave_started', 2)]), true)
    assert.equal(isSending([step('wave_started', 1), step('wave_sent', 2)]), false)
    assert.equal(isSending([step('wave_started', 1), step('wave_sent', 2), step('wave_started', 3)]), true)
  })
})

describe('the counts of a step', () => {
  it('are said in one order, in the singular where there is one', () => {
    assert.equal(countsText({ units: 4722, centres: 1, listings: 24 }), '24 listings, 1 centre, 4,722 units')
    assert.equal(countsText({ affected_units: 2, lines: 1, possible_units: 0, buyers: 1 }), '1 line, 2 affected units, 1 buyer')
  })
  it('leave out what is no count of the campaign', () => assert.equal(countsText({ wave: 2, buckets: 254, accepted: 1155, note: 'x' }), 'wave 2, 1,155 accepted')) // prettier-ignore
})
