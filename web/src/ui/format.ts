/** How numbers, money, times and ages are written. Pure: the moment of "now" is passed in. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const counts = new Intl.NumberFormat('en-US')

/** A count with thousands apart: `3,460`. */
export function count(value: number): string {
  return counts.format(value)
}

/** `1 unit`, `3,460 units`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A share in per cent that never says "0 %" of something or "100 %" of not quite all; `–` of nothing. */
export function share(part: number, whole: number): string {
  if (whole <= 0) return '–'
  if (part === 0) return '0 %'
  if (part === whole) return '100 %'
  const percent = (part / whole) * 100
  if (percent < 1) return '<1 %'
  if (percent > 99 && percent < 100) return '>99 %'
  return `${Math.round(percent)} %`
}

/** Money from minor units: `money(1999, 'USD')` is `$19.99`; the currency knows how many digits it has. */
export function money(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amountMinor / 10 ** digits)
}

/** A weight of evidence with its sign: `+6.2`, `−1.4`. */
export function weight(bits: number): string {
  const text = Math.abs(bits).toFixed(1)
  if (text === '0.0') return '0.0'
  return `${bits < 0 ? '−' : '+'}${text}`
}

/** How long ago, in words: `4 h ago`. A clock that is slightly ahead is no future. */
export function age(at: string, now: number): string {
  const passed = now - Date.parse(at)
  if (passed < 45_000) return 'just now'
  if (passed < 90 * MINUTE) return `${Math.max(1, Math.round(passed / MINUTE))} min ago`
  if (passed < 36 * HOUR) return `${Math.round(passed / HOUR)} h ago`
  const days = Math.round(passed / DAY)
  if (days < 60) return `${days} days ago`
  if (days < 730) return `${Math.round(days / 30.44)} months ago`
  return `${Math.round(days / 365.25)} years ago`
}

/** How long until then, in words: `in 25 min`; a moment that has come is `now`. */
export function until(at: string, now: number): string {
  const left = Date.parse(at) - now
  if (left < 45_000) return 'now'
  if (left < 90 * MINUTE) return `in ${Math.max(1, Math.round(left / MINUTE))} min`
  if (left < 36 * HOUR) return `in ${Math.round(left / HOUR)} h`
  return `in ${Math.round(left / DAY)} days`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A moment in the reader's zone, with the zone's name: `23 Nov 2026, 06:05:12 CET`. `zone` is for tests. */
export function exactTime(at: string, zone?: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(zone === undefined ? {} : { timeZone: zone }),
  })
  const part = Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
  const time = `${part['hour']}:${part['minute']}:${part['second']} ${part['timeZoneName']}`
  return `${Number(part['day'])} ${MONTHS[Number(part['month']) - 1]} ${part['year']}, ${time}`
}

/** A calendar day as printed, free of any zone: `2023-07-20` is `20 Jul 2023`. */
export function day(date: string): string {
  const [year, month, dayOfMonth] = date.slice(0, 10).split('-').map(Number)
  return `${dayOfMonth} ${MONTHS[(month ?? 1) - 1]} ${year}`
}

/** The months of a window as the agency prints them, both ends included. */
export function monthRange(from: string | null, to: string | null): string | null {
  if (from !== null && to !== null) return from === to ? month(from) : `${month(from)} to ${month(to)}`
  if (from !== null) return `from ${month(from)}`
  if (to !== null) return `until ${month(to)}`
  return null
}

function month(value: string): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${value}-01T00:00:00Z`))
}

/** A recall's name as its agency prints it: `CPSC 23-774`. */
export function recallName(agency: string, recallNumber: string): string {
  return `${agency} ${printedNumber(recallNumber)}`
}

/** CPSC prints its five digits as year and number: `23774` is `23-774`. Other numbers are printed as they are. */
export function printedNumber(recallNumber: string): string {
  return /^\d{5}$/.test(recallNumber) ? `${recallNumber.slice(0, 2)}-${recallNumber.slice(2)}` : recallNumber
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words)
}

/** The same from a recall's id: `CPSC-23774` is `CPSC 23-774`. */
export function recallIdName(recallId: string): string {
  const dash = recallId.indexOf('-')
  return dash < 0 ? recallId : recallName(recallId.slice(0, dash), recallId.slice(dash + 1))
}
