/** Opening a campaign, first page: which listings will be stopped, and what the officer decides. */
import { Button, Checkbox, Radio, Textarea } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import {
  Form,
  Link,
  redirect,
  useActionData,
  useLoaderData,
  useSearchParams,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router'
import { get, newKey } from '../api.ts'
import { api, paths } from '../paths.ts'
import type { Match, RecallDetail } from '../recalls/types.ts'
import { Actor } from '../ui/actor.tsx'
import { Note, PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, counted, recallIdName, weight } from '../ui/format.ts'
import { Table, type Column } from '../ui/table.tsx'
import { word } from '../ui/words.ts'
import styles from './campaigns.module.css'
import {
  planProblems,
  planSearch,
  PROOFS,
  readPlan,
  REASON_LENGTH_MAX,
  remediesOffered,
  withDefaults,
  type Plan,
  type PlanProblem,
} from './plan.ts'
import type { List } from './types.ts'

const LISTINGS_SHOWN_MAX = 500

export type OpenData = { detail: RecallDetail; affected: List<Match> }

/** The recall and the listings its campaign would stop. A recall whose campaign is open already leads to it. */
export async function loader({ params, request }: LoaderFunctionArgs): Promise<OpenData> {
  const id = params['recallId'] ?? ''
  const [detail, affected] = await Promise.all([
    get<RecallDetail>(api.recall(id), request.signal),
    get<List<Match>>(api.matches(id, { answer: 'affected', limit: String(LISTINGS_SHOWN_MAX) }), request.signal),
  ])
  if (detail.campaign_id !== null) throw redirect(paths.campaign(detail.campaign_id))
  return { detail, affected }
}

/** Checks the form; a whole plan goes on to the confirmation under a key that makes opening twice open once. */
export async function action({ params, request }: ActionFunctionArgs): Promise<{ plan: Plan; problems: PlanProblem[] }> {
  const plan = readPlan(await request.formData())
  const problems = planProblems(plan)
  if (problems.length === 0) throw redirect(paths.checkCampaign(params['recallId'] ?? '', { ...planSearch(plan), key: newKey() }))
  return { plan, problems }
}

export function Component() {
  const { detail, affected } = useLoaderData<typeof loader>()
  const { recall, counts } = detail
  return (
    <>
      <PageHead
        title="Open a campaign"
        crumbs={[
          { to: paths.recalls(), name: 'Recalls' },
          { to: paths.recall(detail.recall_id), name: recallIdName(detail.recall_id) },
        ]}
        lead={<p>{recall.title}. Nothing happens until you confirm on the next page.</p>}
      />
      {counts.affected === 0 ? (
        <NothingToStop detail={detail} />
      ) : (
        <div className={styles['overview']}>
          <section className="stack" aria-labelledby="stops-title">
            <h2 id="stops-title">{counted(counts.affected, 'listing')} will be stopped</h2>
            {counts.possibly > 0 && <StillOnSale detail={detail} />}
            <Undecided detail={detail} matches={affected.items} />
            <Table
              label="Listings that will be stopped"
              columns={COLUMNS}
              rows={affected.items}
              rowKey={(row) => row.listing_id}
              inWindow
            />
            {affected.next !== null && (
              <p>
                The first {affected.items.length} are shown.{' '}
                <Link to={paths.recall(detail.recall_id, { answer: 'affected' })}>See all of them</Link>
              </p>
            )}
          </section>
          <PlanForm detail={detail} />
        </div>
      )}
    </>
  )
}

function StillOnSale({ detail }: { detail: RecallDetail }) {
  return (
    <Note title={`${counted(detail.counts.possibly, 'listing')} possibly affected`} kind="warning">
      <p>
        They stay on sale until you rule on them.{' '}
        <Link to={paths.recall(detail.recall_id, { answer: 'possibly' })}>Rule on them first</Link>
      </p>
    </Note>
  )
}

/** Listings that the engine found affected but would have a person look at: opening the campaign rules on them. */
function Undecided({ detail, matches }: { detail: RecallDetail; matches: readonly Match[] }) {
  const undecided = matches.filter(isUndecided).length
  if (undecided === 0) return null
  return (
    <Note title={undecided === 1 ? "1 of these waits for a person's eye" : `${count(undecided)} of these wait for a person's eye`}>
      <p>
        The evidence is not strong enough for a rule alone. By opening the campaign you decide that they are affected.{' '}
        <Link to={paths.recall(detail.recall_id, { answer: 'affected', tier: 'review' })}>Look at their reasons first</Link>
      </p>
    </Note>
  )
}

function isUndecided(match: Match): boolean {
  return match.tier === 'review' && match.ruling === null
}

function NothingToStop({ detail }: { detail: RecallDetail }) {
  return (
    <Empty title="No listing is affected">
      <p>
        A campaign needs at least one affected listing. Rule on the listings that are possibly affected; the ones you rule “affected” will
        be stopped.
      </p>
      <Button component={Link} to={paths.recall(detail.recall_id, { answer: 'possibly' })}>
        Look at the possibly affected listings
      </Button>
    </Empty>
  )
}

const COLUMNS: readonly Column<Match>[] = [
  {
    head: 'Listing',
    wide: true,
    cell: (row) => (
      <>
        {row.title}
        <span className="dim small mono" style={{ display: 'block' }}>
          {row.listing_id}
        </span>
      </>
    ),
  },
  { head: 'Seller', cell: (row) => row.seller_name },
  {
    head: 'Decided by',
    cell: (row) =>
      isUndecided(row) ? 'you, by opening' : row.decided_by === null ? 'the matching rule' : <Actor actor={row.decided_by} />,
  },
  { head: 'Weight', unit: 'bits', numeric: true, cell: (row) => weight(row.weight) },
]

function PlanForm({ detail }: { detail: RecallDetail }) {
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const summary = useRef<HTMLDivElement>(null)
  // Each refusal takes the reader to what is wrong, also when the same thing is wrong again.
  useEffect(() => {
    if (answer !== undefined) summary.current?.focus()
  }, [answer])
  const problems = answer?.problems ?? []
  const remedies = remediesOffered(detail.recall)
  // Coming back from the confirmation, the address holds what was written; at first, all that the recall offers is chosen.
  const plan =
    answer?.plan ??
    withDefaults(readPlan(search), { remedies, proof: detail.recall.proof_of_destruction ? 'photo_of_destruction' : 'none' })
  const errorOf = (field: PlanProblem['field']) => problems.find((problem) => problem.field === field)?.message
  return (
    <section className="stack" aria-labelledby="plan-title">
      <h2 id="plan-title">What you decide</h2>
      <div ref={summary} tabIndex={-1} className={styles['problems']}>
        {problems.length > 0 && <Problems problems={problems} />}
      </div>
      <Form method="post" className={styles['form']} noValidate>
        <Textarea
          id="reason"
          name="reason"
          label="Why do you open this campaign?"
          description="It is kept with your name, for the audit and for the sellers' questions."
          rows={3}
          maxLength={REASON_LENGTH_MAX}
          defaultValue={plan.reason}
          error={errorOf('reason')}
          required
          withAsterisk={false}
        />
        <Choice
          id="remedies"
          question="What can buyers choose?"
          hint="Only what the recall itself offers. Refunds are paid from here; the notice explains the others."
          error={errorOf('remedies')}
        >
          {remedies.map((remedy) => (
            <Checkbox
              key={remedy}
              name="remedies"
              value={remedy}
              label={remedyLabel(remedy)}
              defaultChecked={plan.remedies.includes(remedy)}
            />
          ))}
        </Choice>
        <Choice id="proof" question="What must they show before they get it?" error={errorOf('proof')}>
          {PROOFS.map((proof) => (
            <Radio
              key={proof}
              name="proof"
              value={proof}
              label={proof === 'none' ? 'Nothing' : word(proof)}
              defaultChecked={plan.proof === proof}
            />
          ))}
        </Choice>
        <Button type="submit">Check before opening</Button>
      </Form>
    </section>
  )
}

function remedyLabel(remedy: string): string {
  if (remedy === 'none') return 'Nothing: the recall offers no remedy'
  return remedy === 'refund' ? 'Refund of the full price they paid' : word(remedy)
}

/** A question with a few answers. The link in the summary of problems leads here. */
function Choice(props: { id: string; question: string; hint?: string; error: string | undefined; children: ReactNode }) {
  const { id, question, hint, error, children } = props
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={error === undefined ? undefined : `${id}-error`}>
      <legend>{question}</legend>
      {hint !== undefined && <p className="dim">{hint}</p>}
      {children}
      {error !== undefined && <strong id={`${id}-error`}>{error}</strong>}
    </fieldset>
  )
}

function Problems({ problems }: { problems: readonly PlanProblem[] }) {
  return (
    <Note title="There is a problem" kind="problem" role="alert">
      <ul>
        {problems.map((problem) => (
          <li key={problem.field}>
            <a href={`#${problem.field}`}>{problem.message}</a>
          </li>
        ))}
      </ul>
    </Note>
  )
}
