import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { PRODUCT_FIELDS, productWeight, readCollections } from './products.ts'
import { sampleListing } from './samples.ts'

const FILLERS = Array.from({ length: 60 }, (_, i) =>
  sampleListing(`f${i}`, `${['panasonic', 'canon', 'lg'][i % 3]} appliance ${i} kx${i}77a white`),
)

/** The weight for two offers among many others. */
function weight(a: Parameters<typeof sampleListing>, b: Parameters<typeof sampleListing>): number {
  const collections = readCollections([sampleListing(...a), ...FILLERS.slice(0, 30)], [sampleListing(...b), ...FILLERS.slice(30)])
  return productWeight(collections.compare(0, 0))
}

describe('two offers', () => {
  it('are not one product where what tells products apart differs', () => {
    const wallet = 'speck leather wallet'
    assert.ok(weight(['a', 'sony learning remote control rmvl600'], ['b', 'sony learning remote control rmvl900']) < 0)
    assert.ok(weight(['a', `${wallet} pink`], ['b', `${wallet} navy`]) < weight(['a', `${wallet} pink`], ['b', `${wallet} pink`]))
    assert.ok(
      weight(['a', 'toddler formula 12 oz'], ['b', 'toddler formula 40 oz']) <
        weight(['a', 'toddler formula 12 oz'], ['b', 'toddler formula 12 oz']),
    )
    assert.ok(weight(['a', 'quickbooks pro 2007', { priceMinor: 19_900 }], ['b', 'quickbooks pro 2004', { priceMinor: 1_900 }]) < 0)
  })

  it('are one product by their number, however it is written', () => {
    assert.ok(weight(['a', 'sony learning remote control silver rmvl600'], ['b', 'sony RM-VL600 remote']) > 0)
    assert.ok(weight(['a', 'verbatim acclaim drive', { model: 'ver97185' }], ['b', 'verbatim acclaim portable drive 97185']) > 0)
  })

  it('are not one product where another offer is closer on both sides', () => {
    const left = [sampleListing('a', 'aquarium deluxe screensaver'), sampleListing('b', 'aquarium deluxe screensaver upgrade')]
    const right = [sampleListing('c', 'aquarium deluxe screensaver'), sampleListing('d', 'aquarium deluxe screensaver upgrade')]
    const collections = readCollections([...left, ...FILLERS.slice(0, 30)], [...right, ...FILLERS.slice(30)])
    const rival = PRODUCT_FIELDS.indexOf('rival')
    assert.ok(collections.compare(0, 1)[rival]! > collections.compare(0, 0)[rival]!)
    assert.ok(productWeight(collections.compare(0, 0)) > 0 && productWeight(collections.compare(0, 1)) < 0)
  })

  it('are compared alike from both sides, within bounds, whatever they say', () => {
    const word = fc.constantFrom('sony', 'rmvl600', 'RM-VL600', 'black', 'red', '12 oz', '2007', '', '🔥', 'for', ',', 'x'.repeat(500))
    const offer = fc.record({
      title: fc.array(word, { maxLength: 9 }),
      brand: fc.option(word, { nil: null }),
      model: fc.option(word, { nil: null }),
    })
    fc.assert(
      fc.property(offer, offer, (a, b) => {
        const [one, other] = [a, b].map(({ title, ...rest }, i) => sampleListing(String(i), title.join(' '), rest))
        const there = readCollections([one!], [other!]).compare(0, 0)
        const back = readCollections([other!], [one!]).compare(0, 0)
        for (const [i, value] of there.entries()) {
          assert.ok(value >= 0 && value <= 1 + 1e-9, `${PRODUCT_FIELDS[i]} ${value}`)
          assert.ok(Math.abs(value - back[i]!) < 1e-9, PRODUCT_FIELDS[i])
        }
      }),
    )
  })
})
