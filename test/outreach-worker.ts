/** A worker that sends a wave until it is done or killed: `node outreach-worker.ts DATABASE_URL SMTP_URL CAMPAIGN WAVE`. For tests of kills. */
import { openDatabase } from '../src/platform/db.ts'
import { openMailTransport } from '../src/platform/mail.ts'
import { sendWave } from '../src/outreach/index.ts'
import { QUICK, sendDeps } from './first-wave.ts'

const [databaseUrl, smtpUrl, campaignId, wave] = process.argv.slice(2)
const database = openDatabase(databaseUrl!, { max: 4 })
const mail = openMailTransport(smtpUrl!, { connections: 4 })
await sendWave(sendDeps(database, mail), { campaignId: campaignId!, wave: Number(wave), pace: { ...QUICK, leaseSeconds: 1 } })
mail.close()
await database.close()
