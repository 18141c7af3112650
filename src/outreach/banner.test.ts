import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import fc from 'fast-check'
import { openBuyerTokens, signBuyerToken } from '../platform/auth.ts'
import { derivedId } from '../platform/ids.ts'
import { testDatabase } from '../../test/database.ts'
import { appAs, ask, askJson, buyer, nobody } from '../../test/as.ts'
import { openOutreach } from '../../test/first-wave.ts'
import { ADA, addBuyer, addLines, BASE_URL, BEN, CUPKIN_ID, LINK_KEY, noticeLink, openMarketplace, ZOE } from '../../test/world.ts'
import { BANNER_WORDS, bannerLanguage } from './banner-words.ts'
import type { Banner } from './banner.ts'
import { bannerRoutes } from './index.ts'
import { LANGUAGES } from './wording/language.ts'

const SHOP = 'https://www.larkspur.example'
const database = await testDatabase()
const routes = bannerRoutes({ database, linkKey: LINK_KEY, baseUrl: BASE_URL, shopOrigins: [SHOP] })

await openMarketplace(database.db)
await addBuyer(database.db, ZOE)
await addLines(database.db, [{ buyer: ADA }, { buyer: BEN }])
await openOutreach(database, new Date('2023-07-20T12:00:00Z'))

/** One more open notice of a buyer, as another campaign would make it, without a brief of its own. */
async function addNotice(buyerId: string, campaignId: string, answer: string): Promise<void> {
  await sql`insert into outreach.notices (buyer_id, campaign_id, notice_id, answer, bucket, units, created_at, state, state_at, state_reason, jurisdiction)
            values (${buyerId}, ${campaignId}, ${derivedId(campaignId, buyerId)}, ${answer}, 0, 1, '2023-08-01Z', 'pending', '2023-08-01Z', 'x', 'US')`.execute(
    database.db,
  )
}

const bannerFor = (buyerId: string, query = ''): Promise<Banner> => askJson(routes, buyer(buyerId), `/v1/banner${query}`)

test('nobody gets a banner without a token, and a token in the address counts for nothing', async () => {
  const app = appAs(routes, nobody, {
    'GET /banner.js': { who: 'everyone', sees: 'everything' },
    'OPTIONS /v1/banner': { who: 'everyone', sees: 'everything' },
    'GET /v1/banner': { who: ['buyer'], sees: 'own' },
  })
  assert.equal((await app.request('/v1/banner')).status, 401)
  const token = await signBuyerToken('secret', ADA)
  assert.equal((await app.request(`/v1/banner?token=${token}`)).status, 401)
})

test('pages of the shop may read the answer, pages of others may not, and never with cookies', async () => {
  for (const origin of ['https://evil.example', 'null', `${SHOP}.evil.example`, SHOP.replace('https', 'http'), '*']) {
    const answers = [
      await ask(routes, buyer(ADA), '/v1/banner', { headers: { origin } }),
      await ask(routes, nobody, '/v1/banner', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } }),
    ]
    for (const answer of answers) assert.equal(answer.headers.get('access-control-allow-origin'), null, origin)
  }
  const asked = await ask(routes, nobody, '/v1/banner', { method: 'OPTIONS', headers: { origin: SHOP } })
  assert.equal(asked.status, 204)
  assert.equal(asked.headers.get('access-control-allow-origin'), SHOP)
  assert.equal(asked.headers.get('access-control-allow-headers'), 'authorization')
  const answered = await ask(routes, buyer(ADA), '/v1/banner', { headers: { origin: SHOP } })
  assert.equal(answered.headers.get('access-control-allow-origin'), SHOP)
  assert.match(answered.headers.get('vary') ?? '', /origin/i)
  assert.equal(answered.headers.get('cache-control'), 'private, no-store')
  assert.equal(answered.headers.get('access-control-allow-credentials'), null)
})

test('a buyer with nothing open gets nothing', async () => {
  assert.equal((await bannerFor(ZOE)).alerts, 0)
  assert.equal((await (await ask(routes, buyer(ZOE), '/v1/banner?format=html')).text()).trim(), '')
})

test('one recalled product: a sentence, and the link of its notice', async () => {
  const banner = await bannerFor(ADA)
  assert.equal(banner.text, 'A product you bought is recalled. Stop using it and see what to do.')
  assert.equal(banner.stop, true)
  assert.deepEqual(
    banner.products.map((product) => product.url),
    [`${BASE_URL}${noticeLink(CUPKIN_ID, ADA)}`],
  )
  assert.match(banner.products[0]!.name, /cup/i)
  assert.equal(banner.url, `${BASE_URL}/your-recalls`)
})

