/** Letters on the desk: what waits, a print job with its files, and the word that a printer has it. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { assertAccessible, assertFitsWidth, openHouse } from './house.ts'
import { invariants } from '../../src/app.ts'
import { advanceCampaigns } from '../../src/campaigns/index.ts'
import { DEMO_CAMPAIGN } from '../../src/demo/main-job.ts'
import { connectedChannels, takeReturns, tellAdministrators } from '../../src/outreach/index.ts'
import { brokenPromises } from '../world.ts'

const letterFrom = { lines: ['Larkspur Market Product Safety', '12 Harbor Street', 'Portland OR 97201'], country: 'US' }
const house = await openHouse({ letterFrom })
const { database, jobs } = house.runtime.deps
const PAGE = `/app/campaigns/${DEMO_CAMPAIGN}/letters`

/** For looking at the pages: TOCSIN_SHOTS names a folder. */
const shots = process.env['TOCSIN_SHOTS']
async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await assertAccessible(page)
    await assertFitsWidth(page)
    if (shots !== undefined) await page.screenshot({ path: `${shots}/letters-${name}-${colorScheme}.png`, fullPage: true })
  }
}

/** The mail of so many buyers came back, and they have a postal address. */
async function mailCameBack(count: number): Promise<void> {
  const { rows } = await database.pool.query<{ buyer_id: string; notice_id: string }>(
    `select n.buyer_id, n.notice_id from outreach.notices n
      where n.campaign_id = $1 and n.state = 'delivered' and not exists (select from outreach.returns r where r.buyer_id = n.buyer_id)
      order by n.buyer_id limit $2`,
    [DEMO_CAMPAIGN, count],
  )
  await database.pool.query(
    `update catalog.buyers set street = '4 Canary Road', postal_code = '97201', city = 'Portland', region = 'OR', country = 'US'
      where buyer_id = any($1)`,
    [rows.map((row) => row.buyer_id)],
  )
  const returns = rows.map((row) => ({
    returnKey: `e2e ${row.notice_id}`,
    kind: 'hard' as const,
    status: '5.1.1',
    diagnostic: 'no such user',
    message: { noticeId: row.notice_id, channel: 'email' as const, wave: 1 },
    recipient: '',
  }))
  const at = new Date()
  assert.equal((await takeReturns(database, returns, { way: 'file', at })).counts.undone, count)
  const order = { connected: connectedChannels({ letterFrom }), at, actor: 'rule:playbook' }
  await advanceCampaigns({ database, enqueue: jobs.enqueue }, order)
}

test('an officer prints what waits, withdraws one job, and hands the next over', async () => {
  const page = await house.newPage('desktop')
  await page.goto('/demo/sign-in/officer')
  await page.goto(`/app/campaigns/${DEMO_CAMPAIGN}`)
  await page.getByRole('navigation', { name: 'This campaign' }).getByRole('link', { name: 'Letters' }).click()
  await page.getByText('No letter waits').waitFor()
  await look(page, 'none')
  await mailCameBack(3)
  // A worker sends the wave; nothing on the page tells when.
  for (let tries = 0; tries < 60 && !(await page.getByText('3 letters wait to be printed').isVisible()); tries++) {
    await page.waitForTimeout(250)
    await page.reload()
  }
  await page.getByRole('button', { name: 'Write a print job' }).click()
  await page.getByRole('table', { name: 'Files of print job 1' }).waitFor()
  await look(page, 'made')
  await page.getByRole('button', { name: 'It was handed over' }).click()
  await page.getByText('Write to whom.').waitFor()
  await page.getByText('Print job 1 will not be printed').click()
  await page.getByLabel('Why not').fill('Wrong paper')
  await page.getByRole('button', { name: 'Withdraw it' }).click()
  await page.getByText('The job is withdrawn: its letters wait for another one.').waitFor()
  await page.getByRole('button', { name: 'Delete the files of print job 1' }).click()
  await page.getByText('The files are deleted.').waitFor()
  await page.getByRole('button', { name: 'Write a print job' }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'us-letter-001.pdf' }).click()])
  assert.equal((await readFile(await download.path())).subarray(0, 5).toString(), '%PDF-')
  await page.getByLabel('Who has print job 2 now').fill('Harbor Print, Ms Lee')
  await page.getByRole('button', { name: 'It was handed over' }).click()
  await page.getByText('Its letters count as taken now.').waitFor()
  await look(page, 'handed-over')
  assert.deepEqual(await brokenPromises(database.db, invariants), [])
})

test('on a phone the same page fits', async () => {
  const page = await house.newPage('phone')
  await page.goto('/demo/sign-in/officer')
  await page.goto(PAGE)
  await page.getByRole('heading', { level: 3, name: 'Print job 2' }).waitFor()
  await look(page, 'phone')
})

test('who administers a business account stands on the reach page, beside the buyers', async () => {
  await database.pool.query(
    `with three as (select buyer_id from outreach.notices where campaign_id = $1 order by buyer_id limit 3)
     update catalog.buyers b set administrator_id = (select max(buyer_id) from three) from three where b.buyer_id = three.buyer_id`,
    [DEMO_CAMPAIGN],
  )
  await tellAdministrators(house.runtime.deps, { campaignId: DEMO_CAMPAIGN })
  const page = await house.newPage('desktop')
  await page.goto('/demo/sign-in/officer')
  await page.goto(`/app/campaigns/${DEMO_CAMPAIGN}/reach`)
  const table = page.getByRole('table', { name: 'Administrators of business accounts' })
  await table.getByText('their mail server took the e-mail').waitFor()
  await look(page, 'administrators')
})
