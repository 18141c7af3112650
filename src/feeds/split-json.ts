/**
 * Cuts a JSON array, or JSON objects one after the other (NDJSON), into items without parsing them: the exact bytes of each, in constant
 * memory, whatever is wrong with its neighbours.
 */
import { excerptOf, type FeedBytes, type SplitPart } from './contract.ts'

/** The largest item taken. The largest real one, a recall with thousands of lot codes, is about 200 KB. */
export const ITEM_BYTES_MAX = 5 * 1024 * 1024

const [LF, QUOTE, COMMA, LESS_THAN, BACKSLASH] = [0x0a, 0x22, 0x2c, 0x3c, 0x5c]
const [BRACKET_OPEN, BRACKET_CLOSE, BRACE_OPEN, BRACE_CLOSE] = [0x5b, 0x5d, 0x7b, 0x7d]

export async function* splitJson(bytes: FeedBytes): AsyncGenerator<SplitPart, void, undefined> {
  const splitter = new JsonSplitter()
  for await (const read of bytes) {
    const parts = read.ok ? splitter.take(read.value) : splitter.breakOff(read.problem.message)
    yield* parts
    if (splitter.stopped) return
  }
  yield* splitter.end()
}

/** An item being read: the slices of it so far, and where in its own structure the reader stands. */
type OpenItem = { line: number; slices: Buffer[]; size: number; scalar: boolean; depth: number; inString: boolean; escaped: boolean }

/** The state of the cut between chunks. `shape` is known from the first byte that is no blank. */
class JsonSplitter {
  stopped = false
  private shape: 'unknown' | 'array' | 'closed' | 'objects' = 'unknown'
  private line = 1
  private firstColumn = true
  private item: OpenItem | null = null
  private head: Buffer = Buffer.alloc(0)

  /** Takes the next bytes and returns what is complete. */
  take(chunk: Buffer): SplitPart[] {
    const parts: SplitPart[] = []
    // A byte order mark may be split over chunks; so the first few bytes wait until there are enough to know.
    if (this.shape === 'unknown') {
      chunk = Buffer.concat([this.head, chunk])
      this.head = Buffer.alloc(0)
      if (chunk.length < 4) {
        this.head = chunk
        return parts
      }
      chunk = this.withoutMark(chunk, parts)
    }
    // Where the bytes of the open item begin in this chunk.
    let start = 0
    for (let at = 0; at < chunk.length && !this.stopped; at++) {
      const byte = chunk[at]!
      if (this.item === null) {
        if (this.between(byte, chunk, at, parts)) start = at
        else this.countLine(byte)
        if (this.item === null) continue
      } else if (byte === BRACE_OPEN && this.firstColumn) {
        // A brace in the first column begins an item. If one is still open, it is broken off; its successors are not to suffer for it.
        this.close(chunk.subarray(start, at), parts)
        this.open(byte)
        start = at
      }
      const ended = this.within(byte)
      this.countLine(byte)
      if (ended === 'no') continue
      this.close(chunk.subarray(start, ended === 'after' ? at + 1 : at), parts)
      if (ended === 'before' && byte === BRACKET_CLOSE) this.shape = 'closed'
    }
    if (this.item !== null) this.keep(chunk.subarray(start))
    return parts
  }

  /** The bytes end because they cannot be read further. */
  breakOff(reason: string): SplitPart[] {
    return this.broken(this.item?.line ?? this.line, reason, this.item === null ? this.head : Buffer.concat(this.item.slices))
  }

  /** The bytes have ended. */
  end(): SplitPart[] {
    const parts = this.shape === 'unknown' && this.head.length > 0 ? this.take(Buffer.from('    ')) : []
    if (this.stopped) return parts
    if (this.shape === 'unknown') return this.broken(1, 'the file is empty', Buffer.alloc(0))
    if (this.item?.scalar === true) this.close(Buffer.alloc(0), parts)
    const cut = this.item
    if (cut !== null) parts.push(...this.broken(cut.line, 'the file ends inside this item: it is truncated', Buffer.concat(cut.slices)))
    else if (this.shape === 'array')
      parts.push(...this.broken(this.line, 'the file ends before its array is closed: it is truncated', Buffer.alloc(0)))
    return parts
  }

