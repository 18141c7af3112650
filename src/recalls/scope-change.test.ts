import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { exampleRecall } from '../../test/example-recall.ts'
import type { Recall, Scope } from './recall.ts'
import { scopeChange, type ScopeChange } from './scope-change.ts'
import { lineAnswer, type LineScope, type ScopeLine } from './scope.ts'

const RECALL = exampleRecall()

function changed(was: Partial<Scope>, is: Partial<Scope>): ScopeChange {
  return scopeChange({ ...RECALL, scope: { ...RECALL.scope, ...was } }, { ...RECALL, scope: { ...RECALL.scope, ...is } })
}

function fields(was: Partial<Scope>, is: Partial<Scope>): ScopeChange['fields'] {
  return changed(was, is).fields
}

describe('a scope that says the same', () => {
  it('did not change, in whatever order its lists are', () => {
    const same = scopeChange(RECALL, exampleRecall())
    assert.deepEqual(same, {
      fields: {}, wider: false, narrower: false, kind: null, oversight: null, hazardsAdded: [], hazardsRemoved: [], remediesAdded: [],
      remediesRemoved: [],
    }) // prettier-ignore
    assert.deepEqual(fields({ models: ['A', 'B'] }, { models: ['B', 'A'] }), {})
  })

  it('is neither wider nor narrower by another spelling', () => {
    const respelled = changed(
      { models: ['CK-8'], lots: ['A100-A200'], brands: ['Cupkin'], gtins: ['4006381333931'] },
      { models: ['CK 8'], lots: ['A100 to A200'], brands: ['CUPKIN'], gtins: ['04006381333931'] },
    )
    assert.deepEqual(respelled.fields, { models: 'other', lots: 'other', brands: 'other', gtins: 'other' })
    assert.deepEqual([respelled.wider, respelled.narrower], [false, false])
  })
})

