-- feeds: the agencies' documents, kept byte for byte under the hash of their bytes, and the account of every import.

create schema feeds;

create table feeds.imports (
  import_id     uuid primary key,
  agency        text not null,
  source        text not null,              -- file name or address as given
  file_sha256   bytea,
  file_bytes    bigint,
  started_at    timestamptz not null,
  ended_at      timestamptz,
  items         bigint not null default 0,  -- items seen in the file
  new_documents bigint not null default 0,
  new_recalls   bigint not null default 0,
  new_revisions bigint not null default 0,  -- second and later revisions
  unchanged     bigint not null default 0,
  refused       bigint not null default 0
);

-- One raw item of a feed as received. The same bytes are kept once.
create table feeds.documents (
  document_sha256 bytea primary key,
  agency          text not null,
  recall_number   text,                     -- as far as the document says one
  body            bytea not null,
  received_at     timestamptz not null,
  import_id       uuid not null references feeds.imports
);
create index documents_recall on feeds.documents (agency, recall_number);

create table feeds.import_errors (
  import_id uuid not null references feeds.imports,
  error_no  int not null,
  line      bigint not null,                -- 1-based line of the file where the item begins
  field     text not null,                  -- '' where the item as a whole is refused
  problem   text not null,
  excerpt   text not null,                  -- the first characters of the item, so that a person can find it
  primary key (import_id, error_no)
);
