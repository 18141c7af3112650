-- catalog and outreach: business accounts. Who administers a buyer's account is told too, once per campaign, beside the buyers.

-- The buyer_id of whoever administers the business account that this buyer buys for; null: they buy for themselves, or nobody said.
alter table catalog.buyers add column administrator_id text;
-- Serves the question which buyers of a campaign are in business accounts: most are in none.
create index buyers_administrator on catalog.buyers (buyer_id) where administrator_id is not null;
create or replace view catalog.buyers_view as
  select buyer_id, name, email, phone, locale, country, region, street, postal_code, city, administrator_id from catalog.buyers;

-- What one administrator is told of one campaign: how many of their buyers have how many units. It is no notice: buyers are counted by theirs alone.
-- pending: to be told; told: their mail server took it; ended: no address, refused, or came back.
create table outreach.account_notices (
  administrator_id  text not null,
  campaign_id       text not null,
  account_notice_id uuid not null,          -- derived from campaign and administrator
  buyers            int not null check (buyers > 0),
  units             bigint not null check (units > 0),
  answer            text not null check (answer in ('affected', 'possibly')),
  telling           int not null check (telling > 0),      -- which telling this is: they are told again when more comes into scope
  attempts          int not null check (attempts >= 0),    -- of this telling, that have an outcome
  not_before        timestamptz,
  created_at        timestamptz not null,
  state             text not null check (state in ('pending', 'told', 'ended')),
  state_at          timestamptz not null,
  state_reason      text not null,
  primary key (administrator_id, campaign_id)
);
create index account_notices_campaign on outreach.account_notices (campaign_id, administrator_id);
create index account_notices_id on outreach.account_notices (account_notice_id);

-- One attempt to tell an administrator, with the numbers that it said. No outcome yet: in flight, and a crash may have sent it.
create table outreach.account_deliveries (
  administrator_id text not null,
  campaign_id      text not null,
  telling          int not null,
  attempt          int not null check (attempt > 0),
  buyers           int not null,
  units            bigint not null,
  recipient_domain text,                    -- never the address itself
  message_id       text not null,
  started_at       timestamptz not null,
  ended_at         timestamptz,
  outcome          text check (outcome in ('accepted', 'refused_for_now', 'refused', 'failed', 'no_contact')),
  answer_text      text,
  returned_at      timestamptz,             -- when it was heard that the message came back, and what was said
  returned_text    text,
  primary key (administrator_id, campaign_id, telling, attempt)
);

-- Who is telling the administrators of a campaign: a lease with a fencing number.
create table outreach.account_runs (
  campaign_id text primary key,
  lease_until timestamptz,
  fence       bigint not null default 0
);

-- Published.
create view outreach.account_notices_view as
  select administrator_id, campaign_id, buyers, units, answer, telling, created_at, state, state_at, state_reason from outreach.account_notices;
