import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { brokenAuditEntry } from '../platform/audit.ts'
import { transaction } from '../platform/db.ts'
import { derivedId } from '../platform/ids.ts'
import { signLink } from '../platform/links.ts'
import { lineAnswer } from '../recalls/index.ts'
import { testDatabase } from '../../test/database.ts'
import { ask, nobody } from '../../test/as.ts'
import { CUPKIN_BRIEF } from '../../test/first-wave.ts'
import {
  ADA,
  addLines,
  BASE_URL,
  BEN,
  BLUE_PAIR,
  brokenPromises,
  CUPKIN,
  CUPKIN_ID,
  LINK_KEY,
  noticeLink,
  openMarketplace,
  SENDER,
  ZOE,
} from '../../test/world.ts'
import { findAffectedLines, giftPath, makeNotices, outreachInvariants, reviseBrief, selfCheckRoutes, writeBrief } from './index.ts'
import { checkAnswer, splitCodes } from './self-check-rules.ts'
import { lineValue } from './self-check-pages.ts'
import { CHECK_WORDS } from './self-check-words.ts'
import { LANGUAGES } from './wording/language.ts'

const LOTS = ['A100-A200', '54-T61']
const SCOPE = { soldFrom: '2018-01', soldTo: '2023-03', lots: LOTS, serials: [] as string[] }
const LINE = { orderedAt: new Date('2021-05-01'), units: 1, listing: 'affected' as const }
const say = (lots: string[], differs: Partial<typeof LINE> = {}, allPieces = false) =>
  checkAnswer(SCOPE, { ...LINE, ...differs }, { lots, serials: [], allPieces })

test('one number: in the list, not in it, or not to be told', () => {
  assert.equal(say(['Lot a150']), 'affected')
  assert.equal(say(['B150']), 'no')
  assert.equal(say([]), 'possibly')
  assert.equal(say(['none']), 'possibly', 'that there is no number is no number')
  assert.equal(
    checkAnswer({ ...SCOPE, lots: ['letter F in the 10th position'] }, LINE, { lots: ['B1'], serials: [], allPieces: true }),
    'possibly',
  )
  assert.equal(
    checkAnswer({ ...SCOPE, lots: [] }, LINE, { lots: ['A150'], serials: ['1'], allPieces: true }),
    'possibly',
    'the recall names no numbers',
  )
})

test('of several pieces one that is recalled is enough, and all must be told to be cleared', () => {
  assert.equal(say(['B1', 'A150'], { units: 3 }), 'affected')
  assert.equal(say(['B1', 'B2'], { units: 3 }), 'possibly')
  assert.equal(say(['B1', 'B2'], { units: 3 }, true), 'no')
  assert.equal(say(['B1', 'none'], { units: 3 }, true), 'possibly')
})

test('a listing of which nobody is sure is not made affected by a number, but can be cleared by one', () => {
  const possibly = { ...LINE, listing: 'possibly' as const }
  assert.equal(checkAnswer(SCOPE, possibly, { lots: ['A150'], serials: [], allPieces: false }), 'possibly')
  assert.equal(checkAnswer(SCOPE, possibly, { lots: ['B150'], serials: [], allPieces: false }), 'no')
})

test('with lots and serials, a lot belongs to the serial at its place', () => {
  const both = { ...SCOPE, serials: ['S1'] }
  const of = (lots: string[], serials: string[]) => checkAnswer(both, LINE, { lots, serials, allPieces: false })
  assert.equal(of(['A150'], ['S1']), 'affected')
  assert.equal(of(['B1'], ['S9']), 'no')
  assert.equal(of(['A150'], ['S9']), 'possibly')
  assert.equal(of(['B1'], []), 'possibly', 'half of what is asked clears nothing')
})

test('no number is ever called safe unless the rule of the recall says so of each', () => {
  const codes = fc.oneof(fc.constantFrom('A100', 'A150', 'lot A200', '54-T61', 'B1', 'n/a'), fc.string())
  fc.assert(
    fc.property(fc.array(codes, { maxLength: 4 }), fc.integer({ min: 1, max: 3 }), fc.boolean(), (lots, units, allPieces) => {
      const each = lots.map((lot) => lineAnswer(SCOPE, 'affected', { orderedAt: LINE.orderedAt, lot, serial: null }))
      const answer = say(lots, { units }, allPieces)
      assert.equal(answer === 'affected', each.includes('affected'))
      if (answer === 'no') assert.ok(each.length > 0 && each.every((one) => one === 'no') && (allPieces || units === 1))
    }),
  )
  assert.deepEqual(splitCodes(' A1, A2;\nA1 ,, '), ['A1', 'A2'])
  assert.equal(splitCodes('x,'.repeat(3_000) + Array.from({ length: 99 }, (_, i) => `c${i}`).join()).length, 50)
})

