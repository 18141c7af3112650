/** The seller also contacts: a seller says whom they told and announces whom they will tell, takes it back, and the desk sees both and ends one. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'
import { invariants } from '../../src/app.ts'
import { DEMO_CAMPAIGN } from '../../src/demo/main-job.ts'

const house = await openHouse()
const { pool } = house.runtime.deps.database

/** For looking at the pages: TOCSIN_SHOTS names a folder. */
const shots = process.env['TOCSIN_SHOTS']
async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await assertAccessible(page)
    await assertFitsWidth(page)
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}-${colorScheme}.png`, fullPage: true })
  }
}

const PAGE = `/app/seller/campaigns/${DEMO_CAMPAIGN}`

/** The demo seller's own orders, and one of somebody else. */
async function ordersOf(page: Page): Promise<{ own: string[]; foreign: string }> {
  const response = await page.request.get(`/v1/seller/campaigns/${DEMO_CAMPAIGN}/orders?limit=100`)
  const { items } = (await response.json()) as { items: { order_id: string; state: string }[] }
  const own = items.filter((each) => each.state !== 'answered').map((each) => each.order_id)
  const { rows } = await pool.query<{ order_id: string }>(
    `select order_id from catalog.order_lines_view where seller_id <> (select "sellerId" from auth."user" where role = 'seller') limit 1`,
  )
  return { own, foreign: rows[0]!.order_id }
}

test('nobody but its seller sees the page’s data, and no order of another seller', async () => {
  const page = await house.newPage('desktop')
  assert.equal((await page.request.get(`/v1/seller/campaigns/${DEMO_CAMPAIGN}`)).status(), 401)
  await page.goto('/demo/sign-in/officer')
  assert.equal((await page.request.get(`/v1/seller/campaigns/${DEMO_CAMPAIGN}`)).status(), 403)
  await page.goto('/demo/sign-in/seller')
  await page.goto('/app/seller/campaigns/CPSC-0')
  await page.getByText('None of your orders is in a recall campaign').waitFor()
  const { foreign } = await ordersOf(page)
  await page.goto(`${PAGE}?q=${foreign}`)
  await page.getByText('No order of yours matches').waitFor()
  await look(page, 'nothing')
})

for (const [device, first] of [
  ['desktop', 0],
  ['phone', 5],
] as const) {
  test(`on a ${device}, a seller says whom they told, announces others, and takes one list back`, async () => {
    const page = await house.newPage(device)
    await page.goto('/demo/sign-in/seller')
    await page.goto('/app/seller')
    await page.getByRole('link', { name: /^Who tells your buyers/ }).waitFor()
    await look(page, `${device}-centre`)
    await page.getByRole('link', { name: /^Who tells your buyers/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Who tells your buyers' }).waitFor()
    await look(page, `${device}-before`)
    const { own, foreign } = await ordersOf(page)
    const [one, two, three, four] = own.slice(first) as [string, string, string, string]

    const told = page.getByRole('region', { name: 'You told a buyer' })
    await told.getByRole('button', { name: 'Say that you told them' }).click()
    await told.getByText('Write the number of the order.').waitFor()
    await told.getByLabel('Order number').fill(foreign)
    await told.getByRole('button', { name: 'Say that you told them' }).click()
    await told.getByRole('alert').getByText('not one of your orders in this recall').waitFor()
    await told.getByLabel('Order number').fill(one)
    await told.getByLabel('How').selectOption('phone')
    await told.getByRole('button', { name: 'Say that you told them' }).click()
    await told.getByRole('status').getByText('1 order taken').waitFor()

    const at = new Date(Date.now() - 3_600_000).toISOString()
    const csv = `order_id,channel,told_at,outcome\n${two},email,${at},told\n${foreign},email,${at},told\n${three},pigeon,${at},told\n`
    await told.getByLabel('Or many at once: a CSV file').setInputFiles({ name: 'told.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await told.getByRole('button', { name: 'Send the file' }).click()
    await told.getByText('1 order taken, 2 refused.').waitFor()
    await told.getByRole('table', { name: 'Rows that were not taken' }).getByText('is none of: email').waitFor()

    const announce = page.getByRole('region', { name: 'You are about to tell some' })
    await announce.getByRole('button', { name: 'Announce it' }).click()
    await announce.getByText('Write the numbers of the orders').waitFor()
    await announce.getByLabel('Order numbers').fill(`${three}\n${four}`)
    await announce.getByRole('button', { name: 'Announce it' }).click()
    await announce.getByRole('status').getByText('2 orders taken.').waitFor()
    await look(page, `${device}-said`)

    await page.getByLabel('Order number', { exact: true }).last().fill(three)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL(/q=/)
    await page.waitForLoadState('networkidle')
    const row = page.getByRole('table', { name: 'Your orders in this recall' }).getByRole('row').filter({ hasText: three })
    await row.getByText(/to be told in/).waitFor()
    assert.equal(await page.getByRole('table', { name: 'Your orders in this recall' }).getByRole('row').count(), 2)

    const list = page.getByRole('group').filter({ hasText: 'You announced 2 orders' }).first()
    await list.getByText('You announced 2 orders').click()
    await list.getByRole('button', { name: 'Take it back' }).click()
    await list.getByText('Write why you take it back.').waitFor()
    await look(page, `${device}-list`)
    await list.getByLabel('Why you take it back').fill('We have no telephone numbers of these.')
    await list.getByRole('button', { name: 'Take it back' }).click()
    await page.getByText('2 orders taken back. We tell their buyers.').waitFor()
  })

  test(`on a ${device}, the officer sees what the seller said, down to its rows, and ends what leaves buyers out`, async () => {
    const page = await house.newPage(device)
    await page.goto('/demo/sign-in/officer')
    await page.goto(`/app/campaigns/${DEMO_CAMPAIGN}/reach`)
    const section = page.getByRole('region', { name: 'Told by the seller', exact: true })
    await section.getByText(/Sellers say that they told \d+ buyers/).waitFor()
    await look(page, `${device}-desk`)
    const csv = await (await page.request.get(`/v1/campaigns/${DEMO_CAMPAIGN}/reach/sellers?format=csv`)).text()
    assert.match(csv, /^seller_id,seller_name,told,/)
    await section
      .getByText(/left out of waves/)
      .first()
      .click()
    await section.getByRole('button', { name: 'End it: we tell them' }).first().click()
    await section.getByText('Write why. The seller reads it.').waitFor()
    await section.getByLabel('Why we tell these buyers ourselves now').first().fill('The seller does not answer us.')
    await section.getByRole('button', { name: 'End it: we tell them' }).first().click()
    await section.getByText(/ended\. We tell those buyers/).waitFor()
    await section.getByRole('table').getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: 'Told by sellers' }).waitFor()
    await look(page, `${device}-rows`)
  })
}

test('every promise still holds', async () => {
  for (const { name, check } of invariants) assert.deepEqual(await check(house.runtime.deps.database.db), [], name)
})
