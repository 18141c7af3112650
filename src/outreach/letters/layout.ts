/**
 * A letter as pages of things to draw, each with its place in points from the upper left corner. Pure: `print.ts` draws them.
 *
 * A4: DIN 5008, form B, for windows of C5/6 and C6: the field of the address begins 45 mm from the top and 20 mm from the left, its lowest 27.3 mm
 * are the address; folds at 105 and 210 mm. US Letter: a No. 10 envelope whose window is 7/8" from the left and 1/2" from the bottom, folded in
 * thirds: whichever way the sheet slips, the window shows 2.5" to 3.17" from the top, and never more than 2.04" to 3.63".
 */
import type { LetterPart, LetterText } from '../wording/letter.ts'
import { linesOf, type Measure } from './lines.ts'
import type { Weight } from './fonts.ts'
import type { Paper } from './postal-address.ts'

/** Ink: nothing but black, or the red of a recall. */
export type Ink = 'black' | 'red'
export type Drawn =
  | { kind: 'text'; x: number; baseline: number; size: number; weight: Weight; ink: Ink; text: string }
  | { kind: 'rule'; x: number; y: number; width: number; ink: Ink; thickness: number }
  | { kind: 'frame'; x: number; y: number; width: number; height: number; ink: Ink }
  | { kind: 'qr'; x: number; y: number; side: number; text: string }
  | { kind: 'photo'; x: number; y: number; width: number; height: number; url: string }
export type Page = Drawn[]

export type LetterToSet = {
  paper: Paper
  /** What stands in the window, the country last. */
  lines: readonly string[]
  /** In small print above them. */
  number: string
  /** Name, street, place: the letterhead, and on A4 the line above the address. */
  sender: readonly string[]
  text: LetterText
  /** The size of each photograph that could be had, by its address; one that is not here is left out. */
  photos?: ReadonlyMap<string, { width: number; height: number }>
}

export type MeasureOf = (weight: Weight, size: number) => Measure

const MM = 72 / 25.4
const INCH = 72

type Sheet = {
  width: number
  height: number
  left: number
  right: number
  top: number
  /** The lowest baseline of text; the page's number stands below it. */
  bottom: number
  head: number
  windowTop: number
  windowWidth: number
  windowLeading: number
  numberAt: number
  /** Null: the envelope bears the sender itself. */
  returnAt: number | null
  dateX: number
  body: number
  folds: number[]
}

export const SHEETS: Record<Paper, Sheet> = {
  a4: {
    width: 210 * MM,
    height: 297 * MM,
    left: 25 * MM,
    right: 20 * MM,
    top: 25 * MM,
    bottom: 272 * MM,
    head: 22 * MM,
    windowTop: 62.7 * MM,
    windowWidth: 78 * MM,
    windowLeading: 4.5 * MM,
    numberAt: 60.5 * MM,
    returnAt: 55.5 * MM,
    dateX: 125 * MM,
    body: 98.5 * MM,
    folds: [105 * MM, 148.5 * MM, 210 * MM],
  },
  letter: {
    width: 8.5 * INCH,
    height: 11 * INCH,
    left: 1 * INCH,
    right: 0.9 * INCH,
    top: 0.9 * INCH,
    bottom: 10.1 * INCH,
    head: 0.8 * INCH,
    windowTop: 2.36 * INCH,
    windowWidth: 3.3 * INCH,
    windowLeading: 11.5,
    numberAt: 2.3 * INCH,
    returnAt: null,
    dateX: 5.7 * INCH,
    body: 3.95 * INCH,
    folds: [(11 / 3) * INCH, (22 / 3) * INCH],
  },
}

const BODY = { size: 10, leading: 13.5 }
const QR_SIDE = 26 * MM
const PHOTO_WIDTH_MAX = 70 * MM
const PHOTO_HEIGHT_MAX = 36 * MM
const WINDOW_SIZE = 10
const WINDOW_SIZE_MIN = 6.5

