/** Starts or joins the embedded server of a home, says so, and ends on a signal as the `tocsin` command does. */
import { DEMO_SENDER } from '../src/platform/config.ts'
import { NO_WEBHOOKS } from '../src/platform/config-webhooks.ts'
import { startPostgres } from '../src/platform/postgres.ts'

const home = process.argv[2]!
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
const server = await startPostgres({
  port: 0,
  home,
  databaseUrl: null,
  smtpUrl: null,
  publicUrl: 'http://localhost',
  shopOrigins: [],
  sender: DEMO_SENDER,
  dkim: null,
  webhooks: NO_WEBHOOKS,
})
process.stdout.write(JSON.stringify({ owns: server.started }))
setInterval(() => {}, 60_000)
