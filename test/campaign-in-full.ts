/**
 * A marketplace in the middle of a campaign, written straight into the tables: one recall with several listings of two sellers, stock, and
 * order lines, notices, deliveries and cases in every state there is; and a second, small campaign beside it that must not leak into it.
 * Everything follows from the buyer's number by remainders, so that it is the same each time and grows to any size.
 */
import type { Database } from '../src/platform/db.ts'
import {
  addCrowd, addRecall, BLUE_PAIR, CUPKIN, CUPKIN_ID, LADDERS, LAMPS, LAMPS_ID, LARGE_PAIR, LOOKALIKE, MEMPHIS, NIGHT_LAMP, openMarketplace,
  PINK_PAIR, RENO, SINGLE_CUP, WOODEN_SPOON,
} from './world.ts' // prettier-ignore

/** Fills an empty, migrated database. `buyers` have cups in scope; a tenth as many more have only possibly affected ones. */
export async function populate(database: Database, buyers = 60): Promise<void> {
  await openMarketplace(database.db)
  await addCrowd(database.db, buyers + Math.floor(buyers / 10))
  await publishRecalls(database)
  for (const statement of [...MATCHES, ...ORDERS, ...SUPPLY, ...OUTREACH, ...REMEDIES, ...CAMPAIGNS]) {
    const values = statement.includes('$1') ? [buyers] : []
    await database.pool.query(statement, values)
  }
  await database.pool.query('analyze')
}

/** The recall of the cups is corrected once: its second revision also counts the units in Canada and asks for proof. */
async function publishRecalls(database: Database): Promise<void> {
  const corrected = { ...CUPKIN, proofOfDestruction: true, scope: { ...CUPKIN.scope, unitsElsewhere: { CA: 1_200 } } }
  for (const recall of [{ ...CUPKIN, title: 'Soojimus Recalls Cups' }, LAMPS, LADDERS])
    await addRecall(database, recall, new Date('2026-11-01T00:00:00Z'))
  await addRecall(database, corrected, new Date('2026-11-02T00:00:00Z'))
}

const MATCHES = [
  `insert into matching.matches (listing_id, recall_id, revision, answer, weight, tier, reasons, screened_at)
   select id, recall, 1, answer, weight, tier, '[{"field":"brand","weight":8.5,"text":"The brand is the same."}]', '2026-11-02Z'
     from (values ('${BLUE_PAIR}', '${CUPKIN_ID}', 'affected', 21.25, 'auto'), ('${PINK_PAIR}', '${CUPKIN_ID}', 'affected', 21.25, 'auto'),
                  ('${LARGE_PAIR}', '${CUPKIN_ID}', 'affected', 20.5, 'auto'), ('${SINGLE_CUP}', '${CUPKIN_ID}', 'possibly', 9, 'review'),
                  ('${LOOKALIKE}', '${CUPKIN_ID}', 'possibly', 7.125, 'review'), ('${WOODEN_SPOON}', '${CUPKIN_ID}', 'no', -4, 'dismiss'),
                  ('${NIGHT_LAMP}', '${LAMPS_ID}', 'affected', 18, 'auto')) m (id, recall, answer, weight, tier)`,
  // A person looked at the fourth, twice: the later ruling holds.
  `insert into matching.decisions values ('${SINGLE_CUP}', '${CUPKIN_ID}', 1, 'no', 'officer:ada', '2026-11-03Z', 'Looked different.'),
                                         ('${SINGLE_CUP}', '${CUPKIN_ID}', 2, 'affected', 'officer:ada', '2026-11-04Z', 'The model number is on the photo.')`,
]

