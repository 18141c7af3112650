/**
 * Model, style, item and part numbers in running text. Pure.
 *
 * A code is kept as letters and digits in lower case. What looks like one but is none (`12MP`, `1080p`, `2-in-1`, `USB3`, years,
 * dates) is left out, because it would tell products apart that are the same and join products that are not.
 */
import { CODE_LENGTH_MAX } from './identifiers.ts'
import { HYPHEN, SLASH, SPACE, hasDigit, isNumber, type Words } from './text.ts'

/** Letters and digits mixed, or six digits and more: stands as a model number by itself. */
export const HARD = 1
/** Short or digits only: a model number where other things say so. */
export const WEAK = 2
/** A name and a number that stand beside each other: `SCD 630`, `Ceros 550`. */
export const SOFT = 4
/** A part of a longer code, or its beginning: `BT848` of `BT848-17027FLW`. */
export const PIECE = 8

export type Code = { code: string; kind: number; /** Index of the first word. */ at: number; /** Index after the last word. */ end: number }

/** Codes kept from one text. */
export const CODES_MAX = 400

const UNIT =
  '(?:fl|oz|ounces?|ml|cl|l|liters?|litres?|qt|quarts?|gal|gallons?|cups?|pints?|in|inch|inches|ft|feet|foot|yd|cm|mm|m|km|w|watts?|kw|wh|v|volts?|mah|ah|amps?|a|hz|khz|mhz|ghz|mp|mpix|gb|tb|mb|kb|gbps|mbps|p|i|k|x|g|kg|mg|mcg|lbs?|pounds?|pcs?|piece|pack|pk|ct|count|cu|cc|btu|psi|hp|rpm|dpi|cfm|db|st|nd|rd|th|s|min|hr|hrs|h|yr|yrs|mo|months?|t|y|deg|c|f|ppm|nm|lm|lumens?|fps|bit|ch|way|speed|in1)'
const SPEC = new RegExp(
  `^[234]d$|^\\d{1,2}u$|^\\d+(?:x\\d+)*${UNIT}$|^\\d+(?:x\\d+)+$|^(?:iso|vol|no|ip|ipx|usb|mp|cat|ddr|hdmi|bt|wifi|ps|win|gen|rev|ver|mk|core)\\d{1,2}[a-z]?$|^(?:aaa?|cr\\d{3,4}[a-z]?|ip[x0-9]{2}|lp?ddr\\d|rj\\d+|e1[24]|e2[67]|gu10|1st|2nd|3rd)$`,
)
const UNIT_WORD = new RegExp(
  `^${UNIT}$|^(?:fluid|megapixel|degree|piece|pieces|drawer|drawers|tier|person|man|player|key|channel|bay|port|outlet|cell|day|night|season|year|years)$`,
)
const YEAR = /^(?:19[5-9]\d|20[0-4]\d)$/

/** Whether the word states a measure or a standard, not a model: `12mp`, `1080p`, `usb3`, `40in`. */
export function isSpec(word: string): boolean {
  return word.length <= 12 && SPEC.test(word)
}

export function isYear(word: string): boolean {
  return word.length === 4 && YEAR.test(word)
}

function kindOf(code: string, joined: boolean): number {
  if (isNumber(code)) return code.length >= 6 && code.length <= 14 ? HARD : code.length >= 3 && !isYear(code) ? WEAK : 0
  if (!joined && isSpec(code)) return 0
  return code.length >= 3 ? HARD : WEAK
}

/** Leading zeros of a number do not tell it apart: `011063549` is `11063549`. */
export function canonicalCode(code: string): string {
  return code.charCodeAt(0) === 48 && isNumber(code) ? code.replace(/^0+(?=\d)/, '') : code
}

