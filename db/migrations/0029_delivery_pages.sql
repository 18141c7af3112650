-- outreach: deliveries are written once, with their outcome (0021), so that no row grows any more. Pages are filled: half the pages to write, and
-- half the log of them.
alter table outreach.deliveries reset (fillfactor);
