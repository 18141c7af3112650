-- The review queue: how dangerous each recall is, what the engine said when somebody ruled, rulings taken back, and which matches are open.

-- recalls: the level of danger. What the agency states holds; else it is read from deaths and kinds of hazard. A withdrawal for other reasons
-- than safety is low, and a danger that nobody classified counts as high: unknown never becomes harmless. src/recalls/severity.ts says the same.
create function recalls.severity_of(content jsonb) returns text immutable parallel safe language sql as $$
  select case
    when content ->> 'severity' in ('serious', 'high', 'medium', 'low') then content ->> 'severity'
    when (content ->> 'deaths')::numeric > 0 then 'serious'
    when content ->> 'kind' = 'market_withdrawal' then 'low'
    when exists (select from jsonb_array_elements_text(content -> 'hazards') h
                  where h in ('fire', 'electric_shock', 'choking', 'ingestion', 'strangulation', 'suffocation', 'entrapment', 'tip_over', 'drowning',
                              'poisoning', 'lead', 'carbon_monoxide', 'explosion', 'crash', 'amputation', 'magnet', 'allergen')) then 'serious'
    when (content ->> 'injuries')::numeric > 0 then 'high'
    when jsonb_array_length(content -> 'hazards') > 0
     and not exists (select from jsonb_array_elements_text(content -> 'hazards') h where h not in ('pinch', 'mold')) then 'medium'
    else 'high'
  end
$$;
alter table recalls.revisions add column severity text not null generated always as (recalls.severity_of(content)) stored;
create index revisions_severity on recalls.revisions (recall_id, revision) include (severity);

-- Published: the level of danger of each recall as it stands, `rank` 1 for the worst.
create view recalls.severities_view as
  select distinct on (r.recall_id)
         r.recall_id, r.agency, v.severity, array_position(array['serious', 'high', 'medium', 'low'], v.severity) as rank
    from recalls.recalls r
    join recalls.revisions v using (recall_id)
   order by r.recall_id desc, v.revision desc;

-- matching: what was in front of the one who ruled, and rulings that take another one back. `withdrawn` leaves none standing.
alter table matching.decisions
  add column revision      int,             -- of the recall that had been screened then; null for rulings older than this column
  add column engine_answer text check (engine_answer in ('affected', 'possibly', 'no')),
  add column engine_tier   text check (engine_tier in ('auto', 'review', 'dismiss')),
  add column engine_weight double precision,
  add column undoes        int check (undoes < decision_no),   -- the number of the ruling that this one takes back
  drop constraint decisions_ruling_check,
  add constraint decisions_ruling_check check (ruling in ('affected', 'possibly', 'no') or (ruling = 'withdrawn' and undoes is not null));

-- Rulings on a match that was not screened again since are known to have seen what stands there.
update matching.decisions d
   set revision = m.revision, engine_answer = m.answer, engine_tier = m.tier, engine_weight = m.weight
  from matching.matches m
 where m.listing_id = d.listing_id and m.recall_id = d.recall_id and m.screened_at <= d.decided_at;

-- The queue is read whole for its counts, so it is read from an index, without the reasons.
create index matches_standing on matching.matches (listing_id, recall_id) include (revision, answer, weight, tier);
create index decisions_latest on matching.decisions (listing_id, recall_id, decision_no)
  include (ruling, decided_by, decided_at, revision, engine_answer);
create index decisions_time on matching.decisions (decided_at desc, listing_id desc, recall_id desc);

-- Published: the match and the latest ruling on it; `answer` is the ruling where one stands, else the engine's.
create or replace view matching.matches_view as
  select m.listing_id, m.recall_id, m.revision, coalesce(d.ruling, m.answer) as answer, m.answer as engine_answer, m.weight, m.tier,
         m.reasons, m.screened_at, d.ruling, d.decided_by, d.decided_at, d.reason as decision_reason
    from matching.matches m
    left join lateral (
      select nullif(latest.ruling, 'withdrawn') as ruling, latest.decided_by, latest.decided_at, latest.reason
        from (select ruling, decided_by, decided_at, reason
                from matching.decisions
               where listing_id = m.listing_id and recall_id = m.recall_id
               order by decision_no desc limit 1) latest
       where latest.ruling <> 'withdrawn') d on true;

-- Published: every ruling ever made, with what the engine said then. `is_latest`: none came after it.
create view matching.decisions_view as
  select d.listing_id, d.recall_id, d.decision_no, d.ruling, d.decided_by, d.decided_at, d.reason, d.revision, d.engine_answer, d.engine_tier,
         d.engine_weight, d.undoes,
         not exists (select from matching.decisions l
                      where l.listing_id = d.listing_id and l.recall_id = d.recall_id and l.decision_no > d.decision_no) as is_latest
    from matching.decisions d;

-- Published: the matches that a person must look at, and why.
--   review   nobody ruled, and the engine leaves it to a person
--   confirm  nobody ruled, and the engine was sure: a person confirms
--   changed  somebody ruled, and since then the recall was revised and the engine now answers otherwise, against the ruling
create view matching.open_matches_view as
  select m.listing_id, m.recall_id, m.revision, m.answer, m.weight, m.tier, case m.tier when 'auto' then 'confirm' else 'review' end as why,
         null::text as ruling, null::text as decided_by
    from matching.matches m
   where m.tier <> 'dismiss'
     and not exists (select from matching.decisions d where d.listing_id = m.listing_id and d.recall_id = m.recall_id)
  union all
  select m.listing_id, m.recall_id, m.revision, m.answer, m.weight, m.tier,
         case when d.ruling <> 'withdrawn' and d.decided_by not like 'rule:%' then 'changed' when m.tier = 'auto' then 'confirm' else 'review' end,
         nullif(d.ruling, 'withdrawn'), d.decided_by
    from matching.decisions d
    join matching.matches m on m.listing_id = d.listing_id and m.recall_id = d.recall_id
   where case when d.ruling <> 'withdrawn' and d.decided_by not like 'rule:%'
              then m.revision > d.revision and m.answer <> d.engine_answer and m.answer <> d.ruling
              else m.tier <> 'dismiss' end
     and not exists (select from matching.decisions l
                      where l.listing_id = d.listing_id and l.recall_id = d.recall_id and l.decision_no > d.decision_no);
