/** When a product was manufactured. Pure. */
import { monthsIn, windowIn, type MonthWindow } from './months.ts'
import { sentences } from './text.ts'

const MADE = /\b(?:manufactur(?:ed|ing)|produced|built|made|assembled|production|dates? of manufacture|DOM)\b/i
const SOLD = /\b(?:sold|purchased|distributed|shipped)\b/i
const NOT_INVOLVED =
  /^No \w+ (?:\w+ )?(?:made|manufactured)\b|\bnot (?:involved|included|affected|part of|subject)|are (?:un)?affected\b|\bexpir/i
/** A month further from the word than this speaks of something else. */
const REACH = 160

/** The window of manufacture as far as the text states months; "manufactured after … are not involved" states none. */
export function readMade(text: string): MonthWindow {
  const phrases: string[] = []
  for (const sentence of sentences(text)) {
    const cue = MADE.exec(sentence)
    if (cue === null || NOT_INVOLVED.test(sentence)) continue
    const rest = sentence.slice(cue.index + cue[0].length)
    const sold = SOLD.exec(rest)
    const phrase = rest.slice(0, Math.min(sold?.index ?? Infinity, REACH + 40))
    const first = monthsIn(phrase)[0]
    if (first !== undefined && first.start <= REACH) phrases.push(phrase)
  }
  return windowIn(phrases.join(' . '))
}
