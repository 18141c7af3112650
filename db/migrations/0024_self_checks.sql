-- outreach: whoever has the product tells the numbers on it, and learns whether theirs is recalled; a notice is handed on to whom it was given.

-- What somebody said of one possibly affected line, and what the recall says of that. Appended: the last check of a line holds.
--   affected  it is recalled; the line is affected from then on
--   no        it is not: the line is cleared, by this statement, and stays in the books
--   possibly  the numbers do not settle it
create table outreach.line_checks (
  buyer_id    text not null,
  campaign_id text not null,
  order_id    text not null,
  line_no     int not null,
  check_no    int not null check (check_no > 0),
  checked_at  timestamptz not null,
  actor       text not null,                -- `buyer:<id>`, or `receiver:<id of the buyer who handed the notice on>`
  stated      jsonb not null,               -- StatedCodes in src/outreach/self-check-rules.ts
  brief_no    int not null,                 -- by which brief of the notice's jurisdiction it was judged
  answer      text not null check (answer in ('affected', 'possibly', 'no')),
  primary key (buyer_id, campaign_id, order_id, line_no, check_no)
);
create index line_checks_campaign on outreach.line_checks (campaign_id);

-- self_check: the buyer's products turned out not to be recalled. receiver: whom it was given to has read the notice that the buyer handed on.
alter table outreach.acknowledgements
  drop constraint acknowledgements_how_check,
  add constraint acknowledgements_how_check check (how in ('button', 'case', 'no_longer_owned', 'self_check', 'receiver'));

-- Published: since when a possibly affected line is cleared by a check; null where it is not.
create or replace view outreach.affected_lines_view as
  select a.buyer_id, a.campaign_id, a.order_id, a.line_no, a.answer, a.listing_id, a.seller_id, a.ordered_at, a.units, a.amount_minor, a.currency,
         a.found_at,
         case when a.answer = 'possibly' then
           (select case when k.answer = 'no' then k.checked_at end
              from outreach.line_checks k
             where k.buyer_id = a.buyer_id and k.campaign_id = a.campaign_id and k.order_id = a.order_id and k.line_no = a.line_no
             order by k.check_no desc
             limit 1) end as cleared_at
    from outreach.affected_lines a;
create view outreach.line_checks_view as
  select buyer_id, campaign_id, order_id, line_no, check_no, checked_at, actor, stated, brief_no, answer from outreach.line_checks;
