import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { buildEngine } from './engine.ts'
import { crossValidated, exampleOf, fitFigures, proposeRefit, refit, type Example } from './refit.ts'
import { CUPS, sampleListing } from './samples.ts'
import { FIELDS, WEIGHTS, type Field } from './weights.ts'

function example(said: Partial<Record<Field, number>>, isAffected: boolean): Example {
  const values = new Float64Array(FIELDS.length)
  values[FIELDS.indexOf('prior')] = 1
  for (const [field, value] of Object.entries(said)) values[FIELDS.indexOf(field as Field)] = value
  return { values, isAffected }
}

/** People for whom the brand decides, and who do not mind words that are extra. */
const RULINGS = Array.from({ length: 200 }, (_, i) =>
  i % 2 === 0
    ? example({ brand_same: 1, kind_same: 0.5, words_extra: (i % 10) / 10 }, true)
    : example({ kind_same: 0.5, words_extra: (i % 10) / 10 }, false),
)

describe('weights fitted from rulings', () => {
  it('stay as they are where nobody ruled', () => {
    const fitted = refit([], WEIGHTS)
    for (const field of FIELDS) assert.ok(Math.abs(fitted[field] - WEIGHTS[field]) <= 1 / 64, field)
  })

  it('foretell rulings that were not seen better than before', () => {
    assert.ok(crossValidated(RULINGS, WEIGHTS).f1 > fitFigures(RULINGS, WEIGHTS).f1)
    const { weights, moved, after, before } = proposeRefit(RULINGS, WEIGHTS)
    assert.ok(after.surprise < before.surprise)
    assert.ok(weights.brand_same > WEIGHTS.brand_same)
    assert.ok(moved.every(({ from, to }, i) => i === 0 || Math.abs(to - from) <= Math.abs(moved[i - 1]!.to - moved[i - 1]!.from)))
    assert.ok(!moved.some(({ field }) => field === 'gtin_same'), 'what nobody ruled on stays')
  })

  it('never change their sign, and come out the same in any order, in sixty-fourths', () => {
    const values = fc.record({ brand_same: fc.double({ min: 0, max: 1, noNaN: true }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(fc.tuple(values, fc.boolean()), { maxLength: 40 }), (rows) => {
        const examples = rows.map(([said, isAffected]) => example(said, isAffected))
        const [one, other] = [refit(examples, WEIGHTS), refit(examples.toReversed(), WEIGHTS)]
        for (const field of FIELDS) {
          assert.ok(one[field] * WEIGHTS[field] >= 0, field)
          assert.ok(Number.isInteger(one[field] * 64), field)
          assert.ok(Math.abs(one[field] - other[field]) <= 1 / 64, field)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('are learned from the values behind the reasons that people read', () => {
    const [match] = buildEngine([CUPS]).screenListing(sampleListing('x', 'CUPKIN Stainless Steel Kids Cups 8 oz', { brand: 'CUPKIN' }))
    const { values } = exampleOf(match!.reasons, WEIGHTS, true)
    let sum = 0
    for (const [k, field] of FIELDS.entries()) sum += values[k]! * WEIGHTS[field]
    assert.ok(Math.abs(sum - match!.weight) < 1e-9)
  })
})
