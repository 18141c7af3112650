/** One of several processes that send a wave: DATABASE_URL, SMTP_URL and the number of connections are its arguments. */
import { sendWave } from '../src/outreach/index.ts'
import { openDatabase } from '../src/platform/db.ts'
import { openMailTransport } from '../src/platform/mail.ts'
import { sendDeps } from '../test/first-wave.ts'
import { CUPKIN_ID } from '../test/world.ts'

const [databaseUrl, smtpUrl, connections] = process.argv.slice(2)
const database = openDatabase(databaseUrl!)
const mail = openMailTransport(smtpUrl!, { connections: Number(connections) })
await sendWave(sendDeps(database, mail), { campaignId: CUPKIN_ID, wave: 1 })
mail.close()
await database.close()
