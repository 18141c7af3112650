import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readCodes } from './codes.ts'
import { readGtins } from './gtins.ts'

describe('codes in prose', () => {
  it('are none where a text speaks of numbers without printing them', () => {
    for (const text of [
      '',
      'The model number is on the label.',
      'They come in 12-inch and 14-ounce sizes, models for 2 people.',
      'Model year 2018 motorcycles are recalled.',
    ]) {
      assert.deepEqual(readCodes(text), { models: [], lots: [], serials: [] }, text)
    }
  })

  it('are the list behind their name', () => {
    assert.deepEqual(readCodes('Trimmer, Model Number 315.796640 with date codes B4322, B4329 or B4336 without a label.'), {
      models: ['315.796640'], lots: ['B4322', 'B4329', 'B4336'], serials: [],
    }) // prettier-ignore
    assert.deepEqual(readCodes('The article numbers are 201-102-34 (black), 501-121-99 (white) and 000-795-45 (clear).').models, [
      '201-102-34',
      '501-121-99',
      '000-795-45',
    ])
    assert.deepEqual(readCodes('Item number 92129 and lot number M16140A are printed on the box.'), {
      models: ['92129'],
      lots: ['M16140A'],
      serials: [],
    })
    assert.deepEqual(readCodes('Gates with the following article numbers are recalled: 302-265-21 500-375-67 501-919-50').models, [
      '302-265-21',
      '500-375-67',
      '501-919-50',
    ])
  })

  it('are those in brackets behind colours, beside what is recalled, and printed on it', () => {
    const colours = 'They were sold with corresponding product numbers - gray (M0934G), espresso (M0934Q) and white (M0934W).'
    assert.deepEqual(readCodes(colours).models, ['M0934G', 'M0934Q', 'M0934W'])
    const involved = 'This recall involves CHP56, CHP55 and CBT81 gliders. The model number is on the base.'
    assert.deepEqual(readCodes(involved).models, ['CHP56', 'CHP55', 'CBT81'])
    assert.deepEqual(readCodes('The kits have a label with BLV10795 printed on the box.').models, ['BLV10795'])
    assert.deepEqual(readCodes('"Listed suction fitting" and "SP-1058-B" are printed on the grate.').models, ['SP-1058-B'])
    assert.deepEqual(readCodes('The model number of the charger is MU15-N1052-A00S.').models, ['MU15-N1052-A00S'])
    assert.deepEqual(readCodes('RN64664 and ASTM F963 are printed on the label. "2221" is the date printed there.').models, [])
  })

  it('are no bar codes with blanks, and no numbers of single vehicles', () => {
    const candles =
      'The candles are listed. Model # Scent UPC Code D2001A Saddle Leather 8 00565 80822 2 D2009A Buttery Vanilla 8 00565 80826 0'
    assert.deepEqual(readCodes(candles).models, ['D2001A', 'D2009A'])
    const vehicles =
      'The VIN is below the wheel. Model Number VIN range start VIN range end CR350, LS350 A4PUTYFB1JBA00023 A4PUTYFB9JBA00304 TW450 A4PUTYJCXJBA00358'
    assert.deepEqual(readCodes(vehicles).models, ['CR350', 'LS350', 'TW450'])
  })

  it('keep ranges as printed, and mark beginnings', () => {
    assert.deepEqual(readCodes('with serial number range FT730VA00107-FT730VA00593 and more').serials, ['FT730VA00107-FT730VA00593'])
    assert.deepEqual(readCodes('Serial numbers for the affected frames: WAWAK0001 through WAWAK0062 WAWAL0001 through WAWAL0600').serials, [
      'WAWAK0001 through WAWAK0062',
      'WAWAL0001 through WAWAL0600',
    ])
    assert.deepEqual(readCodes('The serial number of the recalled product begins with R15563P3S and is behind the door.').serials, [
      'R15563P3S*',
    ])
    assert.deepEqual(readCodes('A date code beginning with either 0, 11, 12 or 13 is printed on the housing.').lots, [
      '0*',
      '11*',
      '12*',
      '13*',
    ])
  })

  it('say where the list is not whole', () => {
    const text = 'Lot numbers A100 and A101 are recalled. A complete list of lot numbers is at www.example.com.'
    assert.deepEqual(readCodes(text).lots, ['A100', 'A101', '*'])
  })

  it('are not those of other products they fit', () => {
    assert.deepEqual(readCodes('Kits that are used with model 1023E, 1025R, and 2025R tractors.').models, [])
  })
})

