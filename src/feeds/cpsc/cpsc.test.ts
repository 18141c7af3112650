import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Recall } from '../../recalls/index.ts'
import { cpsc } from './index.ts'

const FIXTURES = path.join(import.meta.dirname, '../../../test/fixtures/cpsc')

function documentsOf(name: string): object[] {
  return JSON.parse(readFileSync(path.join(FIXTURES, name), 'utf8')) as object[]
}

function read(document: object): Recall {
  const { recall } = cpsc.parse({ bytes: Buffer.from(JSON.stringify(document)), line: 1 })
  assert.ok(recall.ok, JSON.stringify(recall))
  return recall.value
}

it('the error that is answered with status 200 is no recall', () => {
  const reading = cpsc.parse({ bytes: Buffer.from(JSON.stringify(documentsOf('error-body-http200-reconstructed.json')[0])), line: 1 })
  assert.deepEqual([reading.isDocument, reading.recallNumber, reading.recall.ok], [true, null, false])
})

describe('two records exactly as the API gave them', () => {
  const [ranges, safes] = documentsOf('api-exact-2.json').map(read) as [Recall, Recall]

  it('keep the words of the agency', () => {
    assert.equal(ranges.title, 'Best Buy Recalls Insignia® Gas Ranges Due to Risk of Serious Injury from a Fire Hazard')
    assert.equal(ranges.publishedOn, '2026-07-09')
    assert.match(ranges.contactText!, /^Best Buy at 800-566-7498/)
    assert.deepEqual(ranges.products, [
      { name: 'Insignia Front Control Gas Ranges', model: null, unitsText: 'About 3,820 (in addition, about 700 were sold in Canada)' },
    ])
    assert.deepEqual(ranges.images[0], {
      url: 'https://www.cpsc.gov/s3fs-public/insig-1.png',
      caption: 'Recalled Insignia Front Control Gas Range, model number: NS-RGFGSS1',
    })
    assert.deepEqual(safes.firms, [
      { role: 'importer', name: 'Jomani International Inc., of Monterey Park, California' },
      { role: 'distributor', name: 'Ningbo Moyumaoyi Co. Ltd., dba BBRKIN, of China' },
    ])
  })

  it('give the scope of the gas ranges', () => {
    const { scope, hazards, remedies, incidents, injuries } = ranges
    assert.deepEqual([scope.units, scope.unitsElsewhere], [3_820, { CA: 700 }])
    assert.deepEqual([scope.soldFrom, scope.soldTo, scope.priceMinMinor, scope.priceMaxMinor], ['2020-11', '2026-03', 28_000, 147_000])
    assert.deepEqual(scope.models, ['NS-RGFGSS1', 'NS-RGFCGS2'])
    assert.deepEqual(scope.brands, ['Insignia'])
    assert.deepEqual(scope.soldAt.sort(), ['Best Buy', 'www.bestbuy.com'])
    assert.equal(scope.onlineOnly, false)
    assert.deepEqual([hazards, remedies, incidents, injuries], [['fire'], ['repair'], 1, 0])
  })

  it('give the scope of the gun safes, with their serial numbers as a range', () => {
    const { scope } = safes
    assert.deepEqual([scope.units, scope.soldFrom, scope.soldTo, scope.onlineOnly], [9_100, '2020-03', '2024-02', true])
    assert.deepEqual(scope.serials, ['SQC200034980 - SQC202319171'])
    assert.deepEqual(scope.models, ['QHXP029B'])
    assert.deepEqual(scope.brands.sort(), ['BBRKIN', 'MouTec'])
  })
})

describe('a document', () => {
  it('says a warning where its title does', () => {
    const document = { RecallNumber: '88-021', RecallDate: '1988-04-12' }
    assert.equal(read({ ...document, Title: 'LP Gas Grills Safety Alert by W.C. Bradley' }).kind, 'safety_alert')
    assert.equal(read({ ...document, Title: 'Acme Recalls Grills (Recall Alert)' }).kind, 'recall')
    assert.equal(read({ ...document, Title: 'Grills Warning' }).recallNumber, '88021')
  })

  it('without anything but what it must have states nothing', () => {
    const recall = read({ RecallNumber: '26001', RecallDate: '2026-01-08T00:00:00', Title: 'Notice', Products: null, Hazards: null })
    const { units, soldFrom, soldTo, priceMinMinor, onlineOnly, lots, serials, gtins, models } = recall.scope
    assert.deepEqual([units, soldFrom, soldTo, priceMinMinor, onlineOnly], [null, null, null, null, null])
    assert.deepEqual([lots, serials, gtins, models, recall.hazards, recall.remedies], [[], [], [], [], [], []])
  })

  it('made to be slow is read in reasonable time', () => {
    const started = performance.now()
    for (const piece of [
      'A1, ',
      '9',
      '9-',
      'Abc and ',
      '$1 ',
      '1.',
      '"A ',
      'serial number A1 to A2, ',
      'Model Number ',
      'www.',
      '(',
      'HOME HOME ',
      'models Aa, Aa Aa ',
      'Model Name UPC A1B2 HOME Aa ',
      'names "Aa" ',
      'The Aa Aa aa (model ',
    ]) {
      const text = piece.repeat(400_000 / piece.length)
      const named = [{ Name: text }]
      read({ RecallNumber: '1', RecallDate: '2026-01-08', Title: text, Description: text, Products: [{ Name: text, NumberOfUnits: text }], Retailers: named, Hazards: named, Remedies: named, Injuries: named, Importers: named }) // prettier-ignore
    }
    assert.ok(performance.now() - started < 20_000)
  })
})
