/**
 * Cuts an XML file into its items without building anything from it: the exact bytes of each element of a given name, in bounded memory.
 * A document type declaration is refused wherever it stands, so that there are no entities to expand.
 */
import { excerptOf, type AgencyFeed, type FeedBytes, type FeedProblem, type SplitPart } from '../contract.ts'
import { ITEM_BYTES_MAX } from '../split-json.ts'

export type XmlShape = {
  /** Names of the elements that are items. */
  items: readonly string[]
  /** Elements outside of items that each item needs to be understood, such as the date of the report: their bytes are put before its own. */
  head?: readonly string[]
  /** Names that the outermost element may have; any where this is absent, but then the file must have an item. */
  roots?: readonly string[]
}

/** A splitter for files of this shape. */
export function splitXml(shape: XmlShape): AgencyFeed['split'] {
  return async function* (bytes: FeedBytes) {
    const splitter = new XmlSplitter(shape)
    for await (const read of bytes) {
      yield* read.ok ? splitter.take(read.value) : splitter.breakOff(read.problem.message)
      if (splitter.stopped) return
    }
    yield* splitter.end()
  }
}

const [LF, LESS_THAN] = [0x0a, 0x3c]
const DEPTH_MAX = 64
const HEAD_BYTES_MAX = 4 * 1024

class XmlSplitter {
  stopped = false
  private readonly shape: XmlShape
  private buffer: Buffer = Buffer.alloc(0)
  /** Where the buffer begins in lines of the file, and up to where it was read. */
  private line = 1
  private at = 0
  private readonly open: string[] = []
  /** The item or head element being read, and whether it has outgrown what is taken. */
  private part: { start: number; depth: number; head: boolean; line: number; dropped: number; excerpt: string } | null = null
  private head: Buffer[] = []
  private items = 0
  private rootSeen = false

  constructor(shape: XmlShape) {
    this.shape = shape
  }

  take(chunk: Buffer): SplitPart[] {
    this.buffer = Buffer.concat([this.buffer, chunk])
    const parts: SplitPart[] = []
    while (!this.stopped) {
      const from = this.buffer.indexOf(LESS_THAN, this.at)
      if (from < 0) {
        this.at = this.buffer.length
        break
      }
      const length = this.markup(from, parts)
      if (this.stopped) return parts
      if (length === null) {
        this.at = from
        if (this.buffer.length - from > ITEM_BYTES_MAX) parts.push(...this.broken(from, 'a tag or comment does not end within 5 MB'))
        break
      }
      this.at = from + length
      this.forget()
    }
    this.forget()
    return parts
  }

  breakOff(reason: string): SplitPart[] {
    return this.broken(this.part?.start ?? this.at, reason)
  }

  end(): SplitPart[] {
    if (this.stopped) return []
    if (!this.rootSeen) return this.broken(0, 'the file is empty')
    if (this.part !== null)
      return this.broken(this.part.start, `the file ends inside this <${this.open[this.part.depth]}>: it is truncated`)
    if (this.open.length > 0 || this.at < this.buffer.length)
      return this.broken(this.at, `the file ends before <${this.open[0]}> is closed: it is truncated`)
    if (this.items === 0 && this.shape.roots === undefined) return this.broken(0, `the file has no <${this.shape.items[0]}>`)
    return []
  }

  /** One piece of markup at `from`: its length, or null where the buffer does not hold all of it yet. */
  private markup(from: number, parts: SplitPart[]): number | null {
    if (this.starts(from, '<!--')) return this.until(from, '-->')
    if (this.starts(from, '<![CDATA[')) return this.until(from, ']]>')
    if (this.starts(from, '<?')) return this.declaration(from, parts)
    if (this.buffer.length - from < 9 && '<![CDATA['.startsWith(this.buffer.toString('latin1', from))) return null
    if (this.buffer.length - from < 4) return this.buffer.includes('>', from) ? this.tag(from, parts) : null
    if (this.starts(from, '<!')) {
      // Which declaration it is stands in its first words.
      if (this.buffer.length - from < 40 && !this.buffer.includes('>', from)) return null
      const html = /^<!doctype\s+html/i.test(this.buffer.toString('latin1', from, from + 40))
      parts.push(...this.broken(from, html ? HTML_PAGE : 'the file declares a document type or entities, which is not allowed here'))
      return null
    }
    return this.tag(from, parts)
  }

