import { FIRST_OFFICER_HINT } from '../app.ts'
import { openRuntime, startReturns, startWeb, startWork } from '../main.ts'
import { say } from '../platform/terminal.ts'
import { configOrSay, stopAsked } from './shared.ts'
import type { Verb } from './usage.ts'

const SERVE_HELP = `npx tocsin serve: the web and the worker in one process

Reads PORT, TOCSIN_HOME, DATABASE_URL, SMTP_URL and PUBLIC_URL (see the README). Everyone must sign in here.

  npx tocsin serve
  PORT=8080 DATABASE_URL=postgres://tocsin@db/tocsin SMTP_URL=smtp://relay:587 PUBLIC_URL=https://recalls.example.com npx tocsin serve`

export const serve: Verb = {
  name: 'serve',
  summary: 'serve the web, and work through the jobs',
  help: SERVE_HELP,
  run: async () => {
    const config = configOrSay()
    if (config === null) return 2
    const runtime = await openRuntime(config)
    try {
      const web = await startWeb(runtime, null)
      await startWork(runtime, { scheduled: true })
      const returns = await startReturns(runtime)
      say(`Tocsin serves ${config.publicUrl} (port ${web.port}).`)
      if (await runtime.deps.auth.hasNoOfficer()) say(FIRST_OFFICER_HINT)
      if (config.smtpUrl === null) say('SMTP_URL is not set: notices go to the built-in mailbox and reach nobody.')
      say('No payment side is connected yet: refunds are kept and wait for one.')
      await stopAsked()
      say('Stopping …')
      await web.close()
      await returns.close()
      return 0
    } finally {
      await runtime.close()
    }
  },
}

export const worker: Verb = {
  name: 'worker',
  summary: 'only work through the jobs: notices, refunds, the agencies’ feeds',
  help: `npx tocsin worker: only the jobs. Start as many as you have cores; they share the work.

  DATABASE_URL=postgres://tocsin@db/tocsin SMTP_URL=smtp://relay:587 npx tocsin worker`,
  run: async () => {
    const config = configOrSay()
    if (config === null) return 2
    const runtime = await openRuntime(config)
    try {
      await startWork(runtime, { scheduled: true })
      const returns = await startReturns(runtime)
      say('The worker is waiting for jobs. Ctrl-C stops it when the block in flight is done.')
      await stopAsked()
      await returns.close()
      return 0
    } finally {
      await runtime.close()
    }
  },
}
