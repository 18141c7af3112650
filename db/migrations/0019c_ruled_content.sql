-- A ruling is on a listing as it was. One that says "not affected" does not let in what the listing is changed into afterwards.

-- What a listing says of the product, without price, picture and shop.
create function matching.identity_of(title text, brand text, model text, gtin text, asin text, description text, category text, attributes jsonb)
  returns bytea stable parallel safe language sql as $$
  select sha256(convert_to(jsonb_build_array(title, brand, model, gtin, asin, description, category, attributes)::text, 'UTF8'))
$$;

alter table matching.decisions add column listing_sha256 bytea;   -- of the listing that was ruled on; null for rulings older than this column

-- As before, and `changed` also where the listing says something else since the ruling and the engine answers against it.
create or replace view matching.open_matches_view as
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
              then m.answer <> d.ruling
               and (m.revision > d.revision and m.answer <> d.engine_answer
                    or d.listing_sha256 <> (select matching.identity_of(title, brand, model, gtin, asin, description, category, attributes)
                                              from catalog.listings_view l where l.listing_id = d.listing_id))
              else m.tier <> 'dismiss' end
     and not exists (select from matching.decisions l
                      where l.listing_id = d.listing_id and l.recall_id = d.recall_id and l.decision_no > d.decision_no);

-- As before, and a ruling for "not affected" counts only while the listing says what it said then.
create or replace view matching.gates_view as
  select l.listing_id, null::text as recall_id, 'not_screened_yet' as gate, l.updated_at as since, null::text as ruling, null::text as decided_by
    from catalog.listings_view l
   where not exists (select from matching.screened_listings s where s.listing_id = l.listing_id and s.updated_at = l.updated_at)
  union all
  select m.listing_id, m.recall_id,
         case when coalesce(d.ruling, m.answer) = 'affected' and (d.ruling is not null or m.tier = 'auto') then 'recalled' else 'under_review' end,
         coalesce(d.decided_at, m.screened_at), d.ruling, d.decided_by
    from matching.matches m
    left join lateral (
      select latest.ruling, latest.decided_by, latest.decided_at
        from (select ruling, decided_by, decided_at, listing_sha256
                from matching.decisions
               where listing_id = m.listing_id and recall_id = m.recall_id
               order by decision_no desc limit 1) latest
       where latest.ruling <> 'withdrawn'
         and not (latest.ruling = 'no' and latest.listing_sha256 is not null
                  and latest.listing_sha256 <> (select matching.identity_of(title, brand, model, gtin, asin, description, category, attributes)
                                                  from catalog.listings_view l where l.listing_id = m.listing_id))) d on true
   where coalesce(d.ruling, m.answer) <> 'no'
     and (coalesce(d.ruling, m.answer) = 'affected' and (d.ruling is not null or m.tier = 'auto')
          or (select waits from matching.gate_settings g
               where g.severity = (select v.severity from recalls.revisions v where v.recall_id = m.recall_id order by v.revision desc limit 1)
               order by g.setting_no desc limit 1));
