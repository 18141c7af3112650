import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { readListingLine } from './listing-line.ts'

function refusal(value: unknown): string {
  const read = readListingLine(value)
  return read.ok ? 'taken' : `${read.problem.field ?? ''}: ${read.problem.message}`
}

function leftOut(change: Record<string, unknown>): string[] {
  const read = readListingLine({ listing_id: 'x', title: 'Cup', ...change })
  assert.ok(read.ok)
  return read.value.problems.map((each) => each.field)
}

function price(text: unknown): [number | null, string] {
  const read = readListingLine({ listing_id: 'x', title: 'Cup', price: text })
  assert.ok(read.ok)
  return [read.value.listing.priceMinor, read.value.listing.currency]
}

describe('a line of listings', () => {
  it('is refused by its field where it cannot be screened at all', () => {
    assert.equal(refusal([]), ': is not a JSON object')
    assert.equal(refusal(null), ': is not a JSON object')
    assert.equal(refusal({ title: 'Cup' }), 'listing_id: must be a text')
    assert.equal(refusal({ listing_id: ' ', title: 'Cup' }), 'listing_id: is empty')
    assert.equal(refusal({ listing_id: 'x'.repeat(201), title: 'Cup' }), 'listing_id: is longer than 200 characters')
    assert.equal(refusal({ listing_id: 'x' }), 'title: is missing')
    assert.equal(refusal({ listing_id: 'x', title: 7 }), 'title: must be a text')
  })

  it('is kept without the fields that cannot be used, each named', () => {
    assert.deepEqual(leftOut({ gtin: '123', asin: 'no', brand: ['a'], price: 'cheap', currency: 'dollars', attributes: [] }), [
      'brand',
      'gtin',
      'asin',
      'attributes',
      'currency',
      'price',
    ])
    assert.deepEqual(leftOut({ attributes: { colour: {}, size: 'M' } }), ['attributes.colour'])
    assert.deepEqual(leftOut({ brand: null, gtin: '', part: 'real', price: null }), [])
  })

  it('has a price in minor units, as people write decimals', () => {
    assert.deepEqual(price('19.99'), [1999, 'USD'])
    assert.deepEqual(price('79,00'), [7900, 'USD'])
    assert.deepEqual(price('1,299.5'), [129_950, 'USD'])
    assert.deepEqual(price('1,299'), [129_900, 'USD'])
    assert.deepEqual(price('12.50 gbp'), [1250, 'GBP'])
    assert.deepEqual(price(20), [2000, 'USD'])
    assert.deepEqual(price('-3'), [null, 'USD'])
  })

  it('never throws, whatever it says', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof readListingLine(value).ok === 'boolean'))
  })
})
