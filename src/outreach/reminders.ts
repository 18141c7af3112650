/** When a reminder is due. Pure. */

const DAY_MS = 86_400_000
const LATE_DAYS_MAX = 30

/**
 * For those who became pending; for those whom the channels before did not reach; for those who have not acted; the reminder for those whom it
 * left to their seller, who then did not tell them.
 */
export type WaveKind = 'notice' | 'fallback' | 'reminder' | 'catch_up'

/** A wave of the campaign, as far as reminders care. */
export type PastWave = { kind: WaveKind; reminderNo: number | null; createdAt: Date }

/**
 * The reminder that is due now, counted from 1, or null. Each comes once, in order. Of several that are overdue, because nothing ran for a
 * while, the last one comes and the others are left out: buyers are never sent two in a row. Between reminders, a day passes at least. One that is a month late does not come any more.
 */
export function reminderDue(waves: readonly PastWave[], reminderDays: readonly number[], now: Date): number | null {
  const first = waves.find((wave) => wave.kind === 'notice')
  if (first === undefined) return null
  const sent = waves.filter((wave) => wave.kind === 'reminder')
  const lastNo = Math.max(0, ...sent.map((wave) => wave.reminderNo ?? 0))
  const lastAt = Math.max(-Infinity, ...sent.map((wave) => wave.createdAt.getTime()))
  const days = (now.getTime() - first.createdAt.getTime()) / DAY_MS
  const due = reminderDays.findLastIndex((day) => days >= day) + 1
  if (due === 0 || days - reminderDays[due - 1]! > LATE_DAYS_MAX) return null
  return due > lastNo && now.getTime() - lastAt >= DAY_MS ? due : null
}
