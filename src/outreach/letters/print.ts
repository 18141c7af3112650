/** Letters into one PDF file, one after the other, with the fonts embedded. Colours are those of print: black ink alone, and one red. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as breath } from 'node:timers/promises'
import Pdf from 'pdfkit'
import { encode } from 'uqr'
import { FACES, faceFor, fontBytes, type Face, type Weight } from './fonts.ts'
import { layOut, SHEETS, type Drawn, type Ink, type LetterToSet } from './layout.ts'
import type { Measure } from './lines.ts'
import type { Photo } from './photograph.ts'
import type { Paper } from './postal-address.ts'

const INKS: Record<Ink, [number, number, number, number]> = { black: [0, 0, 0, 100], red: [10, 100, 90, 15] }

export type PrintedFile = { pages: number; bytes: number; sha256: Buffer }

/** An open file. `add` prints a letter and says on which pages, counted from 1; `end` closes it, flushed. */
export type PrintFile = { add: (letter: LetterToSet) => Promise<{ firstPage: number; pages: number }>; end: () => Promise<PrintedFile> }

export function openPrintFile(
  path: string,
  about: { paper: Paper; title: string; at: Date; photos?: ReadonlyMap<string, Photo> },
): PrintFile {
  const document = new Pdf({ autoFirstPage: false, margin: 0, compress: true, pdfVersion: '1.7', info: { Title: about.title, CreationDate: about.at } }) // prettier-ignore
  const registered = new Set<Face>()
  const widths = new Map<string, number>()
  // As text, because pdfkit knows a picture again by its text alone: the file holds it once, however many letters show it.
  const pictures = new Map([...(about.photos ?? [])].map(([url, { jpeg }]) => [url, `data:image/jpeg;base64,${jpeg.toString('base64')}`]))
  const hash = createHash('sha256')
  let bytes = 0
  let pages = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const written = pipeline(document, counted, createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }))
  // What goes wrong with the file is told by `end`; until then nobody waits for it.
  written.catch(() => {})

  function use(face: Face, size: number): void {
    if (!registered.has(face)) document.registerFont(face, fontBytes(face))
    registered.add(face)
    document.font(face).fontSize(size)
  }

  function measureOf(weight: Weight, size: number): Measure {
    return (text) => {
      const key = `${weight} ${size} ${text}`
      const known = widths.get(key)
      if (known !== undefined) return known
      let width = 0
      for (const run of runsOf(text, weight)) {
        use(run.face, size)
        width += document.widthOfString(run.text)
      }
      // Words come again and again; names and links do not, and are let go of.
      if (widths.size > WIDTHS_MAX) widths.clear()
      widths.set(key, width)
      return width
    }
  }

  function draw(drawn: Drawn): void {
    switch (drawn.kind) {
      case 'text': {
        let { x } = drawn
        for (const run of runsOf(drawn.text, drawn.weight)) {
          use(run.face, drawn.size)
          document.fillColor(INKS[drawn.ink]).text(run.text, x, drawn.baseline, { lineBreak: false, baseline: 'alphabetic' })
          x += document.widthOfString(run.text)
        }
        return
      }
      case 'rule':
        document.lineWidth(drawn.thickness).strokeColor(INKS[drawn.ink]).moveTo(drawn.x, drawn.y).lineTo(drawn.x + drawn.width, drawn.y).stroke() // prettier-ignore
        return
      case 'frame':
        document.lineWidth(1.8).strokeColor(INKS[drawn.ink]).rect(drawn.x, drawn.y, drawn.width, drawn.height).stroke()
        return
      case 'photo': {
        const { url, x, y, width, height } = drawn
        document.image(pictures.get(url)!, x, y, { width, height })
        return
      }
      case 'qr': {
        const { data, size } = encode(drawn.text, { ecc: 'M', border: 0 })
        const cell = drawn.side / size
        for (const [row, cells] of data.entries()) {
          // Dark cells side by side are one rectangle: no printer leaves a line of paper between them.
          for (let column = 0; column < size; column++) {
            if (!cells[column]) continue
            const from = column
            while (cells[column + 1]) column++
            document.rect(drawn.x + from * cell, drawn.y + row * cell, (column - from + 1) * cell, cell)
          }
        }
        document.fillColor(INKS.black).fill()
        return
      }
    }
  }

  return {
    async add(letter) {
      const set = layOut({ ...letter, photos: about.photos ?? new Map() }, measureOf)
      for (const page of set) {
        document.addPage({ size: [SHEETS[about.paper].width, SHEETS[about.paper].height], margin: 0 })
        for (const drawn of page) draw(drawn)
      }
      pages += set.length
      // The file takes what was printed before the next letter is set.
      await breath()
      return { firstPage: pages - set.length + 1, pages: set.length }
    },
    async end() {
      document.end()
      await written
      return { pages, bytes, sha256: hash.digest() }
    },
  }
}

const WIDTHS_MAX = 20_000

/** A text in parts that one face has. What none has is a question mark; a mark without a width of its own is left out. */
function runsOf(text: string, weight: Weight): { face: Face; text: string }[] {
  const runs: { face: Face; text: string }[] = []
  for (const character of text.normalize('NFC')) {
    const found = faceFor(character.codePointAt(0)!, weight)
    const face = found ?? FACES.find((each) => each === weight)!
    const shown = found !== null ? character : /\s/u.test(character) ? ' ' : /[\p{M}\p{C}]/u.test(character) ? '' : '?'
    const last = runs.at(-1)
    if (last?.face === face) last.text += shown
    else if (shown !== '') runs.push({ face, text: shown })
  }
  return runs
}
