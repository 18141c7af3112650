/** What people made of the queue: every ruling with its reason, the newest first. */
import { Link, useLoaderData, useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api, paths, type Search } from '../paths.ts'
import { Actor } from '../ui/actor.tsx'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { recallName } from '../ui/format.ts'
import { ChoiceFilter, Filters, ListFoot, Narrowed } from '../ui/list.tsx'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Ago } from '../ui/time.tsx'
import { inSentence } from '../ui/words.ts'
import type { RulingItem } from './types.ts'

function filtersIn(search: URLSearchParams): Search {
  return Object.fromEntries(['ruling', 'by', 'recall', 'seller'].map((name) => [name, search.get(name)]))
}

export function loader({ request }: LoaderFunctionArgs): Promise<List<RulingItem>> {
  const search = new URL(request.url).searchParams
  return get<List<RulingItem>>(api.rulings({ ...filtersIn(search), cursor: search.get('cursor') }), request.signal)
}

const COLUMNS: readonly Column<RulingItem>[] = [
  {
    head: 'Listing',
    wide: true,
    cell: (row) => (
      <>
        <Link to={paths.reviewMatch(row.recall_id, row.listing_id)}>{row.title.trim() === '' ? row.listing_id : row.title}</Link>
        <br />
        <span className="dim small">
          {row.seller_name} · {recallName(row.agency, row.recall_number)}
        </span>
      </>
    ),
  },
  { head: 'Ruling', cell: (row) => <State state={row.ruling} /> },
  {
    head: 'The engine said',
    cell: (row) => (
      <span className="nowrap">{row.engine_answer === null ? <span className="dim">not kept</span> : inSentence(row.engine_answer)}</span>
    ),
  },
  { head: 'By', cell: (row) => <Actor actor={row.decided_by} /> },
  { head: 'When', cell: (row) => <Ago at={row.decided_at} /> },
  { head: 'Reason', wide: true, cell: (row) => row.reason },
]

export function Component() {
  const { items, next } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const filters = filtersIn(search)
  const filtered = Object.values(filters).some(Boolean)
  return (
    <>
      <PageHead
        title="Rulings"
        lead={<p>What people ruled, the newest first. Nothing here is ever rewritten; what was taken back says so.</p>}
      />
      <Filters>
        <ChoiceFilter name="ruling" label="Ruling" values={['affected', 'possibly', 'no', 'withdrawn']} />
        <ChoiceFilter name="by" label="By" values={['mine', 'others']} />
        {filters['recall'] && <Narrowed name="recall" text={`Only recall ${filters['recall']}`} />}
        {filters['seller'] && <Narrowed name="seller" text={`Only seller ${filters['seller']}`} />}
      </Filters>
      {items.length > 0 ? (
        <Table
          label="Rulings"
          columns={COLUMNS}
          rows={items}
          rowKey={(row) => `${row.listing_id} ${row.recall_id} ${row.decision_no}`}
          phone="stacks"
        />
      ) : (
        <Empty title={filtered ? 'No ruling matches these filters' : 'Nobody ruled yet'}>
          <p>{filtered ? 'Choose “All”.' : 'Rulings made in the queue are kept here with their reasons.'}</p>
        </Empty>
      )}
      <ListFoot shown={items.length} next={next} csv={api.rulings({ ...filters, format: 'csv' })} />
    </>
  )
}
