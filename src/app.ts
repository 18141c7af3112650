/** The only file that knows every room: which routes there are, which jobs, which promises, and how rooms of one rung are wired together. */
import { Hono } from 'hono'
import { ACCESS, DEMO_ACCESS } from './access.ts'
import type { DemoRoutes } from './demo/routes.ts'
import { advanceCampaigns, campaignInvariants, campaignRoutes, recordWaveSent, listingRoutes } from './campaigns/index.ts'
import { feedInvariants, feedRoutes, pullDue, pulling, type Bodies } from './feeds/index.ts'
import { followUp, isFollowUpOwed } from './follow-up.ts'
import { homeRoutes } from './home.ts'
import { insightRoutes, publicRecallRoutes, reviewRoutes } from './insights/index.ts'
import { matchingInvariants, matchingRoutes } from './matching/index.ts'
import { catalogInvariants } from './catalog/index.ts'
import { acknowledge, administratorRoutes, askedContacts, bannerRoutes, campaignsOwingAdministrators, codeCheckRoutes, connectedChannels, letterRoutes, MAKE_PRINT_JOB, makePrintJob, outreachInvariants, outreachRoutes, selfCheckRoutes, sellerListRoutes, previewRoutes, providerEventRoutes, sendWave, tellAdministrators, tidyPrintJobs, type ContactPort, type FetchPhoto, type LetterDeps, type LetterShelf, type SendDeps, type WaveCounts, type WaveOrder } from './outreach/index.ts' // prettier-ignore
import { machineOf } from './platform/api-keys.ts'
import type { Auth } from './platform/auth.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import type { Database } from './platform/db.ts'
import type { Files } from './platform/files.ts'
import { buildApp, type AppEnv, type Routes } from './platform/http.ts'
import type { Invariant } from './platform/invariants.ts'
import type { Enqueue, JobKind, Jobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import type { MailTransport } from './platform/mail.ts'
import { signInRoutes } from './platform/sign-in.ts'
import { staticRoutes } from './platform/static.ts'
import { FOLLOW_UP_JOB, linkRoutes, recallInvariants, recallRoutes } from './recalls/index.ts'
import { remedyInvariants, routes as remedyRoutes, settleRefundsJob, type PaymentsPort } from './remedies/index.ts'
import { sellerContactRoutes, sellerRoutes } from './sellers/index.ts'
import { supplyInvariants, supplyRoutes } from './supply/index.ts'

/** What the rooms are given. */
export type Deps = {
  database: Database
  auth: Auth
  mail: MailTransport
  files: Files
  /** What the agencies answered, as it came. */
  bodies: Bodies
  payments: PaymentsPort
  clock: Clock
  log: Log
  linkKey: string
  baseUrl: string
  /** Whose pages may show the banner in their buyers' browsers. */
  shopOrigins: readonly string[]
  /** Who notices come from. */
  sender: Config['sender']
  webhooks: Config['webhooks']
  /** Where letters lie that are to be printed. */
  shelf: LetterShelf
  /** Where the photographs on letters are had from, where that is not the agencies' own servers. */
  photo?: FetchPhoto
  jobs: Jobs
}

export const FIRST_OFFICER_HINT =
  'Nobody can sign in yet. Create the first safety officer on the server: npx tocsin officer create you@example.com'

export function composeRoutes(deps: Deps, demo: DemoRoutes | null): Routes {
  const { database, auth, files, bodies, clock, log, linkKey, baseUrl, sender } = deps
  const { enqueue } = deps.jobs
  return buildApp({
    access: demo === null ? ACCESS : { ...ACCESS, ...DEMO_ACCESS },
    principals: async (request) => ({
      ...(await auth.principals(request)),
      machine: await machineOf(database.db, request.headers.get('authorization') ?? undefined),
    }),
    log,
    routes: [
      demo === null ? homeRoutes() : demo.routes,
      staticRoutes(),
      signInRoutes({ auth, clock, firstOfficerHint: FIRST_OFFICER_HINT }),
      recallRoutes({ database, clock, enqueue }),
      feedRoutes({ database, bodies, clock }),
      linkRoutes({ database, clock }),
      supplyRoutes({ database }),
      outreachRoutes({ database, clock, linkKey, baseUrl, sender }),
      previewRoutes({ database, baseUrl, sender }),
      providerEventRoutes({ database, clock, log, linkKey, eventsKey: deps.webhooks.providerEventsKey }),
      bannerRoutes({ database, linkKey, baseUrl, shopOrigins: deps.shopOrigins }),
      codeCheckRoutes({ database, linkKey }),
      administratorRoutes({ database }),
      letterRoutes({ database, clock, shelf: deps.shelf, letterFrom: deps.webhooks.letterFrom, enqueue }),
      selfCheckRoutes({ database, clock, linkKey, baseUrl, sender }),
      remedyRoutes({
        database,
        files,
        clock,
        linkKey,
        enqueue,
        onCaseOpened: async (tx, opened) => void (await acknowledge(tx, { ...opened, how: 'case' })),
      }),
      campaignRoutes({ database, clock, enqueue }),
      listingRoutes({ database, clock, enqueue }),
      sellerRoutes({ database }),
      sellerContactRoutes({ database, clock }),
      sellerListRoutes({ database, clock }),
      insightRoutes({ database, clock }),
      reviewRoutes({ database }),
      matchingRoutes({ database }),
      publicRecallRoutes({ database, baseUrl }),
      new Hono<AppEnv>().get('/healthz', async (c) => {
        await database.pool.query('select 1')
        return c.json({ ok: true })
      }),
    ],
  })
}

/** Work that is asked for in one transaction and done after it. */
export function jobKinds(deps: Omit<Deps, 'jobs'>, enqueue: Enqueue): JobKind<never>[] {
  return [sendWaveJob(deps), settleRefundsJob(deps), pullFeedsJob(deps, enqueue), followUpJob(deps, enqueue), advanceJob(deps, enqueue), printLettersJob(deps)] // prettier-ignore
}

/**
 * Hears the agencies that are due, one after the other; what one said is followed up before the next is asked. The log counts; the account is in
 * `feeds.pulls`.
 */
function pullFeedsJob(deps: Omit<Deps, 'jobs'>, enqueue: Enqueue): JobKind<object> {
  const { log } = deps
  return {
    name: 'feeds.pull',
    cron: '*/5 * * * *',
    run: async (_data, signal) => {
      await followUpWhatIsOwed(deps, enqueue, 'rule:feeds')
      for await (const report of pullDue(pulling(deps), { actor: 'rule:schedule', signal })) {
        const { source, outcome, reason, said, items, newRecalls, newRevisions } = report
        const good = outcome === 'done' || outcome === 'unchanged' || outcome === 'busy'
        log[good ? 'info' : 'warn']({ source, outcome, reason, said, items, newRecalls, newRevisions }, 'feed pulled')
        await followUpWhatIsOwed(deps, enqueue, 'rule:feeds')
      }
    },
  }
}

/** What follows a person's correction of a recall. Of several corrections at once the first job does the work, and the others find it done. */
function followUpJob(deps: Omit<Deps, 'jobs'>, enqueue: Enqueue): JobKind<object> {
  return { name: FOLLOW_UP_JOB, run: () => followUpWhatIsOwed(deps, enqueue, 'rule:corrections') }
}

async function followUpWhatIsOwed({ database, clock }: Omit<Deps, 'jobs'>, enqueue: Enqueue, actor: string): Promise<void> {
  if (await isFollowUpOwed(database.db)) await followUp({ database, enqueue }, { at: clock(), actor })
}

function sendWaveJob(deps: Omit<Deps, 'jobs'>): JobKind<{ campaignId: string; wave: number }> {
  return {
    name: 'outreach.send-wave',
    run: async (data, signal) => {
      const sent = await sendCampaignWave(deps, { ...data, signal })
      if (!sent.finished) throw new Error('the wave is not finished: it was stopped, or another worker holds a part of it')
    },
  }
}

/** What letters are written from. */
export function letterDeps(deps: Omit<Deps, 'jobs'>): LetterDeps {
  return { ...deps, letterFrom: deps.webhooks.letterFrom, contacts: contactPort(deps) }
}

/** Writes the files of a print job that an officer asked for. */
function printLettersJob(deps: Omit<Deps, 'jobs'>): JobKind<{ printJobId: string }> {
  return {
    name: MAKE_PRINT_JOB,
    run: async ({ printJobId }) => {
      const letters = await makePrintJob(letterDeps(deps), printJobId)
      if (letters !== null) deps.log.info({ printJob: printJobId, letters }, 'print job written')
    },
  }
}

/** Fall-back channels, reminders, and who has become unreachable: whatever is due by the playbooks. */
function advanceJob(deps: Omit<Deps, 'jobs'>, enqueue: Enqueue): JobKind<object> {
  const { database, clock, log, webhooks, shelf } = deps
  return {
    name: 'outreach.advance',
    cron: '*/10 * * * *',
    run: async (_data, signal) => {
      const order = { connected: connectedChannels(webhooks), at: clock(), actor: 'rule:playbook', signal }
      for (const [campaign, { waves, unreachable, reopened }] of Object.entries(await advanceCampaigns({ database, enqueue }, order)))
        if (waves + unreachable + reopened > 0) log.info({ campaign, waves, unreachable, reopened }, 'outreach taken on')
      for (const campaignId of await campaignsOwingAdministrators(database.db, clock()))
        await tellAdministrators(sendDeps(deps), { campaignId, signal })
      const { deleted, withdrawn } = await tidyPrintJobs({ database, shelf }, clock())
      if (deleted + withdrawn > 0) log.info({ deleted, withdrawn }, 'files of old print jobs deleted')
    },
  }
}

/** What messages are sent with. */
function sendDeps(deps: Omit<Deps, 'jobs'>): SendDeps {
  const { sms, push, letterFrom } = deps.webhooks
  return { ...deps, sms, push, letterFrom, contacts: contactPort(deps) }
}

function contactPort({ webhooks, clock }: Pick<Deps, 'webhooks' | 'clock'>): ContactPort | null {
  return webhooks.contacts === null ? null : askedContacts({ endpoint: webhooks.contacts, clock })
}

/** Sends what is left of a wave and, when nothing is left, writes on the campaign's timeline that it was sent. */
export async function sendCampaignWave(deps: Omit<Deps, 'jobs'>, order: WaveOrder): Promise<WaveCounts> {
  const sending = sendDeps(deps)
  // Beside the buyers, not after them: a wave waits half an hour for servers that are busy. What fails here has the job tried again.
  const telling = tellAdministrators(sending, { campaignId: order.campaignId, ...(order.signal ? { signal: order.signal } : {}) })
  telling.catch(() => {})
  const sent = await sendWave(sending, order)
  await telling
  if (sent.finished)
    await recordWaveSent(deps, { campaignId: order.campaignId, wave: order.wave, accepted: sent.accepted, at: deps.clock() })
  return sent
}

/** The promises of this installation that `tocsin doctor` checks. */
export const invariants: Invariant[] = [
  ...recallInvariants,
  ...catalogInvariants,
  ...feedInvariants,
  ...matchingInvariants,
  ...supplyInvariants,
  ...outreachInvariants,
  ...remedyInvariants,
  ...campaignInvariants,
]
