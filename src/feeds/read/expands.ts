/** Which earlier recalls a recall expands or announces again. Pure. */
import { distinct } from './text.ts'

const EXPANDING = /\bexpan(?:d|ds|ded|sion)\b|\breannounc|\bre-announc|\brelated recalls?\b|\bpreviously recalled\b/i
const NUMBER = /(?:\brecalls?|\brelease|\bnumbers?|#)[^.;]{0,40}?#?\s*((?:\d{2}-\d{3}[a-z]?(?:\s*(?:,|and|&|or)\s*#?)?)+)/gi

/** Recall numbers without dashes, as far as texts that speak of an expansion print them. The recall's own number is not among them. */
export function readExpands(texts: readonly string[], ownNumber: string): string[] {
  if (!texts.some((text) => EXPANDING.test(text))) return []
  const numbers = [...texts.join(' . ').matchAll(NUMBER)].flatMap((match) => match[1]!.match(/\d{2}-\d{3}[a-z]?/g) ?? [])
  return distinct(numbers.map((number) => number.replace('-', ''))).filter((number) => number !== ownNumber)
}
