/** The two things a seller can say of their buyers: that they told them, and that they are about to. */
import { Button, Input, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useFetcher } from 'react-router'
import { Note } from '../ui/blocks.tsx'
import { count, counted } from '../ui/format.ts'
import { Table, type Column } from '../ui/table.tsx'
import { Exact } from '../ui/time.tsx'
import { word } from '../ui/words.ts'
import styles from './sellers.module.css'
import { CHANNELS, hoursToChoose, localTime, OUTCOMES, recordedText, type Recorded, type RowProblem, type SellerCampaign } from './told.ts'

/** What became of one of the page's forms; `form` says of which. */
export type ToldAnswer = { form: string } & (
  | { ok: true; recorded: Recorded | null; message: string }
  | { ok: false; field: string | null; message: string }
)

export function SayTold({ campaign }: { campaign: SellerCampaign }) {
  const one = useFetcher<ToldAnswer>()
  const file = useFetcher<ToldAnswer>()
  const form = useRef<HTMLFormElement>(null)
  const [opened] = useState(() => localTime(new Date()))
  const problem = one.data?.ok === false ? one.data : null
  useEffect(() => {
    if (one.state === 'idle' && one.data?.ok === true && one.data.recorded?.refused === 0) form.current?.reset()
  }, [one.state, one.data])
  const fileProblem = file.data?.ok === false ? file.data.message : null
  return (
    <section className="stack" aria-labelledby="told-title">
      <h2 id="told-title">You told a buyer</h2>
      <p>
        For {campaign.rest_hours} hours after that we send them nothing, unless they have other units of this recall. Whoever has not
        answered by then hears from us.
      </p>
      <one.Form ref={form} method="post" className={styles['form']} noValidate>
        <input type="hidden" name="intent" value="one" />
        <TextInput name="order" label="Order number" autoComplete="off" maxLength={200} error={at(problem, 'order')} />
        <NativeSelect name="channel" label="How" data={CHANNELS.map((value) => ({ value, label: word(`by:${value}`) }))} />
        <TextInput name="at" type="datetime-local" label="When" defaultValue={opened} error={at(problem, 'at')} />
        <NativeSelect name="outcome" label="What came of it" data={OUTCOMES.map((value) => ({ value, label: word(`told:${value}`) }))} />
        {problem !== null && !['order', 'at'].includes(problem.field ?? '') && <strong role="alert">{problem.message}</strong>}
        <div className="row">
          <Button type="submit" loading={one.state !== 'idle'}>
            Say that you told them
          </Button>
        </div>
      </one.Form>
      <Answer fetcher={one} single />
      <file.Form method="post" encType="multipart/form-data" className={styles['form']} noValidate>
        <input type="hidden" name="intent" value="file" />
        <Input.Wrapper
          id="told-file"
          label="Or many at once: a CSV file"
          description="Columns: order_id, channel, told_at, and outcome if you know it. At most 10,000 rows."
          error={fileProblem}
        >
          <input
            id="told-file"
            name="file"
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            className={styles['file']}
            aria-describedby={fileProblem === null ? 'told-file-description' : 'told-file-error told-file-description'}
            aria-invalid={fileProblem !== null}
          />
        </Input.Wrapper>
        <div className="row">
          <Button type="submit" variant="default" loading={file.state !== 'idle'}>
            Send the file
          </Button>
        </div>
      </file.Form>
      <Answer fetcher={file} />
    </section>
  )
}

export function Announce({ campaign }: { campaign: SellerCampaign }) {
  const fetcher = useFetcher<ToldAnswer>()
  const form = useRef<HTMLFormElement>(null)
  const problem = fetcher.data?.ok === false ? fetcher.data : null
  useEffect(() => {
    if (fetcher.state === 'idle' && fetcher.data?.ok === true && fetcher.data.recorded?.refused === 0) form.current?.reset()
  }, [fetcher.state, fetcher.data])
  return (
    <section className="stack" aria-labelledby="announce-title">
      <h2 id="announce-title">You are about to tell some</h2>
      <p>
        We leave these buyers to you until then. What you have not told us by then, we tell them ourselves. Each order can be announced
        once, for at most {campaign.plan_hours} hours: nobody may wait longer with this danger.
      </p>
      <fetcher.Form ref={form} method="post" className={styles['form']} noValidate>
        <input type="hidden" name="intent" value="plan" />
        <Textarea
          name="orders"
          label="Order numbers"
          description="One per line."
          rows={5}
          className={styles['numbers']}
          spellCheck={false}
          error={at(problem, 'orders')}
        />
        <NativeSelect
          name="hours"
          label="You will have told them within"
          defaultValue={String(campaign.plan_hours)}
          data={hoursToChoose(campaign.plan_hours).map((hours) => ({ value: String(hours), label: `${hours} hours` }))}
        />
        {problem !== null && problem.field !== 'orders' && <strong role="alert">{problem.message}</strong>}
        <div className="row">
          <Button type="submit" variant="default" loading={fetcher.state !== 'idle'}>
            Announce it
          </Button>
        </div>
      </fetcher.Form>
      <Answer fetcher={fetcher} />
    </section>
  )
}

function at(problem: { field: string | null; message: string } | null, field: string): string | null {
  return problem?.field === field ? problem.message : null
}

const PROBLEMS: readonly Column<RowProblem>[] = [
  { head: 'Row', cell: (row) => count(row.line) },
  { head: 'Field', cell: (row) => (row.field === '' ? 'whole row' : <span className="mono">{row.field}</span>) },
  { head: 'What is wrong', wide: true, cell: (row) => row.problem },
]

/** Rows of a refused list that are shown; all of them are counted. */
const SHOWN_MAX = 50

function Answer({ fetcher, single = false }: { fetcher: ReturnType<typeof useFetcher<ToldAnswer>>; single?: boolean }) {
  const recorded = fetcher.state === 'idle' && fetcher.data?.ok === true ? fetcher.data.recorded : null
  if (recorded === null) return null
  const [first] = recorded.problems
  if (single && first !== undefined) {
    return <Note title={`This was not taken: ${first.field === '' ? 'it' : first.field} ${first.problem}.`} kind="problem" role="alert" />
  }
  return (
    <Note
      title={`${recordedText(recorded)}.`}
      kind={recorded.refused > 0 ? 'problem' : 'plain'}
      role={recorded.refused > 0 ? 'alert' : 'status'}
    >
      {recorded.covering > 0 && (
        <p>
          {counted(recorded.covering, 'buyer is', 'buyers are')} left out of what we send for now
          {recorded.until !== null && (
            <>
              , until <Exact at={recorded.until} />
            </>
          )}
          .
        </p>
      )}
      {recorded.refused > 0 && (
        <>
          <Table
            label="Rows that were not taken"
            columns={PROBLEMS}
            rows={recorded.problems.slice(0, SHOWN_MAX)}
            rowKey={(row) => `${row.line} ${row.field}`}
          />
          {recorded.refused > SHOWN_MAX && <p>These are the first {SHOWN_MAX}.</p>}
          <p>Put these right and send them again. What was taken stays, also if you send it twice.</p>
        </>
      )}
    </Note>
  )
}
