/** The composition root: reads the settings, starts what is missing, opens everything once and closes it in order. */
import { serve } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { composeRoutes, jobKinds, type Deps } from './app.ts'
import { openBodies } from './feeds/index.ts'
import { openAuth } from './platform/auth.ts'
import { systemClock } from './platform/clock.ts'
import { secret, type Config } from './platform/config.ts'
import { openDatabase, transaction } from './platform/db.ts'
import { openFiles } from './platform/files.ts'
import { openJobs, type Jobs } from './platform/jobs.ts'
import { openBounceListener, openLetterShelf } from './outreach/index.ts'
import { openLog } from './platform/log.ts'
import { openMailTransport } from './platform/mail.ts'
import { openMailbox } from './platform/mailbox.ts'
import { migrate } from './platform/migrate.ts'
import { startPostgres } from './platform/postgres.ts'
import { correctionsOwed, FOLLOW_UP_JOB } from './recalls/index.ts'
import { demoPayments, SETTLE_REFUNDS_JOB, unconnectedPayments } from './remedies/index.ts'
import type { DemoRoutes } from './demo/routes.ts'

type Closer = () => Promise<unknown> | void

/** Everything open. `close` ends it in the reverse order; what was started by another process is left to it. */
export type Runtime = { deps: Deps; config: Config; migrated: string[]; close: () => Promise<void> }

/** Opens the database (migrated), the mailbox or relay, the job queue and the rest. The demo pays into a ledger of its own. */
export async function openRuntime(config: Config, options: { quiet?: boolean; demo?: boolean } = {}): Promise<Runtime> {
  const closers: Closer[] = []
  async function close(): Promise<void> {
    for (const closer of closers.toReversed()) await closer()
    closers.length = 0
  }
  try {
    const log = openLog(options.quiet === true ? 'warn' : 'info')
    const databaseUrl = await databaseAddress(config, closers)
    const database = openDatabase(databaseUrl, { max: 20 })
    closers.push(() => database.close())
    const migrated = await migrate(database)
    const mailUrl = await mailAddress(config, database, closers)
    const mail = openMailTransport(mailUrl, { dkim: config.dkim })
    closers.push(() => mail.close())
    const auth = openAuth({
      databaseUrl,
      secret: secret(config, 'sessions'),
      buyerSecret: secret(config, 'buyers'),
      baseUrl: config.publicUrl,
      secureCookies: config.publicUrl.startsWith('https:'),
    })
    closers.push(() => auth.close())
    const parts = {
      database,
      auth,
      mail,
      files: openFiles(config.home),
      bodies: openBodies(config.home),
      payments: options.demo === true ? demoPayments(database) : unconnectedPayments,
      clock: systemClock,
      log,
      linkKey: secret(config, 'links'),
      baseUrl: config.publicUrl,
      shopOrigins: config.shopOrigins,
      sender: config.sender,
      webhooks: config.webhooks,
      shelf: openLetterShelf(config.home),
      ...(options.demo === true ? { photo: noPhoto } : {}),
    }
    const jobs: Jobs = await openJobs(database, (enqueue) => jobKinds(parts, enqueue), log)
    closers.push(() => jobs.stop())
    return { deps: { ...parts, jobs }, config, migrated, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The demo calls nobody. */
async function noPhoto(): Promise<Buffer> {
  throw new Error('the demo asks no agency for pictures')
}

async function databaseAddress(config: Config, closers: Closer[]): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl
  const server = await startPostgres(config)
  closers.push(() => server.stop())
  return server.url
}

async function mailAddress(config: Config, database: Deps['database'], closers: Closer[]): Promise<string> {
  if (config.smtpUrl !== null) return config.smtpUrl
  const mailbox = await openMailbox(database)
  closers.push(() => mailbox.close())
  return mailbox.url
}

/**
 * Starts taking jobs. Refunds, and what follows corrections, whose job ran out of tries or whose process died in it, are asked for again: once
 * per start is enough, as each has a row that says that it is due. `scheduled` work asks the agencies: not for the demo, which shows what
 * they once said and calls nobody.
 */
export async function startWork({ deps }: Runtime, options: { scheduled: boolean } = { scheduled: false }): Promise<void> {
  await transaction(deps.database, async (tx) => {
    await deps.jobs.enqueue(tx, SETTLE_REFUNDS_JOB, {})
    if ((await correctionsOwed(tx.db)).length > 0) await deps.jobs.enqueue(tx, FOLLOW_UP_JOB, {})
  })
  await deps.jobs.work(options)
}

/**
 * Takes in returned mail where BOUNCE_SMTP_PORT says so. Of several workers on one machine the first has the port; the others say so and go on.
 */
export async function startReturns({ deps, config }: Runtime): Promise<{ close: () => Promise<void> }> {
  const port = config.webhooks.bounceSmtpPort
  if (port === null) return { close: async () => {} }
  try {
    const listener = await openBounceListener(deps, { port })
    deps.log.info({ port }, 'returned mail is taken in')
    return listener
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    deps.log.warn({ port }, 'another process takes returned mail in on this port')
    return { close: async () => {} }
  }
}

export type WebServer = { port: number; close: () => Promise<void> }

/** Serves the web. The demo's sign-in links are only ever served on loopback. */
export async function startWeb(runtime: Runtime, demo: DemoRoutes | null): Promise<WebServer> {
  const app = composeRoutes(runtime.deps, demo)
  const hostname = demo === null ? undefined : '127.0.0.1'
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: app.fetch, port: runtime.config.port, ...(hostname === undefined ? {} : { hostname }) },
      (info: AddressInfo) => {
        server.removeListener('error', reject)
        resolve({ port: info.port, close: () => closed(server) })
      },
    )
    server.once('error', reject)
  })
}

function closed(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    // Browsers hold connections open; those that carry no request are ended now, the others when they are answered.
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}
