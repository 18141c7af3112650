/**
 * Readers of one cell: text in, the normalised text out, or a `Refusal` that says in plain words what is wrong. Pure, without allocation
 * where the cell is good, because they run for every cell of every row. None of them sees an empty cell: that says nothing (columns.ts).
 */
import { currencyExponent } from './currency.ts'
import { gtinProblem } from './gtin.ts'
import { postalCodeProblem } from './postal-code.ts'

export type Refusal = { problem: string }
/** `row` holds what was read of the columns before this one; only prices look at it, for the currency. */
export type ReadCell = (cell: string, row: readonly string[]) => string | Refusal

const QUOTED_MAX = 40

/** A value as it is shown in a problem: quoted, and cut where it is long. */
export function shown(cell: string): string {
  return JSON.stringify(cell.length > QUOTED_MAX ? cell.slice(0, QUOTED_MAX) + '…' : cell)
}

function refuse(problem: string): Refusal {
  return { problem }
}

// Everything below the space except tab and line ends, and DEL: no text of a product or a person holds them.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/ // oxlint-disable-line no-control-regex
const CONTROL_OR_BREAK = /[\u0000-\u001f\u007f]/ // oxlint-disable-line no-control-regex

/** Free text of at most `charactersMax` UTF-16 units. */
export function text(charactersMax: number): ReadCell {
  return (cell) => {
    if (cell.length > charactersMax) return refuse(`has ${cell.length} characters; at most ${charactersMax} are kept`)
    if (CONTROL.test(cell)) return refuse('holds a control character')
    return cell.isWellFormed() ? cell : refuse('holds half a character (a lone surrogate)')
  }
}

/** Ids are keys in indexes whose entries end at 2,704 bytes: three ids of 128 characters of 4 bytes fit. */
const ID_CHARACTERS_MAX = 128

/** No control characters, no half characters: told in one pass for what nearly all ids are, ASCII. */
function isPlainAscii(cell: string): boolean {
  for (let i = 0; i < cell.length; i++) {
    const unit = cell.charCodeAt(i)
    if (unit < 32 || unit > 126) return false
  }
  return true
}

export function id(cell: string): string | Refusal {
  if (cell.length <= ID_CHARACTERS_MAX && isPlainAscii(cell)) return cell
  if (cell.length > ID_CHARACTERS_MAX) return refuse(`has ${cell.length} characters; an id has at most ${ID_CHARACTERS_MAX}`)
  if (CONTROL_OR_BREAK.test(cell)) return refuse('holds a control character or a line break')
  return cell.isWellFormed() ? cell : refuse('holds half a character (a lone surrogate)')
}

const INTEGER = /^-?\d+$/

