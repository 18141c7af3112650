import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { tradeMarks } from './brand-words.ts'
import { ruledNames } from './name-rules.ts'
import { readNames } from './names.ts'
import { readNouns } from './nouns.ts'
import { readTitle } from './title.ts'

function named(title: string, productName: string, description = '', soldText = ''): { brands: string[]; modelNames: string[] } {
  return readNames({ title, productNames: [productName], description, soldText, firms: [] })
}

/** What the rules propose, before it is weighed: in a text of one sentence there is too little to weigh a list by. */
function proposed(title: string, productName: string, description: string): string[] {
  return ruledNames({ title, productNames: [productName], description, soldText: '', firms: [] }).brands
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
  assert.deepEqual(readNouns(['Gordon Folding Knives', 'Head Ski Boots with yellow soles'], ['Head']), ['folding knife', 'ski boot'])
})

it('nouns keep an s that is no plural, and the abbreviation the agency gives', () => {
  assert.deepEqual(readNouns(['Gear cases', 'Diving hoses', 'Propane gas', 'Silk scarves', 'Pajamas', 'Floor vases']), [
    'gear case',
    'diving hose',
    'propane gas',
    'silk scarf',
    'pajamas',
    'floor vase',
  ])
  assert.deepEqual(readNouns(['Polaris all-terrain vehicles (ATVs)']), ['all-terrain vehicle', 'ATV'])
  assert.deepEqual(readNouns(['Island Wear full size umbrella strollers']), ['umbrella stroller'])
  assert.deepEqual(readNouns(['Harbor Breeze folding step stools']), ['step stool', 'folding step stool'])
})

it('a title also says who recalls in the forms of press releases', () => {
  assert.deepEqual(readTitle('Toy Chests Repair/Recall by Crate & Barrel'), { firm: 'Crate & Barrel', product: 'Toy Chests' })
  assert.deepEqual(readTitle('Injuries Prompt Recall of Hand Pumps by Genuine Innovations'), {
    firm: 'Genuine Innovations',
    product: 'Hand Pumps',
  })
  assert.deepEqual(readTitle("Burn Hazards Prompt Recall of Gas Grills Sold at Lowe's Stores"), { firm: '', product: 'Gas Grills' })
  assert.deepEqual(readTitle('The Land of Nod Recalls Rattles').firm, 'The Land of Nod')
})

describe('brands, where names are less plain,', () => {
  it('are each of the firms that recall together', () => {
    const title = 'Marker USA and Kästle Recall Ski Bindings Due to Fall Hazard'
    assert.deepEqual(named(title, 'Marker and Kästle Twin Cam 12.0 ski bindings').brands, ['Marker', 'Kästle'])
  })

  it('are also the short form of the firm, where it stands alone', () => {
    const lamps = "This recall involves GE Lighting's 31243 tube lamps. The GE logo is printed on the label."
    assert.deepEqual(named('GE Lighting Recalls Lamps', 'Tube lamps', lamps).brands, ['GE Lighting', 'GE'])
  })

  it('are the end of the firm that is printed on the product', () => {
    const honda = 'This recall involves motorcycles. HONDA is printed on both sides.'
    assert.deepEqual(named('Motorcycles Recalled by American Honda', 'CRF250R Motorcycles', honda).brands, ['Honda'])
  })

  it('are not the seller, however often it is named', () => {
    const gloves = 'This recall involves Temp-tations Oven Gloves imported and sold by QVC in pairs.'
    assert.deepEqual(named('QVC Recalls Temp-tations Oven Gloves', 'Temp-tations Oven Gloves', gloves, 'QVC.com').brands, ['Temp-tations'])
  })

  it('are one or two words of a long name, the rest being the model', () => {
    const { brands, modelNames } = named('CPSC, Soojimus Announce Recall of Key Chains', 'Harry Potter Magic Potion Bottle key chains')
    assert.deepEqual([brands, modelNames], [['Harry Potter'], ['Magic Potion Bottle']])
  })

  it('are those of the labels in a press release', () => {
    const release = 'W.C. Bradley today issued a safety alert for gas grills made under the CHAR-BROIL and PATIO KITCHEN labels.'
    const texts = {
      title: 'Gas Grills Safety Alert by W.C. Bradley',
      productNames: ['Gas grills'],
      description: '',
      soldText: '',
      firms: [],
    }
    assert.deepEqual(readNames({ ...texts, release }).brands, ['CHAR-BROIL', 'PATIO KITCHEN'])
    assert.deepEqual(readNames({ ...texts, release: 'Lighters marked under the following model names.' }).brands, ['W.C. Bradley'])
  })
})

