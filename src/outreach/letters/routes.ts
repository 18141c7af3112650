/** Letters for safety officers: what waits, print jobs with their files, and what becomes of them. Files hold addresses: reading one is audited. */
import { Readable } from 'node:stream'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import { transaction, type Database } from '../../platform/db.ts'
import type { LetterFrom } from '../../platform/config-webhooks.ts'
import { officerOf, problem, type AppContext, type AppEnv, type Routes } from '../../platform/http.ts'
import type { Enqueue } from '../../platform/jobs.ts'
import { snakeCase } from '../../platform/json.ts'
import { answerList, readListRequest, type Item, type ListShape } from '../../platform/lists.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import { problemText } from '../../catalog/index.ts'
import { declineLetters, deletePrintFiles, handOver, withdrawPrintJob } from './hand-over.ts'
import { askPrintJob } from './make.ts'
import { countWaiting, selectPrintJobs, type PrintJob } from './queries-letters.ts'
import { takeReturnedLetters } from './returned.ts'
import type { LetterShelf } from './shelf.ts'

/** The job that writes a print job's files. */
export const MAKE_PRINT_JOB = 'outreach.print-letters'

type LetterRoutesDeps = { database: Database; clock: Clock; shelf: LetterShelf; letterFrom: LetterFrom | null; enqueue: Enqueue }

const Note = z.strictObject({
  note: z
    .string()
    .max(4_000)
    .refine((text) => !text.includes('\0'), 'cannot be kept'),
})
const JobId = z.uuid()
const NOTE_BYTES_MAX = 20_000
const TABLE_BYTES_MAX = 4_000_000
const JOBS_SHOWN = 50

/** The newest first. */
const printJobShape: ListShape<PrintJob> = {
  name: 'print-jobs',
  key: ['integer'],
  keyOf: (job) => [job.printNo],
  item: present,
  columns: ['print_job_id', 'print_no', 'campaign_id', 'letters', 'steps', 'files'],
}

