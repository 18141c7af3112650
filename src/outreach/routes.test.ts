import { test } from 'node:test'
import assert from 'node:assert/strict'
import { derivedId } from '../platform/ids.ts'
import { signLink } from '../platform/links.ts'
import { testDatabase } from '../../test/database.ts'
import { ask, buyer, nobody } from '../../test/as.ts'
import { openOutreach } from '../../test/first-wave.ts'
import {
  ADA, addLines, BASE_URL, BEN, BLUE_PAIR, brokenPromises, CUPKIN_ID, LINK_KEY, noticeLink, openMarketplace, SENDER, ZOE,
} from '../../test/world.ts' // prettier-ignore
import { codeCheckRoutes, outreachInvariants, outreachRoutes } from './index.ts'
import { noticeCode } from './code.ts'

const database = await testDatabase()
const AT = new Date('2023-07-21T08:00:00Z')
const routes = outreachRoutes({ database, clock: () => AT, linkKey: LINK_KEY, baseUrl: BASE_URL, sender: SENDER })
const PAGE = { headers: { accept: 'text/html' } }
const FORM = {
  method: 'POST',
  headers: { accept: 'text/html', origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' },
}

await openMarketplace(database.db)
await addLines(database.db, [
  { buyer: ADA, order: 'one', at: '2021-03-04' },
  { buyer: ADA, order: 'two', at: '2022-05-06', quantity: 2 },
  { buyer: BEN },
])
await database.pool.query(`update catalog.listings set title = 'Cups <b>blue</b> & green' where listing_id = $1`, [BLUE_PAIR])
await openOutreach(database, new Date('2023-07-20T12:00:00Z'))

function linkOf(buyerId: string): string {
  return noticeLink(CUPKIN_ID, buyerId)
}

async function rowsOf(buyerId: string): Promise<string> {
  const { rows } = await database.pool.query(
    `select n.state, (select count(*)::int from outreach.deliveries d where d.buyer_id = n.buyer_id and outcome = 'seen') as seen,
            (select how from outreach.acknowledgements a where a.buyer_id = n.buyer_id) as how
       from outreach.notices n where buyer_id = $1`,
    [buyerId],
  )
  return `${rows[0].state}, seen ${rows[0].seen}, ${rows[0].how ?? 'not read'}`
}

async function promisesHold(): Promise<void> {
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
}

test('a link that is not ours opens nothing and confirms nothing', async () => {
  const genuine = linkOf(ADA)
  const forged = [
    '/n/x',
    `/n/${'A'.repeat(38)}`,
    `${genuine.slice(0, -1)}${genuine.endsWith('A') ? 'B' : 'A'}`,
    `/n/${signLink(LINK_KEY, 'another purpose', derivedId(CUPKIN_ID, ADA))}`,
    `/n/${signLink('another key', 'notice', derivedId(CUPKIN_ID, ADA))}`,
    `/n/${signLink(LINK_KEY, 'notice', derivedId(CUPKIN_ID, 'nobody'))}`,
  ]
  for (const link of forged) {
    const page = await ask(routes, nobody, link, PAGE)
    assert.equal(page.status, 404, link)
    assert.equal((await ask(routes, nobody, `${link}/acknowledge`, FORM)).status, 404, link)
  }
  assert.equal(await rowsOf(ADA), 'pending, seen 0, not read')
})

test('anyone can check the code of a message on the page of its recall, and learns nothing else by it', async () => {
  const codes = codeCheckRoutes({ database, linkKey: LINK_KEY })
  const check = async (recall: string, code: string): Promise<string> => {
    const response = await ask(codes, nobody, `/recalls/${recall}/code?code=${encodeURIComponent(code)}`, PAGE)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    return await response.text()
  }
  for (const address of [`/recalls/${CUPKIN_ID}/code`, `/recalls/${CUPKIN_ID}/code?code=${'A'.repeat(41)}`])
    assert.equal((await ask(codes, nobody, address, PAGE)).status, 422)
  const [, code] = /([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(await (await ask(routes, nobody, linkOf(ADA), PAGE)).text())!
  const other = noticeCode(LINK_KEY, { campaignId: 'CPSC-0', noticeId: derivedId(CUPKIN_ID, ADA) })
  for (const [recall, typed] of [
    [CUPKIN_ID, '<b>'],
    [CUPKIN_ID, other],
    [CUPKIN_ID, `${code} 0`],
    ['CPSC-0', code!],
    ['%00', code!],
  ] as const) {
    const page = await check(recall, typed)
    assert.match(page, /<h1>This code is not ours<\/h1>/, typed)
    assert.ok(!page.includes('<b>'))
  }
  const page = await check(CUPKIN_ID, code!.toLowerCase().replace('-', ' '))
  assert.match(page, /<h1>This code is ours<\/h1>/)
  assert.doesNotMatch(page, /Ada|cups/)
  assert.equal(await rowsOf(ADA), 'pending, seen 0, not read')
})

test('another site cannot press the button', async () => {
  const foreign = { ...FORM, headers: { ...FORM.headers, origin: 'https://evil.example' } }
  assert.equal((await ask(routes, nobody, `${linkOf(ADA)}/acknowledge`, foreign)).status, 403)
  assert.equal(await rowsOf(ADA), 'pending, seen 0, not read')
})

test('the page of a notice says what to do first, and looking at it by a link records nothing', async () => {
  const response = await ask(routes, nobody, linkOf(ADA), PAGE)
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('cache-control'), 'no-store')
  const text = await response.text()
  assert.ok(text.indexOf('Stop using these cups now') < text.indexOf('What to do now'))
  assert.ok(text.indexOf('What to do now') < text.indexOf('levels of lead'))
  assert.match(text, /Choose your refund: \$59\.97/)
  assert.match(text, new RegExp(`href="${linkOf(ADA)}/refund"`))
  assert.match(text, /Cups &lt;b&gt;blue&lt;\/b&gt; &amp; green/)
  assert.match(text, /March 4, 2021/)
  assert.match(text, /4 cups/)
  assert.ok(!text.includes('@buyers.example') && !text.includes('Ada Osei'), 'whoever holds the link learns no name or address')
  assert.equal(await rowsOf(ADA), 'pending, seen 0, not read')
})

test('“I have read this” is recorded once, and delivers the notice', async () => {
  for (const _ of [1, 2]) {
    const pressed = await ask(routes, nobody, `${linkOf(ADA)}/acknowledge`, FORM)
    assert.equal(pressed.status, 303)
    assert.equal(pressed.headers.get('location'), `${linkOf(ADA)}#read`)
  }
  assert.equal(await rowsOf(ADA), 'delivered, seen 1, button')
  const text = await (await ask(routes, nobody, linkOf(ADA), PAGE)).text()
  assert.match(text, /You told us on July 21, 2023/)
  await promisesHold()
})

test('a buyer’s own page lists only their notices, and has been seen unless the browser only fetches ahead', async () => {
  await ask(routes, buyer(BEN), '/your-recalls', { headers: { accept: 'text/html', 'sec-purpose': 'prefetch' } })
  assert.equal(await rowsOf(BEN), 'pending, seen 0, not read')
  for (const _ of [1, 2]) {
    const text = await (await ask(routes, buyer(BEN), '/your-recalls', PAGE)).text()
    assert.match(text, new RegExp(`href="${linkOf(BEN)}"`))
    assert.ok(!text.includes(linkOf(ADA)))
  }
  assert.equal(await rowsOf(BEN), 'delivered, seen 1, not read')
  const empty = await (await ask(routes, buyer(ZOE), '/your-recalls', PAGE)).text()
  assert.match(empty, /Nothing you bought from us is recalled/)
  await promisesHold()
})

test('the same code stands on the notice’s page and in the account', async () => {
  const code = />([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(await (await ask(routes, nobody, linkOf(BEN), PAGE)).text())?.[1]
  assert.ok(code !== undefined)
  assert.ok((await (await ask(routes, buyer(BEN), '/your-recalls', PAGE)).text()).includes(code))
})

test('the page shows where the case stands, in each state', async () => {
  const states: [string, RegExp, string][] = [
    ['awaiting_proof', /Send us the photo/, 'proof'],
    ['refund_asked', /Your refund is on its way \(\$19\.99\)/, 'case'],
    ['refunded', /Your refund is paid \(\$19\.99\)/, 'case'],
    ['refund_refused', /Your refund did not go through \(\$19\.99\)/, 'case'],
  ]
  await database.pool.query(
    `insert into remedies.cases (buyer_id, campaign_id, case_id, remedy, opened_at, state, state_at)
     values ('ben', $1, gen_random_uuid(), 'refund', $2, 'awaiting_proof', $2)`,
    [CUPKIN_ID, AT],
  )
  await database.pool.query(
    `insert into remedies.refunds (buyer_id, campaign_id, currency, amount_minor, idempotency_key, asked_at, next_try_at)
     values ('ben', $1, 'USD', 1999, 'k', $2, $2)`,
    [CUPKIN_ID, AT],
  )
  for (const [state, words, where] of states) {
    await database.pool.query('update remedies.cases set state = $1', [state])
    const text = await (await ask(routes, nobody, linkOf(BEN), PAGE)).text()
    assert.match(text, words)
    assert.ok(text.includes(`${linkOf(BEN)}/${where}`), state)
    assert.ok(!text.includes(`${linkOf(BEN)}/refund"`), 'the refund is chosen already')
  }
})

test('a buyer who does not have the product any more says so by the same form; a word that nobody offered counts as read', async () => {
  const text = await (await ask(routes, nobody, `${linkOf(BEN)}?lang=de`, PAGE)).text()
  const [, gone] = /formaction="([^"]+)">Ich habe dieses Produkt nicht mehr/.exec(text) ?? []
  assert.equal(gone, `${linkOf(BEN)}/acknowledge?how=no_longer_owned&amp;lang=de`)
  assert.equal((await ask(routes, nobody, gone!.replace('&amp;', '&'), FORM)).status, 303)
  assert.equal(await rowsOf(BEN), 'delivered, seen 1, no_longer_owned')
  assert.equal((await ask(routes, nobody, `${linkOf(ADA)}/acknowledge?how=case`, FORM)).status, 303)
  assert.equal(await rowsOf(ADA), 'delivered, seen 1, button')
})
