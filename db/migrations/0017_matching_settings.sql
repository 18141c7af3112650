-- matching: where the lines between the answers lie, by how dangerous the recall is. A row is a change with who, when and why; the latest
-- holds, and an installation without rows has the lines of the program.

create table matching.settings (
  setting_no int primary key check (setting_no > 0),
  thresholds jsonb not null,               -- SeverityThresholds (src/matching/thresholds.ts), whole
  set_by     text not null check (set_by <> ''),
  set_at     timestamptz not null,
  reason     text not null check (reason <> '')
);