/** The codes of a text, in order of appearance. */
export function codesOf(words: Words): Code[] {
  const codes: Code[] = []
  const { text, before } = words
  for (let i = 0; i < text.length && codes.length < CODES_MAX;) {
    let end = i + 1
    while (end < text.length && end - i < 8 && (before[end] === HYPHEN || before[end] === SLASH)) end++
    if (end - i > 1) addChunk(words, i, end, codes)
    else addWord(words, i, codes)
    i = end
  }
  return codes
}

function addWord(words: Words, i: number, codes: Code[]): void {
  const word = words.text[i]!
  if (!hasDigit(word)) return
  if (word.length <= CODE_LENGTH_MAX) {
    const kind = kindOf(word, false)
    if (kind > 0) codes.push({ code: canonicalCode(word), kind, at: i, end: i + 1 })
  }
  addSoft(words, i, codes)
}

/** `SCD 630`, `T 10400`, `Ceros 325CV`: the word before a number joins it. */
function addSoft(words: Words, i: number, codes: Code[]): void {
  const word = words.text[i]!
  const previous = i > 0 && words.before[i] === SPACE ? words.text[i - 1]! : ''
  if (previous.length === 0 || previous.length > 14 || word.length > 8 || hasDigit(previous) || isYear(word)) return
  if (word.charCodeAt(0) < 48 || word.charCodeAt(0) > 57 || isSpec(word)) return
  // `Forky 11 inch` and `Randder 2 pack` state a measure.
  const next = words.text[i + 1]
  if (next !== undefined && words.before[i + 1]! <= HYPHEN && UNIT_WORD.test(next)) return
  if (next !== undefined && words.before[i + 1] === HYPHEN && isNumber(next)) return
  codes.push({ code: previous + word, kind: SOFT, at: i - 1, end: i + 1 })
}

/** A chunk such as `F3053-726-826`, `IST-09991/W05` or `OP300/OP301`: the whole, its beginnings, its words. */
function addChunk(words: Words, start: number, end: number, codes: Code[]): void {
  let joined = ''
  let digits = false
  let meansMore = false
  const first = words.text[start]!
  const isDate = isYear(first) || (isYear(words.text[end - 1]!) && isNumber(first) && end - start === 3)
  for (let k = start; k < end; k++) {
    const word = words.text[k]!
    if (k > start && words.before[k] === SLASH && digits) addJoined(codes, joined, start, k, PIECE)
    joined += word
    digits ||= hasDigit(word)
    // `DVD/CD/MP3` has a digit and is no number.
    meansMore ||= hasDigit(word) && (isNumber(word) || !isSpec(word))
    if (k === start) continue
    if (k < end - 1 && digits && words.before[k + 1] === HYPHEN) addJoined(codes, joined, start, k + 1, PIECE)
  }
  // `10000:1` is a ratio.
  const isRatio = end - start === 2 && words.text[start + 1] === '1' && first.endsWith('0') && isNumber(first)
  if (meansMore && !isDate && !isRatio) addJoined(codes, joined, start, end, 0)
  for (let k = start; k < end; k++) {
    const word = words.text[k]!
    if (hasDigit(word) && word.length >= 3 && word.length <= CODE_LENGTH_MAX) {
      const kind = kindOf(word, false)
      if (kind === HARD || (kind === WEAK && word.length >= 4))
        codes.push({ code: canonicalCode(word), kind: kind | PIECE, at: k, end: k + 1 })
    }
  }
  addSoft(words, start, codes)
}

function addJoined(codes: Code[], joined: string, at: number, end: number, extra: number): void {
  if (joined.length < 3 || joined.length > CODE_LENGTH_MAX || joined.endsWith('in1')) return
  // `2-pack`, `12-volt`, `40-inch` join to a measure; `3.5` joins to a number that means nothing.
  if (isSpec(joined) || (isNumber(joined) && joined.length < 5)) return
  if (/^\d{1,3}[a-z]{4,}$/.test(joined)) return
  codes.push({ code: canonicalCode(joined), kind: (isNumber(joined) && joined.length < 6 ? WEAK : HARD) | extra, at, end })
}
