/** Reading what officers send: JSON of a bounded size, by its schema. */
import { bodyLimit } from 'hono/body-limit'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { problem, type AppContext, type AppEnv } from '../platform/http.ts'
import { fail, ok, type Result } from '../platform/result.ts'

/** An id of a listing or recall. PostgreSQL stores no NUL. */
export const id = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0'), 'This holds a character that no id here can hold.')
export const reason = z
  .string()
  .max(4_000)
  .refine((text) => !text.includes('\0'), 'This holds a character that cannot be kept.')

/** Refuses bodies of more than so many kilobytes. */
export function bodyOfAtMost(kilobytes: number): MiddlewareHandler<AppEnv> {
  return bodyLimit({
    maxSize: kilobytes * 1024,
    onError: (c) => problem(c as AppContext, { code: 'too_large', message: `A request has at most ${kilobytes} KB.` }),
  })
}

export async function readBody<Schema extends z.ZodType>(c: AppContext, schema: Schema): Promise<Result<z.output<Schema>>> {
  let body: unknown
  try {
    body = await c.req.json()
  } catch {
    return fail('invalid', 'The body is not JSON.')
  }
  const parsed = schema.safeParse(body)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]!
  const field = issue.path.join('.')
  return fail('invalid', field === '' ? issue.message : `${field}: ${issue.message}`, field)
}
