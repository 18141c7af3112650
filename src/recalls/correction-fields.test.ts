/** What each field may be corrected to, and how a recall stands under corrections. Pure. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { exampleRecall } from '../../test/example-recall.ts'
import { contentHash } from './content.ts'
import { checkBounds, correctionFieldNamed, readValue, sameValue, valueOf, withValue } from './correction-fields.ts'
import { CORRECTION_FIELDS, HAZARDS, REMEDY_OPTIONS, type CorrectionField } from './recall.ts'
import { asRead, underCorrections, type StandingCorrection } from './under-corrections.ts'

const RECALL = exampleRecall()

describe('a value that cannot be kept', () => {
  const refused: readonly [CorrectionField, unknown, RegExp][] = [
    ['brands', 'CUPKIN', /^brands: Give a list/],
    ['brands', null, /^brands: Give a list/],
    ['brands', ['CUPKIN', '  '], /^brands \(2\): Leave no entry empty/],
    ['models', ['x'.repeat(201)], /^models \(1\): Give at most 200 characters/],
    ['models', Array.from({ length: 5_001 }, (_, at) => `M${at}`), /^models: Give at most 5,000\./],
    ['lots', ['A\0'], /^lots \(1\): This holds a character/],
    ['serials', ['\ud800'], /^serials \(1\): This holds a character/],
    ['gtins', ['4006381333932'], /^gtins \(1\): The check digit of 4006381333932 should be 1\./],
    ['gtins', ['4006381333931', 'B0C1234567'], /^gtins \(2\): "B0C1234567" is no bar code\. Give 8, 12, 13 or 14 digits/],
    ['gtins', ['000000000000'], /is no bar code/],
    ['units', -1, /^units: Give zero or more/],
    ['units', 1.5, /^units: Give a whole number/],
    ['units', '400', /^units: Give a whole number/],
    ['units', 3e9, /^units: Give at most 2,000,000,000/],
    ['units_elsewhere', { Canada: 10 }, /^units_elsewhere: Name each country by its two letters/],
    ['units_elsewhere', { CA: -10 }, /^units_elsewhere \(CA\): Give zero or more/],
    ['sold_from', '2023', /^sold_from: Write the month as YYYY-MM/],
    ['sold_to', '2023-13', /^sold_to: Write the month as YYYY-MM/],
    ['manufactured_from', '2023-04-01', /^manufactured_from: Write the month/],
    ['price_min', 19.99, /^price_min: Give a whole number/],
    ['currency', 'usd', /^currency: Give the three letters/],
    ['currency', null, /^currency: Give the three letters/],
    ['online_only', 'yes', /^online_only: Give true or false/],
    ['proof_of_destruction', null, /^proof_of_destruction: Give true or false\./],
    ['hazards', ['fire', 'bees'], /^hazards \(2\): Choose from fire, burn/],
    ['remedies', ['none', 'refund'], /^remedies: Either there is no remedy/],
    ['childrens_product', 0, /^childrens_product: Give true or false/],
    ['deaths', undefined, /^deaths: Give a whole number/],
  ]
  for (const [field, value, said] of refused) {
    it(`is refused: ${field} ${JSON.stringify(value)?.slice(0, 40)}`, () => {
      const read = readValue(field, value)
      assert.ok(!read.ok)
      assert.match(read.problem.message, said)
      assert.equal(read.problem.field, 'value')
    })
  }

  it('is one that leaves a window or a price upside down', () => {
    for (const [field, value, said] of [
      ['sold_from', '2023-04', /sold_from 2023-04 lies beyond sold_to 2023-03\. Give a smaller sold_from, or correct sold_to first\./],
      ['sold_to', '2017-12', /Give a larger sold_to, or correct sold_from first\./],
      ['price_min', 1_000_000, /price_min 1000000 lies beyond price_max/],
    ] as const) {
      const checked = checkBounds(withValue(RECALL, field, value), field)
      assert.ok(!checked.ok)
      assert.match(checked.problem.message, said)
    }
    assert.ok(checkBounds(withValue(RECALL, 'sold_to', null), 'sold_to').ok)
    // Another field may be corrected while a window that was read is upside down.
    assert.ok(checkBounds(withValue(RECALL, 'sold_from', '2030-01'), 'units').ok)
  })

  it('is none of a field that is no field', () => {
    for (const name of ['title', 'soldTo', 'toString', '']) assert.equal(correctionFieldNamed(name), null)
  })
})

describe('a value', () => {
  it('is kept as it stands in a recall, each entry of a list once and without blanks around it', () => {
    assert.deepEqual(readValue('models', [' CK-8', 'CK-8', 'CK-12 ']), { ok: true, value: ['CK-8', 'CK-12'] })
    for (const field of CORRECTION_FIELDS) {
      const said = valueOf(RECALL, field)
      assert.notEqual(said, undefined, field)
      assert.deepEqual(readValue(field, said), { ok: true, value: said }, field)
      assert.deepEqual(withValue(RECALL, field, said), RECALL, field)
    }
  })

  it('is the same in whatever order its list is', () => {
    assert.ok(sameValue(['a', 'b'], ['b', 'a']))
    assert.ok(sameValue({ CA: 1, MX: 2 }, { MX: 2, CA: 1 }))
    for (const [one, other] of [[['a'], ['a', 'b']], [null, 0], [null, []], [1, '1'], [{ CA: 1 }, { CA: 2 }]] as const)
      assert.ok(!sameValue(one, other), JSON.stringify([one, other])) // prettier-ignore
  })
})

const month = fc.option(fc.constantFrom('2018-01', '2020-06', '2023-03'))
const words = fc.uniqueArray(fc.constantFrom('A', 'B 1', 'C*'), { maxLength: 3 })
const amount = fc.option(fc.nat(1_000))
const flag = fc.option(fc.boolean())
const VALUES: Record<CorrectionField, fc.Arbitrary<unknown>> = {
  brands: words, product_nouns: words, models: words, gtins: fc.subarray(['4006381333931', '96385074']), lots: words, serials: words, units: amount,
  units_elsewhere: fc.dictionary(fc.constantFrom('CA', 'MX'), fc.nat(100)), sold_from: month, sold_to: month, manufactured_from: month,
  manufactured_to: month, price_min: amount, price_max: amount, currency: fc.constantFrom('USD', 'CAD'), sold_at: words, online_only: flag,
  hazards: fc.subarray([...HAZARDS]), remedies: fc.subarray([...REMEDY_OPTIONS]), proof_of_destruction: fc.boolean(), incidents: amount,
  injuries: amount, deaths: amount, expands: words, childrens_product: flag,
} // prettier-ignore
const corrections: fc.Arbitrary<StandingCorrection[]> = fc
  .uniqueArray(fc.constantFrom(...CORRECTION_FIELDS), { maxLength: 5 })
  .chain((fields) => fc.tuple(...fields.map((field) => VALUES[field].map((value) => ({ field, value })))))
  .map((all) => all.map((each, index) => ({ ...each, correctionNo: index + 1 })))

describe('a recall under corrections', () => {
  it('says each corrected value, remembers what is read, and gives it back', () => {
    fc.assert(
      fc.property(corrections, corrections, (first, second) => {
        const stands = underCorrections(RECALL, first)
        for (const { field, value, correctionNo } of first) {
          assert.deepEqual(valueOf(stands, field), value)
          assert.deepEqual(stands.corrected?.[field], { read: valueOf(RECALL, field), correctionNo })
        }
        for (const field of CORRECTION_FIELDS)
          if (!first.some((each) => each.field === field)) assert.deepEqual(valueOf(stands, field), valueOf(RECALL, field))
        assert.deepEqual(asRead(stands), RECALL)
        // Which corrections stood before, and in which order they are given, makes no difference.
        assert.ok(contentHash(underCorrections(stands, second)).equals(contentHash(underCorrections(RECALL, second.toReversed()))))
        assert.ok(contentHash(underCorrections(stands, [])).equals(contentHash(RECALL)))
      }),
      { numRuns: 500 },
    )
  })
})
