import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { planProblems, planSearch, readPlan, REASON_LENGTH_MAX, remediesOffered, withDefaults, type Plan } from './plan.ts'

const WHOLE: Plan = { reason: 'Same GTIN and brand', remedies: ['refund', 'repair'], proof: 'none' }

function fieldsAtFault(change: Partial<Plan>): string[] {
  return planProblems({ ...WHOLE, ...change }).map((problem) => problem.field)
}

describe('a plan for a campaign', () => {
  it('without a reason, a remedy or a proof is refused, field by field', () => {
    assert.deepEqual(fieldsAtFault({ reason: '' }), ['reason'])
    assert.deepEqual(fieldsAtFault({ reason: 'x'.repeat(REASON_LENGTH_MAX + 1) }), ['reason'])
    assert.deepEqual(fieldsAtFault({ remedies: [] }), ['remedies'])
    assert.deepEqual(fieldsAtFault({ proof: '' }), ['proof'])
    assert.deepEqual(planProblems(WHOLE), [])
  })

  it('survives the way through the address', () => {
    assert.deepEqual(readPlan(new URLSearchParams(planSearch(WHOLE))), WHOLE)
  })

  it('takes a reason of blanks for none, and an unknown proof too', () => {
    assert.deepEqual(readPlan(new URLSearchParams('reason=+++&proof=essay')), { reason: '', remedies: [], proof: '' })
  })
})

describe('the remedies to choose from', () => {
  it('are those of the recall', () => assert.deepEqual(remediesOffered({ remedies: ['repair', 'refund'] }), ['repair', 'refund']))
  it('are none where it names none', () => {
    assert.deepEqual(remediesOffered({ remedies: [] }), ['none'])
    assert.deepEqual(remediesOffered({ remedies: ['none'] }), ['none'])
  })
})

describe('a plan that was not begun', () => {
  const defaults = { remedies: ['refund'], proof: 'none' }
  it('starts with what the recall says', () =>
    assert.deepEqual(withDefaults({ reason: '', remedies: [], proof: '' }, defaults), { reason: '', ...defaults }))
  it('keeps what was chosen', () => assert.deepEqual(withDefaults(WHOLE, defaults), WHOLE))
})