/** One line per rule; `i` is the buyer's number, `n` the number of buyers with cups in scope. */
const ORDERS = [
  `insert into catalog.order_lines (buyer_id, order_id, line_no, listing_id, ordered_at, quantity, unit_price_minor, currency, state,
                                    centre_id, lot, serial)
   select 'B-' || lpad(i::text, 7, '0'), 'O-' || i, line_no, listing_id, ordered_at, quantity, 1999, currency, state, '${MEMPHIS}', null, null
     from generate_series(1, $1::int + $1::int / 10) i
    cross join lateral (values
      -- In scope: cups of one of the four listings, inside the window.
      (1, 'L-CUP-' || 1 + i % 5 % 4, timestamptz '2019-05-01Z' + i % 900 * interval '1 day 1 microsecond', 1 + i % 3, 'USD', 'shipped', i <= $1::int),
      -- More cups in scope, paid in another currency.
      (2, '${BLUE_PAIR}', timestamptz '2020-06-01Z', 1, 'CAD', 'shipped', i <= $1::int and i % 20 = 4),
      -- Possibly: of a listing that nobody stopped, or of a stopped one.
      (3, '${LOOKALIKE}', timestamptz '2021-01-01Z', 2, 'USD', 'shipped', i > $1::int or i % 5 = 0),
      (4, '${SINGLE_CUP}', timestamptz '2021-02-01Z', 1, 'USD', 'shipped', i <= $1::int and i % 9 = 0),
      -- Out of scope: bought before the window.
      (5, '${BLUE_PAIR}', timestamptz '2017-03-01Z' + i * interval '1 second', 1, 'USD', 'shipped', i % 7 = 0),
      (6, '${PINK_PAIR}', timestamptz '2017-03-01Z' + i * interval '1 second', 3, 'USD', 'shipped', i % 14 = 0),
      -- Never shipped: taken back, still on its way, cancelled.
      (7, '${PINK_PAIR}', timestamptz '2026-11-19Z', 1, 'USD', 'open', i % 11 = 0),
      (8, '${LARGE_PAIR}', timestamptz '2026-11-19Z', 1, 'USD', 'open', i % 25 = 0),
      (9, '${BLUE_PAIR}', timestamptz '2026-11-19Z', 1, 'USD', 'cancelled', i % 13 = 0),
      -- Something else, and the other recall's lamp.
      (10, '${WOODEN_SPOON}', timestamptz '2021-02-01Z', 1, 'USD', 'shipped', i % 2 = 0),
      (11, '${NIGHT_LAMP}', timestamptz '2019-02-01Z', 1, 'USD', 'shipped', i % 30 = 0)
    ) line (line_no, listing_id, ordered_at, quantity, currency, state, bought)
    where bought`,
  `insert into catalog.stock
   select 'L-CUP-' || l, centre, lot, l * 3 from generate_series(1, 4) l, (values ('${MEMPHIS}', ''), ('${MEMPHIS}', 'A1'), ('${RENO}', '')) c (centre, lot)`,
]

const OPENED = '2026-11-20T09:00:00.123456Z'

const STATEMENT = JSON.stringify({
  restriction: 'stop',
  what: 'This listing may not be sold.',
  scope_territory: 'US',
  until: 'until its stock is disposed of or the recall is withdrawn',
  facts: 'CPSC recall 23774 names this product.',
  found_by: 'rule',
  automated: true,
  ground: 'CPSA section 19(a)(2)(B)',
  grounds_url: CUPKIN.url,
  reasons: [{ field: 'brand', weight: 8.5, text: 'The brand is the same.' }],
  redress: 'Answer from the seller centre.',
})

