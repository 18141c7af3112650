-- outreach: affected lines, one notice per buyer and campaign, waves, deliveries with every attempt and answer.

create schema outreach;

-- What the notices of a campaign say: the recall as decided and the remedies offered (NoticeBrief in src/outreach/brief.ts).
create table outreach.briefs (
  campaign_id text primary key,
  recall_id   text not null,
  content     jsonb not null,
  created_at  timestamptz not null
);

-- An order line in scope of a campaign ('affected'), or one that only the buyer's lot or serial can tell ('possibly').
-- The figures are copied at the time of the finding: the books of a campaign do not move when the catalogue does.
create table outreach.affected_lines (
  buyer_id     text not null,
  campaign_id  text not null,
  order_id     text not null,
  line_no      int not null,
  answer       text not null check (answer in ('affected', 'possibly')),
  listing_id   text not null,
  seller_id    text not null,
  ordered_at   timestamptz not null,
  units        bigint not null check (units > 0),
  amount_minor bigint not null check (amount_minor >= 0),
  currency     text not null,
  found_at     timestamptz not null,
  primary key (buyer_id, campaign_id, order_id, line_no)
);
create index affected_lines_campaign on outreach.affected_lines (campaign_id);

-- What one buyer is told about one campaign. `state` is where it stands, `state_at` and `state_reason` since when and why.
-- delivered: some channel's receiving side took it and has not sent it back; pending: not yet; unreachable: every channel was tried.
create table outreach.notices (
  buyer_id     text not null,
  campaign_id  text not null,
  notice_id    uuid not null,               -- md5 of campaign and buyer: derived, so that making notices twice makes none twice
  answer       text not null check (answer in ('affected', 'possibly')),
  bucket       smallint not null,           -- 0–255, of the buyer: what a worker leases
  units        bigint not null,
  created_at   timestamptz not null,
  state        text not null check (state in ('pending', 'delivered', 'unreachable')),
  state_at     timestamptz not null,
  state_reason text not null,
  primary key (buyer_id, campaign_id)
) with (fillfactor = 80);                   -- room on the page for the state to change in place, without touching the indexes
create index notices_bucket on outreach.notices (campaign_id, bucket, buyer_id);
create index notices_id on outreach.notices (notice_id);

-- First notice is wave 1, reminders follow. A wave is sent bucket by bucket under a lease with a fencing number.
create table outreach.waves (
  campaign_id text not null,
  wave        int not null check (wave > 0),
  channel     text not null check (channel in ('email')),
  created_at  timestamptz not null,
  created_by  text not null,
  primary key (campaign_id, wave)
);
create table outreach.wave_buckets (
  campaign_id text not null,
  wave        int not null,
  bucket      smallint not null,
  attempt     int not null default 1 check (attempt > 0),   -- which attempt at its buyers the bucket is at
  checkpoint  text not null default '',     -- the last buyer_id of this bucket whose attempt has an outcome
  again       int not null default 0 check (again >= 0),    -- how many of this attempt were refused for now and are to be tried again
  not_before  timestamptz,                  -- the pause before the next attempt
  lease_owner text,
  lease_until timestamptz,
  fence       bigint not null default 0,
  done_at     timestamptz,
  primary key (campaign_id, wave, bucket),
  foreign key (campaign_id, wave) references outreach.waves
);

-- One attempt to bring a notice by one channel. No outcome yet: it was in flight, and a crash may have sent it.
create table outreach.deliveries (
  buyer_id     text not null,
  campaign_id  text not null,
  wave         int not null,                -- 0 for what belongs to no wave: the buyer came by themselves
  channel      text not null check (channel in ('email', 'banner', 'page')),
  attempt      int not null check (attempt > 0),
  recipient_domain text,                    -- never the address itself
  message_id   text,
  started_at   timestamptz not null,
  ended_at     timestamptz,
  outcome      text check (outcome in ('accepted', 'refused_for_now', 'refused', 'failed', 'no_contact', 'seen')),
  answer_text  text,                        -- what the server said, addresses removed
  primary key (buyer_id, campaign_id, wave, channel, attempt)
) with (fillfactor = 45);                   -- each row gets its outcome once, in place, and grows by it

-- The buyer told us that they have read it.
create table outreach.acknowledgements (
  buyer_id        text not null,
  campaign_id     text not null,
  acknowledged_at timestamptz not null,
  how             text not null check (how in ('button', 'case', 'no_longer_owned')),
  primary key (buyer_id, campaign_id)
);

-- Published.
create view outreach.affected_lines_view as
  select buyer_id, campaign_id, order_id, line_no, answer, listing_id, seller_id, ordered_at, units, amount_minor, currency, found_at
    from outreach.affected_lines;
create view outreach.notices_view as
  select n.buyer_id, n.campaign_id, n.notice_id, n.answer, n.units, n.created_at, n.state, n.state_at, n.state_reason,
         a.acknowledged_at, a.how as acknowledged_how
    from outreach.notices n
    left join outreach.acknowledgements a using (buyer_id, campaign_id);
create view outreach.deliveries_view as
  select buyer_id, campaign_id, wave, channel, attempt, recipient_domain, message_id, started_at, ended_at, outcome, answer_text
    from outreach.deliveries;
create view outreach.waves_view as
  select w.campaign_id, w.wave, w.channel, w.created_at, w.created_by,
         count(b.bucket) as buckets, count(b.done_at) as buckets_done, max(b.done_at) as last_done_at
    from outreach.waves w
    left join outreach.wave_buckets b using (campaign_id, wave)
   group by w.campaign_id, w.wave;
