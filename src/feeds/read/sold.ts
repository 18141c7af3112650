/** When a product was sold. Pure. */
import { monthsIn, windowIn, type MonthWindow } from './months.ts'
import { sentences } from './text.ts'

const SALE = /\b(?:sold|sale|sales|distributed|marketed|available|purchased|given away|gave away|provided|shipped|carried)\b/i
const NOT_SALE = /\b(?:manufactur|produc(?:ed|tion)|made (?:between|from|in|before|after|on)|built|date codes?|expir)/i
const NOT_INVOLVED = /\bnot (?:involved|included|affected|part of|subject)|previous(?:ly)? recall|first announced|replacement/i

/**
 * The window in which it was sold, from the agency's sentence about that (CPSC: Retailers). Free distribution counts as sale; free
 * replacements under an earlier recall do not.
 */
export function readSold(soldText: string): MonthWindow {
  const kept = sentences(soldText).filter((sentence) => !NOT_INVOLVED.test(sentence) && !(NOT_SALE.test(sentence) && !SALE.test(sentence)))
  return windowIn(kept.join(' '))
}

/** The same from a whole press release, where only the words after "sold" or its like speak of sales. */
export function readSoldFromProse(text: string): MonthWindow {
  const phrases: string[] = []
  for (const sentence of sentences(text)) {
    const cue = SALE.exec(sentence)
    if (cue === null || NOT_INVOLVED.test(sentence)) continue
    const rest = sentence.slice(cue.index)
    const end = NOT_SALE.exec(rest)
    const phrase = end === null ? rest : rest.slice(0, end.index)
    if (monthsIn(phrase).length > 0 || /\b(?:to|until|through) the present\b/i.test(phrase)) phrases.push(phrase)
  }
  return windowIn(phrases.join(' . '))
}
