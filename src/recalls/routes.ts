/** A safety officer's corrections of what was read from a recall. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { officerOf, problem, type AppContext, type AppEnv, type Routes } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { isoTime } from '../platform/json.ts'
import { answerList, readListRequest, type ListShape } from '../platform/lists.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { correctRecall, withdrawCorrection } from './correct.ts'
import { currentRecall } from './queries.ts'
import { allCorrectionsPage, correctionsPage, type CorrectionRow, type ListedCorrection } from './queries-corrections.ts'

/** The largest body is a list of ten thousand serial numbers. */
const BODY_BYTES_MAX = 2 * 1024 * 1024

// What a value may be depends on its field; `correctRecall` says so.
const CorrectionBody = z.strictObject({
  field: z.string('Name the field to correct.').max(100, 'Name the field to correct.'),
  value: z.unknown().refine((value) => value !== undefined, 'Give the value that holds; null where the agency does not state it.'),
  reason: z.string('Say why.'),
})
const WithdrawalBody = z.strictObject({ reason: z.string('Say why.') })

const yesNo = z.enum(['true', 'false'], { error: 'Use one of: true, false.' }).optional()
/** `text_changed`: the agency's text reads otherwise since, and somebody should look whether the correction still holds. */
const CorrectionParameters = { standing: yesNo, text_changed: yesNo }

export type RecallRouteDeps = { database: Database; clock: Clock; enqueue: Enqueue }

export function recallRoutes({ database, clock, enqueue }: RecallRouteDeps): Routes {
  const app = new Hono<AppEnv>()
  const limited = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, { code: 'too_large', message: `A correction has at most ${BODY_BYTES_MAX / 1024 / 1024} MB.` }),
  })

  app.get('/v1/corrections', async (c) => {
    officerOf(c)
    const read = readListRequest(c, CorrectionParameters)
    if (!read.ok) return problem(c, read.problem)
    const { standing, text_changed: textChanged } = read.value.filters
    const filters = { standing: asBoolean(standing), textChanged: asBoolean(textChanged) }
    return answerList(c, allCorrectionsShape, read.value.page, (after, limit) => allCorrectionsPage(database.db, filters, after, limit))
  })

  app.get('/v1/recalls/:recallId/corrections', async (c) => {
    officerOf(c)
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    const recallId = recallIdOf(c)
    if ((await currentRecall(database.db, recallId)) === null) {
      return problem(c, { code: 'not_found', message: `There is no recall ${recallId}.` })
    }
    return answerList(c, correctionShape, read.value.page, (after, limit) => correctionsPage(database.db, recallId, after, limit))
  })

  app.post('/v1/recalls/:recallId/corrections', limited, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const body = await readBody(c, CorrectionBody)
    if (!body.ok) return problem(c, body.problem)
    const at = clock()
    return await answerOnce(c, database, { principal: actor, content: body.value, at }, async (tx) => {
      const corrected = await correctRecall(tx, enqueue, { recallId: recallIdOf(c), ...body.value, actor, at })
      return corrected.ok ? ok({ status: 201, body: correctionItem(corrected.value) }) : corrected
    })
  })

  app.post('/v1/recalls/:recallId/corrections/:correctionNo/withdraw', limited, async (c) => {
    const actor = `officer:${officerOf(c).userId}`
    const body = await readBody(c, WithdrawalBody)
    if (!body.ok) return problem(c, body.problem)
    const number = c.req.param('correctionNo')
    if (!/^[1-9]\d{0,8}$/.test(number)) return problem(c, { code: 'not_found', message: 'There is no such correction.' })
    const at = clock()
    return await answerOnce(c, database, { principal: actor, content: body.value, at }, async (tx) => {
      const order = { recallId: recallIdOf(c), correctionNo: Number(number), ...body.value, actor, at }
      const withdrawn = await withdrawCorrection(tx, enqueue, order)
      return withdrawn.ok ? ok({ status: 201, body: correctionItem(withdrawn.value) }) : withdrawn
    })
  })

  return app
}

function asBoolean(given: 'true' | 'false' | undefined): boolean | undefined {
  return given === undefined ? undefined : given === 'true'
}

const COLUMNS = [
  'correction_no', 'field', 'value', 'read_value', 'reason', 'decided_by', 'decided_at', 'withdrawn_by', 'withdrawn_at', 'withdrawn_reason',
  'text_changed_since', 'read_now', 'revision', 'withdrawn_revision', 'recall_id',
] // prettier-ignore

const correctionShape: ListShape<CorrectionRow> = {
  name: 'recall-corrections',
  key: ['integer'],
  keyOf: (row) => [row.correctionNo],
  item: correctionItem,
  columns: COLUMNS,
}

const allCorrectionsShape: ListShape<ListedCorrection> = {
  name: 'corrections',
  key: ['time', 'text', 'integer'],
  keyOf: (row) => [row.decidedKey, row.recallId, row.correctionNo],
  item: correctionItem,
  columns: COLUMNS,
}

/**
 * A correction as programs get it. `read_value` was read when it was decided; `read_now` is read from the newest document, null once the
 * correction is withdrawn.
 */
export function correctionItem(row: CorrectionRow): Record<string, unknown> {
  return {
    recall_id: row.recallId,
    correction_no: row.correctionNo,
    field: row.field,
    value: row.value,
    read_value: row.readValue,
    read_now: row.readNow,
    reason: row.reason,
    decided_by: row.decidedBy,
    decided_at: isoTime(row.decidedAt),
    withdrawn_by: row.withdrawnBy,
    withdrawn_at: isoTime(row.withdrawnAt),
    withdrawn_reason: row.withdrawnReason,
    text_changed_since: row.textChangedSince,
    revision: row.revision,
    withdrawn_revision: row.withdrawnRevision,
  }
}

/** No id holds a NUL, and PostgreSQL would not look for one. */
function recallIdOf(c: AppContext): string {
  return (c.req.param('recallId') ?? '').replaceAll('\0', '')
}

async function readBody<Schema extends z.ZodType>(c: AppContext, schema: Schema): Promise<Result<z.output<Schema>>> {
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
