/** SQL of refunds: asked with the case, claimed in blocks by a guarded update, settled one case at a time. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { CaseOf } from './queries.ts'
import type { Money, RefundOutcome } from './refund-rules.ts'
import type { RefundRequest } from './payments.ts'

export type Refund = CaseOf & Money & { idempotencyKey: string; attempts: number }

/** Asks for one refund; it is due at once. The primary key allows one per case and currency. */
export async function insertRefund(db: Db, of: CaseOf, refund: Money & { idempotencyKey: string; at: Date }): Promise<void> {
  await sql`
    insert into remedies.refunds (buyer_id, campaign_id, currency, amount_minor, idempotency_key, asked_at, next_try_at)
    values (${of.buyerId}, ${of.campaignId}, ${refund.currency}, ${refund.amountMinor}, ${refund.idempotencyKey}, ${refund.at}, now())`.execute(
    db,
  )
}

/** What was asked for a case and what came of it. Served by the primary key of refunds. */
export async function refundsOfCase(db: Db, of: CaseOf): Promise<(Money & { outcome: RefundOutcome; answer: string | null })[]> {
  const { rows } = await sql<{ currency: string; amount_minor: number; outcome: RefundOutcome; answer_text: string | null }>`
    select currency, amount_minor, outcome, answer_text
      from remedies.refunds
     where buyer_id = ${of.buyerId} and campaign_id = ${of.campaignId}
     order by currency`.execute(db)
  return rows.map((row) => ({ currency: row.currency, amountMinor: row.amount_minor, outcome: row.outcome, answer: row.answer_text }))
}

/**
 * The time by the database's clock, the only one that leases are read by. As text: a JavaScript Date would cut off the microseconds, and what
 * fell due in this very millisecond would be missed.
 */
export async function databaseTime(db: Db): Promise<string> {
  const { rows } = await sql<{ now: string }>`select now()::text as now`.execute(db)
  return rows[0]!.now
}

type RefundKeyRow = { buyer_id: string; campaign_id: string; currency: string; attempts: number }
type RefundRow = RefundKeyRow & { amount_minor: number; idempotency_key: string }

/**
 * Takes up to `limit` refunds that were due at `dueBy`, for `leaseSeconds`, and says how many it saw. Another worker may see the same rows and
 * take them first: `attempts` in the condition lets one of the two have each. Nothing is locked across shards, and a lease that runs out
 * while its worker still lives only asks again under the same key.
 */
export async function claimRefunds(
  db: Db,
  options: { dueBy: string; limit: number; leaseSeconds: number },
): Promise<{ seen: number; claimed: Refund[] }> {
  // What is due, longest waiting first. Served by the partial index refunds_unsettled.
  const due = await sql<RefundKeyRow>`
    select buyer_id, campaign_id, currency, attempts
      from remedies.refunds
     where outcome is null and next_try_at <= ${options.dueBy}::timestamptz
     order by next_try_at
     limit ${options.limit}`.execute(db)
  if (due.rows.length === 0) return { seen: 0, claimed: [] }
  // Those still as they were seen become this worker's. Served by the primary key.
  const claimed = await sql<RefundRow>`
    update remedies.refunds r
       set attempts = r.attempts + 1, next_try_at = now() + make_interval(secs => ${options.leaseSeconds})
      from unnest(${due.rows.map((row) => row.buyer_id)}::text[], ${due.rows.map((row) => row.campaign_id)}::text[],
                  ${due.rows.map((row) => row.currency)}::text[], ${due.rows.map((row) => row.attempts)}::int[])
           as d (buyer_id, campaign_id, currency, attempts)
     where r.buyer_id = d.buyer_id and r.campaign_id = d.campaign_id and r.currency = d.currency
       and r.attempts = d.attempts and r.outcome is null
    returning r.buyer_id, r.campaign_id, r.currency, r.amount_minor, r.idempotency_key, r.attempts`.execute(db)
  return { seen: due.rows.length, claimed: claimed.rows.map(presentRefund) }
}

function presentRefund(row: RefundRow): Refund {
  return {
    buyerId: row.buyer_id,
    campaignId: row.campaign_id,
    currency: row.currency,
    amountMinor: row.amount_minor,
    idempotencyKey: row.idempotency_key,
    attempts: row.attempts,
  }
}

/**
 * Writes the payment side's word. True when it is new: `paid` is written once and over everything else, because money that has moved is the
 * truth; `refused` only where nothing was known.
 */
export async function settleRefund(
  db: Db,
  refund: Refund,
  settled: { outcome: 'paid'; reference: string; at: Date } | { outcome: 'refused'; answer: string; at: Date },
): Promise<boolean> {
  const reference = settled.outcome === 'paid' ? settled.reference : null
  const answer = settled.outcome === 'refused' ? settled.answer : null
  const { rows } = await sql`
    update remedies.refunds
       set outcome = ${settled.outcome}, payment_reference = ${reference}, answer_text = ${answer}, settled_at = ${settled.at}
     where buyer_id = ${refund.buyerId} and campaign_id = ${refund.campaignId} and currency = ${refund.currency}
       and (outcome is null or (outcome = 'refused' and ${settled.outcome} = 'paid'))
    returning 1`.execute(db)
  return rows.length === 1
}

/** Notes an attempt without an answer and when the next is due. An attempt that is no longer the newest changes nothing. */
export async function postponeRefund(db: Db, refund: Refund, answer: string, pauseSeconds: number): Promise<void> {
  await sql`
    update remedies.refunds
       set answer_text = ${answer}, next_try_at = now() + make_interval(secs => ${pauseSeconds})
     where buyer_id = ${refund.buyerId} and campaign_id = ${refund.campaignId} and currency = ${refund.currency}
       and outcome is null and attempts = ${refund.attempts}`.execute(db)
}

/** Refunds without an answer, whoever has them. Served by the partial index refunds_unsettled. */
export async function countUnsettled(db: Db): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`select count(*) as waiting from remedies.refunds where outcome is null`.execute(db)
  return rows[0]?.waiting ?? 0
}

type Booked = { reference: string; buyerId: string } & Money

/** Books a demo payment once per key and returns what is booked under it, whoever booked it. */
export async function bookDemoPayment(db: Db, payment: RefundRequest & { reference: string; at: Date }): Promise<Booked> {
  await sql`
    insert into remedies.demo_payments (idempotency_key, payment_reference, buyer_id, amount_minor, currency, paid_at)
    values (${payment.idempotencyKey}, ${payment.reference}, ${payment.buyerId}, ${payment.amountMinor}, ${payment.currency}, ${payment.at})
    on conflict (idempotency_key) do nothing`.execute(db)
  const { rows } = await sql<{ payment_reference: string; buyer_id: string; amount_minor: number; currency: string }>`
    select payment_reference, buyer_id, amount_minor, currency
      from remedies.demo_payments
     where idempotency_key = ${payment.idempotencyKey}`.execute(db)
  const row = rows[0]!
  return { reference: row.payment_reference, buyerId: row.buyer_id, amountMinor: row.amount_minor, currency: row.currency }
}
