/** SQL of briefs that come to a campaign after it was opened. */
import { sql } from 'kysely'
import type { Jurisdiction } from '../recalls/index.ts'
import type { Db } from '../platform/db.ts'

/** Nothing of a notice `n` was sent or shown, and nothing is in flight. */
const UNTOLD = sql<boolean>`
       not exists (select from outreach.deliveries d
                    where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and (d.outcome is null or d.outcome not in ('no_contact', 'not_seen')))
       and not exists (select from outreach.wave_buckets b
                        where b.campaign_id = n.campaign_id and b.bucket = n.bucket and n.buyer_id > b.checkpoint and n.buyer_id <= b.in_flight_to)
       and not exists (select from outreach.acknowledgements a where a.buyer_id = n.buyer_id and a.campaign_id = n.campaign_id)`

/** Gives the notices of these countries' buyers to a brief, where nothing was sent or shown yet. Returns how many. */
export async function moveUntold(
  db: Db,
  moved: { campaignId: string; jurisdiction: Jurisdiction; recallId: string; countries: readonly string[] },
): Promise<number> {
  const updated = await sql`
    update outreach.notices n
       set jurisdiction = ${moved.jurisdiction}, recall_id = ${moved.recallId}, brief_no = 1
      from catalog.buyers_view buyer
     -- The campaign's notices (index notices_bucket), each with its buyer and what was tried (primary keys).
     where n.campaign_id = ${moved.campaignId} and buyer.buyer_id = n.buyer_id and upper(trim(buyer.country)) = any(${[...moved.countries]}::text[])
       and ${UNTOLD}`.execute(db)
  return Number(updated.numAffectedRows ?? 0n)
}

/** Gives the notices of a jurisdiction to its newer brief, where nothing was sent or shown yet. Returns how many. */
export async function renewUntold(db: Db, renewed: { campaignId: string; jurisdiction: Jurisdiction; briefNo: number }): Promise<number> {
  const updated = await sql`
    update outreach.notices n
       set brief_no = ${renewed.briefNo}
     -- The campaign's notices (index notices_bucket), each with what was tried (primary keys).
     where n.campaign_id = ${renewed.campaignId} and n.jurisdiction = ${renewed.jurisdiction} and n.brief_no < ${renewed.briefNo}
       and ${UNTOLD}`.execute(db)
  return Number(updated.numAffectedRows ?? 0n)
}