test('every language has every sentence with its places to fill', () => {
  for (const [name, english] of Object.entries(CHECK_WORDS.en)) {
    const places = (english.match(/\{\w+\}/g) ?? []).toSorted()
    for (const language of LANGUAGES) {
      const said = CHECK_WORDS[language][name as keyof typeof CHECK_WORDS.en]
      assert.deepEqual((said.match(/\{\w+\}/g) ?? []).toSorted(), places, `${language} ${name}`)
      assert.ok(said.length > 1, `${language} ${name}`)
    }
  }
})

// A campaign whose recall names lots, which no order line states.
const database = await testDatabase()
let now = new Date('2023-07-21T08:00:00Z')
const routes = selfCheckRoutes({ database, clock: () => now, linkKey: LINK_KEY, baseUrl: BASE_URL, sender: SENDER })
const recall = { ...CUPKIN, scope: { ...CUPKIN.scope, ...SCOPE } }
await openMarketplace(database.db)
await addLines(database.db, [
  { buyer: ADA, order: 'ada-1', quantity: 1 },
  { buyer: BEN, order: 'ben-1' },
  { buyer: BEN, order: 'ben-2' },
  { buyer: ZOE, order: 'zoe-1' },
])
await transaction(database, async (tx) => {
  const at = new Date('2023-07-20T12:00:00Z')
  await writeBrief(tx, { campaignId: CUPKIN_ID, recallId: CUPKIN_ID, brief: { ...CUPKIN_BRIEF, recall }, at })
  await findAffectedLines(tx, { campaignId: CUPKIN_ID, scope: recall.scope, listings: [{ listingId: BLUE_PAIR, answer: 'affected' }], at })
  await makeNotices(tx, { campaignId: CUPKIN_ID, at })
})

const check = (link: string, form: Record<string, string>) =>
  ask(routes, nobody, `${link}/check`, {
    method: 'POST',
    body: new URLSearchParams(form).toString(),
    headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  })
const linkOf = (buyer: string): string => noticeLink(CUPKIN_ID, buyer)
const giftOf = (buyer: string): string => giftPath(LINK_KEY, derivedId(CUPKIN_ID, buyer))

/** `affected 0, possibly 4, cleared 0`: units of the campaign's lines. */
async function books(): Promise<string> {
  const { rows } = await database.pool.query<{ answer: string; units: number }>(
    `select case when cleared_at is null then answer else 'cleared' end as answer, sum(units)::int as units from outreach.affected_lines_view group by 1`,
  )
  const units = (answer: string) => rows.find((row) => row.answer === answer)?.units ?? 0
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
  return `affected ${units('affected')}, possibly ${units('possibly')}, cleared ${units('cleared')}`
}
async function standing(buyer: string): Promise<string> {
  const { rows } = await database.pool.query(
    `select n.answer, n.state, a.how from outreach.notices n left join outreach.acknowledgements a using (buyer_id, campaign_id) where n.buyer_id = $1`,
    [buyer],
  )
  return `${rows[0].answer}, ${rows[0].state}, ${rows[0].how ?? 'open'}`
}

test('a link that is not ours, or of another kind, checks nothing and hands nothing on', async () => {
  const id = derivedId(CUPKIN_ID, ADA)
  for (const link of [
    '/n/x',
    `/n/${signLink(LINK_KEY, 'gift', id)}`,
    `/g/${signLink(LINK_KEY, 'notice', id)}`,
    `/g/${signLink('another', 'gift', id)}`,
  ]) {
    assert.equal((await ask(routes, nobody, `${link}/check`)).status, 404)
    assert.equal((await check(link, { line: lineValue({ orderId: 'ada-1', lineNo: 1 }), lots: 'B1' })).status, 404, link)
  }
  assert.equal((await ask(routes, nobody, `/g/${signLink(LINK_KEY, 'notice', id)}`)).status, 404)
  // Another buyer's line is not on this notice.
  assert.equal((await check(linkOf(ADA), { line: lineValue({ orderId: 'ben-1', lineNo: 1 }), lots: 'B1' })).status, 404)
  assert.equal(await books(), 'affected 0, possibly 8, cleared 0')
})

