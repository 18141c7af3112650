/**
 * Sending a wave: leases on buckets, blocks of buyers, attempts and their outcomes. A lease is told by the database's clock only, and by its
 * fencing number: whoever took the bucket over has a higher one, and every write of the earlier holder finds no row.
 */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { textArray } from '../platform/text-array.ts'
import type { Jurisdiction } from '../recalls/index.ts'
import type { Money, NoticeAnswer } from './brief.ts'
import type { Channel } from './playbook.ts'
import type { WaveKind } from './reminders.ts'

export type WaveKey = { campaignId: string; wave: number }

/** A bucket as leased: `attempt` and `checkpoint` say where its walk stands, the rest for whom its wave is. */
export type Claim = WaveKey & ClaimedBucket
type ClaimedBucket = {
  bucket: number
  attempt: number
  checkpoint: string
  fence: number
  channel: Channel
  kind: WaveKind
  /** The channels that must have ended for a buyer before this wave is theirs. */
  after: Channel[]
  createdAt: Date
  /** Raised when waiting buyers of the bucket are given to another brief, or to their seller to tell: a block read before that is out of date. */
  version: number
}

/** One buyer of a block, with their contact as it is at this moment. It is used for the sending and kept nowhere. */
export type BlockBuyer = {
  buyerId: string
  noticeId: string
  /** Whose brief the notice is by. */
  jurisdiction: Jurisdiction
  /** Which of its briefs. */
  briefNo: number
  answer: NoticeAnswer
  units: number
  name: string | null
  email: string | null
  phone: string | null
  /** What tells their language. */
  locale: string | null
  country: string | null
  region: string | null
  /** Where they get post. */
  street: string | null
  postalCode: string | null
  city: string | null
  lines: { title: string; orderedAt: Date; units: number; amountMinor: number; currency: string }[]
  lineCount: number
  refund: Money[]
}

/** What came of one attempt, and where it leaves the notice. */
export type AttemptEnd = {
  buyerId: string
  /** Null where there was nowhere to send to. */
  domain: string | null
  messageId: string | null
  /** What the message said, so that a notice which has grown since is not taken as delivered. */
  units: number
  told: NoticeAnswer
  startedAt: Date
  endedAt: Date
  outcome: string
  answer: string
  state: 'pending' | 'delivered'
  reason: string
}

/**
 * Tells the planner what the tables hold. A campaign fills them in one statement a moment before it is sent, and autovacuum looks a minute
 * later: until then the planner takes a campaign for a handful of rows, and joins each block with all of it.
 */
export async function refreshStatistics(db: Db): Promise<void> {
  await sql`analyze outreach.affected_lines, outreach.notices, outreach.wave_buckets, outreach.seller_contacts`.execute(db)
}

/**
 * Leases the first bucket that is free and due, of this wave or of what is left of an earlier one. A later wave waits, bucket by bucket, for
 * the earlier one: nobody is told twice by two waves at once.
 */
export async function claimBucket(db: Db, key: WaveKey, worker: string, leaseSeconds: number): Promise<Claim | null> {
  const claimed = await sql<ClaimedBucket & { wave: number }>`
    -- prepared
    update outreach.wave_buckets claimed
       set lease_owner = ${worker}, lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}), fence = fence + 1
      from outreach.waves w
     where w.campaign_id = claimed.campaign_id and w.wave = claimed.wave and (claimed.campaign_id, claimed.wave, claimed.bucket) = (
       select b.campaign_id, b.wave, b.bucket
         from outreach.wave_buckets b
        where b.campaign_id = ${key.campaignId} and b.wave <= ${key.wave} and b.done_at is null
          and (b.lease_until is null or b.lease_until <= clock_timestamp())
          and (b.not_before is null or b.not_before <= clock_timestamp())
          and not exists (select from outreach.wave_buckets earlier
                           where earlier.campaign_id = b.campaign_id and earlier.bucket = b.bucket
                             and earlier.wave < b.wave and earlier.done_at is null)
        order by b.wave, b.bucket
        limit 1
          for update skip locked)
    returning w.wave, bucket, attempt, checkpoint, fence, claimed.version, w.channel, w.kind, w.after, w.created_at as "createdAt"`.execute(
    db,
  )
  const row = claimed.rows[0]
  return row === undefined ? null : { campaignId: key.campaignId, ...row }
}

