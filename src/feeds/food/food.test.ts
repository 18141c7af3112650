import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readCodeInfo } from './code-info.ts'
import { readFoodHazards, readNamedFoodHazards } from './hazards.ts'
import { readFoodBrands, readFoodNouns } from './names.ts'
import { readQuantity } from './quantity.ts'

describe('a field of codes', () => {
  it('limits nothing where it lists nothing or says that all are concerned', () => {
    for (const text of ['', 'None', 'N/A', 'No lot codes', 'All lots', 'All codes within expiry', 'UPC: 827912008548'])
      assert.deepEqual(readCodeInfo(text).lots, [], text)
  })

  it('is not whole where it says more than was understood', () => {
    for (const text of [
      'Lot 1234 and all lots thereafter',
      'Lots such as A100, A101',
      'Lot A100 purchased from the roadside stand',
      'Lot A100, and others see attachment',
      'Lot A100; also units with best by 01/02/2026, 01/03/2026',
    ]) {
      const { lots } = readCodeInfo(text)
      assert.equal(lots.at(-1), '*', `${text}: ${lots.join()}`)
    }
  })

  it('says dates where it has nothing else, and that no unit’s lot tells its date', () => {
    assert.deepEqual(readCodeInfo('Sell By: 05-22-26, 05-23-26').lots, ['05-22-26', '05-23-26', '*'])
    assert.deepEqual(readCodeInfo('Use by: FEBRUARY 2027').lots, ['FEBRUARY 2027', '*'])
  })

  it('gives lots without labels, dates and UPCs', () => {
    assert.deepEqual(readCodeInfo('Lot#:26080483; Exp :03/13/2027  Lot#:25310327; Exp :08/12/2026').lots, ['26080483', '25310327'])
    assert.deepEqual(readCodeInfo('Lot #: A100, A101 and A102').lots, ['A100', 'A101', 'A102'])
    assert.deepEqual(readCodeInfo('1612019, 1622019, 1632019.').lots, ['1612019', '1622019', '1632019'])
    const mixed = readCodeInfo(
      'Product Number SMB20001 Batch/Lot 025233 and Use By 08/31/2026 Batch/Lot 025237 and Use By 08/31/2026 UPC 850055470040',
    )
    assert.deepEqual([mixed.lots, mixed.models, mixed.gtins], [['025233', '025237'], ['SMB20001'], ['850055470040']])
    const device = readCodeInfo('UDI-DI: 10886982345677, Serial Numbers: 10023, 10024; Model Number: XR-200')
    assert.deepEqual([device.serials, device.models, device.lots], [['10023', '10024'], ['XR-200'], []])
  })

  it('keeps ranges as one', () => {
    assert.deepEqual(readCodeInfo('Lots A100 through A120, B7755').lots, ['A100 - A120', 'B7755'])
  })
})

describe('a reason', () => {
  it('is told apart by what endangers whom', () => {
    for (const [reason, hazards] of [
      ['', []],
      ['Undeclared milk, pecans, pistachios, yellow #5 and red #40.', ['chemical', 'allergen']],
      ['Misbranding, Unreported Allergens', ['allergen']],
      ['Potential Salmonella contamination.', ['infection']],
      ['Product Contamination', ['other']],
      ['Possible contamination with foreign matter; wood pieces.', ['other']],
      ['May contain pieces of glass', ['laceration']],
      ['Elevated levels of lead', ['lead']],
      ['Low acid may lead to spoilage', ['infection']],
      ['Produced Without Benefit of Inspection', ['other']],
      ['presence of yellow oleander', ['poisoning']],
      ['Potential for mold growth', ['mold']],
    ] as const)
      assert.deepEqual(readFoodHazards([reason]), hazards, reason)
    assert.deepEqual(readNamedFoodHazards('Milk'), ['allergen'])
    assert.deepEqual(readNamedFoodHazards('Listeria'), ['infection'])
  })
})

describe('a quantity', () => {
  it('is units only where it says units', () => {
    for (const text of [
      '',
      '185 Cases',
      '148,000 pounds',
      '1,892cs/48/4.5oz packages',
      '120 cases (16 bags/case)',
      '70 lbs bulk; 2899 units',
      'Unknown',
      '12 bottles per case',
    ])
      assert.equal(readQuantity(text), null, text)
    assert.equal(readQuantity('144 units (bottles)'), 144)
    assert.equal(readQuantity('79,156 individual bars'), 79_156)
    assert.equal(readQuantity('888 TOTAL units (32 oz/unit)'), 888)
    assert.equal(readQuantity('100 bags; 20 jars'), 120)
  })
})

describe('the name of a food', () => {
  it('is no brand where all its words are food', () => {
    for (const label of [
      'Cuban Sandwich',
      'Taro Cakes',
      'Fresh Italian Parsley',
      'Pork and Chicken Products',
      'PREMIUM ORGANIC LENTIL SOUP',
    ])
      assert.deepEqual(readFoodBrands([label], ['Smith Distribution Inc.']), [], label)
  })

  it('has the brand that it says, bears or shares with the firm', () => {
    assert.deepEqual(readFoodBrands(['Ground Cinnamon, Devi Brand'], ['Homeneeds Inc.']), ['Devi'])
    assert.deepEqual(readFoodBrands(['Little Remedies® Honey Cough'], ['Prestige Holdings']), ['Little Remedies'])
    assert.deepEqual(readFoodBrands(['GREY GHOST BAKERY scratch-made cookies'], ['TFI Holding dba Grey Ghost Bakery']), [
      'Grey Ghost Bakery',
    ])
    assert.deepEqual(readFoodBrands(['Nutrisystem, Chocolate Cheesecake'], ['Nutrisystem Inc']), ['Nutrisystem'])
    assert.deepEqual(readFoodBrands(['Zyxomar Yellow Corn Chips'], ['Smith Distribution Inc.']), ['Zyxomar'])
  })

  it('ends with what kind of food it is', () => {
    assert.deepEqual(readFoodNouns(['Devi Brand Ground Cinnamon (Dalchini Powder)', 'Taco Dinner Kits', 'Linzer Cookies, 12 count', 'Fresh Cherries']), [
      'ground cinnamon', 'dinner kit', 'cookie', 'fresh cherry',
    ]) // prettier-ignore
  })
})
