/** Letters of a campaign: what waits to be printed, the print jobs with their files, and the word that a printer has them. */
import { Button, Textarea, TextInput } from '@mantine/core'
import { useFetcher, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import { get, newKey, post } from '../api.ts'
import { api } from '../paths.ts'
import { Actor } from '../ui/actor.tsx'
import { Facts, Note } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, counted } from '../ui/format.ts'
import { Table, type Column } from '../ui/table.tsx'
import { useRefresh } from '../ui/refresh.ts'
import { Ago } from '../ui/time.tsx'
import { CampaignHead } from './campaign-head.tsx'
import styles from './campaigns.module.css'
import { fileSize, jobStands, stepOf, STEP_NAMES, type Letters, type PrintFile, type PrintJob } from './letters.ts'

type Done = { about: string; ok: boolean; message: string }

export function loader({ params, request }: LoaderFunctionArgs): Promise<Letters> {
  return get<Letters>(api.letters(params['campaignId'] ?? ''), request.signal)
}

export async function action({ params, request }: ActionFunctionArgs): Promise<Done> {
  const form = await request.formData()
  const [verb, job] = [String(form.get('verb') ?? ''), String(form.get('job') ?? '')]
  const note = String(form.get('note') ?? '').trim()
  const about = `${verb} ${job}`
  if (verb === 'print') return said(about, await post(api.printJobs(params['campaignId'] ?? ''), {}, newKey()), 'The job is asked for.')
  if (verb === 'delete-files') return said(about, await post(api.printJob(job, verb), {}, newKey()), 'The files are deleted.')
  if (verb !== 'hand-over' && verb !== 'withdraw') throw new Error(`Nothing is called ${verb} here.`)
  if (note === '') return { about, ok: false, message: verb === 'withdraw' ? 'Write why.' : 'Write to whom.' }
  const words = verb === 'withdraw' ? 'The job is withdrawn: its letters wait for another one.' : 'Its letters count as taken now.'
  return said(about, await post(api.printJob(job, verb), { note }, newKey()), words)
}

function said(about: string, done: Awaited<ReturnType<typeof post>>, words: string): Done {
  return { about, ok: done.ok, message: done.ok ? words : done.problem.message }
}

export function Component() {
  const letters = useLoaderData<typeof loader>()
  const fetcher = useFetcher<Done>()
  useRefresh(letters.print_jobs.some((job) => jobStands(job) === 'asked'))
  const last = fetcher.state === 'idle' && fetcher.data?.ok === true ? fetcher.data.message : ''
  return (
    <>
      <CampaignHead
        title="Letters"
        lead={<p>For buyers whom no other channel reached. A letter counts as taken when its print job was handed over.</p>}
        below={[]}
      />
      <div className={styles['overview']}>
        <output className={styles['said']}>{last}</output>
        <Waiting letters={letters} fetcher={fetcher} />
        {letters.print_jobs.length > 0 && (
          <section className="stack" aria-labelledby="jobs">
            <h2 id="jobs">Print jobs</h2>
            {letters.print_jobs.map((job) => (
              <Job key={job.print_job_id} job={job} fetcher={fetcher} />
            ))}
          </section>
        )}
        <section className="stack" aria-labelledby="returned">
          <h2 id="returned">What the post brings back</h2>
          <p>
            Write the numbers in the windows into a table with the columns letter and reason (moved, unknown, refused, unclaimed, damaged),
            and take it in on the server: <code>npx tocsin letters returned FILE</code>. Those notices are pending again.
          </p>
        </section>
      </div>
    </>
  )
}

type Fetcher = ReturnType<typeof useFetcher<Done>>

function Waiting({ letters, fetcher }: { letters: Letters; fetcher: Fetcher }) {
  if (!letters.connected)
    return (
      <Note title="No letters are written here yet">
        <p>Set LETTER_FROM on the server: the postal address that letters bear.</p>
      </Note>
    )
  if (letters.waiting === 0 && letters.print_jobs.length === 0)
    return (
      <Empty title="No letter waits">
        <p>Letters are due for buyers with a postal address whom the channels before did not reach.</p>
      </Empty>
    )
  const problem = problemOf(fetcher, 'print ')
  return (
    <section className="stack" aria-labelledby="waiting">
      <h2 id="waiting">Waiting</h2>
      <p>
        {letters.waiting === 0 ? 'No letter' : counted(letters.waiting, 'letter')} {letters.waiting < 2 ? 'waits' : 'wait'} to be printed.
      </p>
      {problem !== null && <p role="alert">{problem}</p>}
      {letters.waiting > 0 && (
        <fetcher.Form method="post">
          <Button type="submit" name="verb" value="print" loading={fetcher.state !== 'idle'}>
            Write a print job
          </Button>
        </fetcher.Form>
      )}
    </section>
  )
}

