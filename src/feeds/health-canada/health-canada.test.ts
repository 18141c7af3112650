import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { complaints, onlyRecall, readDocument, sample } from '../../../test/feed-samples.ts'

const ROW = { NID: '90001', Title: 'Lamps recalled due to fire hazard', URL: 'https://recalls-rappels.canada.ca/en/x', Organization: 'Consumer product safety', Product: 'Lamps', Issue: 'Fire hazard', 'Last updated': '2026-10-01', Archived: '0' } // prettier-ignore

describe('a row that is refused', () => {
  it('names the field', async () => {
    for (const [change, said] of [
      [{ NID: '' }, '1 NID: the number is missing'],
      [{ NID: 'x' }, '1 NID: this is no number of a notice'],
      [{ Title: '' }, '1 Title: the title is missing'],
      [{ 'Last updated': '' }, '1 Last updated: the date is missing'],
      [{ 'Last updated': 'soon' }, '1 Last updated: "soon" is not a date'],
    ] as const)
      assert.deepEqual(await complaints('HC', JSON.stringify([{ ...ROW, ...change }])), [said])
  })
})

describe('a Canadian notice', () => {
  it('has the number that its page prints and the currency of the country', async () => {
    const recall = await onlyRecall('HC', JSON.stringify([{ ...ROW, NID: 90001, Archived: 1 }]))
    assert.deepEqual(
      [recall.recallNumber, recall.scope.currency, recall.oversight, recall.authority],
      ['RA-90001', 'CAD', 'closed', 'Health Canada'],
    )
    assert.deepEqual(recall.scope.soldFrom, null)
  })

  it('is linked where its advice says that the recall is a joint one', async () => {
    const { recalls } = await readDocument('HC', sample('health-canada/open-data.json'))
    const marked = recalls.filter((recall) => recall.jointWith !== undefined)
    assert.deepEqual(marked.map((recall) => recall.recallNumber), ['RA-82661', 'RA-82676']) // prettier-ignore
    assert.deepEqual(marked[0]?.jointWith, [{ agency: 'CPSC', url: null, number: null, how: 'marker' }])
  })

  it('is read from sentences that lost what stood between them', async () => {
    const { recalls } = await readDocument('HC', sample('health-canada/open-data.json'))
    const [warmer, , snack, sandwiches, bus, trolley] = recalls
    assert.deepEqual(
      [warmer?.remedies, warmer?.hazards],
      [
        ['refund', 'dispose'],
        ['fire', 'burn'],
      ],
    )
    assert.deepEqual([snack?.hazards, snack?.authority, snack?.severity, snack?.remedies], [['allergen'], 'CFIA', 'serious', ['dispose']])
    assert.deepEqual([sandwiches?.hazards, sandwiches?.scope.brands], [['infection'], []], '"various brands" names none')
    assert.deepEqual([bus?.authority, bus?.event, bus?.scope.brands], ['Transport Canada', '2026437', ['MICRO BIRD']])
    assert.deepEqual([trolley?.kind, trolley?.severity, trolley?.hazards, trolley?.remedies], ['recall', 'medium', ['other'], []])
  })

  it('has its advice line by line, where the feed lost the blanks between sentences and list items', async () => {
    const advice =
      'Stop&nbsp;using the product.Consumers must return it (see below)Do not serve recalled productsLearn more:Sign up for the PlayStation news'
    const { remedyText } = await onlyRecall('HC', JSON.stringify([{ ...ROW, 'What you should do': advice }]))
    assert.equal(
      remedyText,
      'Stop using the product.\nConsumers must return it (see below)\nDo not serve recalled products\nLearn more:\nSign up for the PlayStation news',
    )
  })

  it('is a warning where it recalls nothing', async () => {
    const advisory = {
      ...ROW,
      Title: 'Health Canada warns about unauthorized eye drops that may pose serious health risks',
      Product: 'Eye drops',
    }
    assert.equal((await onlyRecall('HC', JSON.stringify([advisory]))).kind, 'safety_alert')
  })
})