const SUPPLY = [
  `insert into supply.stops select 'L-CUP-' || l, '${CUPKIN_ID}', timestamptz '${OPENED}', 'officer:ada', '${STATEMENT}'::jsonb from generate_series(1, 4) l
   union all select '${NIGHT_LAMP}', '${LAMPS_ID}', '2026-11-18Z', 'officer:ada', '${STATEMENT}'::jsonb`,
  `insert into supply.stop_releases values ('${NIGHT_LAMP}', '${LAMPS_ID}', '2026-11-19Z', 'officer:ada', 'The lamps were reworked.')`,
  `insert into supply.holds (listing_id, centre_id, lot, campaign_id, hold_no, units, placed_at, placed_by)
   select listing_id, centre_id, lot, '${CUPKIN_ID}', 1, units, timestamptz '${OPENED}', 'officer:ada' from catalog.stock_view`,
  `insert into supply.interceptions (buyer_id, order_id, line_no, campaign_id, listing_id, centre_id, lot, units, amount_minor, currency,
                                     intercepted_at)
   select buyer_id, order_id, line_no, '${CUPKIN_ID}', listing_id, centre_id, '', units, amount_minor, currency, timestamptz '${OPENED}'
     from catalog.order_lines_view where line_no = 7`,
  // The books: what was where when the campaign opened, what it moved, and the little that happened since, all of it on L-CUP-1.
  `insert into supply.unit_entries (listing_id, entry_key, centre_id, lot, from_account, to_account, units, campaign_id, posted_at, posted_by)
   select listing_id, key, '', lot, source, target, units, '${CUPKIN_ID}', timestamptz '${OPENED}', 'officer:ada'
     from (select listing_id, 'opening:sellable:' || centre_id || lot as key, lot, 'received' as source, 'sellable' as target, units
             from catalog.stock_view
           union all
           select listing_id, 'hold:' || centre_id || lot, lot, 'sellable', 'held', units from catalog.stock_view
           union all
           select listing_id, 'opening:' || state, '', 'received', case state when 'open' then 'in_transit' else 'with_consumers' end, sum(units)
             from catalog.order_lines_view where state <> 'cancelled' and listing_id like 'L-CUP-%' group by listing_id, state
           union all
           select listing_id, 'intercept', '', 'in_transit', 'held', sum(units) from supply.interceptions group by listing_id
           union all
           select '${BLUE_PAIR}', key, '', source, target, units
             from (values ('late', 'received', 'sellable', 5), ('back', 'received', 'returned', 4), ('lost', 'received', 'destroyed', 2),
                          ('mend', 'received', 'reworked', 1)) e (key, source, target, units)
           union all
           select '${NIGHT_LAMP}', 'opening', '', 'received', 'with_consumers', 77) entries`,
]

const OUTREACH = [
  `insert into outreach.affected_lines
   select buyer_id, case line_no when 11 then '${LAMPS_ID}' else '${CUPKIN_ID}' end, order_id, line_no,
          case when line_no in (3, 4) then 'possibly' else 'affected' end, listing_id, seller_id, ordered_at, units, amount_minor, currency, timestamptz '${OPENED}'
     from catalog.order_lines_view where line_no in (1, 2, 3, 4, 11)`,
  // Of ten buyers seven are delivered, two pending, one unreachable.
  `insert into outreach.notices
   select buyer_id, campaign_id, md5(campaign_id || ':' || buyer_id)::uuid, min(answer), ('x' || substr(md5(buyer_id), 1, 2))::bit(8)::int, sum(units),
          timestamptz '${OPENED}', case when tens = 9 then 'unreachable' when tens >= 7 then 'pending' else 'delivered' end, '2026-11-20T09:05:00Z', 'as the mail server said',
          'US', campaign_id
     from (select *, substr(buyer_id, 3)::int % 10 as tens from outreach.affected_lines) l
    group by buyer_id, campaign_id, tens`,
  `insert into outreach.waves values ('${CUPKIN_ID}', 1, 'email', timestamptz '${OPENED}', 'officer:ada'), ('${LAMPS_ID}', 1, 'email', '2026-11-18Z', 'officer:ada')`,
  // Delivered at the first or second attempt; pending with nothing tried, with a mail in flight, or with the page seen only; unreachable with
  // a refusal, half of them after their server had first accepted and then sent back.
  `insert into outreach.deliveries (buyer_id, campaign_id, wave, channel, attempt, recipient_domain, message_id, started_at, ended_at, outcome, answer_text)
   select n.buyer_id, n.campaign_id, 1, channel, attempt::int, 'buyers.example', '<' || n.notice_id || '>', timestamptz '2026-11-20T09:01:00Z' + attempt * interval '1 minute',
          case when outcome is not null then timestamptz '2026-11-20T09:01:10Z' + attempt * interval '1 minute' end, outcome, outcome
     from outreach.notices n
    cross join lateral (select substr(buyer_id, 3)::int as i) number
    cross join lateral (values
      ('email', 1, 'refused_for_now', state = 'delivered' and i % 3 = 0),
      ('email', 2, 'accepted', state = 'delivered' and i % 3 = 0),
      ('email', 1, 'accepted', state = 'delivered' and i % 3 > 0),
      ('page', 1, 'seen', state = 'delivered' and i % 4 = 0),
      ('email', 1, null, state = 'pending' and i % 10 = 8),
      ('banner', 1, 'seen', state = 'pending' and i % 20 = 7),
      ('email', 1, 'accepted', state = 'unreachable' and i % 20 = 19),
      ('email', 2, 'refused', state = 'unreachable' and i % 20 = 19),
      ('email', 1, 'no_contact', state = 'unreachable' and i % 20 = 9)
    ) d (channel, attempt, outcome, happened)
    where happened`,
  `insert into outreach.acknowledgements
   select buyer_id, campaign_id, timestamptz '2026-11-20T10:00:00Z' + substr(buyer_id, 3)::int % 5 * interval '1 day', 'button'
     from outreach.notices where state = 'delivered' and substr(buyer_id, 3)::int % 3 = 0`,
  // Half of the possible lines of a stopped listing were checked by their number: some are not recalled, of some the number says nothing.
  `insert into outreach.line_checks
   select buyer_id, campaign_id, order_id, line_no, 1, '2026-11-20T11:00:00Z', 'buyer:' || buyer_id, '{"lots":["B1"],"serials":[],"allPieces":true}', 1,
          case when substr(buyer_id, 3)::int % 4 = 0 then 'no' else 'possibly' end
     from outreach.affected_lines where answer = 'possibly' and line_no = 4 and substr(buyer_id, 3)::int % 2 = 0`,
]

