/** The bytes of a file as whole lines of text: gunzipped where they are gzip, decoded as UTF-8, with an upper bound on a line's length. */
import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

/** A row is a few hundred bytes; a description may have some ten thousand. What is longer is a broken file, and must not fill the memory. */
export const LINE_BYTES_MAX = 1_048_576

const READ_BYTES = 262_144

/**
 * `text`: whole lines, each with its end except perhaps the file's last; `utf8` is false where some byte of it was not UTF-8 and became U+FFFD.
 * `overlong`: one line was skipped because it is longer than `LINE_BYTES_MAX`. `broken`: the file cannot be read further, and why.
 * `bytes` counts what was read of the file itself since the last piece.
 */
export type Piece =
  | { kind: 'text'; text: string; utf8: boolean; bytes: number }
  | { kind: 'overlong'; length: number; bytes: number }
  | { kind: 'broken'; problem: string }

/** All of a file, piece by piece, as fast as the pieces are asked for. Throws only where the file cannot be opened. */
export async function* readPieces(path: string): AsyncGenerator<Piece> {
  const handle = await open(path)
  const raw = handle.createReadStream({ highWaterMark: READ_BYTES })
  const stream = (await isGzip(path)) ? raw.pipe(createGunzip({ chunkSize: READ_BYTES })) : raw
  raw.on('error', (error) => stream !== raw && stream.destroy(error))
  const cutter = lineCutter()
  let reported = 0
  function bytesSince(): number {
    const delta = raw.bytesRead - reported
    reported = raw.bytesRead
    return delta
  }
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      for (const piece of cutter.push(chunk)) yield { ...piece, bytes: bytesSince() }
    }
  } catch (error) {
    // What was kept for the next chunk is the beginning of a line whose end is lost, so it is not read as a row.
    yield { kind: 'broken', problem: brokenBecause(error as NodeJS.ErrnoException) }
    return
  } finally {
    raw.destroy()
    stream.destroy()
  }
  for (const piece of cutter.end()) yield { ...piece, bytes: bytesSince() }
}

/** By the two bytes that gzip begins with (RFC 1952), not by the name. */
async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

function brokenBecause(error: NodeJS.ErrnoException): string {
  if (error.code === 'Z_BUF_ERROR') return 'the gzip data ends before its end: the file is cut off'
  if (error.code?.startsWith('Z_') === true) return `the gzip data is damaged (${error.message})`
  return `the file cannot be read (${error.message})`
}

type CutPiece = { kind: 'text'; text: string; utf8: boolean } | { kind: 'overlong'; length: number }

/** Cuts chunks of bytes after their last line end and keeps the rest for the next chunk. A line end is one byte in UTF-8, so no character is cut. */
export function lineCutter(): { push: (chunk: Buffer) => CutPiece[]; end: () => CutPiece[] } {
  let rest: Buffer[] = []
  let restBytes = 0
  let skipping = false
  let skipped = 0

  function take(last: Buffer): CutPiece {
    const bytes = rest.length === 0 ? last : Buffer.concat([...rest, last])
    rest = []
    restBytes = 0
    return { kind: 'text', text: bytes.toString('utf8'), utf8: isUtf8(bytes) }
  }

  function push(chunk: Buffer): CutPiece[] {
    const pieces: CutPiece[] = []
    let at = 0
    if (skipping || restBytes > 0) {
      const end = chunk.indexOf(10)
      const lineBytes = restBytes + skipped + (end < 0 ? chunk.length : end)
      if (skipping || lineBytes > LINE_BYTES_MAX) {
        rest = []
        restBytes = 0
        skipping = end < 0
        skipped = end < 0 ? lineBytes : 0
        if (end < 0) return pieces
        pieces.push({ kind: 'overlong', length: lineBytes })
        at = end + 1
      }
    }
    const lastEnd = chunk.lastIndexOf(10) + 1
    if (lastEnd > at) {
      pieces.push(take(chunk.subarray(at, lastEnd)))
      at = lastEnd
    }
    if (at < chunk.length) {
      // A copy, because the stream may use the chunk's memory again.
      rest.push(Buffer.from(chunk.subarray(at)))
      restBytes += chunk.length - at
    }
    return pieces
  }

  function end(): CutPiece[] {
    if (skipping) return [{ kind: 'overlong', length: skipped }]
    return restBytes === 0 ? [] : [take(Buffer.alloc(0))]
  }

  return { push, end }
}
