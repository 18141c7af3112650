-- Joint recalls: one campaign covers the notices of several agencies, and each buyer is told by that of their own jurisdiction.

-- A ruling can be taken back: the pair then waits for a person again.
alter table recalls.link_decisions
  drop constraint link_decisions_ruling_check,
  add constraint link_decisions_ruling_check check (ruling in ('same', 'different', 'withdrawn'));

-- As before, but for rulings taken back, and read link by link: the planner may look into it for one recall.
create or replace view recalls.links_view as
  with standing as not materialized (
    select l.*, case when l.how <> 'evidence' then 'linked'
                     else coalesce((select case d.ruling when 'same' then 'linked' when 'different' then 'different' end
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

-- Published: recalls that are one, each with every member of its group, itself among them. A recall without links has no row.
create view recalls.joint_view as
  with recursive pairs as (
    select distinct recall_id, other_recall_id from recalls.links_view where standing = 'linked' and other_recall_id is not null
  ),
  joint (recall_id, member_id) as (
    select recall_id, other_recall_id from pairs
    union
    select j.recall_id, p.other_recall_id from joint j join pairs p on p.recall_id = j.member_id
  )
  select recall_id, member_id from joint;

-- A recall whose title says that it expands or announces again an earlier one of its agency, which prints no number: proposed by what both say.
-- The ruling on the pair is in link_decisions: `same` says that it does.
create table recalls.expansions (
  recall_id   text not null references recalls.recalls,   -- the later one
  earlier_id  text not null references recalls.recalls,
  reasons     jsonb not null,                -- [{ field, weight, text }]
  weight      double precision not null,
  proposed_by text not null,                 -- 'rule:expands'
  proposed_at timestamptz not null,
  check (recall_id <> earlier_id),
  primary key (recall_id, earlier_id)
);
create index expansions_earlier on recalls.expansions (earlier_id);

-- Published.
create view recalls.expansions_view as
  select e.recall_id, e.earlier_id, e.reasons, e.weight, e.proposed_by, e.proposed_at,
         coalesce((select case d.ruling when 'same' then 'linked' when 'different' then 'different' end
                     from recalls.link_decisions d
                    where d.recall_id = least(e.recall_id, e.earlier_id) and d.other_recall_id = greatest(e.recall_id, e.earlier_id)
                    order by d.decision_no desc limit 1), 'proposed') as standing
    from recalls.expansions e;

-- Which recalls a campaign executes: its own, and the same recall as other agencies published it, each at the revision decided on.
create table campaigns.campaign_recalls (
  campaign_id  text not null references campaigns.campaigns,
  recall_id    text not null unique,        -- a recall is executed by one campaign
  revision     int not null,
  jurisdiction text not null check (jurisdiction in ('US', 'CA', 'EU', 'GB', 'AU')),
  added_at     timestamptz not null,
  added_by     text not null,
  reason       text not null check (reason <> ''),
  primary key (campaign_id, recall_id)
);
insert into campaigns.campaign_recalls (campaign_id, recall_id, revision, jurisdiction, added_at, added_by, reason)
select c.campaign_id, c.recall_id, c.revision,
       case split_part(c.recall_id, '-', 1) when 'HC' then 'CA' when 'EUSG' then 'EU' when 'OPSS' then 'GB' when 'ACCC' then 'AU' else 'US' end,
       c.opened_at, c.opened_by, c.reason
  from campaigns.campaigns c;

-- Published.
create view campaigns.campaign_recalls_view as
  select campaign_id, recall_id, revision, jurisdiction, added_at, added_by, reason from campaigns.campaign_recalls;

-- One brief per jurisdiction. `own` is the brief of the campaign's own recall: it is for everyone whose jurisdiction has none.
alter table outreach.briefs add column jurisdiction text, add column own boolean;
update outreach.briefs
   set own = true,
       jurisdiction = case split_part(recall_id, '-', 1) when 'HC' then 'CA' when 'EUSG' then 'EU' when 'OPSS' then 'GB' when 'ACCC' then 'AU'
                                                         else 'US' end;
alter table outreach.briefs
  alter column jurisdiction set not null,
  alter column own set not null,
  drop constraint briefs_pkey,
  add primary key (campaign_id, jurisdiction);
create unique index briefs_own on outreach.briefs (campaign_id) where own;

-- By whose brief a buyer is told: decided when the notice is made, and left once something was sent.
alter table outreach.notices add column jurisdiction text, add column recall_id text;
update outreach.notices n
   set jurisdiction = b.jurisdiction, recall_id = b.recall_id
  from outreach.briefs b
 where b.campaign_id = n.campaign_id;

create or replace view outreach.notices_view as
  select n.buyer_id, n.campaign_id, n.notice_id, n.answer, n.units, n.created_at, n.state, n.state_at, n.state_reason,
         a.acknowledged_at, a.how as acknowledged_how, n.jurisdiction, n.recall_id
    from outreach.notices n
    left join outreach.acknowledgements a using (buyer_id, campaign_id);

-- What buyers may choose is what the recall of their jurisdiction offers.
alter table remedies.offers add column jurisdiction text, add column own boolean;
update remedies.offers
   set own = true,
       jurisdiction = case split_part(recall_id, '-', 1) when 'HC' then 'CA' when 'EUSG' then 'EU' when 'OPSS' then 'GB' when 'ACCC' then 'AU'
                                                         else 'US' end;
alter table remedies.offers
  alter column jurisdiction set not null,
  alter column own set not null,
  drop constraint offers_pkey,
  add primary key (campaign_id, jurisdiction);
create unique index offers_own on remedies.offers (campaign_id) where own;
