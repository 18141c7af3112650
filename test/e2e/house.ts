/**
 * The whole house for a browser: the demo at its smallest scale on a database of its own, served on a free port, and a real Chromium.
 * Everything goes through the same code as `npm start`.
 */
import { after } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import { testDatabase } from '../database.ts'
import { DEMO_CAMPAIGN, runMainJob } from '../../src/demo/main-job.ts'
import { demoRoutes } from '../../src/demo/routes.ts'
import { openRuntime, startWeb, startWork, type Runtime } from '../../src/main.ts'
import { DEMO_SENDER, secret, type Config } from '../../src/platform/config.ts'
import { NO_WEBHOOKS, type LetterFrom } from '../../src/platform/config-webhooks.ts'

export type House = {
  base: string
  runtime: Runtime
  newPage: (device: 'phone' | 'desktop', options?: { javaScriptEnabled?: boolean }) => Promise<Page>
}

const SCREENS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } }

/** Runs the main job at test scale and serves it. Call it once at the top of a browser test file. */
export async function openHouse({
  shopOrigins = [],
  letterFrom = null,
}: { shopOrigins?: string[]; letterFrom?: LetterFrom | null } = {}): Promise<House> {
  const database = await testDatabase()
  const home = await mkdtemp(path.join(tmpdir(), 'tocsin-house-'))
  const port = await freePort()
  const base = `http://localhost:${port}`
  const config: Config = {
    port,
    home,
    databaseUrl: database.url,
    smtpUrl: null,
    publicUrl: base,
    shopOrigins,
    sender: DEMO_SENDER,
    dkim: null,
    webhooks: { ...NO_WEBHOOKS, letterFrom },
  }
  const runtime = await openRuntime(config, { quiet: true, demo: true })
  const password = secret(config, 'demo')
  const done = await runMainJob(runtime.deps, { scale: 'test', password })
  assert.ok(done.ok, done.ok ? '' : done.problem.message)
  const demo = demoRoutes({
    database: runtime.deps.database,
    auth: runtime.deps.auth,
    buyerSecret: secret(config, 'buyers'),
    password,
    campaignId: DEMO_CAMPAIGN,
  })
  const web = await startWeb(runtime, demo)
  await startWork(runtime)
  const browser = await openBrowser()
  after(async () => {
    await browser.close()
    await web.close()
    await runtime.close()
    await rm(home, { recursive: true, force: true })
  })
  return {
    base,
    runtime,
    async newPage(device, options = {}) {
      const context = await browser.newContext({ viewport: SCREENS[device], baseURL: base, ...options })
      // The photographs are the agency's; a test does not leave this machine.
      await context.route(/^https:/, (route) => route.abort())
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      return page
    },
  }
}

async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['TOCSIN_CHROMIUM']
  assert.ok(executablePath !== undefined, 'Browser tests run by npm test, which finds a Chromium for them.')
  const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath, args: flags })
}

/** Fails on any violation of WCAG 2.2 A or AA that axe can find on the page as it stands. */
export async function assertAccessible(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  const violations = found.violations.map(
    (violation) =>
      `${violation.id}: ${violation.help} at ${violation.nodes
        .map((node) => node.target.join(' '))
        .slice(0, 3)
        .join(', ')}`,
  )
  assert.deepEqual(violations, [], page.url())
}

/** Nothing sticks out sideways: the page is no wider than the screen. */
export async function assertFitsWidth(page: Page): Promise<void> {
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  assert.ok(overflow <= 0, `${page.url()} is ${overflow} px wider than the screen`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  assert.ok(address !== null && typeof address === 'object')
  return address.port
}
