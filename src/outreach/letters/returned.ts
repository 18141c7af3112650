/** Letters that the post brought back, as people enter them: a table of letter numbers and reasons. */
import { createHash } from 'node:crypto'
import { readTextTable, type LineProblem } from '../../catalog/index.ts'
import type { Database } from '../../platform/db.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import { takeReturns, type Return, type TakenCounts } from '../take-returns.ts'
import { letterNumber, readLetterNumber } from './letter-number.ts'
import { selectLetters } from './queries-letters.ts'

/** Why a letter came back. Whatever it was, the buyer did not get it, and nothing brings it again: for them the letter has ended. */
const REASONS = ['moved', 'unknown', 'refused', 'unclaimed', 'damaged']

const ROWS_MAX = 20_000

export type ReturnedLetters = { rows: number; counts: TakenCounts; problems: LineProblem[] }

/**
 * Takes in a table with the columns `letter` and `reason`. A row that cannot be read costs only itself, and is said by its line; a letter that is
 * entered twice is one.
 */
export async function takeReturnedLetters(database: Database, table: string, at: Date): Promise<Result<ReturnedLetters>> {
  const read = readTextTable(table)
  if (!read.ok) return read
  const { header, rows } = read.value
  for (const column of ['letter', 'reason'])
    if (!header.includes(column)) return fail('invalid', `the column ${column} is missing; the header has ${header.join(', ')}`, column)
  if (rows.length > ROWS_MAX) return fail('invalid', `the table has ${rows.length} rows; at most ${ROWS_MAX} are taken at once`)
  const problems: LineProblem[] = [...read.value.problems]
  const asked = rows.flatMap(({ line, cells }) => {
    const number = readLetterNumber(cells['letter'] ?? '')
    const reason = (cells['reason'] ?? '').trim().toLowerCase()
    if (number === null) problems.push({ line, field: 'letter', problem: 'is no letter number like 12-000345-31, or a digit of it is wrong', refused: 'row' }) // prettier-ignore
    else if (!REASONS.includes(reason)) problems.push({ line, field: 'reason', problem: `is not one of ${REASONS.join(', ')}`, refused: 'row' }) // prettier-ignore
    return number === null || !REASONS.includes(reason) ? [] : [{ line, number, reason }]
  })
  const letters = new Map((await selectLetters(database.db, asked.map((each) => each.number))).map((letter) => [letterNumber(letter), letter])) // prettier-ignore
  const returns: Return[] = []
  for (const { line, number, reason } of asked) {
    const written = letterNumber(number)
    const letter = letters.get(written)
    if (letter?.handedOver !== true) {
      const problem =
        letter === undefined ? `there is no letter ${written}` : `letter ${written} is of a print job that was not handed over`
      problems.push({ line, field: 'letter', problem, refused: 'row' })
      continue
    }
    returns.push({
      returnKey: createHash('sha256').update(`letter\0${written}`).digest('base64url'),
      kind: 'hard',
      status: '',
      diagnostic: reason,
      message: { noticeId: letter.noticeId, channel: letter.channel, wave: letter.wave },
      recipient: '',
    })
  }
  const { counts } = await takeReturns(database, returns, { way: 'file', at })
  return ok({ rows: rows.length + read.value.problems.length, counts, problems: problems.toSorted((a, b) => a.line - b.line) })
}
