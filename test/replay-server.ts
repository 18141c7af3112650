/**
 * An agency on loopback that serves what it is told to, and misbehaves as agencies do: late, by drips, with errors in every disguise. Each
 * path has a list of acts, played one per request; the last one stays.
 */
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

export type Act = (response: http.ServerResponse, request: http.IncomingMessage) => void

export type Replay = {
  /** `http://127.0.0.1:PORT`. */
  origin: string
  /** What a path answers, whatever its query, request by request. */
  on: (path: string, ...acts: Act[]) => void
  /** What was asked so far: path with query, and headers. */
  asked: { path: string; headers: http.IncomingHttpHeaders }[]
  close: () => Promise<void>
}

export async function openReplay(): Promise<Replay> {
  const acts = new Map<string, Act[]>()
  const asked: Replay['asked'] = []
  const server = http.createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers })
    const left = acts.get(new URL(request.url ?? '/', 'http://replay').pathname)
    const act = (left !== undefined && left.length > 1 ? left.shift() : left?.[0]) ?? status(404, 'no such page')
    act(response, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    on: (path, ...played) => void acts.set(path, played),
    asked,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Answers as an agency that is well. */
export function body(content: string | Buffer, headers: http.OutgoingHttpHeaders = {}): Act {
  return (response) => response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(content)
}

/** Answers 304 to whoever knows this ETag. */
export function tagged(content: string | Buffer, etag: string): Act {
  return (response, request) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
    else response.writeHead(200, { etag }).end(content)
  }
}

export function status(code: number, content = '', headers: http.OutgoingHttpHeaders = {}): Act {
  return (response) => response.writeHead(code, headers).end(content)
}

export function redirect(location: string): Act {
  return status(302, '', { location })
}

/** Takes the request and never answers. */
export function silence(): Act {
  return () => {}
}

/** Sends the head and the beginning, and then nothing. */
export function stall(content: string): Act {
  return (response) => void response.writeHead(200).write(content)
}

/** A byte at a time, for ever, often enough to look alive. */
export function drip(everyMs: number): Act {
  return (response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write('['), everyMs)
    response.on('close', () => clearInterval(timer))
  }
}

/** Promises more than it sends, and hangs up. */
export function hangUp(content: string): Act {
  return (response) => {
    response.writeHead(200, { 'content-length': Buffer.byteLength(content) + 1_000 })
    response.write(content, () => response.destroy())
  }
}

/** Chosen by the query: the first whose words are all in it. */
export function byQuery(...choices: [words: string[], act: Act][]): Act {
  return (response, request) => {
    const chosen = choices.find(([words]) => words.every((word) => decodeURIComponent(request.url ?? '').includes(word)))
    ;(chosen?.[1] ?? status(404))(response, request)
  }
}

/** A gzip of this many zero bytes: a thousandth of it over the wire. */
export function gzipBomb(bytes: number): Buffer {
  return gzipSync(Buffer.alloc(bytes, ' '))
}

export type ZipFile = { name: string; content: Buffer; statedBytes?: number }

/** A zip archive (PKWARE APPNOTE 4.3) of deflated files. */
export function zip(...files: ZipFile[]): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const { name, content, statedBytes } of files) {
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(statedBytes ?? content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed])
    const where = Buffer.alloc(14)
    where.writeUInt32LE(at, 10)
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, where, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}
