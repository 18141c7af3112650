/** SQL of offers, cases, their lines, events and proofs. Everything of one buyer is found by `buyer_id` first. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Jurisdiction, RemedyOption } from '../recalls/index.ts'
import type { Offer, ProofAsked } from './offer.ts'
import type { CaseState, Money } from './refund-rules.ts'

/** One buyer in one campaign: what every row of a case carries. */
export type CaseOf = { buyerId: string; campaignId: string }

export type CaseRow = { caseId: string; state: CaseState; openedAt: Date; stateAt: Date }

/** A line of an order as the campaign's books have it. Units are units of the product. */
export type CaseLine = { orderId: string; lineNo: number; units: number } & Money

export const EVENT_KINDS = [
  'opened',
  'proof_received',
  'proof_accepted',
  'proof_refused',
  'refund_asked',
  'refunded',
  'refund_refused',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]
export type NewEvent = { kind: EventKind; actor: string; at: Date; detail: Record<string, unknown> }
export type CaseEvent = NewEvent & { eventNo: number }

/** What a campaign offers to a jurisdiction is said once. */
export async function insertOffer(db: Db, offer: Offer & { at: Date }): Promise<void> {
  await sql`
    insert into remedies.offers (campaign_id, jurisdiction, recall_id, own, options, proof, created_at)
    values (${offer.campaignId}, ${offer.jurisdiction}, ${offer.recallId}, ${offer.own}, ${JSON.stringify(offer.options)}::jsonb,
            ${offer.proof}, ${offer.at})
    on conflict do nothing`.execute(db)
}

/** What the buyer was told that they may choose: the offer to the jurisdiction of their notice, else the campaign's own. */
export async function offerOf(db: Db, { buyerId, campaignId }: CaseOf): Promise<Offer | null> {
  // The primary keys of notices and offers.
  const { rows } = await sql<{ recall_id: string; jurisdiction: Jurisdiction; own: boolean; options: RemedyOption[]; proof: ProofAsked }>`
    select recall_id, jurisdiction, own, options, proof
      from remedies.offers
     where campaign_id = ${campaignId}
       and (own or jurisdiction = (select n.jurisdiction from outreach.notices_view n where n.buyer_id = ${buyerId} and n.campaign_id = ${campaignId}))
     order by jurisdiction = (select n.jurisdiction from outreach.notices_view n where n.buyer_id = ${buyerId} and n.campaign_id = ${campaignId})
              desc nulls last, own desc
     limit 1`.execute(db)
  const row = rows[0]
  if (row === undefined) return null
  const { recall_id: recallId, jurisdiction, own, options, proof } = row
  return { campaignId, recallId, jurisdiction, own, options, proof }
}

/** Whose notice a link names. Served by outreach's index notices_id. */
export async function noticeOf(db: Db, noticeId: string): Promise<CaseOf | null> {
  const { rows } = await sql<{ buyer_id: string; campaign_id: string }>`
    select buyer_id, campaign_id from outreach.notices_view where notice_id = ${noticeId}`.execute(db)
  const row = rows[0]
  return row === undefined ? null : { buyerId: row.buyer_id, campaignId: row.campaign_id }
}

/** A line as a page shows it. `elsewhere`: another campaign's case has it, so this one can give nothing for it. */
export type AffectedLine = CaseLine & { title: string; orderedAt: Date; elsewhere: boolean }

