/**
 * A message as it goes over the wire (RFC 5322, 2045–2047): text and HTML as alternatives, quoted-printable, so that every relay carries it
 * unchanged and a signature over it holds. Pure.
 */
import type { FixedText, MailMessage, MailText } from '../mail.ts'

/** A piece of a message on its way: ASCII text, or bytes that were made ready before. */
export type Piece = string | Buffer

/**
 * The whole message as it follows DATA: CRLF line ends, dots stuffed (RFC 5321, 4.5.2), to be followed by the line with the one dot. `date`
 * stands in the header.
 */
export function composeMail(message: MailMessage, date: Date): Piece[] {
  const boundary = `=_${message.messageId.replace(/[^0-9A-Za-z]/g, '').slice(0, 40)}`
  const headers = [
    `Date: ${formatDate(date)}`,
    `From: ${mailbox(message.from.name, message.from.address)}`,
    `To: ${mailbox(message.to.name, message.to.address)}`,
    foldWords('Subject: ', encodeWords(message.subject)),
    `Message-ID: ${oneLine(message.messageId)}`,
    ...Object.entries(message.headers).map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ]
  const pieces: Piece[] = [`${headers.join('\r\n')}\r\n\r\n--${boundary}${PLAIN_PART}`]
  encodeText(message.text, pieces)
  append(pieces, `--${boundary}${HTML_PART}`)
  encodeText(message.html, pieces)
  append(pieces, `--${boundary}--\r\n`)
  return pieces
}

const ENCODED = 'Content-Transfer-Encoding: quoted-printable\r\n\r\n'
const PLAIN_PART = `\r\nContent-Type: text/plain; charset=utf-8\r\n${ENCODED}`
const HTML_PART = `\r\nContent-Type: text/html; charset=utf-8\r\n${ENCODED}`

const encodedFixed = new WeakMap<FixedText, Buffer>()

/** Each block as lines of their own; fixed ones are encoded once for all messages. */
function encodeText(text: MailText, pieces: Piece[]): void {
  for (const block of typeof text === 'string' ? [text] : text) {
    if (typeof block === 'string') {
      append(pieces, encodeBlock(block))
      continue
    }
    let known = encodedFixed.get(block)
    if (known === undefined) {
      known = Buffer.from(encodeBlock(block.text), 'latin1')
      encodedFixed.set(block, known)
    }
    pieces.push(known)
  }
}

function encodeBlock(text: string): string {
  return `${stuffDots(quotedPrintable(text))}\r\n`
}

/** Strings that follow each other go out as one. */
function append(pieces: Piece[], text: string): void {
  const last = pieces.at(-1)
  if (typeof last === 'string') pieces[pieces.length - 1] = last + text
  else pieces.push(text)
}

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

/** `Larkspur Market <safety@example.org>`; the name quoted or encoded where it needs to be. */
function mailbox(name: string | null, address: string): string {
  const bare = oneLine(address)
  if (name === null || name.trim() === '') return bare
  const said = oneLine(name)
  const phrase = /^[ -~]*$/.test(said) ? `"${said.replaceAll(/["\\]/g, '\\$&')}"` : encodeWords(said).join('\r\n ')
  return `${phrase} <${bare}>`
}

/** Text of a header as it is where it is ASCII, else as encoded words (RFC 2047) of at most 75 characters, cut between characters. */
function encodeWords(text: string): string[] {
  const said = oneLine(text)
  if (/^[ -~]*$/.test(said) && !said.includes('=?')) return said.split(' ')
  const words: string[] = []
  let part = ''
  for (const character of said) {
    if (Buffer.byteLength(part + character) > WORD_BYTES_MAX) {
      words.push(part)
      part = ''
    }
    part += character
  }
  words.push(part)
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`)
}

const WORD_BYTES_MAX = 45

/** Words on lines of at most 76 characters where blanks allow it. */
function foldWords(name: string, words: readonly string[]): string {
  let folded = name
  let length = name.length
  for (const [index, word] of words.entries()) {
    if (index > 0 && length + 1 + word.length > LINE_MAX) {
      folded += '\r\n '
      length = 1
    } else if (index > 0) {
      folded += ' '
      length += 1
    }
    folded += word
    length += word.length
  }
  return folded
}

/** No line break, no control character: nothing that a value brings can begin another header. */
function oneLine(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** RFC 5322, 3.3, in UTC. */
function formatDate(date: Date): string {
  const [hours, minutes, seconds] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map((part) => String(part).padStart(2, '0')) // prettier-ignore
  return `${DAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${hours}:${minutes}:${seconds} +0000`
}
