/** Which earlier recalls a recall expands or announces again. Pure. */
import { distinct, sentences } from './text.ts'

const EXPANDING = /\bexpan(?:d|ds|ded|sion)\b|\breannounc|\bre-announc|\brelated recalls?\b|\bpreviously recalled\b/i
const NUMBER = /(?:\brecalls?|\brelease|\bnumbers?|#)[^.;]{0,40}?#?\s*((?:\d{2}-\d{3}[a-z]?(?:\s*(?:,|and|&|or)\s*#?)?)+)/gi

/** Recall numbers without dashes, as far as sentences that speak of an expansion print them. The recall's own number is not among them. */
export function readExpands(texts: readonly string[], ownNumber: string): string[] {
  const speaking = texts.flatMap(sentences).filter((sentence) => EXPANDING.test(sentence))
  const numbers = [...speaking.join(' . ').matchAll(NUMBER)].flatMap((match) => match[1]!.match(/\d{2}-\d{3}[a-z]?/g) ?? [])
  return distinct(numbers.map((number) => number.replace('-', ''))).filter((number) => number !== ownNumber)
}
