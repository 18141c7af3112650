/** The playbook that holds, and what was decided about it. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { DEFAULT_PLAYBOOK, Playbook } from './playbook.ts'

/** Stands for every campaign without a playbook of its own. */
export const EVERY_CAMPAIGN = '*'

/** What holds for a campaign: its own last playbook, else the installation's, else the one that Tocsin brings. */
export async function selectPlaybook(db: Db, campaignId: string): Promise<Playbook> {
  const { rows } = await sql<{ content: unknown }>`
    -- The primary key, read backwards, for the campaign and for every campaign.
    select content from (
      (select 1 as place, content from outreach.playbooks where campaign_id = ${campaignId} order by playbook_no desc limit 1)
      union all
      (select 2, content from outreach.playbooks where campaign_id = ${EVERY_CAMPAIGN} order by playbook_no desc limit 1)
    ) decided
     order by place
     limit 1`.execute(db)
  return rows[0] === undefined ? DEFAULT_PLAYBOOK : Playbook.parse(rows[0].content)
}

/** Appends a playbook; the last one counts. */
export async function insertPlaybook(
  db: Db,
  decided: { campaignId: string; playbook: Playbook; actor: string; reason: string; at: Date },
): Promise<{ playbookNo: number }> {
  const { rows } = await sql<{ playbookNo: number }>`
    insert into outreach.playbooks (campaign_id, playbook_no, content, decided_at, decided_by, reason)
    select ${decided.campaignId}, coalesce(max(playbook_no), 0) + 1, ${JSON.stringify(decided.playbook)}::jsonb, ${decided.at}::timestamptz,
           ${decided.actor}, ${decided.reason}
      from outreach.playbooks where campaign_id = ${decided.campaignId}
    returning playbook_no as "playbookNo"`.execute(db)
  return rows[0]!
}
