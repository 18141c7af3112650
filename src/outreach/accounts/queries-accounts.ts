/** Administrators of business accounts: whom of them a campaign concerns, telling each once, and what came of it. */
import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { NoticeAnswer } from '../brief.ts'
import type { AttemptOutcome } from '../notice-state.ts'

/**
 * One row for each administrator of a buyer with a notice, with their buyers and units. Who was told and has more now is to be told again. Returns
 * how many are new or grew.
 */
export async function openAccountNotices(db: Db, campaignId: string, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    -- Buyers in business accounts (index buyers_administrator) that have a notice (primary key). Who administers their own account is told by that.
    with concerned as (
      select b.administrator_id, count(*)::int as buyers, sum(n.units) as units, min(n.answer) as answer
        from catalog.buyers_view b
        join outreach.notices n on n.buyer_id = b.buyer_id and n.campaign_id = ${campaignId}
       where b.administrator_id is not null and b.administrator_id <> b.buyer_id
       group by b.administrator_id
    )
    insert into outreach.account_notices (administrator_id, campaign_id, account_notice_id, buyers, units, answer, telling, attempts, created_at, state,
                                          state_at, state_reason)
    select administrator_id, ${campaignId}, md5(${campaignId}::text || ' administrator ' || administrator_id)::uuid, buyers, units, answer, 1, 0,
           ${at}::timestamptz, 'pending', ${at}::timestamptz, 'not told yet'
      from concerned
        on conflict (administrator_id, campaign_id) do update
       set buyers = excluded.buyers, units = excluded.units, answer = excluded.answer, attempts = 0, not_before = null,
           -- One that waits has not been told anything: it is still the same telling.
           telling = case when account_notices.state = 'pending' then account_notices.telling else account_notices.telling + 1 end,
           state = 'pending', state_at = excluded.state_at, state_reason = 'more of this account came into scope'
     where excluded.units > account_notices.units or excluded.buyers > account_notices.buyers
        or (excluded.answer = 'affected' and account_notices.answer = 'possibly')`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Campaigns of which an administrator is to be told now. */
export async function campaignsOwingAdministrators(db: Db, at: Date): Promise<string[]> {
  const { rows } = await sql<{ campaignId: string }>`
    select distinct campaign_id as "campaignId" from outreach.account_notices
     where state = 'pending' and (not_before is null or not_before <= ${at}::timestamptz)
     order by campaign_id`.execute(db)
  return rows.map((row) => row.campaignId)
}

/** Leases a campaign's administrators; null while another worker has them. Told by the database's clock. */
export async function leaseAccounts(db: Db, campaignId: string, seconds: number): Promise<{ fence: number } | null> {
  const { rows } = await sql<{ fence: number }>`
    insert into outreach.account_runs as run (campaign_id, lease_until, fence)
    values (${campaignId}, clock_timestamp() + make_interval(secs => ${seconds}), 1)
        on conflict (campaign_id) do update
       set lease_until = excluded.lease_until, fence = run.fence + 1
     where run.lease_until is null or run.lease_until <= clock_timestamp()
    returning fence`.execute(db)
  return rows[0] ?? null
}

/** Prolongs the lease, and holds it to the end of the transaction; false: another worker has taken over. */
export async function keepAccounts(db: Db, lease: { campaignId: string; fence: number; seconds: number }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update outreach.account_runs set lease_until = clock_timestamp() + make_interval(secs => ${lease.seconds})
     where campaign_id = ${lease.campaignId} and fence = ${lease.fence}`.execute(db)
  return numAffectedRows === 1n
}

export async function releaseAccounts(db: Db, lease: { campaignId: string; fence: number }): Promise<void> {
  await sql`update outreach.account_runs set lease_until = null where campaign_id = ${lease.campaignId} and fence = ${lease.fence}`.execute(
    db,
  )
}

export type AccountNotice = {
  administratorId: string
  accountNoticeId: string
  buyers: number
  units: number
  answer: NoticeAnswer
  telling: number
  attempt: number
  name: string | null
  email: string | null
  locale: string | null
  country: string | null
  region: string | null
}

/** Administrators who are to be told now, with their contact as it is. */
export async function selectAccountBlock(db: Db, campaignId: string, at: Date, limit: number): Promise<AccountNotice[]> {
  const { rows } = await sql<AccountNotice>`
    select a.administrator_id as "administratorId", a.account_notice_id as "accountNoticeId", a.buyers, a.units, a.answer, a.telling,
           a.attempts + 1 as attempt, contact.name, contact.email, contact.locale, contact.country, contact.region
      from outreach.account_notices a
      left join catalog.buyers_view contact on contact.buyer_id = a.administrator_id
     where a.campaign_id = ${campaignId} and a.state = 'pending' and (a.not_before is null or a.not_before <= ${at}::timestamptz)
     order by a.administrator_id
     limit ${limit}`.execute(db)
  return rows
}