export function letterRoutes(deps: LetterRoutesDeps): Routes {
  const { database, clock, shelf } = deps
  const { db } = database
  const app = new Hono<AppEnv>()
  const short = limit(NOTE_BYTES_MAX)

  app.get('/v1/print-jobs', async (c) => {
    const read = readListRequest(c, {})
    if (!read.ok) return problem(c, read.problem)
    return answerList(c, printJobShape, read.value.page, (after, limit) =>
      selectPrintJobs(db, { limit, ...(after === null ? {} : { below: Number(after[0]) }) }),
    )
  })

  app.get('/v1/campaigns/:campaignId/letters', async (c) => {
    const campaignId = c.req.param('campaignId')
    const jobs = await selectPrintJobs(db, { campaignId, limit: JOBS_SHOWN })
    return c.json({
      connected: deps.letterFrom !== null,
      waiting: await countWaiting(db, campaignId, deps.clock()),
      print_jobs: jobs.map(present),
    })
  })

  app.post('/v1/campaigns/:campaignId/print-jobs', async (c) => {
    const order = { campaignId: c.req.param('campaignId'), letterFrom: deps.letterFrom, actor: actorOf(c), at: clock() }
    const asked = await transaction(database, async (tx) => {
      const made = await askPrintJob(tx, order)
      if (made.ok) await deps.enqueue(tx, MAKE_PRINT_JOB, { printJobId: made.value.printJobId })
      return made
    })
    return asked.ok ? c.json(snakeCase(asked.value), 202) : problem(c, asked.problem)
  })

  app.post('/v1/campaigns/:campaignId/letters/decline', short, async (c) => {
    const note = await noteOf(c)
    if (!note.ok) return problem(c, note.problem)
    const act = { campaignId: c.req.param('campaignId'), reason: note.value, actor: actorOf(c), at: clock() }
    return answer(c, await transaction(database, (tx) => declineLetters(tx, act)))
  })

  for (const [name, verb] of [
    ['hand-over', handOver],
    ['withdraw', withdrawPrintJob],
  ] as const)
    app.post(`/v1/print-jobs/:printJobId/${name}`, short, async (c) => {
      const [id, note] = [jobIdOf(c), await noteOf(c)]
      if (!id.ok) return problem(c, id.problem)
      if (!note.ok) return problem(c, note.problem)
      const act = { printJobId: id.value, note: note.value, actor: actorOf(c), at: clock() }
      return answer<object>(c, await transaction<Result<object>>(database, (tx) => verb(tx, act)))
    })

  app.post('/v1/print-jobs/:printJobId/delete-files', async (c) => {
    const id = jobIdOf(c)
    return id.ok
      ? answer(c, await deletePrintFiles(deps, { printJobId: id.value, actor: actorOf(c), at: clock() }))
      : problem(c, id.problem)
  })

  app.get('/v1/print-jobs/:printJobId/files/:name', async (c) => {
    const [id, name] = [jobIdOf(c), c.req.param('name')]
    const [job] = id.ok ? await selectPrintJobs(db, { printJobId: id.value, limit: 1 }) : []
    const file = job?.files.find((each) => each.name === name)
    const bytes = job === undefined || file === undefined ? null : await shelf.read(job.printJobId, file.name)
    if (job === undefined || file === undefined || bytes === null)
      return problem(c, { code: 'not_found', message: 'There is no such file, or it was deleted.' })
    const entry = { actor: actorOf(c), action: 'outreach.print-file-read', subject: `campaign:${job.campaignId}`, at: clock() }
    await transaction(database, (tx) => audit(tx.db, { ...entry, detail: { printNo: job.printNo, file: file.name } }))
    return c.body(Readable.toWeb(bytes) as ReadableStream, 200, {
      'content-type': file.kind === 'pdf' ? 'application/pdf' : 'text/csv; charset=utf-8',
      'content-length': String(file.bytes),
      'content-disposition': `attachment; filename="print-job-${job.printNo}-${file.name}"`,
      'cache-control': 'no-store',
    })
  })

  app.post('/v1/letters/returned', limit(TABLE_BYTES_MAX), async (c) => {
    const at = clock()
    const taken = await takeReturnedLetters(database, await c.req.text(), at)
    if (!taken.ok) return problem(c, taken.problem)
    const { rows, counts, problems } = taken.value
    const entry = { actor: actorOf(c), action: 'outreach.letters-returned', subject: 'outreach', detail: { rows, ...counts }, at }
    await transaction(database, (tx) => audit(tx.db, entry))
    return c.json({ rows, ...counts, problems: problems.map(problemText) })
  })

  return app
}

function actorOf(c: AppContext): string {
  return `officer:${officerOf(c).userId}`
}

function jobIdOf(c: AppContext): Result<string> {
  const id = JobId.safeParse(c.req.param('printJobId'))
  return id.success ? ok(id.data) : fail('not_found', 'There is no such print job.')
}

async function noteOf(c: AppContext): Promise<Result<string>> {
  const body = Note.safeParse(await c.req.json().catch(() => null))
  return body.success ? ok(body.data.note) : fail('invalid', 'Send JSON with a note: to whom, or why.', 'note')
}

function answer<Value extends object>(c: AppContext, result: Result<Value>): Response | Promise<Response> {
  return result.ok ? c.json(snakeCase(result.value)) : problem(c, result.problem)
}

function limit(bytesMax: number): MiddlewareHandler<AppEnv> {
  const message = `A request has at most ${bytesMax} bytes here.`
  return bodyLimit({ maxSize: bytesMax, onError: (c) => problem(c as AppContext, { code: 'too_large', message }) })
}

function present(job: PrintJob): Item {
  const steps = job.steps.map((step) => ({ ...step, at: new Date(step.at).toISOString() }))
  return snakeCase({ ...job, steps }) as Item
}
