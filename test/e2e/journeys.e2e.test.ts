/** The journeys of the three people, in a real browser on the running demo: by roles and labels, and accessible on every page they meet. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'
import { invariants } from '../../src/app.ts'

const house = await openHouse()

/** The page as it stands is accessible and fits the screen. */
async function look(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await assertAccessible(page)
  await assertFitsWidth(page)
}

/** A picture with something on it: an even grey one is refused, as it shows nothing. */
async function photograph(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  return sharp({ create: { width: 800, height: 600, channels: 3, background: 'gray', noise } })
    .jpeg()
    .toBuffer()
}

test('nobody is let into the desk or at its data without a sign-in', async () => {
  const page = await house.newPage('desktop')
  for (const address of ['/v1/campaigns', '/v1/recalls', '/v1/seller/stops', '/v1/campaigns/CPSC-23774/buyers']) {
    assert.equal((await page.request.get(address)).status(), 401, address)
  }
  await page.goto('/app/')
  await page
    .getByRole('link', { name: /sign in/i })
    .or(page.getByLabel('Password'))
    .first()
    .waitFor()
  await page.goto('/sign-in')
  await look(page)
  await page.getByLabel('E-mail address').fill('officer@demo.example')
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('do not go together').waitFor()
  await look(page)
})

test('a stopped listing is not sellable, another one is, and one that nobody knows is neither', async () => {
  const page = await house.newPage('desktop')
  const { rows } = await house.runtime.deps.database.pool.query<{ stopped: string; free: string }>(`
    select (select listing_id from supply.stops_view limit 1) as stopped,
           (select listing_id from catalog.listings_view where listing_id not in (select listing_id from supply.stops_view) limit 1) as free`)
  const asked = async (id: string) =>
    ((await (await page.request.get(`/v1/sellable?listing=${id}`)).json()) as { sellable: boolean | null }).sellable
  assert.equal(await asked(rows[0]!.stopped), false)
  assert.equal(await asked(rows[0]!.free), true)
  assert.equal(await asked('never-heard-of'), null)
})

test('a buyer on a phone goes from the banner to the refund, and the case moves', async () => {
  const page = await house.newPage('phone')
  await page.goto('/')
  await look(page)
  await page.getByRole('link', { name: 'Sign in as a buyer' }).click()
  await page.getByRole('heading', { name: 'Your orders' }).waitFor()
  await look(page)
  await page
    .getByRole('region', { name: 'Product safety alert' })
    .getByRole('link', { name: /CUPKIN/ })
    .click()
  await page.getByText('Stop using').first().waitFor()
  await page.goto('/your-recalls')
  await page.getByRole('heading', { name: 'Your recalls and product safety alerts' }).waitFor()
  await look(page)
  await page
    .getByRole('link', { name: /CUPKIN/ })
    .first()
    .click()
  await page.getByText('Stop using').first().waitFor()
  await look(page)
  await page.getByRole('link', { name: 'Choose your refund' }).click()
  await page.getByRole('heading', { name: /Get \$\d+\.\d\d back/ }).waitFor()
  await look(page)
  await page.getByRole('button', { name: 'Ask for my refund' }).click()
  await page.getByLabel('Your photo').waitFor()
  await look(page)
  await page.getByRole('button', { name: 'Send the photo' }).click()
  await page.getByRole('alert').waitFor()
  await look(page)
  await page.getByLabel('Your photo').setInputFiles({ name: 'cups.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture at all') })
  await page.getByRole('button', { name: 'Send the photo' }).click()
  await page.getByRole('alert').getByText('not a picture').waitFor()
  await page.getByLabel('Your photo').setInputFiles({ name: 'cups.jpg', mimeType: 'image/jpeg', buffer: await photograph() })
  await page.getByRole('button', { name: 'Send the photo' }).click()
  await page.getByRole('heading', { name: 'What has happened' }).waitFor()
  await look(page)
  for (
    let tries = 0;
    (await page.getByText(/paid/i).count()) === 0 || (await page.getByText('asked for your refund').count()) === 0;
    tries++
  ) {
    assert.ok(tries < 40, 'the refund is settled by the worker')
    await page.waitForTimeout(500)
    await page.reload()
  }
  const { rows } = await house.runtime.deps.database.pool.query('select * from remedies.demo_payments')
  assert.equal(rows.length, 1, 'paid once')
})

test('the notice in the mail opens without signing in and without JavaScript', async () => {
  const page = await house.newPage('phone', { javaScriptEnabled: false })
  await page.goto('/demo/mailbox')
  await page
    .getByRole('link', { name: /^Recall: stop using/ })
    .last()
    .click()
  await page.getByRole('heading', { level: 1, name: /^Recall: stop using/ }).waitFor()
  // The message itself is shown in a sandbox without scripts, where a test cannot look around; its source says the same.
  const source = await (await page.request.get(`${page.url()}/html`)).text()
  const address = /href="([^"]+\/n\/[^"]+)"/.exec(source)?.[1] ?? ''
  assert.ok(address.startsWith(`${house.base}/n/`), address)
  await page.goto(address)
  await page.getByRole('link', { name: 'Choose your refund' }).click()
  await page.getByRole('button', { name: 'Ask for my refund' }).waitFor()
  await page.goto(`${address.slice(0, -3)}abc`)
  await page.getByRole('heading', { name: /not found/i }).waitFor()
})

