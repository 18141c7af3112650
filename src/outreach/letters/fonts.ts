/** The fonts of letters, which are embedded in what is printed. Noto Sans for Latin, Greek and Cyrillic, Noto Sans SC for Chinese (fonts/README.md). */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { create, type Font } from 'fontkit'
import { unwrapped } from './woff.ts'

export const FACES = ['regular', 'bold', 'regular_zh', 'bold_zh'] as const
export type Face = (typeof FACES)[number]
export type Weight = 'regular' | 'bold'

const FILES: Record<Face, string> = {
  regular: 'NotoSans-Regular.ttf',
  bold: 'NotoSans-Bold.ttf',
  regular_zh: 'NotoSansSC-Regular.woff',
  bold_zh: 'NotoSansSC-Bold.woff',
}

const bytes = new Map<Face, Buffer>()
const characters = new Map<Face, ReadonlySet<number>>()

/** Read once, when the first letter needs it. */
export function fontBytes(face: Face): Buffer {
  const known = bytes.get(face)
  if (known !== undefined) return known
  const kept = readFileSync(path.join(import.meta.dirname, 'fonts', FILES[face]))
  const font = FILES[face].endsWith('.woff') ? unwrapped(kept) : kept
  bytes.set(face, font)
  return font
}

function charactersOf(face: Face): ReadonlySet<number> {
  const known = characters.get(face) ?? new Set((create(fontBytes(face)) as Font).characterSet)
  characters.set(face, known)
  return known
}

/** The face that has a character in this weight; null where none has. */
export function faceFor(codePoint: number, weight: Weight): Face | null {
  if (charactersOf(weight).has(codePoint)) return weight
  const chinese = `${weight}_zh` as const
  return charactersOf(chinese).has(codePoint) ? chinese : null
}

/** Whether every character of a text can be printed, in both weights. Scripts that join their letters need more than a character each. */
export function isPrintable(text: string): boolean {
  for (const character of text.normalize('NFC')) {
    const codePoint = character.codePointAt(0)!
    if (/\p{Cc}|\s/u.test(character)) continue
    if (JOINED.test(character) || faceFor(codePoint, 'regular') === null || faceFor(codePoint, 'bold') === null) return false
  }
  return true
}

/** Written from right to left, or formed by their neighbours: set one after the other they are wrong, even where the font has them. */
const JOINED =
  /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Tamil}|\p{Script=Thai}/u
