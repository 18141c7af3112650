/**
 * Expected failures are values. A function that can fail for reasons its caller must handle returns a `Result`;
 * what it throws is a bug or a broken machine.
 */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem }

/**
 * What went wrong, for a person: `code` is stable for programs, `message` says what is wrong and what to do,
 * `field` names the part of the input at fault (a form field, a column, a flag).
 */
export type Problem = { code: ProblemCode; message: string; field?: string }

export type ProblemCode = 'invalid' | 'not_found' | 'conflict' | 'forbidden' | 'unauthenticated' | 'too_large' | 'unavailable'

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function fail(code: ProblemCode, message: string, field?: string): { ok: false; problem: Problem } {
  return { ok: false, problem: field === undefined ? { code, message } : { code, message, field } }
}
