-- outreach: a brief is written anew when a campaign takes over what the agency says now. Whoever was told keeps the brief they were told by.

-- The last number of a jurisdiction is for notices that are made from then on. Earlier ones stay: they say what was said.
alter table outreach.briefs
  add column brief_no int not null default 1 check (brief_no > 0),
  drop constraint briefs_pkey,
  add primary key (campaign_id, jurisdiction, brief_no);
drop index outreach.briefs_own;
create unique index briefs_own on outreach.briefs (campaign_id, brief_no) where own;

alter table outreach.notices add column brief_no int not null default 1;
