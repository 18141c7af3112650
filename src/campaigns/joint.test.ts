/** A recall that two agencies published: one campaign executes both, and each buyer hears of it from their own agency alone. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { outreachInvariants, outreachRoutes, sendWave } from '../outreach/index.ts'
import { openLog } from '../platform/log.ts'
import { wholeText, type MailMessage } from '../platform/mail.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { remedyInvariants, routes as remedyRoutes } from '../remedies/index.ts'
import { supplyInvariants } from '../supply/index.ts'
import type { Recall } from '../recalls/index.ts'
import { ask, buyer, nobody, officer } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import {
  ADA, addBuyer, addLine, addListing, addMatch, addRecall, BASE_URL, BEN, BLUE_PAIR, brokenPromises, CHLOE, CUPKIN, CUPKIN_ID, CUPKIN_IN_CANADA,
  CUPKIN_IN_CANADA_ID, DEV, EVE, LINK_KEY, noticeLink, openMarketplace, PINK_PAIR, RENO, SENDER, setStock, ZOE,
} from '../../test/world.ts' // prettier-ignore
import { sweepCampaign } from './extend-campaign.ts'
import { campaignInvariants } from './queries-invariants.ts'
import { chooseRemedies, remediesElsewhere } from './remedies-offered.ts'
import { campaignRoutes } from './routes.ts'

const database = await testDatabase()
const { db, pool } = database
const AT = new Date('2023-07-22T09:00:00Z')
const enqueue: Enqueue = async () => {}
const routes = campaignRoutes({ database, clock: () => AT, enqueue })
const pages = outreachRoutes({ database, clock: () => AT, linkKey: LINK_KEY, baseUrl: BASE_URL, sender: SENDER })
const PROMISES = [...supplyInvariants, ...outreachInvariants, ...remedyInvariants, ...campaignInvariants]

type Answer = { status: number; json: Record<string, unknown> }

async function post(address: string, content: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const answer = await ask(routes, officer(), address, { method: 'POST', headers, body: JSON.stringify(content) })
  return { status: answer.status, json: (await answer.json()) as Answer['json'] }
}

function open(recallId: string, options = ['refund']): Promise<Answer> {
  return post('/v1/campaigns', { recall_id: recallId, reason: 'Lead.', remedies: { options, proof: 'none' } })
}

/** Whose notice each buyer has, with the answer and the units: "CA HC-RA-73917 affected 2". */
async function told(campaignId: string): Promise<Record<string, string>> {
  const { rows } = await pool.query(
    `select buyer_id, concat_ws(' ', jurisdiction, recall_id, answer, units) as told from outreach.notices where campaign_id = $1`,
    [campaignId],
  )
  return Object.fromEntries(rows.map((row) => [row.buyer_id, row.told]))
}

async function pageOf(campaignId: string, buyerId: string): Promise<string> {
  return await (await ask(pages, nobody, noticeLink(campaignId, buyerId), { headers: { accept: 'text/html' } })).text()
}

async function send(campaignId: string, wave: number): Promise<MailMessage[]> {
  const sent: MailMessage[] = []
  const mail = {
    send: async (message: MailMessage) => {
      sent.push(message)
      return { outcome: 'accepted' as const, answer: '250 taken' }
    },
    close: async () => {},
  }
  const deps = { database, mail, clock: () => new Date(), linkKey: LINK_KEY, baseUrl: BASE_URL, sender: SENDER, log: openLog('silent') }
  await sendWave(deps, { campaignId, wave })
  return sent
}

await openMarketplace(db)
await addListing(db, 'north-only', { title: 'Cupkin cups, Canadian packaging' })
for (const [id, country] of [[ADA, 'US'], [BEN, 'CA'], [CHLOE, 'FR'], [DEV, 'ca'], [EVE, null], [ZOE, 'PR']] as const) await addBuyer(db, id, { country }) // prettier-ignore
await setStock(db, 'north-only', RENO, '', 4)
// Inside both windows, all but two: before Canada's window and inside that of the United States, and the other way round.
await addLine(db, { buyer: ADA, order: 'a1', listing: BLUE_PAIR, at: '2022-01-05T00:00:00Z' })
await addLine(db, { buyer: ADA, order: 'a2', listing: BLUE_PAIR, at: '2023-05-05T00:00:00Z' })
await addLine(db, { buyer: BEN, order: 'b1', listing: BLUE_PAIR, at: '2023-05-05T00:00:00Z' })
await addLine(db, { buyer: BEN, order: 'b2', listing: 'north-only', at: '2021-05-05T00:00:00Z' })
await addLine(db, { buyer: CHLOE, order: 'c1', listing: BLUE_PAIR, at: '2019-05-05T00:00:00Z' })
await addLine(db, { buyer: DEV, order: 'd1', listing: BLUE_PAIR, at: '2019-05-05T00:00:00Z' })
await addLine(db, { buyer: EVE, order: 'e1', listing: 'north-only', at: '2021-05-05T00:00:00Z' })
await addLine(db, { buyer: ZOE, order: 'z1', listing: BLUE_PAIR, at: '2021-05-05T00:00:00Z' })

