/** The checks that all agencies' JSON has in common. What is missing is taken as not said; what has another type is refused by the name of its field. */
import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { ItemReading } from '../contract.ts'

// PostgreSQL's text and jsonb hold neither NUL nor half a surrogate pair, and neither is anything a person wrote.
function plain(value: string | null | undefined): string {
  return (value ?? '').replaceAll('\0', '').toWellFormed().trim()
}

/** A text; '' where it is missing or null. */
export const text = z.string().nullish().transform(plain)

/** A text that some records give as a number. */
export const textOrNumber = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => plain(value?.toString()))

/** A text that some records give as a list of texts: its parts, without empty ones. */
export const texts = z
  .union([z.string(), z.array(z.string().nullable())])
  .nullish()
  .transform((value) => (Array.isArray(value) ? value : [value]).map(plain).filter((each) => each !== ''))

/** A list; empty where it is missing or null. */
export function listOf<T extends z.ZodType>(entry: T) {
  return z
    .array(entry)
    .nullish()
    .transform((value) => value ?? [])
}

/** Checks the shape of a JSON object; the problem names the field by its path: `products[0].name`. */
export function checkShape<T extends z.ZodType>(shape: T, value: unknown): Result<z.infer<T>> {
  const checked = shape.safeParse(value)
  if (checked.success) return ok(checked.data)
  const issue = checked.error.issues[0]!
  const field = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
  return fail('invalid', issue.message, field)
}

/** The JSON object that an item is. */
export function jsonObject(bytes: Buffer): Result<Record<string, unknown>> {
  if (!isUtf8(bytes)) return fail('invalid', 'the item is not valid UTF-8 text')
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    return fail('invalid', `the item is not JSON: ${(error as Error).message}`)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return fail('invalid', 'the item is not a JSON object')
  return ok(value as Record<string, unknown>)
}

/** What an item says whose bytes are no document at all. */
export function noDocument(problem: { ok: false; problem: { message: string } }): ItemReading {
  return { isDocument: false, recallNumber: null, recall: fail('invalid', problem.problem.message) }
}

/** A document that its agency uses to say that something went wrong, in place of a recall. */
export function agencyError(said: string, field: string): ItemReading {
  return {
    isDocument: true,
    recallNumber: null,
    recall: fail('unavailable', `this is no recall but an error of the agency: ${said}`, field),
  }
}

/**
 * An agency's number as it is kept: what is no letter or digit as one dash, in capitals. "SR/01950/26" → SR-01950-26, " 034-2024" → 034-2024.
 */
export function numberOf(printed: string): string {
  return printed
    .replace(/[^0-9A-Za-z]+/g, '-')
    .replace(/^-|-$/g, '')
    .toUpperCase()
    .slice(0, NUMBER_MAX)
}

const NUMBER_MAX = 60
