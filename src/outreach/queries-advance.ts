/** Where pending buyers stand with each channel, the waves that are due for them, the reminders, and who has become unreachable. Set-based. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Channel, Standing } from './playbook.ts'
import type { PastWave, WaveKind } from './reminders.ts'
import { isCoveredSql, missedReminderSql, sellersSpeakSql } from './seller-contacts/queries-covered.ts'

/**
 * Where a pending notice `n` stands with a channel. Ended: it came back, or was not taken since the notice became pending. Deliveries and
 * returns by their primary keys.
 */
export function standingSql(channel: RawBuilder<unknown>): RawBuilder<Standing> {
  return sql<Standing>`case
    when exists (select from outreach.returns r
                  where r.buyer_id = n.buyer_id and r.campaign_id = n.campaign_id and r.channel = ${channel} and r.undoes) then 'ended'
    when exists (select from outreach.deliveries d
                  where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.channel = ${channel} and d.ended_at >= n.state_at
                    and d.outcome in ('refused', 'refused_for_now', 'failed')) then 'ended'
    when exists (select from outreach.deliveries d
                  where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.channel = ${channel} and d.ended_at >= n.state_at
                    and d.outcome = 'no_contact') then 'no_contact'
    when ${channel} = 'letter' and ${letterWaitsSql()} then 'waiting'
    else 'open' end`
}

/** A letter to the buyer of a notice `n` is not handed over to be printed yet. Primary key of deliveries. */
export function letterWaitsSql(): RawBuilder<boolean> {
  return sql<boolean>`exists (select from outreach.deliveries d
                  where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.channel = 'letter' and d.outcome is null)`
}

/** A pending notice `n` for which a channel is open, and each of those in `after` neither that nor still waiting. */
export function isDueSql(channel: RawBuilder<unknown>, after: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(${standingSql(channel)} = 'open'
        and not exists (select from unnest(${after}) as earlier (channel) where ${standingSql(sql`earlier.channel`)} in ('open', 'waiting')))`
}

/** A channel that carries nothing to the buyer of a notice `n` any more, whenever that turned out: for reminders, which follow what worked. */
function isSpentSql(channel: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(exists (select from outreach.returns r
                  where r.buyer_id = n.buyer_id and r.campaign_id = n.campaign_id and r.channel = ${channel} and r.undoes)
         or (exists (select from outreach.deliveries d
                      where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.channel = ${channel}
                        and d.outcome in ('refused', 'refused_for_now', 'failed', 'no_contact'))
             and not exists (select from outreach.deliveries d
                              where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.channel = ${channel} and d.outcome = 'accepted')))`
}

/** The buyer of a notice `n` has not acted on it: neither confirmed it nor opened a case. */
export function hasNotActedSql(): RawBuilder<boolean> {
  return sql<boolean>`(n.state <> 'unreachable'
        and not exists (select from outreach.acknowledgements a where a.buyer_id = n.buyer_id and a.campaign_id = n.campaign_id)
        and not exists (select from remedies.cases_view c where c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id))`
}

/**
 * The buyer of a notice `n` is to be reminded by a wave's channel: told or not, they have neither confirmed nor opened a case, nothing reached
 * them within a day, and this is the first channel that works for them.
 */
