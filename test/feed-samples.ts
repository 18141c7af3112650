/** Agencies' documents for the tests of `feeds`: files under `fixtures/feeds`, or texts, cut and read as an import does. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { FEEDS } from '../src/feeds/agencies.ts'
import type { FeedProblem } from '../src/feeds/contract.ts'
import { ok, type Result } from '../src/platform/result.ts'
import type { Agency, Recall } from '../src/recalls/index.ts'

export type Read = { recalls: Recall[]; problems: FeedProblem[]; broken: FeedProblem | null; items: number; lines: number[] }

export function sample(file: string): Buffer {
  return readFileSync(path.join(import.meta.dirname, 'fixtures/feeds', file))
}

export async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Result<Buffer>> {
  for (let at = 0; at < bytes.length; at += size) yield ok(bytes.subarray(at, at + size))
}

/** Reads a document of an agency, given in pieces of `size` bytes. */
export async function readDocument(agency: Agency, document: Buffer | string, size = 4_096): Promise<Read> {
  const read: Read = { recalls: [], problems: [], broken: null, items: 0, lines: [] }
  const feed = FEEDS[agency]
  for await (const part of feed.split(inChunks(Buffer.from(document), size))) {
    if (part.kind === 'problem') read.problems.push(part.problem)
    else if (part.kind === 'broken') read.broken = part.problem
    else {
      read.items++
      read.lines.push(part.item.line)
      const { recall } = feed.parse(part.item)
      if (recall.ok) read.recalls.push(recall.value)
      else read.problems.push({ line: part.item.line, field: recall.problem.field ?? '', problem: recall.problem.message, excerpt: '' })
    }
  }
  return read
}

/** The only recall of a document; a test fails that has another number of them. */
export async function onlyRecall(agency: Agency, document: Buffer | string): Promise<Recall> {
  const { recalls, problems, broken } = await readDocument(agency, document)
  if (recalls.length !== 1 || broken !== null) throw new Error(`${recalls.length} recalls: ${JSON.stringify([...problems, broken])}`)
  return recalls[0]!
}

/** What is wrong with a document, as `line field: problem`. */
export async function complaints(agency: Agency, document: Buffer | string): Promise<string[]> {
  const { problems, broken } = await readDocument(agency, document)
  return [...problems, ...(broken === null ? [] : [broken])].map(({ line, field, problem }) => `${line} ${field}: ${problem}`)
}
