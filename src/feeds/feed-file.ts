/** A feed file on disk as bytes: unpacked where it is gzip or zip, hashed as it lies there, never whole in memory. */
import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { fail, ok, type Result } from '../platform/result.ts'
import type { FeedBytes } from './contract.ts'
import { onlyEntry, unzipped } from './unzip.ts'

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

/** Opens a file; a failure says why it cannot be opened. At most `unpackedBytesMax` bytes are read from it. */
export async function openFeedFile(filePath: string, unpackedBytesMax = UNPACKED_BYTES_MAX): Promise<Result<FeedFile>> {
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
  const source = handle
  async function* raw(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of source.createReadStream({
      highWaterMark: CHUNK_BYTES,
      start: 0,
      autoClose: false,
    }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      readBytes += chunk.length
      yield chunk
    }
    sha256 = hash.digest()
  }
  const bytes = bounded(plainBytes(handle, stat.size, raw()), unpackedBytesMax, handle)
  return ok({ sizeBytes: stat.size, bytes, readBytes: () => readBytes, sha256: () => sha256 })
}

/** By the bytes that gzip (RFC 1952, section 2.3.1) and zip archives begin with, not by the name. */
async function* plainBytes(
  handle: FileHandle,
  fileBytes: number,
  raw: AsyncGenerator<Buffer, void, undefined>,
): FeedBytes & AsyncGenerator<Result<Buffer>, void, undefined> {
  try {
    const first = await raw.next()
    if (first.done === true) {
      await raw.next()
      return
    }
    const all = rejoined(first.value, raw)
    if (first.value.subarray(0, 4).equals(ZIP_BEGINS)) {
      // A zip archive is read from its end, so all of it is hashed first.
      for await (const _chunk of all);
      const entry = await onlyEntry(handle, fileBytes)
      if (!entry.ok) yield entry
      else for await (const chunk of unzipped(handle, entry.value)) yield ok(chunk)
      return
    }
    const gzip = first.value[0] === 0x1f && first.value[1] === 0x8b
    for await (const chunk of gzip ? gunzipped(all) : all) yield ok(chunk)
  } catch (error) {
    yield fail('invalid', `the file cannot be read further: ${reasonOf(error)}`)
  } finally {
    await raw.return()
  }
}

const ZIP_BEGINS = Buffer.from('PK\x03\x04', 'latin1')

/** Ends where there is more than anyone may unpack, and closes the file. */
async function* bounded(
  bytes: FeedBytes,
  bytesMax: number,
  handle: FileHandle,
): FeedBytes & AsyncGenerator<Result<Buffer>, void, undefined> {
  let total = 0
  try {
    for await (const read of bytes) {
      total += read.ok ? read.value.length : 0
      if (total > bytesMax) {
        yield fail('too_large', `the file unpacks to more than ${Math.round(bytesMax / 1024 ** 2)} MB`)
        return
      }
      yield read
    }
  } finally {
    await handle.close()
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