export function layOut(letter: LetterToSet, measureOf: MeasureOf): Page[] {
  const sheet = SHEETS[letter.paper]
  const textWidth = sheet.width - sheet.left - sheet.right
  const pages: Page[] = [firstPage(letter, sheet, measureOf)]
  let y = sheet.body

  /** Goes to the next page where less than this is left. */
  function room(height: number): void {
    if (y + height <= sheet.bottom) return
    pages.push([])
    y = sheet.top
  }
  function put(drawn: Drawn): void {
    pages.at(-1)!.push(drawn)
  }
  function paragraph(
    text: string,
    style: { size?: number; leading?: number; weight?: Weight; ink?: Ink; indent?: number; width?: number } = {},
  ): void {
    const { size = BODY.size, leading = BODY.leading, weight = 'regular', ink = 'black', indent = 0, width = textWidth - indent } = style
    for (const line of linesOf(text, width, measureOf(weight, size))) {
      room(leading)
      y += leading
      put({ kind: 'text', x: sheet.left + indent, baseline: y - leading * 0.25, size, weight, ink, text: line })
    }
  }
  function heightOf(text: string, weight: Weight, size: number, leading: number, width: number): number {
    return text === '' ? 0 : linesOf(text, width, measureOf(weight, size)).length * leading
  }
  function framed(texts: readonly { text: string; weight: Weight; size: number; leading: number }[], ink: Ink, inkOfText: Ink): void {
    const [pad, inside] = [8, textWidth - 16]
    const height = texts.reduce((sum, each) => sum + heightOf(each.text, each.weight, each.size, each.leading, inside), 0) + pad * 2
    room(height + 8)
    put({ kind: 'frame', x: sheet.left, y, width: textWidth, height, ink })
    y += pad
    for (const { text, weight, size, leading } of texts) if (text !== '') paragraph(text, { weight, size, leading, indent: pad, width: inside, ink: inkOfText }) // prettier-ignore
    y += pad + 8
  }
  function part(each: LetterPart, next: LetterPart | undefined): void {
    switch (each.kind) {
      case 'heading':
        if (each.red) return framed([{ text: each.text, weight: 'bold', size: 17, leading: 22 }], 'red', 'red')
        paragraph(each.text, { weight: 'bold', size: 15, leading: 20 })
        y += 6
        return
      case 'under':
        paragraph(each.text, { weight: 'bold', size: 13, leading: 17 })
        y += 6
        return
      case 'box':
        return framed([{ text: each.title, weight: 'bold', size: 13, leading: 17 }, { text: each.text, weight: 'regular', ...BODY }], each.tone === 'stop' ? 'red' : 'black', 'black') // prettier-ignore
      case 'section':
        // A heading is not left alone at the foot of a page.
        room(26 + (next?.kind === 'photo' ? photoHeight(next) : BODY.leading * 3))
        y += 8
        paragraph(each.text, { weight: 'bold', size: 12, leading: 16 })
        y += 1
        return
      case 'said':
        paragraph(each.text)
        y += 4
        return
      case 'bullet':
        return marked('•', each.text)
      case 'step':
        room(BODY.leading * 2)
        put({ kind: 'text', x: sheet.left, baseline: y + BODY.leading * 0.75, size: BODY.size, weight: 'bold', ink: 'black', text: each.mark }) // prettier-ignore
        paragraph(each.title, { weight: 'bold', indent: 16 })
        if (each.text !== '') paragraph(each.text, { indent: 16 })
        if (each.quote !== null) paragraph(each.quote, { indent: 28 })
        y += 4
        return
      case 'fact':
        room(BODY.leading * 2)
        paragraph(each.term, { weight: 'bold' })
        paragraph(each.text)
        y += 3
        return
      case 'address':
        room(BODY.leading * 2)
        paragraph(each.lead)
        paragraph(each.url, { weight: 'bold', size: 9 })
        y += 4
        return
      case 'page':
        return toThePage(each)
      case 'code':
        room(BODY.leading + 18)
        paragraph(each.lead)
        paragraph(each.code, { weight: 'bold', size: 14, leading: 18 })
        y += 4
        return
      case 'photo':
        return photo(each)
      case 'sender':
        room(BODY.leading + 10)
        y += 10
        return paragraph(each.text, { weight: 'bold' })
    }
  }
  function marked(mark: string, text: string): void {
    room(BODY.leading)
    put({
      kind: 'text',
      x: sheet.left + 4,
      baseline: y + BODY.leading * 0.75,
      size: BODY.size,
      weight: 'regular',
      ink: 'black',
      text: mark,
    })
    paragraph(text, { indent: 16 })
    y += 2
  }
  function scaleOf({ width, height }: { width: number; height: number }): number {
    return Math.min(PHOTO_WIDTH_MAX / width, PHOTO_HEIGHT_MAX / height)
  }
  /** With what stands around it; as much as a few lines where there is none. */
  function photoHeight({ url, caption }: { url: string; caption: string }): number {
    const found = letter.photos?.get(url)
    return found === undefined ? BODY.leading * 3 : found.height * scaleOf(found) + 12 + (caption === '' ? 0 : BODY.leading)
  }
  function photo({ url, caption }: Extract<LetterPart, { kind: 'photo' }>): void {
    const found = letter.photos?.get(url)
    if (found === undefined) return
    const scale = scaleOf(found)
    const [width, height] = [found.width * scale, found.height * scale]
    room(photoHeight({ url, caption }))
    put({ kind: 'photo', x: sheet.left, y: y + 6, width, height, url })
    y += height + 8
    if (caption !== '') paragraph(caption, { size: 8.5 })
    y += 4
  }
  function toThePage(each: Extract<LetterPart, { kind: 'page' }>): void {
    // Around the code stays as much white as four of its cells, which readers look for.
    room(QR_SIDE + 16)
    const top = y + 8
    put({ kind: 'qr', x: sheet.left, y: top, side: QR_SIDE, text: each.url })
    const beside = { indent: QR_SIDE + 12 }
    y = top
    paragraph(each.title, { ...beside, weight: 'bold', size: 12, leading: 16 })
    paragraph(each.lead, beside)
    paragraph(each.url, { ...beside, weight: 'bold' })
    y = Math.max(y, top + QR_SIDE) + 8
  }

  for (const [index, each] of letter.text.parts.entries()) part(each, letter.text.parts[index + 1])
  for (const [index, page] of pages.entries()) page.push(...foot(letter, sheet, index + 1, pages.length))
  return pages
}

