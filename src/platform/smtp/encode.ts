/** A text in blocks as the lines of a message's part, ready for the wire: quoted-printable, or as it is. Pure. */
import type { FixedText, MailText } from '../mail.ts'

/** A piece of a message on its way: ASCII text, or bytes that were made ready before. */
export type Piece = string | Buffer

export type Encoding = 'quoted-printable' | '8bit'

/** Longest line of a message, without its end (RFC 5322, 2.1.1). */
const LINE_BYTES_MAX = 998

/**
 * Each block as lines of their own, put behind `pieces`. A text whose lines are too long to go as they are goes quoted-printable. Returns how it
 * is encoded.
 */
export function encodeText(text: MailText, eightBit: boolean, pieces: Piece[]): Encoding {
  const blocks = typeof text === 'string' ? [text] : text
  const before = pieces.length
  if (eightBit && eachEncoded(blocks, asItIs, keptAsItIs, pieces)) return '8bit'
  pieces.length = before
  eachEncoded(blocks, quoted, keptQuoted, pieces)
  return 'quoted-printable'
}

type Kept = WeakMap<FixedText, Buffer | null>
const keptQuoted: Kept = new WeakMap()
const keptAsItIs: Kept = new WeakMap()

/** False where a block cannot be written so. Fixed ones are encoded once for all messages. */
function eachEncoded(
  blocks: readonly (string | FixedText)[],
  encode: (block: string) => Piece | null,
  kept: Kept,
  pieces: Piece[],
): boolean {
  for (const block of blocks) {
    const piece = typeof block === 'string' ? encode(block) : encodedOnce(block, encode, kept)
    if (piece === null) return false
    pieces.push(piece)
  }
  return true
}

function encodedOnce(block: FixedText, encode: (block: string) => Piece | null, kept: Kept): Buffer | null {
  const known = kept.get(block)
  if (known !== undefined) return known
  const made = encode(block.text)
  const bytes = typeof made === 'string' ? Buffer.from(made, 'latin1') : made
  kept.set(block, bytes)
  return bytes
}

function quoted(block: string): string {
  return `${stuffDots(quotedPrintable(block))}\r\n`
}

/** UTF-8 with CRLF line ends (RFC 6152, 3); null where a line is too long, or a NUL stands in it (RFC 2045, 2.8). */
function asItIs(block: string): Piece | null {
  if (block.includes('\0')) return null
  const lines = `${stuffDots(block.includes('\r') ? block.split(/\r\n|\r|\n/).join('\r\n') : block.replaceAll('\n', '\r\n'))}\r\n`
  if (lines.length * UTF8_BYTES_MAX > LINE_BYTES_MAX && lines.split('\r\n').some((line) => Buffer.byteLength(line) > LINE_BYTES_MAX))
    return null
  return /[\u0080-\uffff]/.test(lines) ? Buffer.from(lines, 'utf8') : lines
}

/** Bytes of one UTF-16 unit at most. */
const UTF8_BYTES_MAX = 3

/** Lines that begin with a dot begin with two. */
export function stuffDots(lines: string): string {
  const stuffed = lines.includes('\n.') ? lines.replaceAll('\n.', '\n..') : lines
  return stuffed.startsWith('.') ? `.${stuffed}` : stuffed
}

/** RFC 2045, 6.7, line by line: a line of text is a line of the message, longer ones are folded softly. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(encodeLine)
    .join('\r\n')
}

function encodeLine(line: string): string {
  return foldQuoted(escapeLine(line))
}

const PLAIN = /^[\t !-<>-~]*[!-<>-~]$|^$/

function escapeLine(line: string): string {
  if (PLAIN.test(line)) return line
  let escaped = ''
  const bytes = Buffer.from(line.toWellFormed(), 'utf8')
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    const blank = byte === 32 || byte === 9
    const plain = blank ? at < bytes.length - 1 : byte >= 33 && byte <= 126 && byte !== 61
    escaped += plain ? String.fromCharCode(byte) : `=${HEX[byte]!}`
  }
  return escaped
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
const LINE_MAX = 76

/** Soft line breaks, never within an escape; a blank before the break is no blank at a line's end, for `=` follows it. */
function foldQuoted(line: string): string {
  if (line.length <= LINE_MAX) return line
  const parts: string[] = []
  let start = 0
  while (line.length - start > LINE_MAX) {
    let end = start + LINE_MAX - 1
    if (line[end - 1] === '=') end -= 1
    else if (line[end - 2] === '=') end -= 2
    parts.push(line.slice(start, end))
    start = end
  }
  parts.push(line.slice(start))
  return parts.join('=\r\n')
}
