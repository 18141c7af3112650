/** The banner on a shop's page, in a real browser: what a buyer sees and can do, and that the page stays whole whatever happens to us. */
import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page, Route } from 'playwright-core'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'
import { signBuyerToken } from '../../src/platform/auth.ts'
import { secret } from '../../src/platform/config.ts'

// A shop of its own, on another origin: what it serves is set by each test.
let shopPage: { body: string; policy: string } = { body: '', policy: '' }
const shop = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': shopPage.policy })
  response.end(shopPage.body)
}).listen(0, '127.0.0.1')
await once(shop, 'listening')
after(() => shop.close())
const SHOP_ORIGIN = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
const house = await openHouse({ shopOrigins: [SHOP_ORIGIN] })
const { rows } = await house.runtime.deps.database.pool.query<{ buyer_id: string }>(
  `select buyer_id from outreach.notices n where answer = 'affected' and not exists (select from remedies.cases c where c.buyer_id = n.buyer_id) limit 1`,
)
const token = await signBuyerToken(secret(house.runtime.config, 'buyers'), rows[0]!.buyer_id)

/** No style of ours may be inline: this shop allows only what it names. */
const STRICT = `default-src 'none'; script-src ${house.base}; connect-src ${house.base}; style-src 'none'`

/** The orders page of a shop on another host, in German. `base` is where it takes the banner from. */
async function openShop(page: Page, options: { token?: string; base?: string } = {}): Promise<string[]> {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
  const body = `<!doctype html><html lang="de-AT"><head><title>Bestellungen</title><meta name="viewport" content="width=device-width">
    <script src="${options.base ?? house.base}/banner.js" async></script></head><body><main>
    <tocsin-recall-banner token="${options.token ?? token}"></tocsin-recall-banner><h1>Ihre Bestellungen</h1><p>Eine Lampe.</p></main></body></html>`
  shopPage = { body, policy: STRICT }
  await page.goto(`${SHOP_ORIGIN}/orders`)
  return complaints
}

const banner = (page: Page) => page.getByRole('region', { name: 'Sicherheitshinweis zu Produkten' })
const topOf = async (page: Page) => (await page.getByRole('heading', { level: 1 }).boundingBox())!.y

test('a shop on another host shows it in the page’s language, under a strict policy, without covering anything', async () => {
  for (const device of ['phone', 'desktop'] as const) {
    const page = await house.newPage(device)
    const complaints = await openShop(page)
    await banner(page).waitFor()
    const link = banner(page).getByRole('link', { name: /^Was zu tun ist: .*CUPKIN/ })
    assert.match((await link.getAttribute('href')) ?? '', new RegExp(`^${house.base}/n/`))
    const box = (await banner(page).boundingBox())!
    assert.ok(box.y + box.height <= (await topOf(page)), 'it stands above the heading, not over it')
    await assertAccessible(page)
    await assertFitsWidth(page)
    assert.deepEqual(complaints, [])
  }
})

test('by keyboard it folds to one line for this session, and never goes away', async () => {
  const page = await house.newPage('phone')
  await openShop(page)
  const tall = (await banner(page).boundingBox())!.height
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await banner(page).getByRole('button', { name: 'Mehr zeigen', expanded: false }).waitFor()
  assert.equal(await banner(page).getByRole('link').count(), 0)
  assert.ok((await banner(page).boundingBox())!.height < tall)
  await page.reload()
  await banner(page).getByRole('button', { name: 'Mehr zeigen' }).waitFor()
  await assertAccessible(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${house.base}/n/*`)
  const another = await house.newPage('phone')
  await openShop(another)
  await banner(another).getByRole('button', { name: 'Weniger zeigen', expanded: true }).waitFor()
})

const NONSENSE: Record<string, (route: Route) => Promise<void> | void> = {
  'answers 500': (route) => route.fulfill({ status: 500, body: 'oops' }),
  'answers with a page': (route) => route.fulfill({ body: '<html>', contentType: 'text/html', headers: ALLOWED }),
  'answers null': (route) => route.fulfill({ json: null, headers: ALLOWED }),
  'answers other JSON': (route) => route.fulfill({ json: { alerts: 1, text: {}, products: [{}] }, headers: ALLOWED }),
  'answers with a script as link': (route) => route.fulfill({ json: { ...WHOLE, url: 'javascript:alert(1)' }, headers: ALLOWED }),
  'is not there': (route) => route.abort('connectionrefused'),
  'says nothing': () => {},
}
const ALLOWED = { 'access-control-allow-origin': SHOP_ORIGIN }
const WHOLE = {
  alerts: 1, url: `${house.base}/your-recalls`, text: 'Text', label: 'Sicherheitshinweis zu Produkten', see: 'Was', all: 'Alle', less: 'Weniger',
  more: 'Mehr', key: 'k', lang: 'de', stop: true, products: [{ name: 'Lampe', url: `${house.base}/n/x` }],
} // prettier-ignore

test('the page stays whole when our server fails, stalls or talks nonsense', async () => {
  // The answer that the nonsense is made from is shown: what follows can fail.
  const sound = await house.newPage('phone')
  await sound.route('**/v1/banner*', (route) => route.fulfill({ json: WHOLE, headers: ALLOWED }))
  await openShop(sound)
  await banner(sound).waitFor()
  for (const [what, answer] of Object.entries(NONSENSE)) {
    const page = await house.newPage('phone')
    await page.route('**/v1/banner*', answer)
    const settled = page.waitForEvent('requestfinished', { predicate: isBanner, timeout: 5_000 }).catch(() => null)
    const failed = page.waitForEvent('requestfailed', { predicate: isBanner, timeout: 5_000 }).catch(() => null)
    const complaints = await openShop(page)
    const before = await topOf(page)
    assert.notEqual(
      await Promise.race([settled, failed].map(async (each) => (await each) ?? (await failed) ?? (await settled))),
      null,
      what,
    )
    assert.equal(await banner(page).count(), 0, what)
    assert.equal(await topOf(page), before, `${what}: nothing moved`)
    await page.getByText('Eine Lampe.').waitFor()
    assert.deepEqual(complaints, [], what)
  }
})

function isBanner(request: { url: () => string; method: () => string }): boolean {
  return request.url().includes('/v1/banner') && request.method() === 'GET'
}

test('with a token that is not ours, and without our script, the shop has its page as it was', async () => {
  const page = await house.newPage('phone')
  await openShop(page, { token: 'a.b.c' })
  await page.waitForLoadState('networkidle')
  assert.equal(await page.getByRole('region').count(), 0)
  const without = await house.newPage('phone')
  await openShop(without, { base: 'http://localhost:1' })
  await without.getByText('Eine Lampe.').waitFor()
  assert.equal(await without.getByRole('region').count(), 0)
})

test('another shop’s page cannot read what a buyer has', async () => {
  const page = await house.newPage('phone')
  shopPage = { body: '<h1>Another shop</h1>', policy: 'default-src *' }
  // The same machine by another name is another origin, which the shop does not have.
  await page.goto(SHOP_ORIGIN.replace('127.0.0.1', 'other.localhost'))
  const read = await page.evaluate(
    `fetch('${house.base}/v1/banner', { headers: { authorization: 'Bearer ${token}' } }).then(() => 'read', () => 'refused')`,
  )
  assert.equal(read, 'refused')
})
