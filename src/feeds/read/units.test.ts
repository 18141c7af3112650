import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { NUMBER, readNumber } from './numbers.ts'
import { readUnits, readUnitsFromProse } from './units.ts'

it('numbers are read in figures and in words', () => {
  for (const [text, value] of [
    ['346,000', 346_000],
    ['17.3 million', 17_300_000],
    ['seven', 7],
    ['twenty-five', 25],
    ['two hundred', 200],
    ['a dozen', 12],
    ['82,0000', 820_000],
    ['2.100', 2_100],
  ] as const) {
    assert.ok(new RegExp(`^${NUMBER}$`, 'i').test(text), text)
    assert.equal(readNumber(text), value)
  }
})

describe('units', () => {
  it('are none where the field is empty or says nothing', () => {
    for (const texts of [[], [''], ['Unknown'], ['Undetermined number']]) assert.deepEqual(readUnits(texts), { units: null, elsewhere: {} })
  })

  it('are those of the United States, and of Canada and Mexico apart', () => {
    const cases: [string, number, Record<string, number>][] = [
      ['About 346,000', 346_000, {}],
      ['About 1.1 million', 1_100_000, {}],
      ['More than 250,000', 250_000, {}],
      ['About 6,000 (in addition, 13 were sold in Canada)', 6_000, { CA: 13 }],
      ['About 58,000 in U.S. and 17,000 in Canada', 58_000, { CA: 17_000 }],
      ['About 71,000 units (in addition 3,900 units were sold in Canada and 990 units in Mexico)', 71_000, { CA: 3_900, MX: 990 }],
      ['11,000 in the United States (220,000 worldwide)', 11_000, {}],
      ['About 900 (In addition, about six were sold in Canada)', 900, { CA: 6 }],
    ]
    for (const [text, units, elsewhere] of cases) assert.deepEqual(readUnits([text]), { units, elsewhere }, text)
  })

  it('are added up over products, and not with their parts or earlier recalls', () => {
    const cases: [string[], number][] = [
      [['About 183,000 toilet locks and 685,000 cabinet locks (This recall was first announced in March 2012)'], 868_000],
      [['About 46,200 (26,400 robots and 19,800 boards)'], 46_200],
      [['About 5,400 (2,700 pairs)'], 5_400],
      [['About 5,700 boxes of 30 blister packs'], 5_700],
      [['About 350,000 (This recall was first announced in April 2018)'], 350_000],
      [['About 6,000 (Bexco recalled an additional 11,600 cribs in July 2015)'], 6_000],
      [['About 1,000', 'About 500'], 1_500],
      [['About 1,000', 'About 1,000', ''], 1_000],
    ]
    for (const [texts, units] of cases) assert.equal(readUnits(texts).units, units, texts.join(' | '))
  })

  it('are found in a press release where they are recalled, sold or made', () => {
    assert.equal(readUnitsFromProse('May 14, 1985. Approximately 400 of these trimmers were sold through Sears stores for $65.00.'), 400)
    assert.equal(readUnitsFromProse('Acme issued an alert for approximately 1.8 million gas grills manufactured from 1983.'), 1_800_000)
    assert.equal(readUnitsFromProse('About 30 percent of homes are affected. About 12 injuries were reported in recalled units.'), null)
  })
})
