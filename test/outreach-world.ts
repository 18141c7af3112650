/** What tests of outreach stand on: the CUPKIN recall, a marketplace with its buyers and orders, and a mail server that can misbehave. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { Database } from '../src/platform/db.ts'
import { systemClock } from '../src/platform/clock.ts'
import { transaction } from '../src/platform/db.ts'
import { openLog } from '../src/platform/log.ts'
import { openMailTransport, type MailTransport } from '../src/platform/mail.ts'
import type { Recall } from '../src/recalls/index.ts'
import { findAffectedLines, makeNotices, startWave, writeBrief, type NoticeBrief, type Pace, type SendDeps } from '../src/outreach/index.ts'

export const CAMPAIGN = 'CPSC-23774'
export const LINK_KEY = 'a key of the tests'
export const BASE_URL = 'https://recalls.example'
export const SENDER = { name: 'Product safety', address: 'product-safety@marketplace.example' }

/** The words of CPSC's own notice. */
export const CUPKIN: Recall = {
  agency: 'CPSC',
  recallNumber: '23774',
  kind: 'recall',
  title: "Soojimus Recalls CUPKIN Stainless Steel Children's Cups Due to Violation of Federal Lead Content Ban (Recall Alert)",
  publishedOn: '2023-07-20',
  url: 'https://www.cpsc.gov/Recalls/2023/Soojimus-Recalls-CUPKIN-Stainless-Steel-Childrens-Cups-Due-to-Violation-of-Federal-Lead-Content-Ban-Recall-Alert',
  description:
    'This recall involves improperly manufactured 8 oz. and 12 oz. models of CUPKIN Double-Walled Stainless Steel Children\'s Cups sold in pairs. "Cupkin" is printed on the front bottom of the cups.',
  products: [{ name: "CUPKIN Double-Walled Stainless Steel Children's Cups", model: null, unitsText: 'About 346,000' }],
  hazardText:
    'The stainless-steel cups contain levels of lead that exceed the federal lead content ban. Lead is toxic if ingested by young children and can cause adverse health effects.',
  remedyText:
    'Consumers should immediately take the cups away from children and stop using them. Contact Soojimus for a full refund. Soojimus and Amazon are contacting all known purchasers directly.',
  incidentText: 'None reported',
  soldText: 'Online at Amazon.com and Cupkin.com from January 2018 through March 2023 for about $20.',
  contactText: null,
  firms: [],
  countriesOfOrigin: ['China'],
  images: [
    { url: 'https://www.cpsc.gov/s3fs-public/cupkin12oz_0.png', caption: null },
    { url: 'https://www.cpsc.gov/s3fs-public/cupkin8oz.png', caption: null },
  ],
  hazards: ['lead'],
  remedies: ['refund'],
  proofOfDestruction: true,
  incidents: 0,
  injuries: 0,
  deaths: 0,
  expands: [],
  childrensProduct: true,
  scope: {
    brands: ['CUPKIN'],
    productNouns: ["children's cup"],
    models: [],
    gtins: [],
    lots: [],
    serials: [],
    manufacturedFrom: null,
    manufacturedTo: null,
    soldFrom: '2018-01',
    soldTo: '2023-03',
    units: 346_000,
    unitsElsewhere: {},
    priceMinMinor: 2_000,
    priceMaxMinor: 2_000,
    currency: 'USD',
    soldAt: ['Amazon.com', 'Cupkin.com'],
    onlineOnly: true,
  },
}

export const CUPKIN_BRIEF: NoticeBrief = { jurisdiction: 'US', recall: CUPKIN, remedies: ['refund'], proof: 'photo_of_destruction' }

/** The listing that the campaigns of these tests are about: a pair of cups. */
export const CUPS = 'L-CUPS'

/** A seller and the listing CUPS, in a database that may hold them already. */
export async function seedListing(database: Database): Promise<void> {
  await database.pool.query(`insert into catalog.sellers values ('S-1', 'Soojimus', null, 'US') on conflict do nothing`)
  await database.pool.query(
    `insert into catalog.listings (listing_id, seller_id, title, brand, attributes, price_minor, currency, pack_units, content_sha256, updated_at)
     values ($1, 'S-1', 'CUPKIN 8 oz. cups, blue and green', 'CUPKIN', '{}', 1999, 'USD', 2, '', '2023-01-01'),
            ('L-LIDS', 'S-1', 'CUPKIN spare lids', 'CUPKIN', '{}', 599, 'USD', 1, '', '2023-01-01') on conflict do nothing`,
    [CUPS],
  )
}

export type LineOf = {
  buyer: string
  order?: string
  line?: number
  listing?: string
  at?: string
  quantity?: number
  state?: string
  lot?: string | null
  price?: number
}

