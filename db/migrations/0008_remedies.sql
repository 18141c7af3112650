-- remedies: one case per buyer and campaign, its lines, proofs and refunds, and everything that happened to it.

create schema remedies;

-- What the buyers of a campaign may choose, and the proof it asks for (Offer in src/remedies/offer.ts).
create table remedies.offers (
  campaign_id text primary key,
  recall_id   text not null,
  options     jsonb not null,
  proof       text not null check (proof in ('photo_of_destruction', 'none')),
  created_at  timestamptz not null
);

create table remedies.cases (
  buyer_id    text not null,
  campaign_id text not null,
  case_id     uuid not null,                -- md5 of campaign and buyer
  remedy      text not null check (remedy in ('refund')),
  opened_at   timestamptz not null,
  state       text not null check (state in ('awaiting_proof', 'refund_asked', 'refunded', 'refund_refused')),
  state_at    timestamptz not null,
  primary key (buyer_id, campaign_id)
);
create index cases_campaign on remedies.cases (campaign_id);

-- The affected units this case remedies, as the campaign's books had them when it was opened. A line is in one case at most, whatever
-- campaigns concern it: a recall and the recall that expands it do not pay twice for the same cups.
create table remedies.case_lines (
  buyer_id     text not null,
  campaign_id  text not null,
  order_id     text not null,
  line_no      int not null,
  units        bigint not null check (units > 0),
  amount_minor bigint not null check (amount_minor >= 0),
  currency     text not null,
  primary key (buyer_id, order_id, line_no)
);

create table remedies.case_events (
  buyer_id    text not null,
  campaign_id text not null,
  event_no    int not null check (event_no > 0),
  at          timestamptz not null,
  actor       text not null,                -- 'buyer:…', 'rule:…', 'officer:…', 'payments'
  kind        text not null check (kind in ('opened', 'proof_received', 'proof_accepted', 'proof_refused', 'refund_asked', 'refunded',
                                            'refund_refused')),
  detail      jsonb not null,
  primary key (buyer_id, campaign_id, event_no)
);

-- A photograph or certificate. The file is re-encoded and kept under the hash of its bytes.
create table remedies.proofs (
  buyer_id     text not null,
  campaign_id  text not null,
  file_sha256  bytea not null,
  media_type   text not null,
  bytes        bigint not null,
  width        int,
  height       int,
  submitted_at timestamptz not null,
  primary key (buyer_id, campaign_id, file_sha256)
);
-- Serves the desk's look at one photograph, and the question whether another buyer sent the same one.
create index proofs_file on remedies.proofs (campaign_id, file_sha256);

-- A refund asked of the payment side: one key per case and currency, the amount bound to it.
create table remedies.refunds (
  buyer_id          text not null,
  campaign_id       text not null,
  currency          text not null,
  amount_minor      bigint not null check (amount_minor > 0),
  idempotency_key   text not null,
  asked_at          timestamptz not null,
  attempts          int not null default 0,
  next_try_at       timestamptz not null,   -- by the database's clock: when it is due, or until when a worker has it
  outcome           text check (outcome in ('paid', 'refused')),
  payment_reference text,
  answer_text       text,
  settled_at        timestamptz,
  primary key (buyer_id, campaign_id, currency)
);
create index refunds_unsettled on remedies.refunds (next_try_at) where outcome is null;

-- The demo's card network: a ledger that honours idempotency keys. Nothing reads it but the demo adapter and doctor.
create table remedies.demo_payments (
  idempotency_key   text primary key,
  payment_reference text not null,
  buyer_id          text not null,
  amount_minor      bigint not null check (amount_minor > 0),
  currency          text not null,
  paid_at           timestamptz not null
);

-- Published.
create view remedies.cases_view as
  select c.buyer_id, c.campaign_id, c.case_id, c.remedy, c.opened_at, c.state, c.state_at,
         l.units, r.refund_minor, r.currency
    from remedies.cases c
    left join lateral (select sum(units)::bigint as units from remedies.case_lines
                        where buyer_id = c.buyer_id and campaign_id = c.campaign_id) l on true
    left join lateral (select sum(amount_minor)::bigint as refund_minor, min(currency) as currency from remedies.refunds
                        where buyer_id = c.buyer_id and campaign_id = c.campaign_id) r on true;
create view remedies.case_lines_view as
  select buyer_id, campaign_id, order_id, line_no, units, amount_minor, currency from remedies.case_lines;
create view remedies.refunds_view as
  select buyer_id, campaign_id, currency, amount_minor, idempotency_key, asked_at, attempts, outcome, payment_reference, settled_at
    from remedies.refunds;
create view remedies.case_events_view as
  select buyer_id, campaign_id, event_no, at, actor, kind, detail from remedies.case_events;
create view remedies.proofs_view as
  select buyer_id, campaign_id, encode(file_sha256, 'hex') as file_sha256, media_type, bytes, width, height, submitted_at from remedies.proofs;
