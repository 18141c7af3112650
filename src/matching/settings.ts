/** The lines between the answers as this installation has set them: changed by rows with who, when and why. */
import type { Db, Tx } from '../platform/db.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { appendSetting, latestSetting, lockSettings, type SettingRow } from './queries-settings.ts'
import { SEVERITY_THRESHOLDS, changedThresholds, type SeverityThresholds } from './thresholds.ts'

/** What holds now; `settingNo` 0 are the lines of the program. */
export async function matchingSettings(db: Db): Promise<{ settingNo: number; thresholds: SeverityThresholds; latest: SettingRow | null }> {
  const latest = await latestSetting(db)
  if (latest === null) return { settingNo: 0, thresholds: SEVERITY_THRESHOLDS, latest }
  // A line that the program has learned since the row was written is the program's own.
  const whole = changedThresholds(SEVERITY_THRESHOLDS, latest.thresholds)
  return { settingNo: latest.settingNo, thresholds: whole.ok ? whole.value : SEVERITY_THRESHOLDS, latest }
}

export type SettingsOrder = {
  /** By severity, only the lines that change: `{"serious": {"unstated": -3}}`. */
  change: unknown
  actor: string
  at: Date
  reason: string
}

const REASON_LENGTH_MAX = 2_000

/** Appends changed lines in the caller's transaction; what is in memory elsewhere takes them up with its next look at the database. */
export async function setThresholds(tx: Tx, order: SettingsOrder): Promise<Result<{ settingNo: number; thresholds: SeverityThresholds }>> {
  const reason = order.reason.trim()
  if (reason === '' || reason.length > REASON_LENGTH_MAX)
    return fail('invalid', `Say why, in at most ${REASON_LENGTH_MAX} characters.`, 'reason')
  if (order.actor === '') return fail('invalid', 'A setting needs who set it.', 'actor')
  await lockSettings(tx.db)
  const before = await matchingSettings(tx.db)
  const changed = changedThresholds(before.thresholds, order.change)
  if (!changed.ok) return changed
  if (JSON.stringify(changed.value) === JSON.stringify(before.thresholds))
    return ok({ settingNo: before.settingNo, thresholds: before.thresholds })
  const settingNo = before.settingNo + 1
  await appendSetting(tx.db, { settingNo, thresholds: changed.value, setBy: order.actor, setAt: order.at, reason })
  return ok({ settingNo, thresholds: changed.value })
}
