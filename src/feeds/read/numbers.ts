/** Numbers as agencies write them: 346,000 · 17.3 million · seven · twenty-five. Pure. */

const SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'] // prettier-ignore
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const SCALES: Record<string, number> = { hundred: 100, thousand: 1_000, million: 1_000_000, billion: 1_000_000_000, dozen: 12 }

const WORD = `(?:(?:${TENS.join('|')})(?:[- ](?:${SMALL.slice(1, 10).join('|')}))?|${SMALL.join('|')})`
const DIGITS = '\\d+(?:,\\d+)*(?:\\.\\d+)?'

/** Source of a regular expression (flag `i`) that matches one number, without a capturing group. */
export const NUMBER = `(?:(?:${DIGITS}|\\b${WORD})(?:\\s+(?:hundred|thousand|million|billion|dozen)\\b)?(?![\\w])|\\b(?:a|one)\\s+dozen\\b)`

/** The value of a text that `NUMBER` matched. Commas may stand anywhere, and a point before three last digits is one: agencies mistype them. */
export function readNumber(text: string): number {
  if (/^\d{1,3}\.\d{3}$/.test(text)) return Number(text.replace('.', ''))
  const words = text
    .toLowerCase()
    .replaceAll(',', '')
    .split(/[\s-]+/)
  let value = 0
  for (const word of words) {
    const scale = SCALES[word]
    if (scale !== undefined) value = (value === 0 ? 1 : value) * scale
    else value += wordValue(word)
  }
  // 17.3 × 1,000,000 is not whole in binary.
  return Number(value.toFixed(2))
}

function wordValue(word: string): number {
  if (SMALL.includes(word)) return SMALL.indexOf(word)
  if (TENS.includes(word)) return 20 + TENS.indexOf(word) * 10
  return word === 'a' ? 1 : Number(word)
}
