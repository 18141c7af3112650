import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { RECALL_KINDS } from '../recalls/index.ts'
import { missingElements, stopStatement, STATEMENT_TEXTS, type StopCase } from './statement.ts'
import { statementFor } from '../../test/stop-and-hold.ts'
import { CUPKIN } from '../../test/world.ts'

const LISTING = { listingId: 'B07D', title: 'Two cups' }
const words = fc.string({ minLength: 1, maxLength: 40 })
const stopCase: fc.Arbitrary<StopCase> = fc.record({
  recall: fc.record({
    agency: fc.constant('CPSC' as const),
    recallNumber: words,
    kind: fc.constantFrom(...RECALL_KINDS),
    title: words,
    publishedOn: fc
      .date({ min: new Date('1973-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
    url: fc.option(words),
    hazardText: fc.string(),
  }),
  listing: fc.record({ listingId: words, title: fc.string() }),
  reasons: fc.array(fc.record({ field: words, text: words, weight: fc.double({ noNaN: true }) }), { minLength: 1 }),
  ruling: fc.option(fc.record({ reason: words, byPerson: fc.boolean() })),
})

describe('the statement of reasons', () => {
  it('is not whole without each of its elements', () => {
    const whole = statementFor('L1')
    assert.deepEqual(missingElements(whole), [])
    for (const element of STATEMENT_TEXTS) assert.deepEqual(missingElements({ ...whole, [element]: ' ' }), [element])
    assert.deepEqual(missingElements({ ...whole, reasons: [] }), ['reasons'])
  })

  it('is whole for every recall, listing and ruling', () => {
    fc.assert(fc.property(stopCase, (made) => assert.deepEqual(missingElements(stopStatement(made)), [])))
  })

  it('says whether software alone found the listing', () => {
    const reasons = [{ field: 'model', text: 'Both say 8 oz.', weight: 4 }]
    const alone = stopStatement({ recall: CUPKIN, listing: LISTING, reasons, ruling: null })
    assert.deepEqual([alone.found_by, alone.automated, alone.reasons], ['rule', true, reasons])
    const ruled = stopStatement({ recall: CUPKIN, listing: LISTING, reasons: [], ruling: { reason: 'Same photographs.', byPerson: true } })
    assert.deepEqual([ruled.found_by, ruled.automated], ['person', false])
    const byRule = stopStatement({ recall: CUPKIN, listing: LISTING, reasons: [], ruling: { reason: 'Same lot.', byPerson: false } })
    assert.deepEqual([byRule.found_by, byRule.automated, byRule.reasons.length], ['rule', true, 1])
    assert.deepEqual(ruled.reasons, [{ field: 'ruling', text: 'Same photographs.', weight: 0 }])
  })

  it('names the recall, the day and the listing', () => {
    const statement = stopStatement({ recall: CUPKIN, listing: LISTING, reasons: [], ruling: { reason: 'x', byPerson: true } })
    assert.match(statement.what, /CPSC announced a recall of this product \(23-774\).*“Two cups” \(listing B07D\)/)
    assert.match(
      statement.facts,
      /On July 20, 2023, .* published recall 23-774: “Soojimus Recalls CUPKIN Stainless Steel Children's Cups Due to .* \(Recall Alert\)”/,
    )
    assert.equal(statement.grounds_url, CUPKIN.url)
  })

  it('cites the law for recalls only, and our terms for warnings and withdrawals', () => {
    const grounds = RECALL_KINDS.map(
      (kind) => stopStatement({ recall: { ...CUPKIN, kind }, listing: LISTING, reasons: [], ruling: null }).ground,
    )
    assert.deepEqual(
      grounds.map((ground) => ground.slice(0, ground.indexOf(':'))),
      ['Law', 'Our terms for sellers', 'Our terms for sellers'],
    )
  })

  it('speaks kindly and in short sentences', () => {
    // The agency's own title says "violation"; every other word is ours.
    const recall = { ...CUPKIN, title: 'Children’s Cups Recalled Due to Lead' }
    const reasons = [{ field: 'brand', text: 'Both say CUPKIN.', weight: 9.5 }]
    const statement = stopStatement({ recall, listing: LISTING, reasons, ruling: null })
    for (const element of STATEMENT_TEXTS) {
      assert.doesNotMatch(statement[element], /violat|infring|guilty|please be advised|abundance of caution/i)
      for (const sentence of statement[element].split(/[.:?]”? /)) assert.ok(sentence.split(' ').length <= 25, sentence)
    }
  })
})
