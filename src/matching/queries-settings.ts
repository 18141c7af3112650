/** SQL of the room's settings: appended, the latest holds. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { SeverityThresholds } from './thresholds.ts'

export type SettingRow = { settingNo: number; thresholds: SeverityThresholds; setBy: string; setAt: Date; reason: string }

type Row = { setting_no: number; thresholds: SeverityThresholds; set_by: string; set_at: Date; reason: string }

/** The latest settings, or null where nobody ever changed them. */
export async function latestSetting(db: Db): Promise<SettingRow | null> {
  // The primary key, read backwards: one row.
  const { rows } = await sql<Row>`
    select setting_no, thresholds, set_by, set_at, reason from matching.settings order by setting_no desc limit 1`.execute(db)
  const row = rows[0]
  return row === undefined
    ? null
    : { settingNo: row.setting_no, thresholds: row.thresholds, setBy: row.set_by, setAt: row.set_at, reason: row.reason }
}

/** Holds other changes of the settings back until the transaction ends, so that none is lost between reading and adding. */
export async function lockSettings(db: Db): Promise<void> {
  await sql`lock table matching.settings in share row exclusive mode`.execute(db)
}

export async function appendSetting(db: Db, row: SettingRow): Promise<void> {
  await sql`
    insert into matching.settings (setting_no, thresholds, set_by, set_at, reason)
    values (${row.settingNo}, ${JSON.stringify(row.thresholds)}::jsonb, ${row.setBy}, ${row.setAt}::timestamptz, ${row.reason})`.execute(db)
}
