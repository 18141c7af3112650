/** The account of reach: how far a campaign has come to its buyers, and the questions that find where the account does not add up. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import { isDueSql } from './queries-advance.ts'
import { STANDS } from './queries-returns.ts'
import { wasCoveredSql } from './seller-contacts/queries-covered.ts'

/** Buyers by where they stand. `identified` = `delivered` + `pending` + `unreachable`. */
export type Reach = {
  identified: number
  notices: number
  /** Buyers for whom at least one attempt was begun. */
  notified: number
  delivered: number
  pending: number
  unreachable: number
  acknowledged: number
  remedied: number
  /** E-mails that a receiving server took. A buyer counts once per e-mail. */
  mailsAccepted: number
}

export async function selectReach(db: Db, campaignId: string): Promise<Reach> {
  const found = await sql<Reach>`
    -- Buyers with a line in scope: index affected_lines_campaign.
    with identified as (
      select count(distinct buyer_id) as buyers from outreach.affected_lines where campaign_id = ${campaignId}
    ),
    -- Where their notices stand: index notices_bucket, and the primary keys of what belongs to each buyer.
    noticed as (
      select count(*) as notices,
             count(*) filter (where n.state = 'delivered') as delivered,
             count(*) filter (where n.state = 'pending') as pending,
             count(*) filter (where n.state = 'unreachable') as unreachable,
             count(a.buyer_id) as acknowledged,
             count(*) filter (where c.state = 'refunded') as remedied
        from outreach.notices n
        left join outreach.acknowledgements a on a.buyer_id = n.buyer_id and a.campaign_id = n.campaign_id
        left join remedies.cases_view c on c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id
       where n.campaign_id = ${campaignId}
    ),
    tried as (
      select count(distinct buyer_id) filter (where outcome is distinct from 'no_contact') as notified,
             count(*) filter (where channel = 'email' and outcome = 'accepted') as accepted
        from outreach.deliveries
       where campaign_id = ${campaignId}
    )
    select identified.buyers as identified, noticed.*, tried.notified, tried.accepted as "mailsAccepted" from identified, noticed, tried`.execute(
    db,
  )
  return found.rows[0]!
}

/** Sentences returned per broken promise. */
const SENTENCES_MAX = 100

async function sentences(db: Db, query: RawBuilder<{ sentence: string }>): Promise<string[]> {
  const found = await sql<{ sentence: string }>`select sentence from (${query}) broken limit ${SENTENCES_MAX}`.execute(db)
  return found.rows.map((row) => row.sentence)
}

/** Affected buyers without a notice, and notices without an affected line. More than one per buyer and campaign the primary key forbids. */
export function buyersWithoutNotice(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: buyer %s has %s', coalesce(l.campaign_id, n.campaign_id), coalesce(l.buyer_id, n.buyer_id),
                      case when n.buyer_id is null then 'affected lines but no notice' else 'a notice but no affected line' end) as sentence
          from (select distinct campaign_id, buyer_id from outreach.affected_lines) l
          full join outreach.notices n on n.campaign_id = l.campaign_id and n.buyer_id = l.buyer_id
         where n.buyer_id is null or l.buyer_id is null`,
  )
}

/** Campaigns whose identified buyers are not as many as the delivered, pending and unreachable ones together. */
export function reachThatDoesNotAddUp(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: %s buyers identified, but %s delivered + %s pending + %s unreachable', campaign_id,
                      coalesce(identified, 0), coalesce(delivered, 0), coalesce(pending, 0), coalesce(unreachable, 0)) as sentence
          from (select campaign_id, count(distinct buyer_id) as identified from outreach.affected_lines group by campaign_id) l
          full join (select campaign_id, count(*) as notices, count(*) filter (where state = 'delivered') as delivered,
                            count(*) filter (where state = 'pending') as pending, count(*) filter (where state = 'unreachable') as unreachable
                       from outreach.notices group by campaign_id) n using (campaign_id)
         where identified is distinct from delivered + pending + unreachable`,
  )
}

