/** One agency unfolded: what is held, how each of its sources was last heard, what was wrong with its last import. */
import type { useFetcher } from 'react-router'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Ago, Ahead } from '../ui/time.tsx'
import styles from './feeds.module.css'
import { feedState, foldText } from './health.ts'
import { Holds, type HoldAnswer } from './hold.tsx'
import type { FeedProblem, FeedSource, FeedStatus } from './types.ts'

export function Fold({ feed, chosen, fetcher }: { feed: FeedStatus; chosen: boolean; fetcher: ReturnType<typeof useFetcher<HoldAnswer>> }) {
  const held = feed.sources.some((source) => source.hold !== null)
  return (
    <li id={`feed-${feed.agency}`}>
      <details open={chosen || held}>
        <summary>
          <span>{feed.agency}</span>
          <span className="dim">{foldText(feed)}</span>
          <State state={feedState(feed)} />
        </summary>
        <div className={styles['fold']}>
          {held && <Holds feed={feed} fetcher={fetcher} />}
          <Sources feed={feed} />
          <Problems feed={feed} />
        </div>
      </details>
    </li>
  )
}

const SOURCE_COLUMNS: readonly Column<FeedSource>[] = [
  { head: 'Source', cell: (row) => <span className="nowrap">{row.source}</span> },
  {
    head: 'Last heard',
    cell: (row) => (row.last_success_at === null ? <span className="dim">never</span> : <Ago at={row.last_success_at} />),
  },
  { head: 'Last pull', cell: (row) => <Ago at={row.last_pull_at} /> },
  { head: 'Outcome', cell: (row) => <State state={row.last_outcome ?? 'under_way'} /> },
  { head: 'What was said', wide: true, cell: (row) => (row.last_said === '' ? <span className="dim">nothing</span> : row.last_said) },
  { head: 'Failed', unit: 'in a row', numeric: true, cell: (row) => row.failures },
  { head: 'Next pull', cell: (row) => <Ahead at={row.next_pull_at} /> },
]

function Sources({ feed }: { feed: FeedStatus }) {
  return (
    <div>
      <h3>Sources</h3>
      {feed.sources.length === 0 ? (
        <p>
          Never asked.{' '}
          {feed.source !== null && (
            <>
              Its recalls were taken in from the file <span className="mono">{feed.source}</span>.{' '}
            </>
          )}
          Ask it on the server: <code className="mono nowrap">npx tocsin feed pull {feed.agency}</code>
        </p>
      ) : (
        <Table
          label={`Sources of ${feed.agency}`}
          columns={SOURCE_COLUMNS}
          rows={feed.sources}
          rowKey={(row) => row.source}
          phone="stacks"
        />
      )}
    </div>
  )
}

type NumberedProblem = FeedProblem & { no: number }

const PROBLEM_COLUMNS: readonly Column<NumberedProblem>[] = [
  { head: 'Line', numeric: true, cell: (row) => row.line },
  {
    head: 'Field',
    cell: (row) => (row.field === '' ? <span className="dim">whole item</span> : <span className="mono">{row.field}</span>),
  },
  { head: 'Problem', wide: true, cell: (row) => row.problem },
  { head: 'How the item begins', wide: true, cell: (row) => <span className="mono">{row.excerpt}</span> },
]

function Problems({ feed }: { feed: FeedStatus }) {
  const numbered = feed.problems.map((problem, no) => ({ ...problem, no }))
  return (
    <div>
      <h3>Problems of the last import</h3>
      {numbered.length === 0 ? (
        <p>{feed.last_import_at === null ? 'Nothing was taken in yet.' : 'None: everything in it could be read.'}</p>
      ) : (
        <>
          <p className="dim">
            The first ones. <span className="mono">{feed.source}</span>
            {feed.last_import_at !== null && (
              <>
                , <Ago at={feed.last_import_at} />
              </>
            )}
          </p>
          <Table label={`Problems of ${feed.agency}`} columns={PROBLEM_COLUMNS} rows={numbered} rowKey={(row) => String(row.no)} inWindow />
        </>
      )}
    </div>
  )
}
