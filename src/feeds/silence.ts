/** Has an agency been silent for longer than it usually is? Pure: days of the calendar in, an answer out. */
import type { Rhythm, Weekday } from './sources.ts'

export type Silence = {
  silent: boolean
  /** Days on which something was expected and nothing new came, newest last. */
  missed: string[]
}

const DAY_MS = 86_400_000
// A year of missed days says as much as ten.
const DAYS_LOOKED_AT = 366

/**
 * `newestOn`: the day (`YYYY-MM-DD`) of the newest thing the agency published; null where nothing was ever heard, which is silence. `today` is
 * the day it is now: it is not over, so nothing is missed on it yet. A newest day in the future is a misprint of the agency and counts as today.
 */
export function silenceOf(rhythm: Rhythm, newestOn: string | null, today: string): Silence {
  if (newestOn === null) return { silent: true, missed: [] }
  const end = Date.parse(`${today}T00:00:00Z`)
  const missed: string[] = []
  const start = Math.max(Date.parse(`${newestOn}T00:00:00Z`) + DAY_MS, end - DAYS_LOOKED_AT * DAY_MS)
  for (let day = start; day < end; day += DAY_MS) {
    const date = new Date(day)
    if (!rhythm.days.includes((date.getUTCDay() || 7) as Weekday)) continue
    const text = date.toISOString().slice(0, 10)
    if (!rhythm.pauses.some((pause) => within(pause, text.slice(5)))) missed.push(text)
  }
  return { silent: missed.length > rhythm.missedMax, missed }
}

function within(pause: { from: string; to: string }, monthDay: string): boolean {
  if (pause.from <= pause.to) return monthDay >= pause.from && monthDay <= pause.to
  return monthDay >= pause.from || monthDay <= pause.to
}
