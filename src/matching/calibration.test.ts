import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { fitCalibration, onCurve, probabilityOf, reliability, type Known } from './calibration.ts'

/** As many matches of each weight as the curve says are right. */
function drawn(slope: number, offset: number): Known[] {
  return Array.from({ length: 4_000 }, (_, i) => {
    const weight = (i % 40) / 2 - 10
    const rank = ((Math.floor(i / 40) * 61) % 100) / 100
    return { weight, isRight: rank < onCurve({ slope, offset }, weight) }
  })
}

describe('the probability of a match', () => {
  it('grows with the weight, and is less where what decides is not stated', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), fc.double({ min: 0.1, max: 10, noNaN: true }), (weight, more) => {
        for (const isUnstated of [false, true]) {
          const [less, greater] = [probabilityOf(weight, isUnstated), probabilityOf(weight + more, isUnstated)]
          assert.ok(less >= 0 && greater <= 1 && less <= greater)
        }
      }),
    )
    for (const weight of [0, 3, 6, 9]) assert.ok(probabilityOf(weight, true) < probabilityOf(weight, false))
  })

  it('is learned from matches whose truth is known, in whatever order', () => {
    const known = drawn(0.8, -1.5)
    const { slope, offset } = fitCalibration(known)
    assert.ok(Math.abs(slope - 0.8) < 0.05 && Math.abs(offset + 1.5) < 0.15, `${slope} ${offset}`)
    const again = fitCalibration(known.toReversed())
    assert.ok(Math.abs(again.slope - slope) < 1e-6 && Math.abs(again.offset - offset) < 1e-6)
  })

  it('stays within bounds where there is nothing to learn from', () => {
    assert.deepEqual(fitCalibration([]), { slope: 1, offset: 0 })
    const { slope, offset } = fitCalibration([{ weight: 3, isRight: true }])
    assert.ok(Number.isFinite(slope) && Number.isFinite(offset))
  })

  it('is held beside what was observed', () => {
    const points = drawn(1, 0).map(({ weight, isRight }) => ({ probability: onCurve({ slope: 1, offset: 0 }, weight), isRight }))
    assert.ok(reliability(points).error < 0.02)
    assert.ok(reliability(points.map((point) => ({ ...point, probability: 1 - point.probability }))).error > 0.5)
    assert.deepEqual(reliability([]), { bins: [], error: 0 })
  })
})
