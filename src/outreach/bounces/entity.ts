/**
 * A message as a tree of parts (RFC 2045, 2046), read leniently: bounces are written by programs of every age. Bounded, and never throws. Pure.
 */

export type Entity = {
  /** Values unfolded, by name in lower case, in the order they stand. */
  headers: Map<string, string[]>
  /** `multipart/report`, in lower case. */
  type: string
  parameters: Map<string, string>
  /** The parts of a multipart, or the message within a message. */
  parts: Entity[]
  /** The text of a leaf, decoded; '' for what has parts. */
  text: string
}

/** Longer messages are cut: what a bounce has to say stands before the copy of what was sent. */
export const MESSAGE_BYTES_MAX = 2_000_000
const DEPTH_MAX = 8
const PARTS_MAX = 60

export function readEntity(message: Buffer): Entity {
  return entityOf(message.subarray(0, MESSAGE_BYTES_MAX).toString('latin1').replaceAll(/\r\n?/g, '\n').replace(/^From .*\n/, ''), 0) // prettier-ignore
}

/** The first value of a header, '' where there is none. */
export function header(entity: Entity, name: string): string {
  return entity.headers.get(name)?.[0] ?? ''
}

/** The parts in the order they stand, the entity itself first. */
export function* partsOf(entity: Entity): Generator<Entity, void, undefined> {
  yield entity
  for (const part of entity.parts) yield* partsOf(part)
}

function entityOf(source: string, depth: number): Entity {
  const end = source.startsWith('\n') ? 0 : source.indexOf('\n\n')
  const head = end === -1 ? source : source.slice(0, end)
  const body = end === -1 ? '' : source.slice(source.startsWith('\n') ? 1 : end + 2)
  const headers = readHeaders(head)
  const { value, parameters } = readParameters(headers.get('content-type')?.[0] ?? 'text/plain')
  const entity: Entity = { headers, type: value || 'text/plain', parameters, parts: [], text: '' }
  const boundary = parameters.get('boundary')
  if (entity.type.startsWith('multipart/') && boundary !== undefined && boundary !== '' && depth < DEPTH_MAX) {
    const [preamble, ...parts] = splitParts(body, boundary)
    if (parts.length > 0) {
      entity.parts = parts.slice(0, PARTS_MAX).map((part) => entityOf(part, depth + 1))
      // What stands before the first part is for programs that know no parts; some servers say there what went wrong.
      entity.text = preamble ?? ''
      return entity
    }
  }
  const decoded = decodeBody(body, headers.get('content-transfer-encoding')?.[0] ?? '')
  if (entity.type === 'message/rfc822' && depth < DEPTH_MAX) entity.parts = [entityOf(decoded.replaceAll(/\r\n?/g, '\n'), depth + 1)]
  else entity.text = decodeText(decoded, parameters.get('charset') ?? '')
  return entity
}

/** Header fields with their continuations, until the first line that is none. */
export function readHeaders(head: string): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  let name = ''
  for (const line of head.split('\n')) {
    const field = /^([!-9;-~]+)[ \t]*:[ \t]?(.*)$/.exec(line)
    // Some programs forget the blank before a continued parameter.
    if (name !== '' && (/^[ \t]/.test(line) || (field === null && headers.get(name)!.at(-1)!.endsWith(';')))) {
      const values = headers.get(name)!
      values[values.length - 1] += ` ${line.trim()}`
    } else if (field !== null) {
      name = field[1]!.toLowerCase()
      headers.set(name, [...(headers.get(name) ?? []), field[2]!.trim()])
    }
  }
  return headers
}

function readParameters(value: string): { value: string; parameters: Map<string, string> } {
  const parameters = new Map<string, string>()
  for (const [, name, quoted, bare] of value.matchAll(/;\s*([\w-]+)\*?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/g))
    parameters.set(name!.toLowerCase(), (quoted ?? bare ?? '').replaceAll(/\\(.)/g, '$1'))
  return { value: value.split(';')[0]!.trim().toLowerCase(), parameters }
}

function splitParts(body: string, boundary: string): string[] {
  const parts: string[] = []
  let from = 0
  const delimiter = `--${boundary}`
  for (let at = body.startsWith(delimiter) ? 0 : body.indexOf(`\n${delimiter}`); at !== -1; at = body.indexOf(`\n${delimiter}`, from)) {
    parts.push(body.slice(from, at))
    const lineEnd = body.indexOf('\n', at === 0 && from === 0 && body.startsWith(delimiter) ? 0 : at + 1)
    const line = body.slice(at, lineEnd === -1 ? undefined : lineEnd)
    from = lineEnd === -1 ? body.length : lineEnd + 1
    if (line.trim() === `${delimiter}--`) return parts
    if (lineEnd === -1) break
    // The line end before a delimiter belongs to it; the next one may follow at once.
    from -= body.startsWith(delimiter, from) ? 1 : 0
    if (parts.length > PARTS_MAX) return parts
  }
  // A message that was cut off, or whose last delimiter is missing.
  if (parts.length > 0) parts.push(body.slice(from))
  return parts
}

function decodeBody(body: string, encoding: string): string {
  const kind = encoding.trim().toLowerCase()
  if (kind === 'base64') return Buffer.from(body, 'base64').toString('latin1')
  if (kind === 'quoted-printable') return decodeQuoted(body)
  return body
}

export function decodeQuoted(body: string): string {
  return body
    .replaceAll(/[ \t]*=[ \t]*\n/g, '')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Bytes, one per character, as text; unknown and wrong charsets are read as UTF-8 where that is possible. */
export function decodeText(bytes: string, charset: string): string {
  // oxlint-disable-next-line no-control-regex -- ISO-2022 switches alphabets by the escape character.
  if (!/[\u0080-\u00ff\u001b]/.test(bytes)) return bytes
  const buffer = Buffer.from(bytes, 'latin1')
  for (const name of [charset.trim().toLowerCase() || 'utf-8', 'utf-8', 'windows-1252']) {
    try {
      return new TextDecoder(name, { fatal: name !== 'windows-1252' }).decode(buffer)
    } catch {
      // Not that charset, or no charset at all.
    }
  }
  return bytes
}

/** Encoded words of a header (RFC 2047) as text. */
export function decodeWords(value: string): string {
  return value
    .replaceAll(/(\?=)\s+(=\?)/g, '$1$2')
    .replaceAll(/=\?([^?*\s]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi, (_whole, charset: string, kind: string, text: string) =>
      decodeText(
        kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('latin1') : decodeQuoted(text.replaceAll('_', ' ')),
        charset,
      ),
    )
}

/** What a person would read of HTML. */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<br\s*\/?>|<\/(?:p|div|tr|li|h\d|table)\s*>/gi, '\n')
    .replaceAll(/<a\b[^>]*href="mailto:([^"?]+)[^>]*>/gi, ' $1 ')
    .replaceAll(/<[a-zA-Z!/][^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#(\d{1,6});/g, (_whole, code: string) => (Number(code) < 0x11_0000 ? String.fromCodePoint(Number(code)) : ' '))
    .replaceAll('&amp;', '&')
}
