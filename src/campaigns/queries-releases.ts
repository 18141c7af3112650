/** SQL of releases that one person asks for and another one confirms. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { afterKey, type Key } from '../platform/lists.ts'

/** A stopped listing as a release needs to know it. */
export type StoppedListing = {
  listingId: string
  title: string
  stopNo: number
  /** The recalls of the campaign that it is answered affected by, now. */
  affectedBy: string[]
  /** Another campaign's stop stands on it too. */
  othersStand: boolean
}

/** Of these listings, those on which the campaign's stop stands. */
export async function stoppedForRelease(db: Db, campaignId: string, listingIds: readonly string[]): Promise<StoppedListing[]> {
  // The primary keys of stops, listings and matches.
  const { rows } = await sql<StoppedListing>`
    select s.listing_id as "listingId", l.title, s.stop_no as "stopNo",
           array(select m.recall_id from matching.matches_view m
                  where m.listing_id = s.listing_id and m.answer = 'affected'
                    and (m.recall_id = c.recall_id or m.recall_id in (select j.recall_id from campaigns.campaign_recalls j
                                                                       where j.campaign_id = c.campaign_id))
                  order by m.recall_id) as "affectedBy",
           exists (select from supply.stops_view o
                    where o.listing_id = s.listing_id and o.campaign_id <> s.campaign_id and o.released_at is null) as "othersStand"
      from supply.stops_view s
      join campaigns.campaigns c on c.campaign_id = s.campaign_id
      join catalog.listings_view l on l.listing_id = s.listing_id
     where s.campaign_id = ${campaignId} and s.released_at is null and s.listing_id = any(${listingIds}::text[])
     order by s.listing_id`.execute(db)
  return rows
}

export type OpenRequest = { listingId: string; requestNo: number; stopNo: number; revision: number | null; askedBy: string; reason: string }

/** The requests for these listings' standing stops that nobody has answered. At most one each. */
export async function openRequests(db: Db, campaignId: string, listingIds: readonly string[]): Promise<OpenRequest[]> {
  const { rows } = await sql<OpenRequest>`
    select r.listing_id as "listingId", r.request_no as "requestNo", r.stop_no as "stopNo", r.revision, r.asked_by as "askedBy", r.reason
      from campaigns.release_requests_view r
      join supply.stops_view s on s.listing_id = r.listing_id and s.campaign_id = r.campaign_id and s.stop_no = r.stop_no and s.released_at is null
     where r.campaign_id = ${campaignId} and r.listing_id = any(${listingIds}::text[]) and r.answer is null
     order by r.listing_id`.execute(db)
  return rows
}

/** Asks for releases. Called under the recall's lock, so that numbers run without gaps. */
export async function insertRequests(
  db: Db,
  asked: {
    campaignId: string
    stops: readonly { listingId: string; stopNo: number }[]
    revision: number | null
    actor: string
    at: Date
    reason: string
  },
): Promise<void> {
  await sql`
    insert into campaigns.release_requests (campaign_id, listing_id, request_no, stop_no, revision, asked_by, asked_at, reason)
    select ${asked.campaignId}, a.listing_id,
           (select coalesce(max(request_no), 0) + 1 from campaigns.release_requests r where r.campaign_id = ${asked.campaignId} and r.listing_id = a.listing_id),
           a.stop_no, ${asked.revision}::int, ${asked.actor}, ${asked.at}::timestamptz, ${asked.reason}
      from unnest(${asked.stops.map((stop) => stop.listingId)}::text[], ${asked.stops.map((stop) => stop.stopNo)}::int[]) as a (listing_id, stop_no)`.execute(
    db,
  )
}

export async function insertAnswers(
  db: Db,
  given: { campaignId: string; requests: readonly OpenRequest[]; answer: 'confirmed' | 'refused'; actor: string; at: Date; reason: string },
): Promise<void> {
  await sql`
    insert into campaigns.release_answers (campaign_id, listing_id, request_no, answer, answered_by, answered_at, reason)
    select ${given.campaignId}, listing_id, request_no, ${given.answer}, ${given.actor}, ${given.at}::timestamptz, ${given.reason}
      from unnest(${given.requests.map((each) => each.listingId)}::text[], ${given.requests.map((each) => each.requestNo)}::int[])
             as r (listing_id, request_no)`.execute(db)
}

export type ReleaseRow = {
  listing_id: string
  request_no: number
  title: string
  seller_id: string
  seller_name: string
  revision: number | null
  asked_by: string
  asked_at: Date
  reason: string
  answer: 'confirmed' | 'refused' | null
  answered_by: string | null
  answered_at: Date | null
  answer_reason: string | null
  /** The stop that it is about has ended; a request whose stop ended needs no answer. */
  released_at: Date | null
}

/** The releases asked for in a campaign, by listing. `open`: those that wait for a second person. The primary key serves it. */
export async function releaseRows(
  db: Db,
  campaignId: string,
  filters: { open?: boolean | undefined; listingId?: string },
  after: Key | null,
  limit: number,
): Promise<ReleaseRow[]> {
  // prettier-ignore
  const { rows } = await sql<ReleaseRow>`
    select r.listing_id, r.request_no, l.title, l.seller_id, e.name as seller_name, r.revision, r.asked_by, r.asked_at, r.reason, r.answer,
           r.answered_by, r.answered_at, r.answer_reason, s.released_at
      from campaigns.release_requests_view r
      join catalog.listings_view l using (listing_id)
      join catalog.sellers_view e using (seller_id)
      join supply.stop_history_view s on s.listing_id = r.listing_id and s.campaign_id = r.campaign_id and s.stop_no = r.stop_no
     where r.campaign_id = ${campaignId} and ${afterKey([sql`r.listing_id`, sql`r.request_no`], after)}
       and (${filters.listingId ?? null}::text is null or r.listing_id = ${filters.listingId ?? null})
       and (${filters.open ?? null}::boolean is null or (r.answer is null and s.released_at is null) = ${filters.open ?? null}::boolean)
     order by r.listing_id, r.request_no
     limit ${limit}`.execute(db)
  return rows
}
