/** A campaign whose books stand, as the rooms beside remedies would have written them: who is owed what. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { transaction, type Database, type Tx } from '../src/platform/db.ts'
import { derivedId } from '../src/platform/ids.ts'
import type { RemedyOption } from '../src/recalls/index.ts'
import { remedyInvariants, writeOffer, type ProofAsked } from '../src/remedies/index.ts'
import { addRecall, ANDERS, BLUE_PAIR, brokenPromises, CUPKIN, CUPKIN_ID, openMarketplace } from './world.ts'

export const OPENED_AT = new Date('2026-05-01T10:00:00Z')

export type OwedLine = {
  orderId: string
  lineNo?: number
  units: number
  amountMinor: number
  currency?: string
  answer?: 'affected' | 'possibly'
}
export type OwedBuyer = { buyerId: string; lines: OwedLine[] }

export type OwedCampaign = {
  campaignId: string
  buyers: readonly OwedBuyer[]
  options?: RemedyOption[]
  proof?: ProofAsked
}

/** Writes the offer, one notice per buyer and their affected lines. */
export async function seedCampaign(database: Database, campaign: OwedCampaign): Promise<void> {
  // The agency's page also says whom to call.
  await addRecall(database, { ...CUPKIN, contactText: 'Call Soojimus at 888-721-0096.' }, OPENED_AT)
  await openMarketplace(database.db)
  await transaction(database, async (tx) => {
    for (const buyer of campaign.buyers) await seedBuyer(tx, campaign.campaignId, buyer)
    const { campaignId, options = ['refund'], proof = 'photo_of_destruction' } = campaign
    await writeOffer(tx, { campaignId, recallId: CUPKIN_ID, jurisdiction: 'US', own: true, options, proof, at: OPENED_AT })
  })
}

async function seedBuyer(tx: Tx, campaignId: string, buyer: OwedBuyer): Promise<void> {
  for (const line of buyer.lines) {
    await sql`insert into outreach.affected_lines
                (buyer_id, campaign_id, order_id, line_no, answer, listing_id, seller_id, ordered_at, units, amount_minor, currency, found_at)
              values (${buyer.buyerId}, ${campaignId}, ${line.orderId}, ${line.lineNo ?? 1}, ${line.answer ?? 'affected'}, ${BLUE_PAIR}, ${ANDERS},
                      '2021-07-03T18:00:00Z', ${line.units}, ${line.amountMinor}, ${line.currency ?? 'USD'}, ${OPENED_AT})`.execute(tx.db)
  }
  const answer = buyer.lines.some((line) => line.answer !== 'possibly') ? 'affected' : 'possibly'
  const units = buyer.lines.reduce((sum, line) => sum + line.units, 0)
  await sql`insert into outreach.notices (buyer_id, campaign_id, notice_id, answer, bucket, units, created_at, state, state_at, state_reason, jurisdiction, recall_id)
            values (${buyer.buyerId}, ${campaignId}, ${derivedId(campaignId, buyer.buyerId)}::uuid, ${answer}, 0, ${units}, ${OPENED_AT}, 'pending',
                    ${OPENED_AT}, 'made', 'US', ${CUPKIN_ID})`.execute(tx.db)
}

/** Every promise of the room, on this database. */
export async function assertPromises(database: Database): Promise<void> {
  assert.deepEqual(await brokenPromises(database.db, remedyInvariants), [])
}

/** What the demo ledger holds for a buyer. */
export async function paidTo(database: Database, buyerId: string): Promise<{ amountMinor: number; currency: string }[]> {
  const { rows } = await sql<{ amount_minor: number; currency: string }>`
    select amount_minor, currency from remedies.demo_payments where buyer_id = ${buyerId} order by currency`.execute(database.db)
  return rows.map((row) => ({ amountMinor: row.amount_minor, currency: row.currency }))
}
