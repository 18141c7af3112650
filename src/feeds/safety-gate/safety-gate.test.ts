import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { complaints, onlyRecall, readDocument, sample } from '../../../test/feed-samples.ts'

const PROJECTOR = JSON.parse(sample('safety-gate/10099440.json').toString('utf8')) as Record<string, unknown> & {
  product: Record<string, unknown>
}

function changed(product: Record<string, unknown>, rest: Record<string, unknown> = {}): string {
  return JSON.stringify({ ...PROJECTOR, ...rest, product: { ...PROJECTOR.product, ...product } })
}

describe('an alert that is refused', () => {
  it('names the field', async () => {
    assert.deepEqual(await complaints('EUSG', changed({}, { reference: null })), ['1 reference: the case number is missing'])
    assert.deepEqual(await complaints('EUSG', changed({}, { publicationDate: '01/07/2026' })), [
      '1 publicationDate: "01/07/2026" is not a date',
    ])
    assert.match((await complaints('EUSG', changed({ barcodes: [{ barcode: 7 }] }))).join(), /^1 product\.barcodes\[0\]\.barcode: /)
    assert.match((await complaints('EUSG', '{"id":1,"reference":"SR/1/26"}')).join(), /^1 product: /)
    assert.deepEqual(
      await complaints(
        'EUSG',
        '<report><report_date>soon</report_date><notifications><caseNumber>SR/1/26</caseNumber></notifications></report>',
      ),
      ['1 report_date: "soon" is not a date'],
    )
  })

  it('is a bomb of entities', async () => {
    const bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><r><notifications>&b;</notifications></r>'
    assert.deepEqual(await complaints('EUSG', bomb), ['1 : the file declares a document type or entities, which is not allowed here'])
  })
})

describe('an alert of the website', () => {
  it('takes internal codes for what they are', async () => {
    const recall = await onlyRecall('EUSG', sample('safety-gate/10099440.json'))
    assert.deepEqual(recall.scope.gtins, [])
    assert.match(recall.description, /Other codes printed as bar codes: BCD25042500206593, S24061300040000101/)
    assert.deepEqual(
      (await onlyRecall('EUSG', changed({ barcodes: [{ barcode: '4 006381 333931' }, { barcode: '4006381333932' }] }))).scope.gtins,
      ['4006381333931'],
    )
  })

  it('has no brand where the word for none stands', async () => {
    for (const brand of ['unknown', 'nincs', 'sans marque', 'Sans marque', '-', 'N/A', 'ohne'])
      assert.deepEqual((await onlyRecall('EUSG', changed({ brands: [{ brand }] }))).scope.brands, [], brand)
    assert.deepEqual((await onlyRecall('EUSG', changed({ brands: [{ brand: 'Voltaro' }] }))).scope.brands, ['Voltaro'])
  })

  it('tells ids of listings from names of shops', async () => {
    const recall = await onlyRecall('EUSG', sample('safety-gate/10099440.json'))
    assert.deepEqual([recall.scope.soldAt, recall.scope.marketplaceIds], [['TIKTOK shop'], undefined])
    const listed = changed(
      {},
      { onlineTraderProductIdentifierReference: [{ onlineTrader: 'Amazon', uniqueProductIdentifier: 'B0C1234567' }] },
    )
    assert.deepEqual((await onlyRecall('EUSG', listed)).scope.marketplaceIds, [{ marketplace: 'Amazon', id: 'B0C1234567' }])
    assert.deepEqual((await onlyRecall('EUSG', listed)).scope.soldAt, ['Amazon'])
  })

  it('is a warning where only listings and stock are taken away, a recall where buyers are called', async () => {
    assert.equal((await onlyRecall('EUSG', sample('safety-gate/10099440.json'))).kind, 'safety_alert')
    const measures = [
      { measureCategory: { key: 'measure.category.recall.of.product.from.end.users', name: 'PRODUCT_RECALL_FROM_END_USERS' } },
    ]
    assert.equal((await onlyRecall('EUSG', changed({}, { measureTaken: { measures } }))).kind, 'recall')
  })

  it('says the rest', async () => {
    const toy = await onlyRecall('EUSG', sample('safety-gate/10119139.json'))
    assert.deepEqual(
      [toy.recallNumber, toy.title, toy.hazards, toy.childrensProduct, toy.authority],
      ['SR-02785-26', 'Soft toy (CXL)', ['choking'], true, 'LT'],
    )
    assert.deepEqual([toy.countriesOfOrigin, toy.scope.onlineOnly, toy.scope.currency, toy.images.length], [[], false, 'EUR', 2])
    const projector = await onlyRecall('EUSG', sample('safety-gate/10099440.json'))
    assert.deepEqual([projector.hazards, projector.scope.onlineOnly, projector.scope.lots], [['eye_injury'], null, []])
    const batches = changed({ batchNumbers: [{ batchNumber: 'B2401; B2402' }, { batchNumber: 'unknown' }] })
    assert.deepEqual((await onlyRecall('EUSG', batches)).scope.lots, ['B2401', 'B2402'])
    assert.deepEqual(
      (await onlyRecall('EUSG', changed({ batchNumbers: [{ batchNumber: 'printed under the 3 batteries' }] }))).scope.lots.at(-1),
      '*',
    )
    assert.deepEqual((await onlyRecall('EUSG', changed({ batchNumbers: [{ batchNumber: 'All batches' }] }))).scope.lots, [])
  })
})

describe('a weekly report', () => {
  it('gives each alert the day of the report', async () => {
    const { recalls, lines } = await readDocument('EUSG', sample('safety-gate/weekly-report.xml'))
    const [tambourine, charger] = recalls
    assert.deepEqual(lines, [5, 26])
    assert.deepEqual([tambourine?.recallNumber, tambourine?.publishedOn, tambourine?.kind], ['SR-90001-26', '2026-10-02', 'recall'])
    assert.deepEqual(tambourine?.title, 'Toy tambourine (Rattle & Roll)')
    assert.deepEqual(
      [tambourine?.scope.brands, tambourine?.scope.models, tambourine?.scope.gtins],
      [[], ['TB-100', 'TB-200'], ['4006381333931']],
    )
    assert.deepEqual([tambourine?.severity, tambourine?.scope.soldAt, tambourine?.images.length], ['serious', ['Amazon'], 1])
    assert.deepEqual(
      [charger?.kind, charger?.hazards, charger?.scope.lots],
      ['safety_alert', ['fire', 'electric_shock'], ['B2401', 'B2402']],
    )
    assert.deepEqual([charger?.title, charger?.countriesOfOrigin, charger?.scope.gtins], ['Voltaro USB charger', [], []])
  })
})
