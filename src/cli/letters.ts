/** `tocsin letters`: print jobs at the terminal, and what the post brought back. */
import { readFile } from 'node:fs/promises'
import { letterDeps } from '../app.ts'
import { askPrintJob, countWaiting, declineLetters, deletePrintFiles, handOver, has, KEPT_DAYS, makePrintJob, selectPrintJobs, takeReturnedLetters, withdrawPrintJob, type PrintJob } from '../outreach/index.ts' // prettier-ignore
import { problemText } from '../catalog/index.ts'
import type { Runtime } from '../main.ts'
import { transaction } from '../platform/db.ts'
import type { Result } from '../platform/result.ts'
import { count, say, step } from '../platform/terminal.ts'
import { readArgs, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const HELP = `npx tocsin letters: notices on paper, for buyers whom no other channel reached

A print job is a folder with PDF files to be printed (A4, and US Letter for the United States and Canada) and letters.csv, which says for each
letter its pages and where it goes. It holds addresses: only this account may read it, and it is deleted ${KEPT_DAYS} days after its hand-over.

  npx tocsin letters list                                     print jobs, newest first, and where their files are
  npx tocsin letters print CAMPAIGN                           write the files for all letters of a campaign that wait
  npx tocsin letters handed-over JOB --note "Nordprint, Ms Berg"
                                                              the printer has it: only now its letters count as taken
  npx tocsin letters withdraw JOB --note "wrong paper"        it is not printed: its letters wait for the next job
  npx tocsin letters delete-files JOB                         delete its files now
  npx tocsin letters decline CAMPAIGN --note "…"              letters that wait are not printed: the channel has ended for their buyers
  npx tocsin letters returned FILE                            what the post brought back: csv with the columns letter (the number in the window) and
                                                              reason (moved, unknown, refused, unclaimed, damaged); said twice it is one

JOB is the number of a print job. Set LETTER_FROM first: docs/letters.md.`

const ACTOR = 'cli'
const JOBS_SHOWN = 50

export const letters: Verb = {
  name: 'letters',
  summary: 'print notices, hand print jobs over, enter letters that came back',
  help: HELP,
  run: async (args) => {
    const read = readArgs(args, { note: { type: 'string', default: '' } }, HELP)
    if (read === null) return 2
    const [action = '', about] = read.positionals
    const verb = VERBS[action]
    if (verb === undefined || (about === undefined && action !== 'list')) {
      say(`That is not complete.\n\n${HELP}`)
      return 2
    }
    return withRuntime((runtime) => verb(runtime, about ?? '', read.values.note))
  },
}

type Do = (runtime: Runtime, about: string, note: string) => Promise<number>

const VERBS: Record<string, Do> = {
  list: async ({ deps }) => {
    const jobs = await selectPrintJobs(deps.database.db, { limit: JOBS_SHOWN })
    if (jobs.length === 0) say('No print job yet.')
    for (const job of jobs) say(jobText(job, deps.shelf.folderOf(job.printJobId)))
    return 0
  },
  print: async ({ deps }, campaignId) => {
    const order = { campaignId, letterFrom: deps.webhooks.letterFrom, actor: ACTOR, at: deps.clock() }
    const asked = await transaction(deps.database, (tx) => askPrintJob(tx, order))
    if (!asked.ok) return refused(asked)
    const { printJobId, printNo } = asked.value
    const made = await step(
      `print job ${printNo}`,
      (progress) => makePrintJob(letterDeps(deps), printJobId, progress),
      (letters) => `${count(letters ?? 0)} letters`,
    )
    const rest = await countWaiting(deps.database.db, campaignId, deps.clock())
    say(
      `${deps.shelf.folderOf(printJobId)}\nHand these files to whoever prints them, then: npx tocsin letters handed-over ${printNo} --note "to whom"`,
    )
    if (rest > 0) say(`${count(rest)} more letters wait: ask for another job.`)
    return made === null ? 1 : 0
  },
  'handed-over': (runtime, number, note) =>
    forJob(runtime, number, async ({ deps }, { printJobId, printNo }) => {
      const done = await transaction(deps.database, (tx) => handOver(tx, { printJobId, note, actor: ACTOR, at: deps.clock() }))
      if (!done.ok) return refused(done)
      say(`Print job ${printNo}: ${count(done.value.letters)} letters taken, ${count(done.value.delivered)} notices delivered.`)
      return 0
    }),
  withdraw: (runtime, number, note) =>
    forJob(runtime, number, async ({ deps }, { printJobId, printNo }) => {
      const act = { printJobId, note, actor: ACTOR, at: deps.clock() }
      const done = await transaction(deps.database, (tx) => withdrawPrintJob(tx, act))
      if (!done.ok) return refused(done)
      await deletePrintFiles(deps, act)
      say(`Print job ${printNo} is withdrawn and its files are deleted: ${count(done.value.letters)} letters wait for another one.`)
      return 0
    }),
  'delete-files': (runtime, number) =>
    forJob(runtime, number, async ({ deps }, { printJobId, printNo }) => {
      const done = await deletePrintFiles(deps, { printJobId, actor: ACTOR, at: deps.clock() })
      if (!done.ok) return refused(done)
      say(`The files of print job ${printNo} are deleted.`)
      return 0
    }),
  decline: async ({ deps }, campaignId, note) => {
    const done = await transaction(deps.database, (tx) => declineLetters(tx, { campaignId, reason: note, actor: ACTOR, at: deps.clock() }))
    if (!done.ok) return refused(done)
    say(`${count(done.value.letters)} letters are not printed; the next channel is due for their buyers.`)
    return 0
  },
  returned: async ({ deps }, file) => {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error)
    if (typeof text !== 'string') {
      say(`${file}: not read: ${text.code === 'ENOENT' ? 'there is no such file' : (text.code ?? text.message)}`)
      return 1
    }
    const taken = await takeReturnedLetters(deps.database, text, deps.clock())
    if (!taken.ok) return refused(taken)
    const { rows, counts, problems } = taken.value
    for (const problem of problems) say(problemText(problem))
    say(`${count(rows)} rows: ${count(counts.taken)} taken in, ${count(counts.again)} taken in before, ${count(problems.length)} refused. ${count(counts.undone)} notices are pending again.`) // prettier-ignore
    return problems.length === 0 ? 0 : 1
  },
}

function refused(result: Extract<Result<unknown>, { ok: false }>): number {
  say(result.problem.message)
  return 1
}

async function forJob(runtime: Runtime, number: string, work: (runtime: Runtime, job: PrintJob) => Promise<number>): Promise<number> {
  const printNo = /^\d{1,9}$/.test(number) ? Number(number) : 0
  const [job] = await selectPrintJobs(runtime.deps.database.db, { below: printNo + 1, limit: 1 })
  if (job?.printNo !== printNo) {
    say(`There is no print job ${number}.`)
    return 1
  }
  return work(runtime, job)
}

function jobText(job: PrintJob, folder: string): string {
  const stands = job.steps.at(-1)!
  const where = has(job, 'made') && !has(job, 'files_deleted') ? `\n    ${folder}` : ''
  return `${job.printNo}  ${job.campaignId}  ${count(job.letters)} letters, ${stands.step.replaceAll('_', ' ')} ${stands.at.slice(0, 16)} by ${stands.by}${stands.note === '' ? '' : ` (${stands.note})`}${where}`
}
