import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { pauseBeforeRetry, refundKey, refundsOf, stateByRefunds, type PaidLine, type RefundOutcome } from './refund-rules.ts'

const line: fc.Arbitrary<PaidLine> = fc.record({
  amountMinor: fc.integer({ min: 0, max: 10_000_000 }),
  currency: fc.constantFrom('USD', 'EUR', 'JPY'),
})

describe('what a buyer is owed', () => {
  it('is nothing for nothing, and nothing for what was free', () => {
    assert.deepEqual(refundsOf([]), [])
    assert.deepEqual(refundsOf([{ amountMinor: 0, currency: 'USD' }]), [])
  })

  it('is exactly what was paid, per currency, whatever the lines', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const refunds = refundsOf(lines)
        for (const currency of ['USD', 'EUR', 'JPY']) {
          const paid = lines.filter((each) => each.currency === currency).reduce((sum, each) => sum + each.amountMinor, 0)
          const back = refunds.filter((each) => each.currency === currency)
          assert.ok(back.length <= 1)
          assert.equal(back[0]?.amountMinor ?? 0, paid)
        }
        assert.ok(refunds.every((each) => each.amountMinor > 0))
      }),
    )
  })

  it('does not depend on the order of the lines', () => {
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => assert.deepEqual(refundsOf(lines.toReversed()), refundsOf(lines))))
  })
})

describe('the key of a refund', () => {
  it('differs whenever case, currency or amount differ', () => {
    const part = fc.tuple(fc.uuid(), fc.constantFrom('USD', 'EUR'), fc.integer({ min: 1, max: 10_000 }))
    fc.assert(
      fc.property(part, part, (a, b) => {
        const same = a.every((each, i) => each === b[i])
        const keys = [a, b].map(([caseId, currency, amountMinor]) => refundKey(caseId, { currency, amountMinor }))
        assert.equal(keys[0] === keys[1], same)
      }),
    )
  })
})

describe('the state of a case by its refunds', () => {
  const cases: [RefundOutcome[], string][] = [
    [[], 'awaiting_proof'],
    [[null], 'refund_asked'],
    [['paid', null], 'refund_asked'],
    [['paid', 'paid'], 'refunded'],
    [['paid', 'refused'], 'refund_refused'],
    [[null, 'refused'], 'refund_refused'],
  ]
  for (const [outcomes, state] of cases) {
    it(`is ${state} for ${JSON.stringify(outcomes)}`, () => assert.equal(stateByRefunds(outcomes), state))
  }
})

describe('the pause before a refund is asked again', () => {
  it('doubles from five seconds and never passes an hour', () => {
    assert.deepEqual([1, 2, 3, 10, 11, 1_000].map(pauseBeforeRetry), [5, 10, 20, 2_560, 3_600, 3_600])
  })
})
