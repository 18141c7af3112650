/** SQL of the promises: each statement looks for what must not be and says it in words, at most a hundred times. It reads whole tables. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'

const VIOLATIONS_MAX = 100

async function violations(db: Db, statement: RawBuilder<{ problem: string }>): Promise<string[]> {
  const { rows } = await sql<{ problem: string }>`
    select problem from (${statement}) found order by problem limit ${VIOLATIONS_MAX}`.execute(db)
  return rows.map((row) => row.problem)
}

/** Refunds and lines above what was paid. */
export function refundsBeyondEntitlement(db: Db): Promise<string[]> {
  return violations(
    db,
    sql`
      -- Refunds against what the lines of the case cost in that currency.
      select format('case %s: %s %s asked back, %s paid for its lines', c.case_id, r.amount_minor, r.currency, coalesce(l.paid, 0)) as problem
        from remedies.refunds r
        join remedies.cases c using (buyer_id, campaign_id)
        left join (select buyer_id, campaign_id, currency, sum(amount_minor) as paid
                     from remedies.case_lines group by buyer_id, campaign_id, currency) l using (buyer_id, campaign_id, currency)
       where r.amount_minor > coalesce(l.paid, 0)
      union all
      -- Lines of cases against the campaign's books: no line costs more in the case than it did in the shop.
      select format('case %s, line %s/%s: %s %s in the case, %s %s in the books', c.case_id, l.order_id, l.line_no, l.amount_minor, l.currency,
                    a.amount_minor, a.currency)
        from remedies.case_lines l
        join remedies.cases c using (buyer_id, campaign_id)
        join outreach.affected_lines_view a using (buyer_id, campaign_id, order_id, line_no)
       where l.amount_minor > a.amount_minor or l.currency <> a.currency`,
  )
}

/** Refunds under a wrong key or without their proof, and payments that nobody asked for. */
export function doubtfulRefunds(db: Db): Promise<string[]> {
  return violations(
    db,
    sql`
      -- The key says what it is for. The primary key of refunds keeps it to one per case and currency.
      select format('the refund of buyer''s case %s in %s has the key %s', coalesce(c.case_id::text, 'none'), r.currency, r.idempotency_key) as problem
        from remedies.refunds r
        left join remedies.cases c using (buyer_id, campaign_id)
       where c.case_id is null or r.idempotency_key <> format('tocsin:%s:%s:%s', c.case_id, r.currency, r.amount_minor)
      union all
      -- A refund of a buyer whose offer asks for a photograph has one that was accepted.
      select format('case %s was asked a refund without an accepted photograph', c.case_id)
        from remedies.refunds r
        join remedies.cases c using (buyer_id, campaign_id)
        join outreach.notices_view n on n.buyer_id = r.buyer_id and n.campaign_id = r.campaign_id
        join remedies.offers o on o.campaign_id = r.campaign_id and o.jurisdiction = n.jurisdiction
       where o.proof = 'photo_of_destruction'
         and not exists (select from remedies.case_events e
                          where e.buyer_id = r.buyer_id and e.campaign_id = r.campaign_id and e.kind = 'proof_accepted')
      union all
      -- The demo ledger paid nothing that was not asked.
      select format('the demo ledger paid %s %s under %s, which no refund asked for', d.amount_minor, d.currency, d.idempotency_key)
        from remedies.demo_payments d
       where not exists (select from remedies.refunds r
                          where r.buyer_id = d.buyer_id and r.idempotency_key = d.idempotency_key
                            and r.amount_minor = d.amount_minor and r.currency = d.currency)`,
  )
}

/** Lines of cases that are not affected lines, and cases without lines. */
export function unitsOutOfState(db: Db): Promise<string[]> {
  return violations(
    db,
    sql`
      -- A line of a case is an affected line with the same units, and its case exists. The primary key of case_lines keeps a line to one case.
      select format('line %s/%s of campaign %s is in a case with %s units; affected are %s', l.order_id, l.line_no, l.campaign_id, l.units,
                    coalesce(a.units, 0)) as problem
        from remedies.case_lines l
        left join outreach.affected_lines_view a
               on a.buyer_id = l.buyer_id and a.campaign_id = l.campaign_id and a.order_id = l.order_id and a.line_no = l.line_no
              and a.answer = 'affected'
       where a.units is distinct from l.units
      union all
      select format('line %s/%s of campaign %s is in a case that does not exist', l.order_id, l.line_no, l.campaign_id)
        from remedies.case_lines l
       where not exists (select from remedies.cases c where c.buyer_id = l.buyer_id and c.campaign_id = l.campaign_id)
      union all
      select format('case %s has no lines', c.case_id)
        from remedies.cases c
       where not exists (select from remedies.case_lines l where l.buyer_id = c.buyer_id and l.campaign_id = c.campaign_id)`,
  )
}