/** Prolongs a lease that is still ours. False: another worker has taken the bucket over. */
export async function renewLease(db: Db, claim: Claim, leaseSeconds: number): Promise<boolean> {
  const renewed = await sql`
    update outreach.wave_buckets set lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
     where ${stillOurs(claim)}`.execute(db)
  return renewed.numAffectedRows === 1n
}

/**
 * Holds the campaign's open waves, or these buckets of them, to the end of the transaction, and raises the version of each bucket. A worker writes a
 * block as in flight by the row of its bucket, so a block is either in flight before this returns, or is found out of date after the transaction
 * and read again.
 */
export async function outdateBlocks(db: Db, campaignId: string, buckets: readonly number[] | null = null): Promise<void> {
  const these = buckets === null ? sql`true` : sql`bucket = any(${[...new Set(buckets)]}::smallint[])`
  await sql`
    with held as (
      select wave, bucket from outreach.wave_buckets
       where campaign_id = ${campaignId} and done_at is null and ${these}
       order by wave, bucket for update
    )
    update outreach.wave_buckets b set version = b.version + 1
      from held
     where b.campaign_id = ${campaignId} and b.wave = held.wave and b.bucket = held.bucket`.execute(db)
}

/**
 * Writes a block as in flight, up to its last buyer, and prolongs the lease. What a dead worker had in flight beyond stays so. Returns the version
 * of the bucket: where it is no longer the claim's, nothing was written as in flight, and the block is to be read again. Null where another worker
 * has taken the bucket over.
 */
export async function beginBlock(db: Db, claim: Claim, block: { to: string; leaseSeconds: number }): Promise<number | null> {
  const begun = await sql<{ version: number }>`
    -- prepared
    update outreach.wave_buckets
       set in_flight_to = case when version = ${claim.version} then greatest(in_flight_to, ${block.to}) else in_flight_to end,
           lease_until = clock_timestamp() + make_interval(secs => ${block.leaseSeconds})
     where ${stillOurs(claim)}
    returning version`.execute(db)
  return begun.rows[0]?.version ?? null
}

/**
 * Moves the checkpoint behind the last buyer whose attempt has an outcome, counts those to be tried again, and prolongs the lease. False as
 * in `renewLease`.
 */
export async function moveCheckpoint(db: Db, claim: Claim, moved: { to: string; again: number; leaseSeconds: number }): Promise<boolean> {
  const updated = await sql`
    -- prepared
    update outreach.wave_buckets
       set checkpoint = ${moved.to}, again = again + ${moved.again}, in_flight_to = case when in_flight_to > ${moved.to} then in_flight_to end,
           lease_until = clock_timestamp() + make_interval(secs => ${moved.leaseSeconds})
     where ${stillOurs(claim)}`.execute(db)
  return updated.numAffectedRows === 1n
}

/** Gives a bucket back before its end, so that another worker need not wait for the lease to run out. */
export async function releaseBucket(db: Db, claim: Claim): Promise<void> {
  await sql`update outreach.wave_buckets set lease_owner = null, lease_until = null where ${stillOurs(claim)}`.execute(db)
}

/**
 * Ends the walk of a bucket: done, or, where some were refused for now and attempts are left, begun again after a pause with the next
 * attempt at those.
 */
export async function endWalk(db: Db, claim: Claim, attemptsMax: number, pauseSeconds: number, at: Date): Promise<void> {
  const triedAgain = sql`(again > 0 and attempt < ${attemptsMax})`
  await sql`
    -- prepared
    update outreach.wave_buckets
       set done_at = case when not ${triedAgain} then ${at}::timestamptz end,
           attempt = case when ${triedAgain} then attempt + 1 else attempt end,
           again = case when ${triedAgain} then 0 else again end,
           checkpoint = case when ${triedAgain} then '' else checkpoint end,
           in_flight_to = null,
           not_before = case when ${triedAgain} then clock_timestamp() + make_interval(secs => ${pauseSeconds}) end,
           lease_owner = null, lease_until = null
     where ${stillOurs(claim)}`.execute(db)
}

