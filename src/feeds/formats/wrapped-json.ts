/**
 * JSON answers that carry their items in a list inside an object: `{"meta": …, "results": [ … ]}`. The list is found without reading the
 * whole into memory; what is before it becomes empty lines, so that items keep their bytes and their line numbers.
 */
import { fail, ok, type Result } from '../../platform/result.ts'
import type { AgencyFeed, FeedBytes } from '../contract.ts'
import { ITEM_BYTES_MAX, splitJson } from '../split-json.ts'

/** `splitJson` for files that may have their items in a list named by one of these keys of the outermost object. */
export function splitJsonIn(...keys: string[]): AgencyFeed['split'] {
  return (bytes) => splitJson(unwrapped(bytes, new Set(keys)))
}

const [LF, QUOTE, BACKSLASH, COLON, COMMA] = [0x0a, 0x22, 0x5c, 0x3a, 0x2c]
const [BRACKET_OPEN, BRACKET_CLOSE, BRACE_OPEN, BRACE_CLOSE] = [0x5b, 0x5d, 0x7b, 0x7d]

async function* unwrapped(bytes: FeedBytes, keys: ReadonlySet<string>): FeedBytes & AsyncGenerator<Result<Buffer>> {
  const finder = new ListFinder(keys)
  for await (const read of bytes) {
    if (!read.ok) {
      yield* finder.held()
      yield read
      return
    }
    for (const slice of finder.take(read.value)) yield ok(slice)
  }
  yield* finder.held()
  if (finder.cutAfterList) yield fail('invalid', 'the file ends after the list, before its object is closed: it is truncated')
}

type State = 'before' | 'object' | 'list' | 'behind' | 'through'

/**
 * Where the reader stands: before the object, in it and before the list, in the list, behind it, or past all that (`through`: bytes are handed on).
 * Before the list the bytes are held, as the object may turn out to be an item itself.
 */
class ListFinder {
  private state: State = 'before'
  private readonly keys: ReadonlySet<string>
  private waiting: Buffer[] = []
  private waitingSize = 0
  private depth = 0
  private inString = false
  private escaped = false
  private keyExpected = false
  private key: number[] | null = null
  private lastKey = ''
  private afterColon = false

  constructor(keys: ReadonlySet<string>) {
    this.keys = keys
  }

  get cutAfterList(): boolean {
    return this.state === 'behind'
  }

  /** What is held and was not handed on. */
  *held(): Generator<Result<Buffer>> {
    for (const slice of this.waiting) yield ok(slice)
    this.waiting = []
  }

  /** Takes the next bytes and gives those that are to be cut into items. */
  take(chunk: Buffer): Buffer[] {
    if (this.state === 'through') return [chunk]
    let start = 0
    const out: Buffer[] = []
    for (let at = 0; at < chunk.length; at++) {
      const was: State = this.state
      const now = this.see(chunk[at]!)
      if (now === was) continue
      if (now === 'list') {
        out.push(linesOf([...this.waiting, chunk.subarray(start, at)]))
        this.waiting = []
        start = at
      } else if (now === 'behind') {
        out.push(chunk.subarray(start, at + 1))
        start = at + 1
      } else if (now === 'through') {
        // Behind the list the object's last brace is left out; before it all that was held is an item or none.
        out.push(...(was === 'behind' ? [linesOf([chunk.subarray(start, at)])] : [...this.waiting, chunk.subarray(start, at)]))
        out.push(chunk.subarray(was === 'behind' ? at + 1 : at))
        this.waiting = []
        return out
      }
    }
    const rest = chunk.subarray(start)
    const state: State = this.state
    if (state === 'list') out.push(rest)
    else if (state === 'behind') out.push(linesOf([rest]))
    else out.push(...this.wait(rest))
    return out
  }

  private wait(slice: Buffer): Buffer[] {
    this.waiting.push(slice)
    this.waitingSize += slice.length
    if (this.waitingSize <= 2 * ITEM_BYTES_MAX) return []
    // So much before a list is no answer of an agency; `splitJson` says what it is.
    this.state = 'through'
    const all = this.waiting
    this.waiting = []
    return all
  }

  /** Where the reader stands after this byte. */
  private see(byte: number): State {
    if (this.state === 'before') {
      if (byte === BRACE_OPEN) {
        this.state = 'object'
        this.depth = 1
        this.keyExpected = true
      } else if (byte > 0x20 && byte < 0x80) this.state = 'through'
    } else if (this.inString) this.inText(byte)
    else this.outsideText(byte)
    return this.state
  }

  private outsideText(byte: number): void {
    if (byte === QUOTE) {
      this.inString = true
      this.key = this.depth === 1 && this.keyExpected ? [] : null
      this.afterColon = false
    } else if (byte === BRACE_OPEN || byte === BRACKET_OPEN) this.down(byte)
    else if (byte === BRACE_CLOSE || byte === BRACKET_CLOSE) this.up()
    else if (this.depth === 1 && byte === COMMA) this.keyExpected = true
    else if (this.depth === 1 && byte === COLON) this.afterColon = true
    else if (byte > 0x20) this.afterColon = false
  }

  private inText(byte: number): void {
    if (this.escaped) this.escaped = false
    else if (byte === BACKSLASH) this.escaped = true
    else if (byte === QUOTE) {
      this.inString = false
      if (this.key !== null) {
        this.lastKey = Buffer.from(this.key).toString('utf8')
        this.keyExpected = false
      }
      return
    }
    if (this.key !== null && this.key.length < 64) this.key.push(byte)
  }

  private down(byte: number): void {
    if (this.state === 'object' && this.depth === 1 && byte === BRACKET_OPEN && this.afterColon && this.keys.has(this.lastKey))
      this.state = 'list'
    this.afterColon = false
    this.depth++
  }

  private up(): void {
    this.depth--
    if (this.state === 'list' && this.depth === 1) this.state = 'behind'
    else if (this.depth <= 0) this.state = 'through'
  }
}

/** As many line ends as the bytes have, and nothing else. */
function linesOf(slices: readonly Buffer[]): Buffer {
  let lines = 0
  for (const slice of slices) for (const byte of slice) if (byte === LF) lines++
  return Buffer.alloc(lines, LF)
}
