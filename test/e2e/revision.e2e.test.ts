/** The agency narrows its recall while the campaign runs: the officer decides, another one confirms the release, the seller reads it. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { proposeFromRevisions } from '../../src/campaigns/index.ts'
import { DEMO_CAMPAIGN } from '../../src/demo/main-job.ts'
import { currentRecall } from '../../src/recalls/index.ts'
import { addRecall } from '../world.ts'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'

const house = await openHouse()
const { database, auth } = house.runtime.deps
const { pool } = database
const changes = `/app/campaigns/${DEMO_CAMPAIGN}/changes`

const SECOND = { email: 'second@demo.example', password: 'a long enough password' }

async function signInAsSecond(page: Page): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(changes)}`)
  await page.getByLabel('E-mail address').fill(SECOND.email)
  await page.getByLabel('Password').fill(SECOND.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function look(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await assertAccessible(page)
  await assertFitsWidth(page)
}

/** A listing of the demo's seller that the recall no longer concerns, and one whose seller changed it since it was stopped. */
async function narrow(): Promise<{ listing_id: string; title: string }[]> {
  const current = await currentRecall(database.db, DEMO_CAMPAIGN)
  const { recall } = current!
  await addRecall(database, { ...recall, scope: { ...recall.scope, models: ['8 oz'], soldTo: '2023-06' } }, new Date())
  const { rows } = await pool.query<{ listing_id: string; title: string }>(
    `select s.listing_id, l.title
       from supply.stops_view s join catalog.listings_view l using (listing_id)
      where s.campaign_id = $1 and l.seller_id = (select "sellerId" from auth."user" where email = 'seller@demo.example')
      order by s.listing_id limit 2`,
    [DEMO_CAMPAIGN],
  )
  await pool.query(
    `update matching.matches set answer = 'no', tier = 'dismiss', revision = revision + 1 where recall_id = $1 and listing_id = any($2)`,
    [DEMO_CAMPAIGN, rows.map((row) => row.listing_id)],
  )
  await pool.query(`update catalog.listings set updated_at = now() where listing_id = $1`, [rows[1]!.listing_id])
  return rows
}

test('a campaign that nothing happened to says so', async () => {
  const page = await house.newPage('phone')
  await page.goto('/demo/sign-in/officer')
  await page.goto(changes)
  await page.getByText('The agency has changed nothing that is to be decided').waitFor()
  await page.getByRole('heading', { name: 'No release waits' }).waitFor()
  await look(page)
})

test('what the agency changed is decided by one officer, and a listing released by another', async () => {
  const [first, second] = await narrow()
  const proposed = await proposeFromRevisions({ database }, { at: new Date(), actor: 'rule:test' })
  assert.deepEqual([proposed.proposed, proposed.listings], [1, 2])

  const page = await house.newPage('desktop')
  await page.goto('/demo/sign-in/officer')
  await page.goto(`/app/campaigns/${DEMO_CAMPAIGN}`)
  await page.getByText('The agency changed this recall').waitFor()
  await look(page)
  await page.getByRole('link', { name: 'Look at it and decide' }).click()
  await page.getByRole('heading', { name: 'The agency changed this recall' }).waitFor()
  const fields = page.getByRole('table', { name: 'What the recall says otherwise' })
  await fields.getByRole('rowheader', { name: 'Models' }).waitFor()
  await page.getByText(/The seller changed this listing .*, after it was stopped/).waitFor()
  await look(page)

  await page.getByRole('button', { name: 'Accept what is ticked' }).click()
  await page.getByText('Write the reason.').waitFor()
  await look(page)
  await page.getByRole('checkbox', { name: first!.title }).check()
  await page.getByLabel('Reason for the decision').fill('Only the 8 oz cups are recalled.')
  await page.getByRole('button', { name: 'Accept what is ticked' }).click()
  await page.getByText('1 release now waits for another safety officer').waitFor()
  await page.getByText('You asked for this, so another safety officer has to confirm it.').waitFor()
  const waiting = page.getByRole('form', { name: `Release of ${first!.title}` })
  assert.equal(await waiting.getByRole('button', { name: 'Release this listing' }).count(), 0)
  await look(page)

  const made = await auth.createAccount({ email: SECOND.email, name: 'Second Officer', role: 'officer' }, SECOND.password)
  assert.ok(made.ok)
  const other = await house.newPage('phone')
  await signInAsSecond(other)
  await other.getByRole('heading', { name: 'Releases that wait for a second person: 1' }).waitFor()
  await other.getByText('Reason: Only the 8 oz cups are recalled.').waitFor()
  await look(other)
  await other.getByRole('button', { name: 'Release this listing' }).click()
  await other.getByText(`Released: listing ${first!.listing_id}.`).waitFor()
  await other.getByRole('heading', { name: 'No release waits' }).waitFor()
  await look(other)

  const answer = await page.request.get(`/v1/sellable?listing=${first!.listing_id}&listing=${second!.listing_id}`)
  const { items } = (await answer.json()) as { items: { sellable: boolean }[] }
  assert.deepEqual(items.map((item) => item.sellable), [true, false]) // prettier-ignore
  await page.goto(`/app/campaigns/${DEMO_CAMPAIGN}`)
  await page.getByText('Listings released').waitFor()
  await look(page)

  const seller = await house.newPage('phone')
  await seller.goto('/demo/sign-in/seller')
  await seller.goto(`/app/seller/stops/${first!.listing_id}`)
  await seller.getByRole('heading', { name: 'Released' }).waitFor()
  await seller.getByText('It may be sold here again from now on.').waitFor()
  await seller.getByText('Only the 8 oz cups are recalled.').waitFor()
  await look(seller)
})

