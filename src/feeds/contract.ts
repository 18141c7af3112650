/** What a file of an agency must provide so that everything else (import, offline parsing, status) works for it. */
import type { Result } from '../platform/result.ts'
import type { Agency, Recall } from '../recalls/index.ts'

/** One raw item of a feed file: its bytes exactly as received, and the 1-based line of the file where it begins. */
export type FeedItem = { bytes: Buffer; line: number }

/** Something wrong with a file or one of its items: where, which field ('' for the whole), what, and how the item begins. */
export type FeedProblem = { line: number; field: string; problem: string; excerpt: string }

/**
 * What splitting a file gives, in file order. `problem` refuses one item and the file goes on; `broken` says that the file as a whole is
 * not what it should be or ends too early: nothing follows it.
 */
export type SplitPart =
  | { kind: 'item'; item: FeedItem }
  | { kind: 'problem'; problem: FeedProblem }
  | { kind: 'broken'; problem: FeedProblem }

/**
 * What an item says. `isDocument` is false where its bytes are no document of the agency at all (not UTF-8, not a JSON object): only
 * documents are kept. `recallNumber` is as far as a document says one, even where the recall could not be read.
 */
export type ItemReading = {
  isDocument: boolean
  recallNumber: string | null
  recall: Result<Recall>
  /**
   * Present where the item is a poorer form of a notice that the agency also publishes in full: what of it can be believed beside the full
   * one. All else that it leaves out is no news (decisions/017).
   */
  tells?: readonly Told[]
}

/** What a poorer form may tell of a recall that is known in full. */
export type Told = 'kind' | 'title' | 'publishedOn' | 'oversight' | 'replaces'

/** The bytes of a file as they come; a failure (damaged gzip, a disk error) ends them. */
export type FeedBytes = AsyncIterable<Result<Buffer>>

export type AgencyFeed = {
  agency: Agency
  /** Cuts a file into items, in constant memory. */
  split: (bytes: FeedBytes) => AsyncIterable<SplitPart>
  /** Reads one item. Pure: the same bytes always say the same. */
  parse: (item: FeedItem) => ItemReading
}

/** The beginning of an item, so that a person can find it in the file: one line of printable text. */
export function excerptOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, EXCERPT_BYTES_MAX))
  return text
    .replace(/[\p{Cc}\uFFFD]+/gu, ' ')
    .trim()
    .slice(0, EXCERPT_CHARACTERS_MAX)
}

const EXCERPT_BYTES_MAX = 480
const EXCERPT_CHARACTERS_MAX = 120
