/** All SQL of the room but its promises: campaigns, their steps, and the listings a campaign is about. */
import { sql } from 'kysely'
import type { Reason } from '../matching/index.ts'
import type { Db } from '../platform/db.ts'
import type { Recall, Scope } from '../recalls/index.ts'
import { recallsToLock } from './queries-joint.ts'
import type { Remedies } from './remedies-offered.ts'

/** A campaign with the recall as it was last decided on: the revision and the scope that the campaign executes. */
export type Campaign = {
  campaignId: string
  recallId: string
  revision: number
  openedAt: Date
  openedBy: string
  scope: Scope
  remedies: Remedies
  recall: Recall
  /** When the last step was taken. */
  lastStepAt: Date
}

export type NewCampaign = {
  campaignId: string
  recallId: string
  revision: number
  actor: string
  reason: string
  scope: Scope
  remedies: Remedies
  at: Date
}

/**
 * Opening a campaign, extending it and ruling on its listings take turns, recall by recall, to the end of the transaction: a ruling made
 * while the campaign opens is either in it or extends it, never lost between. Recalls that are one are locked together, in the order of
 * their ids, so that nobody waits in a circle.
 */
export async function lockRecall(db: Db, recallId: string): Promise<void> {
  for (const each of await recallsToLock(db, recallId)) {
    await sql`select pg_advisory_xact_lock(hashtext('campaigns.campaigns'), hashtext(${each}))`.execute(db)
  }
}

export async function insertCampaign(db: Db, campaign: NewCampaign): Promise<void> {
  await sql`
    with opened as (
      insert into campaigns.campaigns (campaign_id, recall_id, revision, opened_at, opened_by, reason, scope, remedies)
      values (${campaign.campaignId}, ${campaign.recallId}, ${campaign.revision}, ${campaign.at}, ${campaign.actor}, ${campaign.reason},
              ${JSON.stringify(campaign.scope)}::jsonb, ${JSON.stringify(campaign.remedies)}::jsonb)
      returning campaign_id, revision, scope, opened_by, opened_at, reason
    )
    insert into campaigns.scopes (campaign_id, scope_no, revision, scope, decided_by, decided_at, reason)
    select campaign_id, 1, revision, scope, opened_by, opened_at, reason from opened`.execute(db)
}

/** The campaign that executes a recall, as its own or as the same recall of another agency; null where none is open. */
export async function campaignOfRecall(db: Db, recallId: string): Promise<Campaign | null> {
  // The unique indexes on recall_id, then the primary keys of the campaign's scopes and steps and of the recall's revisions.
  const { rows } = await sql<Campaign>`
    select c.campaign_id as "campaignId", c.recall_id as "recallId", c.revision, c.opened_at as "openedAt", c.opened_by as "openedBy", c.scope, c.remedies,
           r.content as recall, (select max(at) from campaigns.steps s where s.campaign_id = c.campaign_id) as "lastStepAt"
      from campaigns.campaigns_view c
      join recalls.revisions_view r on r.recall_id = c.recall_id and r.revision = c.revision
     where c.recall_id = ${recallId}
        or c.campaign_id = (select j.campaign_id from campaigns.campaign_recalls j where j.recall_id = ${recallId})`.execute(db)
  return rows[0] ?? null
}

/** A listing to be stopped, with what its statement of reasons is made from. */
export type AffectedListing = {
  listingId: string
  title: string
  reasons: Reason[]
  ruling: string | null
  decidedBy: string | null
  decisionReason: string | null
  /** The recall that names it, where that is not the campaign's own. */
  recall: Recall | null
}

/**
 * The listings whose match with a recall of the campaign is answered `affected` and on which no stop of it stands: with its own recall, with
 * those it executes beside that, and, while it opens, with `also`. A listing that several recalls name is named by the campaign's own. `seen` are those that an
 * officer decides on by opening the campaign; `unseen` leaves out what the engine would have a person review and nobody has ruled on.
 */
