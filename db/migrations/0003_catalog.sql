-- catalog: sellers, listings, buyers, order lines, centres and stock, as the marketplace told us. Ids are the marketplace's own.

create schema catalog;

create table catalog.sellers (
  seller_id text primary key,
  name      text not null,
  email     text,
  country   text
);

create table catalog.listings (
  listing_id     text primary key,
  seller_id      text not null references catalog.sellers,
  title          text not null,
  brand          text,
  model          text,
  gtin           text,
  asin           text,
  description    text,
  category       text,
  attributes     jsonb not null,
  price_minor    bigint check (price_minor >= 0),
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  pack_units     int not null check (pack_units between 1 and 10000),   -- units of the product in one sold piece
  image_url      text,
  content_sha256 bytea not null,
  updated_at     timestamptz not null
);
create index listings_seller on catalog.listings (seller_id);

create table catalog.buyers (
  buyer_id text primary key,
  name     text,
  email    text,
  phone    text,
  locale   text,
  country  text,
  region   text
);

-- Buyer-scoped: buyer_id first in every key, no volatile default, no foreign key to a local table.
create table catalog.order_lines (
  buyer_id         text not null,
  order_id         text not null,
  line_no          int not null,
  listing_id       text not null,
  ordered_at       timestamptz not null,
  quantity         int not null check (quantity between 1 and 100000),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  state            text not null check (state in ('open', 'shipped', 'cancelled')),
  centre_id        text,
  lot              text,
  serial           text,
  primary key (buyer_id, order_id, line_no)
);
-- Serves the one question of a campaign: which lines of these listings, in this window.
create index order_lines_listing on catalog.order_lines (listing_id, ordered_at);

create table catalog.centres (
  centre_id text primary key,
  name      text not null,
  country   text
);

-- Pieces on the shelf. `lot` is '' where the marketplace does not tell lots apart.
create table catalog.stock (
  listing_id text not null references catalog.listings,
  centre_id  text not null references catalog.centres,
  lot        text not null,
  quantity   int not null check (quantity between 0 and 100000000),
  primary key (listing_id, centre_id, lot)
);

-- One row per file taken in, and what was refused of it.
create table catalog.imports (
  import_id  uuid primary key,
  kind       text not null check (kind in ('sellers', 'listings', 'buyers', 'orders', 'stock', 'centres')),
  file_name  text not null,
  started_at timestamptz not null,
  ended_at   timestamptz,
  rows_read  bigint not null default 0,
  added      bigint not null default 0,
  changed    bigint not null default 0,
  unchanged  bigint not null default 0,
  refused    bigint not null default 0,
  warnings   bigint not null default 0,     -- fields refused in rows that were kept
  stopped    text                           -- why the file was not read to its end, or not at all; null where it was
);
-- The first ten thousand problems of an import; its counts say how many there are.
create table catalog.import_errors (
  import_id uuid not null references catalog.imports,
  line      bigint not null,        -- 1-based line of the file where the row begins
  field     text not null,          -- '' where the row as a whole is meant
  problem   text not null,
  refused   text not null check (refused in ('row', 'field')),
  primary key (import_id, line, field)
);

-- Published.
create view catalog.sellers_view as select seller_id, name, email, country from catalog.sellers;
create view catalog.centres_view as select centre_id, name, country from catalog.centres;
create view catalog.buyers_view as select buyer_id, name, email, phone, locale, country, region from catalog.buyers;
create view catalog.listings_view as
  select listing_id, seller_id, title, brand, model, gtin, asin, description, category, attributes, price_minor, currency, pack_units,
         image_url, updated_at
    from catalog.listings;
-- An order line with what its listing says of it: seller, and units of the product (pieces × units per piece).
create view catalog.order_lines_view as
  select o.buyer_id, o.order_id, o.line_no, o.listing_id, l.seller_id, o.ordered_at, o.quantity, o.quantity::bigint * l.pack_units as units,
         o.unit_price_minor, o.quantity * o.unit_price_minor as amount_minor, o.currency, o.state, o.centre_id, o.lot, o.serial
    from catalog.order_lines o
    join catalog.listings l using (listing_id);
create view catalog.stock_view as
  select s.listing_id, l.seller_id, s.centre_id, s.lot, s.quantity, s.quantity::bigint * l.pack_units as units
    from catalog.stock s
    join catalog.listings l using (listing_id);
