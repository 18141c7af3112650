-- campaigns: what agencies change while a campaign runs. What it executes, as decided each time; what is proposed; releases by two people.

-- The revision and the scope that a campaign executes. The last row holds; number 1 is the opening.
create table campaigns.scopes (
  campaign_id text not null references campaigns.campaigns,
  scope_no    int not null check (scope_no > 0),
  revision    int not null,
  scope       jsonb not null,
  decided_by  text not null,
  decided_at  timestamptz not null,
  reason      text not null check (reason <> ''),
  primary key (campaign_id, scope_no)
);
insert into campaigns.scopes (campaign_id, scope_no, revision, scope, decided_by, decided_at, reason)
select campaign_id, 1, revision, scope, opened_by, opened_at, reason from campaigns.campaigns;

-- What a newer revision would change. One per campaign and revision; its listings are added to as screening finds more, never rewritten.
create table campaigns.proposals (
  campaign_id   text not null references campaigns.campaigns,
  revision      int not null,
  from_revision int not null,               -- the one that the campaign executes
  proposed_at   timestamptz not null,
  proposed_by   text not null,
  change        jsonb not null,             -- ScopeChange (src/recalls/scope-change.ts)
  fields        jsonb not null,             -- [{ field, direction, before: [], after: [] }]
  lines         jsonb not null,             -- what the wider or narrower scope does to order lines, counted when it was proposed
  primary key (campaign_id, revision),
  check (revision > from_revision)
);
create table campaigns.proposal_listings (
  campaign_id   text not null,
  revision      int not null,
  listing_id    text not null,
  proposal      text not null check (proposal in ('add', 'look_again', 'release')),
  engine_answer text,                       -- null where screening no longer finds it
  tier          text,
  weight        double precision,
  reasons       jsonb not null,             -- [{ field, weight, text }]
  ruling        text,                       -- of an earlier revision, with its reason
  ruling_reason text,
  edited_at     timestamptz,                -- of a stopped listing: its seller changed it since the stop
  found_at      timestamptz not null,
  primary key (campaign_id, revision, listing_id),
  foreign key (campaign_id, revision) references campaigns.proposals
);
create table campaigns.proposal_decisions (
  campaign_id text not null,
  revision    int not null,
  decision    text not null check (decision in ('accepted', 'refused', 'superseded')),
  scope       boolean not null,             -- the newer scope became the campaign's
  added       text[] not null,              -- listings ruled affected by it
  released    text[] not null,              -- listings whose release was asked for by it
  decided_by  text not null,
  decided_at  timestamptz not null,
  reason      text not null check (reason <> ''),
  primary key (campaign_id, revision),
  foreign key (campaign_id, revision) references campaigns.proposals
);

-- Somebody asks for the release of a stopped listing, somebody else answers.
create table campaigns.release_requests (
  campaign_id text not null references campaigns.campaigns,
  listing_id  text not null,
  request_no  int not null check (request_no > 0),
  stop_no     int not null,                 -- which stop of the listing it would end
  revision    int,                          -- the proposal it came from; null where an officer asked without one
  asked_by    text not null,
  asked_at    timestamptz not null,
  reason      text not null check (reason <> ''),
  primary key (campaign_id, listing_id, request_no)
);
create table campaigns.release_answers (
  campaign_id text not null,
  listing_id  text not null,
  request_no  int not null,
  answer      text not null check (answer in ('confirmed', 'refused')),
  answered_by text not null,
  answered_at timestamptz not null,
  reason      text not null,                -- '' where confirmed without a word
  primary key (campaign_id, listing_id, request_no),
  foreign key (campaign_id, listing_id, request_no) references campaigns.release_requests
);

alter table campaigns.steps
  drop constraint steps_step_check,
  add constraint steps_step_check check (step in ('opened', 'listings_stopped', 'stock_held', 'orders_intercepted', 'lines_found', 'notices_made',
                                                  'wave_started', 'wave_sent', 'change_proposed', 'scope_widened', 'scope_narrowed',
                                                  'change_refused', 'release_asked', 'release_refused', 'listings_released', 'oversight_ended'));

-- Published. `revision` and `scope` are those that the campaign executes now.
create or replace view campaigns.campaigns_view as
  select c.campaign_id, c.recall_id, coalesce(s.revision, c.revision) as revision, c.opened_at, c.opened_by, c.reason,
         coalesce(s.scope, c.scope) as scope, c.remedies
    from campaigns.campaigns c
    left join lateral (select revision, scope from campaigns.scopes where campaign_id = c.campaign_id order by scope_no desc limit 1) s on true;
create view campaigns.scopes_view as
  select campaign_id, scope_no, revision, scope, decided_by, decided_at, reason from campaigns.scopes;
create view campaigns.proposals_view as
  select p.campaign_id, p.revision, p.from_revision, p.proposed_at, p.change, d.decision, d.decided_at
    from campaigns.proposals p
    left join campaigns.proposal_decisions d using (campaign_id, revision);
create view campaigns.release_requests_view as
  select r.campaign_id, r.listing_id, r.request_no, r.stop_no, r.revision, r.asked_by, r.asked_at, r.reason, a.answer, a.answered_by,
         a.answered_at, a.reason as answer_reason
    from campaigns.release_requests r
    left join campaigns.release_answers a using (campaign_id, listing_id, request_no);