/** The number of a cell that is nothing but one to nine digits, the first not zero; else -1. */
function shortInteger(cell: string): number {
  if (cell.length > 9 || cell.charCodeAt(0) === 48) return -1
  let value = 0
  for (let i = 0; i < cell.length; i++) {
    const digit = cell.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

export function integer(min: number, max: number): ReadCell {
  return (cell) => {
    const short = shortInteger(cell)
    if (short >= min && short <= max && short >= 0) return cell
    if (!INTEGER.test(cell)) return refuse(`${shown(cell)} is not a whole number`)
    const value = Number(cell)
    if (value < min) return refuse(`${shortNumber(cell)} is below ${min}`)
    if (value > max) return refuse(`${shortNumber(cell)} is above ${max}`)
    return String(value)
  }
}

function shortNumber(cell: string): string {
  return cell.length > QUOTED_MAX ? `${cell.slice(0, QUOTED_MAX)}…` : cell
}

/** Minor units of a currency as a whole number. Far above any price, far below 2^53 for the sums over many lines. */
const MINOR_MAX = 10_000_000_000

const readMinor = integer(0, MINOR_MAX)

export function minorUnits(decimalColumn: string): ReadCell {
  return (cell, row) => {
    if (/^-?\d*[.,]\d+$/.test(cell)) {
      return refuse(`${shown(cell)} has decimals; this column holds whole minor units (cents), decimal prices go in ${decimalColumn}`)
    }
    return readMinor(cell, row)
  }
}

const DECIMAL = /^(\d{1,12})(?:\.(\d+))?$/

/** A decimal price, converted exactly with the decimals of the currency that `row[currencyAt]` holds. No rounding: too many decimals refuse. */
export function decimalPrice(currencyAt: number): ReadCell {
  return (cell, row) => {
    const exponent = currencyExponent(row[currencyAt] ?? '')
    if (exponent === null) return refuse('cannot be read without a good currency')
    const match = DECIMAL.exec(cell)
    if (match === null) {
      if (cell.startsWith('-')) return refuse(`${shortNumber(cell)} is below 0`)
      return refuse(`${shown(cell)} is not a price like 19.99 (no currency sign, no thousands separator)`)
    }
    const fraction = (match[2] ?? '').replace(/0+$/, '')
    if (fraction.length > exponent) return refuse(`${cell} has ${fraction.length} decimals, ${row[currencyAt]} has ${exponent}`)
    return readMinor(String(BigInt(match[1]! + fraction.padEnd(exponent, '0'))), row)
  }
}

export function currency(cell: string): string | Refusal {
  if (currencyExponent(cell) !== null) return cell
  const upper = cell.toUpperCase()
  return currencyExponent(upper) === null ? refuse(`${shown(cell)} is not a currency code of ISO 4217 like USD`) : upper
}

export function oneOf(words: readonly string[]): ReadCell {
  const known = new Set(words)
  return (cell) => {
    if (known.has(cell)) return cell
    const lower = cell.toLowerCase()
    return known.has(lower) ? lower : refuse(`${shown(cell)} is not one of ${words.join(', ')}`)
  }
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)? ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/
const FIRST_INSTANT = Date.UTC(1990, 0, 1)
// What programs write, down to the second or the millisecond; days beyond the 28th take the long way, which knows the months.
const USUAL_INSTANT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/

/**
 * An instant in ISO 8601, to the millisecond, written back in UTC. A date alone is its midnight, and a time without a zone is UTC.
 * `latest` in milliseconds: what lies behind it is a typing error, not an order.
 */
export function instant(latest: number): ReadCell {
  const [first, last] = [new Date(FIRST_INSTANT).toISOString(), new Date(latest).toISOString()]
  return (cell) => {
    // Written this way, instants sort as text.
    if (USUAL_INSTANT.test(cell)) {
      const usual = cell.length === 20 ? `${cell.slice(0, 19)}.000Z` : cell
      if (usual >= first && usual <= last) return usual
    }
    const match = INSTANT.exec(cell)
    if (match === null) return refuse(`${shown(cell)} is not a date and time like 2023-07-19T10:30:00Z`)
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match
    const [y, mo, d, h, mi, s] = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)]
    if (mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo) || h > 23 || mi > 59 || s > 59)
      return refuse(`${shown(cell)} is no day and time of the calendar`)
    const offset = zoneMinutes(zone)
    if (offset === null) return refuse(`${shown(cell)} has a time zone beyond 14 hours`)
    const time = Date.UTC(y, mo - 1, d, h, mi - offset, s, Number(fraction.slice(0, 3).padEnd(3, '0')))
    if (time < FIRST_INSTANT) return refuse(`${shown(cell)} lies before 1990`)
    if (time > latest) return refuse(`${shown(cell)} lies in the future`)
    return new Date(time).toISOString()
  }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function zoneMinutes(zone: string): number | null {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || '0')
  return minutes > 14 * 60 ? null : zone.startsWith('-') ? -minutes : minutes
}

/** Spaces and dashes, which people put into GTINs to read them, go. */
export function gtin(cell: string): string | Refusal {
  const digits = /[\s-]/.test(cell) ? cell.replace(/[\s-]/g, '') : cell
  const problem = gtinProblem(digits)
  return problem === null ? digits : refuse(problem)
}

/** Enough to refuse what no mail server takes and what would forge a mail header; whether it exists, only a delivery tells (RFC 5321). */
const EMAIL = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,190}$/

export function email(cell: string): string | Refusal {
  if (!EMAIL.test(cell) || CONTROL_OR_BREAK.test(cell) || !cell.isWellFormed()) return refuse('is not an e-mail address')
  return cell
}