describe('what another jurisdiction is offered', () => {
  it('is what its own recall lists: of that what the campaign chose, else all of it, and nothing that it does not list', () => {
    const chosen = { options: ['refund' as const], proof: 'none' as const }
    assert.deepEqual(remediesElsewhere(chosen, { remedies: ['replace', 'refund'] }).options, ['refund'])
    assert.deepEqual(remediesElsewhere(chosen, { remedies: ['replace', 'repair'] }).options, ['replace', 'repair'])
    assert.deepEqual(remediesElsewhere(chosen, { remedies: [] }).options, ['none'])
    assert.equal(chooseRemedies({ options: ['repair'], proof: 'none' }, { remedies: ['refund'] }).ok, false)
  })
})

describe('a campaign on a joint recall', () => {
  it('executes the other agency’s recall too, and cannot be opened a second time by that', async () => {
    await addRecall(database, CUPKIN)
    await addRecall(database, CUPKIN_IN_CANADA)
    await addMatch(db, CUPKIN_ID, BLUE_PAIR, 'affected')
    await addMatch(db, CUPKIN_IN_CANADA_ID, BLUE_PAIR, 'affected')
    await addMatch(db, CUPKIN_IN_CANADA_ID, 'north-only', 'affected')
    assert.equal((await open(CUPKIN_ID)).status, 201)
    const { rows } = await pool.query('select recall_id, jurisdiction from campaigns.campaign_recalls order by recall_id')
    assert.deepEqual(rows, [{ recall_id: CUPKIN_ID, jurisdiction: 'US' }, { recall_id: CUPKIN_IN_CANADA_ID, jurisdiction: 'CA' }]) // prettier-ignore
    const again = await open(CUPKIN_IN_CANADA_ID)
    assert.deepEqual([again.status, again.json['field']], [409, 'recall_id'])
    assert.match(String(again.json['title']), /^The campaign CPSC-23774 executes HC-RA-73917 too: it is the same recall\./)
    assert.deepEqual(await brokenPromises(db, PROMISES), [])
  })

  it('stops a listing that only the other agency names, and tells its seller who does', async () => {
    const { rows } = await pool.query('select listing_id, statement from supply.stops order by listing_id')
    assert.deepEqual(rows.map((row) => row.listing_id), [BLUE_PAIR, 'north-only']) // prettier-ignore
    assert.match(JSON.stringify(rows[1].statement), /RA-73917/)
    assert.doesNotMatch(JSON.stringify(rows[0].statement), /RA-73917/)
  })

  it('judges each line by the recall of its buyer’s jurisdiction, and by its own where there is none', async () => {
    // Ada's second line is after the window of the United States, Dev's before Canada's; Ben's first is inside Canada's alone.
    assert.deepEqual(await told(CUPKIN_ID), {
      [ADA]: 'US CPSC-23774 affected 2',
      [BEN]: 'CA HC-RA-73917 affected 3',
      [CHLOE]: 'US CPSC-23774 affected 2',
      [EVE]: 'US CPSC-23774 affected 1',
      [ZOE]: 'US CPSC-23774 affected 2',
    })
  })

  it('tells each buyer by their own notice: mail, page, and what they may choose', async () => {
    const canadian = /Soojimus Canada|Government of Canada|RA-73917/
    const american = /Consumer Product Safety Commission|23-774/
    const mails = await send(CUPKIN_ID, 1)
    assert.equal(mails.length, 5)
    for (const { to, text: written } of mails) {
      const text = wholeText(written)
      const own = to.address.startsWith(`${BEN}@`)
      assert.match(text, own ? canadian : american, to.address)
      assert.doesNotMatch(text, own ? american : canadian, to.address)
    }
    for (const id of [ADA, BEN, CHLOE]) {
      const page = await pageOf(CUPKIN_ID, id)
      assert.match(page, id === BEN ? canadian : american)
      assert.doesNotMatch(page, id === BEN ? american : canadian)
    }
    const own = await (await ask(pages, buyer(BEN), '/your-recalls', { headers: { accept: 'text/html' } })).text()
    assert.match(own, /CUPKIN/)
  })

  it('changes nothing when it is swept', async () => {
    const before = await told(CUPKIN_ID)
    const swept = await sweepCampaign({ database, enqueue }, { campaignId: CUPKIN_ID, actor: 'rule:sweep', at: AT })
    assert.ok(swept.ok && Object.values(swept.value).every((count) => count === 0))
    assert.deepEqual(await told(CUPKIN_ID), before)
  })

  it('offers a refund only to those whose own recall lists one', async () => {
    const rooms = { database, files: null as never, clock: () => AT, linkKey: LINK_KEY, enqueue, onCaseOpened: async () => {} }
    await pool.query(`update remedies.offers set options = '["replace"]' where jurisdiction = 'CA'`)
    const refund = async (id: string) => (await ask(remedyRoutes(rooms), nobody, `${noticeLink(CUPKIN_ID, id)}/refund`)).status
    assert.deepEqual([await refund(ADA), await refund(BEN), await refund(CHLOE)], [200, 409, 200])
  })
})

