import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { CUPKIN } from '../../test/world.ts'
import { moneyText, pluralNoun, sentence, sumsText, unitsText } from './wording.ts'

function named(name: string, ...productNouns: string[]): typeof CUPKIN {
  return { ...CUPKIN, products: [{ name, model: null, unitsText: null }], scope: { ...CUPKIN.scope, productNouns } }
}

describe('what several of a product are called', () => {
  const nouns: [string | null, typeof CUPKIN | null][] = [
    [null, null],
    [null, named('Stainless Steel Lamp', 'lamp')],
    [null, named('Operating temperature', 'temperature')],
    [null, named('Cups and lids', 'cup', 'lid')],
    [null, named('Children’s cupboards', "children's cup")],
    ["children's cups", named('CUPKIN Double-Walled Children’s Cups', "children's cup")],
    ['batteries', named('Batteries', 'battery')],
    ['torches', named('Torches', 'torch')],
    ['scissors', named('Kids scissors', 'scissors')],
  ]
  for (const [plural, recall] of nouns) {
    it(`is ${plural ?? 'not said'} for ${recall === null ? 'an unknown recall' : recall.products[0]?.name}`, () => {
      assert.equal(pluralNoun(recall), plural)
    })
  }
})

describe('sums and counts', () => {
  it('are said with the decimals of their currency', () => {
    assert.deepEqual(
      [
        moneyText({ amountMinor: 1999, currency: 'USD' }),
        moneyText({ amountMinor: 1500, currency: 'JPY' }),
        moneyText({ amountMinor: 12_345, currency: 'KWD' }),
      ],
      ['$19.99', '¥1,500', 'KWD\u00a012.345'],
    )
    assert.equal(
      sumsText([
        { amountMinor: 500, currency: 'EUR' },
        { amountMinor: 1, currency: 'USD' },
      ]),
      '€5.00 and $0.01',
    )
    assert.deepEqual([unitsText(1, 'cups'), unitsText(2, 'cups'), unitsText(1_000, null)], ['1 unit', '2 cups', '1,000 units'])
  })

  it('leave a message one full stop', () => {
    assert.deepEqual([sentence('photo: too large'), sentence('Wait a minute.')], ['Photo: too large.', 'Wait a minute.'])
  })
})
