/** Is mine affected? What the numbers on somebody's product say, by the recall's own rule for a line. Pure. */
import { answerByRule, lineRule, type Answer, type LineScope } from '../recalls/index.ts'

/** The numbers as somebody typed them. `allPieces`: they say that these are the numbers of every piece of the line. */
export type StatedCodes = { lots: string[]; serials: string[]; allPieces: boolean }

export type CheckedLine = { orderedAt: Date; units: number; listing: Answer }

/** Numbers of one line that are compared, and characters of each: nobody types more, and hostile input stays cheap. */
export const CODES_MAX = 50
export const CODE_CHARACTERS_MAX = 80

/** Splits what was typed into a field: one number per piece, with commas, semicolons or line breaks between them. */
export function splitCodes(typed: string): string[] {
  const codes = typed.split(/[,;\n\r]+/).map((code) => code.trim().slice(0, CODE_CHARACTERS_MAX))
  return [...new Set(codes.filter((code) => code !== ''))].slice(0, CODES_MAX)
}

/** Which numbers the recall tells its units apart by. Neither: no number can answer. */
export function codesAsked(scope: LineScope): { lots: boolean; serials: boolean } {
  return { lots: scope.lots.length > 0, serials: scope.serials.length > 0 }
}

/**
 * The answer for a line whose pieces carry these numbers. One piece that is recalled makes the line affected. It is not recalled only when the
 * numbers of every piece say so: of a line with several pieces, when they are said to be all. Anything else leaves it open. Where the recall asks
 * for lots and serials, the first lot belongs to the first serial, and so on.
 */
export function checkAnswer(scope: LineScope, line: CheckedLine, stated: StatedCodes): Answer {
  const rule = lineRule(scope)
  const pieces = Math.max(stated.lots.length, stated.serials.length)
  if (pieces === 0 || (rule.lots === null && rule.serials === null)) return 'possibly'
  const answers = Array.from({ length: pieces }, (_, piece) =>
    answerByRule(rule, line.listing, { orderedAt: line.orderedAt, lot: stated.lots[piece] ?? null, serial: stated.serials[piece] ?? null }),
  )
  if (answers.includes('affected')) return 'affected'
  const complete = line.units === 1 || stated.allPieces
  return complete && answers.every((answer) => answer === 'no') ? 'no' : 'possibly'
}
