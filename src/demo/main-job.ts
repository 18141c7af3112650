/**
 * The main job, start to end: the agency's file, the marketplace, the screening, the officer's decision, the notices.
 * Each step may be run again after a crash and then does only what is missing.
 */
import path from 'node:path'
import { demoMarketplace, type DemoScale } from '../../db/demo/marketplace.ts'
import { openCampaign } from '../campaigns/index.ts'
import { importRows } from '../catalog/index.ts'
import { importFeedFile } from '../feeds/index.ts'
import { screenAll } from '../matching/index.ts'
import { sendCampaignWave, type Deps } from '../app.ts'
import { transaction } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { count, step } from '../platform/terminal.ts'
import { tellGates } from '../supply/index.ts'
import { demoPhase, demoSeller, finishDemo, recallCounts, startDemo } from './queries.ts'

const RECALLS_FILE = path.join(import.meta.dirname, '../../db/demo/cpsc-9818.ndjson.gz')

/** The recall that the demo executes: CUPKIN children's cups, lead. */
export const DEMO_CAMPAIGN = 'CPSC-23774'
export const OFFICER_EMAIL = 'officer@demo.example'
export const SELLER_EMAIL = 'seller@demo.example'

/**
 * Runs what has not been run yet and says whether anything was. `password` is the demo accounts' own, known to this installation only.
 * A database that holds a marketplace of its own, or the demo at another scale, is refused.
 */
export async function runMainJob(deps: Deps, options: { scale: DemoScale; password: string }): Promise<Result<{ fresh: boolean }>> {
  const { db } = deps.database
  const phase = await demoPhase(db)
  if (phase.kind === 'foreign') {
    return fail(
      'conflict',
      'This database holds a marketplace of its own, and the demo does not mix invented people into it. Give the demo another TOCSIN_HOME or DATABASE_URL.',
    )
  }
  if (phase.kind !== 'empty' && phase.scale !== options.scale) {
    const other = options.scale === 'full' ? 'TOCSIN_HOME=.tocsin-full npm start -- --full' : 'TOCSIN_HOME=.tocsin-small npm start'
    return fail('conflict', `The demo stands here at ${phase.scale} scale. Keep it and run the other beside it: ${other}`)
  }
  if (phase.kind === 'done') return ok({ fresh: false })
  if (phase.kind === 'empty') await startDemo(db, options.scale, deps.clock())
  await readRecalls(deps)
  await loadMarketplace(deps, options.scale)
  await screenMarketplace(deps)
  const officer = await account(deps, { email: OFFICER_EMAIL, name: 'Dana Reyes', role: 'officer' }, options.password)
  const opened = await openDemoCampaign(deps, officer)
  if (!opened.ok) return opened
  await sendNotices(deps)
  const seller = await demoSeller(db, DEMO_CAMPAIGN)
  if (seller !== null)
    await account(deps, { email: SELLER_EMAIL, name: seller.name, role: 'seller', sellerId: seller.seller_id }, options.password)
  await finishDemo(db, deps.clock())
  return ok({ fresh: true })
}

async function readRecalls(deps: Deps): Promise<void> {
  await step(
    'Reading the agency',
    (progress) => importFeedFile(deps.database, 'CPSC', RECALLS_FILE, { at: deps.clock(), onProgress: progress }),
    (taken) => `${count(taken.items)} recalls of the CPSC, 1973 to 2026`,
  )
}

async function loadMarketplace(deps: Deps, scale: DemoScale): Promise<void> {
  const market = demoMarketplace({ scale })
  const taken: Record<string, number> = {}
  await step(
    'Loading the marketplace',
    async (progress) => {
      let done = 0
      for (const kind of ['sellers', 'centres', 'listings', 'buyers', 'orders', 'stock'] as const) {
        const before = done
        const report = await importRows(deps.database, kind, market.rows(kind), {
          at: deps.clock(),
          source: `demo marketplace, ${kind}`,
          onProgress: (rows) => progress(before + rows, market.rowsTotal),
        })
        taken[kind] = report.rowsRead
        done += report.rowsRead
      }
    },
    () =>
      `${count(taken['listings']!)} listings of ${count(taken['sellers']!)} sellers, ${count(taken['orders']!)} order lines of ${count(taken['buyers']!)} buyers`,
  )
}

async function screenMarketplace(deps: Deps): Promise<void> {
  await step(
    'Screening',
    async (progress) => {
      await screenAll(deps.database, { at: deps.clock(), onProgress: progress })
      return recallCounts(deps.database.db, DEMO_CAMPAIGN)
    },
    (found) =>
      `every listing against every recall: ${count(found.affected)} listings affected by recall 23-774, ${count(found.recalls)} recalls worth a look`,
  )
}

/** The officer's decision, scripted: what a person does with the desk's button. The photograph is what this recalling firm asks for. */
async function openDemoCampaign(deps: Deps, officerId: string): Promise<Result<unknown>> {
  return step(
    'Opening the campaign',
    () =>
      openCampaign(
        { database: deps.database, enqueue: deps.jobs.enqueue },
        {
          recallId: DEMO_CAMPAIGN,
          actor: `officer:${officerId}`,
          reason: 'The agency found lead above the federal limit in these cups. All 24 variants of our listings are in scope.',
          remedies: { options: ['refund'], proof: 'photo_of_destruction' },
          at: deps.clock(),
        },
      ).then(async (opened) => {
        // Other recalled products are kept from sale without a campaign; their sellers are told too.
        await transaction(deps.database, (tx) => tellGates(tx, { listingIds: null, actor: 'rule:screening', at: deps.clock() }))
        return !opened.ok && opened.problem.code === 'conflict' ? ok(null) : opened
      }),
    (opened) => (opened.ok ? 'listings stopped, stock held, open orders intercepted, buyers found' : opened.problem.message),
  )
}

// A mail server that answers is done at once; one that does not is tried again by the worker, while the web is served.
const PATIENCE_MS = 5_000

async function sendNotices(deps: Deps): Promise<void> {
  const patience = new AbortController()
  let timer: NodeJS.Timeout | undefined
  await step(
    'Telling every buyer',
    (progress) =>
      sendCampaignWave(deps, {
        campaignId: DEMO_CAMPAIGN,
        wave: 1,
        signal: patience.signal,
        onProgress: (done, total) => {
          progress(done, total)
          if (done >= total) timer ??= setTimeout(() => patience.abort(), PATIENCE_MS)
        },
      }),
    (sent) =>
      `${count(sent.accepted)} notices taken by the mail server, ${count(sent.refused)} refused${sent.finished ? '' : '; the others are tried again while Tocsin runs'}`,
  )
  clearTimeout(timer)
}

/** An account of the demo, made once. */
async function account(deps: Deps, person: Parameters<Deps['auth']['createAccount']>[0], password: string): Promise<string> {
  const made = await deps.auth.createAccount(person, password)
  if (made.ok) return made.value.userId
  const known = await deps.auth.userIdOf(person.email)
  if (known === null) throw new Error(made.problem.message)
  return known
}