test('anyone reads the recall on the public page, on a phone', async () => {
  const page = await house.newPage('phone')
  await page.goto('/')
  await page.getByRole('link', { name: 'every recall' }).click()
  await page.waitForURL('**/recalls')
  await look(page)
  await page.goto('/recalls/CPSC-23774')
  await page.getByRole('heading', { level: 1, name: /CUPKIN/ }).waitFor()
  await look(page)
  assert.equal((await page.request.get('/recalls.atom')).status(), 200)
  assert.equal((await page.request.get('/recalls/CPSC-99999')).status(), 404)
})

test('a buyer sees nothing of the desk, and a seller nothing of other sellers', async () => {
  const page = await house.newPage('desktop')
  await page.goto('/demo/sign-in/buyer')
  assert.equal((await page.request.get('/v1/campaigns')).status(), 403)
  await page.goto('/demo/sign-in/seller')
  assert.equal((await page.request.get('/v1/campaigns')).status(), 403)
  const { rows } = await house.runtime.deps.database.pool.query<{ id: string }>(`
    select listing_id as id from catalog.listings_view where seller_id <> (select "sellerId" from auth."user" where role = 'seller') limit 1`)
  assert.equal((await page.request.get(`/v1/seller/stops/${rows[0]!.id}`)).status(), 404)
})

for (const device of ['desktop', 'phone'] as const) {
  test(`the seller sees on a ${device} what was stopped, why, and where the stock is`, async () => {
    const page = await house.newPage(device)
    await page.goto('/')
    await page.getByRole('link', { name: 'Sign in as the seller' }).click()
    await page.getByRole('heading', { name: 'Stopped listings' }).waitFor()
    await look(page)
    await page
      .getByRole('link', { name: /CUPKIN Double-Walled/ })
      .first()
      .click()
    await page.getByText('Units held').first().waitFor()
    await look(page)
  })

  test(`the officer goes on a ${device} from the campaign's numbers to their rows`, async () => {
    const page = await house.newPage(device)
    await page.goto('/')
    await page.getByRole('link', { name: 'Sign in as the safety officer' }).click()
    await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor()
    await look(page)
    await page
      .getByRole('link', { name: /Soojimus Recalls CUPKIN/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'Where each unit is' }).waitFor()
    await page.getByText('346', { exact: true }).first().waitFor()
    await look(page)
    for (const place of ['Reach', 'Listings', 'Stock', 'Interceptions', 'Order lines', 'Buyers', 'Deliveries', 'Cases']) {
      await page.getByRole('navigation', { name: 'This campaign' }).getByRole('link', { name: place, exact: true }).click()
      await page.getByRole('link', { name: /CSV/ }).or(page.getByText(/^No /)).first().waitFor()
      await look(page)
    }
    await page.getByRole('navigation', { name: 'This campaign' }).getByRole('link', { name: 'Buyers', exact: true }).click()
    await page.getByRole('table').getByRole('link').first().click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await look(page)
  })
}

test('the officer opens a campaign for another recall from the desk', async () => {
  const page = await house.newPage('desktop')
  await page.goto('/demo/sign-in/officer')
  const { rows } = await house.runtime.deps.database.pool.query<{ recall_id: string; listing_id: string }>(`
    select recall_id, listing_id from matching.matches_view
     where answer = 'affected' and recall_id <> 'CPSC-23774' order by recall_id limit 1`)
  const { recall_id: recallId, listing_id: listingId } = rows[0]!
  await page.goto('/app/recalls?touching=true')
  await page.getByRole('heading', { level: 1, name: 'Recalls' }).waitFor()
  await look(page)
  await page.goto(`/app/recalls/${recallId}`)
  await page
    .getByRole('link', { name: /Open a? ?campaign/ })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: 'Open a campaign' }).waitFor()
  await look(page)
  await page.getByRole('button', { name: 'Check before opening' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Why do you open this campaign?').fill('The listing is the recalled product itself.')
  await page.getByRole('button', { name: 'Check before opening' }).click()
  await page.getByRole('button', { name: /Open the campaign/ }).waitFor()
  await look(page)
  await page.getByRole('button', { name: /Open the campaign/ }).click()
  await page.getByRole('heading', { name: 'Where each unit is' }).waitFor()
  const answer = (await (await page.request.get(`/v1/sellable?listing=${listingId}`)).json()) as { sellable: boolean }
  assert.equal(answer.sellable, false)
})

test('the reach account: from the map of where buyers live to the buyers of one place, on both screens', async () => {
  for (const device of ['desktop', 'phone'] as const) {
    const page = await house.newPage(device)
    await page.goto('/demo/sign-in/officer')
    await page.goto('/app/campaigns/CPSC-23774/reach')
    await page.getByRole('heading', { level: 1, name: 'Reach' }).waitFor()
    await look(page)
    const map = page.getByRole('region', { name: 'Map' })
    const tile = map.getByRole('link', { name: /: \d+ of \d+ buyers delivered$/ }).first()
    const said = /^([A-Z]{2}).*: (\d+) of (\d+) buyers/.exec((await tile.innerText()).replaceAll('\n', ' '))
    await tile.click()
    await page.waitForURL(/\/buyers\?country=US&region=/)
    await page.getByRole('table', { name: 'Buyers' }).waitFor()
    assert.ok(page.url().endsWith(`region=${said![1]}`))
    assert.equal(await page.getByRole('table', { name: 'Buyers' }).getByRole('row').count(), Math.min(Number(said![3]), 20) + 1)
  }
})

test('after all of it every promise holds', async () => {
  for (const invariant of invariants) assert.deepEqual(await invariant.check(house.runtime.deps.database.db), [], invariant.promise)
})
