/**
 * Lot and serial numbers as agencies print them, made comparable. Pure.
 *
 * A code is compared as its ASCII letters and digits in upper case without the word before it: `Lot no. 54-T61 q`, `54T61Q` and `54 t61q`
 * are one code. A code without an ASCII letter or digit, and one that only says that there is none ("N/A"), is "not stated".
 *
 * A printed list holds single codes, prefixes (`R15563P3S*`), ranges (`A100-A200`, `1 to 500`) and words that no program can evaluate
 * ("letter F in the 10th position"; `*` alone: and others that are not printed). Whether a code is in such a list is therefore `in`, `out` or `unknown`, and `unknown` never becomes `out`.
 */

export type Membership = 'in' | 'out' | 'unknown'

/** Codes between two numbers, written between a fixed beginning and a fixed end: `FT730VA` 107–593. */
export type CodeRange = { prefix: string; from: bigint; to: bigint; suffix: string; certain: boolean }

/** A printed list, ready to be asked. */
export type CodeList = {
  exact: Set<string>
  prefixes: string[]
  ranges: CodeRange[]
  /** Some entry could not be evaluated: what is in none of the others is unknown. */
  opaque: boolean
}

/** Words before a code, and codes that say that there is none. Both as regular expressions that JavaScript and PostgreSQL read alike. */
export const CODE_LABEL = '^(LOT|BATCH|SERIAL|DATECODE|SN|PO)(NUMBER|NO|CODE)?'
export const CODE_NOT_STATED = '^(|NA|NIL|NONE|NULL|UNKNOWN)$'

const LABEL = new RegExp(CODE_LABEL)
const NOT_STATED = new RegExp(CODE_NOT_STATED)

/** The comparable form of a lot or serial number; null where none is stated. `normalisedCode` in `scope-sql.ts` says the same in SQL. */
export function normaliseCode(code: string | null): string | null {
  if (code === null) return null
  const kept = code
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
    .replace(LABEL, '')
  return NOT_STATED.test(kept) ? null : kept
}

/** Longest run of digits that is compared as a number. Longer ones are no serial numbers, and a bound keeps hostile input cheap. */
export const CODE_DIGITS_MAX = 60

/** Reads a printed list. */
export function readCodeList(entries: readonly string[]): CodeList {
  const list: CodeList = { exact: new Set(), prefixes: [], ranges: [], opaque: false }
  for (const entry of entries) {
    const read = readEntry(entry.trim())
    if (read.exact !== undefined) list.exact.add(read.exact)
    if (read.prefix !== undefined) list.prefixes.push(read.prefix)
    if (read.range !== undefined) list.ranges.push(read.range)
    if (read.opaque) list.opaque = true
  }
  return list
}

/** Whether a code, already normalised, is in the list. Null (not stated) is unknown. */
export function membership(list: CodeList, code: string | null): Membership {
  if (code === null) return 'unknown'
  if (list.exact.has(code) || list.prefixes.some((prefix) => code.startsWith(prefix))) return 'in'
  const hits = list.ranges.filter((range) => inRange(range, code))
  if (hits.some((range) => range.certain)) return 'in'
  return list.opaque || hits.length > 0 ? 'unknown' : 'out'
}

function inRange(range: CodeRange, code: string): boolean {
  if (!code.startsWith(range.prefix) || !code.endsWith(range.suffix)) return false
  const digits = code.slice(range.prefix.length, code.length - range.suffix.length)
  if (!/^[0-9]+$/.test(digits) || digits.length > CODE_DIGITS_MAX) return false
  const number = BigInt(digits)
  return number >= range.from && number <= range.to
}

type Entry = { exact?: string; prefix?: string; range?: CodeRange; opaque?: boolean }

// A word between two codes means a range, and so does a dash that stands free on one side at least. A dash between two codes without a
// blank may as well be part of one code: "A100-A200" is a range by its repeated letters, "12-34" may be either.
const RANGE_WORD = /\s*(?:\b(?:to|through|thru)\b|(?<=\s)[-–—]|[-–—](?=\s)|[–—])\s*/i
const TIGHT_DASH = /^([^-]+)-([^-]+)$/
const LEADING_WORD = /^(?:between|from)\s+/i