/** What the buyer has of the product for certain. Served by the primary keys of outreach.affected_lines and case_lines. */
export async function affectedLinesOf(db: Db, of: CaseOf): Promise<AffectedLine[]> {
  type Row = {
    order_id: string
    line_no: number
    units: number
    amount_minor: number
    currency: string
    title: string
    ordered_at: Date
    elsewhere: boolean
  }
  const { rows } = await sql<Row>`
    select a.order_id, a.line_no, a.units, a.amount_minor, a.currency, coalesce(l.title, a.listing_id) as title, a.ordered_at,
           exists (select from remedies.case_lines c
                    where c.buyer_id = a.buyer_id and c.order_id = a.order_id and c.line_no = a.line_no
                      and c.campaign_id <> a.campaign_id) as elsewhere
      from outreach.affected_lines_view a
      left join catalog.listings_view l using (listing_id)
     where a.buyer_id = ${of.buyerId} and a.campaign_id = ${of.campaignId} and a.answer = 'affected'
     order by a.ordered_at, a.order_id, a.line_no`.execute(db)
  return rows.map((row) => ({ ...presentLine(row), title: row.title, orderedAt: row.ordered_at, elsewhere: row.elsewhere }))
}

function presentLine(row: { order_id: string; line_no: number; units: number; amount_minor: number; currency: string }): CaseLine {
  return { orderId: row.order_id, lineNo: row.line_no, units: row.units, amountMinor: row.amount_minor, currency: row.currency }
}

/** Opens the case unless it is open; true for the one call that did. A second transaction waits here for the first. */
export async function insertCase(db: Db, opened: CaseOf & { caseId: string; at: Date }): Promise<boolean> {
  const { rows } = await sql`
    insert into remedies.cases (buyer_id, campaign_id, case_id, remedy, opened_at, state, state_at)
    values (${opened.buyerId}, ${opened.campaignId}, ${opened.caseId}, 'refund', ${opened.at}, 'awaiting_proof', ${opened.at})
    on conflict (buyer_id, campaign_id) do nothing
    returning 1`.execute(db)
  return rows.length === 1
}

/**
 * Copies the buyer's affected lines into the case and returns them: from here on the case does not move when the books do. A line that another
 * case has stays there; where that case is being opened at this moment, this waits for it.
 */
export async function insertCaseLines(db: Db, of: CaseOf): Promise<CaseLine[]> {
  const { rows } = await sql<{ order_id: string; line_no: number; units: number; amount_minor: number; currency: string }>`
    insert into remedies.case_lines (buyer_id, campaign_id, order_id, line_no, units, amount_minor, currency)
    select buyer_id, campaign_id, order_id, line_no, units, amount_minor, currency
      from outreach.affected_lines_view
     where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId} and answer = 'affected'
     order by order_id, line_no
    on conflict (buyer_id, order_id, line_no) do nothing
    returning order_id, line_no, units, amount_minor, currency`.execute(db)
  return rows.map(presentLine)
}

/** Takes back a case that this very transaction opened and that turned out to have nothing to pay. */
export async function withdrawCase(db: Db, of: CaseOf): Promise<void> {
  await sql`delete from remedies.case_lines where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId}`.execute(db)
  await sql`delete from remedies.cases where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId}`.execute(db)
}

/** Served by the primary key of case_lines: a buyer has few. */
export async function caseLinesOf(db: Db, of: CaseOf): Promise<CaseLine[]> {
  const { rows } = await sql<{ order_id: string; line_no: number; units: number; amount_minor: number; currency: string }>`
    select order_id, line_no, units, amount_minor, currency
      from remedies.case_lines
     where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId}
     order by order_id, line_no`.execute(db)
  return rows.map(presentLine)
}

type StoredCase = { case_id: string; state: CaseState; opened_at: Date; state_at: Date }

function presentCase(row: StoredCase | undefined): CaseRow | null {
  return row === undefined ? null : { caseId: row.case_id, state: row.state, openedAt: row.opened_at, stateAt: row.state_at }
}

/** Served by the primary key of cases. */
export async function findCase(db: Db, of: CaseOf): Promise<CaseRow | null> {
  const { rows } = await sql<StoredCase>`
    select case_id, state, opened_at, state_at from remedies.cases where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId}`.execute(
    db,
  )
  return presentCase(rows[0])
}

/**
 * The case, held by this transaction to its end. Whoever changes anything of a case takes it first, so changes of one case happen one after the
 * other and none waits in a circle. The whole key is given, so a distributed table asks one shard.
 */
