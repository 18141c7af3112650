-- The gate: a listing that is new or changed is sold only once it was screened, and not while it is taken for a recalled product.

-- What was on sale before there was a gate stays on sale; it still owes its screening, because no rules have this mark.
insert into matching.screened_listings (listing_id, updated_at, rules, tokens)
select listing_id, updated_at, 'before the gate', '{}' from catalog.listings
on conflict do nothing;

-- Whether a listing waits, unsold, while a person looks at a match with a recall of this severity. The latest row of a severity holds.
create table matching.gate_settings (
  severity   text not null check (severity in ('serious', 'high', 'medium', 'low')),
  setting_no int not null check (setting_no > 0),
  waits      boolean not null,
  set_by     text not null,
  set_at     timestamptz not null,
  reason     text not null check (reason <> ''),
  primary key (severity, setting_no)
);
insert into matching.gate_settings (severity, setting_no, waits, set_by, set_at, reason)
values ('serious', 1, true, 'rule:default', '2026-11-01Z', 'What can kill or maim is not sold while it is in question.'),
       ('high', 1, true, 'rule:default', '2026-11-01Z', 'What can injure badly is not sold while it is in question.'),
       ('medium', 1, false, 'rule:default', '2026-11-01Z', 'A small danger in question does not take an honest listing off sale.'),
       ('low', 1, false, 'rule:default', '2026-11-01Z', 'A small danger in question does not take an honest listing off sale.');

-- Published: the setting of each severity that holds.
create view matching.gate_settings_view as
  select distinct on (severity) severity, waits, set_by, set_at, reason from matching.gate_settings order by severity, setting_no desc;

-- Published: why a listing may not be sold, apart from stops of campaigns. Asked by listing, it is answered from primary keys.
--   not_screened_yet   it is new, or changed since it was screened
--   recalled           the engine is sure that it is the recalled product, or a person ruled so
--   under_review       it may be, and at this severity it waits for a person
create view matching.gates_view as
  select l.listing_id, null::text as recall_id, 'not_screened_yet' as gate, l.updated_at as since, null::text as ruling, null::text as decided_by
    from catalog.listings_view l
   where not exists (select from matching.screened_listings s where s.listing_id = l.listing_id and s.updated_at = l.updated_at)
  union all
  select m.listing_id, m.recall_id, case when m.answer = 'affected' and (m.ruling is not null or m.tier = 'auto') then 'recalled' else 'under_review' end,
         coalesce(m.decided_at, m.screened_at), m.ruling, m.decided_by
    from matching.matches_view m
   where m.answer <> 'no'
     and (m.answer = 'affected' and (m.ruling is not null or m.tier = 'auto')
          or (select waits from matching.gate_settings g
               where g.severity = (select v.severity from recalls.revisions v where v.recall_id = m.recall_id order by v.revision desc limit 1)
               order by g.setting_no desc limit 1));

-- supply: what was told to the seller of a gated listing. `matching.gates_view` decides and holds at once; this is the statement of reasons.
create table supply.gates (
  listing_id text not null,
  recall_id  text not null,
  gate_no    int not null check (gate_no > 0),
  gate       text not null check (gate in ('recalled', 'under_review')),
  placed_at  timestamptz not null,
  placed_by  text not null,
  statement  jsonb not null,                -- StatementOfReasons (src/supply/statement.ts)
  primary key (listing_id, recall_id, gate_no)
);
create table supply.gate_ends (
  listing_id text not null,
  recall_id  text not null,
  gate_no    int not null,
  ended_at   timestamptz not null,
  ended_by   text not null,
  reason     text not null check (reason <> ''),
  primary key (listing_id, recall_id, gate_no),
  foreign key (listing_id, recall_id, gate_no) references supply.gates
);
-- Published.
create view supply.gates_view as
  select g.listing_id, g.recall_id, g.gate_no, g.gate, g.placed_at, g.placed_by, g.statement, e.ended_at, e.ended_by, e.reason as end_reason
    from supply.gates g
    left join supply.gate_ends e using (listing_id, recall_id, gate_no);

-- platform: keys of the marketplace's own machines. The secret is shown once and kept as its hash.
create table platform.api_keys (
  key_id        text primary key,
  name          text not null,
  secret_sha256 bytea not null,
  scopes        text[] not null,
  created_at    timestamptz not null,
  created_by    text not null
);
create table platform.api_key_revocations (
  key_id     text primary key references platform.api_keys,
  revoked_at timestamptz not null,
  revoked_by text not null,
  reason     text not null check (reason <> '')
);
