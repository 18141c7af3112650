/** Business accounts through the front door: who administers one is told once per campaign, and no buyer is counted twice. */
import { beforeEach, test } from 'node:test'
import assert from 'node:assert/strict'
import { wholeText, type MailMessage, type MailOutcome, type MailTransport } from '../../platform/mail.ts'
import { askAll, officer } from '../../../test/as.ts'
import { testDatabase } from '../../../test/database.ts'
import { CUPKIN_BRIEF, openOutreach, QUICK, sendDeps } from '../../../test/first-wave.ts'
import { addBuyer, addLines, BASE_URL, brokenPromises, CUPKIN_ID, LINK_KEY, openMarketplace } from '../../../test/world.ts'
import { isNoticeCode } from '../code.ts'
import { administratorRoutes, campaignsOwingAdministrators, outreachInvariants, reachOf, sendWave, takeReturns, tellAdministrators } from '../index.ts' // prettier-ignore
import { findingText, lintNotice } from '../linter/lint.ts'
import { readMessageKey } from '../message-id.ts'
import { ACCOUNT_WORDS } from '../wording/account-words.ts'
import { forAdministrator } from '../wording/account-notice.ts'
import { LANGUAGES } from '../wording/language.ts'
import { writeNotice } from '../wording/write-notice.ts'
import { JURISDICTIONS } from '../../recalls/index.ts'

const database = await testDatabase()
const OPENED = new Date('2026-03-02T09:00:00Z')
let now = OPENED
let sent: MailMessage[] = []
let answerFor: (to: string) => MailOutcome['outcome'] | Promise<MailOutcome['outcome']> = () => 'accepted'
const mail: MailTransport = {
  async send(message) {
    const outcome = await answerFor(message.to.address)
    if (outcome === 'accepted') sent.push(message)
    return { outcome, answer: '' }
  },
  close() {},
}
const deps = { ...sendDeps(database, mail), clock: () => now }

