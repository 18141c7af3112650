-- supply: stops, holds, interception of open orders, and the unit ledger.

create schema supply;

-- A listing may not be sold, from this row's commit until a release row stands beside it.
create table supply.stops (
  listing_id  text not null,
  campaign_id text not null,
  placed_at   timestamptz not null,
  placed_by   text not null,
  statement   jsonb not null,               -- the statement of reasons the seller reads (StatementOfReasons in src/supply/statement.ts)
  primary key (listing_id, campaign_id)
);
create index stops_campaign on supply.stops (campaign_id);
create table supply.stop_releases (
  listing_id  text not null,
  campaign_id text not null,
  released_at timestamptz not null,
  released_by text not null,
  reason      text not null check (reason <> ''),
  primary key (listing_id, campaign_id),
  foreign key (listing_id, campaign_id) references supply.stops
);

-- Stock that was on the shelf and may not leave its centre except by a disposition. Units of the product. A unit is held once, by the
-- campaign that came first; what arrives later is a hold of its own, with the next number.
create table supply.holds (
  listing_id  text not null,
  centre_id   text not null,
  lot         text not null,
  campaign_id text not null,
  units       bigint not null check (units > 0),
  placed_at   timestamptz not null,
  placed_by   text not null,
  hold_no     int not null default 1 check (hold_no > 0),
  primary key (listing_id, centre_id, lot, campaign_id, hold_no)
);
create index holds_campaign on supply.holds (campaign_id);

-- Open order lines taken back before they shipped. Buyer-scoped; a line is intercepted once. `centre_id` and `lot` are '' where the
-- marketplace does not tell them.
create table supply.interceptions (
  buyer_id       text not null,
  order_id       text not null,
  line_no        int not null,
  campaign_id    text not null,
  listing_id     text not null,
  centre_id      text not null,
  lot            text not null,
  units          bigint not null check (units > 0),
  amount_minor   bigint not null,
  currency       text not null,
  intercepted_at timestamptz not null,
  primary key (buyer_id, order_id, line_no)
);
create index interceptions_campaign on supply.interceptions (campaign_id);
create index interceptions_listing on supply.interceptions (listing_id);

-- Double entry: units move from one account to another, nothing is rewritten. `entry_key` makes posting idempotent: it numbers the postings
-- of one kind at one place, so that the same posting made twice, by whomever, is the same row.
create table supply.unit_entries (
  listing_id   text not null,
  entry_key    text not null,               -- 'opening:sellable:<n>:<centre>:<lot>', 'hold:<n>:<centre>:<lot>', … (src/supply/ledger.ts)
  lot          text not null,               -- '' where the marketplace does not tell lots apart
  from_account text not null,
  to_account   text not null,
  units        bigint not null check (units > 0),
  campaign_id  text not null,               -- the campaign that made us post it
  posted_at    timestamptz not null,
  posted_by    text not null,
  centre_id    text not null default '',    -- '' where the units are at no centre, or nobody told which
  primary key (listing_id, entry_key),
  check (from_account <> to_account),
  check (from_account in ('received', 'sellable', 'held', 'in_transit', 'with_consumers', 'returned', 'destroyed', 'reworked')),
  check (to_account in ('received', 'sellable', 'held', 'in_transit', 'with_consumers', 'returned', 'destroyed', 'reworked'))
);

-- Published.
create view supply.stops_view as
  select s.listing_id, s.campaign_id, s.placed_at, s.placed_by, s.statement, r.released_at, r.released_by, r.reason as release_reason
    from supply.stops s
    left join supply.stop_releases r using (listing_id, campaign_id);
-- What each campaign holds at each place. With the interceptions it makes the account `held`.
create view supply.holds_view as
  select listing_id, centre_id, lot, campaign_id, sum(units)::bigint as units, min(placed_at) as placed_at,
         (array_agg(placed_by order by hold_no))[1] as placed_by
    from supply.holds
   group by listing_id, centre_id, lot, campaign_id;
create view supply.interceptions_view as
  select buyer_id, order_id, line_no, campaign_id, listing_id, centre_id, lot, units, amount_minor, currency, intercepted_at
    from supply.interceptions;
create view supply.unit_entries_view as
  select listing_id, entry_key, centre_id, lot, from_account, to_account, units, campaign_id, posted_at, posted_by from supply.unit_entries;
-- Where the units of each listing and lot are now. `received` is what has come in, shown positive: the sum of all other accounts.
create view supply.unit_balances_view as
  select listing_id, lot, account, sum(units)::bigint as units
    from (select listing_id, lot, to_account as account, case when to_account = 'received' then -units else units end as units
            from supply.unit_entries
          union all
          select listing_id, lot, from_account, case when from_account = 'received' then units else -units end
            from supply.unit_entries) moves
   group by listing_id, lot, account;
