/** The feeds: what a person must see to first, then how each agency is heard and what came in. */
import { useEffect, useRef } from 'react'
import { Link, useFetcher, useLoaderData, useSearchParams, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import { get, newKey, post } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api, paths } from '../paths.ts'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, counted, day } from '../ui/format.ts'
import { ListFoot } from '../ui/list.tsx'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Ago } from '../ui/time.tsx'
import { Alarms } from './alarms.tsx'
import { Fold } from './fold.tsx'
import styles from './feeds.module.css'
import { AGENCY_NAMES, decisionText, feedState, notBegun } from './health.ts'
import type { HoldAnswer } from './hold.tsx'
import type { FeedStatus, HoldDecision } from './types.ts'

export function loader({ request }: LoaderFunctionArgs): Promise<List<FeedStatus>> {
  return get<List<FeedStatus>>(api.feeds(), request.signal)
}

/** Decides on what is held of an agency. */
export async function action({ request }: ActionFunctionArgs): Promise<HoldAnswer> {
  const form = await request.formData()
  const [agency, ruling, reason] = [text(form, 'agency'), text(form, 'ruling'), text(form, 'reason').trim()]
  const refuse = (field: string | null, message: string): HoldAnswer => ({ agency, ok: false, field, message })
  if (reason === '') return refuse('reason', 'Write the reason. A decision without one cannot be checked later.')
  const answer = await post<HoldDecision>(api.holdDecisions(agency), { ruling, reason }, newKey())
  return answer.ok ? { agency, ok: true, effect: decisionText(answer.value) } : refuse(answer.problem.field, answer.problem.message)
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

const NONE = <span className="dim">none</span>

const COLUMNS: readonly Column<FeedStatus>[] = [
  {
    head: 'Agency',
    cell: (row) => (
      <>
        <Link to={foldOf(row.agency)}>{row.agency}</Link>
        <span className="dim small" style={{ display: 'block' }}>
          {AGENCY_NAMES[row.agency]}
        </span>
      </>
    ),
  },
  {
    head: 'Newest recall',
    cell: (row) => (row.newest_published_on === null ? NONE : <span className="nowrap number">{day(row.newest_published_on)}</span>),
  },
  { head: 'Last heard', cell: (row) => <LastHeard feed={row} /> },
  { head: 'Kept', unit: 'documents', numeric: true, cell: (row) => count(row.documents) },
  { head: 'New', unit: 'recalls', numeric: true, cell: (row) => count(row.new_recalls) },
  { head: 'Corrected', unit: 'revisions', numeric: true, cell: (row) => count(row.new_revisions) },
  { head: 'Refused', unit: 'items', numeric: true, cell: (row) => count(row.refused) },
  { head: 'State', cell: (row) => <State state={feedState(row)} /> },
]

function LastHeard({ feed }: { feed: FeedStatus }) {
  if (feed.last_success_at !== null) return <Ago at={feed.last_success_at} />
  if (feed.sources.length > 0 || feed.last_import_at === null) return <span className="dim">never</span>
  return (
    <span className="nowrap">
      file, <Ago at={feed.last_import_at} />
    </span>
  )
}

/** The address of this page with the fold of an agency open. */
function foldOf(agency: string): string {
  return `${paths.feeds({ agency })}#feed-${agency}`
}

export function Component() {
  const { items } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const fetcher = useFetcher<HoldAnswer>()
  const chosen = search.get('agency')
  if (items.length === 0) return <NothingYet />
  return (
    <>
      <PageHead title="Feeds" lead={<p>How each agency is heard. New, corrected and refused are of its last import.</p>} />
      <Alarms feeds={items} foldOf={foldOf} />
      <Table label="Feeds" columns={COLUMNS} rows={items} rowKey={(row) => row.agency} phone="stacks" />
      <NotBegun agencies={notBegun(items)} />
      <section className={styles['section']} aria-labelledby="folds-title">
        <h2 id="folds-title">Sources and problems</h2>
        <Effect answer={fetcher.data} />
        <ul className={styles['folds']}>
          {items.map((feed) => (
            <Fold key={`${feed.agency} ${chosen === feed.agency}`} feed={feed} chosen={chosen === feed.agency} fetcher={fetcher} />
          ))}
        </ul>
      </section>
      <ListFoot shown={items.length} next={null} csv={api.feeds({ format: 'csv' })} />
    </>
  )
}

/** What a decision did. It takes the focus, as the form that had it is gone. */
function Effect({ answer }: { answer: HoldAnswer | undefined }) {
  const place = useRef<HTMLOutputElement>(null)
  const done = answer?.ok === true ? answer : null
  useEffect(() => {
    if (done !== null) place.current?.focus()
  }, [done])
  return (
    <output ref={place} tabIndex={-1} className={styles['effect']}>
      {done?.effect}
    </output>
  )
}

/** One quiet line: that nobody has begun with an agency here is no alarm. */
function NotBegun({ agencies }: { agencies: readonly string[] }) {
  if (agencies.length === 0) return null
  return (
    <p className={`dim ${styles['notBegun']}`}>
      Nothing of {counted(agencies.length, 'agency', 'agencies')} is here yet: {agencies.join(', ')}. Ask all agencies on the server:{' '}
      <code className="mono nowrap">npx tocsin feed pull</code>
    </p>
  )
}

function NothingYet() {
  return (
    <>
      <PageHead title="Feeds" />
      <Empty title="No agency was asked yet">
        <p>How each agency is heard stands here, with its recalls. Ask the agencies on the server:</p>
        <p>
          <code className="mono nowrap">npx tocsin feed pull</code>
        </p>
        <p>Or take a file in that you have:</p>
        <p>
          <code className="mono nowrap">npx tocsin feed import CPSC FILE</code>
        </p>
      </Empty>
    </>
  )
}