export async function listingsToStop(
  db: Db,
  recallId: string,
  campaignId: string,
  by: 'seen' | 'unseen',
  also: readonly string[] = [],
): Promise<AffectedListing[]> {
  // The index matches_recall, then the primary keys of decisions, listings and stops.
  const { rows } = await sql<AffectedListing>`
    select distinct on (m.listing_id) m.listing_id as "listingId", l.title, m.reasons, m.ruling, m.decided_by as "decidedBy",
           m.decision_reason as "decisionReason",
           case when m.recall_id <> ${recallId} then (select r.content from recalls.current_recalls_view r where r.recall_id = m.recall_id) end as recall
      from matching.matches_view m
      join catalog.listings_view l using (listing_id)
     where (m.recall_id = ${recallId} or m.recall_id = any(${[...also]}::text[])
            or m.recall_id in (select j.recall_id from campaigns.campaign_recalls j where j.campaign_id = ${campaignId}))
       and m.answer = 'affected' and (${by === 'seen'} or m.tier = 'auto' or m.ruling is not null)
       and not exists (select from supply.stops_view s
                        where s.listing_id = m.listing_id and s.campaign_id = ${campaignId} and s.released_at is null)
     order by m.listing_id, m.recall_id <> ${recallId}, m.weight desc, m.recall_id`.execute(db)
  return rows
}

/** The listings that the campaign stopped and has not released. */
export async function stoppedListings(db: Db, campaignId: string): Promise<string[]> {
  // The index stops_campaign.
  const { rows } = await sql<{ listing_id: string }>`
    select listing_id from supply.stops_view where campaign_id = ${campaignId} and released_at is null order by listing_id`.execute(db)
  return rows.map((row) => row.listing_id)
}

/** The first six are the line, in its order; the rest is what comes after. */
export const STEPS = [
  'opened', 'listings_stopped', 'stock_held', 'orders_intercepted', 'lines_found', 'notices_made', 'wave_started', 'wave_sent', 'change_proposed',
  'scope_widened', 'scope_narrowed', 'change_refused', 'release_asked', 'release_refused', 'listings_released', 'oversight_ended',
] as const // prettier-ignore
export type Step = (typeof STEPS)[number]

export type Counts = Record<string, number>

/** Appends a step to the timeline. Its campaign is locked by `lockRecall`, so that numbers run without gaps. */
export async function insertStep(db: Db, step: { campaignId: string; step: Step; actor: string; at: Date; counts: Counts }): Promise<void> {
  // The primary key (campaign_id, step_no) gives the last number.
  await sql`
    insert into campaigns.steps (campaign_id, step_no, step, at, actor, counts)
    select ${step.campaignId}, coalesce(max(step_no), 0) + 1, ${step.step}, ${step.at}, ${step.actor}, ${JSON.stringify(step.counts)}::jsonb
      from campaigns.steps
     where campaign_id = ${step.campaignId}`.execute(db)
}

/** The sums of a step's counts over all times it was taken. */
export async function stepSums(db: Db, campaignId: string, step: Step): Promise<Counts> {
  // The primary key (campaign_id, step_no): a campaign has some dozen steps.
  const { rows } = await sql<{ name: string; total: number }>`
    select name, sum(value::bigint)::bigint as total
      from campaigns.steps
     cross join jsonb_each_text(counts) as count (name, value)
     where campaign_id = ${campaignId} and step = ${step}
     group by name`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.name, row.total]))
}

/** Whether a step was taken for this wave. */
export async function waveStepExists(db: Db, campaignId: string, step: 'wave_started' | 'wave_sent', wave: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from campaigns.steps where campaign_id = ${campaignId} and step = ${step} and counts ->> 'wave' = ${String(wave)}`.execute(db)
  return rows.length > 0
}

/** One match as the desk lists it. */
export type DeskMatch = {
  listing_id: string
  title: string
  brand: string | null
  seller_id: string
  seller_name: string
  answer: string
  engine_answer: string
  weight: number
  tier: string
  reasons: Reason[]
  ruling: string | null
  decided_by: string | null
  decided_at: Date | null
  decision_reason: string | null
}

export async function matchForDesk(db: Db, recallId: string, listingId: string): Promise<DeskMatch | null> {
  // The primary keys of matches, listings and sellers.
  const { rows } = await sql<DeskMatch>`
    select m.listing_id, l.title, l.brand, l.seller_id, s.name as seller_name, m.answer, m.engine_answer, m.weight, m.tier, m.reasons, m.ruling,
           m.decided_by, m.decided_at, m.decision_reason
      from matching.matches_view m
      join catalog.listings_view l using (listing_id)
      join catalog.sellers_view s using (seller_id)
     where m.recall_id = ${recallId} and m.listing_id = ${listingId}`.execute(db)
  return rows[0] ?? null
}

export async function campaignExists(db: Db, campaignId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from campaigns.campaigns where campaign_id = ${campaignId}`.execute(db)
  return rows.length > 0
}

/** The ids of all campaigns. */
export async function campaignIds(db: Db): Promise<string[]> {
  const { rows } = await sql<{ campaign_id: string }>`select campaign_id from campaigns.campaigns order by campaign_id`.execute(db)
  return rows.map((row) => row.campaign_id)
}
