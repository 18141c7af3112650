import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Enqueue } from '../platform/jobs.ts'
import type { MailTransport } from '../platform/mail.ts'
import { outreachInvariants, sendWave } from '../outreach/index.ts'
import { testDatabase } from '../../test/database.ts'
import { sendDeps } from '../../test/first-wave.ts'
import { ADA, addBuyer, addLines, addMatch, addRecall, BEN, BLUE_PAIR, brokenPromises, CUPKIN, CUPKIN_ID, openMarketplace } from '../../test/world.ts' // prettier-ignore
import { campaignInvariants } from './queries-invariants.ts'
import { advanceCampaigns, openCampaign, recordWaveSent } from './index.ts'

const database = await testDatabase()
const OPENED = new Date('2023-07-21T09:00:00Z')
const after = (days: number) => new Date(OPENED.getTime() + days * 86_400_000)
const enqueued: object[] = []
const enqueue: Enqueue = async (_tx, name, data) => void enqueued.push({ name, ...data })
const mail: MailTransport = { send: async () => ({ outcome: 'accepted', answer: '' }), close() {} }

async function timeline(): Promise<string[]> {
  const { rows } = await database.pool.query('select step, actor, counts from campaigns.steps where campaign_id = $1 order by step_no', [CUPKIN_ID]) // prettier-ignore
  return rows.filter((row) => row.step.startsWith('wave')).map((row) => `${row.step} by ${row.actor}: ${JSON.stringify(row.counts)}`)
}

function advanced(days: number, how: Enqueue = enqueue) {
  return advanceCampaigns({ database, enqueue: how }, { connected: ['email'], at: after(days), actor: 'rule:playbook' })
}

test('a reminder that is due is on the timeline and asked for, once, in one transaction', async () => {
  await openMarketplace(database.db)
  await addRecall(database, CUPKIN)
  await addMatch(database.db, CUPKIN_ID, BLUE_PAIR, 'affected')
  for (const buyer of [ADA, BEN]) await addBuyer(database.db, buyer, { country: 'US' })
  await addLines(database.db, [{ buyer: ADA }, { buyer: BEN }])
  assert.deepEqual(await advanced(0), {})
  const remedies = { options: ['refund'], proof: 'photo_of_destruction' }
  const opened = await openCampaign(
    { database, enqueue },
    { recallId: CUPKIN_ID, actor: 'officer:o1', reason: 'Lead.', remedies, at: OPENED },
  )
  assert.ok(opened.ok)
  assert.deepEqual(await advanced(4), { [CUPKIN_ID]: { waves: 0, unreachable: 0, reopened: 0 } }, 'the first wave is still being sent')
  const sent = await sendWave({ ...sendDeps(database, mail), clock: () => OPENED }, { campaignId: CUPKIN_ID, wave: 1 })
  await recordWaveSent({ database }, { campaignId: CUPKIN_ID, wave: 1, accepted: sent.accepted, at: OPENED })
  enqueued.length = 0
  await assert.rejects(
    advanced(4, async () => Promise.reject(new Error('no queue'))),
    /no queue/,
  )
  assert.equal((await timeline()).length, 2)
  assert.deepEqual(await advanced(4), { [CUPKIN_ID]: { waves: 1, unreachable: 0, reopened: 0 } })
  await Promise.all([advanced(4), advanced(4.1)])
  assert.deepEqual(enqueued, [{ name: 'outreach.send-wave', campaignId: CUPKIN_ID, wave: 2 }])
  assert.equal((await timeline()).length, 3)
  assert.match((await timeline()).at(-1)!, /^wave_started by rule:playbook: \{"wave":2,"buckets":\d,"reminder":1\}$/)
  assert.deepEqual(await brokenPromises(database.db, [...outreachInvariants, ...campaignInvariants]), [])
})
