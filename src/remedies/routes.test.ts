import { after, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { testDatabase } from '../../test/database.ts'
import type { Tx } from '../platform/db.ts'
import { openFiles } from '../platform/files.ts'
import { buildApp, type Principals } from '../platform/http.ts'
import { signLink } from '../platform/links.ts'
import { openLog } from '../platform/log.ts'
import { demoPayments } from './demo-payments.ts'
import type { PaymentsPort } from './payments.ts'
import { PHOTO_BYTES_MAX } from './photograph.ts'
import { findCase } from './queries.ts'
import { routes } from './routes.ts'
import { settleRefunds } from './settle-refunds.ts'
import { photograph } from '../../test/photograph.ts'
import { assertPromises, paidTo, seedCampaign, type OwedBuyer } from '../../test/remedy-books.ts'
import { ANDERS, LINK_KEY, noticeLink } from '../../test/world.ts'

const database = await testDatabase()
const home = await mkdtemp(path.join(tmpdir(), 'tocsin-remedies-'))
after(() => rm(home, { recursive: true, force: true }))
const AT = new Date('2026-05-02T09:30:00Z')
const log = openLog('silent')
const jobs: string[] = []

const LINK = { who: 'everyone', sees: 'link' } as const
const principals: Principals = { staff: null, buyer: null }
const app = buildApp({
  access: {
    'GET /n/:token/refund': LINK,
    'POST /n/:token/refund': LINK,
    'GET /n/:token/proof': LINK,
    'POST /n/:token/proof': LINK,
    'GET /n/:token/case': LINK,
    'GET /v1/campaigns/:campaignId/proofs/:hash': { who: ['officer'], sees: 'everything' },
  },
  principals: async () => principals,
  log,
  routes: [
    routes({
      database,
      files: openFiles(home),
      clock: () => AT,
      linkKey: LINK_KEY,
      enqueue: async (_tx: Tx, name: string) => void jobs.push(name),
      onCaseOpened: async () => {},
    }),
  ],
})

/** A browser on a link: pages are read, forms are sent from our own pages. */
function get(address: string): Promise<Response> {
  return Promise.resolve(app.request(`http://shop.test${address}`, { headers: { accept: 'text/html' } }))
}

function post(address: string, body: FormData | URLSearchParams | string, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: 'POST', body, headers: { accept: 'text/html', origin: 'http://shop.test', ...headers } }
  return Promise.resolve(app.request(`http://shop.test${address}`, init))
}

function ask(link: string): Promise<Response> {
  return post(`${link}/refund`, new URLSearchParams({ remedy: 'refund' }))
}

function send(link: string, bytes: Uint8Array, name = 'IMG_0001.jpg'): Promise<Response> {
  const form = new FormData()
  form.set('photo', new File([new Uint8Array(bytes)], name))
  return post(`${link}/proof`, form)
}

async function assertPage(response: Response, status: number, ...words: RegExp[]): Promise<string> {
  const text = await response.text()
  assert.equal(response.status, status, text)
  assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
  assert.equal(response.headers.get('cache-control'), 'private, no-store')
  for (const each of words) assert.match(text, each)
  assert.equal(text.match(/<h1/g)?.length, 1, 'one heading')
  return text
}

function assertGoesTo(response: Response, address: string): void {
  assert.deepEqual([response.status, response.headers.get('location')], [303, address])
}

let buyers = 0
/** A buyer of one pair of cups, and their link. */
async function newBuyer(
  campaign: { options?: ['repair']; proof?: 'none' } = {},
  lines?: OwedBuyer['lines'],
): Promise<{ buyerId: string; campaignId: string; link: string }> {
  const [buyerId, campaignId] = [`B-${++buyers}`, `R-${buyers}`]
  const buyer = { buyerId, lines: lines ?? [{ orderId: `O-${buyers}`, units: 2, amountMinor: 1999 }] }
  await seedCampaign(database, { campaignId, buyers: [buyer], ...campaign })
  return { buyerId, campaignId, link: noticeLink(campaignId, buyerId) }
}

function settle(payments: PaymentsPort = demoPayments(database, () => AT)): Promise<unknown> {
  return settleRefunds({ database, payments, clock: () => AT, log })
}

describe('a link that is not good', () => {
  it('opens nothing: garbage, another purpose, another key, a notice that is not there', async () => {
    const id = '0b54c3a2-7b1f-4f0e-9d58-0a3f3c1d2e4f'
    const tokens = [
      'x',
      'a'.repeat(38),
      signLink(LINK_KEY, 'unsubscribe', id),
      signLink('other', 'notice', id),
      signLink(LINK_KEY, 'notice', id),
    ]
    for (const token of tokens) {
      for (const step of ['refund', 'proof', 'case']) await assertPage(await get(`/n/${token}/${step}`), 404, /This link is not complete/)
      await assertPage(await ask(`/n/${token}`), 404)
      await assertPage(await send(`/n/${token}`, Buffer.from('x')), 404)
    }
  })
})

