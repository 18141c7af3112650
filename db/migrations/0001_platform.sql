-- The platform's own tables: audit, idempotency, built-in mailbox, and better-auth's four tables.
-- All are plain local tables; none is distributed by buyer.

create schema platform;
create schema auth;

-- What anyone did, in order, each entry holding the hash of the one before it. `tocsin doctor` walks the chain.
create table platform.audit_log (
  seq        bigint primary key,
  at         timestamptz not null,
  actor      text not null,
  action     text not null,
  subject    text not null,
  detail     jsonb not null,
  prev_hash  bytea not null,
  hash       bytea not null
);

create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_schema || '.' || tg_table_name;
end $$;

create trigger audit_log_append_only before update or delete or truncate on platform.audit_log
  for each statement execute function platform.refuse_change();

-- One row per write that carried an Idempotency-Key: the same key with the same request gets the same answer.
create table platform.idempotency_keys (
  principal    text not null,
  route        text not null,
  key          text not null,
  request_hash bytea not null,
  status       int,
  body         text,
  at           timestamptz not null default now(),
  primary key (principal, route, key)
);

-- The built-in mailbox: what the marketplace's mail server would have taken. Written by the SMTP server before it answers 250.
create table platform.mailbox_messages (
  message_no  bigint generated always as identity primary key,
  received_at timestamptz not null default now(),
  mail_from   text not null,
  rcpt_to     text not null,
  message_id  text,
  subject     text,
  raw         bytea not null
);
create index mailbox_messages_rcpt on platform.mailbox_messages (rcpt_to);

-- better-auth's tables, in its own spelling. `role` is 'officer' or 'seller'; `sellerId` is set for sellers.
create table auth."user" (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  "role" text not null check ("role" in ('officer', 'seller')),
  "sellerId" text,
  check (("role" = 'seller') = ("sellerId" is not null))
);
create table auth."session" (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" ("id") on delete cascade
);
create index session_by_user on auth."session" ("userId");
create table auth."account" (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index account_by_user on auth."account" ("userId");
create table auth."verification" (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier on auth."verification" ("identifier");
