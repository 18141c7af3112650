-- feeds: what is asked of each agency's address and what came of it; how far each is committed; dumps that wait for a person.

-- When the recalls of an import were screened and swept into the campaigns; null while that is still owed.
alter table feeds.imports add column followed_up_at timestamptz;
update feeds.imports set followed_up_at = coalesce(ended_at, started_at);
create index imports_to_follow_up on feeds.imports (started_at) where followed_up_at is null;
create index imports_newest on feeds.imports (agency, started_at desc, import_id desc);

-- One attempt to hear a source (src/feeds/sources.ts). Its outcome is written once, when it ends.
create table feeds.pulls (
  pull_id       uuid primary key,
  source        text not null,               -- 'CPSC', 'FDA food'
  agency        text not null,
  actor         text not null,               -- 'rule:schedule', 'cli'
  mode          text not null check (mode in ('full', 'new')),
  window_from   date,                        -- the days asked for, where the source is asked by days
  window_to     date,
  started_at    timestamptz not null,
  ended_at      timestamptz,
  outcome       text check (outcome in ('done', 'unchanged', 'held', 'incomplete', 'failed', 'died')),
  reason        text,                        -- a word for programs where the outcome is not good: 'throttled', 'not_the_format', …
  said          text not null default '',    -- the same for people
  requests      int not null default 0,
  bytes         bigint not null default 0,   -- as they came over the wire
  items         bigint not null default 0,
  import_id     uuid references feeds.imports,
  not_before    timestamptz,                 -- the agency asked not to be asked before
  check ((ended_at is null) = (outcome is null))
);
create index pulls_source on feeds.pulls (source, started_at desc);

-- Each body that arrived, kept in a file under the hash of its bytes until it is old.
create table feeds.pull_bodies (
  pull_id         uuid not null references feeds.pulls,
  body_no         int not null,
  address         text not null,
  version         text not null default '',  -- what the source's list says of this address; another version is read again
  status          int not null,
  body_sha256     bytea not null,            -- as it came over the wire
  body_bytes      bigint not null,
  unpacked_sha256 bytea not null,            -- of what is inside; a repacked archive has another body and the same inside
  items           bigint not null,
  received_at     timestamptz not null,
  committed_at    timestamptz,               -- its documents are in the database
  file_kept       boolean not null default true,
  primary key (pull_id, body_no)
);
create index pull_bodies_address on feeds.pull_bodies (address, version) where committed_at is not null;
create index pull_bodies_file on feeds.pull_bodies (body_sha256) where file_kept;

-- How far a source is committed. Moves only in the transaction that ends a pull whose documents are all in the database.
create table feeds.cursors (
  source          text primary key,
  etag            text,
  last_modified   text,
  unpacked_sha256 bytea,                     -- of the last dump that was taken in
  heard_to        date,                      -- the last day asked for and committed
  full_at         timestamptz,               -- the last full rescan
  full_items      bigint,                    -- its size: what is usual
  pull_id         uuid not null references feeds.pulls,
  moved_at        timestamptz not null
);

-- A dump of a size that is not usual: nothing of it is taken in until a person has looked.
create table feeds.holds (
  hold_id         uuid primary key,
  source          text not null,
  agency          text not null,
  pull_id         uuid not null references feeds.pulls,
  held_at         timestamptz not null,
  reason          text not null,
  items           bigint not null,
  usual_items     bigint not null,
  unpacked_sha256 bytea not null
);
create index holds_source on feeds.holds (source, held_at desc);

-- What became of a hold, by whom, when and why. A hold without a row here is open.
create table feeds.hold_decisions (
  hold_id    uuid primary key references feeds.holds,
  decision   text not null check (decision in ('released', 'refused', 'superseded')),
  actor      text not null,
  decided_at timestamptz not null,
  reason     text not null
);

-- Published: where each source stands.
create view feeds.health_view as
  select p.source, p.agency, p.pull_id as last_pull_id, p.started_at as last_pull_at, p.ended_at as last_ended_at, p.outcome as last_outcome,
         p.reason as last_reason, p.said as last_said, p.not_before,
         (select max(s.started_at) from feeds.pulls s where s.source = p.source and s.outcome in ('done', 'unchanged')) as last_success_at,
         (select count(*) from feeds.pulls f
           where f.source = p.source and f.outcome in ('failed', 'died', 'incomplete') and f.reason is distinct from 'stopped'
             and f.started_at > coalesce((select max(s.started_at) from feeds.pulls s
                                           where s.source = p.source and s.outcome in ('done', 'unchanged', 'held')), '-infinity')) as failures_since,
         c.heard_to, c.full_at, c.full_items,
         h.hold_id, h.held_at, h.reason as hold_reason, h.items as held_items, h.usual_items
    from (select distinct on (source) * from feeds.pulls order by source, started_at desc, pull_id desc) p
    left join feeds.cursors c using (source)
    left join lateral (select * from feeds.holds o
                        where o.source = p.source and not exists (select from feeds.hold_decisions d where d.hold_id = o.hold_id)
                        order by o.held_at desc limit 1) h on true;

-- recalls: a revision may also come from reading the same document again with readers that have learned more.
alter table recalls.revisions add column cause text not null default 'document' check (cause in ('document', 'reading'));
create or replace view recalls.revisions_view as
  select recall_id, revision, document_sha256, recorded_at, kind, title, published_on, content, cause, content_sha256 from recalls.revisions;
