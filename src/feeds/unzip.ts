/**
 * One file out of a zip archive (PKWARE APPNOTE 6.3), as agencies pack their tables: a single entry, stored or deflated. Nothing is written
 * to disk and nothing nested is unpacked; the caller bounds the bytes it takes, so that a zip bomb ends where its bytes do.
 */
import type { FileHandle } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { fail, ok, type Result } from '../platform/result.ts'

const END_OF_DIRECTORY = 0x06054b50
const END_BYTES = 22
const COMMENT_BYTES_MAX = 0xffff
const DIRECTORY_ENTRY = 0x02014b50
const DIRECTORY_ENTRY_BYTES = 46
const LOCAL_HEADER = 0x04034b50
const LOCAL_HEADER_BYTES = 30
const ZIP64 = 0xffffffff
const DIRECTORY_BYTES_MAX = 1024 * 1024
const [STORED, DEFLATED] = [0, 8]
const CHUNK_BYTES = 256 * 1024

export type ZipEntry = { name: string; method: number; crc: number; packedBytes: number; headerAt: number }

/** The only file in the archive; an archive of none or of several is refused, as nobody can say which is meant. */
export async function onlyEntry(handle: FileHandle, fileBytes: number): Promise<Result<ZipEntry>> {
  const tail = await readAt(handle, Math.max(0, fileBytes - END_BYTES - COMMENT_BYTES_MAX), END_BYTES + COMMENT_BYTES_MAX)
  let end = tail.length - END_BYTES
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end--
  if (end < 0) return fail('invalid', 'the zip archive has no directory: it is cut off')
  const [size, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (size > DIRECTORY_BYTES_MAX || at + size > fileBytes) return fail('invalid', 'the directory of the zip archive is damaged')
  const directory = await readAt(handle, at, size)
  const entries: ZipEntry[] = []
  for (let from = 0; from + DIRECTORY_ENTRY_BYTES <= directory.length;) {
    if (directory.readUInt32LE(from) !== DIRECTORY_ENTRY) return fail('invalid', 'the directory of the zip archive is damaged')
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => directory.readUInt16LE(from + offset)) as [
      number,
      number,
      number,
    ]
    const name = directory.toString('utf8', from + DIRECTORY_ENTRY_BYTES, from + DIRECTORY_ENTRY_BYTES + nameBytes)
    if ((directory.readUInt16LE(from + 8) & 1) === 1) return fail('invalid', 'the zip archive is encrypted')
    const packedBytes = directory.readUInt32LE(from + 20)
    const entry = {
      name,
      method: directory.readUInt16LE(from + 10),
      crc: directory.readUInt32LE(from + 16),
      packedBytes,
      headerAt: directory.readUInt32LE(from + 42),
    }
    if (!name.endsWith('/')) entries.push(entry)
    from += DIRECTORY_ENTRY_BYTES + nameBytes + extraBytes + commentBytes
  }
  const [only] = entries
  if (only === undefined || entries.length > 1) return fail('invalid', `the zip archive holds ${entries.length} files, and one is expected`)
  if (only.method !== STORED && only.method !== DEFLATED)
    return fail('invalid', `the zip archive is packed by method ${only.method}, which is not read here`)
  if (only.packedBytes === ZIP64 || only.headerAt === ZIP64) return fail('too_large', 'the zip archive is larger than 4 GB')
  return ok(only)
}

/** The bytes of an entry, unpacked as they are asked for. Throws where they are damaged, at the latest at their end (checksum). */
export async function* unzipped(handle: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer, void, undefined> {
  const header = await readAt(handle, entry.headerAt, LOCAL_HEADER_BYTES)
  if (header.length < LOCAL_HEADER_BYTES || header.readUInt32LE(0) !== LOCAL_HEADER) throw new Error('the zip archive is damaged')
  const start = entry.headerAt + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28)
  if (entry.packedBytes === 0) return
  const packed = handle.createReadStream({ start, end: start + entry.packedBytes - 1, autoClose: false, highWaterMark: CHUNK_BYTES })
  const plain = entry.method === STORED ? packed : packed.pipe(createInflateRaw({ chunkSize: CHUNK_BYTES }))
  if (plain !== packed) packed.on('error', (error) => plain.destroy(error))
  let crc = 0
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      crc = crc32(chunk, crc)
      yield chunk
    }
  } finally {
    packed.destroy()
    plain.destroy()
  }
  if (crc !== entry.crc) throw new Error('the zip archive is damaged: its checksum is not that of its content')
}

async function readAt(handle: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes)
  const { bytesRead } = await handle.read(buffer, 0, bytes, position)
  return buffer.subarray(0, bytesRead)
}
