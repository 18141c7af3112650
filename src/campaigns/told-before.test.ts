import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { MailMessage } from '../platform/mail.ts'
import { outreachInvariants, sendWave } from '../outreach/index.ts'
import { testDatabase } from '../../test/database.ts'
import { QUICK, sendDeps } from '../../test/first-wave.ts'
import { ADA, addLine, addMatch, addRecall, ANDERS, BELMONT, BEN, BLUE_PAIR, brokenPromises, CHLOE, CUPKIN, CUPKIN_ID, openMarketplace } from '../../test/world.ts' // prettier-ignore
import { openCampaign } from './open-campaign.ts'

const database = await testDatabase()

test('whom a seller told just before the campaign opened the first wave leaves out; a list that cannot be used keeps nothing from opening', async () => {
  await openMarketplace(database.db)
  await addRecall(database, CUPKIN)
  await addMatch(database.db, CUPKIN_ID, BLUE_PAIR, 'affected')
  for (const buyer of [ADA, BEN, CHLOE]) await addLine(database.db, { buyer, order: `O-${buyer}` })
  const at = new Date()
  const said = (order: string, hoursAgo: number) => `${order},letter,${new Date(at.getTime() - hoursAgo * 3_600_000).toISOString()}`
  const opened = await openCampaign(
    { database, enqueue: async () => {} },
    {
      recallId: CUPKIN_ID,
      actor: 'cli',
      reason: 'Lead.',
      remedies: { options: ['refund'], proof: 'none' },
      at,
      toldBySellers: [
        { sellerId: ANDERS, csv: ['order_id,channel,told_at', said('O-ada', 2), said('O-ben', 300), said('O-other', 2)].join('\n') },
        { sellerId: BELMONT, csv: `order_id,channel,told_at\n${said('O-chloe', 1)}` },
        { sellerId: ANDERS, csv: 'no table' },
      ],
    },
  )
  assert.ok(opened.ok)
  const [anders, belmont, broken] = opened.value.toldBySellers!.map(({ list }) => list)
  assert.ok(anders!.ok)
  assert.deepEqual([anders!.value.taken, anders!.value.covering, anders!.value.refused], [2, 1, 1])
  assert.equal(belmont!.ok ? '' : belmont!.problem.code, 'not_found')
  assert.equal(broken!.ok ? '' : broken!.problem.field, 'csv')
  const sent: MailMessage[] = []
  const mail = { send: async (message: MailMessage) => (sent.push(message), { outcome: 'accepted' as const, answer: '' }), close() {} }
  await sendWave(sendDeps(database, mail), { campaignId: CUPKIN_ID, wave: 1, pace: QUICK })
  assert.deepEqual(sent.map((message) => message.to.address).toSorted(), ['ben@buyers.example', 'chloe@buyers.example'])
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
})