export function isRemindedSql(channel: RawBuilder<unknown>, after: RawBuilder<unknown>, at: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(${hasNotActedSql()}
        and not exists (select from outreach.deliveries d
                         where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.outcome = 'accepted'
                           and d.ended_at > ${at} - interval '1 day' and d.ended_at <= ${at})
        and not ${isSpentSql(channel)}
        and not (${channel} = 'letter' and ${letterWaitsSql()})
        and not exists (select from unnest(${after}) as earlier (channel) where not ${isSpentSql(sql`earlier.channel`)}))`
}

/** Every campaign that has told somebody. */
export async function campaignsWithWaves(db: Db): Promise<string[]> {
  const { rows } = await sql<{ campaignId: string }>`
    select distinct campaign_id as "campaignId" from outreach.waves order by campaign_id`.execute(db)
  return rows.map((row) => row.campaignId)
}

/** The waves of a campaign, first to last, and whether one of them is still being sent. */
export async function selectWaves(db: Db, campaignId: string): Promise<{ waves: PastWave[]; sending: boolean }> {
  const { rows } = await sql<PastWave & { sending: boolean }>`
    select w.kind, w.reminder_no as "reminderNo", w.created_at as "createdAt",
           exists (select from outreach.wave_buckets b where b.campaign_id = w.campaign_id and b.wave = w.wave and b.done_at is null) as sending
      from outreach.waves w
     where w.campaign_id = ${campaignId}
     order by w.wave`.execute(db)
  return { waves: rows, sending: rows.some((row) => row.sending) }
}

export type Stand = { standings: Standing[]; buyers: number; pendingSince: Date }

/**
 * Pending buyers by where they stand with each channel of `order`, and since when. A channel that is not connected has no contact for buyers
 * whose contact only its provider would know; a telephone number on file keeps SMS open, and a postal address the letter.
 */
export async function pendingStands(
  db: Db,
  campaignId: string,
  order: readonly { channel: Channel; connected: boolean }[],
): Promise<Stand[]> {
  const { rows } = await sql<Stand>`
    select standings, count(*)::int as buyers, min(state_at) as "pendingSince"
      from (select n.state_at, ${standingsSql(order)} as standings
              from outreach.notices n
              left join catalog.buyers_view contact on contact.buyer_id = n.buyer_id
             where n.campaign_id = ${campaignId} and n.state = 'pending') pending
     group by standings, date_trunc('day', state_at)`.execute(db)
  return rows
}

function standingsSql(order: readonly { channel: Channel; connected: boolean }[]): RawBuilder<Standing[]> {
  const each = order.map(({ channel, connected }) => {
    const standing = standingSql(sql`${channel}::text`)
    if (connected || channel === 'email') return standing
    const reachable = {
      sms: sql`nullif(trim(contact.phone), '') is not null`,
      letter: sql`(contact.street is not null and contact.city is not null)`,
      push: sql`false`,
    }[channel]
    return sql`case ${standing} when 'open' then case when ${reachable} then 'open' else 'no_contact' end else ${standing} end`
  })
  return sql<Standing[]>`array[${sql.join(each)}]::text[]`
}

/** Writes buyers of one stand as unreachable, who are pending since before `since`: banner and page were offered all that time. Returns how many. */
export async function insertUnreachable(
  db: Db,
  them: { campaignId: string; order: readonly { channel: Channel; connected: boolean }[]; standings: readonly Standing[]; since: Date; why: string; at: Date }, // prettier-ignore
): Promise<number> {
  const { rows } = await sql<{ buyers: number }>`
    with them as (
      select n.buyer_id, n.campaign_id, n.state_at
        from outreach.notices n
        left join catalog.buyers_view contact on contact.buyer_id = n.buyer_id
       where n.campaign_id = ${them.campaignId} and n.state = 'pending' and n.state_at <= ${them.since}::timestamptz
         and ${standingsSql(them.order)} = ${[...them.standings]}::text[]
    ),
    last as (select max(wave) as wave from outreach.waves where campaign_id = ${them.campaignId}),
    -- Both were there the whole time, and nobody came: tried, as far as a channel can be that waits.
    offered as (
      insert into outreach.deliveries (buyer_id, campaign_id, wave, channel, attempt, started_at, ended_at, outcome)
      select them.buyer_id, them.campaign_id, last.wave, offered.channel, 1, them.state_at, ${them.at}::timestamptz, 'not_seen'
        from them, last, unnest(array['banner', 'page']) as offered (channel)
          on conflict (buyer_id, campaign_id, wave, channel, attempt) do update set ended_at = excluded.ended_at
    ),
    written as (
      update outreach.notices n
         set state = 'unreachable', state_at = ${them.at}::timestamptz, state_reason = ${them.why}
        from them
       where n.buyer_id = them.buyer_id and n.campaign_id = them.campaign_id and n.state = 'pending'
      returning 1
    )
    select count(*)::int as buyers from written`.execute(db)
  return rows[0]!.buyers
}

export type DueWave = {
  campaignId: string
  channel: Channel
  after: readonly Channel[]
  kind: WaveKind
  reminderNo: number | null
  actor: string
  at: Date
}

/** Opens a wave with a bucket for each that has somebody due, and returns its number; null where nobody is, or the reminder was sent before. */
export async function insertDueWave(db: Db, wave: DueWave): Promise<{ wave: number; buckets: number } | null> {
  const after = sql`${[...wave.after]}::text[]`
  const at = sql`${wave.at}::timestamptz`
  const reminded = isRemindedSql(sql`${wave.channel}::text`, after, at)
  const due = {
    notice: sql<boolean>`(n.state = 'pending' and ${isDueSql(sql`${wave.channel}::text`, after)})`,
    fallback: sql<boolean>`(n.state = 'pending' and ${isDueSql(sql`${wave.channel}::text`, after)})`,
    reminder: reminded,
    catch_up: sql<boolean>`${missedReminderSql(wave.campaignId, at)} and ${reminded}`,
  }[wave.kind]
  const { rows } = await sql<{ wave: number; buckets: number }>`
    with buckets as (
      select distinct n.bucket from outreach.notices n where n.campaign_id = ${wave.campaignId} and ${due}
         and not (${sellersSpeakSql(sql`${wave.campaignId}`)} and ${isCoveredSql(at)})
    ),
    opened as (
      insert into outreach.waves (campaign_id, wave, channel, kind, after, reminder_no, created_at, created_by)
      select ${wave.campaignId}, (select coalesce(max(wave), 0) + 1 from outreach.waves where campaign_id = ${wave.campaignId}),
             ${wave.channel}, ${wave.kind}, ${after}, ${wave.reminderNo}::int, ${wave.at}::timestamptz, ${wave.actor}
       where exists (select from buckets)
          on conflict (campaign_id, reminder_no, channel) where kind = 'reminder' do nothing
      returning wave
    ),
    made as (
      insert into outreach.wave_buckets (campaign_id, wave, bucket)
      select ${wave.campaignId}, opened.wave, buckets.bucket from opened, buckets
      returning 1
    )
    select opened.wave, (select count(*)::int from made) as buckets from opened`.execute(db)
  return rows[0] ?? null
}

/** Unreachable buyers for whom a channel of the order is open: it was connected, or put into the playbook, since. They are pending again. */
export async function reopenUnreachable(
  db: Db,
  them: { campaignId: string; order: readonly { channel: Channel; connected: boolean }[]; why: string; at: Date },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update outreach.notices n
       set state = 'pending', state_at = ${them.at}::timestamptz, state_reason = ${them.why}
     where n.campaign_id = ${them.campaignId} and n.state = 'unreachable'
       -- A channel of which nothing was ever tried for this buyer.
       and exists (select from unnest(${them.order.filter((each) => each.connected).map((each) => each.channel)}::text[]) as usable (channel)
                    where not exists (select from outreach.deliveries d
                                       where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.channel = usable.channel))`.execute(db) // prettier-ignore
  return Number(numAffectedRows ?? 0n)
}
