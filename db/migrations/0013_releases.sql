-- supply: a stop may end, with its reasons, and come again; what was held is free again or passes to another campaign's stop.

-- Stops of a listing by a campaign are numbered: an appeal, a ruling or a later revision may stop again what was released.
alter table supply.stop_releases drop constraint stop_releases_listing_id_campaign_id_fkey;
alter table supply.stop_releases drop constraint stop_releases_pkey;
alter table supply.stops drop constraint stops_pkey;
alter table supply.stops add column stop_no int not null default 1 check (stop_no > 0);
alter table supply.stops add primary key (listing_id, campaign_id, stop_no);

alter table supply.stop_releases add column stop_no int not null default 1;
alter table supply.stop_releases add primary key (listing_id, campaign_id, stop_no);
alter table supply.stop_releases add foreign key (listing_id, campaign_id, stop_no) references supply.stops;
-- What the seller reads of the release (ReleaseStatement in src/supply/release-statement.ts); `reason` is its `why`. Null: released before statements were kept.
alter table supply.stop_releases add column statement jsonb;

-- The end of a hold, once and as a whole: its units are free again, or another campaign's stop claims them and holds them from then on.
create table supply.hold_ends (
  listing_id  text not null,
  centre_id   text not null,
  lot         text not null,
  campaign_id text not null,
  hold_no     int not null,
  ended_at    timestamptz not null,
  ended_by    text not null,
  passed_to   text,                         -- the campaign that holds the units now; null where they are free
  primary key (listing_id, centre_id, lot, campaign_id, hold_no),
  foreign key (listing_id, centre_id, lot, campaign_id, hold_no) references supply.holds,
  check (passed_to <> campaign_id)
);

-- The units of an order that was taken back are free again: the last stop of their listing ended. The order stays taken back.
create table supply.interception_ends (
  buyer_id    text not null,
  order_id    text not null,
  line_no     int not null,
  campaign_id text not null,                -- whose release freed them
  listing_id  text not null,
  ended_at    timestamptz not null,
  primary key (buyer_id, order_id, line_no)
);
create index interception_ends_listing on supply.interception_ends (listing_id);

-- Published. Where each listing stands with each campaign: the latest stop, and its release if it has ended.
create or replace view supply.stops_view as
  select s.listing_id, s.campaign_id, s.placed_at, s.placed_by, s.statement, r.released_at, r.released_by, r.reason as release_reason,
         s.stop_no, r.statement as release_statement
    from supply.stops s
    left join supply.stop_releases r using (listing_id, campaign_id, stop_no)
   where not exists (select from supply.stops later
                      where later.listing_id = s.listing_id and later.campaign_id = s.campaign_id and later.stop_no > s.stop_no);
-- Every stop there ever was, with its release.
create view supply.stop_history_view as
  select s.listing_id, s.campaign_id, s.stop_no, s.placed_at, s.placed_by, s.statement, r.released_at, r.released_by,
         r.reason as release_reason, r.statement as release_statement
    from supply.stops s
    left join supply.stop_releases r using (listing_id, campaign_id, stop_no);
-- What each campaign holds at each place now.
create or replace view supply.holds_view as
  select listing_id, centre_id, lot, campaign_id, sum(units)::bigint as units, min(placed_at) as placed_at,
         (array_agg(placed_by order by hold_no))[1] as placed_by
    from supply.holds h
   where not exists (select from supply.hold_ends e
                      where e.listing_id = h.listing_id and e.centre_id = h.centre_id and e.lot = h.lot and e.campaign_id = h.campaign_id
                        and e.hold_no = h.hold_no)
   group by listing_id, centre_id, lot, campaign_id;