test('what is surely recalled is said first, three are named, and another key comes with every change', async () => {
  const keys = new Set<string>()
  for (const [campaign, answer] of [
    ['C-1', 'possibly'],
    ['C-2', 'affected'],
    ['C-3', 'affected'],
  ] as const) {
    keys.add((await bannerFor(BEN)).key)
    await addNotice(BEN, campaign, answer)
  }
  const banner = await bannerFor(BEN)
  keys.add(banner.key)
  assert.equal(keys.size, 4)
  assert.equal(banner.alerts, 4)
  assert.match(banner.text, /^3 products you bought are recalled\./)
  assert.equal(banner.products.length, 3)
  assert.ok(
    !banner.products.some((product) => product.url.endsWith(noticeLink('C-1', BEN))),
    'what is only possible is not among the first',
  )
})

test('who has confirmed the notice, or opened a case, is not told again', async () => {
  await addNotice('done', 'C-1', 'affected')
  await addNotice('done', 'C-2', 'affected')
  assert.equal((await bannerFor('done')).alerts, 2)
  await database.pool.query(`insert into outreach.acknowledgements values ('done', 'C-1', now(), 'button')`)
  await database.pool.query(
    `insert into remedies.cases (buyer_id, campaign_id, case_id, remedy, opened_at, state, state_at)
     values ('done', 'C-2', gen_random_uuid(), 'refund', now(), 'awaiting_proof', now())`,
  )
  assert.equal((await bannerFor('done')).alerts, 0)
})

test('who has only something to check is not told that it is recalled', async () => {
  await addNotice('check', 'C-1', 'possibly')
  const banner = await bannerFor('check')
  assert.equal(banner.stop, false)
  assert.match(banner.text, /^Check a product you bought/)
})

test('it speaks the page’s language, else the browser’s, else English', async () => {
  assert.equal((await bannerFor(ADA, '?lang=de-CH')).label, BANNER_WORDS.de.label)
  assert.equal(bannerLanguage('ja', 'tlh, pt-BR;q=0.8, fr;q=0.5'), 'pt')
  assert.equal(bannerLanguage(undefined, undefined), 'en')
  assert.equal(bannerLanguage('__proto__', 'constructor'), 'en')
  fc.assert(fc.property(fc.string(), fc.string(), (page, browser) => LANGUAGES.includes(bannerLanguage(page, browser))))
  for (const language of LANGUAGES) {
    for (const [name, words] of Object.entries(BANNER_WORDS[language])) {
      assert.ok(words.length > 1 && words.length < 200, `${language} ${name}`)
      assert.equal(words.includes('{n}'), name.endsWith('Many'), `${language} ${name}`)
    }
  }
})

test('as HTML: the same words and links, with nothing of a product’s name taken for markup', async () => {
  await database.pool.query(
    `update outreach.briefs set content = jsonb_set(content, '{recall,products,0,name}', '"Cups <img src=x onerror=alert(1)>"')`,
  )
  const fresh = bannerRoutes({ database, linkKey: LINK_KEY, baseUrl: BASE_URL, shopOrigins: [] })
  const response = await ask(fresh, buyer(ADA), '/v1/banner?format=html&lang=fr')
  assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
  const text = (await response.text()).replace(/\s+/g, ' ')
  assert.match(text, /^<section class="tocsin-recall-banner stop" role="region" aria-label="Alerte de sécurité" lang="fr" ?>/)
  assert.ok(text.includes(`href="${BASE_URL}${noticeLink(CUPKIN_ID, ADA)}"`))
  assert.ok(text.includes('&lt;img') && !text.includes('<img'))
  assert.ok(!/style|<script/.test(text))
})

test('the script is small, is kept long, and is sent again only when it has changed', async () => {
  const script = await readFile(path.join(import.meta.dirname, 'banner-element.js'))
  const bytes = gzipSync(script, { level: 9 }).length
  assert.ok(bytes <= 6 * 1024, `${bytes} bytes gzipped`)
  const first = await ask(routes, nobody, '/banner.js')
  assert.equal(await first.text(), script.toString())
  assert.match(first.headers.get('cache-control') ?? '', /max-age=86400/)
  const etag = first.headers.get('etag')!
  const again = await ask(routes, nobody, '/banner.js', { headers: { 'if-none-match': `W/${etag}` } })
  assert.equal(again.status, 304)
  assert.equal(again.headers.get('etag'), etag)
  const packed = await ask(routes, nobody, '/banner.js', { headers: { 'accept-encoding': 'gzip, br' } })
  assert.equal(packed.headers.get('content-encoding'), 'gzip')
  assert.equal((await packed.arrayBuffer()).byteLength, bytes)
})

test('a token is remembered only while it is valid, and only a genuine one ever counts', async () => {
  let now = Date.now()
  const tokens = openBuyerTokens('secret', () => now)
  const genuine = await signBuyerToken('secret', ADA)
  for (const wrong of [null, '', 'a.b.c', `${genuine}x`, await signBuyerToken('another secret', ADA), 'x'.repeat(5_000)]) {
    assert.equal(await tokens.read(wrong), null)
  }
  assert.equal(await tokens.read(genuine), ADA)
  assert.equal(await tokens.read(genuine), ADA)
  now += 3 * 3_600_000
  assert.equal(await tokens.read(genuine), null, 'remembered or not, its time is over')
})
