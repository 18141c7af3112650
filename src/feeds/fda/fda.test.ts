import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { complaints, onlyRecall, readDocument, sample } from '../../../test/feed-samples.ts'

const ROW = {
  recall_number: 'F-1234-2025', event_id: '90001', recalling_firm: 'Blue Fig Foods LLC', product_description: 'Blue Fig Almond Bars, Net Wt 2 oz, UPC 0 12345 67890 5',
  product_quantity: '1,200 bars', reason_for_recall: 'Undeclared milk', classification: 'Class I', status: 'Ongoing', report_date: '20250730', code_info: 'Lot A100, A101',
} // prettier-ignore

function answer(...rows: object[]): string {
  return JSON.stringify({ meta: { results: { skip: 0, limit: rows.length, total: rows.length } }, results: rows })
}

describe('an FDA document that is refused', () => {
  it('names what is wrong with it', async () => {
    assert.deepEqual(await complaints('FDA', '{"error":{"code":"NOT_FOUND","message":"No matches found!"}}'), [
      '1 error: this is no recall but an error of the agency: NOT_FOUND: No matches found!',
    ])
    assert.deepEqual(await complaints('FDA', '{"MESSAGE":"Invalid signature","STATUSCODE":401}'), [
      '1 STATUSCODE: this is no recall but an error of the agency: 401 Invalid signature',
    ])
    for (const [change, said] of [
      [{ product_description: 7 }, /product_description: Invalid input/],
      [{ product_description: '' }, /product_description: the product is missing/],
      [{ report_date: '20251350', recall_initiation_date: '' }, /report_date: "20251350" is not a date/],
      [{ report_date: null }, /report_date: the date is missing/],
      [{ recall_number: '', event_id: '' }, /recall_number: it has neither/],
      [{ openfda: { brand_name: { a: 1 } } }, /openfda\.brand_name: /],
    ] as const)
      assert.match((await complaints('FDA', answer(ROW, { ...ROW, ...change }))).join(), said)
  })
})

describe('an enforcement report', () => {
  it('is closed by "Terminated" and "Completed" alone', async () => {
    for (const [status, oversight] of [
      ['Ongoing', 'open'],
      ['Terminated', 'closed'],
      ['Completed', 'closed'],
      ['', undefined],
    ] as const)
      // prettier-ignore
      assert.equal((await onlyRecall('FDA', answer({ ...ROW, status }))).oversight, oversight, status)
  })

  it('is one recall per row; the event says what belongs together', async () => {
    const { recalls } = await readDocument('FDA', sample('fda/food-enforcement.json'))
    assert.deepEqual(
      recalls.map((recall) => [recall.recallNumber, recall.event]),
      [['H-1166-2026', '99040'], ['H-1172-2026', '99040'], ['EVENT-99068-A6717BED', '99068']], // prettier-ignore
    )
    const [nuez, , unclassified] = recalls
    assert.deepEqual([nuez?.severity, nuez?.riskLevel, nuez?.oversight, nuez?.publishedOn], ['serious', 'Class I', 'open', '2026-07-22'])
    assert.deepEqual(nuez?.firms, [{ role: 'recalling firm', name: "D'Dioses Fruit Pops, Inc." }])
    assert.ok(nuez?.scope.brands.includes("D'Dioses"))
    assert.deepEqual(nuez?.remedies, [], 'what buyers get is not said, which is not that they get nothing')
    assert.equal(unclassified?.kind, 'recall')
  })

  it('without a number is known by its event and product, from either interface, and whatever the blanks', async () => {
    const unnumbered = { ...ROW, recall_number: '' }
    const one = await onlyRecall('FDA', answer(unnumbered))
    const spaced = await onlyRecall(
      'FDA',
      answer({ ...unnumbered, product_description: ` ${ROW.product_description.replaceAll(' ', '  ')}\n` }),
    )
    const ires = { RECALLNUM: null, RECALLEVENTID: '90001', PRODUCTDESCRIPTIONTXT: `${ROW.product_description}\r\n`, ENFORCEMENTREPORTDT: '07/30/2025', PRODUCTSHORTREASONTXT: 'x' } // prettier-ignore
    const other = await onlyRecall('FDA', JSON.stringify({ MESSAGE: 'success', STATUSCODE: 400, RESULT: [ires] }))
    assert.match(one.recallNumber, /^EVENT-90001-[0-9A-F]{8}$/)
    assert.deepEqual([spaced.recallNumber, other.recallNumber], [one.recallNumber, one.recallNumber])
    assert.equal(other.publishedOn, '2025-07-30')
  })

  it('takes UPCs that have no label for UPCs and mistyped ones for nothing', async () => {
    const { recalls } = await readDocument('FDA', sample('fda/food-enforcement.json'))
    const scope = recalls[0]!.scope
    assert.ok(scope.gtins.includes('827912008548') && scope.gtins.includes('710594511867'))
    assert.deepEqual(scope.lots, [], 'a list of UPCs limits no lot')
  })

  it('takes lots without their dates, packages from the row itself, and names from the FDA’s data only where they are on the product', async () => {
    const { recalls } = await readDocument('FDA', sample('fda/drug-enforcement.json'))
    assert.deepEqual(recalls[0]?.scope.lots, ['26080483', '25310327', '25330414', '25430340'])
    assert.deepEqual(recalls[1]?.scope.models, ['69680-166-00'], 'the other strengths of the drug are not recalled')
    assert.deepEqual(recalls[1]?.scope.brands, ['THYROID'])
    assert.equal(recalls[1]?.scope.units, 1_955)
    assert.deepEqual((await onlyRecall('FDA', answer({ ...ROW, openfda: { brand_name: ['Elsewhere'] } }))).scope.brands, ['Blue Fig'])
  })

  it('with 200 KB of codes is read', async () => {
    const serials = Array.from({ length: 20_000 }, (_, n) => `SN${String(n).padStart(7, '0')}`)
    const started = performance.now()
    const recall = await onlyRecall('FDA', answer({ ...ROW, code_info: `Serial Numbers: ${serials.join(', ')}` }))
    assert.ok(performance.now() - started < 5_000)
    assert.deepEqual(
      [recall.scope.serials.length, recall.scope.serials[0], recall.scope.serials.at(-1)],
      [20_000, 'SN0000000', 'SN0019999'],
    )
  })
})

describe('an item of the press feed', () => {
  it('is a recall of its own, known by its address', async () => {
    const { recalls } = await readDocument('FDA', sample('fda/press.xml'))
    const bars = recalls.find((recall) => recall.title.includes('Haagen-Dazs'))
    assert.match(bars?.recallNumber ?? '', /^press-dreyers-grand-ice-cream/)
    assert.deepEqual([bars?.hazards, bars?.scope.brands, bars?.publishedOn], [['allergen'], ['Haagen-Dazs'], '2025-11-03'])
    assert.deepEqual(recalls.find((recall) => recall.title.includes('Devi Brand'))?.scope.brands, ['Devi'])
    assert.deepEqual(recalls.find((recall) => recall.title.includes('Choking'))?.hazards, ['choking'])
    for (const recall of recalls) {
      assert.equal(recall.kind, 'recall', recall.title)
      assert.ok(recall.scope.lots.length === 0 || recall.scope.lots.at(-1) === '*', 'the feed has the beginning of a notice only')
    }
  })
})
