/** Text into lines that fit: between words, between Chinese characters, and inside an address that is longer than a line. Pure. */

/** The width of a text in points, in the weight and size that it is set in. */
export type Measure = (text: string) => number

const WIDE = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]`
const CLOSES = String.raw`[，。、；：？！）》」』】”’,.;:!?)]`
const OPENS = String.raw`[（《「『【“‘(]`
/** What stays together: a Chinese character with the marks around it, a word with the marks at it, or the space between two. */
const UNITS = new RegExp(String.raw`${OPENS}*${WIDE}${CLOSES}*|(?:(?!${WIDE})\S)+|\s+`, 'gu')
/** Where the address of a page may be divided: behind these. */
const PIECES = /[^/?&=._-]*[/?&=._-]?/gu

export function linesOf(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => linesOfParagraph(paragraph, width, measure))
}

function linesOfParagraph(paragraph: string, width: number, measure: Measure): string[] {
  const lines: string[] = []
  let line = ''
  let filled = 0
  function add(unit: string, unitWidth: number): void {
    if (filled + unitWidth > width && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = ''
      filled = 0
    }
    if (line === '' && unit.trim() === '') return
    line += unit
    filled += unitWidth
  }
  for (const [unit] of paragraph.matchAll(UNITS)) {
    const unitWidth = measure(unit)
    if (unitWidth <= width) add(unit, unitWidth)
    else for (const piece of divided(unit, width, measure)) add(piece, measure(piece))
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/** A unit that is longer than a line: at its slashes and dots, and where one part still is, anywhere. */
function divided(unit: string, width: number, measure: Measure): string[] {
  const pieces = [...unit.matchAll(PIECES)].map(([piece]) => piece).filter((piece) => piece !== '')
  return pieces.flatMap((piece) => (measure(piece) <= width ? [piece] : [...piece]))
}
