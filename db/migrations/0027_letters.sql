-- catalog and outreach: letters. Where a buyer gets post, and the print jobs that bring notices there.

-- `street`: one or two lines, a line end between them. Null: not told.
alter table catalog.buyers
  add column street text,
  add column postal_code text,
  add column city text;
create or replace view catalog.buyers_view as
  select buyer_id, name, email, phone, locale, country, region, street, postal_code, city from catalog.buyers;

-- Letters that are printed and posted together. Its files lie below TOCSIN_HOME/letters until they are deleted; addresses are in no row.
create table outreach.print_jobs (
  print_job_id uuid primary key,
  print_no     int not null unique check (print_no > 0),   -- begins the number on each of its letters
  campaign_id  text not null
);
create index print_jobs_campaign on outreach.print_jobs (campaign_id);

-- What happened to a print job, by whom and when; each at most once. asked → made → handed_over, or withdrawn before that. The letters of a job that
-- is withdrawn wait for the next one. files_deleted: the addresses are gone from this machine.
create table outreach.print_job_steps (
  print_job_id uuid not null references outreach.print_jobs,
  step         text not null check (step in ('asked', 'made', 'handed_over', 'withdrawn', 'files_deleted')),
  at           timestamptz not null,
  by           text not null,
  note         text not null,               -- to whom, or why; '' where nobody said
  primary key (print_job_id, step)
);

-- Its files: documents to be printed, and the table that says which pages are whose.
create table outreach.print_files (
  print_job_id uuid not null references outreach.print_jobs,
  name         text not null,
  kind         text not null check (kind in ('pdf', 'csv')),
  paper        text check (paper in ('a4', 'letter')),
  letters      int not null,
  pages        int not null,
  bytes        bigint not null,
  sha256       bytea not null,
  primary key (print_job_id, name)
);

-- One letter of a print job. The delivery of its wave gets its outcome when the job is handed over. `units` and `answer`: what it says, so that a
-- notice which has grown since is not taken as delivered.
create table outreach.letters (
  buyer_id     text not null,
  campaign_id  text not null,
  print_job_id uuid not null,
  wave         int not null,
  attempt      int not null,
  sequence     int not null check (sequence > 0),
  units        bigint not null,
  answer       text not null check (answer in ('affected', 'possibly')),
  primary key (buyer_id, campaign_id, print_job_id)
);
create index letters_print_job on outreach.letters (print_job_id, sequence);