describe('a scope', () => {
  it('narrows by a limit that is stated, and widens by one that is dropped', () => {
    for (const limit of [
      { models: ['CK-8'] }, { gtins: ['4006381333931'] }, { brands: ['CUPKIN'] }, { soldAt: ['Amazon.com'] },
    ] as Partial<Scope>[]) {
      const none = Object.fromEntries(Object.keys(limit).map((field) => [field, []]))
      assert.deepEqual(Object.values(fields(none, limit)), ['narrower'])
      assert.deepEqual(Object.values(fields(limit, none)), ['wider'])
    } // prettier-ignore
    assert.deepEqual(fields({ soldTo: null }, { soldTo: '2023-03' }), { sold: 'narrower' })
    assert.deepEqual(fields({ onlineOnly: null }, { onlineOnly: true }), { online_only: 'narrower' })
    assert.deepEqual(fields({ onlineOnly: true }, { onlineOnly: null }), { online_only: 'wider' })
  })

  it('widens by more of what is covered', () => {
    assert.deepEqual(fields({ models: ['A'] }, { models: ['A', 'B'] }), { models: 'wider' })
    assert.deepEqual(fields({ models: ['A', 'B'] }, { models: ['A'] }), { models: 'narrower' })
    assert.deepEqual(fields({ models: ['A'] }, { models: ['B'] }), { models: 'both' })
    const more: Recall = { ...RECALL, products: [...RECALL.products, { name: 'Cup with two handles', model: null, unitsText: null }] }
    assert.deepEqual(scopeChange(RECALL, more).fields, { products: 'wider' })
    const recounted: Recall = { ...RECALL, products: RECALL.products.map((each) => ({ ...each, unitsText: 'About 400,000' })) }
    assert.deepEqual(scopeChange(RECALL, recounted).fields, {})
  })

  it('is told by the bounds of its windows', () => {
    const window = { soldFrom: '2020-01', soldTo: '2021-12' }
    assert.deepEqual(fields(window, { soldFrom: '2019-12', soldTo: '2021-12' }), { sold: 'wider' })
    assert.deepEqual(fields(window, { soldFrom: '2020-02', soldTo: '2021-12' }), { sold: 'narrower' })
    assert.deepEqual(fields(window, { soldFrom: '2019-12', soldTo: '2021-11' }), { sold: 'both' })
    // An impossible window excludes nothing, as does none.
    assert.deepEqual(fields(window, { soldFrom: '2021-12', soldTo: '2020-01' }), { sold: 'wider' })
    assert.deepEqual(fields({ soldFrom: null, soldTo: null }, { soldFrom: 'present', soldTo: null }), { sold: 'other' })
    assert.deepEqual(fields({ manufacturedFrom: null }, { manufacturedFrom: '2019-12' }), { made: 'narrower' })
  })

  it('is told by the codes that its lists name', () => {
    const lots = (was: string[], is: string[]) => fields({ lots: was, serials: [] }, { lots: is, serials: [] }).lots
    assert.equal(lots(['A100 to A200'], ['A100 to A250']), 'wider')
    assert.equal(lots(['A100 to A200'], ['A150', 'A120 to A130']), 'narrower')
    assert.equal(lots(['A100 to A200'], ['A100 to A150', 'A151 to A200']), 'other')
    assert.equal(lots(['A100 to A150', 'A153 to A200'], ['A100 to A200']), 'wider')
    assert.equal(lots(['A100 to A200'], ['B100 to B200']), 'both')
    // What may be a range or one code with a dash, printed as a range: its codes are sure now, and the one code is out.
    assert.equal(lots(['A100-200'], ['A100 to A200']), 'both')
    assert.equal(lots(['R15*'], ['R1501', 'R15 100 to R15 200']), 'both')
    assert.equal(lots(['R15*'], ['R1501', 'R151*']), 'narrower')
    // What the text does not print is no longer part of it, and what it prints is certain now.
    assert.equal(lots(['A1', '*'], ['A1', 'B2']), 'both')
    assert.equal(lots(['letter F in the 10th position'], ['letter G in the 10th position']), 'both')
    assert.equal(lots(['letter F in the 10th position'], ['letter F in the 10th position', 'A1']), 'wider')
  })

  it('may cover more by serials beside lots, and less without them', () => {
    const [lotsOnly, both]: Partial<Scope>[] = [
      { lots: ['A1'], serials: [] },
      { lots: ['A1'], serials: ['S1'] },
    ]
    assert.deepEqual(fields(lotsOnly!, both!), { serials: 'both' })
    assert.deepEqual(fields(both!, lotsOnly!), { serials: 'both' })
    assert.deepEqual(fields({ lots: [], serials: [] }, both!), { lots: 'narrower', serials: 'narrower' })
  })

  it('says of units what numbers can say', () => {
    assert.deepEqual(fields({ units: 400 }, { units: 4_000 }), { units: 'wider' })
    assert.deepEqual(fields({ units: null }, { units: 4_000 }), { units: 'other' })
    assert.deepEqual(fields({ unitsElsewhere: { CA: 10, MX: 5 } }, { unitsElsewhere: { CA: 9, MX: 6 } }), { units_elsewhere: 'both' })
    assert.deepEqual(fields({ priceMinMinor: 100 }, { priceMinMinor: 200 }), { price: 'other' })
  })
})

describe('beside the scope', () => {
  it('a warning that became a recall, an oversight that ended, and remedies are named', () => {
    const warning: Recall = { ...RECALL, kind: 'safety_alert', remedies: [], hazards: ['lead', 'choking'] }
    const found = scopeChange(warning, { ...RECALL, oversight: 'closed', remedies: ['refund'], hazards: ['lead', 'fire'] })
    assert.deepEqual(found.kind, { before: 'safety_alert', after: 'recall' })
    assert.deepEqual(found.oversight, { before: 'open', after: 'closed' })
    assert.deepEqual([found.remediesAdded, found.remediesRemoved], [['refund'], []])
    assert.deepEqual([found.hazardsAdded, found.hazardsRemoved], [['fire'], ['choking']])
    assert.deepEqual([found.wider, found.narrower], [false, false])
  })
})