describe('a link that becomes known after the campaign was opened', () => {
  const us: Recall = { ...CUPKIN, recallNumber: '24001', url: 'https://www.cpsc.gov/Recalls/2024/Cups-again', jointWith: [] }
  const ca: Recall = { ...CUPKIN_IN_CANADA, recallNumber: 'RA-80001', url: 'https://recalls-rappels.canada.ca/en/again', jointWith: [], remedies: ['replace'] } // prettier-ignore
  const [usId, caId] = ['CPSC-24001', 'HC-RA-80001']
  const address = `/v1/campaigns/${usId}/recalls`

  it('is refused where there is no link, no reason, no campaign, no recall, or a second recall of one agency', async () => {
    await addRecall(database, us)
    await addRecall(database, ca)
    await addMatch(db, usId, PINK_PAIR, 'affected')
    await addLine(db, { buyer: ADA, order: 'p1', listing: PINK_PAIR, at: '2022-05-05T00:00:00Z' })
    await addLine(db, { buyer: BEN, order: 'p2', listing: PINK_PAIR, at: '2022-05-05T00:00:00Z' })
    await addLine(db, { buyer: DEV, order: 'p3', listing: PINK_PAIR, at: '2022-05-05T00:00:00Z' })
    assert.equal((await open(usId)).status, 201)
    const body = { recall_id: caId, reason: 'Both say so.' }
    const cases: [string, object, number, string][] = [
      [address, body, 409, 'recall_id'],
      [address, { ...body, reason: ' ' }, 422, 'reason'],
      [address, { ...body, recall_id: 'HC-0' }, 404, 'recall_id'],
      [address, { ...body, recall_id: CUPKIN_IN_CANADA_ID }, 409, 'recall_id'],
      ['/v1/campaigns/CPSC-0/recalls', body, 404, 'campaign_id'],
      [`/v1/campaigns/${CUPKIN_IN_CANADA_ID}/recalls`, body, 404, 'campaign_id'],
    ]
    for (const [where, content, status, field] of cases) {
      const answer = await post(where, content)
      assert.deepEqual([answer.status, answer.json['field']], [status, field], JSON.stringify([where, content]))
    }
  })

  it('adds the recall for those who were not told anything yet, and leaves what was told', async () => {
    // Ben was reached before the link was known; Dev's mail could not be begun.
    await pool.query(`insert into outreach.deliveries (buyer_id, campaign_id, wave, channel, attempt, started_at, ended_at, outcome)
                      values ('${BEN}', '${usId}', 1, 'email', 1, now(), now(), 'accepted'), ('${DEV}', '${usId}', 0, 'email', 1, now(), now(), 'no_contact')`)
    await pool.query(
      `update outreach.notices set state = 'delivered', state_at = now() where buyer_id = '${BEN}' and campaign_id = '${usId}'`,
    )
    await addRecall(database, { ...ca, title: 'CUPKIN cups recalled, again', jointWith: [{ agency: 'CPSC', url: us.url, number: null, how: 'declared' }] }) // prettier-ignore
    const refused = await open(caId)
    assert.deepEqual([refused.status, refused.json['field']], [409, 'recall_id'])
    assert.match(String(refused.json['title']), /Add HC-RA-80001 to that campaign/)
    await addListing(db, 'north-again')
    await addLine(db, { buyer: DEV, order: 'p4', listing: 'north-again', at: '2023-05-05T00:00:00Z' })
    await addMatch(db, caId, 'north-again', 'affected')
    const added = await post(address, { recall_id: caId, reason: 'Health Canada says so too.' })
    assert.equal(added.status, 201)
    assert.equal(added.json['told_by_it'], 1)
    assert.equal((added.json['counts'] as Record<string, number>)['listings_stopped'], 1)
    assert.deepEqual(await told(usId), {
      [ADA]: `US ${usId} affected 2`,
      [BEN]: `US ${usId} affected 2`,
      [DEV]: `CA ${caId} affected 3`,
    })
    // Buckets are sent side by side: the mails come in no order.
    const mails = await send(usId, 2)
    const [mailToAda, mailToDev] = [ADA, DEV].map((id) => mails.find((mail) => mail.to.address.startsWith(`${id}@`)))
    assert.match(wholeText(mailToAda!.text), /CPSC\s24-001/)
    assert.match(wholeText(mailToDev!.text), /HC\sRA-80001/)
    assert.match(wholeText(mailToDev!.text), /Get your free replacement/)
    assert.match(await pageOf(usId, BEN), /24-001/)
    assert.equal((await post(address, { recall_id: caId, reason: 'Again.' })).status, 409)
    assert.deepEqual(await brokenPromises(db, PROMISES), [])
  })
})

