import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { agreementOf, type RulingCount } from './agreement.ts'

function ruled(engineAnswer: RulingCount['engineAnswer'], ruling: RulingCount['ruling'], matches: number): RulingCount {
  return { engineAnswer, ruling, matches, tier: engineAnswer === 'affected' ? 'auto' : 'review' }
}

describe('agreement', () => {
  it('says nothing where nobody ruled', () => {
    const none = agreementOf([])
    assert.deepEqual([none.matches, none.agreed, none.kappa, none.tiers.auto.affected], [0, null, null, null])
  })

  it('is beyond chance as Cohen counts it', () => {
    // Two raters, 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: agreed 0.7, by chance 0.5, kappa 0.4.
    const found = agreementOf([
      ruled('affected', 'affected', 20),
      ruled('affected', 'no', 5),
      ruled('no', 'affected', 10),
      ruled('no', 'no', 15),
    ])
    assert.equal(found.matches, 50)
    assert.ok(Math.abs(found.agreed! - 0.7) < 1e-12 && Math.abs(found.kappa! - 0.4) < 1e-12, `${found.kappa}`)
    assert.equal(found.answers.affected.no, 5)
    assert.deepEqual(found.tiers.auto, { matches: 25, affected: 0.8 })
  })

  it('is not to be told where both always say the same one thing', () => {
    assert.equal(agreementOf([ruled('affected', 'affected', 9)]).kappa, null)
  })

  it('tells in how many matches a field spoke as people ruled', () => {
    const { fields } = agreementOf(
      [],
      [
        { field: 'brand_same', isFor: true, isAffected: true, matches: 3 },
        { field: 'brand_same', isFor: true, isAffected: false, matches: 1 },
        { field: 'part', isFor: false, isAffected: false, matches: 9 },
      ],
    )
    assert.deepEqual(fields, [
      { field: 'part', matches: 9, agreed: 1 },
      { field: 'brand_same', matches: 4, agreed: 0.75 },
    ])
  })
})
