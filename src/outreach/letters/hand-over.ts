/** What people do with a print job: hand it over, take it back, have its files deleted; or say that waiting letters are not printed at all. */
import { audit } from '../../platform/audit.ts'
import { transaction, type Database, type Tx } from '../../platform/db.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import { TAKEN } from '../notice-state.ts'
import { has } from './make.ts'
import { acceptLetters, endWaiting, insertStep, lockPrintJobs, selectOverdue, selectPrintJobs, selectWaitingLetters, type PrintJob } from './queries-letters.ts' // prettier-ignore
import type { LetterShelf } from './shelf.ts'

/** `note`: to whom, or why; kept with the job. */
export type JobAct = { printJobId: string; note: string; actor: string; at: Date }

/** Days after which a job's files are deleted, counted from its hand-over; and after which one that nobody handed over is withdrawn. */
export const KEPT_DAYS = 30
const DAY_MS = 86_400_000

/** The files were given to whoever prints and posts them: only now its letters are taken, and their notices delivered. */
export async function handOver(tx: Tx, act: JobAct): Promise<Result<{ letters: number; delivered: number }>> {
  const { db } = tx
  const note = act.note.trim()
  if (note === '') return fail('invalid', 'Say to whom the job was handed over: it is kept with it.', 'note')
  const found = await lockedJob(tx, act.printJobId)
  if (!found.ok) return found
  const { printJobId, campaignId, printNo } = found.value
  const taken = await acceptLetters(db, { printJobId, campaignId, reason: TAKEN.letter, at: act.at })
  await insertStep(db, { printJobId, step: 'handed_over', at: act.at, by: act.actor, note })
  await log(tx, act, 'outreach.print-job-handed-over', found.value, { printNo, note, ...taken })
  return ok(taken)
}

/** The job is not printed, or printed badly and thrown away: its letters wait for the next one. Not after it was handed over. */
export async function withdrawPrintJob(tx: Tx, act: JobAct): Promise<Result<{ letters: number }>> {
  const note = act.note.trim()
  if (note === '') return fail('invalid', 'Say why: the reason is kept with the job.', 'note')
  const found = await lockedJob(tx, act.printJobId, { made: false })
  if (!found.ok) return found
  const { printJobId, printNo, letters } = found.value
  await insertStep(tx.db, { printJobId, step: 'withdrawn', at: act.at, by: act.actor, note })
  await log(tx, act, 'outreach.print-job-withdrawn', found.value, { printNo, note, letters })
  return ok({ letters })
}

/** Deletes the files of a job that was handed over or withdrawn. Said twice it does nothing more. */
export async function deletePrintFiles(
  deps: { database: Database; shelf: LetterShelf },
  act: Omit<JobAct, 'note'>,
): Promise<Result<{ printNo: number }>> {
  const [job] = await selectPrintJobs(deps.database.db, { printJobId: act.printJobId, limit: 1 })
  if (job === undefined) return fail('not_found', 'There is no such print job.')
  if (!has(job, 'handed_over') && !has(job, 'withdrawn'))
    return fail('conflict', `Print job ${job.printNo} was not handed over. Hand it over, or withdraw it.`)
  await deps.shelf.remove(job.printJobId)
  if (!has(job, 'files_deleted'))
    await transaction(deps.database, async (tx) => {
      await insertStep(tx.db, { printJobId: job.printJobId, step: 'files_deleted', at: act.at, by: act.actor, note: '' })
      await log(tx, act, 'outreach.print-files-deleted', job, { printNo: job.printNo })
    })
  return ok({ printNo: job.printNo })
}

/** Deletes what has lain long enough, and withdraws what nobody handed over in that time: what it says is old by then. Returns how many jobs. */
export async function tidyPrintJobs(
  deps: { database: Database; shelf: LetterShelf },
  at: Date,
): Promise<{ deleted: number; withdrawn: number }> {
  const overdue = await selectOverdue(deps.database.db, new Date(at.getTime() - KEPT_DAYS * DAY_MS))
  const done = { deleted: 0, withdrawn: 0 }
  for (const { printJobId, forgotten } of overdue) {
    const act = { printJobId, actor: 'rule:letters', at }
    if (forgotten) {
      const note = `not handed over in ${KEPT_DAYS} days`
      const gone = await transaction(deps.database, (tx) => withdrawPrintJob(tx, { ...act, note }))
      if (gone.ok) done.withdrawn++
    }
    const deleted = await deletePrintFiles(deps, act)
    if (deleted.ok) done.deleted++
  }
  return done
}

/** A person says that the letters which wait are not printed: for these buyers the channel has ended, and what comes after it is due. */
export async function declineLetters(
  tx: Tx,
  act: { campaignId: string; reason: string; actor: string; at: Date },
): Promise<Result<{ letters: number }>> {
  const { db } = tx
  const { campaignId, actor, at } = act
  const reason = act.reason.trim()
  if (reason === '') return fail('invalid', 'Say why: the reason is kept with each letter.', 'reason')
  await lockPrintJobs(db)
  let letters = 0
  for (let after = ''; ;) {
    const waiting = await selectWaitingLetters(db, campaignId, { after, limit: BLOCK, at: null })
    if (waiting.length === 0) break
    after = waiting.at(-1)!.buyerId
    letters += waiting.length
    await endWaiting(db, campaignId, { letters: waiting.map((letter) => ({ ...letter, why: reason })), outcome: 'failed', at })
  }
  if (letters === 0) return fail('conflict', 'No letter of this campaign waits to be printed.')
  await audit(db, { actor, action: 'outreach.letters-declined', subject: `campaign:${campaignId}`, detail: { letters, reason }, at })
  return ok({ letters })
}

const BLOCK = 5_000

/** The job, where it may still be handed over or withdrawn, locked to the end of the transaction. */
async function lockedJob(tx: Tx, printJobId: string, { made } = { made: true }): Promise<Result<PrintJob>> {
  await lockPrintJobs(tx.db)
  const [job] = await selectPrintJobs(tx.db, { printJobId, limit: 1 })
  if (job === undefined) return fail('not_found', 'There is no such print job.')
  if (has(job, 'handed_over')) return fail('conflict', `Print job ${job.printNo} was handed over already.`)
  if (has(job, 'withdrawn')) return fail('conflict', `Print job ${job.printNo} was withdrawn: its letters wait for another one.`)
  if (made && !has(job, 'made')) return fail('conflict', `Print job ${job.printNo} is still being written.`)
  return ok(job)
}

async function log(
  tx: Tx,
  { actor, at }: { actor: string; at: Date },
  action: string,
  job: PrintJob,
  detail: Record<string, unknown>,
): Promise<void> {
  await audit(tx.db, { actor, action, subject: `campaign:${job.campaignId}`, detail, at })
}