describe('asking for the refund', () => {
  it('is not offered where the recall pays nothing back, where nothing is sure, and where nothing was paid', async () => {
    const repair = await newBuyer({ options: ['repair'] })
    const possibly = await newBuyer({}, [{ orderId: 'O', units: 2, amountMinor: 1999, answer: 'possibly' }])
    const gift = await newBuyer({}, [{ orderId: 'O', units: 2, amountMinor: 0 }])
    for (const [{ link }, words] of [
      [repair, /does not pay money back/],
      [possibly, /cannot tell yet/],
      [gift, /paid nothing/],
    ] as const) {
      await assertPage(await get(`${link}/refund`), 409, words)
      await assertPage(await ask(link), 409, words)
    }
    await assertPage(await get(`${repair.link}/case`), 409)
    assertGoesTo(await get(`${possibly.link}/case`), `${possibly.link}/refund`)
  })

  it('is refused from another site and without the button', async () => {
    const { link, campaignId, buyerId } = await newBuyer()
    const forged = await post(`${link}/refund`, new URLSearchParams({ remedy: 'refund' }), { origin: 'http://evil.test' })
    assert.ok(forged.status >= 400, `${forged.status}`)
    for (const body of [new URLSearchParams(), new URLSearchParams({ remedy: 'gold' })]) {
      await assertPage(await post(`${link}/refund`, body), 422, /There is a problem/, /href="#remedy"/, /<title>Error: /)
    }
    await assertPage(await post(`${link}/refund`, 'no form at all', { 'content-type': 'text/plain' }), 422)
    assert.equal(await findCase(database.db, { campaignId, buyerId }), null)
  })

  it('shows the cups, the sum, what is asked and how to destroy them, then leads to the photograph', async () => {
    const { link } = await newBuyer()
    const text = await assertPage(
      await get(`${link}/refund`),
      200,
      /Get \$19\.99 back for your 2 children&#39;s cups/,
      /CUPKIN Stainless Steel Kids Cups/,
      /July 3, 2021/,
    )
    assert.match(text, /We ask for one photo/)
    assert.match(text, /Cut, break or bend them/)
    assertGoesTo(await ask(link), `${link}/proof`)
    assertGoesTo(await ask(link), `${link}/proof`)
    assertGoesTo(await get(`${link}/refund`), `${link}/proof`)
  })

  it('leads straight to the case where no proof is asked', async () => {
    const { link } = await newBuyer({ proof: 'none' })
    await assertPage(await get(`${link}/refund`), 200, /We ask for no proof/)
    assertGoesTo(await ask(link), `${link}/case`)
    await assertPage(await get(`${link}/case`), 200, /We have asked for your refund of \$19\.99/)
    assertGoesTo(await get(`${link}/proof`), `${link}/case`)
  })

  it('writes what a person may have put into a title as text', async () => {
    await sql`insert into catalog.listings (listing_id, seller_id, title, attributes, currency, pack_units, content_sha256, updated_at)
              values ('L-evil', ${ANDERS}, '<script>alert(1)</script>', '{}', 'USD', 1, '\\x00', now())`.execute(database.db)
    const { link, buyerId } = await newBuyer()
    await sql`update outreach.affected_lines set listing_id = 'L-evil' where buyer_id = ${buyerId}`.execute(database.db)
    assert.doesNotMatch(await assertPage(await get(`${link}/refund`), 200), /<script>/)
  })
})

