/**
 * A message as it goes over the wire (RFC 5322, 2045–2047): text and HTML as alternatives. Quoted-printable, so that every relay carries it
 * unchanged and a signature over it holds; as it is, and a fifth smaller, for a server that takes 8BITMIME. Pure.
 */
import type { MailMessage } from '../mail.ts'
import { remembered } from '../remembered.ts'
import { encodeText, type Encoding, type Piece } from './encode.ts'

/**
 * The whole message as it follows DATA: CRLF line ends, dots stuffed (RFC 5321, 4.5.2), to be followed by the line with the one dot. `date`
 * stands in the header. `eightBit`: the server said that it takes 8BITMIME (RFC 6152), and is told that this message is.
 */
export function composeMail(message: MailMessage, date: Date, { eightBit = false } = {}): Piece[] {
  const boundary = `=_${boundaryOf(message.messageId)}`
  const pieces: Piece[] = ['']
  const text = encodeText(message.text, eightBit, pieces)
  const between = pieces.push('') - 1
  const html = encodeText(message.html, eightBit, pieces)
  pieces.push(`--${boundary}--\r\n`)
  pieces[between] = `--${boundary}${partHead('html', html)}`
  let head = `Date: ${dateField(date)}\r\nFrom: ${senderField(message.from)}\r\nTo: ${mailbox(message.to.name, message.to.address)}\r\n`
  head += `${subjectField(message.subject)}\r\nMessage-ID: ${oneLine(message.messageId)}\r\n`
  for (const name in message.headers) head += `${oneLine(name)}: ${oneLine(message.headers[name]!)}\r\n`
  // RFC 2045, 6.4: a whole is 8bit where a part of it is.
  const encoding = text === '8bit' || html === '8bit' ? 'Content-Transfer-Encoding: 8bit\r\n' : ''
  head += `MIME-Version: 1.0\r\n${encoding}Content-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n--${boundary}`
  pieces[0] = head + partHead('plain', text)
  return pieces
}

/** What of a Message-ID may stand in a boundary (RFC 2046, 5.1.1). Nobody knows it before the message has come, so no text can hold it. */
function boundaryOf(messageId: string): string {
  const id = messageId.slice(1, 41)
  return /^[0-9A-Za-z_.-]+$/.test(id) ? id : messageId.replaceAll(/[^0-9A-Za-z]/g, '').slice(0, 40)
}

function partHead(kind: 'plain' | 'html', encoding: Encoding): string {
  return `\r\nContent-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`
}

/** The fields that a wave has in common are made once: the last few senders, subjects and dates. */
const LATELY_MAX = 100
const senderField = remembered(
  ({ name, address }: MailMessage['from']) => `${name}\n${address}`,
  ({ name, address }) => mailbox(name, address),
  LATELY_MAX,
)
const subjectField = remembered(
  (subject: string) => subject,
  (subject) => foldWords('Subject: ', encodeWords(subject)),
  LATELY_MAX,
)
const dateField = remembered((date: Date) => Math.floor(date.getTime() / 1000), formatDate, LATELY_MAX)

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

const LINE_MAX = 76

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
  if (/^[!-~](?:[ -~]*[!-~])?$/.test(value)) return value
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