function Job({ job, fetcher }: { job: PrintJob; fetcher: Fetcher }) {
  const stands = jobStands(job)
  const handed = stepOf(job, 'handed_over')
  const ended = handed ?? stepOf(job, 'withdrawn')
  return (
    <article className="stack" aria-labelledby={`job-${job.print_no}`}>
      <h3 id={`job-${job.print_no}`}>Print job {job.print_no}</h3>
      <Facts
        facts={[
          ['Letters', count(job.letters)],
          ...job.steps.map(
            (step) =>
              [
                STEP_NAMES[step.step],
                <>
                  <Ago at={step.at} /> by <Actor actor={step.by} />
                  {step.note === '' ? '' : `: ${step.note}`}
                </>,
              ] as const,
          ),
        ]}
      />
      {stands === 'asked' && <output>Being written. This page refreshes itself.</output>}
      {job.files.length > 0 && stepOf(job, 'files_deleted') === null && (
        <Table label={`Files of print job ${job.print_no}`} columns={fileColumns(job)} rows={job.files} rowKey={(file) => file.name} />
      )}
      {ended === null && stands !== 'asked' && <HandOver job={job} fetcher={fetcher} />}
      {ended === null && <Withdraw job={job} fetcher={fetcher} />}
      {ended !== null && stepOf(job, 'files_deleted') === null && (
        <fetcher.Form method="post" className="stack">
          <input type="hidden" name="job" value={job.print_job_id} />
          <p className="dim">
            Its files hold addresses. They are deleted {handed === null ? 'within minutes' : '30 days after the hand-over'}, or now.
          </p>
          <Button type="submit" name="verb" value="delete-files" variant="default" loading={fetcher.state !== 'idle'}>
            Delete the files of print job {job.print_no}
          </Button>
        </fetcher.Form>
      )}
    </article>
  )
}

function HandOver({ job, fetcher }: { job: PrintJob; fetcher: Fetcher }) {
  return (
    <fetcher.Form method="post" noValidate className={styles['endList']}>
      <input type="hidden" name="job" value={job.print_job_id} />
      <TextInput
        id={`to-${job.print_no}`}
        name="note"
        label={`Who has print job ${job.print_no} now`}
        description="Whoever prints and posts it. Kept with your name; its letters count as taken from then on."
        maxLength={4000}
        error={problemOf(fetcher, `hand-over ${job.print_job_id}`)}
      />
      <div className="row">
        <Button type="submit" name="verb" value="hand-over" loading={fetcher.state !== 'idle'}>
          It was handed over
        </Button>
      </div>
    </fetcher.Form>
  )
}

function Withdraw({ job, fetcher }: { job: PrintJob; fetcher: Fetcher }) {
  return (
    <details className="no-print">
      <summary>Print job {job.print_no} will not be printed</summary>
      <fetcher.Form method="post" noValidate className={styles['endList']}>
        <input type="hidden" name="job" value={job.print_job_id} />
        <Textarea
          id={`why-${job.print_no}`}
          name="note"
          label="Why not"
          description="Its letters wait for another job."
          rows={2}
          maxLength={4000}
          error={problemOf(fetcher, `withdraw ${job.print_job_id}`)}
        />
        <div className="row">
          <Button type="submit" name="verb" value="withdraw" variant="default" loading={fetcher.state !== 'idle'}>
            Withdraw it
          </Button>
        </div>
      </fetcher.Form>
    </details>
  )
}

function problemOf(fetcher: Fetcher, about: string): string | null {
  return fetcher.data !== undefined && !fetcher.data.ok && fetcher.data.about === about ? fetcher.data.message : null
}

function fileColumns(job: PrintJob): Column<PrintFile>[] {
  return [
    {
      head: 'File',
      cell: (file) => (
        <a href={api.printFile(job.print_job_id, file.name)} download>
          {file.name}
        </a>
      ),
    },
    { head: 'Paper', cell: (file) => (file.paper === null ? 'table of pages and addresses' : file.paper === 'a4' ? 'A4' : 'US Letter') },
    { head: 'Letters', numeric: true, cell: (file) => count(file.letters) },
    { head: 'Pages', numeric: true, cell: (file) => (file.pages === 0 ? '' : count(file.pages)) },
    { head: 'Size', numeric: true, cell: (file) => fileSize(file.bytes) },
  ]
}
