/** Dates as agencies' fields write them, as `YYYY-MM-DD`. Null where a text is no day of the calendar. Pure. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `20260722`. */
export function compactDay(text: string): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim()) ?? []
  return dayOf(year, month, day)
}

/** `2026-07-22`, with or without a time behind it: the day as printed, in the agency's own zone. */
export function isoDay(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text.trim()) ?? []
  return dayOf(year, month, day)
}

/** `07/22/2026`: the month first, as Americans write. */
export function monthFirstDay(text: string): string | null {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim()) ?? []
  return dayOf(year, month, day)
}

/** `22/07/2026`: the day first. */
export function dayFirstDay(text: string): string | null {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim()) ?? []
  return dayOf(year, month, day)
}

/** `Wed, 12 Nov 2025 09:14:00 EST` (RFC 822, section 5): the day as printed. */
export function mailDay(text: string): string | null {
  const [, day, month, year] = /^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4})\b/.exec(text.trim()) ?? []
  const at = MONTHS.indexOf(month?.toLowerCase() ?? '')
  return at < 0 ? null : dayOf(year, String(at + 1), day)
}

/** `March 26, 2026`: a date in words. */
export function wordsDay(text: string): string | null {
  const [, month, day, year] = /^([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),\s+(\d{4})$/.exec(text.trim()) ?? []
  const at = MONTHS.indexOf(month?.toLowerCase() ?? '')
  return at < 0 ? null : dayOf(year, String(at + 1), day)
}

function dayOf(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  if (year === undefined || month === undefined || day === undefined) return null
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null
}
