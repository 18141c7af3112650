-- recalls: the same recall, published by several agencies.

-- An address without what does not tell pages apart: scheme, www., fragment, a slash at its end, capitals.
create function recalls.address_key(address text) returns text immutable parallel safe language sql
  return nullif(lower(regexp_replace(regexp_replace(address, '^https?://(www\.)?|#.*$', '', 'gi'), '/+$', '')), '');

create index revisions_address on recalls.revisions (recalls.address_key(content ->> 'url'));

-- `declared`: the notice gives the other one's address or number. `marker`: it says that the recall is a joint one, and with whom.
-- `evidence`: both texts speak of the same thing; a proposal until a person has decided.
create table recalls.links (
  recall_id       text not null references recalls.recalls,
  how             text not null check (how in ('declared', 'marker', 'evidence')),
  link_key        text not null,             -- tells the links of a recall apart: the other's id, address or number, or its agency
  other_recall_id text references recalls.recalls,  -- null while the other one is not among the recalls here
  other_agency    text not null,             -- one of ours, or the name of an authority that is not heard here
  other_number    text,
  other_url       text,
  reasons         jsonb not null default '[]',  -- of evidence: [{ field, weight, text }]
  weight          double precision,          -- of evidence
  decided_by      text not null,             -- 'rule:said-by-notice', 'rule:same-product'
  decided_at      timestamptz not null,
  check ((how = 'evidence') = (weight is not null)),
  check (how <> 'evidence' or other_recall_id > recall_id),  -- a pair is proposed once
  primary key (recall_id, how, link_key)
);
create index links_other on recalls.links (other_recall_id) where other_recall_id is not null;
create index links_unresolved on recalls.links (other_agency) where other_recall_id is null;

-- What a person made of a proposal, by whom, when and why. The last row of a pair holds.
create table recalls.link_decisions (
  recall_id       text not null references recalls.recalls,
  other_recall_id text not null references recalls.recalls,
  decision_no     int not null check (decision_no > 0),
  ruling          text not null check (ruling in ('same', 'different')),
  decided_by      text not null,
  decided_at      timestamptz not null,
  reason          text not null check (reason <> ''),
  check (other_recall_id > recall_id),
  primary key (recall_id, other_recall_id, decision_no)
);

-- At which revision a recall was last compared with those of other agencies.
create table recalls.compared (
  recall_id   text primary key references recalls.recalls,
  revision    int not null,
  compared_at timestamptz not null
);

-- What is already there says so too.
insert into recalls.links (recall_id, how, link_key, other_agency, other_number, other_url, decided_by, decided_at)
select r.recall_id, link ->> 'how', coalesce(link ->> 'url', link ->> 'number', link ->> 'agency'), link ->> 'agency', link ->> 'number', link ->> 'url',
       'rule:said-by-notice', r.recorded_at
  from recalls.current_recalls_view r
 cross join lateral jsonb_array_elements(coalesce(r.content -> 'jointWith', '[]')) link
 where link ->> 'how' in ('declared', 'marker')
on conflict do nothing;

-- Published: every link from both of its ends. `standing` says whether both are one: linked, proposed, or ruled different.
create view recalls.links_view as
  with standing as (
    select l.*, case when l.how <> 'evidence' then 'linked'
                     else coalesce((select case d.ruling when 'same' then 'linked' else 'different' end
                                      from recalls.link_decisions d
                                     where d.recall_id = l.recall_id and d.other_recall_id = l.other_recall_id
                                     order by d.decision_no desc limit 1), 'proposed') end as standing
      from recalls.links l
  )
  select recall_id, other_recall_id, other_agency, other_number, other_url, how, standing, weight, reasons, decided_by, decided_at from standing
  union all
  select s.other_recall_id, s.recall_id, r.agency, r.recall_number, null, s.how, s.standing, s.weight, s.reasons, s.decided_by, s.decided_at
    from standing s join recalls.recalls r on r.recall_id = s.recall_id
   where s.other_recall_id is not null;