export async function takeCase(db: Db, of: CaseOf): Promise<CaseRow | null> {
  const { rows } = await sql<StoredCase>`
    select case_id, state, opened_at, state_at
      from remedies.cases
     where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId}
       for update`.execute(db)
  return presentCase(rows[0])
}

/** Moves the case; `state_at` stays where the state does. Call it while the case is taken. */
export async function setCaseState(db: Db, of: CaseOf, state: CaseState, at: Date): Promise<void> {
  await sql`
    update remedies.cases
       set state = ${state}, state_at = ${at}
     where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId} and state <> ${state}`.execute(db)
}

/** Appends one event under the next number of the case. Call it while the case is taken, or in the transaction that opened it. */
export async function appendEvent(db: Db, of: CaseOf, event: NewEvent): Promise<void> {
  await sql`
    insert into remedies.case_events (buyer_id, campaign_id, event_no, at, actor, kind, detail)
    select ${of.buyerId}::text, ${of.campaignId}::text, coalesce(max(event_no), 0) + 1, ${event.at}::timestamptz, ${event.actor}::text,
           ${event.kind}::text, ${JSON.stringify(event.detail)}::jsonb
      from remedies.case_events
     where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId}`.execute(db)
}

/** What happened to the case, oldest first. Served by the primary key of case_events. */
export async function eventsOf(db: Db, of: CaseOf): Promise<CaseEvent[]> {
  const { rows } = await sql<{ event_no: number; at: Date; actor: string; kind: EventKind; detail: Record<string, unknown> }>`
    select event_no, at, actor, kind, detail
      from remedies.case_events
     where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId}
     order by event_no`.execute(db)
  return rows.map((row) => ({ eventNo: row.event_no, at: row.at, actor: row.actor, kind: row.kind, detail: row.detail }))
}

export type NewProof = { fileSha256: Buffer; mediaType: string; bytes: number; width: number; height: number; at: Date }

/** Keeps a proof of the case, once per file. */
export async function insertProof(db: Db, of: CaseOf, proof: NewProof): Promise<void> {
  await sql`
    insert into remedies.proofs (buyer_id, campaign_id, file_sha256, media_type, bytes, width, height, submitted_at)
    values (${of.buyerId}, ${of.campaignId}, ${proof.fileSha256}, ${proof.mediaType}, ${proof.bytes}, ${proof.width}, ${proof.height}, ${proof.at})
    on conflict (buyer_id, campaign_id, file_sha256) do nothing`.execute(db)
}

/** How many proofs the case holds, and whether this file is one of them. Served by the primary key of proofs. */
export async function proofsOf(db: Db, of: CaseOf, fileSha256: Buffer): Promise<{ kept: number; known: boolean }> {
  const { rows } = await sql<{ kept: number; known: boolean | null }>`
    select count(*) as kept, bool_or(file_sha256 = ${fileSha256}) as known
      from remedies.proofs
     where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId}`.execute(db)
  return { kept: rows[0]?.kept ?? 0, known: rows[0]?.known ?? false }
}

/** Whether another buyer of the campaign has sent this file. Served by the index proofs_file. */
export async function sentByAnother(db: Db, of: CaseOf, fileSha256: Buffer): Promise<boolean> {
  const { rows } = await sql`
    select 1 from remedies.proofs
     where campaign_id = ${of.campaignId} and file_sha256 = ${fileSha256} and buyer_id <> ${of.buyerId}
     limit 1`.execute(db)
  return rows.length > 0
}

/** The kind of file of a proof of this campaign, or `null`. Served by the index proofs_file. */
export async function proofMediaType(db: Db, campaignId: string, fileSha256: Buffer): Promise<string | null> {
  const { rows } = await sql<{ media_type: string }>`
    select media_type from remedies.proofs where campaign_id = ${campaignId} and file_sha256 = ${fileSha256} limit 1`.execute(db)
  return rows[0]?.media_type ?? null
}
