-- One changed listing costs two looks at the database, and what is owed is found without reading the listings and their words.

-- Where each listing stands, without its texts or its words: both keys are read beside each other, and nothing else.
create index listings_as_of on catalog.listings (listing_id, updated_at);
create index screened_listings_as_of on matching.screened_listings (listing_id, updated_at, rules);

-- Marks a listing as screened where no revision came in since the engine was read (`newest`); false, and nothing written, where one did.
-- Each statement in here sees what was committed before it began, so the revisions are looked at after the lock is held, as in `holdWriting`.
create function matching.mark_screened(of_listing text, as_of timestamptz, by_rules text, with_tokens int[], newest bigint) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('matching.writing'));
  if (select coalesce(max(revision_no), 0) from recalls.revision_order_view) <> newest then return false; end if;
  insert into matching.screened_listings as s (listing_id, updated_at, rules, tokens) values (of_listing, as_of, by_rules, with_tokens)
      on conflict (listing_id) do update set updated_at = excluded.updated_at, rules = excluded.rules, tokens = excluded.tokens
   where (s.updated_at, s.rules, s.tokens) is distinct from (excluded.updated_at, excluded.rules, excluded.tokens);
  return true;
end $$;