describe('sending the photograph', () => {
  it('asks for the refund first', async () => {
    const { link } = await newBuyer()
    assertGoesTo(await get(`${link}/proof`), `${link}/refund`)
    assertGoesTo(await send(link, await photograph(1)), `${link}/refund`)
  })

  it('says what is wrong, at the top and beside the field', async () => {
    const { link } = await newBuyer()
    await ask(link)
    const black = await sharp({ create: { width: 640, height: 480, channels: 3, background: 'black' } })
      .jpeg()
      .toBuffer()
    const empty = new FormData()
    empty.set('photo', new File([], ''))
    const words = new FormData()
    words.set('photo', 'not a file')
    const cases: [Promise<Response>, number, RegExp][] = [
      [post(`${link}/proof`, empty), 422, /Photo: choose the photo first/],
      [post(`${link}/proof`, words), 422, /Photo: choose the photo first/],
      [post(`${link}/proof`, new FormData()), 422, /Photo: choose the photo first/],
      [post(`${link}/proof`, 'garbage', { 'content-type': 'multipart/form-data; boundary=x' }), 422, /Photo: choose the photo first/],
      [send(link, Buffer.from('hello')), 422, /Photo: this file is not a picture we can read \(we take JPEG, PNG, WebP\)/],
      [send(link, Buffer.alloc(PHOTO_BYTES_MAX + 1)), 413, /Photo: this file is larger than 15 MB/],
      [send(link, Buffer.alloc(PHOTO_BYTES_MAX * 2)), 413, /Photo: this file is larger than 15 MB/],
      [send(link, black), 422, /Photo: this picture is all one color/],
    ]
    for (const [response, status, message] of cases) {
      const text = await assertPage(await response, status, /role="alert"/, /href="#photo"/, /aria-invalid="true"/, /<title>Error: /)
      assert.equal(text.match(new RegExp(message, 'g'))?.length, 2, `${String(message)} stands at the top and beside the field`)
    }
    await assertPage(await get(`${link}/case`), 200, /could not accept your photo/, /all one color/)
  })

  it('leads to the case, once, however often the form is sent', async () => {
    const { link, buyerId } = await newBuyer()
    await ask(link)
    const photo = await photograph(2)
    const before = jobs.length
    for (const response of await Promise.all([send(link, photo), send(link, photo), send(link, await photograph(3))])) {
      assertGoesTo(response, `${link}/case`)
    }
    assertGoesTo(await send(link, photo), `${link}/case`)
    assert.equal(jobs.length - before, 1)
    await Promise.all([settle(), settle()])
    assertGoesTo(await ask(link), `${link}/case`)
    assertGoesTo(await send(link, photo), `${link}/case`)
    await settle()
    assert.deepEqual(await paidTo(database, buyerId), [{ amountMinor: 1999, currency: 'USD' }])
    await assertPage(await get(`${link}/case`), 200, /We paid you back \$19\.99/, /demonstration\. No real money/, /Reference: demo-/)
    await assertPromises(database)
  })
})

describe('the page of a case', () => {
  it('says what was refused, why, and what to do', async () => {
    const { link } = await newBuyer()
    await ask(link)
    await send(link, await photograph(4))
    await settle({ refund: async () => ({ outcome: 'refused', answer: 'The card was closed.' }) })
    const text = await assertPage(
      await get(`${link}/case`),
      200,
      /Your refund did not go through/,
      /The card was closed\./,
      /answer our e-mail/,
    )
    assert.match(text, /Call Soojimus at 888-721-0096/)
  })

  it('keeps each currency apart', async () => {
    const { link } = await newBuyer({ proof: 'none' }, [
      { orderId: 'O-1', units: 2, amountMinor: 1999 },
      { orderId: 'O-2', units: 2, amountMinor: 1500, currency: 'JPY' },
    ])
    await ask(link)
    const settled: PaymentsPort = {
      refund: async ({ currency }) => (currency === 'USD' ? { outcome: 'paid', reference: 'ch_1' } : { outcome: 'refused', answer: 'No.' }),
    }
    await settle(settled)
    const text = await assertPage(
      await get(`${link}/case`),
      200,
      /\$19\.99: paid back/,
      /¥1,500: refused/,
      /Your refund did not go through/,
    )
    assert.doesNotMatch(text, /demonstration/)
    await assertPromises(database)
  })
})

describe('the photograph for the desk', () => {
  it('is for officers, and for photographs of the campaign only', async () => {
    const { link, campaignId } = await newBuyer()
    await ask(link)
    await send(link, await photograph(5))
    const { rows } = await sql<{ hash: string }>`
      select file_sha256 as hash from remedies.proofs_view where campaign_id = ${campaignId}`.execute(database.db)
    const address = `/v1/campaigns/${campaignId}/proofs/${rows[0]!.hash}`
    assert.equal((await get(address)).status, 401)
    principals.staff = { kind: 'seller', userId: 'u-2', name: 'Sam', sellerId: ANDERS }
    assert.equal((await get(address)).status, 403)
    principals.staff = { kind: 'officer', userId: 'u-1', name: 'Ada' }
    try {
      for (const other of [
        address.replace(campaignId, 'R-1'),
        address.slice(0, -1),
        `${address.slice(0, -64)}${'0'.repeat(64)}`,
        `${address}'`,
      ]) {
        assert.equal((await get(other)).status, 404, other)
      }
      const response = await get(address)
      assert.deepEqual(
        [response.status, response.headers.get('content-type'), response.headers.get('x-content-type-options')],
        [200, 'image/jpeg', 'nosniff'],
      )
      assert.match(response.headers.get('content-disposition') ?? '', /^inline; filename="proof-[0-9a-f]{12}\.jpg"$/)
      assert.equal((await sharp(await response.arrayBuffer()).metadata()).format, 'jpeg')
    } finally {
      principals.staff = null
    }
  })
})
