/**
 * A worker of the drills: `node worker.ts DATABASE_URL SMTP_URL CAMPAIGN WAVE CLOCK_SHIFT_MS`. It sends the wave until it is done, killed, or
 * without a database; whoever supervises it starts it again.
 */
import { sendWave } from '../../src/outreach/index.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { openMailTransport } from '../../src/platform/mail.ts'
import { sendDeps } from '../first-wave.ts'
import { DRILL_CONNECTIONS, DRILL_PACE } from './pace.ts'

const [databaseUrl, smtpUrl, campaignId, wave, shift] = process.argv.slice(2)
const database = openDatabase(databaseUrl!, { max: 4, idleTransactionSeconds: DRILL_PACE.leaseSeconds! })
const mail = openMailTransport(smtpUrl!, { connections: DRILL_CONNECTIONS, silenceSeconds: 1 })
const deps = { ...sendDeps(database, mail), clock: () => new Date(Date.now() + Number(shift ?? 0)) }
await sendWave(deps, { campaignId: campaignId!, wave: Number(wave), pace: DRILL_PACE })
mail.close()
await database.close()
