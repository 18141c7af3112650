import { it } from 'node:test'
import assert from 'node:assert/strict'
import { compareScopes, headline } from './scope-figures.ts'

it('counts values one by one, whatever their case and signs, and whole recalls', () => {
  const { figures, misses } = compareScopes([
    { number: '1', labelled: { brands: ['Be Amazing! Toys', 'GE'], units: null }, read: { brands: ['BE AMAZING TOYS', 'LG'] } },
    { number: '2', labelled: { brands: [], units: 5 }, read: { brands: [], units: 6 } },
  ])
  const brands = figures.find((each) => each.field === 'brands')!
  assert.deepEqual([brands.precision, brands.recall, brands.f1, brands.exact, headline(brands)], [0.5, 0.5, 0.5, 0.5, 0.5])
  assert.equal(headline(figures.find((each) => each.field === 'units')!), 0.5)
  assert.deepEqual(misses, [
    { recall: '1', field: 'brands', missing: ['GE'], extra: ['LG'] },
    { recall: '2', field: 'units', missing: ['5'], extra: ['6'] },
  ])
})

it('two fields that must be right together are wrong together', () => {
  const { figures } = compareScopes([
    { number: '1', labelled: { sold_from: '2018-01', sold_to: null }, read: { sold_from: '2018-01', sold_to: '2019-01' } },
  ])
  assert.equal(headline(figures.find((each) => each.field === 'sold_months')!), 0)
})

it('a field that the label leaves out is not compared', () => {
  const { figures, misses } = compareScopes([
    { number: '1', labelled: { units: 5 }, read: { brands: ['GE'], units: 5 } },
    { number: '2', labelled: { brands: ['GE'], units: 5 }, read: { brands: ['GE'], units: 5 } },
  ])
  assert.equal(headline(figures.find((each) => each.field === 'brands')!), 1)
  assert.deepEqual(misses, [])
})
