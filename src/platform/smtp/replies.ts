/** A server's replies (RFC 5321, 4.2), cut from the stream as they come. Pure. */

/** `text` is all lines of the reply, joined by a blank, without their codes. */
export type Reply = { code: number; text: string }

/** Longest reply that is kept. A server that never ends a line, or never ends a reply, is not one to talk to. */
const REPLY_CHARACTERS_MAX = 16_384

/**
 * Feeds on what came from the socket and hands on each whole reply. Returns false where what came is no SMTP reply or is too long: the
 * connection is of no use any more.
 */
export function replyReader(onReply: (reply: Reply) => void): (chunk: string) => boolean {
  let rest = ''
  let lines: string[] = []
  let kept = 0
  return (chunk) => {
    rest += chunk
    let start = 0
    for (let end = rest.indexOf('\n', start); end !== -1; end = rest.indexOf('\n', start)) {
      const line = rest.slice(start, rest[end - 1] === '\r' ? end - 1 : end)
      start = end + 1
      const code = codeOf(line)
      if (code === null) return false
      lines.push(line.slice(4))
      kept += line.length
      if (kept > REPLY_CHARACTERS_MAX) return false
      if (line[3] === '-') continue
      const reply = { code, text: lines.length === 1 ? lines[0]! : lines.join(' ') }
      lines = []
      kept = 0
      onReply(reply)
    }
    rest = rest.slice(start)
    return rest.length + kept <= REPLY_CHARACTERS_MAX
  }
}

const [ZERO, TWO, FIVE, NINE] = [48, 50, 53, 57]

/** The three digits that a line begins with, where nothing, a blank or a hyphen follows them. */
function codeOf(line: string): number | null {
  const [first, second, third] = [line.charCodeAt(0), line.charCodeAt(1), line.charCodeAt(2)]
  const digits = first >= TWO && first <= FIVE && second >= ZERO && second <= NINE && third >= ZERO && third <= NINE
  if (!digits || (line.length > 3 && line[3] !== ' ' && line[3] !== '-')) return null
  return (first - ZERO) * 100 + (second - ZERO) * 10 + third - ZERO
}