describe('codes in a table that became prose', () => {
  it('are told apart by their look', () => {
    const text =
      'The following are recalled: Model Model Number Serial Number Independence MM3200 IN01450- IN01625 Executive MM3300 EX01444- EX01630'
    assert.deepEqual(readCodes(text), { models: ['MM3200', 'MM3300'], lots: [], serials: ['IN01450- IN01625', 'EX01444- EX01630'] })
    const lots =
      'on the bottle: Name Size Lot Number SKU Deep Blue 10 ml 183055, 183232, 190882 60200144 PastTense 10 ml 182621, 190072 31350001'
    assert.deepEqual(readCodes(lots), {
      models: ['60200144', '31350001'],
      lots: ['183055', '183232', '190882', '182621', '190072'],
      serials: [],
    })
  })

  it('end where prose goes on', () => {
    const text =
      'are: Model Number Color 427CRESINSBG Beige 427CRESINSBK Black. The chairs were sold with model 99X of another firm. Serial numbers A77 and A78 too.'
    assert.deepEqual(readCodes(text).serials, ['A77', 'A78'])
  })
})

it('GTINs are those with a right check digit in a text that speaks of UPCs', () => {
  assert.deepEqual(readGtins('item number 820633985358'), [])
  assert.deepEqual(readGtins('UPC code 820633985358 is on the box'), ['820633985358'])
  assert.deepEqual(readGtins('UPC code 820633985357 is on the box'), [])
  assert.deepEqual(readGtins('The UPC number "0-70257-52226-6" is printed'), ['070257522266'])
  assert.deepEqual(readGtins('UPC 99143020020 without its zero'), ['099143020020'])
  assert.deepEqual(readGtins('UPC 80640907401 without its check digit'), ['806409074013'])
})

describe('codes that stand otherwise', () => {
  it('are letters alone where numbers begin with them', () => {
    assert.deepEqual(readCodes('rockers with model numbers beginning with RFAR. They are white.').models, ['RFAR'])
    assert.deepEqual(readCodes('Those serial numbers beginning with the letters S, E, or C are affected.').serials, ['S*', 'E*', 'C*'])
  })

  it('are a column under a heading on models', () => {
    const strollers = 'Models included are: Quattro Stroller $100-$190 Nov 2002 - Dec 2007 35735 35759 7111ASB 7111BKW 7111CLN 7111CUN'
    assert.deepEqual(readCodes(strollers).models, ['35735', '35759', '7111ASB', '7111BKW', '7111CLN', '7111CUN'])
    assert.deepEqual(readCodes('The lot numbers are on the box. 35735 35759 7111ASB 7111BKW 7111CLN 7111CUN').models, [])
  })

  it('are ranges of identification numbers, and of more than one make', () => {
    const vins =
      'by the last six numerals of the Vehicle Identification Number (VIN) in the following ranges: 105092 through 112175 or 800001 through 800033.'
    assert.deepEqual(readCodes(vins).serials, ['105092 through 112175', '800001 through 800033'])
    const safes = 'The following serial number ranges are included: SW190035551 - SW190038050 SVA2001200005001 - SVA2001200007000'
    assert.deepEqual(readCodes(safes).serials, ['SW190035551 - SW190038050', 'SVA2001200005001 - SVA2001200007000'])
  })

  it('of a table are lots where every row has the same', () => {
    const balls = 'are recalled: Model Number Date Code UPC F19-TL MID# 1940918 681066474037 F19-LP MID# 1940918 681066305645'
    assert.deepEqual(readCodes(balls), { models: ['F19-TL', 'F19-LP'], lots: ['1940918'], serials: [] })
  })
})
