-- What was screened already, so that screening does only what is new; and the words of each listing, so that a new recall reads few listings.

-- The order in which revisions were recorded. Their writers take turns, so the highest number tells a kept engine whether it is behind.
alter table recalls.revisions add column revision_no bigint generated always as identity;
create unique index revisions_order on recalls.revisions (revision_no);
-- Published.
create view recalls.revision_order_view as select revision_no, recall_id, revision from recalls.revisions;

-- Every listing in `screened_listings` was screened, as it was then, against every recall here at this revision or a later one.
create table matching.screened_recalls (
  recall_id   text primary key,
  revision    int not null check (revision > 0),
  screened_at timestamptz not null
);

create table matching.screened_listings (
  listing_id text primary key,
  updated_at timestamptz not null,   -- of the listing as it was screened
  rules      text not null,          -- mark of the rules it was screened by: new rules owe everything again
  tokens     int[] not null          -- hashes of its words and codes: the only listings a recall is compared with share some of its own
);
create index screened_listings_tokens on matching.screened_listings using gin (tokens);