function readEntry(text: string): Entry {
  const whole = normaliseCode(text)
  if (whole === null) return { opaque: true }
  // A prefix that may be the beginning of a label is lost when the label is taken off.
  if (/^[^*]+\*$/.test(text)) return { prefix: whole, opaque: LABELS.some((label) => label.startsWith(whole)) }
  const ends = text.replace(LEADING_WORD, '').split(RANGE_WORD)
  if (ends.length === 2) {
    const range = readRange(ends[0]!, ends[1]!, true)
    return range === null ? { exact: whole, opaque: true } : { range }
  }
  if (ends.length > 2 || !isPlainCode(text)) return { exact: whole, opaque: true }
  const tight = TIGHT_DASH.exec(text)
  const range = tight === null ? null : readRange(tight[1]!, tight[2]!, false)
  if (range === null) return { exact: whole }
  return range.certain ? { range } : { exact: whole, range }
}

/**
 * The range between two printed ends that differ in one number only: `FT730VA00107`–`FT730VA00593`, `1`–`500`, `CB0100BJ`–`CB0200BJ`, or
 * `A100`–`200` where the second end leaves out what it shares. Null where the ends are anything else: dates, masks, swapped ends.
 */
function readRange(first: string, last: string, spaced: boolean): CodeRange | null {
  if (looksLikeDate(first) || looksLikeDate(last) || !isPlainCode(first) || !isPlainCode(last)) return null
  const from = splitRuns(first)
  let to = splitRuns(last)
  const shortened = from.length > 1 && to.length === 1
  if (shortened) to = [...from.slice(0, -1), ...to]
  if (from.length !== to.length || from.length === 0) return null
  const differing = from.flatMap((run, index) => (run === to[index] ? [] : [index]))
  if (differing.length > 1) return null
  const at = differing[0] ?? from.length - 1
  const [low, high] = [from[at]!, to[at]!]
  if (!isNumber(low) || !isNumber(high) || BigInt(low) > BigInt(high)) return null
  const prefix = from.slice(0, at).join('')
  const suffix = from.slice(at + 1).join('')
  return { prefix, from: BigInt(low), to: BigInt(high), suffix, certain: spaced || (prefix !== '' && !shortened) }
}

/** Runs of letters and runs of digits, in order: `FT730VA` → FT, 730, VA. */
function splitRuns(text: string): string[] {
  return (normaliseCode(text) ?? '').match(/[0-9]+|[A-Z]+/g) ?? []
}

function isNumber(run: string): boolean {
  return /^[0-9]+$/.test(run) && run.length <= CODE_DIGITS_MAX
}

function looksLikeDate(text: string): boolean {
  return /[0-9]\s*[/.-]\s*[0-9]/.test(text)
}

/** A code and not a sentence, a list or a mask: at most three short groups, no ordinary word, no placeholder. */
function isPlainCode(text: string): boolean {
  if (/[,;]|…|\.\.\.|[#?*_]{2,}|X{3,}/i.test(text)) return false
  const groups = text.trim().split(/\s+/)
  if (groups.some((group) => /^[A-Z]?[a-z]{3,}[:.]?$/.test(group) && !/^(?:lot|batch|serial|date|code|number)/i.test(group))) return false
  // Letters alone are a code only as one group that is no word for "every one".
  return /[0-9]/.test(text) ? groups.length <= 3 : groups.length === 1 && !/^(?:ALL|ANY|EVERY|VARIOUS)$/i.test(text)
}

const LABELS = ['LOT', 'BATCH', 'SERIAL', 'DATECODE', 'SN', 'PO']

/** A printed list for people, in any language: "R15563P3S…" for codes that begin so, "…" for others that the agency does not print. */
export function printedCodes(entries: readonly string[]): string[] {
  return entries.map((entry) => entry.replace(/\*$/, '…'))
}
