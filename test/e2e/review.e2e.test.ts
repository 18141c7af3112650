/** The review queue in a real browser: found, opened, ruled on by mouse and by key, taken back, and a release that takes two officers. */
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

async function openQueue(device: 'phone' | 'desktop', search = ''): Promise<Page> {
  const page = await house.newPage(device)
  await page.goto('/demo/sign-in/officer')
  await page.goto(`/app/review${search}`)
  await page.getByRole('heading', { name: 'Review', level: 1 }).waitFor()
  return page
}

/** Matches that wait for a person: the open ones, less those the demo's officer decided on by stopping the listing with the campaign. */
async function openMatches(why = 'any'): Promise<number> {
  const { rows } = await pool.query<{ matches: string }>(
    `select count(*)::text as matches from matching.open_matches_view m
      where $1 in ('any', why)
        and not (why = 'confirm' and exists (select from supply.stops_view s where s.listing_id = m.listing_id and s.campaign_id = m.recall_id))`,
    [why],
  )
  return Number(rows[0]!.matches)
}

async function lastRuling(): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<Record<string, unknown>>(
    'select listing_id, ruling, reason, undoes from matching.decisions order by decided_at desc limit 1',
  )
  return rows[0]!
}

test('nobody who is not an officer sees the queue', async () => {
  const page = await house.newPage('desktop')
  for (const address of ['/v1/review', '/v1/rulings', '/v1/releases'])
    assert.equal((await page.request.get(address)).status(), 401, address)
  await page.goto('/demo/sign-in/seller')
  assert.equal((await page.request.get('/v1/review')).status(), 403)
  await page.goto('/app/review')
  await page.getByRole('heading', { name: 'This page is not for you' }).waitFor()
})

test('the queue says how many wait, filters by link, and says so where nothing is left', async () => {
  const page = await openQueue('desktop')
  const open = await openMatches()
  await page.getByText(`${open} matches wait for a person`).waitFor()
  await page.getByRole('navigation', { name: 'Main' }).getByText(`${open} waiting`).waitFor()
  await look(page)
  const filter = page.getByRole('navigation', { name: 'Filter by to do' })
  await filter.getByRole('link', { name: /^Confirm \d+$/ }).click()
  await page.waitForURL(/why=confirm/)
  await page.getByText(`${await openMatches('confirm')} matches wait for a person with these filters`).waitFor()
  await page.goto('/app/review?seller=nobody')
  await page.getByText('Nothing waits with these filters').waitFor()
  await look(page)
  const csv = await page.request.get('/v1/review?format=csv')
  assert.match(await csv.text(), /^listing_id,recall_id,title/)
})

test('with the keyboard alone: open, read, rule, go on, and take it back', async () => {
  const page = await openQueue('desktop', '?answer=possibly')
  const before = await openMatches()
  await page.getByRole('table', { name: 'Review queue' }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'The listing' }).waitFor()
  const title = await page.getByRole('heading', { level: 1 }).innerText()
  await look(page)
  // Pointing at a reason shows its places in both texts.
  await page.getByRole('button', { name: /The brand is the same/ }).focus()
  assert.ok((await page.locator('mark[data-active]').count()) >= 1)
  await page.keyboard.press('t')
  await page.getByRole('table', { name: 'Weight of evidence' }).waitFor()
  await page.keyboard.press('t')
  // Nothing is saved without a reason.
  await page.keyboard.press('n')
  const reason = page.getByLabel('Reason')
  assert.match(await reason.inputValue(), /^Another /)
  await page.keyboard.press('r')
  await reason.fill(' ')
  await page.getByRole('button', { name: 'Save: not affected' }).click()
  await page.getByText('Write the reason. The seller can read it.').waitFor()
  assert.equal(await openMatches(), before)
  await look(page)
  await reason.fill('')
  await page.getByRole('radio', { name: 'Affected', exact: true }).focus()
  await page.keyboard.press('p')
  await page.keyboard.press('Enter')
  await page.getByText(`Saved: “${title}” is possibly affected.`).waitFor()
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: title }).waitFor()
  await look(page)
  assert.equal(await openMatches(), before - 1)
  const ruled = await lastRuling()
  assert.equal(ruled['ruling'], 'possibly')
  await page.keyboard.press('u')
  await page.getByLabel('Why you take it back').waitFor()
  await look(page)
  await page.keyboard.press('Enter')
  await page.getByText(`Taken back: the ruling on “${title}”. It is open again.`).waitFor()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.equal(await openMatches(), before)
  assert.deepEqual(await lastRuling(), { listing_id: ruled['listing_id'], ruling: 'withdrawn', reason: 'Saved by mistake.', undoes: 1 })
  await page.keyboard.press('?')
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor()
  await page.getByText('Rule: not affected (Enter saves)').waitFor()
})

