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
      const parts = /^([2-5][0-9]{2})(?:([ -])(.*))?$/s.exec(line)
      if (parts === null) return false
      lines.push(parts[3] ?? '')
      kept += line.length
      if (kept > REPLY_CHARACTERS_MAX) return false
      if (parts[2] === '-') continue
      const reply = { code: Number(parts[1]), text: lines.join(' ') }
      lines = []
      kept = 0
      onReply(reply)
    }
    rest = rest.slice(start)
    return rest.length + kept <= REPLY_CHARACTERS_MAX
  }
}