beforeEach(async () => {
  await database.pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets,
              outreach.deliveries, outreach.acknowledgements, outreach.returns, outreach.unmatched_returns, outreach.account_notices,
              outreach.account_deliveries, outreach.account_runs`,
  )
  sent = []
  answerFor = () => 'accepted'
  now = OPENED
})

/** Two buyers of the office that Olga administers, one of another who administers their own account, and one who buys alone. */
async function open(): Promise<void> {
  await openMarketplace(database.db)
  await addBuyer(database.db, 'olga', { name: 'Olga Office', country: 'US' })
  await addLines(database.db, [{ buyer: 'pat', quantity: 3 }, { buyer: 'quinn' }, { buyer: 'own' }, { buyer: 'alone' }])
  await database.pool.query(`update catalog.buyers set administrator_id = 'olga' where buyer_id in ('pat', 'quinn')`)
  await database.pool.query(`update catalog.buyers set administrator_id = 'own' where buyer_id = 'own'`)
  await openOutreach(database, OPENED)
}

const tell = () => tellAdministrators(deps, { campaignId: CUPKIN_ID })
const toOlga = () => sent.filter((message) => message.to.address === 'olga@buyers.example')

async function promisesHold(): Promise<void> {
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
}

async function listed(): Promise<string[]> {
  type Row = { administrator_id: string; buyers: number; units: number; state: string; state_reason: string }
  const rows = await askAll<Row>(administratorRoutes({ database }), officer(), `/v1/campaigns/${CUPKIN_ID}/administrators`, 1)
  return rows.map((row) => `${row.administrator_id}: ${row.buyers} buyers, ${row.units} units, ${row.state}: ${row.state_reason}`)
}

test('without business accounts nobody is told beside the buyers', async () => {
  await openMarketplace(database.db)
  await addLines(database.db, [{ buyer: 'alone' }])
  await openOutreach(database, OPENED)
  assert.deepEqual(await tell(), { told: 0, ended: 0, again: 0 })
  assert.deepEqual([sent.length, await listed()], [0, []])
})

test('an administrator gets one message for all their buyers, and every buyer their own', async () => {
  await open()
  await sendWave(deps, { campaignId: CUPKIN_ID, wave: 1, pace: QUICK })
  assert.deepEqual(await tell(), { told: 1, ended: 0, again: 0 })
  assert.deepEqual(await tell(), { told: 0, ended: 0, again: 0 })
  assert.equal(toOlga().length, 1)
  const [message] = toOlga()
  const text = wholeText(message!.text)
  assert.match(message!.subject, /^Recall: stop using CUPKIN/)
  assert.match(text, /you administer a business account with us\. Bought in it: 8 cups\. People who bought: 2\./)
  assert.match(text, /1\. Stop using these cups now\..*\n2\. Tell the people in your account\./)
  assert.match(text, /\/recalls\/CPSC-23774/)
  // What is one buyer's own is in no message to somebody else.
  for (const body of [text, wholeText(message!.html)]) assert.doesNotMatch(body, /\/n\/|pat|quinn|\$19\.99|Choose your refund|undefined/i)
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}(?=\n|<|$)/.exec(text)![0]
  assert.ok(isNoticeCode(LINK_KEY, CUPKIN_ID, code))
  assert.deepEqual(await listed(), ['olga: 2 buyers, 8 units, told: their mail server took the e-mail'])
  const reach = await reachOf(database.db, CUPKIN_ID)
  assert.deepEqual([reach.identified, reach.notices, reach.delivered, reach.mailsAccepted], [4, 4, 4, 4])
  await promisesHold()
})

test('who has no address or is refused has ended; who is put off is told later, under the same message id', async () => {
  await open()
  const ids: string[] = []
  deps.mail = { ...mail, send: async (message) => (ids.push(message.messageId), { outcome: 'refused_for_now', answer: '450' }) }
  assert.deepEqual(await tell(), { told: 0, ended: 0, again: 1 })
  assert.deepEqual(await campaignsOwingAdministrators(database.db, now), [])
  now = new Date(OPENED.getTime() + 61_000)
  assert.deepEqual(await campaignsOwingAdministrators(database.db, now), [CUPKIN_ID])
  deps.mail = { ...mail, send: async (message) => (ids.push(message.messageId), { outcome: 'accepted', answer: '' }) }
  assert.deepEqual(await tell(), { told: 1, ended: 0, again: 0 })
  deps.mail = mail
  assert.equal(ids.length, 2)
  assert.equal(ids[0], ids[1])
  await database.pool.query(`truncate outreach.account_notices, outreach.account_deliveries`)
  answerFor = () => 'refused'
  assert.deepEqual(await tell(), { told: 0, ended: 1, again: 0 })
  assert.deepEqual(await listed(), ['olga: 2 buyers, 8 units, ended: e-mail refused for good'])
  await database.pool.query(`truncate outreach.account_notices, outreach.account_deliveries`)
  await database.pool.query(`update catalog.buyers set email = null where buyer_id = 'olga'`)
  assert.deepEqual(await tell(), { told: 0, ended: 1, again: 0 })
  assert.deepEqual(await listed(), ['olga: 2 buyers, 8 units, ended: no e-mail address'])
  await promisesHold()
})

test('an account in which more comes into scope is told again, with what stands then', async () => {
  await open()
  await tell()
  await addLines(database.db, [{ buyer: 'rae' }])
  await database.pool.query(`update catalog.buyers set administrator_id = 'olga' where buyer_id = 'rae'`)
  await openOutreach(database, OPENED)
  assert.deepEqual(await tell(), { told: 1, ended: 0, again: 0 })
  const texts = toOlga().map((message) => wholeText(message.text))
  assert.match(texts[1]!, /Bought in it: 10 cups\. People who bought: 3\./)
  assert.notEqual(toOlga()[0]!.messageId, toOlga()[1]!.messageId)
  await promisesHold()
})

test('two workers at once, and one that died in the middle, tell nobody twice but what was in flight', async () => {
  await open()
  let release = (): void => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  let reached = (): void => {}
  const began = new Promise<void>((resolve) => (reached = resolve))
  answerFor = async (): Promise<'accepted'> => (reached(), await held, 'accepted')
  const first = tell()
  await began
  assert.deepEqual(await tell(), { told: 0, ended: 0, again: 0 })
  // The first worker is taken for dead: its lease has run out, and another has the campaign.
  await database.pool.query(`update outreach.account_runs set lease_until = 'epoch'`)
  answerFor = () => 'accepted'
  assert.deepEqual(await tell(), { told: 1, ended: 0, again: 0 })
  release()
  assert.deepEqual(await first, { told: 0, ended: 0, again: 0 })
  assert.equal(toOlga().length, 2)
  assert.equal(toOlga()[0]!.messageId, toOlga()[1]!.messageId)
  assert.deepEqual(await listed(), ['olga: 2 buyers, 8 units, told: their mail server took the e-mail'])
  await promisesHold()
})

test('a message to an administrator that comes back ends theirs, and touches no buyer’s notice', async () => {
  await open()
  await sendWave(deps, { campaignId: CUPKIN_ID, wave: 1, pace: QUICK })
  await tell()
  const message = readMessageKey(LINK_KEY, toOlga()[0]!.messageId)
  const came = { returnKey: 'r-1', kind: 'hard' as const, status: '5.1.1', diagnostic: 'no such user <olga@buyers.example>', message, recipient: 'olga@buyers.example' } // prettier-ignore
  const { counts } = await takeReturns(database, [came], { way: 'file', at: now })
  assert.deepEqual([counts.taken, counts.undone, counts.unmatched], [1, 0, 0])
  assert.deepEqual(await listed(), ['olga: 2 buyers, 8 units, ended: the e-mail came back'])
  const { rows } = await database.pool.query('select string_agg(d::text, $1) as kept from outreach.account_deliveries d', [''])
  assert.doesNotMatch(rows[0].kept, /olga@/)
  assert.equal((await reachOf(database.db, CUPKIN_ID)).delivered, 4)
  await promisesHold()
})

test('what an administrator reads is there in every language, and says nothing that a law here forbids', () => {
  for (const name of ['why', 'tellTitle', 'tellText', 'genuine'] as const)
    assert.equal(new Set(LANGUAGES.map((language) => ACCOUNT_WORDS[language][name])).size, LANGUAGES.length, name)
  for (const language of LANGUAGES) assert.match(ACCOUNT_WORDS[language].why, /\{units\}.*\{buyers\}/)
  for (const jurisdiction of JURISDICTIONS)
    for (const language of LANGUAGES)
      for (const answer of ['affected', 'possibly'] as const) {
        const brief = { ...CUPKIN_BRIEF, jurisdiction }
        const own = writeNotice(brief, { language, answer, baseUrl: BASE_URL })
        const blocked = lintNotice(forAdministrator(own, { buyers: 2, units: 8 }), brief).filter((finding) => finding.level === 'blocks')
        const blockedOwn = lintNotice(own, brief).filter((finding) => finding.level === 'blocks')
        const rules = (findings: typeof blocked): string[] => findings.map((finding) => `${jurisdiction} ${language} ${answer}: ${findingText(finding)}`) // prettier-ignore
        assert.deepEqual(rules(blocked), rules(blockedOwn))
      }
})
