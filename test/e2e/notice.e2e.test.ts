/** What a person reads of a notice in a real browser: the buyer in their language, the officer before anything is sent. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { signLink } from '../../src/platform/links.ts'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'

const house = await openHouse()
const { database, linkKey } = house.runtime.deps

test('a buyer reads their notice by the law and in the language of where they live, without JavaScript, and in another if they wish', async () => {
  const { rows } = await database.pool.query<{ notice_id: string; buyer_id: string }>(
    `select notice_id, buyer_id from outreach.notices where answer = 'affected' order by buyer_id limit 1`,
  )
  await database.pool.query(`update catalog.buyers set locale = null, country = 'DE', region = null where buyer_id = $1`, [
    rows[0]!.buyer_id,
  ])
  const page = await house.newPage('phone', { javaScriptEnabled: false })
  await page.goto(`/n/${signLink(linkKey, 'notice', rows[0]!.notice_id)}`)
  await page.getByRole('heading', { level: 1, name: 'Produktsicherheitsrückruf' }).waitFor()
  await page.getByRole('link', { name: 'Geld zurückfordern' }).waitFor()
  assert.equal(await page.getByText('None reported').count(), 0)
  await page.getByText('Sprache: Deutsch').click()
  await page.getByRole('link', { name: 'Polski' }).click()
  await page.getByRole('heading', { level: 1, name: 'Odzyskanie produktu ze względów bezpieczeństwa' }).waitFor()
  await page.getByRole('button', { name: 'Przeczytane' }).click()
  await page.getByText('Potwierdzenie przeczytania otrzymaliśmy').waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'pl-PL', 'the language stays')
  const seen = await house.newPage('phone')
  for (const language of ['de', 'zh', 'fr']) {
    await seen.goto(`/n/${signLink(linkKey, 'notice', rows[0]!.notice_id)}?lang=${language}`)
    await assertAccessible(seen)
    await assertFitsWidth(seen)
  }
})

test('an officer reads what buyers of each place would be told before the campaign opens', async () => {
  const { rows } = await database.pool.query<{ recall_id: string }>(
    `select recall_id from matching.matches_view where answer = 'affected' and recall_id <> 'CPSC-23774' order by recall_id limit 1`,
  )
  const page = await house.newPage('desktop')
  await page.goto('/demo/sign-in/officer')
  await page.goto(`/app/recalls/${rows[0]!.recall_id}/open`)
  await page.getByLabel('Why do you open this campaign?').fill('The listing is the recalled product itself.')
  await page.getByRole('button', { name: 'Check before opening' }).click()
  await page.getByRole('heading', { name: 'What buyers will read' }).waitFor()
  await page.getByText(/^Recall: stop using/).click()
  await page.getByText('WHAT TO DO NOW').waitFor()
  await page.getByLabel('Buyers in').selectOption('EU')
  await page.getByLabel('Language').selectOption('sv')
  await page.getByText(/^Återkallelse: sluta använda/).waitFor()
  await page.getByText(/GÖR SÅ HÄR NU/).waitFor()
  await page.waitForLoadState('networkidle')
  await assertAccessible(page)
  await assertFitsWidth(page)
})