/** Writes attempts as in flight. One that a dead worker began is begun again: it bears the same Message-ID. */
export async function beginAccountBlock(
  db: Db,
  campaignId: string,
  block: readonly (AccountNotice & { messageId: string; domain: string | null })[],
  at: Date,
): Promise<void> {
  await sql`
    insert into outreach.account_deliveries (administrator_id, campaign_id, telling, attempt, buyers, units, recipient_domain, message_id, started_at)
    select administrator_id, ${campaignId}, telling, attempt, buyers, units, domain, message_id, ${at}::timestamptz
      from unnest(${block.map((b) => b.administratorId)}::text[], ${block.map((b) => b.telling)}::int[], ${block.map((b) => b.attempt)}::int[],
                  ${block.map((b) => b.buyers)}::int[], ${block.map((b) => b.units)}::bigint[], ${block.map((b) => b.domain)}::text[],
                  ${block.map((b) => b.messageId)}::text[]) as begun (administrator_id, telling, attempt, buyers, units, domain, message_id)
        on conflict (administrator_id, campaign_id, telling, attempt)
        do update set buyers = excluded.buyers, units = excluded.units, recipient_domain = excluded.recipient_domain
     where account_deliveries.outcome is null`.execute(db)
}

export type AccountEnd = AccountNotice & {
  outcome: AttemptOutcome
  answerText: string
  state: 'pending' | 'told' | 'ended'
  reason: string
  notBefore: Date | null
}

/** Gives a block its outcomes, and each administrator's row the state that follows, unless it grew since it was read. */
export async function endAccountBlock(db: Db, campaignId: string, ends: readonly AccountEnd[], at: Date): Promise<void> {
  const ended = sql`unnest(${ends.map((e) => e.administratorId)}::text[], ${ends.map((e) => e.telling)}::int[], ${ends.map((e) => e.attempt)}::int[],
                           ${ends.map((e) => e.outcome)}::text[], ${ends.map((e) => e.answerText)}::text[], ${ends.map((e) => e.state)}::text[],
                           ${ends.map((e) => e.reason)}::text[], ${ends.map((e) => e.notBefore?.toISOString() ?? null)}::timestamptz[],
                           ${ends.map((e) => e.buyers)}::int[], ${ends.map((e) => e.units)}::bigint[])
                    as ended (administrator_id, telling, attempt, outcome, answer_text, state, reason, not_before, buyers, units)`
  await sql`
    update outreach.account_deliveries d set ended_at = ${at}::timestamptz, outcome = ended.outcome, answer_text = ended.answer_text
      from ${ended}
     where d.administrator_id = ended.administrator_id and d.campaign_id = ${campaignId} and d.telling = ended.telling
       and d.attempt = ended.attempt and d.outcome is null`.execute(db)
  const saidAll = sql`a.buyers = ended.buyers and a.units = ended.units`
  await sql`
    update outreach.account_notices a
       set attempts = case when ${saidAll} then a.attempts + 1 else 0 end,
           telling = case when ${saidAll} or ended.state = 'pending' then a.telling else a.telling + 1 end,
           state = case when ${saidAll} then ended.state else 'pending' end,
           state_at = ${at}::timestamptz,
           state_reason = case when ${saidAll} then ended.reason else a.state_reason end,
           not_before = case when ${saidAll} then ended.not_before end
      from ${ended}
     where a.administrator_id = ended.administrator_id and a.campaign_id = ${campaignId} and a.telling = ended.telling and a.state = 'pending'`.execute(db) // prettier-ignore
}

/** A message to an administrator that came back: their last telling ended with it. True where there was one. */
export async function returnAccountMessage(
  db: Db,
  came: { accountNoticeId: string; telling: number; text: string; final: boolean; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ administratorId: string }>`
    update outreach.account_deliveries d
       set returned_at = coalesce(d.returned_at, ${came.at}::timestamptz), returned_text = coalesce(d.returned_text, ${came.text})
      from outreach.account_notices a
     where a.account_notice_id = ${came.accountNoticeId}::uuid and d.administrator_id = a.administrator_id and d.campaign_id = a.campaign_id
       and d.telling = ${came.telling} and d.outcome = 'accepted'
    returning d.administrator_id as "administratorId"`.execute(db)
  if (rows.length === 0) return false
  if (came.final)
    await sql`
      update outreach.account_notices a set state = 'ended', state_at = ${came.at}::timestamptz, state_reason = 'the e-mail came back'
       where a.account_notice_id = ${came.accountNoticeId}::uuid and a.telling = ${came.telling} and a.state = 'told'`.execute(db)
  return true
}

export type AccountRow = {
  administratorId: string
  buyers: number
  units: number
  answer: NoticeAnswer
  state: string
  stateAt: Date
  stateReason: string
}

/** A campaign's administrators after this one. Index account_notices_campaign. */
export async function selectAccounts(db: Db, campaignId: string, page: { after: string; limit: number }): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select administrator_id as "administratorId", buyers, units, answer, state, state_at as "stateAt", state_reason as "stateReason"
      from outreach.account_notices
     where campaign_id = ${campaignId} and administrator_id > ${page.after}
     order by administrator_id
     limit ${page.limit}`.execute(db)
  return rows
}

/** Administrators that count as told although no mail server took what stands there, or whose message came back for good. */
export async function toldByNothing(db: Db): Promise<string[]> {
  const { rows } = await sql<{ sentence: string }>`
    select format('campaign %s: administrator %s counts as told of %s units of %s buyers, which no message said', a.campaign_id, a.administrator_id,
                  a.units, a.buyers) as sentence
      from outreach.account_notices a
     where a.state = 'told'
       and not exists (select from outreach.account_deliveries d
                        where d.administrator_id = a.administrator_id and d.campaign_id = a.campaign_id and d.telling = a.telling
                          and d.outcome = 'accepted' and d.units = a.units and d.buyers = a.buyers)
     limit 100`.execute(db)
  return rows.map((row) => row.sentence)
}
