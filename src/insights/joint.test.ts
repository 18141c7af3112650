/** A joint recall as everyone and as the desk sees it: one matter, each notice its own. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { ask, askAll, askJson, nobody, officer } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import {
  addMatch, addRecall, BLUE_PAIR, CUPKIN, CUPKIN_ID, CUPKIN_IN_CANADA, CUPKIN_IN_CANADA_ID, LAMPS, openMarketplace, PINK_PAIR, SINGLE_CUP,
} from '../../test/world.ts' // prettier-ignore
import { openCampaign } from '../campaigns/index.ts'
import { insightRoutes, publicRecallRoutes } from './index.ts'

const BASE = 'https://shop.example'
const database = await testDatabase()
const { db } = database
const desk = insightRoutes({ database })
const everyone = publicRecallRoutes({ database, baseUrl: BASE })

await openMarketplace(db)
await addRecall(database, CUPKIN)
await addRecall(database, CUPKIN_IN_CANADA)
await addRecall(database, LAMPS)
await addMatch(db, CUPKIN_ID, BLUE_PAIR, 'affected')
await addMatch(db, CUPKIN_ID, PINK_PAIR, 'possibly')
await addMatch(db, CUPKIN_IN_CANADA_ID, BLUE_PAIR, 'possibly')
await addMatch(db, CUPKIN_IN_CANADA_ID, PINK_PAIR, 'affected')
await addMatch(db, CUPKIN_IN_CANADA_ID, SINGLE_CUP, 'possibly')

async function page(address: string): Promise<string> {
  const answer = await ask(everyone, nobody, address, { headers: { accept: 'text/html' } })
  assert.equal(answer.status, 200, address)
  return await answer.text()
}

type Row = Record<string, unknown>
const links = (text: string): string[] => [...text.matchAll(/<h2><a href="\/recalls\/([^"]+)"/g)].map((match) => match[1]!)

describe('a joint recall for everyone', () => {
  it('stands once in the list, whichever notice is searched for, and once by its campaign when there is one', async () => {
    const list = await page('/recalls')
    assert.deepEqual(links(list), [CUPKIN_ID, 'CPSC-20001'])
    assert.match(list, /Also published by Government of Canada/)
    assert.deepEqual(links(await page('/recalls?q=RA-73917')), [CUPKIN_ID], 'found by the other one’s number')
    assert.deepEqual(links(await page('/recalls?q=children%E2%80%99s')), [CUPKIN_ID], 'and by its words')
    assert.deepEqual(links(await page('/recalls?after=2023-07-20.CPSC-23774')), ['CPSC-20001'])
  })

  it('says that two agencies published it and leads from each notice to the other, with the remedy of each', async () => {
    const american = await page(`/recalls/${CUPKIN_ID}`)
    assert.match(american, /This recall was published by two agencies/)
    assert.match(american, new RegExp(`<a href="/recalls/${CUPKIN_IN_CANADA_ID}"\\s*>Government of Canada[^<]*</a\\s*>, for Canada: a free replacement, or a refund\\.`)) // prettier-ignore
    const canadian = await page(`/recalls/${CUPKIN_IN_CANADA_ID}`)
    assert.match(canadian, new RegExp(`<a href="/recalls/${CUPKIN_ID}"\\s*>U\\.S\\. Consumer Product Safety Commission[^<]*</a\\s*>, for the United States: a refund\\.`)) // prettier-ignore
    assert.doesNotMatch(await page('/recalls/CPSC-20001'), /Also published|published by (?:one|two)/)
    const markup = JSON.parse(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(american)![1]!) as Row
    assert.deepEqual(markup['sameAs'], [`${BASE}/recalls/${CUPKIN_IN_CANADA_ID}`, CUPKIN_IN_CANADA.url])
  })
})

describe('a joint recall on the desk', () => {
  it('is one row with the matches of both, each listing once with the strongest answer', async () => {
    const rows = await askAll<Row>(desk, officer(), '/v1/recalls?touching=true')
    assert.deepEqual(rows.map((row) => [row['recall_id'], row['affected'], row['possibly'], row['also']]), [[CUPKIN_ID, 2, 1, ['HC']]]) // prettier-ignore
    for (const id of [CUPKIN_ID, CUPKIN_IN_CANADA_ID]) {
      const detail = await askJson<Row>(desk, officer(), `/v1/recalls/${id}`)
      assert.deepEqual(detail['counts'], { affected: 2, possibly: 1, no: 0 })
      assert.deepEqual((detail['joint'] as Row[]).map((each) => each['recall_id']), [id === CUPKIN_ID ? CUPKIN_IN_CANADA_ID : CUPKIN_ID]) // prettier-ignore
      const matches = await askAll<Row>(desk, officer(), `/v1/recalls/${id}/matches`)
      const found = Object.fromEntries(matches.map((row) => [row['listing_id'], `${String(row['answer'])} by ${String(row['recall_id'])}`]))
      assert.deepEqual(found, {
        [BLUE_PAIR]: `affected by ${CUPKIN_ID}`,
        [PINK_PAIR]: `affected by ${CUPKIN_IN_CANADA_ID}`,
        [SINGLE_CUP]: `possibly by ${CUPKIN_IN_CANADA_ID}`,
      })
      assert.equal((await askAll(desk, officer(), `/v1/recalls/${id}/matches?answer=affected`)).length, 2)
    }
  })

  it('is one campaign, which says what it executes and, by its notice, for how many buyers', async () => {
    const order = { recallId: CUPKIN_IN_CANADA_ID, actor: 'officer:ada', reason: 'Lead.', remedies: { options: ['refund'], proof: 'none' }, at: new Date('2023-07-22Z') } // prettier-ignore
    const opened = await openCampaign({ database, enqueue: async () => {} }, order)
    assert.ok(opened.ok)
    const { campaign } = await askJson<{ campaign: Row }>(desk, officer(), `/v1/campaigns/${CUPKIN_IN_CANADA_ID}`)
    const recalls = campaign['recalls'] as Row[]
    assert.deepEqual(recalls.map((each) => [each['recall_id'], each['jurisdiction'], each['buyers'], each['added_by']]), [[CUPKIN_IN_CANADA_ID, 'CA', 0, 'officer:ada'], [CUPKIN_ID, 'US', 0, 'officer:ada']]) // prettier-ignore
    assert.deepEqual((await askAll<Row>(desk, officer(), '/v1/recalls?touching=true')).map((row) => [row['recall_id'], row['campaign_id']]), [[CUPKIN_IN_CANADA_ID, CUPKIN_IN_CANADA_ID]]) // prettier-ignore
    assert.deepEqual(links(await page('/recalls?ours=1')), [CUPKIN_IN_CANADA_ID])
    assert.match(await page(`/recalls/${CUPKIN_ID}`), /This product was sold here/)
    const feed = await (await ask(everyone, nobody, '/recalls.atom')).text()
    assert.equal(feed.match(/<entry>/g)?.length, 1)
    assert.match(feed, /<contributor><name>U\.S\. Consumer Product Safety Commission \(CPSC\)<\/name>/)
  })

  it('names an open campaign that a recall could join once a link is known', async () => {
    const british = { ...CUPKIN_IN_CANADA, agency: 'OPSS' as const, recallNumber: '2307-0042', url: 'https://www.gov.uk/cupkin', jointWith: [{ agency: 'CPSC', url: CUPKIN.url, number: null, how: 'declared' as const }] } // prettier-ignore
    await addRecall(database, british)
    const detail = await askJson<Row>(desk, officer(), '/v1/recalls/OPSS-2307-0042')
    assert.deepEqual([detail['campaign_id'], detail['joins_campaign']], [null, CUPKIN_IN_CANADA_ID])
    const { campaign } = await askJson<{ campaign: Row }>(desk, officer(), `/v1/campaigns/${CUPKIN_IN_CANADA_ID}`)
    assert.deepEqual((campaign['recalls'] as Row[]).map((each) => [each['recall_id'], each['added_at'] === null]), [[CUPKIN_IN_CANADA_ID, false], [CUPKIN_ID, false], ['OPSS-2307-0042', true]]) // prettier-ignore
  })
})