function firstPage({ lines, number, sender, text }: LetterToSet, sheet: Sheet, measureOf: MeasureOf): Page {
  const [name = '', ...place] = sender
  const page: Page = [
    { kind: 'text', x: sheet.left, baseline: sheet.head, size: 13, weight: 'bold', ink: 'black', text: name },
    ...place.map((line, index): Drawn => ({ kind: 'text', x: sheet.left, baseline: sheet.head + 13 + index * 11, size: 8.5, weight: 'regular', ink: 'black', text: line })), // prettier-ignore
    { kind: 'text', x: sheet.dateX, baseline: sheet.windowTop, size: BODY.size, weight: 'regular', ink: 'black', text: text.date },
    { kind: 'text', x: sheet.left, baseline: sheet.numberAt, size: 7, weight: 'regular', ink: 'black', text: number },
  ]
  if (sheet.returnAt !== null) {
    const line = sender.join(' · ')
    const size = fitting(line, sheet.windowWidth, 7, (at) => measureOf('regular', at))
    page.push({ kind: 'text', x: sheet.left, baseline: sheet.returnAt, size, weight: 'regular', ink: 'black', text: line })
    page.push({ kind: 'rule', x: sheet.left, y: sheet.returnAt + 2.5, width: sheet.windowWidth, ink: 'black', thickness: 0.4 })
  }
  for (const [index, line] of lines.entries()) {
    const size = fitting(line, sheet.windowWidth, WINDOW_SIZE, (at) => measureOf('regular', at))
    page.push({ kind: 'text', x: sheet.left, baseline: sheet.windowTop + sheet.windowLeading * (index + 0.8), size, weight: 'regular', ink: 'black', text: line }) // prettier-ignore
  }
  // Marks for folding and, on A4, for punching.
  for (const fold of sheet.folds) page.push({ kind: 'rule', x: 4 * MM, y: fold, width: 3 * MM, ink: 'black', thickness: 0.4 })
  return page
}

/** The size at which a line fits into the window: not below what a sorting machine reads. */
function fitting(line: string, width: number, size: number, measureAt: (size: number) => Measure): number {
  const taken = measureAt(size)(line)
  return taken <= width ? size : Math.max(WINDOW_SIZE_MIN, (size * width) / taken)
}

function foot({ number, text }: LetterToSet, sheet: Sheet, page: number, pages: number): Drawn[] {
  const baseline = sheet.bottom + 24
  const [size, weight, ink] = [7.5, 'regular', 'black'] as const
  return [
    { kind: 'text', x: sheet.left, baseline, size, weight, ink, text: number },
    { kind: 'text', x: sheet.dateX, baseline, size, weight, ink, text: text.pageOf(page, pages) },
  ]
}
