/** `npm start`: the main job, then the web. */
import { DEMO_CAMPAIGN, runMainJob } from '../demo/main-job.ts'
import { demoRoutes } from '../demo/routes.ts'
import { campaignAccount, accountLines } from '../insights/index.ts'
import { openRuntime, startWeb, startWork, type Runtime } from '../main.ts'
import { secret } from '../platform/config.ts'
import { say, step } from '../platform/terminal.ts'
import { configOrSay, readArgs, stopAsked } from './shared.ts'
import type { Verb } from './usage.ts'

const START_HELP = `npm start: the demo marketplace and the CUPKIN recall, from the agency's notice to the buyers' mailboxes, then the web

  npm start                      run what has not been run, then serve http://localhost:3000
  npm start -- --full            the real size: 346,000 cups (takes minutes; best with TOCSIN_HOME=.tocsin-full)
  npm start -- --exit --json     print the account as one line of JSON and exit
  PORT=4000 npm start            serve another port`

export const start: Verb = {
  name: 'start',
  summary: 'the demo: a real recall from notice to refund, then the web',
  help: START_HELP,
  run: async (args) => {
    const read = readArgs(
      args,
      { exit: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, full: { type: 'boolean', default: false } },
      START_HELP,
    )
    if (read === null) return 2
    const config = configOrSay()
    if (config === null) return 2
    const started = performance.now()
    say('Tocsin')
    const runtime = await step(
      'Starting PostgreSQL',
      () => openRuntime(config, { quiet: true, demo: true }),
      ({ migrated }) => (migrated.length === 0 ? 'the database is as it was left' : `a new database, ${migrated.length} migrations`),
    )
    try {
      const done = await runMainJob(runtime.deps, { scale: read.values.full ? 'full' : 'default', password: secret(config, 'demo') })
      if (!done.ok) {
        say(done.problem.message)
        return 1
      }
      await printAccount(runtime, { json: read.values.json, seconds: (performance.now() - started) / 1000 })
      if (read.values.exit) return 0
      return await serveDemo(runtime)
    } finally {
      await runtime.close()
    }
  },
}

async function printAccount(runtime: Runtime, options: { json: boolean; seconds: number }): Promise<void> {
  const account = await campaignAccount(runtime.deps.database.db, DEMO_CAMPAIGN)
  const seconds = Math.round(options.seconds * 10) / 10
  if (options.json) process.stdout.write(`${JSON.stringify({ ...account, seconds })}\n`)
  else say(['', ...accountLines(account), ''].join('\n'))
}

async function serveDemo(runtime: Runtime): Promise<number> {
  const { config, deps } = runtime
  const demo = demoRoutes({
    database: deps.database,
    auth: deps.auth,
    buyerSecret: secret(config, 'buyers'),
    password: secret(config, 'demo'),
    campaignId: DEMO_CAMPAIGN,
  })
  const web = await startWeb(runtime, demo)
  await startWork(runtime, { scheduled: false })
  const base = `http://localhost:${web.port}`
  say(`Open ${base}`)
  say(`  as a buyer           ${base}/demo/sign-in/buyer`)
  say(`  as the seller        ${base}/demo/sign-in/seller`)
  say(`  as a safety officer  ${base}/demo/sign-in/officer`)
  say('Ctrl-C stops everything.')
  await stopAsked()
  say('\nStopping …')
  await web.close()
  return 0
}
