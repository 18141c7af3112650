/** Files of an agency, and JSON files of anybody, one item after the other and offline: what has no database to write to reads them here. */
import { isUtf8 } from 'node:buffer'
import type { Agency, Recall } from '../recalls/index.ts'
import { FEEDS } from './agencies.ts'
import { excerptOf, type FeedProblem } from './contract.ts'
import { openFeedFile } from './feed-file.ts'
import { splitJson } from './split-json.ts'

/** Called for whatever could not be read; the rest of the file goes on. Line 0 means the file as a whole. */
export type OnProblem = (problem: FeedProblem) => void

/** The recalls of one file of an agency, in its order. */
export async function* recallsOfFile(agency: Agency, filePath: string, onProblem: OnProblem): AsyncGenerator<Recall, void, undefined> {
  const opened = await openFeedFile(filePath)
  if (!opened.ok) {
    onProblem({ line: 0, field: '', problem: opened.problem.message, excerpt: '' })
    return
  }
  const feed = FEEDS[agency]
  for await (const part of feed.split(opened.value.bytes)) {
    if (part.kind !== 'item') {
      onProblem(part.problem)
      continue
    }
    const { recall } = feed.parse(part.item)
    if (recall.ok) yield recall.value
    else {
      const { message, field } = recall.problem
      onProblem({ line: part.item.line, field: field ?? '', problem: message, excerpt: excerptOf(part.item.bytes) })
    }
  }
}

export type JsonItem = {
  line: number
  value: unknown
  /** Bytes of the file as it lies on disk: read so far, and all. */ read: number
  total: number
}

/** The values of a JSON array or of JSON lines, plain or packed, in constant memory. */
export async function* jsonOfFile(filePath: string, onProblem: OnProblem): AsyncGenerator<JsonItem, void, undefined> {
  const opened = await openFeedFile(filePath)
  if (!opened.ok) {
    onProblem({ line: 0, field: '', problem: opened.problem.message, excerpt: '' })
    return
  }
  const { bytes, readBytes, sizeBytes } = opened.value
  for await (const part of splitJson(bytes)) {
    if (part.kind !== 'item') {
      onProblem(part.problem)
      continue
    }
    const { line } = part.item
    const refuse = (problem: string): void => onProblem({ line, field: '', problem, excerpt: excerptOf(part.item.bytes) })
    if (!isUtf8(part.item.bytes)) {
      refuse('is not valid UTF-8 text')
      continue
    }
    let value: unknown
    try {
      value = JSON.parse(part.item.bytes.toString('utf8'))
    } catch (error) {
      refuse(`is not JSON: ${(error as Error).message}`)
      continue
    }
    yield { line, value, read: readBytes(), total: sizeBytes }
  }
}
