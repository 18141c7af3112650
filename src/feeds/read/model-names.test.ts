import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { modelNamesIn, tableNames } from './model-names.ts'
import { smallWords } from './name-runs.ts'

function called(description: string): string[] {
  return modelNamesIn(description, smallWords({ productNames: [], description }))
}

describe('names of models in prose', () => {
  it('are none where capitals or quotation marks say something else', () => {
    for (const text of [
      '',
      'The words "Made in China" are printed on the box.',
      'This recall involves Acme Biometric Gun Safes with model number QH029B.',
      'The model number is on the label. Models sold in Canada are not included.',
    ]) {
      assert.deepEqual(called(text), [], text)
    }
  })

  it('are what the text calls a name', () => {
    assert.deepEqual(called('The model name "ACE K125," "ACE T125" or "CONQUEROR" is displayed.'), ['ACE K125', 'ACE T125', 'CONQUEROR'])
    assert.deepEqual(called('One has the name "Glow Beam," one has the name "Dazzling Diamonds."'), ['Glow Beam', 'Dazzling Diamonds'])
    assert.deepEqual(called('Dolls, marketed as the "Funny Clown" or "Dress-Me Clown," are recalled.'), ['Funny Clown', 'Dress-Me Clown'])
  })

  it('are what stands before a model number', () => {
    assert.deepEqual(called('cribs including the Reagan crib (model #M2801) and the Jenny Lind crib (model #M7391) made in May'), [
      'Reagan',
      'Jenny Lind',
    ])
  })

  it('are listed behind "models", also where they are letters alone', () => {
    assert.deepEqual(called('climbers, models PMA, PFB, and PFH. The letters are on the label.'), ['PMA', 'PFB', 'PFH'])
    assert.deepEqual(called('They include models Moment and Trident in black.'), ['Moment', 'Trident'])
  })
})

describe('lists of names', () => {
  it('stand behind a colon, unless they list colours, places or sizes', () => {
    assert.deepEqual(
      called('This recall involves the following bicycles: San Quentin 1, Wildcat Trail 3 and 2021 Fairfax 1. They are red.'),
      ['San Quentin 1', 'Wildcat Trail 3', 'Fairfax 1'],
    )
    assert.deepEqual(called('sold in the following colors: Red, Blue and Green. Models sold in these states: Ohio, Iowa and Texas.'), [])
  })

  it('stand behind model years', () => {
    const rovs =
      'vehicles: model year 2021 RZR TURBO S Velocity, RZR XP Turbo and RZR XP 4 Turbo; model year 2020-2022 RZR XP 1000 in black.'
    assert.deepEqual(called(rovs), ['RZR TURBO S Velocity', 'RZR XP Turbo', 'RZR XP 4 Turbo', 'RZR XP 1000'])
    assert.deepEqual(called('Vehicles made between 2016 and 2018 in June 2017 are included.'), [])
  })

  it('have their numbers in brackets', () => {
    const handles = 'include the Original Bedside Assistant (BA10W), the Travel Handles (BA11W) and the Adjustable Bedside Assistant (AJ1).'
    assert.deepEqual(called(handles).slice(0, 2), ['Original Bedside Assistant', 'BA10W'])
    assert.deepEqual(called('all-terrain vehicles of the Consumer Product (CP2) kind'), [])
  })
})

describe('names of models in a table', () => {
  it('are none in tables of colours and of codes', () => {
    assert.deepEqual(tableNames('are recalled: Model Number Color 169164 Black 169165 White 169166 Red', []), [])
    assert.deepEqual(tableNames('are recalled: Model Number Model R16A77 POLARIS RED R16A78 POLARIS BLUE LE R16A79 INDY RED', []), [])
  })

  it('stand in capitals among other cells', () => {
    const candles =
      'in the following models: Model Fragrance Style Number UPC HOME SWEET HOME White Lotus 01SNG01 400681131954 DREAM Coconut 01SNG02 400292653180 MERRY & BRIGHT Cape Jasmine 01SNG03 400189096090'
    assert.deepEqual(tableNames(candles, []), ['HOME SWEET HOME', 'DREAM', 'MERRY & BRIGHT'])
    const boots =
      'the following: Article Code Model Name 607056 VECTOR EVO ST Rental model 607335 RAPTOR 50HT Rental model 608032 VECTOR RS 130 VECTOR RS 130S No liner'
    assert.deepEqual(tableNames(boots, []), ['VECTOR EVO ST', 'RAPTOR 50HT', 'VECTOR RS 130', 'VECTOR RS 130S'])
  })

  it('stand beside the number, on the side that the head says', () => {
    const traps = 'are included: Model Model Number Serial Number Independence MM3200 IN01450- IN01625 Executive MM3300 EX01444- EX01630'
    assert.deepEqual(tableNames(traps, []), ['Independence', 'Executive'])
    const cribs = 'are included: Model Number and Name Serial Number M2801 Reagan 4959 M7391 Jenny Lind 4954'
    assert.deepEqual(tableNames(cribs, []), ['Reagan', 'Jenny Lind'])
  })

  it('are without the brand before them', () => {
    const heaters = 'are recalled: Product Name Model Number Acme Breeze AT1323 Acme Gale AT1481'
    assert.deepEqual(tableNames(heaters, ['Acme']), ['Breeze', 'Gale'])
  })
})