function stillOurs(claim: Claim) {
  return sql`campaign_id = ${claim.campaignId} and wave = ${claim.wave} and bucket = ${claim.bucket}
         and fence = ${claim.fence} and done_at is null`
}

/** Gives the attempts of a block their outcomes and their notices the states that follow. Each statement is sent the columns that it writes. */
export async function recordOutcomes(db: Db, claim: Claim, ends: readonly AttemptEnd[]): Promise<void> {
  const texts = (of: (end: AttemptEnd) => string | null) => sql`${textArray(ends.map(of))}::text[]`
  const [buyers, endedAt] = [texts((end) => end.buyerId), sql`${textArray(ends.map((end) => end.endedAt.toISOString()))}::timestamptz[]`]
  await sql`
    -- prepared
    -- Primary key of deliveries: an attempt has one outcome, whoever recorded it.
    insert into outreach.deliveries
           (buyer_id, campaign_id, wave, channel, attempt, recipient_domain, message_id, started_at, ended_at, outcome, answer_text)
    -- A letter that waits to be printed has no outcome yet.
    select buyer_id, ${claim.campaignId}, ${claim.wave}, ${claim.channel}, ${claim.attempt}, domain, message_id, started_at,
           case when outcome <> 'prepared' then ended_at end, nullif(outcome, 'prepared'), answer
      from unnest(${buyers}, ${texts((end) => end.domain)}, ${texts((end) => end.messageId)},
                  ${textArray(ends.map((end) => end.startedAt.toISOString()))}::timestamptz[], ${endedAt},
                  ${texts((end) => end.outcome)}, ${texts((end) => end.answer)})
                  as ended (buyer_id, domain, message_id, started_at, ended_at, outcome, answer)
        on conflict (buyer_id, campaign_id, wave, channel, attempt)
        do update set ended_at = excluded.ended_at, outcome = excluded.outcome, answer_text = excluded.answer_text
     where deliveries.outcome is null`.execute(db)
  const toldAll = sql`n.units = ended.units and n.answer = ended.told`
  await sql`
    -- prepared
    -- A notice that was delivered by another way meanwhile stays so. One that has grown since it was read for this message stays pending:
    -- the buyer has not been told all of it. Primary key of notices.
    update outreach.notices n
       set state = case when ${toldAll} then ended.state else n.state end,
           state_reason = case when ${toldAll} then ended.reason else n.state_reason end,
           state_at = case when ${toldAll} and ended.state = n.state then n.state_at else ended.ended_at end
      from unnest(${buyers}, ${endedAt}, ${texts((end) => end.state)}, ${texts((end) => end.reason)},
                  ${textArray(ends.map((end) => String(end.units)))}::bigint[], ${texts((end) => end.told)})
                  as ended (buyer_id, ended_at, state, reason, units, told)
     where n.buyer_id = ended.buyer_id and n.campaign_id = ${claim.campaignId} and n.state = 'pending'`.execute(db)
}

/** How far a wave and those before it are: buckets that are not done, the seconds until one of them may be free or due, and buyers still to be tried. */
export async function waveRest(db: Db, key: WaveKey): Promise<{ buckets: number; waitSeconds: number; buyers: number }> {
  const found = await sql<{ buckets: number; waitSeconds: number; buyers: number }>`
    with open as (
      select bucket, checkpoint, attempt, greatest(lease_until, not_before) as free_at
        from outreach.wave_buckets
       where campaign_id = ${key.campaignId} and wave <= ${key.wave} and done_at is null
    )
    select count(*) as buckets,
           coalesce(extract(epoch from min(free_at) - clock_timestamp()), 1)::float8 as "waitSeconds",
           -- Index notices_bucket, bucket by bucket from its checkpoint.
           coalesce(sum((select count(*) from outreach.notices n
                          where n.campaign_id = ${key.campaignId} and n.bucket = open.bucket and n.buyer_id > open.checkpoint
                            and n.state = 'pending')), 0)::bigint as buyers
      from open`.execute(db)
  return found.rows[0]!
}
