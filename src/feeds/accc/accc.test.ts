import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { complaints, readDocument, sample } from '../../../test/feed-samples.ts'

describe('an Australian recall', () => {
  it('that is refused names what is wrong', async () => {
    assert.deepEqual(await complaints('ACCC', '{"records":[{"id":"x","title":"","publishedDate":"2026-07-03T12:00:00Z"}]}'), [
      '1 title: the title is missing',
    ])
    assert.deepEqual(await complaints('ACCC', '{"records":[{"id":"x","title":"Lamp"}]}'), ['1 publishedDate: the date is missing'])
    assert.deepEqual(await complaints('ACCC', '<rss><channel><item><title>Lamp</title></item></channel></rss>'), [
      '1 pubDate: the date is missing',
    ])
  })

  it('of its page is read without the headings', async () => {
    const { recalls } = await readDocument('ACCC', sample('accc/scraped.json'))
    const [jack, lamp] = recalls
    assert.deepEqual(
      [jack?.scope.brands, jack?.scope.models, jack?.scope.lots],
      [['Fiernero'], ['OY1052L', '2TLWPROJACK'], ['2TLWPROJACK010', '2TLWPROJACK011']],
    )
    assert.deepEqual(
      [jack?.scope.soldFrom, jack?.scope.soldTo, jack?.hazards, jack?.countriesOfOrigin],
      ['2026-03', '2026-06', ['pinch'], ['China']],
    )
    assert.ok(jack?.scope.soldAt.includes('Amazon') && jack.scope.soldAt.includes('Bunnings Marketplace'))
    assert.deepEqual(
      [lamp?.recallNumber, lamp?.scope.brands, lamp?.hazards, lamp?.scope.currency],
      ['neon-wall-lamp', ['Yatsal'], [], 'AUD'],
    )
  })

  it('of the feed is read from the fields of the page in it, or from a plain summary', async () => {
    const { recalls } = await readDocument('ACCC', sample('accc/feed.xml'))
    const [light, stove] = recalls
    assert.deepEqual(
      [light?.recallNumber, light?.publishedOn, light?.scope.brands],
      ['glimmer-childrens-night-light', '2026-10-02', ['Glimmer']],
    )
    assert.deepEqual(
      [light?.scope.models, light?.scope.gtins, light?.hazards, light?.remedies],
      [['GL-44'], ['4006381333931'], ['electric_shock'], ['refund']],
    )
    assert.deepEqual([light?.scope.soldFrom, light?.scope.soldTo, light?.childrensProduct], ['2025-03', '2026-06', true])
    assert.deepEqual([stove?.description, stove?.scope.models], ['Stove for gas cartridges. Risk of fire.', []])
  })
})
