/** The Feeds page in a real browser: quiet where nobody was asked, alarms first where something is wrong, and a decision on what is held. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'

const house = await openHouse()
const { pool } = house.runtime.deps.database

async function look(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await assertAccessible(page)
  await assertFitsWidth(page)
}

test('agencies that nobody has begun with are one quiet line, and no alarm', async () => {
  const page = await house.newPage('phone')
  await page.goto('/demo/sign-in/officer')
  await page.goto('/app/feeds')
  await page.getByText(/^Nothing of 7 agencies is here yet: FDA, /).waitFor()
  assert.equal(await page.getByRole('heading', { name: /alarm/ }).count(), 0)
  assert.equal(await page.getByRole('table', { name: 'Feeds' }).getByRole('row').count(), 2)
  await look(page)
})

test('alarms stand first, and what is held is decided with a reason', async () => {
  await pool.query(`
    with pull as (
      insert into feeds.pulls (pull_id, source, agency, actor, mode, started_at, ended_at, outcome, reason, said)
      select ('00000000-0000-4000-8000-00000000000' || n)::uuid, source, source, 'rule:schedule', 'full', now(), now(), outcome, reason, said
        from (values (1, 'FSIS', 'failed', 'forbidden', 'it answers with status 403'), (2, 'FSIS', 'failed', 'forbidden', 'it answers with status 403'),
                     (3, 'HC', 'held', 'unusual_size', 'it has 20 items and the last one had 40')) as p(n, source, outcome, reason, said)
      returning pull_id, source)
    insert into feeds.holds (hold_id, source, agency, pull_id, held_at, reason, items, usual_items, unpacked_sha256)
    select gen_random_uuid(), source, source, pull_id, now(), 'it has 20 items and the last one had 40', 20, 40, '\\x00' from pull where source = 'HC'`)
  const page = await house.newPage('desktop')
  await page.goto('/demo/sign-in/officer')
  await page.goto('/app/feeds')
  await page.getByRole('heading', { name: '2 alarms' }).waitFor()
  await page.getByRole('heading', { name: 'FSIS is not heard' }).waitFor()
  await page.getByText('HC: 20 items, 50 % of the usual 40').waitFor()
  await look(page)
  const refuse = page.getByRole('button', { name: /^Refuse/ })
  await refuse.click()
  await page.getByText('Write the reason.').waitFor()
  await look(page)
  await page.getByLabel('Reason').fill('Half of it is missing.')
  await refuse.click()
  await page.getByText('Refused. Nothing of the held dump of HC was taken in.').waitFor()
  await look(page)
  const { rows } = await pool.query(`select decision, reason from feeds.hold_decisions`)
  assert.deepEqual(rows, [{ decision: 'refused', reason: 'Half of it is missing.' }])
})
