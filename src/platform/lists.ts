/**
 * Lists over HTTP, the same everywhere: `{items, next}` with an opaque cursor and a limit, and the whole list as CSV with `?format=csv`.
 * Pages are cut by key, never by offset, so that the last page costs what the first one does and memory does not grow with the list.
 * A query parameter that a list does not know is refused: a misspelt filter must not answer with more rows than the figure it explains.
 */
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { csvHead, csvLine } from './csv.ts'
import { problem, type AppContext } from './http.ts'
import { fail, ok, type Result } from './result.ts'

/** Rows of one JSON answer. */
export const LIMIT_MAX = 500
const LIMIT_DEFAULT = 100
/** Rows of a CSV fetched and held at once: a few hundred kilobytes. */
const CSV_PAGE_ROWS = 2_000
/** A key of three marketplace ids fits many times. */
const CURSOR_CHARACTERS_MAX = 2_000

export type KeyPart = string | number
/** Where a row stands in the order of its list. Unique within the list, and never changed while the row exists. */
export type Key = readonly KeyPart[]
/** `time` is a timestamp with its microseconds as `timeKey` selects it; a JavaScript Date would cut them off and repeat or skip rows. */
export type KeyKind = 'text' | 'integer' | 'number' | 'time' | 'date'

export type Item = Record<string, unknown>

/** What a list is, whatever is filtered: how its rows are keyed, presented and written as CSV. */
export type ListShape<Row> = {
  /** Names the CSV file, and binds cursors to this list. */
  name: string
  key: readonly KeyKind[]
  keyOf: (row: Row) => Key
  item: (row: Row) => Item
  /** Fields of the item in the order of the CSV's columns; `units.held` becomes the column `units_held`. Only ever added to, at the end. */
  columns: readonly string[]
  /** Rows where the request names no limit; 100 where left out. */
  limit?: number
}

/** The rows after a key, in the list's order, at most `limit`. */
export type RowsAfter<Row> = (after: Key | null, limit: number) => Promise<Row[]>

export type PageRequest = { format: 'json' | 'csv'; limit: number | undefined; cursor: string | undefined }

const PageParameters = {
  format: z.enum(['json', 'csv'], { error: 'Use json or csv.' }).default('json'),
  limit: z.coerce.number({ error: 'Give a number.' }).int('Give a whole number.').min(1, 'Ask for at least one row.').max(LIMIT_MAX, `At most ${LIMIT_MAX} rows are given at once; follow next for more.`).optional(), // prettier-ignore
  cursor: z.string().max(CURSOR_CHARACTERS_MAX, 'This cursor is not one of ours.').optional(),
}

/** A filter that takes free text. PostgreSQL stores no NUL, so nothing can match one. */
export const textFilter = z
  .string()
  .max(200, 'Search for at most 200 characters.')
  .refine((text) => !text.includes('\0'), 'This holds a character that no text here can hold.')
  .optional()

/** A filter on a calendar day in UTC. */
export const dayFilter = z.iso.date('Write the day as YYYY-MM-DD.').optional()

/** Reads a list's query parameters: its filters and the page asked for. An empty parameter is none. */
export function readListRequest<Filters extends z.ZodRawShape>(
  c: AppContext,
  filters: Filters,
): Result<{ filters: z.output<z.ZodObject<Filters>>; page: PageRequest }> {
  const given = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== ''))
  const page = z.object(PageParameters).safeParse(given)
  if (!page.success) return refused(page.error)
  const unknown = Object.keys(given).find((name) => !(name in PageParameters) && !(name in filters))
  if (unknown !== undefined) {
    const known = Object.keys({ ...filters, ...PageParameters }).join(', ')
    return fail('invalid', `This list has no parameter ${JSON.stringify(unknown)}. It has: ${known}.`, unknown)
  }
  const parsed = z.object(filters).safeParse(given)
  if (!parsed.success) return refused(parsed.error)
  return ok({ filters: parsed.data, page: { format: page.data.format, limit: page.data.limit, cursor: page.data.cursor } })
}

function refused(error: z.ZodError): Result<never> {
  const issue = error.issues[0]
  const field = String(issue?.path[0] ?? '')
  return fail('invalid', `${field}: ${issue?.message ?? 'This cannot be read.'}`, field)
}

/**
 * Answers with one page as JSON, or with the whole list from its first row as CSV (`limit` and `cursor` cut no CSV). What stands `beside` the
 * items, such as counts, is only in the JSON.
 */