it('a brand keeps the article that is part of its name', () => {
  const pajamas = 'This recall involves The Red League pajamas. "The Red League" is printed on the label.'
  assert.deepEqual(named("The Red League Recalls Children's Pajamas", 'The Red League pajamas', pajamas).brands, ['The Red League'])
})

describe('the maker of a line', () => {
  it('is the brand where its name is known to stand on what it sells, or it sells at an address of its own', () => {
    assert.deepEqual(named('IKEA Recalls Safety Gates', 'PATRULL safety gates', 'These safety gates are white.').brands, ['IKEA'])
    const site = 'Online at www.levelsofdiscovery.com for about $160'
    assert.deepEqual(named('Airplane Rocker Recalled by Levels of Discovery', 'Fly Boy wooden rockers', '', site).brands, [
      'Levels of Discovery',
    ])
  })

  it('is not a store that sells what others make', () => {
    const site = 'Target stores nationwide and www.target.com'
    assert.deepEqual(named('Target Recalls Candles', 'Threshold glass jar candles', '', site).brands, ['Threshold'])
  })
})

describe('brands in lists and in odd spellings', () => {
  it('stand beside the own name, wherever in the list that is', () => {
    const fireplaces = 'This recall involves electronically controlled Majestic, Monessen and Vermont Castings direct-vent gas fireplaces.'
    assert.deepEqual(proposed('Monessen Hearth Recalls Fireplaces', 'Gas fireplaces', fireplaces), [
      'Monessen',
      'Majestic',
      'Vermont Castings',
    ])
  })

  it('keep full stops, ampersands and an apostrophe too much', () => {
    assert.deepEqual(named('Coffeemaker Recalled by Mr. Coffee', 'Mr. Coffee microwave coffeemaker').brands, ['Mr. Coffee'])
    const holders = named(
      'Urban Outfitters Recalls Candle Holders',
      'Candle holders',
      "This recall involves Urban Outfitter's Margo candle holders.",
    )
    assert.deepEqual(holders, { brands: ['Urban Outfitters'], modelNames: ['Margo'] })
    const units = named(
      'Fluid Recalls Control Units',
      'McDonnell & Miller control units',
      'This recall involves McDonnell and Miller control units.',
    )
    assert.deepEqual(units.brands, ['McDonnell & Miller'])
  })

  it('may be printed in capitals though their words are ordinary, and begin small', () => {
    const darts = 'Darts were sold in sets. The CROWN DARTS logo is printed on the product.'
    assert.deepEqual(named('CPSC Warns Consumers of Lawn Dart Sets', 'Lawn dart sets', darts).brands, ['CROWN DARTS'])
    assert.deepEqual(proposed('Boxine Recalls Blocks', 'tonies Blocks', 'This recall involves tonies wooden blocks.'), ['tonies'])
  })
})

describe('names with signs and in tables', () => {
  it('are trade marks as far as the sign', () => {
    assert.deepEqual(tradeMarks('The StrikeMaster® Lithium Lazer™ ice auger, Guess How Much I Love You® toys'), [
      'StrikeMaster',
      'Lithium Lazer',
      'Guess How Much I Love You',
    ])
    assert.deepEqual(tradeMarks('ice augers without any'), [])
    const texts = {
      title: 'Rapala Recalls Ice Augers',
      productNames: ['StrikeMaster Lithium Lazer Ice Augers'],
      description: '',
      soldText: '',
      firms: [],
    }
    assert.deepEqual(readNames({ ...texts, marked: ['StrikeMaster', 'Lithium Lazer'] }), {
      brands: ['StrikeMaster'],
      modelNames: ['Lithium Lazer'],
    })
  })

  it('are brands under a heading that says so', () => {
    const lights =
      'The following are recalled: BRAND MODEL NUMBER Portfolio PF-4129-AZ Heath-Zenith SL-4129-AZ Portfolio PF-4294-OR Heath-Zenith SL-4148-RB'
    assert.deepEqual(proposed('HeathCo Recalls Outdoor Lights', 'Outdoor lights', lights), ['Portfolio', 'Heath-Zenith'])
  })
})
