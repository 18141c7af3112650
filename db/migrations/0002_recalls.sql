-- recalls: what the agencies say, one row per revision, never rewritten.

create schema recalls;

create table recalls.recalls (
  recall_id     text primary key,             -- 'CPSC-23774'
  agency        text not null,
  recall_number text not null,
  first_seen_at timestamptz not null,
  unique (agency, recall_number)
);

create table recalls.revisions (
  recall_id       text not null references recalls.recalls,
  revision        int not null check (revision > 0),
  document_sha256 bytea not null,             -- the document this revision was read from
  content_sha256  bytea not null,             -- of the normalised recall: the same content from other bytes is no new revision
  recorded_at     timestamptz not null,
  kind            text not null check (kind in ('recall', 'safety_alert', 'market_withdrawal')),
  title           text not null,
  published_on    date not null,
  content         jsonb not null,             -- the whole Recall (src/recalls/recall.ts)
  primary key (recall_id, revision)
);

-- Published: the newest revision of every recall.
create view recalls.current_recalls_view as
  select distinct on (r.recall_id)
         r.recall_id, r.agency, r.recall_number, v.revision, v.kind, v.title, v.published_on, v.recorded_at, r.first_seen_at, v.content
    from recalls.recalls r
    join recalls.revisions v using (recall_id)
   order by r.recall_id, v.revision desc;

-- Published: every revision, for timelines.
create view recalls.revisions_view as
  select recall_id, revision, document_sha256, recorded_at, kind, title, published_on, content from recalls.revisions;
