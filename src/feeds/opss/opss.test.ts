import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { complaints, onlyRecall, readDocument, sample } from '../../../test/feed-samples.ts'

type Content = { title: string; base_path: string; details: { body: string; metadata: Record<string, unknown> } }
const SPINNER = JSON.parse(sample('opss/2609-0229.json').toString('utf8')) as Content

function withBody(change: (body: string) => string, rest: Record<string, unknown> = {}): string {
  return JSON.stringify({ ...SPINNER, ...rest, details: { ...SPINNER.details, body: change(SPINNER.details.body) } })
}

describe('a notice that is refused', () => {
  it('names the field', async () => {
    const bare = { title: 'Product Recall: Lamp', base_path: '/x' }
    assert.deepEqual(
      await complaints(
        'OPSS',
        withBody(() => '', bare),
      ),
      ['1 title: neither the title nor the text nor the address has a notification number'],
    )
    const undated = {
      ...SPINNER,
      first_published_at: null,
      details: { ...SPINNER.details, metadata: { product_recall_alert_date: 'soon' } },
    }
    assert.deepEqual(await complaints('OPSS', JSON.stringify(undated)), [
      '1 details.metadata.product_recall_alert_date: "soon" is not a date',
    ])
    assert.match((await complaints('OPSS', '{"title":"x","details":{"body":7,"metadata":{}}}')).join(), /^1 details\.body: /)
  })
})

describe('a notice', () => {
  it('is read from its table and its sections', async () => {
    const recall = await onlyRecall('OPSS', sample('opss/2609-0229.json'))
    const { scope } = recall
    assert.deepEqual(
      [recall.recallNumber, recall.kind, recall.publishedOn, recall.severity],
      ['2609-0229', 'recall', '2026-10-02', 'medium'],
    )
    assert.deepEqual([scope.brands, scope.gtins, scope.soldAt, scope.currency], [['Playworks'], ['5052089365995'], ['The Works'], 'GBP'])
    assert.deepEqual([recall.hazards, recall.countriesOfOrigin, recall.childrensProduct], [['choking'], ['China'], true])
    assert.equal(recall.products[0]?.name, 'My First Baby Spinner')
    assert.match(recall.remedyText, /^The product has been recalled from end users by The Works/)
    assert.deepEqual(recall.remedies, [], 'what buyers get is not said')
  })

  it('of all batches limits none, whatever it prints; of some it limits those', async () => {
    assert.deepEqual((await onlyRecall('OPSS', sample('opss/2609-0229.json'))).scope.lots, [])
    const some = await onlyRecall(
      'OPSS',
      withBody((body) => body.replace(' (All batches)', '')),
    )
    assert.deepEqual(some.scope.lots.slice(0, 2), ['186334', '184455'])
    assert.equal(some.scope.lots.length, 9)
    const prose = await onlyRecall(
      'OPSS',
      withBody((body) => body.replace(/<td>186334.*?<\/td>/, '<td>Batches produced before 2024, see label</td>')),
    )
    assert.ok(prose.scope.lots.length === 0 || prose.scope.lots.at(-1) === '*')
    const unknown = await onlyRecall(
      'OPSS',
      withBody((body) => body.replace(/<td>186334.*?<\/td>/, '<td>Unknown</td>').replace('Playworks', 'Unbranded')),
    )
    assert.deepEqual([unknown.scope.lots, unknown.scope.brands], [[], []])
  })

  it('names listings by their ids where its table has them', async () => {
    const row = '<tr><td>Model</td><td>ASIN: B0C1234567, TB-9</td></tr><tr><td>Barcode</td><td>X00123ABC</td></tr>'
    const recall = await onlyRecall(
      'OPSS',
      withBody((body) => body.replace('<tbody>', `<tbody>${row}`)),
    )
    assert.deepEqual(recall.scope.marketplaceIds, [{ marketplace: 'Amazon', id: 'B0C1234567' }])
    assert.deepEqual(recall.scope.models, ['TB-9'])
    assert.match(recall.description, /Other codes printed as bar codes: X00123ABC/)
  })
})

describe('a page of search results', () => {
  it('says little, and the same number', async () => {
    const { recalls } = await readDocument('OPSS', sample('opss/search.json'))
    assert.deepEqual(recalls.map((recall) => [recall.recallNumber, recall.kind]), [['2609-0229', 'recall'], ['2609-0079', 'safety_alert'], ['2609-0154', 'safety_alert'], ['2609-0156', 'safety_alert']]) // prettier-ignore
    assert.deepEqual([recalls[1]?.scope.soldAt, recalls[1]?.severity, recalls[1]?.hazards], [['Amazon'], 'serious', ['strangulation']])
    assert.deepEqual([recalls[2]?.severity, recalls[2]?.url], ['high', 'https://www.gov.uk/product-safety-alerts-reports-recalls/product-safety-report-loomerig-luxury-double-mattress-topper-2609-0154']) // prettier-ignore
  })
})
