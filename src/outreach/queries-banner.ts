/** What the banner asks, on every page of every shop: by buyer first, as statements that are planned once per connection. */
import type { Database } from '../platform/db.ts'
import type { NoticeAnswer } from './brief.ts'

/** Notices of one buyer that are read for a banner. */
const OPEN_NOTICES_MAX = 100

export type OpenNotice = {
  notice_id: string
  campaign_id: string
  jurisdiction: string | null
  brief_no: number
  answer: NoticeAnswer
}

// Every key begins with buyer_id: notices, acknowledgements and cases are each one look into one index.
const OPEN_NOTICES = {
  name: 'outreach.open-notices',
  text: `select n.notice_id, n.campaign_id, n.jurisdiction, n.brief_no, n.answer
           from outreach.notices n
          where n.buyer_id = $1
            and not exists (select from outreach.acknowledgements a where a.buyer_id = n.buyer_id and a.campaign_id = n.campaign_id)
            and not exists (select from remedies.cases_view c where c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id)
          order by n.answer, n.created_at desc, n.campaign_id
          limit ${OPEN_NOTICES_MAX}`,
}

/** Notices that the buyer has neither confirmed nor opened a case for; what is surely recalled first, then the newest. */
export async function openNotices({ pool }: Database, buyerId: string): Promise<OpenNotice[]> {
  const { rows } = await pool.query<OpenNotice>({ ...OPEN_NOTICES, values: [buyerId] })
  return rows
}

/** What a brief calls its product: the first product of the recall, or its title. Null where there is no such brief. Primary key of briefs. */
export async function productOfBrief(
  { pool }: Database,
  brief: Pick<OpenNotice, 'campaign_id' | 'jurisdiction' | 'brief_no'>,
): Promise<string | null> {
  const { rows } = await pool.query<{ product: string | null }>({
    name: 'outreach.product-of-brief',
    text: `select coalesce(nullif(content -> 'recall' -> 'products' -> 0 ->> 'name', ''), content -> 'recall' ->> 'title') as product
             from outreach.briefs where campaign_id = $1 and jurisdiction = $2 and brief_no = $3`,
    values: [brief.campaign_id, brief.jurisdiction, brief.brief_no],
  })
  return rows[0]?.product ?? null
}