  private declaration(from: number, parts: SplitPart[]): number | null {
    const length = this.until(from, '?>')
    const encoding = length === null ? null : /encoding\s*=\s*["']([\w.-]+)/i.exec(this.buffer.toString('latin1', from, from + length))
    if (encoding !== null && !/^(?:utf-?8|us-ascii)$/i.test(encoding[1]!))
      parts.push(...this.broken(from, `the file says that its encoding is ${encoding[1]}, not UTF-8`))
    return length
  }

  private tag(from: number, parts: SplitPart[]): number | null {
    const length = this.tagLength(from)
    if (length === null) return null
    const text = this.buffer.toString('latin1', from, from + length)
    const [, closing, name, selfClosing] = /^<(\/?)([A-Za-z_][\w:.-]*)[^]*?(\/?)>$/.exec(text) ?? []
    if (name === undefined) {
      parts.push(...this.broken(from, 'this is no tag of XML'))
      return null
    }
    if (closing === '/') this.closed(name, from, length, parts)
    else this.opened(name, from, parts)
    if (closing !== '/' && selfClosing === '/' && !this.stopped) this.closed(name, from, length, parts)
    return length
  }

  private opened(name: string, from: number, parts: SplitPart[]): void {
    if (!this.rootSeen) {
      this.rootSeen = true
      const known = this.shape.roots?.includes(name) ?? name.toLowerCase() !== 'html'
      if (!known) {
        const page = name.toLowerCase() === 'html'
        parts.push(...this.broken(from, page ? HTML_PAGE : `the file is <${name}>, not <${this.shape.roots!.join('> or <')}>`))
        return
      }
    } else if (this.open.length === 0) {
      parts.push(...this.broken(from, 'there is a second element after the end of the first'))
      return
    }
    if (this.open.length >= DEPTH_MAX) {
      parts.push(...this.broken(from, `elements are nested more than ${DEPTH_MAX} deep`))
      return
    }
    const head = this.shape.head?.includes(name) === true
    if (this.part === null && (head || this.shape.items.includes(name)))
      this.part = { start: from, depth: this.open.length, head, line: this.lineOf(from), dropped: 0, excerpt: '' }
    this.open.push(name)
  }

  private closed(name: string, from: number, length: number, parts: SplitPart[]): void {
    const expected = this.open.at(-1)
    if (expected !== name) {
      const instead = expected === undefined ? 'nothing is open' : `<${expected}> is open`
      parts.push(...this.broken(from, `</${name}> stands where ${instead}`))
      return
    }
    this.open.pop()
    if (this.part === null || this.part.depth !== this.open.length) return
    const { start, head, line, dropped, excerpt } = this.part
    const bytes = Buffer.from(this.buffer.subarray(start, from + length))
    this.part = null
    if (head) {
      if (bytes.length <= HEAD_BYTES_MAX) this.head.push(bytes)
      return
    }
    this.items++
    const size = bytes.length + dropped
    if (size <= ITEM_BYTES_MAX) parts.push({ kind: 'item', item: { bytes: Buffer.concat([...this.head, bytes]), line } })
    else
      parts.push({
        kind: 'problem',
        problem: { line, field: '', problem: `the item has ${size} bytes, more than the 5 MB allowed`, excerpt },
      })
  }

  /** A tag ends at the first `>` outside of quotes. */
  private tagLength(from: number): number | null {
    let quote = 0
    for (let at = from + 1; at < this.buffer.length; at++) {
      const byte = this.buffer[at]!
      if (quote !== 0) quote = byte === quote ? 0 : quote
      else if (byte === 0x22 || byte === 0x27) quote = byte
      else if (byte === 0x3e) return at + 1 - from
    }
    return null
  }

  private starts(from: number, text: string): boolean {
    return this.buffer.toString('latin1', from, from + text.length) === text
  }

  private until(from: number, end: string): number | null {
    const at = this.buffer.indexOf(end, from)
    return at < 0 ? null : at + end.length - from
  }

  /** Lets go of what was read and is no part of an open item; of an item that has outgrown its measure, all but its beginning. */
  private forget(): void {
    const part = this.part
    let keepFrom = part === null ? this.at : part.start
    if (part !== null && this.at - part.start > ITEM_BYTES_MAX) {
      if (part.excerpt === '') part.excerpt = excerptOf(this.buffer.subarray(part.start))
      part.dropped += this.at - part.start
      part.start = this.at
      keepFrom = this.at
    }
    if (keepFrom === 0) return
    this.line = this.lineOf(keepFrom)
    this.buffer = this.buffer.subarray(keepFrom)
    this.at -= keepFrom
    if (part !== null) part.start -= keepFrom
  }

  private lineOf(at: number): number {
    let line = this.line
    for (let index = this.buffer.indexOf(LF); index >= 0 && index < at; index = this.buffer.indexOf(LF, index + 1)) line++
    return line
  }

  private broken(at: number, problem: string): SplitPart[] {
    this.stopped = true
    const told: FeedProblem = { line: this.lineOf(at), field: '', problem, excerpt: excerptOf(this.buffer.subarray(at)) }
    return [{ kind: 'broken', problem: told }]
  }
}

const HTML_PAGE = 'the file is an HTML page, not XML: the agency may have answered with an error page'