test('an officer asks for a release with a reason, and takes it back', async () => {
  const { rows } = await pool.query<{ listing_id: string; title: string }>(
    `select s.listing_id, l.title from supply.stops_view s join catalog.listings_view l using (listing_id)
      where s.campaign_id = $1 and s.released_at is null order by s.listing_id desc limit 1`,
    [DEMO_CAMPAIGN],
  )
  const page = await house.newPage('desktop')
  await page.goto('/demo/sign-in/officer')
  await page.goto(changes)
  const ask = page.getByRole('button', { name: 'Ask for the release' })
  await page.getByLabel('Listing', { exact: true }).fill('nobody')
  await page.getByLabel('Reason for the release').fill('The laboratory found no lead.')
  await ask.click()
  await page.getByText('This campaign has no standing stop on listing nobody.').waitFor()
  await look(page)
  await page.getByLabel('Listing', { exact: true }).fill(rows[0]!.listing_id)
  await ask.click()
  await page.getByText('Asked for. Another safety officer confirms it.').waitFor()
  const waiting = page.getByRole('form', { name: `Release of ${rows[0]!.title}` })
  await waiting.getByLabel('Why you take it back').fill('The sample was of another lot.')
  await waiting.getByRole('button', { name: 'Take it back' }).click()
  await page.getByText(`Listing ${rows[0]!.listing_id} stays stopped.`).waitFor()
  await page.getByRole('table', { name: 'Decided before' }).getByText('The sample was of another lot.').waitFor()
  await look(page)
})

test('many releases are confirmed together, by somebody else', async () => {
  const { rows } = await pool.query<{ listing_id: string }>(
    `select listing_id from supply.stops_view where campaign_id = $1 and released_at is null order by listing_id limit 3`,
    [DEMO_CAMPAIGN],
  )
  const page = await house.newPage('desktop')
  await page.goto('/demo/sign-in/officer')
  for (const { listing_id } of rows) {
    const asked = await page.request.post(`/v1/campaigns/${DEMO_CAMPAIGN}/releases`, { data: { listing_id, reason: 'Other cups.' } })
    assert.equal(asked.status(), 201)
  }
  await page.goto(changes)
  await page.getByRole('heading', { name: 'Releases that wait for a second person: 3' }).waitFor()
  assert.equal(await page.getByRole('button', { name: /^Release all/ }).count(), 0)
  const other = await house.newPage('desktop')
  await signInAsSecond(other)
  await other.getByRole('button', { name: 'Release all 3 below that others asked for' }).click()
  await other.getByText('3 listings released. Their sellers can read why.').waitFor()
  await other.getByRole('heading', { name: 'No release waits' }).waitFor()
  await look(other)
})