  private withoutMark(chunk: Buffer, parts: SplitPart[]): Buffer {
    if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return chunk.subarray(3)
    const wide = (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)
    if (wide) parts.push(...this.broken(1, 'the file is UTF-16 text, not UTF-8', Buffer.alloc(0)))
    return chunk
  }

  /** A byte outside of items. True where it begins one. */
  private between(byte: number, chunk: Buffer, at: number, parts: SplitPart[]): boolean {
    if (isBlank(byte)) return false
    if (this.shape === 'unknown') {
      if (byte === BRACKET_OPEN) this.shape = 'array'
      else if (byte === BRACE_OPEN) this.shape = 'objects'
      else parts.push(...this.broken(this.line, notJson(byte), chunk.subarray(at)))
      if (this.shape !== 'objects') return false
    } else if (this.shape === 'closed') {
      parts.push(...this.broken(this.line, 'there is text after the end of the array', chunk.subarray(at)))
      return false
    } else if (this.shape === 'array' && (byte === COMMA || byte === BRACKET_CLOSE)) {
      if (byte === BRACKET_CLOSE) this.shape = 'closed'
      return false
    }
    this.open(byte)
    return true
  }

  private open(byte: number): void {
    const scalar = byte !== BRACE_OPEN && byte !== BRACKET_OPEN && byte !== QUOTE
    this.item = { line: this.line, slices: [], size: 0, scalar, depth: 0, inString: false, escaped: false }
  }

  /** A byte of the open item: does the item end, with this byte or before it? */
  private within(byte: number): 'no' | 'after' | 'before' {
    const item = this.item!
    if (item.inString) {
      if (item.escaped) item.escaped = false
      else if (byte === BACKSLASH) item.escaped = true
      else if (byte === QUOTE) {
        item.inString = false
        return item.depth === 0 ? 'after' : 'no'
      }
      return 'no'
    }
    if (item.scalar) {
      const separator = this.shape === 'array' ? byte === COMMA || byte === BRACKET_CLOSE : false
      return separator || byte === LF ? 'before' : 'no'
    }
    if (byte === QUOTE) item.inString = true
    else if (byte === BRACE_OPEN || byte === BRACKET_OPEN) item.depth++
    else if ((byte === BRACE_CLOSE || byte === BRACKET_CLOSE) && --item.depth === 0) return 'after'
    return 'no'
  }

  private countLine(byte: number): void {
    this.firstColumn = byte === LF
    if (byte === LF) this.line++
  }

  /** Adds bytes to the open item; of one that has grown too large, only the beginning is held. */
  private keep(slice: Buffer): void {
    const item = this.item!
    if (slice.length === 0) return
    item.size += slice.length
    if (item.size <= ITEM_BYTES_MAX) item.slices.push(Buffer.from(slice))
    else item.slices = [Buffer.concat([...item.slices, slice.subarray(0, 512)]).subarray(0, 512)]
  }

  private close(lastSlice: Buffer, parts: SplitPart[]): void {
    this.keep(lastSlice)
    const { line, size, slices } = this.item!
    this.item = null
    const bytes = Buffer.concat(slices)
    const limit = ITEM_BYTES_MAX / 1024 / 1024
    if (size <= ITEM_BYTES_MAX) parts.push({ kind: 'item', item: { bytes: trimEnd(bytes), line } })
    else
      parts.push({
        kind: 'problem',
        problem: { line, field: '', problem: `the item has ${size} bytes, more than the ${limit} MB allowed`, excerpt: excerptOf(bytes) },
      })
  }

  private broken(line: number, problem: string, bytes: Buffer): SplitPart[] {
    this.stopped = true
    return [{ kind: 'broken', problem: { line, field: '', problem, excerpt: excerptOf(bytes) } }]
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09
}

function trimEnd(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0 && isBlank(bytes[end - 1]!)) end--
  return bytes.subarray(0, end)
}

function notJson(firstByte: number): string {
  if (firstByte === LESS_THAN) return 'the file is an HTML or XML page, not JSON: the agency may have answered with an error page'
  return 'the file is neither a JSON array nor JSON objects line by line'
}
