/** A feed file on disk as bytes: unpacked where it is gzip, hashed as it lies there, never whole in memory. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { fail, ok, type Result } from '../platform/result.ts'
import type { FeedBytes } from './contract.ts'

/** Largest unpacked file: eighty times a full dump of the largest feed so far. What unpacks to more is a mistake or an attack. */
const UNPACKED_BYTES_MAX = 2 * 1024 ** 3
const CHUNK_BYTES = 256 * 1024

export type FeedFile = {
  sizeBytes: number
  /** Its bytes, unpacked; read once. */
  bytes: FeedBytes
  /** Bytes of the file read so far, as it lies on disk. */
  readBytes: () => number
  /** SHA-256 of the file as it lies on disk; null unless all of it has been read. */
  sha256: () => Buffer | null
}

/** Opens a file; a failure says why it cannot be opened. */
export async function openFeedFile(filePath: string): Promise<Result<FeedFile>> {
  let handle
  try {
    handle = await open(filePath, 'r')
  } catch (error) {
    return fail('not_found', `the file cannot be opened: ${reasonOf(error)}`)
  }
  const stat = await handle.stat()
  if (!stat.isFile()) {
    await handle.close()
    return fail('invalid', 'this is not a file')
  }
  const hash = createHash('sha256')
  let readBytes = 0
  let sha256: Buffer | null = null
  const stream = handle.createReadStream({ highWaterMark: CHUNK_BYTES })
  async function* raw(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk)
      readBytes += chunk.length
      yield chunk
    }
    sha256 = hash.digest()
  }
  return ok({ sizeBytes: stat.size, bytes: unpacked(raw()), readBytes: () => readBytes, sha256: () => sha256 })
}

/** By the two bytes that gzip begins with (RFC 1952, section 2.3.1), not by the name. */
async function* unpacked(raw: AsyncGenerator<Buffer, void, undefined>): FeedBytes & AsyncGenerator<Result<Buffer>, void, undefined> {
  let total = 0
  try {
    const first = await raw.next()
    if (first.done === true) return
    const gzip = first.value[0] === 0x1f && first.value[1] === 0x8b
    const all = rejoined(first.value, raw)
    for await (const chunk of gzip ? gunzipped(all) : all) {
      total += chunk.length
      if (total > UNPACKED_BYTES_MAX) {
        yield fail('too_large', `the file unpacks to more than ${UNPACKED_BYTES_MAX / 1024 ** 3} GB`)
        return
      }
      yield ok(chunk)
    }
  } catch (error) {
    yield fail('invalid', `the file cannot be read further: ${reasonOf(error)}`)
  } finally {
    await raw.return()
  }
}

async function* rejoined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  yield first
  yield* rest
}

async function* gunzipped(packed: AsyncGenerator<Buffer, void, undefined>): AsyncGenerator<Buffer, void, undefined> {
  const source = Readable.from(packed)
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  source.on('error', (error) => gunzip.destroy(error))
  try {
    for await (const chunk of source.pipe(gunzip) as AsyncIterable<Buffer>) yield chunk
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'this user may not read it'
  if (code === 'Z_BUF_ERROR') return 'its gzip data ends too early, the file is cut off'
  if (code?.startsWith('Z_')) return `its gzip data is damaged (${message})`
  return message
}
