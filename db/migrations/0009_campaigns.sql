-- campaigns: this marketplace's execution of one recall.

create schema campaigns;

create table campaigns.campaigns (
  campaign_id text primary key,             -- the recall_id: one campaign per recall on this marketplace
  recall_id   text not null unique,
  revision    int not null,                 -- of the recall that the campaign executes
  opened_at   timestamptz not null,
  opened_by   text not null,
  reason      text not null check (reason <> ''),
  scope       jsonb not null,               -- the Scope as decided, so that later revisions do not move it silently
  remedies    jsonb not null                -- what the buyer is offered: { options: RemedyOption[], proof: 'photo_of_destruction' | 'none' }
);

-- The timeline: what was done, when, by whom, with which counts. Appended.
create table campaigns.steps (
  campaign_id text not null references campaigns.campaigns,
  step_no     int not null check (step_no > 0),
  step        text not null check (step in ('opened', 'listings_stopped', 'stock_held', 'orders_intercepted', 'lines_found',
                                            'notices_made', 'wave_started', 'wave_sent')),
  at          timestamptz not null,
  actor       text not null,
  counts      jsonb not null,
  primary key (campaign_id, step_no)
);

-- Published.
create view campaigns.campaigns_view as
  select campaign_id, recall_id, revision, opened_at, opened_by, reason, scope, remedies from campaigns.campaigns;
create view campaigns.steps_view as
  select campaign_id, step_no, step, at, actor, counts from campaigns.steps;
