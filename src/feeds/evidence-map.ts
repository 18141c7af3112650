/** From the plain form that readers work on back to the agency's own text: every place in the one has its place in the other. Pure. */
import { tidy } from './read/text.ts'

/** From `start` up to and without `end`, in UTF-16 units, as strings are cut. */
export type Range = { start: number; end: number }

/** `origin(start, end)` is the part of the agency's own text from which that part of the plain one was made. */
export type PlainText = { text: string; origin: (start: number, end: number) => Range }

// What `tidy` leaves alone; an entity, blanks, or any other single character, which it may change.
const PIECE = /[!-%'-_a-~]+|&#?\w{2,8};|[\s\u00a0\u200b\ufeff]+|[^]/gu

/**
 * The tidied text with the way back. Each piece is given to `tidy` itself, so that both stay the same form; a blank that comes to stand beside
 * a blank, and those at the ends, are gone as they are there.
 */
export function plainOf(original: string, lengthMax: number): PlainText {
  const parts: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  let blank = true
  let length = 0
  for (const match of original.matchAll(PIECE)) {
    if (length >= lengthMax) break
    const piece = match[0]
    const kept = CHANGES.test(piece) ? tidied(piece) : piece
    if (kept === '' || (kept === ' ' && blank)) continue
    blank = kept === ' '
    parts.push(kept)
    for (let at = 0; at < kept.length; at++) {
      // Pieces of one length are read letter by letter; an entity is one letter that comes from several.
      starts.push(kept.length === piece.length ? match.index + at : match.index)
      ends.push(kept.length === piece.length ? match.index + at + 1 : match.index + piece.length)
    }
    length += kept.length
  }
  const text = parts.join('').slice(0, lengthMax).trimEnd()
  return { text, origin: (start, end) => ({ start: starts[start] ?? original.length, end: ends[end - 1] ?? original.length }) }
}

const CHANGES = /[^!-%'-_a-~]/
const known = new Map<string, string>()
const KNOWN_MAX = 2_000

function tidied(piece: string): string {
  const before = known.get(piece)
  if (before !== undefined) return before
  const kept = tidy(`a${piece}a`).slice(1, -1)
  if (known.size < KNOWN_MAX && piece.length < 12) known.set(piece, kept)
  return kept
}

/** A word or number of a text, in small letters: what stays the same however a name is printed. */
export type Token = { word: string } & Range

const TOKEN = /&#?\w{2,8};|&|[\p{L}\p{M}\p{N}]+(?:[®™©℠\u200b\ufeff]+[\p{L}\p{M}\p{N}]+)*/gu
const UNSAID = /[®™©℠\u200b\ufeff]+/g

/** The words of a text without its signs. "&" is the word that it is read as; of entities only that one is a word. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(TOKEN)) {
    const said = match[0]
    const range = { start: match.index, end: match.index + said.length }
    if (said === '&' || said === '&amp;' || said === '&#038;') tokens.push({ word: 'and', ...range })
    else if (said.startsWith('&')) continue
    else tokens.push({ word: said.replace(UNSAID, '').toLowerCase(), ...range })
  }
  return tokens
}
