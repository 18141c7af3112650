/** What came back: which delivery it is about, its row, and where it leaves the notice. One batch at a time, each a handful of statements. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Channel } from './playbook.ts'
import type { ReturnKind } from './return-effect.ts'
import { SEEN_ON_PAGE } from './notice-state.ts'

export type Way = 'file' | 'smtp' | 'provider'

/** A return with the delivery it is about. */
export type MatchedReturn = {
  returnKey: string
  buyerId: string
  campaignId: string
  wave: number
  channel: Channel
  attempt: number
  matchedBy: 'message' | 'recipient'
  /** Taken in before. */
  again: boolean
  /** Returns that may pass, of this buyer and campaign by this channel, before this one. */
  softBefore: number
}

/** Takes one batch of returns at a time, to the end of the transaction: what came before is then a question with one answer. */
export async function lockReturns(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('outreach.returns'))`.execute(db)
}

type Named = { returnKey: string; noticeId: string; channel: Channel; wave: number }

/**
 * The deliveries of messages that a return names: the last attempt of that wave. `early` are those whose attempt has no outcome yet, because
 * an answer can be quicker than the block that records it.
 */
export async function matchByMessage(db: Db, named: readonly Named[]): Promise<{ found: MatchedReturn[]; early: string[] }> {
  const { rows } = await sql<MatchedReturn & { attempt: number | null; open: boolean }>`
    select named.return_key as "returnKey", n.buyer_id as "buyerId", n.campaign_id as "campaignId", named.wave, named.channel,
           d.attempt, 'message' as "matchedBy", ${againSql()} as again, ${softBeforeSql('named.channel')} as "softBefore",
           exists (select from outreach.wave_buckets b
                    where b.campaign_id = n.campaign_id and b.wave = named.wave and b.bucket = n.bucket and b.done_at is null) as open
      from unnest(${named.map((each) => each.returnKey)}::text[], ${named.map((each) => each.noticeId)}::uuid[],
                  ${named.map((each) => each.channel)}::text[], ${named.map((each) => each.wave)}::int[]) as named (return_key, notice_id, channel, wave)
      -- Index notices_id, then the primary key of deliveries.
      join outreach.notices n on n.notice_id = named.notice_id
      left join lateral (select attempt from outreach.deliveries
                          where buyer_id = n.buyer_id and campaign_id = n.campaign_id and wave = named.wave and channel = named.channel
                            and outcome is not null
                          order by attempt desc limit 1) d on true`.execute(db)
  return {
    found: rows.filter((row) => row.attempt !== null),
    early: rows.filter((row) => row.attempt === null && row.open).map((row) => row.returnKey),
  }
}

/** The newest accepted e-mail to each of these addresses. One pass over the buyers for a batch; only what names no message comes here. */
export async function matchByRecipient(db: Db, written: readonly { returnKey: string; address: string }[]): Promise<MatchedReturn[]> {
  if (written.length === 0) return []
  const { rows } = await sql<MatchedReturn>`
    select distinct on (named.return_key)
           named.return_key as "returnKey", n.buyer_id as "buyerId", n.campaign_id as "campaignId", d.wave, d.channel, d.attempt,
           'recipient' as "matchedBy", ${againSql()} as again, ${softBeforeSql("'email'")} as "softBefore"
      from unnest(${written.map((each) => each.returnKey)}::text[], ${written.map((each) => each.address.toLowerCase())}::text[])
             as named (return_key, address)
      join catalog.buyers_view buyer on lower(trim(buyer.email)) = named.address
      -- Primary keys of notices and deliveries, by buyer.
      join outreach.notices n on n.buyer_id = buyer.buyer_id
      join outreach.deliveries d on d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.channel = 'email' and d.outcome = 'accepted'
     -- One that was taken in before stays with the delivery it was given to, whatever was sent since.
     order by named.return_key, again desc, d.ended_at desc, n.campaign_id, n.buyer_id`.execute(db)
  return rows
}

function againSql() {
  return sql`exists (select from outreach.returns r
                      where r.buyer_id = n.buyer_id and r.campaign_id = n.campaign_id and r.return_key = named.return_key)`
}

function softBeforeSql(channel: string) {
  return sql`(select count(*)::int from outreach.returns r
               where r.buyer_id = n.buyer_id and r.campaign_id = n.campaign_id and r.channel = ${sql.raw(channel)} and r.kind = 'soft')`
}

export type NewReturn = MatchedReturn & {
  kind: ReturnKind
  status: string
  diagnostic: string
  undoes: boolean
  /** Why the notice is pending again, where it is. */
  reason: string
}

/** Writes returns, each once. */
export async function insertReturns(db: Db, rows: readonly NewReturn[], taken: { way: Way; at: Date }): Promise<void> {
  await sql`
    insert into outreach.returns
           (buyer_id, campaign_id, wave, channel, attempt, return_key, kind, status, diagnostic, matched_by, way, taken_at, undoes)
    select buyer_id, campaign_id, wave, channel, attempt, return_key, kind, status, diagnostic, matched_by, ${taken.way}, ${taken.at}::timestamptz,
           undoes
      from unnest(${rows.map((r) => r.buyerId)}::text[], ${rows.map((r) => r.campaignId)}::text[], ${rows.map((r) => r.wave)}::int[],
                  ${rows.map((r) => r.channel)}::text[], ${rows.map((r) => r.attempt)}::int[], ${rows.map((r) => r.returnKey)}::text[],
                  ${rows.map((r) => r.kind)}::text[], ${rows.map((r) => r.status)}::text[], ${rows.map((r) => r.diagnostic)}::text[],
                  ${rows.map((r) => r.matchedBy)}::text[], ${rows.map((r) => r.undoes)}::bool[])
             as came (buyer_id, campaign_id, wave, channel, attempt, return_key, kind, status, diagnostic, matched_by, undoes)
        on conflict do nothing`.execute(db)
}

/** A delivery `d` that was taken and has not come back. */
export const STANDS = sql<boolean>`(d.outcome = 'seen' or (d.outcome = 'accepted' and not exists (
       select from outreach.returns r
        where r.buyer_id = d.buyer_id and r.campaign_id = d.campaign_id and r.wave = d.wave and r.channel = d.channel
          and r.attempt = d.attempt and r.undoes)))`

/** Notices that were delivered by what came back, and by nothing else since, are pending again. Returns how many. */
export async function undoDelivered(db: Db, rows: readonly NewReturn[], at: Date): Promise<number> {
  const undone = rows.filter((row) => row.undoes)
  if (undone.length === 0) return 0
  const updated = await sql`
    update outreach.notices n
       set state = 'pending', state_at = ${at}::timestamptz, state_reason = undone.reason
      from unnest(${undone.map((r) => r.buyerId)}::text[], ${undone.map((r) => r.campaignId)}::text[], ${undone.map((r) => r.reason)}::text[])
             as undone (buyer_id, campaign_id, reason)
     where n.buyer_id = undone.buyer_id and n.campaign_id = undone.campaign_id and n.state = 'delivered'
       -- Whoever saw the page has been reached, whatever came back.
       and n.state_reason <> ${SEEN_ON_PAGE}
       and not exists (select from outreach.deliveries d
                        where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.ended_at >= n.state_at and ${STANDS})`.execute(
    db,
  )
  return Number(updated.numAffectedRows ?? 0n)
}

export type Unmatched = { returnKey: string; kind: ReturnKind; status: string; diagnostic: string; domain: string | null }

/** Keeps what belongs to no delivery, each once. */
export async function insertUnmatched(db: Db, rows: readonly Unmatched[], taken: { way: Way; at: Date }): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into outreach.unmatched_returns (return_key, kind, status, diagnostic, recipient_domain, way, taken_at)
    select return_key, kind, status, diagnostic, domain, ${taken.way}, ${taken.at}::timestamptz
      from unnest(${rows.map((r) => r.returnKey)}::text[], ${rows.map((r) => r.kind)}::text[], ${rows.map((r) => r.status)}::text[],
                  ${rows.map((r) => r.diagnostic)}::text[], ${rows.map((r) => r.domain)}::text[])
             as came (return_key, kind, status, diagnostic, domain)
        on conflict do nothing`.execute(db)
}

/** Writes the id of a provider's request; false where it was written before. */
export async function insertProviderEvent(db: Db, eventId: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into outreach.provider_events (event_id, taken_at) values (${eventId}, ${at}) on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

export async function deleteProviderEvent(db: Db, eventId: string): Promise<void> {
  await sql`delete from outreach.provider_events where event_id = ${eventId}`.execute(db)
}
