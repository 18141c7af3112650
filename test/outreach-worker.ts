/** A worker that sends a wave until it is done or killed: `node outreach-worker.ts DATABASE_URL SMTP_URL CAMPAIGN WAVE [SMS_URL]`. For tests of kills. */
import { openDatabase } from '../src/platform/db.ts'
import { openMailTransport } from '../src/platform/mail.ts'
import { sendWave } from '../src/outreach/index.ts'
import { QUICK, sendDeps } from './first-wave.ts'
import { PROVIDER_KEY } from './provider.ts'

const [databaseUrl, smtpUrl, campaignId, wave, smsUrl] = process.argv.slice(2)
const database = openDatabase(databaseUrl!, { max: 4 })
const mail = openMailTransport(smtpUrl!, { connections: 4 })
const sms = smsUrl === undefined ? null : { url: smsUrl, key: PROVIDER_KEY }
await sendWave({ ...sendDeps(database, mail), sms }, { campaignId: campaignId!, wave: Number(wave), pace: { ...QUICK, leaseSeconds: 1 } })
mail.close()
await database.close()
