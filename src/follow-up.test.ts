import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { documentOf, dump } from '../test/feed-world.ts'
import { testDatabase } from '../test/database.ts'
import { openCampaign, proposalsOf } from './campaigns/index.ts'
import { followUpOwed, importFeedFile } from './feeds/index.ts'
import { followUp, isFollowUpOwed, type FollowUp } from './follow-up.ts'
import { screenChanged } from './matching/index.ts'
import { transaction } from './platform/db.ts'
import { correctRecall, FOLLOW_UP_JOB, withdrawCorrection } from './recalls/index.ts'

const database = await testDatabase()
const AT = new Date('2026-11-23T08:00:00Z')
const LAMP_GTIN = '4006381333931'
let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tocsin-follow-up-'))
  await database.pool.query(`
    insert into catalog.sellers (seller_id, name, email, country) values ('S-1', 'Lamps & Co', 'ops@lamps.example', 'US');
    insert into catalog.listings (listing_id, seller_id, title, brand, gtin, attributes, price_minor, currency, pack_units, content_sha256, updated_at)
    values ('L-1', 'S-1', 'Acme desk lamp', 'Acme', null, '{}', 1999, 'USD', 1, sha256('L-1'), '2026-11-01Z'),
           ('L-2', 'S-1', 'Desk lamp with round foot', 'Borealis', '${LAMP_GTIN}', '{}', 1999, 'USD', 1, sha256('L-2'), '2026-11-01Z')`)
  // New listings are owed a screening too.
  await following()
})
after(() => rm(folder, { recursive: true, force: true }))

async function importing(number: string): Promise<void> {
  const file = path.join(folder, 'cpsc.json')
  const says = { Products: [{ Name: 'Acme Desk Lamps' }], Description: 'This recall involves Acme desk lamps with a round foot.' }
  await writeFile(file, dump(documentOf(number, says)))
  await importFeedFile(database, 'CPSC', file, { at: AT })
}

function following(onProgress?: () => void): Promise<FollowUp> {
  const order = { at: AT, actor: 'test', ...(onProgress === undefined ? {} : { onProgress }) }
  return followUp({ database, enqueue: async () => {} }, order)
}

/** Which listings the recall touches, and at which of its revisions that was found. */
async function touched(number: string): Promise<[string, string, number][]> {
  const { rows } = await database.pool.query<{ listing_id: string; answer: string; revision: number }>(
    'select listing_id, answer, revision from matching.matches_view where recall_id = $1 and answer <> $2 order by listing_id',
    [`CPSC-${number}`, 'no'],
  )
  return rows.map((row) => [row.listing_id, row.answer, row.revision])
}

test('recalls that came in are owed a screening until it is done, also when the process that took them in died', async () => {
  assert.equal(await isFollowUpOwed(database.db), false)
  await importing('70001')
  assert.equal(await isFollowUpOwed(database.db), true)
  const { screened } = await following()
  assert.equal(screened.recalls, 1)
  assert.equal(await isFollowUpOwed(database.db), false)
  // The same file again brings nothing, and nothing is owed for it.
  await importing('70001')
  assert.equal(await isFollowUpOwed(database.db), false)
})

test('a correction is owed what follows it until that is done, also when the process that did it died', async () => {
  await importing('70002')
  await following()
  assert.deepEqual((await touched('70002')).map(([listing]) => listing), ['L-1']) // prettier-ignore
  const jobs: string[] = []
  const enqueue = async (_tx: unknown, name: string): Promise<void> => void jobs.push(name)
  const decided = { recallId: 'CPSC-70002', reason: 'The notice shows this bar code.', actor: 'officer:ada', at: AT }
  const order = { ...decided, field: 'gtins', value: [LAMP_GTIN] }
  await assert.rejects(
    transaction(database, async (tx) => {
      assert.ok((await correctRecall(tx, enqueue, order)).ok)
      throw new Error('killed')
    }),
    /killed/,
  )
  assert.equal(await isFollowUpOwed(database.db), false)
  const corrected = await transaction(database, (tx) => correctRecall(tx, enqueue, order))
  assert.ok(corrected.ok)
  assert.deepEqual([await isFollowUpOwed(database.db), await followUpOwed(database.db), jobs.at(-1)], [true, false, FOLLOW_UP_JOB])

  await assert.rejects(following(killed), /killed/)
  assert.equal(await isFollowUpOwed(database.db), true)
  const { screened } = await following()
  assert.equal(screened.recalls, 1, 'only the corrected recall')
  assert.deepEqual((await touched('70002')).filter(([listing]) => listing === 'L-2'), [['L-2', 'affected', 2]]) // prettier-ignore
  assert.equal(await isFollowUpOwed(database.db), false)

  // Withdrawn, the listing is no longer touched.
  const back = { ...decided, correctionNo: corrected.value.correctionNo }
  assert.ok((await transaction(database, (tx) => withdrawCorrection(tx, enqueue, back))).ok)
  assert.equal(await isFollowUpOwed(database.db), true)
  await following()
  assert.deepEqual((await touched('70002')).map(([listing]) => listing), ['L-1']) // prettier-ignore
  assert.equal(await isFollowUpOwed(database.db), false)
})

test('a correction that is made while another is followed up is owed its own', async () => {
  const decided = { recallId: 'CPSC-70001', reason: 'why', actor: 'officer:ada', at: AT }
  const correct = (units: number) =>
    transaction(database, (tx) => correctRecall(tx, async () => {}, { ...decided, field: 'units', value: units }))
  await correct(1)
  let made: Promise<unknown> | undefined
  await following(() => {
    made ??= correct(2)
  })
  assert.ok((await made) !== undefined)
  assert.equal(await isFollowUpOwed(database.db), true)
  await following()
  assert.equal(await isFollowUpOwed(database.db), false)
})

test('an open campaign is told of a correction, also when the process died after screening', async () => {
  await importing('70003')
  const decided = { recallId: 'CPSC-70003', reason: 'The notice says so.', actor: 'officer:ada', at: AT }
  const correct = (field: string, value: unknown) =>
    transaction(database, (tx) => correctRecall(tx, async () => {}, { ...decided, field, value }))
  await correct('gtins', [LAMP_GTIN])
  await correct('remedies', ['refund'])
  await following()
  const opened = await openCampaign({ database, enqueue: async () => {} }, { ...decided, remedies: { options: ['refund'], proof: 'none' } })
  assert.ok(opened.ok, JSON.stringify(opened))
  await correct('sold_to', '2026-01')
  await screenChanged(database, { at: AT })
  assert.equal(await isFollowUpOwed(database.db), true)
  const { proposed } = await following()
  assert.equal(proposed.proposed, 1)
  const [proposal] = await proposalsOf(database.db, opened.value.campaignId)
  assert.deepEqual([proposal?.change.wider, proposal?.change.narrower], [false, true])
  assert.equal((await following()).proposed.proposed, 0)
})

function killed(): void {
  throw new Error('killed')
}