/** A quarter of the buyers in scope have a case, whatever became of their mail, in all four states. */
const REMEDIES = [
  `insert into remedies.cases
   select buyer_id, campaign_id, notice_id, 'refund', timestamptz '2026-11-20T11:00:00Z' + substr(buyer_id, 3)::int % 4 * interval '1 day',
          (array['awaiting_proof', 'refund_asked', 'refunded', 'refund_refused'])[1 + substr(buyer_id, 3)::int / 4 % 4],
          timestamptz '2026-11-21T23:30:00Z' + substr(buyer_id, 3)::int % 6 * interval '1 day'
     from outreach.notices where substr(buyer_id, 3)::int % 4 = 0 and answer = 'affected'`,
  `insert into remedies.case_lines
   select buyer_id, campaign_id, order_id, line_no, units, amount_minor, currency
     from outreach.affected_lines join remedies.cases using (buyer_id, campaign_id) where answer = 'affected'`,
  `insert into remedies.refunds (buyer_id, campaign_id, currency, amount_minor, idempotency_key, asked_at, attempts, next_try_at, outcome,
                                 payment_reference, settled_at)
   select buyer_id, campaign_id, currency, sum(amount_minor), case_id || ':' || currency, max(state_at), 1, max(state_at),
          case state when 'refunded' then 'paid' when 'refund_refused' then 'refused' end, case state when 'refunded' then 'pay-' || case_id end,
          case when state <> 'refund_asked' then max(state_at) end
     from remedies.cases join remedies.case_lines using (buyer_id, campaign_id)
    where state <> 'awaiting_proof' group by buyer_id, campaign_id, case_id, state, currency`,
  `insert into remedies.case_events
   select buyer_id, campaign_id, 1, opened_at, 'buyer', 'opened', '{"remedy":"refund"}'::jsonb from remedies.cases`,
]

const CAMPAIGNS = [
  `insert into campaigns.campaigns values
     ('${CUPKIN_ID}', '${CUPKIN_ID}', 2, timestamptz '${OPENED}', 'officer:ada', 'Lead in a children’s cup.', '{}', '{"options":["refund"],"proof":"photo_of_destruction"}'),
     ('${LAMPS_ID}', '${LAMPS_ID}', 1, '2026-11-18Z', 'officer:ada', 'Fire.', '{}', '{"options":["refund"],"proof":"none"}')`,
  `insert into campaigns.campaign_recalls
   select campaign_id, recall_id, revision, 'US', opened_at, opened_by, reason from campaigns.campaigns`,
  `insert into campaigns.steps values ('${CUPKIN_ID}', 1, 'opened', timestamptz '${OPENED}', 'officer:ada', '{}'),
     ('${CUPKIN_ID}', 2, 'listings_stopped', timestamptz '${OPENED}', 'officer:ada', '{"listings":4}'), ('${LAMPS_ID}', 1, 'opened', '2026-11-18Z', 'officer:ada', '{}')`,
]
