/**
 * Rows of one file that have the same key as an earlier row of it, however far apart, in constant memory: a Bloom filter says which rows
 * cannot be repeats (nearly all), and a file of hashes, read only for the rest, says which line was the first and whether it said the same.
 */
import { randomBytes } from 'node:crypto'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { newId } from '../platform/ids.ts'

/** The first row with that key; `same` where both say the same. */
export type FirstRow = { line: number; same: boolean }

export type Repeats = {
  /** Remembers a row. True where an earlier row may have the same key; then `resolve` says whether one has. */
  remember: (key: string, content: string, line: number) => boolean
  /** The first row of each of these keys, or `null` where the row itself is the first. In the order asked. */
  resolve: (rows: readonly { key: string; content: string; line: number }[]) => Promise<(FirstRow | null)[]>
  /** Ends a batch: what it remembered goes to disk. */
  flush: () => Promise<void>
  close: () => Promise<void>
}

// Two lanes of the key's hash, two of the content's, and the line: 20 bytes a row.
const WORDS = 5
// 2^28 bits, 32 MiB: with six probes five million rows give a handful of false alarms in all, and each costs one reading of the hashes.
const BLOOM_BITS_LOG2 = 28
const PROBES = 6
const READ_BYTES = 1 << 20

/**
 * Hashes are 64 bits, seeded anew for each import, so that nobody can write ids which collide; among five million rows the chance that
 * any two keys collide is below one in a million.
 */
export function openRepeats(options: { bloomBitsLog2?: number; folder?: string } = {}): Repeats {
  const bloomBitsLog2 = options.bloomBitsLog2 ?? BLOOM_BITS_LOG2
  const seeds = new Uint32Array(randomBytes(8).buffer.slice(0, 8))
  const bloom = new Uint32Array(1 << (bloomBitsLog2 - 5))
  const mask = 2 ** (bloomBitsLog2 - 9) - 1
  const hash = new Uint32Array(2)
  let fresh = new Uint32Array(WORDS * 4_096)
  let used = 0
  let spool: FileHandle | null = null
  let spooledBytes = 0
  let spoolPath = ''

  /** All bits of a key lie in one block of 512, one line of the processor's cache. */
  function alreadyIn(low: number, high: number): boolean {
    let found = true
    const block = (low & mask) << 4
    let bits = high
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = (bits ^ (bits >>> 16)) & 511
      const word = block + (bit >>> 5)
      const flag = 1 << (bit & 31)
      if ((bloom[word]! & flag) === 0) {
        found = false
        bloom[word] = bloom[word]! | flag
      }
      bits = Math.imul(bits, 0x9e3779b1) + 0x7f4a7c15
    }
    return found
  }

  function remember(key: string, content: string, line: number): boolean {
    if (used === fresh.length) {
      const larger = new Uint32Array(fresh.length * 2)
      larger.set(fresh)
      fresh = larger
    }
    hashInto(hash, key, seeds)
    const maybe = alreadyIn(hash[0]!, hash[1]!)
    fresh[used] = hash[0]!
    fresh[used + 1] = hash[1]!
    hashInto(hash, content, seeds)
    fresh[used + 2] = hash[0]!
    fresh[used + 3] = hash[1]!
    fresh[used + 4] = line
    used += WORDS
    return maybe
  }

  async function resolve(rows: readonly { key: string; content: string; line: number }[]): Promise<(FirstRow | null)[]> {
    const wanted = new Map<number, Wanted[]>()
    const all = rows.map(({ key, content, line }) => {
      hashInto(hash, key, seeds)
      const [low, high] = [hash[0]!, hash[1]!]
      hashInto(hash, content, seeds)
      const one: Wanted = { high, content: [hash[0]!, hash[1]!], line, first: null }
      const others = wanted.get(low)
      if (others === undefined) wanted.set(low, [one])
      else others.push(one)
      return one
    })
    if (all.length === 0) return []
    for await (const words of spooled()) lookFor(wanted, words)
    lookFor(wanted, fresh.subarray(0, used))
    return all.map((one) => one.first)
  }

  async function* spooled(): AsyncGenerator<Uint32Array> {
    const size = READ_BYTES - (READ_BYTES % (WORDS * 4))
    const words = new Uint32Array(size / 4)
    for (let at = 0; at < spooledBytes; at += size) {
      const { bytesRead } = await spool!.read(words, 0, Math.min(size, spooledBytes - at), at)
      yield words.subarray(0, bytesRead / 4)
    }
  }

  async function flush(): Promise<void> {
    if (used === 0) return
    if (spool === null) {
      spoolPath = path.join(options.folder ?? tmpdir(), `tocsin-import-${newId()}`)
      spool = await open(spoolPath, 'wx+', 0o600)
    }
    const bytes = new Uint8Array(fresh.buffer, 0, used * 4)
    await spool.write(bytes, 0, bytes.length, spooledBytes)
    spooledBytes += bytes.length
    used = 0
  }

  async function close(): Promise<void> {
    if (spool === null) return
    await spool.close()
    await rm(spoolPath, { force: true })
    spool = null
  }

  return { remember, resolve, flush, close }
}

type Wanted = { high: number; content: [number, number]; line: number; first: FirstRow | null }

/** Rows lie in the order of the file, so the first one found is the first. */
function lookFor(wanted: ReadonlyMap<number, Wanted[]>, words: Uint32Array): void {
  for (let at = 0; at < words.length; at += WORDS) {
    const candidates = wanted.get(words[at]!)
    if (candidates === undefined) continue
    for (const one of candidates) {
      if (one.first !== null || one.high !== words[at + 1] || one.line === words[at + 4]) continue
      if (words[at + 4]! > one.line) continue
      one.first = { line: words[at + 4]!, same: words[at + 2] === one.content[0] && words[at + 3] === one.content[1] }
    }
  }
}

/** Two lanes of multiply-and-rotate over UTF-16 units with MurmurHash3's mixing constants and its finaliser, each lane stirred into the other. */
function hashInto(out: Uint32Array, text: string, seeds: Uint32Array): void {
  let a = seeds[0]!
  let b = seeds[1]!
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0xcc9e2d51)
    a = (a << 15) | (a >>> 17)
    b = Math.imul(b ^ unit, 0x1b873593)
    b = (b << 13) | (b >>> 19)
  }
  a = finish(a ^ text.length)
  b = finish(b ^ a)
  out[0] = a + b
  out[1] = b
}

function finish(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
