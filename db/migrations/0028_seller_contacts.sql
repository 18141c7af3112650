-- outreach: the seller also contacts. What sellers say of buyers whom they told themselves, and whom they are about to tell (decisions/025).

-- One list as it was handed in. told: the seller has told the buyers of these orders. plan: the seller is about to, until `until`; the waves leave
-- them to the seller for as long.
create table outreach.seller_lists (
  list_id     uuid primary key,
  campaign_id text not null,
  seller_id   text not null,
  kind        text not null check (kind in ('told', 'plan')),
  until       timestamptz,
  recorded_at timestamptz not null,
  recorded_by text not null,                -- the seller, or an officer for them
  constraint seller_lists_until check ((kind = 'plan') = (until is not null))
);
create index seller_lists_campaign on outreach.seller_lists (campaign_id, seller_id, recorded_at);

-- What a list says of one order. Appended; only its end is written later, once, with who and why. It moves no notice: the word of a seller is an
-- attempt, and no proof of delivery.
create table outreach.seller_contacts (
  buyer_id     text not null,
  campaign_id  text not null,
  order_id     text not null,
  seller_id    text not null,
  contact_no   int not null check (contact_no > 0),
  list_id      uuid not null,
  kind         text not null check (kind in ('told', 'plan')),
  channel      text check (channel in ('email', 'sms', 'phone', 'letter', 'message', 'in_person')),
  told_at      timestamptz,
  outcome      text check (outcome in ('told', 'answered', 'not_reached')),
  recorded_at  timestamptz not null,
  covers_until timestamptz,                 -- no wave tells a buyer before that if all their lines are covered so; null: leaves them out of nothing
  covers_not   text check (covers_not in ('not_reached', 'past', 'again', 'in_flight')),   -- why it covers nothing
  ended_at     timestamptz,
  ended_as     text check (ended_as in ('told', 'not_reached', 'withdrawn', 'revoked')),
  ended_by     text,
  ended_why    text,
  primary key (buyer_id, campaign_id, order_id, seller_id, contact_no),
  constraint seller_contacts_told check ((kind = 'told') = (channel is not null and told_at is not null and outcome is not null)),
  constraint seller_contacts_covers check ((covers_until is null) = (covers_not is not null)),
  constraint seller_contacts_ended check (num_nulls(ended_at, ended_as, ended_by, ended_why) in (0, 4))
);
-- Whether a campaign has any, and those of one seller.
create index seller_contacts_campaign on outreach.seller_contacts (campaign_id, seller_id);

-- catch_up: the reminder for those whom it left to their seller, who then did not tell them.
alter table outreach.waves
  drop constraint waves_kind_check,
  add constraint waves_kind_check check (kind in ('notice', 'fallback', 'reminder', 'catch_up'));

-- Published.
create view outreach.seller_lists_view as
  select list_id, campaign_id, seller_id, kind, until, recorded_at, recorded_by from outreach.seller_lists;
create view outreach.seller_contacts_view as
  select buyer_id, campaign_id, order_id, seller_id, contact_no, list_id, kind, channel, told_at, outcome, recorded_at, covers_until, covers_not,
         ended_at, ended_as, ended_by, ended_why
    from outreach.seller_contacts;
