/** A joint recall in a real browser: an officer says that two recalls are one, adds it to the open campaign, and everyone finds one recall. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { proposeLinks } from '../../src/recalls/index.ts'
import { addRecall, CUPKIN_ID, CUPKIN_IN_CANADA, CUPKIN_IN_CANADA_ID } from '../world.ts'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'

const house = await openHouse()
const { database } = house.runtime.deps

async function look(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await assertAccessible(page)
  await assertFitsWidth(page)
}

async function officerAt(address: string, device: 'phone' | 'desktop' = 'desktop'): Promise<Page> {
  const page = await house.newPage(device)
  await page.goto('/demo/sign-in/officer')
  await page.goto(address)
  return page
}

test('a queue without pairs says what would come, and an unknown pair says that there is none', async () => {
  const page = await officerAt('/app/links', 'phone')
  await page.getByText('No pair waits for you').waitFor()
  await look(page)
  await page.goto('/app/links/CPSC-1/HC-2')
  await page.getByText('These two recalls were not proposed to be the same.').waitFor()
})

test('an officer rules from the keyboard, takes it back, and rules again', async () => {
  // Health Canada's notice says nothing of the CPSC's: only the texts are alike.
  await addRecall(database, { ...CUPKIN_IN_CANADA, jointWith: [] }, new Date())
  await proposeLinks(database, { at: new Date() })
  const page = await officerAt(`/app/links/${CUPKIN_ID}/${CUPKIN_IN_CANADA_ID}`)
  await page.getByRole('heading', { name: 'Are these the same recall?' }).waitFor()
  await page.getByRole('link', { name: /^Same recall\? ?\d+ waiting$/ }).waitFor()
  await page.getByText('Both name the brand CUPKIN.').waitFor()
  await look(page)
  const save = page.getByRole('button', { name: 'Save and go on' })
  await save.click()
  await page.getByText('Choose whether they are the same.').waitFor()
  await page.getByRole('heading', { name: 'Your ruling' }).click()
  await page.keyboard.press('s')
  await page.keyboard.type('One cup on both photographs.')
  await save.click()
  await page.getByText(/^Saved: .* are the same recall\.$/).waitFor()
  await look(page)
  await page.getByRole('heading', { name: 'Your ruling' }).click()
  await page.keyboard.press('u')
  await page.getByLabel('Why you take it back').waitFor()
  await page.getByRole('button', { name: 'Take back' }).click()
  await page.getByText(/^Taken back, ruled by/).waitFor()
  await page.getByLabel('The same recall').check()
  await page.getByLabel('Reason').fill('The photographs and the codes are the same.')
  await save.click()
  await page.getByText(/^Saved: /).waitFor()
  const { rows } = await database.pool.query('select ruling from recalls.link_decisions order by decision_no')
  assert.deepEqual(rows.map((row) => row.ruling), ['same', 'withdrawn', 'same']) // prettier-ignore
})

test('a recall that says it expands an earlier one waits in the same queue, and everyone reads it once an officer has said which', async () => {
  const page = await officerAt('/app/links', 'phone')
  await page.getByRole('table', { name: 'Pairs of recalls' }).waitFor()
  await look(page)
  await page
    .getByRole('row', { name: /The first may expand the second/ })
    .first()
    .getByRole('link')
    .click()
  await page.getByRole('heading', { name: 'Does the first expand the second?' }).waitFor()
  await look(page)
  await page.getByLabel('Expands the second').check()
  await page.getByLabel('Reason').fill('It says so, and names the same product.')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await page.getByText(/^Saved: .* expands .*\.$/).waitFor()
  const { rows } = await database.pool.query(`select recall_id, earlier_id from recalls.expansions_view where standing = 'linked'`)
  await page.goto(`/app/recalls/${rows[0].earlier_id}`)
  await page.getByText(/^Expanded by the/).waitFor()
  await page.goto(`/recalls/${rows[0].recall_id}`)
  await page.getByText('Expands the recall of').waitFor()
  await look(page)
})

test('the campaign that is open learns of the other notice, and takes it up when an officer says so', async () => {
  const page = await officerAt(`/app/recalls/${CUPKIN_IN_CANADA_ID}`)
  await page.getByRole('heading', { name: 'The same recall elsewhere' }).waitFor()
  await look(page)
  await page.getByRole('link', { name: 'Add to the open campaign' }).click()
  await page.getByText(/is the same recall, published too/).waitFor()
  await look(page)
  await page.getByRole('button', { name: 'Add to the campaign' }).click()
  await page.getByText(/is in the campaign\./).waitFor()
  await page.getByRole('heading', { name: 'One recall, 2 notices' }).waitFor()
  await look(page)
  const { rows } = await database.pool.query(`select recall_id from campaigns.campaign_recalls where campaign_id = $1 order by recall_id`, [CUPKIN_ID]) // prettier-ignore
  assert.deepEqual(rows.map((row) => row.recall_id), [CUPKIN_ID, CUPKIN_IN_CANADA_ID]) // prettier-ignore
  await page.goto('/app/recalls?touching=true&q=cupkin')
  await page.getByText('also HC').waitFor()
  await look(page)
})

test('everyone finds one recall, with a way from each notice to the other', async () => {
  const page = await house.newPage('phone', { javaScriptEnabled: false })
  await page.goto('/recalls?q=cupkin')
  await page.getByText(/^Also published by Government of Canada/).waitFor()
  assert.equal(await page.getByRole('heading', { level: 2 }).getByRole('link').count(), 1)
  await page.goto(`/recalls/${CUPKIN_ID}`)
  const notices = page.getByRole('navigation', { name: 'This recall was published by two agencies' })
  await notices.getByRole('link', { name: /Government of Canada/ }).click()
  await page.getByRole('heading', { level: 1, name: CUPKIN_IN_CANADA.title }).waitFor()
  await notices.getByRole('link', { name: /Consumer Product Safety Commission/ }).waitFor()
  const looking = await house.newPage('phone')
  await looking.goto(`/recalls/${CUPKIN_ID}`)
  await look(looking)
})
