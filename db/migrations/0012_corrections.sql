-- recalls: what people correct of what was read. A correction stands above every reading until a person withdraws it.

-- A correction, and its withdrawal, is the next revision of its recall, from the same document.
alter table recalls.revisions drop constraint revisions_cause_check;
alter table recalls.revisions add constraint revisions_cause_check check (cause in ('document', 'reading', 'correction'));
-- Corrections are few among revisions; this finds what is owed a follow-up.
create index revisions_corrections on recalls.revisions (recall_id, revision) where cause = 'correction';

-- One field of one recall, decided by a person. At most one correction of a field stands: a new one withdraws the one before.
create table recalls.corrections (
  recall_id     text not null,
  correction_no int not null check (correction_no > 0),
  field         text not null,               -- one of CORRECTION_FIELDS (src/recalls/recall.ts)
  value         jsonb not null,              -- what holds instead; the JSON null where the agency does not state it
  read_value    jsonb not null,              -- what was read from the document when it was decided
  reason        text not null check (reason <> ''),
  decided_by    text not null,
  decided_at    timestamptz not null,
  revision      int not null,                -- the revision that it made
  primary key (recall_id, correction_no),
  foreign key (recall_id, revision) references recalls.revisions
);
create index corrections_decided on recalls.corrections (decided_at, recall_id, correction_no);

create table recalls.correction_withdrawals (
  recall_id     text not null,
  correction_no int not null,
  reason        text not null check (reason <> ''),
  withdrawn_by  text not null,
  withdrawn_at  timestamptz not null,
  revision      int not null,                -- the revision that it made
  primary key (recall_id, correction_no),
  foreign key (recall_id, correction_no) references recalls.corrections,
  foreign key (recall_id, revision) references recalls.revisions
);

-- Revisions by people that were followed up: screened, swept, proposed. One that is not here is owed that.
create table recalls.followed_up (
  recall_id      text not null,
  revision       int not null,
  followed_up_at timestamptz not null,
  primary key (recall_id, revision),
  foreign key (recall_id, revision) references recalls.revisions
);

-- Published: every correction, with its withdrawal. `read_now` is what is read from the newest document while the correction stands;
-- `text_changed_since` says that the agency has sent another document since, and that this field reads otherwise now: somebody should look.
-- Containment both ways is equality without the order of lists.
create view recalls.corrections_view as
  select c.recall_id, c.correction_no, c.field, c.value, c.read_value, c.reason, c.decided_by, c.decided_at, c.revision,
         w.withdrawn_by, w.withdrawn_at, w.reason as withdrawn_reason, w.revision as withdrawn_revision, s.read_now,
         s.read_now is not null and not (s.read_now @> c.read_value and s.read_now <@ c.read_value)
           and exists (select from recalls.revisions d
                        where d.recall_id = c.recall_id and d.revision > c.revision and d.cause = 'document') as text_changed_since
    from recalls.corrections c
    left join recalls.correction_withdrawals w using (recall_id, correction_no)
    left join lateral (select v.content #> array['corrected', c.field, 'read'] as read_now
                         from recalls.revisions v
                        where v.recall_id = c.recall_id and w.withdrawn_at is null
                        order by v.revision desc limit 1) s on true;
