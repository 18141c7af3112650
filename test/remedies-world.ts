/** For the tests of remedies: a campaign whose books stand, as the rooms beside it would have written them. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import sharp from 'sharp'
import { transaction, type Database, type Tx } from '../src/platform/db.ts'
import { derivedId, sha256 } from '../src/platform/ids.ts'
import { signLink } from '../src/platform/links.ts'
import { contentHash, recallId, recordRevisions, type Recall, type RemedyOption } from '../src/recalls/index.ts'
import { remedyInvariants, writeOffer, type ProofAsked } from '../src/remedies/index.ts'

export const LINK_KEY = 'a key of the tests'
export const OPENED_AT = new Date('2026-05-01T10:00:00Z')

/** The recall of the article, shortened. */
export const CUPS: Recall = {
  agency: 'CPSC', recallNumber: '23774', kind: 'recall', title: 'Soojimus Recalls CUPKIN Children’s Cups Due to Lead', publishedOn: '2023-07-20',
  url: 'https://www.cpsc.gov/Recalls/2023/Soojimus', description: 'This recall involves double-walled stainless steel cups sold in pairs.',
  products: [{ name: 'CUPKIN Double-Walled Stainless Steel Children’s Cups', model: null, unitsText: 'About 346,000' }],
  hazardText: 'The cups contain levels of lead that exceed the federal lead content ban.',
  remedyText: 'Consumers should immediately take the cups away from children and stop using them. Contact Soojimus for a full refund.',
  incidentText: 'None reported', soldText: 'Online from January 2018 through March 2023 for about $20.', contactText: 'Call Soojimus at 888-721-0096.',
  firms: [], countriesOfOrigin: ['China'], images: [], hazards: ['lead'], remedies: ['refund'], proofOfDestruction: true, incidents: 0, injuries: 0,
  deaths: 0, expands: [], childrensProduct: true,
  scope: {
    brands: ['CUPKIN'], productNouns: ["children's cup"], models: [], gtins: [], lots: [], serials: [], manufacturedFrom: null, manufacturedTo: null,
    soldFrom: '2018-01', soldTo: '2023-03', units: 346_000, unitsElsewhere: {}, priceMinMinor: 2000, priceMaxMinor: 2000, currency: 'USD',
    soldAt: ['Amazon.com'], onlineOnly: true,
  },
} // prettier-ignore

export type TestLine = {
  orderId: string
  lineNo?: number
  units: number
  amountMinor: number
  currency?: string
  answer?: 'affected' | 'possibly'
}
export type TestBuyer = { buyerId: string; lines: TestLine[] }

export type TestCampaign = {
  campaignId: string
  buyers: readonly TestBuyer[]
  options?: RemedyOption[]
  proof?: ProofAsked
}

/** Writes the offer, one notice per buyer and their affected lines. */
export async function seedCampaign(database: Database, campaign: TestCampaign): Promise<void> {
  await transaction(database, async (tx) => {
    const revision = { recall: CUPS, documentSha256: sha256('cups'), contentSha256: contentHash(CUPS) }
    await recordRevisions(tx.db, [revision], OPENED_AT)
    await sql`insert into catalog.sellers (seller_id, name) values ('S-1', 'Cup Corner') on conflict do nothing`.execute(tx.db)
    await sql`insert into catalog.listings (listing_id, seller_id, title, attributes, currency, pack_units, content_sha256, updated_at)
              values ('L-1', 'S-1', 'CUPKIN Stainless Steel Kids Cups, 8 oz, pair, blue and green', '{}', 'USD', 2, '\\x00', ${OPENED_AT})
              on conflict do nothing`.execute(tx.db)
    for (const buyer of campaign.buyers) await seedBuyer(tx, campaign.campaignId, buyer)
    const { campaignId, options = ['refund'], proof = 'photo_of_destruction' } = campaign
    await writeOffer(tx, { campaignId, recallId: recallId(CUPS), options, proof, at: OPENED_AT })
  })
}

async function seedBuyer(tx: Tx, campaignId: string, buyer: TestBuyer): Promise<void> {
  for (const line of buyer.lines) {
    await sql`insert into outreach.affected_lines
                (buyer_id, campaign_id, order_id, line_no, answer, listing_id, seller_id, ordered_at, units, amount_minor, currency, found_at)
              values (${buyer.buyerId}, ${campaignId}, ${line.orderId}, ${line.lineNo ?? 1}, ${line.answer ?? 'affected'}, 'L-1', 'S-1',
                      '2021-07-03T18:00:00Z', ${line.units}, ${line.amountMinor}, ${line.currency ?? 'USD'}, ${OPENED_AT})`.execute(tx.db)
  }
  const answer = buyer.lines.some((line) => line.answer !== 'possibly') ? 'affected' : 'possibly'
  const units = buyer.lines.reduce((sum, line) => sum + line.units, 0)
  await sql`insert into outreach.notices (buyer_id, campaign_id, notice_id, answer, bucket, units, created_at, state, state_at, state_reason)
            values (${buyer.buyerId}, ${campaignId}, ${derivedId(campaignId, buyer.buyerId)}::uuid, ${answer}, 0, ${units}, ${OPENED_AT}, 'pending',
                    ${OPENED_AT}, 'made')`.execute(tx.db)
}

/** The address of a buyer's notice, as their message has it. */
export function linkOf(campaignId: string, buyerId: string): string {
  return `/n/${signLink(LINK_KEY, 'notice', derivedId(campaignId, buyerId))}`
}

/** A photograph with something on it: noise from a seed, so that other seeds are other pictures. */
export async function photograph(seed: number, options: { width?: number; height?: number } = {}): Promise<Buffer> {
  const [width, height] = [options.width ?? 640, options.height ?? 480]
  const pixels = Buffer.alloc(width * height * 3)
  let state = seed * 2_654_435_761 + 1
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    pixels[i] = state >>> 24
  }
  return await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 70 })
    .toBuffer()
}

/** Every promise of the room, on this database. */
export async function assertPromises(database: Database): Promise<void> {
  for (const invariant of remedyInvariants) assert.deepEqual(await invariant.check(database.db), [], invariant.promise)
}

/** What the demo ledger holds for a buyer. */
export async function paidTo(database: Database, buyerId: string): Promise<{ amountMinor: number; currency: string }[]> {
  const { rows } = await sql<{ amount_minor: number; currency: string }>`
    select amount_minor, currency from remedies.demo_payments where buyer_id = ${buyerId} order by currency`.execute(database.db)
  return rows.map((row) => ({ amountMinor: row.amount_minor, currency: row.currency }))
}