test('the page says where the number stands, and looking at it records nothing', async () => {
  const text = await (await ask(routes, nobody, `${linkOf(ADA)}/check`)).text()
  assert.ok(text.includes('Is mine affected?') && text.includes(CUPKIN.description.slice(0, 30)))
  assert.match(text, /Lot, batch or date code/)
  assert.ok(!text.includes('Serial number'), 'this recall names no serial numbers')
  const empty = await check(linkOf(ADA), { line: lineValue({ orderId: 'ada-1', lineNo: 1 }), lots: ' , ' })
  assert.equal(empty.status, 422)
  assert.match(await empty.text(), /There is a problem[\s\S]*Write the number/)
  const german = await (await ask(routes, nobody, `${linkOf(ADA)}/check?lang=de`)).text()
  assert.match(german, /<html lang="de[\s\S]*Ist meines betroffen\?/)
  assert.equal(await standing(ADA), 'possibly, pending, open')
})

test('a number that does not settle it leaves everything as it was, and says so kindly', async () => {
  const text = await (await check(linkOf(ADA), { line: lineValue({ orderId: 'ada-1', lineNo: 1 }), lots: 'B1' })).text()
  assert.match(text, /We cannot tell yet/, 'a pair is two units, and one number says nothing of the other')
  assert.match(text, new RegExp(SENDER.address))
  assert.equal(await books(), 'affected 0, possibly 8, cleared 0')
  assert.equal(await standing(ADA), 'possibly, delivered, open')
})

test('not recalled: the line is cleared by a row that says who, when and why, and stays in the books', async () => {
  assert.match(
    await (await check(linkOf(ADA), { line: lineValue({ orderId: 'ada-1', lineNo: 1 }), lots: 'B1, B2', all: 'yes' })).text(),
    /Yours is not recalled/,
  )
  assert.equal(await books(), 'affected 0, possibly 6, cleared 2')
  assert.equal(await standing(ADA), 'possibly, delivered, self_check')
  const { rows } = await database.pool.query(
    `select check_no, actor, stated, answer from outreach.line_checks order by check_no desc limit 1`,
  )
  assert.deepEqual(rows, [
    { check_no: 2, actor: `buyer:${ADA}`, stated: { lots: ['B1', 'B2'], serials: [], allPieces: true }, answer: 'no' },
  ])
})

test('of two lines one is cleared: the notice is still open', async () => {
  await check(linkOf(BEN), { line: lineValue({ orderId: 'ben-1', lineNo: 1 }), lots: 'B1', all: 'yes' })
  assert.equal(await books(), 'affected 0, possibly 4, cleared 4')
  assert.equal(await standing(BEN), 'possibly, delivered, open')
})

test('recalled: the line and the notice are affected, and no other number takes that back', async () => {
  assert.match(
    await (await check(linkOf(BEN), { line: lineValue({ orderId: 'ben-2', lineNo: 1 }), lots: 'lot A150' })).text(),
    /Yours is recalled. Stop using it now/,
  )
  assert.equal(await books(), 'affected 2, possibly 2, cleared 4')
  assert.equal(await standing(BEN), 'affected, delivered, open')
  assert.equal(
    (await check(linkOf(BEN), { line: lineValue({ orderId: 'ben-2', lineNo: 1 }), lots: 'B1', all: 'yes' })).status,
    404,
    'it is not asked any more',
  )
  assert.equal(await books(), 'affected 2, possibly 2, cleared 4')
})

test('whoever was given the product checks it and has read the notice, and sees neither name, order nor code', async () => {
  const page = await (await ask(routes, nobody, giftOf(ZOE))).text()
  const checking = await (await ask(routes, nobody, `${giftOf(ZOE)}/check`)).text()
  for (const text of [page, checking]) {
    for (const secret of ['Zoe', 'zoe-1', '@buyers', '19.99', '2022', linkOf(ZOE)]) assert.ok(!text.includes(secret), secret)
  }
  assert.equal(await standing(ZOE), 'possibly, pending, open')
  const give = await (await ask(routes, nobody, `${linkOf(ZOE)}/give`)).text()
  assert.ok(give.includes(`${BASE_URL}${giftOf(ZOE)}`))
  const read = { method: 'POST', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' } }
  for (const _ of [1, 2]) assert.equal((await ask(routes, nobody, `${giftOf(ZOE)}/acknowledge`, read)).status, 303)
  assert.equal(await standing(ZOE), 'possibly, delivered, receiver')
})

test('guessing is slowed down: so many numbers in an hour, and not one more', async () => {
  const line = /name="line" value="([^"]+)"/.exec(await (await ask(routes, nobody, `${giftOf(ZOE)}/check`)).text())![1]!
  const statuses = []
  for (let n = 0; n < 12; n++) statuses.push((await check(n % 2 === 0 ? linkOf(ZOE) : giftOf(ZOE), { line, lots: `B${n}` })).status)
  assert.deepEqual(
    statuses.slice(0, 10),
    Array.from({ length: 10 }, () => 200),
  )
  assert.deepEqual(statuses.slice(10), [429, 429])
  now = new Date(now.getTime() + 3_600_001)
  assert.equal((await check(linkOf(ZOE), { line, lots: 'B1' })).status, 200)
  assert.equal(await brokenAuditEntry(database.db), null)
})

test('numbers that the agency adds later count: what was cleared by one of them is so no longer', async () => {
  const wider = { ...recall, scope: { ...recall.scope, lots: [...LOTS, 'B1'] } }
  await transaction(database, (tx) => reviseBrief(tx, { campaignId: CUPKIN_ID, recall: wider, at: now }))
  assert.equal(await books(), 'affected 6, possibly 2, cleared 0')
  assert.equal(await standing(ADA), 'affected, pending, self_check')
  const { rows } = await database.pool.query(
    `select actor, answer, brief_no from outreach.line_checks where buyer_id = $1 order by check_no desc limit 1`,
    [ADA],
  )
  assert.deepEqual(rows, [{ actor: 'rule:revised-recall', answer: 'affected', brief_no: 2 }])
})
