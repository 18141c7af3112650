/** The questions that find where a seller's word and our own waves do not fit together. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db.ts'
import { standingSql } from '../queries-advance.ts'
import { wasCoveredSql } from './queries-covered.ts'

/** Sentences returned per broken promise. */
const SENTENCES_MAX = 100

async function sentences(db: Db, query: RawBuilder<{ sentence: string }>): Promise<string[]> {
  const found = await sql<{ sentence: string }>`select sentence from (${query}) broken limit ${SENTENCES_MAX}`.execute(db)
  return found.rows.map((row) => row.sentence)
}

/** Messages of waves that left while the buyer's sellers were to tell them, or just had. */
export function toldBesideTheirSeller(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: wave %s told buyer %s by %s while their seller was to tell them', n.campaign_id, d.wave, n.buyer_id,
                      d.channel) as sentence
          from (select distinct buyer_id, campaign_id from outreach.seller_contacts where covers_until is not null) c
          join outreach.notices n on n.buyer_id = c.buyer_id and n.campaign_id = c.campaign_id
          join outreach.deliveries d on d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.wave > 0 and d.outcome = 'accepted'
         where ${wasCoveredSql(sql`d.started_at`, sql`d.started_at`, 'surely')}`,
  )
}

/**
 * Buyers who wait although what kept us from telling them ended an hour ago: no wave of their campaign is under way, e-mail is open for them, the
 * playbook has it, and nothing was tried. The turn of a campaign comes every ten minutes.
 */
export function waitingForNobody(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: buyer %s waits since %s, when their seller was to have told them', n.campaign_id, n.buyer_id, c.ended) as sentence
          from (select buyer_id, campaign_id, max(least(covers_until, ended_at)) as ended
                  from outreach.seller_contacts where covers_until is not null group by buyer_id, campaign_id) c
          join outreach.notices n on n.buyer_id = c.buyer_id and n.campaign_id = c.campaign_id
         where n.state = 'pending' and c.ended < clock_timestamp() - interval '1 hour' and n.state_at < c.ended
           and exists (select from outreach.waves w where w.campaign_id = n.campaign_id)
           and not exists (select from outreach.wave_buckets b where b.campaign_id = n.campaign_id and b.done_at is null)
           and ${standingSql(sql`'email'`)} = 'open'
           and coalesce((select p.content -> 'channels' ? 'email' from outreach.playbooks p where p.campaign_id in (n.campaign_id, '*')
                          order by p.campaign_id = '*', p.playbook_no desc limit 1), true)`,
  )
}

/** Rows about what is no line of their seller, that cover longer than was announced, or whose list is not there. */
export function contactsBesideTheBooks(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: what seller %s said of order %s is %s', c.campaign_id, c.seller_id, c.order_id, wrong.what) as sentence
          from outreach.seller_contacts c
          left join outreach.seller_lists l on l.list_id = c.list_id
         cross join lateral (
           select case when l.list_id is null or (l.campaign_id, l.seller_id, l.kind) <> (c.campaign_id, c.seller_id, c.kind) then 'of no list'
                       when l.until < c.covers_until then 'good for longer than was announced'
                       when not exists (select from outreach.affected_lines a
                                         where a.buyer_id = c.buyer_id and a.campaign_id = c.campaign_id and a.order_id = c.order_id
                                           and a.seller_id = c.seller_id) then 'about no line of theirs' end as what) wrong
         where wrong.what is not null`,
  )
}