/** Notices whose units are not those of their buyer's lines, or whose answer is not the strongest of them. */
export function noticesThatDisagreeWithLines(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: the notice of buyer %s says %s units, %s; the lines say %s units, %s', n.campaign_id, n.buyer_id,
                      n.units, n.answer, l.units, l.answer) as sentence
          from outreach.notices n
          join (select campaign_id, buyer_id, sum(units) as units, min(answer) as answer
                  from outreach.affected_lines group by campaign_id, buyer_id) l using (campaign_id, buyer_id)
         where n.units <> l.units or n.answer <> l.answer`,
  )
}

/** Lines that are counted as with a consumer and as taken back before they shipped. */
export function linesCountedTwice(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: line %s/%s of buyer %s is affected and was intercepted by %s', a.campaign_id, a.order_id, a.line_no,
                      a.buyer_id, i.campaign_id) as sentence
          from supply.interceptions_view i
          join outreach.affected_lines a on a.buyer_id = i.buyer_id and a.order_id = i.order_id and a.line_no = i.line_no`,
  )
}

/** Delivered notices that nobody took or that came back, and pending ones that somebody did take. */
export function deliveriesThatContradictStates(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: the notice of buyer %s is %s, but %s', n.campaign_id, n.buyer_id, n.state,
                      case when n.state = 'delivered' then 'no channel took it' else 'a channel took it since' end) as sentence
          from outreach.notices n
          left join (select campaign_id, buyer_id, max(ended_at) as taken_at from outreach.deliveries d where ${STANDS} group by campaign_id, buyer_id) d
            using (campaign_id, buyer_id)
         where (n.state = 'delivered' and d.taken_at is null) or (n.state <> 'delivered' and d.taken_at > n.state_at)`,
  )
}

/**
 * Unreachable buyers for whom a channel was not tried to its end: each that their campaign's waves have used, SMS where a number is on file and
 * a wave used it, and banner and page, offered and not opened.
 */
export function unreachableTooEarly(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: buyer %s is unreachable, but %s was not tried', n.campaign_id, n.buyer_id, used.channel) as sentence
          from outreach.notices n
         cross join lateral (select channel from outreach.waves w where w.campaign_id = n.campaign_id and w.kind <> 'reminder'
                                and w.created_at <= n.state_at
                              union select unnest(array['banner', 'page'])) as used
         where n.state = 'unreachable'
           and not exists (select from outreach.deliveries d
                            where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.channel = used.channel and d.outcome is not null)`,
  )
}

/**
 * Buyers who were waiting when a wave began and whose turn it was, whose bucket is done, and for whom the wave made no attempt: lost by a crash.
 * In the first wave it was everybody's turn; later ones are for those for whom their channel was open and the ones before it were not.
 */
export function buyersSkippedByAWave(db: Db): Promise<string[]> {
  return sentences(
    db,
    sql`select format('campaign %s: wave %s is done with bucket %s, but did not try buyer %s', b.campaign_id, b.wave, b.bucket,
                      n.buyer_id) as sentence
          from outreach.wave_buckets b
          join outreach.waves w on w.campaign_id = b.campaign_id and w.wave = b.wave
          join outreach.notices n on n.campaign_id = b.campaign_id and n.bucket = b.bucket
         where b.done_at is not null and w.kind <> 'reminder' and n.state <> 'delivered' and n.state_at <= w.created_at
           and not exists (select from outreach.deliveries d
                            where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.wave = b.wave and d.channel = w.channel)
           and (w.wave = 1 or ${isDueSql(sql`w.channel`, sql`w.after`)})
           -- Their seller was to tell them while the wave was sent.
           and not ${wasCoveredSql(sql`w.created_at`, sql`b.done_at`, 'perhaps')}`,
  )
}
