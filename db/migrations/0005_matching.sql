-- matching: recall × listing, the answer with its weight and reasons, and what people ruled on it.

create schema matching;

create table matching.matches (
  listing_id  text not null,
  recall_id   text not null,
  revision    int not null,                 -- of the recall that was screened
  answer      text not null check (answer in ('affected', 'possibly', 'no')),
  weight      double precision not null,    -- bits of evidence, the sum of the reasons' weights
  tier        text not null check (tier in ('auto', 'review', 'dismiss')),
  reasons     jsonb not null,               -- Reason[] (src/matching/score.ts)
  screened_at timestamptz not null,
  primary key (listing_id, recall_id)
);
create index matches_recall on matching.matches (recall_id);

-- A person's or a rule's ruling on a match. Appended; the latest one holds.
create table matching.decisions (
  listing_id  text not null,
  recall_id   text not null,
  decision_no int not null check (decision_no > 0),
  ruling      text not null check (ruling in ('affected', 'possibly', 'no')),
  decided_by  text not null,
  decided_at  timestamptz not null,
  reason      text not null check (reason <> ''),
  primary key (listing_id, recall_id, decision_no)
);

-- Published: the match and the latest ruling on it; `answer` is the ruling where there is one, else the engine's.
create view matching.matches_view as
  select m.listing_id, m.recall_id, m.revision, coalesce(d.ruling, m.answer) as answer, m.answer as engine_answer, m.weight, m.tier,
         m.reasons, m.screened_at, d.ruling, d.decided_by, d.decided_at, d.reason as decision_reason
    from matching.matches m
    left join lateral (
      select ruling, decided_by, decided_at, reason
        from matching.decisions
       where listing_id = m.listing_id and recall_id = m.recall_id
       order by decision_no desc limit 1) d on true;
