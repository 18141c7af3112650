import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readNames } from './names.ts'
import { readNouns } from './nouns.ts'
import { readTitle } from './title.ts'

function named(title: string, productName: string, description = '', soldText = ''): { brands: string[]; modelNames: string[] } {
  return readNames({ title, productNames: [productName], description, soldText, firms: [] })
}

it('a title says who recalls what', () => {
  assert.deepEqual(readTitle('Soojimus Recalls CUPKIN Cups Due to Violation of Federal Lead Content Ban (Recall Alert)'), {
    firm: 'Soojimus',
    product: 'CUPKIN Cups',
  })
  assert.deepEqual(readTitle('Hair Dryers Recalled by Vintage International Inc. Due to Electrocution Hazard'), {
    firm: 'Vintage International',
    product: 'Hair Dryers',
  })
  assert.deepEqual(readTitle('CPSC, Polaris Industries Announce Recall of RANGER 4x4 Utility Vehicles'), {
    firm: 'Polaris Industries',
    product: 'RANGER 4x4 Utility Vehicles',
  })
  assert.deepEqual(readTitle('Decorator Cube Safety Warning'), { firm: '', product: 'Decorator Cube Safety Warning' })
})

describe('brands', () => {
  it('are none where no name is said', () => {
    assert.deepEqual(named('Wooden Cups Recalled Due to Fire Hazard', 'Wooden cups'), { brands: [], modelNames: [] })
  })

  it('are what is called a brand', () => {
    assert.deepEqual(
      named('Hooded Sweatshirts Recalled by GJC', 'Sweatshirts', "This recall involves children's Niko brand hooded sweatshirts.").brands,
      ['Niko'],
    )
    const bosch = 'This recall involves power cords of certain Bosch, Gaggenau, Kenmore Elite and Thermador brand dishwashers.'
    assert.deepEqual(named('BSH Recalls Dishwashers', 'Dishwashers', bosch).brands, ['Bosch', 'Gaggenau', 'Kenmore Elite', 'Thermador'])
  })

  it('are the names before the ordinary words of the product', () => {
    assert.deepEqual(named('Soojimus Recalls CUPKIN Cups', "CUPKIN Double-Walled Stainless Steel Children's Cups").brands, ['CUPKIN'])
    assert.deepEqual(named('Woodstream Recalls Mosquito Magnet Traps', 'Mosquito Magnet traps').brands, ['Mosquito Magnet'])
    assert.deepEqual(named('Faucets Recalled by Lota', 'Glacier Bay and Schön kitchen faucets').brands, ['Glacier Bay', 'Schön'])
  })

  it('are the firm where its name is on the product, and what follows is the model', () => {
    const ikea = "This recall involves IKEA's LYDA jumbo coffee/tea cups."
    assert.deepEqual(named('IKEA Recalls LYDA Jumbo Coffee/Tea Cups', 'LYDA jumbo cups', ikea).brands, ['IKEA'])
    const canAm = named(
      'BRP Recalls All-Terrain Vehicles',
      '2018 Can-Am Outlander and Renegade all-terrain vehicles',
      '',
      'Can-Am dealers nationwide from June 2017',
    )
    assert.deepEqual(canAm, { brands: ['Can-Am'], modelNames: ['Outlander', 'Renegade'] })
  })

  it('are the firm where there is no other name', () => {
    assert.deepEqual(named('Molenaar Recalls Folding Step Stools', 'Folding step stool').brands, ['Molenaar'])
  })
})

it('nouns are the ordinary words at the end of the name, in the singular', () => {
  assert.deepEqual(readNouns(["CUPKIN Double-Walled Stainless Steel Children's Cups"]), ["children's cup"])
  assert.deepEqual(readNouns(['Gordon Folding Knives', 'Head Ski Boots with yellow soles']), ['folding knife', 'ski boot'])
})
