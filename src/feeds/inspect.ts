/** Looks through a body before anything of it is taken in: is it what it should be, is it whole, how much is in it? In constant memory. */
import { createHash } from 'node:crypto'
import type { Result } from '../platform/result.ts'
import type { AgencyFeed, FeedBytes } from './contract.ts'
import { openFeedFile } from './feed-file.ts'
import type { Failure, FailureReason } from './fetch.ts'

/**
 * What is inside a body: the hash of its unpacked bytes (where it is broken, of those up to there), and how many items it holds as far as it
 * can be cut into items.
 */
export type Inside = { unpackedSha256: Buffer; items: number; failure: Failure | null }

const HEAD_BYTES = 1_024
// An agency's error in the shape of an answer comes alone; a look at the first few items finds it.
const ITEMS_READ = 3

export async function inspectBody(feed: Pick<AgencyFeed, 'split' | 'parse'>, filePath: string, unpackedBytesMax: number): Promise<Inside> {
  const file = await openFeedFile(filePath, unpackedBytesMax)
  if (!file.ok) throw new Error(`A body that was kept cannot be opened: ${file.problem.message}`)
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let unreadable: Failure | null = null
  async function* watched(bytes: FeedBytes): AsyncGenerator<Result<Buffer>, void, undefined> {
    for await (const read of bytes) {
      if (read.ok) {
        hash.update(read.value)
        if (head.length < HEAD_BYTES) head = Buffer.concat([head, read.value.subarray(0, HEAD_BYTES - head.length)])
      } else unreadable = failureOf(read.problem.code === 'too_large' ? 'too_large' : 'damaged', read.problem.message)
      yield read
    }
  }
  let items = 0
  let said: Failure | null = null
  for await (const part of feed.split(watched(file.value.bytes))) {
    if (part.kind === 'broken') said = failureOf(brokenReason(head), part.problem.problem)
    else items++
    if (part.kind !== 'item' || items > ITEMS_READ) continue
    const { recall } = feed.parse(part.item)
    if (!recall.ok && recall.problem.code === 'unavailable') said = failureOf('agency_error', recall.problem.message)
  }
  return { unpackedSha256: hash.digest(), items, failure: unreadable ?? said }
}

/** A body that cannot be cut to its end ended too early, unless its beginning shows that it never was what it should be. */
function brokenReason(head: Buffer): FailureReason {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (wide) return 'encoding'
  const text = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
  if (text === '') return 'truncated'
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(text)) return 'not_the_format'
  return /^[[{<]/.test(text) ? 'truncated' : 'not_the_format'
}

function failureOf(reason: FailureReason, said: string): Failure {
  return { reason, said, retryAfterMs: null }
}