export async function answerList<Row>(
  c: AppContext,
  shape: ListShape<Row>,
  request: PageRequest,
  rows: RowsAfter<Row>,
  beside: Item = {},
): Promise<Response> {
  if (request.format === 'csv') return answerCsv(c, shape, rows)
  const after = request.cursor === undefined ? null : readCursor(shape, request.cursor)
  if (request.cursor !== undefined && after === null) {
    return problem(c, { code: 'invalid', message: 'This cursor is not one of this list. Start again without it.', field: 'cursor' })
  }
  const limit = request.limit ?? shape.limit ?? LIMIT_DEFAULT
  // One row more than asked for tells whether there is a next page.
  const found = await rows(after, limit + 1)
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const next = found.length > limit && last !== undefined ? writeCursor(shape, last) : null
  return c.json({ items: shown.map((row) => shape.item(row)), next, ...beside })
}

async function answerCsv<Row>(c: AppContext, shape: ListShape<Row>, rows: RowsAfter<Row>): Promise<Response> {
  // The first page is fetched before the first byte leaves, so that a query that fails is answered as a failure.
  const first = await rows(null, CSV_PAGE_ROWS)
  return c.body(csvStream(shape, first, rows), 200, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${shape.name}.csv"`,
    'cache-control': 'no-store',
  })
}

/**
 * The list as a stream of bytes. A page is fetched when the reader has taken the one before; a reader that goes away ends the fetching.
 * A page that fails breaks the stream off, so that a part is never taken for the whole.
 */
export function csvStream<Row>(shape: ListShape<Row>, first: readonly Row[], rows: RowsAfter<Row>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let page: readonly Row[] = first
  let head = csvHead(shape.columns)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const lines = page.map((row) => csvLine(shape.columns, shape.item(row)))
        const text = head + lines.join('')
        head = ''
        if (text !== '') controller.enqueue(encoder.encode(text))
        const last = page.at(-1)
        if (last === undefined || page.length < CSV_PAGE_ROWS) return controller.close()
        page = await rows(shape.keyOf(last), CSV_PAGE_ROWS)
      },
    },
    { highWaterMark: 0 },
  )
}

function writeCursor<Row>(shape: ListShape<Row>, row: Row): string {
  return Buffer.from(JSON.stringify([shape.name, ...shape.keyOf(row)])).toString('base64url')
}

/** The key in a cursor of this list; null for anything else, so that no cursor reaches the database that it could not compare. */
function readCursor<Row>(shape: ListShape<Row>, cursor: string): Key | null {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
  if (!Array.isArray(parts) || parts.length !== shape.key.length + 1 || parts[0] !== shape.name) return null
  const key: unknown[] = parts.slice(1)
  return key.every((part, i) => fits(part, shape.key[i]!)) ? (key as KeyPart[]) : null
}

function fits(part: unknown, kind: KeyKind): boolean {
  switch (kind) {
    case 'text':
      return typeof part === 'string' && !part.includes('\0')
    case 'integer':
      return Number.isInteger(part) && Math.abs(part as number) < 2 ** 31
    case 'number':
      return Number.isFinite(part)
    case 'time':
      return typeof part === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(part) && isCalendar(part, 19)
    case 'date':
      return typeof part === 'string' && /^\d{4}-\d\d-\d\d$/.test(part) && isCalendar(part, 10)
    default:
      return kind satisfies never
  }
}

/** Whether a timestamp's first characters are a real day and time: 31 February is not. */
function isCalendar(text: string, characters: number): boolean {
  const parsed = new Date(text)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, characters) === text.slice(0, characters)
}

/** The condition "comes after this key" for a list in ascending order of `columns`; write `order by` with the same columns. */
export function afterKey(columns: readonly RawBuilder<unknown>[], after: Key | null): RawBuilder<unknown> {
  return after === null ? sql`true` : sql`(${sql.join([...columns])}) > (${sql.join([...after])})`
}

/** The same for a list in which every column descends. */
export function beforeKey(columns: readonly RawBuilder<unknown>[], after: Key | null): RawBuilder<unknown> {
  return after === null ? sql`true` : sql`(${sql.join([...columns])}) < (${sql.join([...after])})`
}

/** A timestamp as the text of a `time` key, with its microseconds. */
export function timeKey(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}
