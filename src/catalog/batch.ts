/** The rows between two transactions: what goes to the database, what repeats an earlier row, what is refused. Bounded in rows and bytes. */
import type { LineProblem, ReadRow } from './rows.ts'
import type { Repeats } from './repeats.ts'

// Large enough that a transaction's fixed costs vanish, small enough that two of them (one read, one written) stay a few tens of megabytes.
const BATCH_ROWS_MAX = 20_000
const BATCH_CHARACTERS_MAX = 8_388_608
const BATCH_PROBLEMS_MAX = 10_000

type Suspect = { key: string; content: string; line: number }

export type Batch = {
  /** COPY lines, each with the line of the file in front. Keys are unique once `settleRepeats` has run. */
  rows: string[]
  problems: LineProblem[]
  /** Rows of the file in this batch, good or not. */
  rowsRead: number
  refused: number
  warnings: number
  /** Rows that say what an earlier row of this batch says, under that row's line: they share its fate. */
  followers: Map<number, number[]>
  firstLine: number
  characters: number
  suspects: Suspect[]
}

export function emptyBatch(): Batch {
  return {
    rows: [],
    problems: [],
    rowsRead: 0,
    refused: 0,
    warnings: 0,
    followers: new Map(),
    firstLine: Infinity,
    characters: 0,
    suspects: [],
  }
}

export function isFull(batch: Batch): boolean {
  return (
    batch.rows.length + batch.suspects.length >= BATCH_ROWS_MAX ||
    batch.characters >= BATCH_CHARACTERS_MAX ||
    batch.problems.length >= BATCH_PROBLEMS_MAX
  )
}

/** Rows that could not be read at all; one problem each. */
export function addUnreadable(batch: Batch, problems: readonly LineProblem[]): void {
  for (const problem of problems) batch.problems.push(problem)
  batch.rowsRead += problems.length
  batch.refused += problems.length
}

/** `found` are the row's own problems; `row` is `null` where they refuse it. */
export function addRow(batch: Batch, line: number, row: ReadRow | null, found: readonly LineProblem[], repeats: Repeats): void {
  batch.rowsRead++
  batch.firstLine = Math.min(batch.firstLine, line)
  for (const problem of found) {
    batch.problems.push(problem)
    if (row !== null) batch.warnings++
  }
  if (row === null) {
    batch.refused++
    return
  }
  batch.characters += row.copy.length
  if (repeats.remember(row.key, row.copy, line)) batch.suspects.push({ key: row.key, content: row.copy, line })
  else batch.rows.push(`${line}\t${row.copy}`)
}

/**
 * Decides the rows whose key may have come before in the file. Where it has and the earlier row said something else, the earlier one is kept
 * and this one refused with both lines named. Where both say the same, this one follows the other, or, when that was in an earlier batch,
 * goes to the database once more, which will find nothing to change.
 */
export async function settleRepeats(batch: Batch, repeats: Repeats): Promise<void> {
  const firsts = await repeats.resolve(batch.suspects)
  const sent = new Map<string, number>()
  for (const [at, { key, content, line }] of batch.suspects.entries()) {
    const first = firsts[at] ?? null
    if (first !== null && !first.same) {
      batch.problems.push({
        line,
        field: '',
        problem: `says something else than line ${first.line}, which has the same key and is kept`,
        refused: 'row',
      })
      batch.refused++
      continue
    }
    const leader = first !== null && first.line >= batch.firstLine ? first.line : sent.get(key)
    if (leader !== undefined) {
      const others = batch.followers.get(leader)
      if (others === undefined) batch.followers.set(leader, [line])
      else others.push(line)
      continue
    }
    sent.set(key, line)
    batch.rows.push(`${line}\t${content}`)
  }
  batch.suspects = []
}

/** What the database refused, with the rows that follow a refused one. */
export function withFollowers(batch: Batch, refused: readonly LineProblem[]): LineProblem[] {
  return refused.flatMap((problem) => [problem, ...(batch.followers.get(problem.line) ?? []).map((line) => ({ ...problem, line }))])
}