describe('officers who act on one joint recall at the same moment', () => {
  /** A pair of linked recalls of the two agencies, each naming a listing of its own. */
  async function pair(number: number): Promise<[us: string, ca: string]> {
    const url = `https://www.cpsc.gov/Recalls/2025/Cups-${number}`
    await addRecall(database, { ...CUPKIN, recallNumber: `25${number}`, url })
    await addRecall(database, { ...CUPKIN_IN_CANADA, recallNumber: `RA-25${number}`, url: `https://recalls-rappels.canada.ca/en/${number}`, jointWith: [{ agency: 'CPSC', url, number: null, how: 'declared' }] }) // prettier-ignore
    for (const [id, recallId] of [[`us-${number}`, `CPSC-25${number}`], [`ca-${number}`, `HC-RA-25${number}`]] as const) {
      await addListing(db, id)
      await addMatch(db, recallId, id, 'affected')
    } // prettier-ignore
    return [`CPSC-25${number}`, `HC-RA-25${number}`]
  }

  it('open one campaign, whichever notice each of them read', async () => {
    for (let number = 100; number < 106; number++) {
      const [us, ca] = await pair(number)
      const answers = await Promise.all([open(us), open(ca)])
      assert.deepEqual(answers.map((each) => each.status).toSorted(), [201, 409])
      const { rows } = await pool.query('select campaign_id, count(*)::int as recalls from campaigns.campaign_recalls where recall_id = any($1) group by 1', [[us, ca]]) // prettier-ignore
      assert.equal(rows.length, 1)
      assert.equal(rows[0].recalls, 2)
      const stopped = await pool.query('select listing_id from supply.stops where campaign_id = $1 order by 1', [rows[0].campaign_id])
      assert.deepEqual(stopped.rows.map((row) => row.listing_id), [`ca-${number}`, `us-${number}`]) // prettier-ignore
    }
    assert.deepEqual(await brokenPromises(db, PROMISES), [])
  })

  it('lose no ruling on a match of the other notice: it extends the one campaign', async () => {
    for (let number = 200; number < 204; number++) {
      const [us, ca] = await pair(number)
      await addListing(db, `ruled-${number}`)
      await addMatch(db, ca, `ruled-${number}`, 'possibly')
      const ruling = post(`/v1/recalls/${ca}/decisions`, { listing_id: `ruled-${number}`, ruling: 'affected', reason: 'The same cups.' })
      const [opened, ruled] = await Promise.all([open(us), ruling])
      assert.deepEqual([opened.status, ruled.status], [201, 201])
      const { rows } = await pool.query('select 1 from supply.stops where listing_id = $1 and campaign_id = $2', [`ruled-${number}`, us])
      assert.equal(rows.length, 1)
    }
    assert.deepEqual(await brokenPromises(db, PROMISES), [])
  })
})
