/** Every recall that the feeds brought, newest first, with what it touches here. */
import { Button } from '@mantine/core'
import { Link, useLoaderData, useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api, changedSearch, paths, type Search } from '../paths.ts'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, day, recallName } from '../ui/format.ts'
import { Filters, ListFoot, SearchBox } from '../ui/list.tsx'
import { Table, type Column } from '../ui/table.tsx'
import tableStyles from '../ui/table.module.css'
import { word } from '../ui/words.ts'
import type { RecallSummary } from './types.ts'

export function loader({ request }: LoaderFunctionArgs): Promise<List<RecallSummary>> {
  const search = new URL(request.url).searchParams
  return get<List<RecallSummary>>(api.recalls({ ...filters(search), cursor: search.get('cursor') }), request.signal)
}

function filters(search: URLSearchParams): Search {
  return { q: search.get('q'), touching: search.get('touching') }
}

const COLUMNS: readonly Column<RecallSummary>[] = [
  {
    head: 'Recall',
    wide: true,
    cell: (row) => (
      <>
        <Link to={paths.recall(row.recall_id)}>{row.title}</Link>
        <span className="dim small" style={{ display: 'block' }}>
          {recallName(row.agency, row.recall_number)}
          {row.kind === 'recall' ? '' : ` · ${word(row.kind).toLowerCase()}`}
          {row.also.length === 0 ? '' : ` · also ${row.also.join(', ')}`}
        </span>
      </>
    ),
  },
  { head: 'Published', cell: (row) => <span className="nowrap number">{day(row.published_on)}</span> },
  { head: 'Hazards', cell: (row) => row.hazards.map((hazard) => word(hazard).toLowerCase()).join(', ') },
  { head: 'Affected', unit: 'listings', numeric: true, cell: (row) => <Touched row={row} answer="affected" /> },
  { head: 'Possibly', unit: 'listings', numeric: true, cell: (row) => <Touched row={row} answer="possibly" /> },
  {
    head: 'Campaign',
    cell: (row) => (row.campaign_id === null ? <span className="dim">none</span> : <Link to={paths.campaign(row.campaign_id)}>open</Link>),
  },
]

function Touched({ row, answer }: { row: RecallSummary; answer: 'affected' | 'possibly' }) {
  if (row[answer] === 0) return <span className="dim">0</span>
  return (
    <Link to={paths.recall(row.recall_id, { answer })} className="quiet">
      {count(row[answer])}
    </Link>
  )
}

export function Component() {
  const { items, next } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const touching = search.get('touching') === 'true'
  const filtered = touching || search.has('q')
  return (
    <>
      <PageHead title="Recalls" lead={<p>What the agencies published. Open one to see which listings it touches and why.</p>} />
      <Filters>
        <SearchBox label="Search" placeholder="Product, brand or recall number" keep={['touching']} />
        <nav className={tableStyles['filter']} aria-label="Filter by what it touches">
          <span>Show</span>
          <Link to={changedSearch(search, { touching: null })} aria-current={touching ? undefined : 'true'}>
            All recalls
          </Link>
          <Link to={changedSearch(search, { touching: 'true' })} aria-current={touching ? 'true' : undefined}>
            Touching this marketplace
          </Link>
        </nav>
      </Filters>
      {items.length > 0 ? (
        <Table label="Recalls" columns={COLUMNS} rows={items} rowKey={(row) => row.recall_id} phone="stacks" />
      ) : filtered ? (
        <Empty title="No recall matches">
          <p>Search for fewer words, or look at all recalls.</p>
          <Button component={Link} to={paths.recalls()} variant="default">
            Show all recalls
          </Button>
        </Empty>
      ) : (
        <Empty title="No recalls yet">
          <p>Recalls come from the agencies' feeds. See whether a feed was imported.</p>
          <Button component={Link} to={paths.feeds()}>
            Look at the feeds
          </Button>
        </Empty>
      )}
      <ListFoot shown={items.length} next={next} csv={api.recalls({ ...filters(search), format: 'csv' })} />
    </>
  )
}
