/** SQL of the gate's settings. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Severity } from '../recalls/index.ts'

/** `waits`: a listing in question with a recall of this severity is not sold until a person has looked. */
export type GateSetting = { severity: Severity; waits: boolean; setBy: string; setAt: Date; reason: string }

/** The settings that hold, the worst severity first. */
export async function gateSettings(db: Db): Promise<GateSetting[]> {
  const { rows } = await sql<GateSetting>`
    select severity, waits, set_by as "setBy", set_at as "setAt", reason
      from matching.gate_settings_view
     order by array_position(array['serious', 'high', 'medium', 'low'], severity)`.execute(db)
  return rows
}

/** Appends a setting, and returns false where it says what holds already. Two at once take turns. */
export async function appendGateSetting(db: Db, setting: GateSetting): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('matching.gate_settings'))`.execute(db)
  const done = await sql`
    insert into matching.gate_settings (severity, setting_no, waits, set_by, set_at, reason)
    select ${setting.severity}, last.setting_no + 1, ${setting.waits}::boolean, ${setting.setBy}, ${setting.setAt}::timestamptz, ${setting.reason}
      from (select setting_no, waits from matching.gate_settings where severity = ${setting.severity} order by setting_no desc limit 1) last
     where last.waits <> ${setting.waits}::boolean`.execute(db)
  return done.numAffectedRows === 1n
}
