import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { balanceOf, emptyBalance, entryKey, isConserved, POSTINGS, shelfPostings, type Entry, type Posting } from './ledger.ts'

const kinds = Object.keys(POSTINGS) as Posting[]

describe('the ledger', () => {
  it('is not conserved where an account owes units or units came from nowhere', () => {
    assert.equal(isConserved({ ...emptyBalance(), held: 1 }), false)
    assert.equal(isConserved({ ...emptyBalance(), received: 1 }), false)
    assert.equal(isConserved(balanceOf([{ from: 'sellable', to: 'held', units: 3 }])), false)
    assert.equal(isConserved(emptyBalance()), true)
  })

  it('shows received as what came in, less what was taken back', () => {
    const balance = balanceOf([
      { from: 'received', to: 'with_consumers', units: 7 },
      { from: 'with_consumers', to: 'received', units: 2 },
    ])
    assert.deepEqual([balance.received, balance.with_consumers], [5, 5])
  })

  it('is conserved whatever is posted, as long as no posting overdraws its account', () => {
    const posting = fc.record({ kind: fc.constantFrom(...kinds), units: fc.integer({ min: 1, max: 1_000 }) })
    fc.assert(
      fc.property(fc.array(posting), (postings) => {
        const entries: Entry[] = []
        for (const { kind, units } of postings) {
          const entry = { ...POSTINGS[kind], units }
          if (entry.from === 'received' || balanceOf(entries)[entry.from] >= units) entries.push(entry)
        }
        assert.ok(isConserved(balanceOf(entries)))
      }),
    )
  })

  it('gives no two places or postings the same key', () => {
    const name = fc.string({ unit: fc.constantFrom('a', ':', '%', '3', 'A', '2', '5'), maxLength: 5 })
    const part = fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 12 }), name, name)
    fc.assert(
      fc.property(part, part, (one, other) => {
        assert.equal(entryKey(...one) === entryKey(...other), JSON.stringify(one) === JSON.stringify(other))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('holding a shelf', () => {
  const units = fc.integer({ min: 0, max: 1_000 })

  it('holds what nobody holds, and posts as arrived what the ledger did not have', () => {
    assert.deepEqual(shelfPostings({ onShelf: 10, sellable: 0, held: 0, away: 0 }), { arrived: 10, toHold: 10, left: 0 })
    assert.deepEqual(shelfPostings({ onShelf: 10, sellable: 0, held: 10, away: 0 }), { arrived: 0, toHold: 0, left: 0 })
    assert.deepEqual(shelfPostings({ onShelf: 12, sellable: 0, held: 13, away: 3 }), { arrived: 2, toHold: 2, left: 0 })
    assert.deepEqual(shelfPostings({ onShelf: 4, sellable: 0, held: 10, away: 0 }), { arrived: 0, toHold: 0, left: 0 })
  })

  it('after a release holds what is still there, and books away what was sold meanwhile', () => {
    assert.deepEqual(shelfPostings({ onShelf: 10, sellable: 10, held: 0, away: 0 }), { arrived: 0, toHold: 10, left: 0 })
    assert.deepEqual(shelfPostings({ onShelf: 4, sellable: 10, held: 0, away: 0 }), { arrived: 0, toHold: 4, left: 6 })
    assert.deepEqual(shelfPostings({ onShelf: 0, sellable: 10, held: 0, away: 0 }), { arrived: 0, toHold: 0, left: 10 })
  })

  it('run again, posts nothing', () => {
    fc.assert(
      fc.property(units, units, units, units, (onShelf, sellable, held, away) => {
        const { arrived, toHold, left } = shelfPostings({ onShelf, sellable, held: held + away, away })
        const after = { onShelf, sellable: sellable + arrived - toHold - left, held: held + away + toHold, away }
        assert.equal(after.sellable, 0, 'nothing of a stopped listing is sellable')
        assert.deepEqual(shelfPostings(after), { arrived: 0, toHold: 0, left: 0 })
      }),
    )
  })
})
