/** Briefs of several jurisdictions: whom each is for, and one that comes while a wave is being sent. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { transaction } from '../platform/db.ts'
import { wholeText, type MailTransport } from '../platform/mail.ts'
import { testDatabase } from '../../test/database.ts'
import { addCrowdWithCups, openOutreach, QUICK, sendDeps } from '../../test/first-wave.ts'
import { brokenPromises, CUPKIN, CUPKIN_ID, CUPKIN_IN_CANADA, CUPKIN_IN_CANADA_ID } from '../../test/world.ts'
import { addBrief, outreachInvariants, reviseBrief, sendWave, type NoticeBrief, type SendDeps } from './index.ts'

const database = await testDatabase()
const { db, pool } = database
const CANADIAN: NoticeBrief = { jurisdiction: 'CA', recall: CUPKIN_IN_CANADA, remedies: ['replace'], proof: 'none' }
const BUYERS = 24

test.beforeEach(async () => {
  await pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves,
              outreach.wave_buckets, outreach.deliveries, outreach.acknowledgements`,
  )
  await addCrowdWithCups(database, BUYERS)
  await pool.query(`update catalog.buyers set country = case when substr(buyer_id, 3)::int % 4 = 0 then 'US' else 'CA' end`)
  await openOutreach(database)
})

async function toldInBooks(): Promise<Record<string, string>> {
  const { rows } = await pool.query('select buyer_id, jurisdiction from outreach.notices')
  return Object.fromEntries(rows.map((row) => [row.buyer_id, row.jurisdiction]))
}

function addCanadian(): Promise<{ moved: number }> {
  const at = new Date()
  return transaction(database, (tx) => addBrief(tx, { campaignId: CUPKIN_ID, recallId: CUPKIN_IN_CANADA_ID, brief: CANADIAN, at }))
}

test('a brief of another jurisdiction moves the notices of its buyers, once, and only while nothing was sent or shown', async () => {
  await pool.query(`insert into outreach.deliveries (buyer_id, campaign_id, wave, channel, attempt, started_at, outcome)
                    values ('B-0000001', '${CUPKIN_ID}', 0, 'page', 1, now(), 'seen'), ('B-0000002', '${CUPKIN_ID}', 1, 'email', 1, now(), null),
                           ('B-0000003', '${CUPKIN_ID}', 0, 'email', 1, now(), 'no_contact')`)
  await pool.query(`insert into outreach.acknowledgements values ('B-0000005', '${CUPKIN_ID}', now(), 'button')`)
  assert.deepEqual(await addCanadian(), { moved: 15 })
  assert.deepEqual(await addCanadian(), { moved: 0 })
  const told = await toldInBooks()
  assert.deepEqual(
    ['B-0000001', 'B-0000002', 'B-0000003', 'B-0000004', 'B-0000005', 'B-0000006'].map((id) => told[id]),
    ['US', 'US', 'CA', 'US', 'US', 'CA'],
  )
})

test('a brief that is written anew is for whom nothing was sent or shown, and for nobody else', async () => {
  await pool.query(`insert into outreach.deliveries (buyer_id, campaign_id, wave, channel, attempt, started_at, outcome)
                    values ('B-0000004', '${CUPKIN_ID}', 1, 'email', 1, now(), null), ('B-0000008', '${CUPKIN_ID}', 0, 'page', 1, now(), 'seen')`)
  await addCanadian()
  const recall = { ...CUPKIN, title: 'CUPKIN cups, expanded' }
  const revised = await transaction(database, (tx) => reviseBrief(tx, { campaignId: CUPKIN_ID, recall, at: new Date() }))
  assert.deepEqual(revised, { briefNo: 2, moved: 4 })
  assert.equal(await transaction(database, (tx) => reviseBrief(tx, { campaignId: 'CPSC-0', recall, at: new Date() })), null)
  const { rows } = await pool.query('select buyer_id from outreach.notices where brief_no = 2 order by 1')
  assert.deepEqual(rows.map((row) => row.buyer_id), ['B-0000012', 'B-0000016', 'B-0000020', 'B-0000024']) // prettier-ignore
})

test('a brief that comes while the wave is sent tells whoever was not begun with, and the books say what each was told', async () => {
  const moments = [1, 7, 20]
  for (const moment of moments) {
    await pool.query(`delete from outreach.briefs where not own`)
    await pool.query(`truncate outreach.deliveries, outreach.waves, outreach.wave_buckets`)
    await pool.query(`update outreach.notices set jurisdiction = 'US', recall_id = '${CUPKIN_ID}', state = 'pending', state_at = now()`)
    await openOutreach(database)
    const said: Record<string, string> = {}
    let sends = 0
    const mail: MailTransport = {
      async send(message) {
        if (++sends === moment) await addCanadian()
        const buyer = /canary\.([^@]+)@/.exec(message.to.address)![1]!
        said[buyer] = `${said[buyer] ?? ''}${wholeText(message.text).includes('HC RA-73917') ? 'CA' : 'US'}`
        return { outcome: 'accepted', answer: '250 taken' }
      },
      close() {},
    }
    const sent = await sendWave(sendDeps(database, mail), { campaignId: CUPKIN_ID, wave: 1, pace: { ...QUICK, blockSize: 2 } })
    assert.ok(sent.finished)
    const books = await toldInBooks()
    assert.deepEqual(said, books)
    const canadians = Object.values(books).filter((jurisdiction) => jurisdiction === 'CA').length
    assert.ok(moment === moments.at(-1) || canadians > 0, `${canadians} were told by the brief that came at message ${moment}`)
    assert.deepEqual(await brokenPromises(db, outreachInvariants), [])
  }
})

test('a brief that comes after a block was read and before it is begun with has the block read again', async () => {
  const read: string[][] = []
  const said: Record<string, string> = {}
  const mail: MailTransport = {
    async send(message) {
      const buyer = /canary\.([^@]+)@/.exec(message.to.address)![1]!
      said[buyer] = `${said[buyer] ?? ''}${wholeText(message.text).includes('HC RA-73917') ? 'CA' : 'US'}`
      return { outcome: 'accepted', answer: '250 taken' }
    },
    close() {},
  }
  // Contact points are asked for just then.
  const deps: SendDeps = {
    ...sendDeps(database, mail),
    contacts: async (_, buyers) => {
      read.push(buyers.map((buyer) => buyer.buyerId))
      if (read.length === 1) await addCanadian()
      return [...buyers]
    },
  }
  assert.ok((await sendWave(deps, { campaignId: CUPKIN_ID, wave: 1, pace: { ...QUICK, lanes: 1 } })).finished)
  assert.deepEqual(read[1], read[0])
  assert.equal(read.flat().length, BUYERS + read[0]!.length)
  assert.deepEqual(said, await toldInBooks())
  assert.equal(Object.values(said).filter((jurisdiction) => jurisdiction === 'CA').length, 18)
  assert.deepEqual(await brokenPromises(db, outreachInvariants), [])
})
