/** A list as it comes over HTTP: JSON with rows or with the text of a CSV, or the CSV itself with the rest in the address. */
import { bodyLimit } from 'hono/body-limit'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { problem, type AppContext, type AppEnv } from '../../platform/http.ts'
import { snakeCase } from '../../platform/json.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import { LIST_ROWS_MAX } from './read-list.ts'
import type { RecordedList, SellerList } from './record.ts'

/** Ten thousand rows with room for what a spreadsheet adds. */
const BODY_KILOBYTES_MAX = 2_048

const cell = z.string().max(400).optional()
const Head = {
  kind: z.enum(['told', 'plan'], { error: 'Use one of: told, plan.' }).default('told'),
  until: z.iso.datetime({ offset: true, error: 'Write until when, like 2026-07-19T10:30:00Z.' }).optional(),
}
const ListBody = z.strictObject({
  ...Head,
  orders: z.array(z.strictObject({ order_id: cell, channel: cell, told_at: cell, outcome: cell })).max(LIST_ROWS_MAX).optional(), // prettier-ignore
  csv: z.string().optional(),
})
const CsvHead = z.strictObject(Head)

export const limitedList: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: BODY_KILOBYTES_MAX * 1024,
  onError: (c) => problem(c as AppContext, { code: 'too_large', message: `A list has at most ${BODY_KILOBYTES_MAX / 1_024} MB.` }),
})

export type ListBodyRead = Pick<SellerList, 'kind' | 'until' | 'list'>

/** `told` where nothing is said of the kind. With `text/csv`, `?kind=` and `?until=` say the rest. */
export async function readListBody(c: AppContext): Promise<Result<ListBodyRead>> {
  if ((c.req.header('content-type') ?? '').startsWith('text/csv')) {
    const head = CsvHead.safeParse(c.req.query())
    if (!head.success) return refused(head.error)
    return ok({ kind: head.data.kind, until: dateOf(head.data.until), list: { csv: await c.req.text() } })
  }
  let body: unknown
  try {
    body = await c.req.json()
  } catch {
    return fail('invalid', 'The body is neither JSON nor sent as text/csv.')
  }
  const read = ListBody.safeParse(body)
  if (!read.success) return refused(read.error)
  const { kind, until, orders, csv } = read.data
  if ((orders === undefined) === (csv === undefined)) return fail('invalid', 'Send the list either as orders or as csv.', 'orders')
  const rows = orders?.map((cells, place) => ({ line: place + 1, cells: defined(cells) }))
  return ok({ kind, until: dateOf(until), list: rows === undefined ? { csv: csv! } : { rows } })
}

/** The answer to a list: problems that are many are cut, their number is not. */
export function recordedJson(recorded: RecordedList): object {
  const problems = recorded.problems.slice(0, PROBLEMS_SHOWN_MAX)
  return snakeCase({ ...recorded, until: recorded.until?.toISOString() ?? null, problems }) as object
}

const PROBLEMS_SHOWN_MAX = 1_000

function dateOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text)
}

function defined(cells: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function refused(error: z.ZodError): { ok: false; problem: { code: 'invalid'; message: string; field: string } } {
  const [issue] = error.issues
  const field = issue?.path.join('.') ?? ''
  return { ok: false, problem: { code: 'invalid', message: `${field}: ${issue?.message ?? 'This cannot be read.'}`, field } }
}