const month = fc.option(fc.constantFrom('2019-11', '2019-12', '2020-01', '2020-02', '2020-03', 'present'))
const letters = fc.constantFrom('', 'A', 'AB', 'S', 'LOT ')
const numbers = fc.integer({ min: 0, max: 30 }).map(String)
const code = fc.oneof(
  fc.tuple(letters, numbers, fc.constantFrom('', '', 'B')).map((parts) => parts.join('')),
  fc.constantFrom('', 'N/A', '12-20'),
)
const entry = fc.oneof(
  { weight: 4, arbitrary: code },
  {
    weight: 5,
    arbitrary: fc
      .tuple(letters, numbers, fc.constantFrom(' to ', '-', ' – '), fc.boolean(), numbers, fc.constantFrom('', '', 'B'))
      .map(([a, x, by, again, y, end]) => `${a}${x}${end}${by}${again ? a : ''}${y}${end}`),
  },
  { weight: 2, arbitrary: fc.tuple(letters, numbers).map((parts) => `${parts.join('')}*`) },
  { weight: 1, arbitrary: fc.constantFrom('letter F in the 10th position', '*') },
)
const entries = fc.oneof({ weight: 1, arbitrary: fc.constant<string[]>([]) }, { weight: 3, arbitrary: fc.array(entry, { maxLength: 4 }) })
const scopes: fc.Arbitrary<LineScope> = fc.record({ soldFrom: month, soldTo: month, lots: entries, serials: entries })
/** A scope and what a revision made of it: some fields kept, so that one alone decides, and lists that share entries. */
const pairs = fc
  .tuple(
    scopes,
    scopes,
    fc.array(fc.constantFrom<keyof LineScope>('soldFrom', 'soldTo', 'lots', 'serials'), { maxLength: 4 }),
    fc.boolean(),
  )
  .map(([was, is, kept, longer]): [LineScope, LineScope] => {
    const next: LineScope = { ...is, ...Object.fromEntries(kept.map((field) => [field, was[field]])) }
    return [was, longer && was.lots.length > 0 ? { ...next, lots: [...was.lots.slice(1), ...next.lots] } : next]
  })
const instants = fc.constantFrom(
  '2019-10-31',
  '2019-11-30T23:59:59.999Z',
  '2019-12-01',
  '2020-01-31T23:59:59.999Z',
  '2020-02-01',
  '2020-04-01',
)
const lines: fc.Arbitrary<ScopeLine[]> = fc.array(
  fc.record({ orderedAt: instants.map((text) => new Date(text)), lot: fc.option(code), serial: fc.option(code) }),
  { minLength: 40, maxLength: 80 },
)

describe('every line', () => {
  it('that comes in makes the scope wider, and that leaves makes it narrower', () => {
    const seen = { in: 0, out: 0 }
    fc.assert(
      fc.property(pairs, fc.constantFrom('affected' as const, 'possibly' as const), lines, ([was, is], listing, given) => {
        const { wider, narrower } = changed(was, is)
        for (const line of given) {
          const [before, after] = [lineAnswer(was, listing, line), lineAnswer(is, listing, line)]
          if (before === 'no' && after !== 'no') {
            seen.in++
            assert.ok(wider, `${JSON.stringify(line)} came in`)
          }
          if (before !== 'no' && after === 'no') {
            seen.out++
            assert.ok(narrower, `${JSON.stringify(line)} left`)
          }
        }
      }),
      { numRuns: 3_000 },
    )
    assert.ok(seen.in > 1_000 && seen.out > 1_000, JSON.stringify(seen))
  })

  it('that came in leaves where the change is taken back', () => {
    const back = { wider: 'narrower', narrower: 'wider', both: 'both', other: 'other' } as const
    fc.assert(
      fc.property(pairs, ([was, is]) => {
        const there = Object.entries(fields(was, is)).map(([field, direction]) => [field, back[direction]])
        assert.deepEqual(fields(is, was), Object.fromEntries(there))
      }),
      { numRuns: 1_000 },
    )
  })
})
