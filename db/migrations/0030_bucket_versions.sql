-- outreach: a block that was read before its buyers changed hands is known by one number, instead of being looked up again buyer by buyer.

-- Raised by whoever changes by which brief, or by whom, waiting buyers of the bucket are told: a newer brief, a seller who is to tell them.
alter table outreach.wave_buckets add column version int not null default 0;