export function country(cell: string): string | Refusal {
  return /^[A-Za-z]{2}$/.test(cell) ? cell.toUpperCase() : refuse(`${shown(cell)} is not a country code of two letters like US`)
}

/** What fits into one line of an address window. */
const ADDRESS_LINE_MAX = 60

/** One line of an address. What stands there is a person's: no problem quotes it. */
export function addressLine(cell: string): string | Refusal {
  return addressLines(cell, 1)
}

/** Street and number, with a line before or after it where there is one; the lines trimmed. */
export function street(cell: string): string | Refusal {
  return addressLines(cell, 2)
}

function addressLines(cell: string, linesMax: number): string | Refusal {
  const lines = cell.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '') // prettier-ignore
  if (lines.length > linesMax) return refuse(`has ${lines.length} lines; at most ${linesMax} fit into an address`)
  const longest = Math.max(...lines.map((line) => line.length))
  if (longest > ADDRESS_LINE_MAX)
    return refuse(`has a line of ${longest} characters; at most ${ADDRESS_LINE_MAX} fit into an address window`)
  const written = lines.join('\n')
  if (CONTROL.test(written)) return refuse('holds a control character')
  return written.isWellFormed() ? written : refuse('holds half a character (a lone surrogate)')
}

/** A postal code, judged by the country that `row[countryAt]` names, where its form is known. */
export function postalCode(countryAt: number): ReadCell {
  return (cell, row) => {
    const written = addressLines(cell, 1)
    if (typeof written !== 'string') return written
    if (written.length > 12) return refuse(`has ${written.length} characters; a postal code has at most 12`)
    const [example, at] = [postalCodeProblem(row[countryAt] ?? '', written), row[countryAt]]
    return example === null ? written.toUpperCase() : refuse(`is not a postal code of ${at} like ${example}`)
  }
}

const locales = new Map<string, string | Refusal>()

/** BCP 47. Few different ones come, so each is asked of Intl once; the memory is bounded against files that hold noise. */
export function locale(cell: string): string | Refusal {
  let answer = locales.get(cell)
  if (answer === undefined) {
    answer = canonicalLocale(cell.replace('_', '-')) ?? refuse(`${shown(cell)} is not a language tag like en-US`)
    if (locales.size < 1_000) locales.set(cell, answer)
  }
  return answer
}

function canonicalLocale(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

export function webAddress(cell: string): string | Refusal {
  if (cell.length > 2_000 || !/^https?:\/\//i.test(cell) || CONTROL_OR_BREAK.test(cell) || !URL.canParse(cell)) {
    return refuse(`${shown(cell)} is not a web address that begins with https://`)
  }
  return cell
}

const ATTRIBUTES_MAX = 100
const ATTRIBUTE_CHARACTERS_MAX = 2_000

/** A JSON object of names and values; numbers and true/false become text. Written back with sorted names, so that order is no difference. */
export function attributes(cell: string): string | Refusal {
  let parsed: unknown
  try {
    parsed = JSON.parse(cell)
  } catch {
    return refuse(`${shown(cell)} is not a JSON object like {"color": "Blue"}`)
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    return refuse(`${shown(cell)} is not a JSON object like {"color": "Blue"}`)
  const entries = Object.entries(parsed)
  if (entries.length > ATTRIBUTES_MAX) return refuse(`has ${entries.length} attributes; at most ${ATTRIBUTES_MAX} are kept`)
  const sorted: [string, string][] = []
  for (const [name, value] of entries) {
    if (value === null) continue
    if (typeof value === 'object') return refuse(`the attribute ${shown(name)} is a list or an object, not text`)
    const written = String(value)
    if (name.length > ATTRIBUTE_CHARACTERS_MAX || written.length > ATTRIBUTE_CHARACTERS_MAX)
      return refuse(`the attribute ${shown(name)} is too long`)
    if (CONTROL.test(name + written) || !name.isWellFormed() || !written.isWellFormed())
      return refuse(`the attribute ${shown(name)} holds a control character`)
    sorted.push([name, written])
  }
  return JSON.stringify(Object.fromEntries(sorted.sort(([a], [b]) => (a < b ? -1 : 1))))
}