/** Buyers (each with an address unless named in `without`) and order lines. */
export async function seedLines(database: Database, lines: readonly LineOf[], without: readonly string[] = []): Promise<void> {
  await seedListing(database)
  for (const line of lines) {
    const email = without.includes(line.buyer) ? null : `${line.buyer}@buyers.example`
    await database.pool.query(`insert into catalog.buyers (buyer_id, name, email) values ($1, $2, $3) on conflict do nothing`, [
      line.buyer,
      `Buyer ${line.buyer}`,
      email,
    ])
    await database.pool.query(
      `insert into catalog.order_lines (buyer_id, order_id, line_no, listing_id, ordered_at, quantity, unit_price_minor, currency, state, lot)
       values ($1, $2, $3, $4, $5, $6, $7, 'USD', $8, $9)`,
      [
        line.buyer,
        line.order ?? `O-${line.buyer}`,
        line.line ?? 1,
        line.listing ?? CUPS,
        line.at ?? '2020-06-01',
        line.quantity ?? 1,
        line.price ?? 1_999,
        line.state ?? 'shipped',
        line.lot ?? null,
      ],
    )
  }
}

/** `count` buyers `b00001` … with one pair of cups each, in two statements. */
export async function seedManyBuyers(database: Database, count: number): Promise<void> {
  await seedListing(database)
  await database.pool.query(
    `insert into catalog.buyers (buyer_id, name, email)
     select id, 'Buyer ' || id, id || '@buyers.example' from (select 'b' || repeat('0', greatest(0, 5 - length(n::text))) || n as id from generate_series(1, $1::int) n) b`,
    [count],
  )
  await database.pool.query(
    `insert into catalog.order_lines (buyer_id, order_id, line_no, listing_id, ordered_at, quantity, unit_price_minor, currency, state)
     select buyer_id, 'O-' || buyer_id, 1, $1, '2021-05-04', 1, 1999, 'USD', 'shipped' from catalog.buyers`,
    [CUPS],
  )
}

/** What opening a campaign does in this room: brief, lines, notices, the first wave. */
export async function openOutreach(database: Database, at: Date = new Date(), campaignId = CAMPAIGN) {
  return transaction(database, async (tx) => {
    await writeBrief(tx, { campaignId, recallId: campaignId, brief: CUPKIN_BRIEF, at })
    const found = await findAffectedLines(tx, { campaignId, scope: CUPKIN.scope, listings: [{ listingId: CUPS, answer: 'affected' }], at })
    const made = await makeNotices(tx, { campaignId, at })
    const started = await startWave(tx, { campaignId, channel: 'email', actor: 'cli', at })
    return { ...found, ...made, ...started }
  })
}

export function sendDeps(database: Database, mail: MailTransport): SendDeps {
  return { database, mail, clock: systemClock, linkKey: LINK_KEY, baseUrl: BASE_URL, sender: SENDER, log: openLog('silent') }
}

/** Small blocks and short leases, so that tests see many of both. */
export const QUICK: Partial<Pace> = { blockSize: 5, leaseSeconds: 5, pausesSeconds: [0, 0], sendSecondsMax: 30 }

/** How the server treats one message, decided at RCPT: take it, say this code, take DATA and drop the line, or never answer. */
export type Treatment = 'accept' | 421 | 450 | 550 | 'drop' | 'stall'

export type Sink = {
  url: string
  /** Messages taken, in order: recipient and Message-ID. */
  taken: { to: string; messageId: string }[]
  transport: MailTransport
  close: () => Promise<void>
}

/** A real SMTP server on loopback. `treat` is asked for every message with its number for that recipient, from 1. */
export async function startSink(
  treat: (to: string, time: number) => Treatment = () => 'accept',
  onTaken: (count: number) => void = () => {},
): Promise<Sink> {
  const times = new Map<string, number>()
  const sink: Pick<Sink, 'taken'> = { taken: [] }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo(address, _session, callback) {
      const time = (times.get(address.address) ?? 0) + 1
      times.set(address.address, time)
      const treatment = treat(address.address, time)
      if (typeof treatment !== 'number') return callback()
      callback(Object.assign(new Error(`no <${address.address}> today`), { responseCode: treatment }))
    },
    onData(stream, session, callback) {
      const to = session.envelope.rcptTo[0]!.address
      const treatment = treat(to, times.get(to)!)
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
      stream.on('end', () => {
        if (treatment === 'stall') return
        const messageId = /^message-id:\s*(<[^>]+>)/im.exec(text)?.[1] ?? ''
        sink.taken.push({ to, messageId })
        onTaken(sink.taken.length)
        if (treatment === 'drop') {
          // Taken, but the answer never leaves: the sender cannot know.
          const connection = (this as unknown as { connections: Set<{ _socket: { destroy: () => void }; session: { id: string } }> })
            .connections
          for (const each of connection) if (each.session.id === session.id) each._socket.destroy()
          return
        }
        callback()
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  const transport = openMailTransport(url, { connections: 4 })
  return Object.assign(sink, {
    url,
    transport,
    async close() {
      transport.close()
      await new Promise<void>((resolve) => {
        server.close(resolve)
      })
    },
  })
}
