/** What the engine makes of the ways in which sellers write. Brands, lines and numbers are invented. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { buildEngine, type ScreenedMatch } from './engine.ts'
import { CUPS, sampleListing, sampleRecall } from './samples.ts'
import type { ScreenedListing } from './listing-features.ts'

const scope = CUPS.scope

const HEATERS = sampleRecall({
  recallNumber: '90101',
  title: 'Varmolux Recalls Portable Heaters Due to Fire Hazard',
  description:
    'This recall involves Varmolux portable ceramic heaters with model numbers VX-2100, VX-2150 and VX-2150B. The heaters are white. Model VX-2300 is not included in this recall. The model number is printed on the bottom.',
  products: [{ name: 'Varmolux portable ceramic heaters', model: null, unitsText: 'About 9,000' }],
  hazards: ['fire'],
  scope: { ...scope, brands: ['Varmolux'], productNouns: ['heater'], models: ['VX-2100', 'VX-2150', 'VX-2150B'], priceMinMinor: 4000, priceMaxMinor: 6000, soldFrom: '2021-01', soldTo: '2023-06' },
}) // prettier-ignore

const DRILLS = sampleRecall({
  recallNumber: '90102',
  title: 'Ostrevant Tools Recalls Cordless Drills Due to Laceration Hazard',
  description:
    'This recall involves Ostrevant 18V cordless drills with model number OD1840 and serial numbers 1840001 through 1849999. They were manufactured from March 2020 through August 2021.',
  products: [{ name: 'Ostrevant 18V Cordless Drills', model: null, unitsText: 'About 9,000' }],
  hazards: ['laceration'],
  scope: { ...scope, brands: ['Ostrevant'], productNouns: ['drill'], models: ['OD1840'], serials: ['1840001 through 1849999'], manufacturedFrom: '2020-03', manufacturedTo: '2021-08' },
}) // prettier-ignore

const BATTERIES = sampleRecall({
  recallNumber: '90103',
  title: 'Tavish Recalls Notebook Computer Batteries Due to Fire Hazard',
  description:
    'This recall involves Tavish lithium-ion battery packs sold with the following Tavish notebook computers: Meridian T610, T620 and X340 series. The battery packs were also sold separately. Recalled battery packs have one of the following part numbers printed on a label: 77K1200, 77K1201 and 77K1300.',
  products: [{ name: 'Tavish notebook computer battery packs', model: null, unitsText: 'About 9,000' }],
  hazards: ['fire'],
  scope: { ...scope, brands: ['Tavish'], productNouns: ['battery pack'], models: [] },
})

const ADAPTERS = sampleRecall({
  recallNumber: '90104',
  title: 'Grellow Recalls Power Adapters Sold with Label Printers Due to Burn Hazard',
  description:
    'This recall involves the power adapters sold with the following Grellow printers: PL330 and PL350 with housing date codes 2407 or 2507. The date code is printed on the adapter.',
  products: [{ name: 'Grellow power adapters used with printers', model: null, unitsText: 'About 9,000' }],
  hazards: ['burn'],
  scope: { ...scope, brands: ['Grellow'], productNouns: ['power adapter'], models: [] },
})

const BOTTLES = sampleRecall({
  recallNumber: '90105',
  title: 'Quillby Recalls Delicate Detergent Due to Risk of Exposure to Bacteria',
  description: 'This recall involves 50-fluid-ounce bottles of Quillby Delicate detergent with lot codes S24364, S24365 and S24366.',
  products: [{ name: 'Quillby Delicate detergent in 50-fluid-ounce bottles', model: null, unitsText: 'About 9,000' }],
  hazards: ['infection'],
  scope: { ...scope, brands: ['Quillby'], productNouns: ['detergent'], lots: ['S24364', 'S24365', 'S24366'] },
})

const engine = buildEngine([HEATERS, DRILLS, BATTERIES, ADAPTERS, BOTTLES])

function found(recall: { recallNumber: string }, title: string, change: Partial<ScreenedListing> = {}): ScreenedMatch | undefined {
  return engine.screenListing(sampleListing('x', title, change)).find((match) => match.recallId === `CPSC-${recall.recallNumber}`)
}

function answer(recall: { recallNumber: string }, title: string, change: Partial<ScreenedListing> = {}): string {
  return found(recall, title, change)?.answer ?? 'no'
}

describe('what is near the recalled product and is not it', () => {
  it('is a thing for it', () => {
    for (const title of [
      'Carry case for Varmolux VX-2100 heater',
      'Dust cover compatible with Varmolux VX-2100',
      'Replacement filter for Varmolux VX-2150 ceramic heater',
      'Funda para calefactor Varmolux VX-2100',
      'Ersatzfilter passend für Varmolux VX-2150 Heizgerät',
    ])
      assert.notEqual(answer(HEATERS, title, { brand: 'Nordhaven' }), 'affected', title)
  })

  it('is a sibling, or one the recall leaves out', () => {
    assert.equal(answer(HEATERS, 'Varmolux portable ceramic heater VX-2400 white', { brand: 'Varmolux', model: 'VX-2400' }), 'no')
    assert.equal(answer(HEATERS, 'Varmolux portable ceramic heater VX-2300 white', { brand: 'Varmolux', model: 'VX-2300' }), 'no')
  })

  it('is the same number of another brand', () => {
    assert.equal(answer(DRILLS, 'Nordhaven OD1840 outdoor speaker', { brand: 'Nordhaven', model: 'OD1840' }), 'no')
    assert.equal(answer(DRILLS, 'Nordhaven 18V cordless drill OD1840', { brand: 'Nordhaven', model: 'OD1840' }), 'no')
  })

  it('is several recalled models in one title under a number of its own', () => {
    const toner = found(HEATERS, 'Varmolux VX-2100 VX-2150 heater grille 88K4410', { brand: 'Varmolux', model: '88K4410' })
    assert.notEqual(toner?.tier, 'auto')
  })

  it('is another size', () => {
    assert.equal(answer(BOTTLES, 'Quillby Delicate detergent 16 oz', { brand: 'Quillby' }), 'no')
    assert.notEqual(answer(BOTTLES, 'Quillby Delicate detergent 1.48 L', { brand: 'Quillby' }), 'no')
  })
})

describe('what a seller writes otherwise', () => {
  const plain = 'Varmolux portable ceramic heater VX-2150 white'

  it('is the same in capitals, without hyphens, in another order, with an empty brand field, with a misspelt brand', () => {
    for (const [title, brand] of [
      [plain, 'Varmolux'],
      [plain.toUpperCase(), 'VARMOLUX'],
      ['varmolux vx2150 portable ceramic heater, white', 'varmolux'],
      ['White ceramic heater, portable | VX 2150 | Varmolux', 'Varmolux'],
      [plain, null],
      ['Varmolx portable ceramic heater VX-2150 white', 'Varmolx'],
    ] as const)
      assert.equal(answer(HEATERS, title, { brand, model: title.includes('VX 2150') ? 'VX-2150' : null }), 'affected', title)
    assert.notEqual(found(HEATERS, 'Varmolx portable ceramic heater VX-2150 white', { brand: 'Varmolx' })?.tier, 'auto')
  })

  it('is found in other languages by the general names of things', () => {
    for (const title of [
      'Calefactor cerámico portátil Varmolux VX-2150 blanco',
      'Radiateur céramique Varmolux VX-2150 blanc',
      'Varmolux Heizlüfter Keramik VX-2150 weiß',
    ])
      assert.equal(answer(HEATERS, title, { brand: 'Varmolux' }), 'affected', title)
  })

  it('has numbers in words that are no models', () => {
    for (const title of ['Varmolux 2-in-1 portable ceramic heater 1500W', 'Varmolux portable ceramic heater 12-volt 1080p display'])
      assert.equal(answer(HEATERS, title, { brand: 'Varmolux' }), 'possibly', title)
  })

  it('is in a bundle', () => {
    assert.equal(
      answer(DRILLS, 'Ostrevant 18V cordless drill OD1840 with 2 batteries, charger and bag', { brand: 'Ostrevant' }),
      'affected',
    )
  })
})

describe('what only the listing’s own words decide', () => {
  it('is a serial number or a date of make inside or outside the recall', () => {
    const drill = { brand: 'Ostrevant', model: 'OD1840' }
    assert.equal(answer(DRILLS, 'Ostrevant OD1840 18V cordless drill, serial 1841234', drill), 'affected')
    assert.equal(answer(DRILLS, 'Ostrevant OD1840 18V cordless drill, serial 1861234', drill), 'no')
    assert.equal(answer(DRILLS, 'Ostrevant OD1840 18V cordless drill, manufactured June 2023', drill), 'no')
    assert.equal(answer(DRILLS, 'Ostrevant OD1840 18V cordless drill', { ...drill, description: 'DOM 2020/11/05' }), 'affected')
    assert.equal(answer(BOTTLES, 'Quillby Delicate detergent 50 oz - lot S24365', { brand: 'Quillby' }), 'affected')
    assert.equal(answer(BOTTLES, 'Quillby Delicate detergent 50 oz - lot S24999', { brand: 'Quillby' }), 'no')
  })

  it('is possible while it is left out, with a sentence on what would decide', () => {
    for (const [recall, title, brand, says] of [
      [HEATERS, 'Varmolux portable ceramic heater, white', 'Varmolux', 'model number'],
      [HEATERS, 'Varmolux ceramic heater VX-2150C portable', 'Varmolux', 'model number'],
      [BATTERIES, 'Tavish Meridian T610 notebook 14 inch, 8 GB', 'Tavish', 'part’s own label'],
      [BOTTLES, 'Quillby Delicate laundry detergent', 'Quillby', 'size'],
    ] as const) {
      const match = found(recall, title, { brand })
      assert.equal(match?.answer, 'possibly', title)
      const decides = match.reasons.find((reason) => reason.weight === 0)
      assert.ok(decides?.text.includes(says), `${title}: ${decides?.text}`)
    }
  })

  it('waits for a proof where the seller says that it was put right', () => {
    const match = found(DRILLS, 'Ostrevant OD1840 18V cordless drill, repaired', { brand: 'Ostrevant', model: 'OD1840' })
    assert.deepEqual([match?.answer, match?.tier], ['possibly', 'review'])
    assert.ok(match?.reasons.some((reason) => reason.text.includes('proof')))
  })
})

describe('a recalled component', () => {
  it('is in what it was sold with, where that is listed and only a date tells apart', () => {
    assert.equal(answer(ADAPTERS, 'Grellow label printer PL330 with USB', { brand: 'Grellow' }), 'affected')
  })

  it('is not in what is not listed, nor in what carries a host, nor in another maker’s', () => {
    assert.equal(answer(ADAPTERS, 'Grellow label printer PL900 with USB', { brand: 'Grellow', model: 'PL900' }), 'no')
    assert.notEqual(answer(BATTERIES, 'Tavish notebook backpack 15 inch', { brand: 'Tavish' }), 'affected')
    assert.equal(answer(BATTERIES, 'Battery for Tavish Meridian T610', { brand: 'Nordhaven' }), 'no')
    assert.equal(answer(ADAPTERS, 'Nordhaven label printer NP12', { brand: 'Nordhaven', model: 'NP12' }), 'no')
  })

  it('is recalled by its own number', () => {
    assert.equal(answer(BATTERIES, 'Tavish notebook battery 77K1201', { brand: 'Tavish', model: '77K1201' }), 'affected')
    assert.equal(answer(BATTERIES, 'Tavish notebook battery 77K9999', { brand: 'Tavish', model: '77K9999' }), 'no')
  })
})

describe('how dangerous the recall is', () => {
  it('decides how early a person looks, and how surely a listing is stopped', () => {
    const mild = buildEngine([{ ...HEATERS, hazards: [], kind: 'market_withdrawal' }])
    const listing = sampleListing('x', 'Varmolux heater, white, for the office', { brand: 'Varmolux' })
    assert.equal(engine.screenListing(listing)[0]?.answer, 'possibly')
    assert.deepEqual(mild.screenListing(listing), [])
  })
})
