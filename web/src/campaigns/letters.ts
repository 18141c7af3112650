/** Print jobs as the API gives them, and where one stands. Pure. */

export type PrintStepName = 'asked' | 'made' | 'handed_over' | 'withdrawn' | 'files_deleted'
export type PrintStep = { step: PrintStepName; at: string; by: string; note: string }
export type PrintFile = { name: string; kind: 'pdf' | 'csv'; paper: 'a4' | 'letter' | null; letters: number; pages: number; bytes: number }
export type PrintJob = { print_job_id: string; print_no: number; letters: number; steps: PrintStep[]; files: PrintFile[] }
export type Letters = { connected: boolean; waiting: number; print_jobs: PrintJob[] }

export const STEP_NAMES: Record<PrintStepName, string> = {
  asked: 'Asked for',
  made: 'Written',
  handed_over: 'Handed over',
  withdrawn: 'Withdrawn',
  files_deleted: 'Files deleted',
}

export function stepOf(job: PrintJob, name: PrintStepName): PrintStep | null {
  return job.steps.find((each) => each.step === name) ?? null
}

/** The last step but the deletion of its files. */
export function jobStands(job: PrintJob): PrintStepName {
  return job.steps.findLast((each) => each.step !== 'files_deleted')?.step ?? 'asked'
}

/** "3.4 MB", "12 KB". */
export function fileSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
