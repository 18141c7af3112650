/** “Is mine affected?” and the notice that was handed on, on a phone and without JavaScript. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'
import { signLink } from '../../src/platform/links.ts'
import { invariants } from '../../src/app.ts'

const house = await openHouse()
const { database, linkKey } = house.runtime.deps

// The demo's recall names no lots. The notices of three buyers are as of one that does, which no order line states.
const { rows } = await database.pool.query<{ notice_id: string; buyer_id: string }>(
  `select n.notice_id, n.buyer_id from outreach.notices n where n.buyer_id in
     (select buyer_id from outreach.affected_lines group by buyer_id having count(*) = 1 and sum(units) = 2)
   order by n.buyer_id limit 3`,
)
assert.equal(rows.length, 3, 'the demo has buyers of one pair')
await database.pool.query(`update outreach.briefs set content = jsonb_set(content, '{recall,scope,lots}', '["A100-A200"]')`)
for (const table of ['affected_lines', 'notices'])
  await database.pool.query(`update outreach.${table} set answer = 'possibly' where buyer_id = any($1)`, [rows.map((row) => row.buyer_id)])
const linkOf = (n: number): string => `/n/${signLink(linkKey, 'notice', rows[n]!.notice_id)}`

for (const device of ['phone', 'desktop'] as const) {
  test(`on a ${device}: from the notice to an answer, and what is not a number is said beside the field`, async () => {
    const page = await house.newPage(device, { javaScriptEnabled: false })
    await page.goto(linkOf(device === 'phone' ? 0 : 1))
    await page.getByRole('link', { name: 'Is mine affected?' }).click()
    await page.getByRole('heading', { level: 1, name: 'Is mine affected?' }).waitFor()
    await assertFitsWidth(page)
    await page.getByRole('button', { name: 'Check the number' }).click()
    await page
      .getByRole('alert')
      .getByRole('link', { name: /Write the number/ })
      .click()
    await page.getByLabel('Lot, batch or date code').fill(device === 'phone' ? 'lot A150' : 'B7, B8')
    await page.getByLabel('These are the numbers of all 2').check()
    await page.getByRole('button', { name: 'Check the number' }).click()
    await page
      .getByRole('heading', { level: 1, name: device === 'phone' ? 'Yours is recalled. Stop using it now.' : 'Yours is not recalled.' })
      .waitFor()
    await assertFitsWidth(page)
  })
}

test('every page of it is accessible, in German too', async () => {
  const page = await house.newPage('phone')
  for (const address of [`${linkOf(2)}/check`, `${linkOf(2)}/check?lang=de`, `${linkOf(2)}/give?lang=de`]) {
    await page.goto(address)
    await assertAccessible(page)
    await assertFitsWidth(page)
  }
  await page.getByRole('link', { name: /\/g\// }).click()
  await page.getByRole('heading', { level: 1, name: /You were given|Ihnen wurde/ }).waitFor()
  await assertAccessible(page)
  await assertFitsWidth(page)
  await page.getByRole('link', { name: /Is mine affected\?|Ist meines betroffen\?/ }).waitFor()
  await page.getByRole('button').click()
  await page
    .getByText(/You told us on|Sie haben uns/)
    .or(page.locator('.done'))
    .first()
    .waitFor()
})

test('every promise holds after it', async () => {
  for (const { name, check } of invariants) assert.deepEqual(await check(database.db), [], name)
})