test('on a phone by touch, with the reason changed', async () => {
  const page = await openQueue('phone', '?why=review')
  await look(page)
  await page.getByRole('table', { name: 'Review queue' }).getByRole('rowheader').first().getByRole('link').first().click()
  await page.getByRole('heading', { name: 'The recall' }).waitFor()
  await look(page)
  await page.getByRole('radio', { name: 'Not affected' }).check()
  await page.getByRole('button', { name: /accessory or a spare part/ }).click()
  await page.getByLabel('Reason').fill('It is only the lid.')
  await page.getByRole('button', { name: 'Save: not affected' }).click()
  await page.getByText(/^Saved: “.*” is not affected\.$/).waitFor()
  assert.equal((await lastRuling())['reason'], 'It is only the lid.')
  await page.getByRole('link', { name: 'Rulings' }).click()
  await page.getByRole('heading', { level: 1, name: 'Rulings' }).waitFor()
  await page.getByText('It is only the lid.').waitFor()
  await look(page)
  await page.getByRole('link', { name: 'Agreement' }).click()
  await page.getByRole('heading', { name: 'How often people and the engine agree' }).waitFor()
  await page.getByText(/of \d+ match(es)? people ruled as the engine had answered/).waitFor()
  await look(page)
})

test('a seller reads on a phone which listing is not on sale without a campaign, why, and what to do', async () => {
  const { rows } = await pool.query<{ seller_id: string; title: string; what: string }>(
    `select l.seller_id, l.title, g.statement ->> 'what' as what from supply.gates_view g join catalog.listings_view l using (listing_id)
      where g.ended_at is null and l.seller_id not in (select seller_id from supply.stops_view join catalog.listings_view using (listing_id)) limit 1`,
  )
  const { seller_id: sellerId, title, what } = rows[0]!
  const account = { email: 'gated@demo.example', name: 'Gil Gated', role: 'seller' as const, sellerId }
  assert.ok((await house.runtime.deps.auth.createAccount(account, 'a long enough password')).ok)
  const page = await house.newPage('phone')
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill('gated@demo.example')
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/app/)
  await page.goto('/app/seller')
  await page.getByRole('heading', { name: 'Not on sale for now' }).waitFor()
  await look(page)
  await page.getByText(title, { exact: true }).first().click()
  await page.getByText(what).first().waitFor()
  await page.getByRole('heading', { name: 'What you can do' }).first().waitFor()
  await look(page)
})

test('a stopped listing that is ruled not affected is released by a second officer only', async () => {
  const made = await house.runtime.deps.auth.createAccount(
    { email: 'second@demo.example', name: 'Sam Second', role: 'officer' },
    'a long enough password',
  )
  assert.ok(made.ok)
  const { rows } = await pool.query<{ listing_id: string; recall_id: string }>(
    `select s.listing_id, m.recall_id from supply.stops_view s join matching.open_matches_view m on m.listing_id = s.listing_id and m.recall_id = s.campaign_id
      where s.released_at is null limit 1`,
  )
  const { listing_id: listing, recall_id: recall } = rows[0]!
  const sellable = async (page: Page) =>
    ((await (await page.request.get(`/v1/sellable?listing=${listing}`)).json()) as { sellable: boolean }).sellable
  const first = await openQueue('desktop')
  await first.goto(`/app/review/${recall}/${listing}`)
  await first.getByRole('radio', { name: 'Not affected' }).check()
  await first.getByText('it stays stopped until another officer confirms').waitFor()
  await first.getByRole('button', { name: 'Save: not affected' }).click()
  await first.getByText(/Its release waits for another officer/).waitFor()
  assert.equal(await sellable(first), false)
  await first.getByRole('link', { name: 'Releases to confirm' }).click()
  await first.getByText('You asked for this release yourself').waitFor()
  assert.equal(await first.getByRole('button', { name: 'Confirm the release' }).count(), 0)
  await look(first)
  const second = await house.newPage('desktop')
  await second.goto('/sign-in')
  await second.getByLabel('E-mail address').fill('second@demo.example')
  await second.getByLabel('Password').fill('a long enough password')
  await second.getByRole('button', { name: 'Sign in' }).click()
  await second.waitForURL(/\/app/)
  await second.goto('/app/review/releases')
  await second.getByRole('button', { name: 'Refuse: it stays stopped' }).click()
  await second.getByText('Write why it stays stopped.').waitFor()
  await look(second)
  await second.getByRole('button', { name: 'Confirm the release' }).click()
  await second.getByText(/is released: it may be sold again/).waitFor()
  await second.getByText('No release waits').waitFor()
  await look(second)
  assert.equal(await sellable(second), true)
})
