/** The pages for everyone on a real database: what is asked wrongly first, then one recall, the list, the feed. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../../test/database.ts'
import { buildApp } from '../platform/http.ts'
import { openLog } from '../platform/log.ts'
import { sha256 } from '../platform/ids.ts'
import { contentHash, recallId, recordRevisions, type Recall } from '../recalls/index.ts'
import { publicRecallRoutes } from './index.ts'
import { exampleRecall } from '../../test/example-recall.ts'

const BASE = 'https://shop.example'
const database = await testDatabase()
const app = buildApp({
  access: {
    'GET /recalls': { who: 'everyone', sees: 'everything' },
    'GET /recalls.atom': { who: 'everyone', sees: 'everything' },
    'GET /recalls/:recallId': { who: 'everyone', sees: 'everything' },
  },
  principals: async () => ({ staff: null, buyer: null }),
  log: openLog('silent'),
  routes: [publicRecallRoutes({ database, baseUrl: `${BASE}/` })],
})

async function say(recall: Recall, at: string): Promise<void> {
  const documentSha256 = sha256(JSON.stringify(recall) + at)
  await recordRevisions(database.db, [{ recall, documentSha256, contentSha256: contentHash(recall) }], new Date(at))
}

async function openCampaign(id: string, at: string): Promise<void> {
  await database.pool.query(
    `insert into campaigns.campaigns (campaign_id, recall_id, revision, opened_at, opened_by, reason, scope, remedies)
     values ($1, $1, 1, $2, 'officer:ada', 'It is sold here.', '{}', '{"options":["refund"],"proof":"none"}')`,
    [id, at],
  )
  await database.pool.query(
    `insert into campaigns.campaign_recalls (campaign_id, recall_id, revision, jurisdiction, added_at, added_by, reason)
     values ($1, $1, 1, 'US', $2, 'officer:ada', 'It is sold here.')`,
    [id, at],
  )
}

async function read(address: string): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await app.request(address, { headers: { accept: 'text/html' } })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const cups = exampleRecall()

function withoutTags(text: string): string {
  return text.replace(/<[^>]*>/g, '')
}

describe('the list of recalls', () => {
  it('refuses what is no page of it', async () => {
    for (const after of ['x', '2023-02-31.CPSC-1', '2023-07-20', "2023-07-20.'\0"]) {
      assert.equal((await read(`/recalls?after=${encodeURIComponent(after)}`)).status, 422, after)
    }
    assert.equal((await read(`/recalls?q=${'x'.repeat(201)}`)).status, 422)
    assert.equal((await read('/recalls?q=%00')).status, 422)
  })

  it('says what would be there while there is nothing', async () => {
    assert.match((await read('/recalls')).text, /No recalls yet/)
    assert.match((await read('/recalls?ours=1')).text, /No product sold here is recalled/)
    assert.match((await read('/recalls?q=%3Cscript%3E')).text, /No recall found for “&lt;script&gt;”/)
    const feed = await read('/recalls.atom')
    assert.match(feed.text, /<updated>1970-01-01T00:00:00.000Z<\/updated>/)
    assert.doesNotMatch(feed.text, /<entry>/)
  })

  it('pages through every recall once, the latest first, also where several have the same day', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...cups,
      recallNumber: `${10_000 + index}`,
      title: `Ladder ${index} recalled`,
      publishedOn: `2020-01-0${1 + Math.floor(index / 20)}`,
      scope: { ...cups.scope, brands: ['Steady'] },
    }))
    for (const recall of many) await say(recall, '2026-11-01T00:00:00Z')
    const seen: string[] = []
    let address: string | null = '/recalls?q=steady%20ladder'
    while (address !== null) {
      const { text }: { text: string } = await read(address)
      seen.push(...[...text.matchAll(/href="\/recalls\/(CPSC-\d+)"/g)].map((match) => match[1]!))
      address = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? null
    }
    assert.equal(seen.length, 60)
    assert.deepEqual(seen, many.map(recallId).toSorted().toReversed()) // prettier-ignore
  })
})

describe('the page of a recall', () => {
  it('is not there for an id that nobody has', async () => {
    for (const id of ['CPSC-99999', 'none', '%00', 'CPSC-%00', '..%2f', 'HC-']) assert.equal((await read(`/recalls/${id}`)).status, 404, id)
  })

  it('says what to do first, shows the scope, and may be found', async () => {
    await say(cups, '2026-11-01T00:00:00Z')
    const { status, text, headers } = await read('/recalls/CPSC-23774')
    assert.equal(status, 200)
    assert.ok(text.indexOf('Stop using') < text.indexOf('Why'))
    for (const said of ['from January 2018 to March 2023', 'about $20.00', '346,000, and 1,200 in Canada', 'R15563P3S…', '4006381333931']) {
      assert.ok(withoutTags(text).includes(said), said)
    }
    assert.doesNotMatch(text, /noindex/)
    assert.ok(text.includes(`<link rel="canonical" href="${BASE}/recalls/CPSC-23774" />`))
    assert.equal(headers.get('cache-control'), 'public, max-age=300')
    assert.doesNotMatch(text, /Bought from us\?/, 'nothing is said to be sold here without a campaign')
    assert.doesNotMatch(text, /What has changed/)
    assert.match(text, /Also published by:[^]*href="https:\/\/recalls-rappels\.canada\.ca\/en\/alert-recall\/cups"/)
  })

  it('leads each fact to the words that say it, and these back', async () => {
    const { text } = await read('/recalls/CPSC-23774')
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    assert.equal(new Set(ids).size, ids.length, 'no address stands twice')
    const links = [...text.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]!)
    assert.deepEqual(links.filter((id) => !ids.includes(id) && id !== 'main'), []) // prettier-ignore
    const sold = /<a id="fact-\d+" href="#(said-\d+)">January 2018<\/a>/.exec(text)?.[1]
    assert.match(text, new RegExp(`<mark id="${sold}"><a href="#fact-\\d+"[^>]*>January 2018</a></mark> through`))
    assert.match(text, /<mark id="[^"]+"><a [^>]*>levels of lead<\/a><\/mark> that exceed/)
    assert.doesNotMatch(text, /Corrected by us/)
  })

  it('marks words of a hostile text without letting the rest of it out', async () => {
    const description = 'Made by <b onmouseover="alert(1)">CUPKIN</b> & co, model CK-12"><script>alert(1)</script>'
    await say({ ...cups, recallNumber: '667', description, products: [] }, '2026-11-01T00:00:00Z')
    const { text } = await read('/recalls/CPSC-667')
    assert.match(text, /&lt;b onmouseover=&quot;alert\(1\)&quot;&gt;<mark id="[^"]+"><a [^>]*>CUPKIN<\/a><\/mark>&lt;\/b&gt; &amp; co/)
    assert.match(text, /<mark id="[^"]+"><a [^>]*>CK-12<\/a><\/mark>&quot;&gt;&lt;script&gt;/)
    assert.equal(text.match(/<script/g)?.length, 1)
  })

  it('says which facts a person corrected', async () => {
    const corrected = { units: { read: 34_600, correctionNo: 1 } }
    await say({ ...cups, recallNumber: '668', corrected }, '2026-11-01T00:00:00Z')
    const { text } = await read('/recalls/CPSC-668')
    assert.match(withoutTags(text), /Number of units\s+346,000, and 1,200 in Canada\s+Corrected by us/)
    assert.equal(text.match(/Corrected by us/g)?.length, 1)
  })

  it('is reached by the number as it is printed', async () => {
    const response = await app.request('/recalls/cpsc-23-774')
    assert.deepEqual([response.status, response.headers.get('location')], [301, '/recalls/CPSC-23774'])
  })

  it('lets no text of an agency out of its place', async () => {
    const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>'
    const url = 'javascript:alert(1)'
    await say(
      { ...cups, recallNumber: '666', title: hostile, hazardText: hostile, description: hostile, url, images: [{ url, caption: hostile }] },
      '2026-11-01T00:00:00Z',
    )
    const { text } = await read('/recalls/CPSC-666')
    assert.doesNotMatch(text, /<script>|<img src=x|javascript:/)
    assert.equal(text.match(/<script/g)?.length, 1)
    const markup = JSON.parse(/<script type="application\/ld\+json">([^<]*)<\/script>/.exec(text)![1]!) as {
      name: string
      isBasedOn?: unknown
    }
    assert.equal(markup.name, hostile)
    assert.equal(markup.isBasedOn, undefined)
    await openCampaign('CPSC-666', '2026-11-02T00:00:00Z')
    assert.ok((await read('/recalls.atom')).text.includes('<title xml:lang="en">&lt;/script&gt;&lt;script&gt;'))
  })

  it('says what changed, and whether the agency or our reading did', async () => {
    await say({ ...cups, scope: { ...cups.scope, units: 400_000 } }, '2026-11-03T00:00:00Z')
    const { text } = await read('/recalls/CPSC-23774')
    assert.match(text, /The agency changed its notice\./)
    assert.match(text, /Number of units: now <strong>400,000<\/strong>, before 346,000\./)
    await database.pool.query(`update recalls.revisions set cause = 'reading' where recall_id = 'CPSC-23774' and revision = 2`)
    const again = await read('/recalls/CPSC-23774')
    assert.match(again.text, /We read the same notice again/)
    assert.doesNotMatch(again.text, /The agency changed its notice/)
  })
})

describe('the feed', () => {
  it('has the recalls that are acted on, those that changed last first, under ids that stay', async () => {
    await openCampaign('CPSC-23774', '2026-11-02T12:00:00Z')
    const feed = await read('/recalls.atom')
    assert.equal(feed.headers.get('content-type'), 'application/atom+xml; charset=utf-8')
    const ids = [...feed.text.matchAll(/<entry>\s*<id>([^<]+)<\/id>/g)].map((match) => match[1])
    assert.deepEqual(ids, [`${BASE}/recalls/CPSC-23774`, `${BASE}/recalls/CPSC-666`])
    assert.match(feed.text, /<feed[^>]*>\s*<id>[^<]+<\/id>\s*<title>[^<]+<\/title>\s*<updated>2026-11-03T00:00:00.000Z<\/updated>/)
    await say({ ...cups, title: 'Cups recalled again' }, '2026-11-05T00:00:00Z')
    const after = await read('/recalls.atom')
    assert.match(after.text, /<id>https:\/\/shop.example\/recalls\/CPSC-23774<\/id>\s*<title[^>]*>Cups recalled again<\/title>/)
    assert.match(after.text, /<updated>2026-11-05T00:00:00.000Z<\/updated>/)
    const known = { 'if-none-match': after.headers.get('etag')! }
    assert.equal((await app.request('/recalls.atom', { headers: known })).status, 304)
  })

  it('is named on the page of a recall that is sold here, which says so', async () => {
    const { text } = await read('/recalls/CPSC-23774')
    assert.match(text, /Bought from us\?/)
    assert.match(text, /We acted on\s+November 2, 2026/)
    const ours = await read('/recalls?ours=1')
    assert.deepEqual(new Set([...ours.text.matchAll(/href="\/recalls\/(CPSC-\d+)"/g)].map((match) => match[1])), new Set(['CPSC-23774', 'CPSC-666'])) // prettier-ignore
  })
})
