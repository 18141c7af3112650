/** Months as agencies write them, and the windows they bound: "from January 2018 through March 2023". Pure. */
import type { Month } from '../../recalls/index.ts'

const NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const NAME =
  '(Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?\\.?|July?\\.?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)'
const YEAR = '((?:19|20)\\d\\d)'
// "March 2018", "March of 2018", "March 5, 2018", "late March, 2018", "3/2018", "03/05/2018", "2018-03-05".
const MENTION = new RegExp(
  `\\b${NAME}(?:\\s+\\d{1,2}(?:st|nd|rd|th)?\\b)?(?:,?\\s*(?:of\\s+)?${YEAR})?(?!\\d|,\\d{3})|\\b(0?[1-9]|1[0-2])/(?:\\d{1,2}/)?${YEAR}\\b|\\b${YEAR}[-/](0[1-9]|1[0-2])(?:[-/]\\d{2})?\\b`,
  'g',
)

/** A month in a text, from `start` to `end`. */
export type MonthMention = { month: Month; start: number; end: number }

/**
 * The months a tidied text mentions. A month without a year takes that of the next one in the same phrase ("from September to November
 * 2012"), or the year before where that would put it after ("from November to January 2013"); without any it is no month but a word.
 */
export function monthsIn(text: string): MonthMention[] {
  const found: { year: number | null; at: number; start: number; end: number }[] = []
  for (const match of text.matchAll(MENTION)) {
    const [name, year, numeric, numericYear, isoYear, iso] = match.slice(1)
    const at = name === undefined ? Number(numeric ?? iso) - 1 : NAMES.indexOf(name.slice(0, 3).toLowerCase())
    const years = year ?? numericYear ?? isoYear
    found.push({ year: years === undefined ? null : Number(years), at, start: match.index, end: match.index + match[0].length })
  }
  for (let index = found.length - 2; index >= 0; index--) {
    const [mention, next] = [found[index]!, found[index + 1]!]
    if (mention.year !== null || next.year === null) continue
    const between = text.slice(mention.end, next.start)
    if (/^\W*(?:(?:and|to|through|thru|until|or|up|the|end|of|early|mid|late|about)\W*)*$/i.test(between))
      mention.year = mention.at <= next.at ? next.year : next.year - 1
  }
  return found.flatMap(({ year, at, start, end }) => (year === null ? [] : [{ month: formatMonth(year, at), start, end }]))
}

/** Months inclusive; null where the text gives no month on that side: a year alone, a season, "to the present". */
export type MonthWindow = { from: Month | null; to: Month | null }

const UPPER =
  /(?:\b(?:through|thru|to|until|till|ending|up to|and)\b|[-/])[\s,]*(?:(?:about|approximately|around|the|end|of|early|mid|late|on)[\s-]*)*$/i
const BEFORE = /\b(?:prior to|before|earlier than)[\s,]*(?:about |approximately )?$/i
const FROM =
  /\b(?:since|after|beginning|starting|as early as|as of|from|between)[\s,]*(?:(?:about|approximately|around|the|beginning|of|in|early|mid|late|on)[\s-]*)*$/i
const SINCE = /\bsince[\s,]*(?:(?:about|approximately|at least|early|mid|late)\s+)*$/i
const OPEN_END =
  /^[\s,]*(?:(?:through|thru|to|until|-|and)[\s,]*(?:the\s+)?(?:present|now|today|current)|on(?:ward|wards)?\b|or later|and later)/i

/**
 * The earliest and latest month of all windows in a text. A side that some window leaves open ("since", "to the present") is open where it
 * would bound the others; a year alone ("from 1995 through May 2009") is no month, so the months there are decide.
 */
export function windowIn(text: string): MonthWindow {
  const lower: Month[] = []
  const upper: Month[] = []
  let openEnd = false
  for (const { month, start, end } of monthsIn(text)) {
    const before = text.slice(Math.max(0, start - 40), start)
    const openHere = OPEN_END.test(text.slice(end, end + 30))
    if (BEFORE.test(before)) upper.push(monthBefore(month))
    else if (UPPER.test(before)) upper.push(month)
    else if (FROM.test(before)) lower.push(month)
    else {
      lower.push(month)
      upper.push(month)
    }
    if (openHere || SINCE.test(before)) openEnd = true
  }
  return { from: lower.sort()[0] ?? null, to: openEnd ? null : (upper.sort().at(-1) ?? null) }
}

export function monthBefore(month: Month): Month {
  const [year, at] = month.split('-').map(Number) as [number, number]
  return at === 1 ? formatMonth(year - 1, 11) : formatMonth(year, at - 2)
}

function formatMonth(year: number, at: number): Month {
  return `${year}-${String(at + 1).padStart(2, '0')}`
}
