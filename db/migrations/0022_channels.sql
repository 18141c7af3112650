-- outreach: what comes back, the playbook of channels, waves by any channel, reminders.

-- In which order this marketplace's channels are used, when reminders follow, when a buyer counts as unreachable (Playbook in
-- src/outreach/playbook.ts). '*' is the installation's own, for every campaign without one. The last number counts; earlier ones say what held.
create table outreach.playbooks (
  campaign_id text not null,
  playbook_no int not null check (playbook_no > 0),
  content     jsonb not null,
  decided_at  timestamptz not null,
  decided_by  text not null,
  reason      text not null check (reason <> ''),
  primary key (campaign_id, playbook_no)
);

-- notice: for those who became pending; fallback: the next channel, for those whom the ones in `after` did not reach; reminder: for those who were
-- told and have not acted. `after`: the channels that must have ended for a buyer before this wave is theirs.
alter table outreach.waves
  drop constraint waves_channel_check,
  add constraint waves_channel_check check (channel in ('email', 'sms', 'push', 'letter')),
  add column kind text not null default 'notice' check (kind in ('notice', 'fallback', 'reminder')),
  add column after text[] not null default '{}',
  add column reminder_no int check (reminder_no > 0),
  add constraint waves_reminder check ((kind = 'reminder') = (reminder_no is not null));
-- Each reminder is sent once by each channel, however often and by however many workers it is found due.
create unique index waves_reminder_once on outreach.waves (campaign_id, reminder_no, channel) where kind = 'reminder';

-- not_seen: banner and page were offered from started_at to ended_at, and the buyer did not open them.
alter table outreach.deliveries
  drop constraint deliveries_channel_check,
  add constraint deliveries_channel_check check (channel in ('email', 'sms', 'push', 'letter', 'banner', 'page')),
  drop constraint deliveries_outcome_check,
  add constraint deliveries_outcome_check
    check (outcome in ('accepted', 'refused_for_now', 'refused', 'failed', 'no_contact', 'seen', 'not_seen'));

-- What was heard of a delivery after its channel had taken it: a message that came back, a complaint, what a provider reports. Appended; the
-- delivery keeps the outcome it had. `undoes`: with this the channel ended for the buyer, as if it had refused.
create table outreach.returns (
  buyer_id    text not null,
  campaign_id text not null,
  wave        int not null,
  channel     text not null check (channel in ('email', 'sms', 'push', 'letter')),
  attempt     int not null check (attempt > 0),
  return_key  text not null,                -- hash of what tells this return from others: the same one taken in twice is one
  kind        text not null check (kind in ('hard', 'soft', 'complaint', 'autoreply', 'none', 'delivered')),
  status      text not null,                -- RFC 3463, '' where none is told
  diagnostic  text not null,                -- the server's words, addresses removed
  matched_by  text not null check (matched_by in ('message', 'recipient')),
  way         text not null check (way in ('file', 'smtp', 'provider')),
  taken_at    timestamptz not null,
  undoes      boolean not null,
  primary key (buyer_id, campaign_id, wave, channel, attempt, return_key)
);
create index returns_campaign on outreach.returns (campaign_id);

-- What belongs to no delivery that is known here. Kept so that the count of what came in adds up.
create table outreach.unmatched_returns (
  return_key       text primary key,
  kind             text not null,
  status           text not null,
  diagnostic       text not null,
  recipient_domain text,                    -- never the address itself
  way              text not null check (way in ('file', 'smtp', 'provider')),
  taken_at         timestamptz not null
);

-- Events of providers that were taken in, by the id they are signed with: each has its effect once.
create table outreach.provider_events (
  event_id text primary key,
  taken_at timestamptz not null
);

-- Published.
create view outreach.returns_view as
  select buyer_id, campaign_id, wave, channel, attempt, kind, status, diagnostic, matched_by, way, taken_at, undoes from outreach.returns;
create view outreach.playbooks_view as
  select campaign_id, playbook_no, content, decided_at, decided_by, reason from outreach.playbooks;
drop view outreach.waves_view;
create view outreach.waves_view as
  select w.campaign_id, w.wave, w.channel, w.created_at, w.created_by,
         count(b.bucket) as buckets, count(b.done_at) as buckets_done, max(b.done_at) as last_done_at, w.kind, w.reminder_no
    from outreach.waves w
    left join outreach.wave_buckets b using (campaign_id, wave)
   group by w.campaign_id, w.wave;
