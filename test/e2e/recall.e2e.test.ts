/** A recall in a real browser: the words behind each fact on the public page and on the desk, and the correction of what was read wrongly. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'

const house = await openHouse()
const { pool } = house.runtime.deps.database
const CUPS = 'CPSC-23774'
/** Listings are compared in the background, beside whatever else the machine does. */
const FOLLOWED = { timeout: 60_000 }

async function look(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await assertAccessible(page)
  await assertFitsWidth(page)
}

async function desk(device: 'phone' | 'desktop'): Promise<Page> {
  const page = await house.newPage(device)
  await page.goto('/demo/sign-in/officer')
  await page.goto(`/app/recalls/${CUPS}`)
  await page.getByRole('heading', { name: 'Scope as read' }).waitFor()
  return page
}

/** The name of what has the keyboard. */
async function focused(page: Page): Promise<string | null> {
  return await page.evaluate<string | null>('document.activeElement.getAttribute("aria-label")')
}

test('everyone is led from a fact to the words that say it, and back, without JavaScript', async () => {
  const page = await house.newPage('phone', { javaScriptEnabled: false })
  await page.goto(`/recalls/${CUPS}`)
  await page.getByRole('definition').getByRole('link', { name: 'January 2018' }).click()
  const words = page.locator('mark:target')
  assert.equal(await words.textContent(), 'January 2018')
  await assertFitsWidth(page)
  await words.getByRole('link').click()
  assert.equal(await page.locator('dd a:target').textContent(), 'January 2018')
})

test('the public page is accessible with its marks, and while one of them is chosen', async () => {
  const page = await house.newPage('desktop')
  await page.goto(`/recalls/${CUPS}`)
  await look(page)
  await page.getByRole('definition').getByRole('link', { name: 'lead poisoning' }).click()
  assert.equal(await page.locator('mark:target').textContent(), 'levels of lead')
  await look(page)
})

test('on the desk a fact that has the keyboard marks its words', async () => {
  const page = await desk('desktop')
  const active = page.locator('mark[data-active]')
  assert.equal(await active.count(), 0)
  await page.getByRole('link', { name: 'March 2023' }).focus()
  assert.deepEqual(await active.allTextContents(), ['March 2023'])
  await look(page)
  await page.keyboard.press('Tab')
  assert.equal(await active.count(), 0)
  await page.getByRole('link', { name: 'refund' }).hover()
  assert.deepEqual(await active.allTextContents(), ['refund'])
  await page.locator('mark', { hasText: 'levels of lead' }).click()
  assert.equal(await page.evaluate<string>('document.activeElement.textContent'), 'lead')
})

test('what was read wrongly is corrected with a reason, listings are compared again, and it can be withdrawn', async () => {
  const page = await desk('desktop')
  const correct = page.getByRole('button', { name: 'Correct: Units', exact: true })
  await correct.click()
  const form = page.getByRole('form', { name: 'Correct: Units' })
  const [units, reason] = [form.getByLabel('Units'), form.getByLabel('Reason')]
  assert.equal(await units.inputValue(), '346000')

  await units.fill('many')
  await form.getByRole('button', { name: 'Save the correction' }).click()
  await form.getByText('Write a whole number, or leave it empty.').waitFor()
  await units.fill('346,000')
  await form.getByRole('button', { name: 'Save the correction' }).click()
  await form.getByText('Write the reason.').waitFor()
  await reason.fill('It is what it says.')
  await form.getByRole('button', { name: 'Save the correction' }).click()
  await form.getByText('This is what the recall says already.').waitFor()
  await look(page)

  await units.fill('340,000')
  await reason.fill('The agency wrote so in a letter.')
  await form.getByRole('button', { name: 'Save the correction' }).click()
  await page.getByRole('status').getByText('“Units” is corrected. Listings were compared again: 24 listings affected').waitFor(FOLLOWED)
  await page.getByText(/Corrected by you .*: The agency wrote so in a letter\./).waitFor()
  await page.getByText('Read from the text: 346,000.').waitFor()
  assert.equal(await focused(page), 'Correct: Units')
  await page.getByRole('link', { name: '346,000' }).focus()
  assert.deepEqual(await page.locator('mark[data-active]').allTextContents(), ['346,000'])
  await look(page)
  const { rows } = await pool.query(`select field, value, reason from recalls.corrections_view where recall_id = $1 and withdrawn_at is null`, [CUPS]) // prettier-ignore
  assert.deepEqual(rows, [{ field: 'units', value: 340_000, reason: 'The agency wrote so in a letter.' }])

  const everyone = await house.newPage('phone')
  await everyone.goto(`/recalls/${CUPS}`)
  await everyone.getByText('Corrected by us').waitFor()
  await look(everyone)

  await correct.click()
  await reason.fill('The letter was about another recall.')
  await form.getByRole('button', { name: 'Withdraw the correction' }).click()
  await page
    .getByRole('status')
    .getByText(/The correction of “Units” is withdrawn\. Listings were compared again/)
    .waitFor()
  await page.getByText('1 correction withdrawn').click()
  await page.getByText('The letter was about another recall.').waitFor()
  assert.equal(await page.getByText(/^Corrected by/).count(), 0)
  await look(page)
})

test('the form for dangers is one of boxes, on a phone, and is left with Escape', async () => {
  const page = await desk('phone')
  await page.getByRole('button', { name: 'Correct: Hazards' }).click()
  const form = page.getByRole('form', { name: 'Correct: Hazards' })
  assert.ok(await form.getByLabel('Lead', { exact: true }).isChecked())
  await look(page)
  await page.keyboard.press('Escape')
  assert.equal(await form.count(), 0)
  assert.equal(await focused(page), 'Correct: Hazards')
})