/** Cases whose state is not what their refunds say, and refunds that the ledger does not confirm. */
export function statesAgainstPayments(db: Db): Promise<string[]> {
  return violations(
    db,
    sql`
      -- The state against the refunds.
      select format('case %s says %s; of its refunds %s are paid, %s refused, %s open', c.case_id, c.state, r.paid, r.refused, r.open) as problem
        from remedies.cases c
        left join lateral (select count(*) filter (where outcome = 'paid') as paid, count(*) filter (where outcome = 'refused') as refused,
                                  count(*) filter (where outcome is null) as open
                             from remedies.refunds where buyer_id = c.buyer_id and campaign_id = c.campaign_id) r on true
       where c.state <> case when r.refused > 0 then 'refund_refused'
                             when r.open > 0 then 'refund_asked'
                             when r.paid > 0 then 'refunded'
                             else 'awaiting_proof' end
      union all
      -- A paid refund says under which reference; one of the demo is in its ledger with this sum.
      select format('the refund %s says paid under %s, and the ledger does not', r.idempotency_key, coalesce(r.payment_reference, 'no reference'))
        from remedies.refunds r
       where r.outcome = 'paid'
         and (r.payment_reference is null
              or (r.payment_reference like 'demo-%'
                  and not exists (select from remedies.demo_payments d
                                   where d.idempotency_key = r.idempotency_key and d.payment_reference = r.payment_reference
                                     and d.amount_minor = r.amount_minor and d.currency = r.currency and d.buyer_id = r.buyer_id)))
      union all
      -- The ledger may be ahead of an open refund, whose answer was lost and is asked for again; never of a refused one.
      select format('the ledger paid %s, and the refund says refused', r.idempotency_key)
        from remedies.refunds r
        join remedies.demo_payments d using (idempotency_key)
       where r.outcome = 'refused' and d.amount_minor = r.amount_minor and d.currency = r.currency`,
  )
}

/** Cases whose state is not what their events say, and gaps in the events. */
export function statesAgainstEvents(db: Db): Promise<string[]> {
  return violations(
    db,
    sql`
      with told as (
        select buyer_id, campaign_id, count(*) as events, max(event_no) as last_no,
               count(*) filter (where kind = 'opened') as opened,
               count(*) filter (where kind = 'refund_asked') as asked
          from remedies.case_events
         group by buyer_id, campaign_id
      ),
      -- The payment side's last word on each currency.
      last_words as (
        select distinct on (buyer_id, campaign_id, detail ->> 'currency') buyer_id, campaign_id, kind
          from remedies.case_events
         where kind in ('refunded', 'refund_refused')
         order by buyer_id, campaign_id, detail ->> 'currency', event_no desc
      ),
      words as (
        select buyer_id, campaign_id, count(*) filter (where kind = 'refunded') as refunded,
               count(*) filter (where kind = 'refund_refused') as refused
          from last_words
         group by buyer_id, campaign_id
      ),
      asked as (
        select e.buyer_id, e.campaign_id, jsonb_array_length(e.detail -> 'refunds') as refunds
          from remedies.case_events e
         where e.kind = 'refund_asked'
      ),
      expected as (
        select c.case_id, c.state, coalesce(t.events, 0) as events, coalesce(t.last_no, 0) as last_no, coalesce(t.opened, 0) as opened,
               coalesce(t.asked, 0) as asked,
               case when coalesce(w.refused, 0) > 0 then 'refund_refused'
                    when w.refunded = a.refunds then 'refunded'
                    when t.asked > 0 then 'refund_asked'
                    else 'awaiting_proof' end as state_by_events
          from remedies.cases c
          left join told t using (buyer_id, campaign_id)
          left join words w using (buyer_id, campaign_id)
          left join asked a using (buyer_id, campaign_id)
      )
      select format('case %s says %s, its events say %s', case_id, state, state_by_events) as problem from expected where state <> state_by_events
      union all
      select format('case %s: %s events, the last has number %s, %s opened it, %s asked its refund', case_id, events, last_no, opened, asked)
        from expected
       where events <> last_no or opened <> 1 or asked > 1`,
  )
}
