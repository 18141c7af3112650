/** The feeds: when each agency was last heard, and what came in. */
import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api } from '../paths.ts'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count } from '../ui/format.ts'
import { Table, type Column } from '../ui/table.tsx'
import { Ago } from '../ui/time.tsx'
import type { FeedStatus } from './types.ts'

export function loader({ request }: LoaderFunctionArgs): Promise<List<FeedStatus>> {
  return get<List<FeedStatus>>(api.feeds(), request.signal)
}

const COLUMNS: readonly Column<FeedStatus>[] = [
  { head: 'Agency', cell: (row) => row.agency },
  {
    head: 'Last import',
    cell: (row) => (row.last_import_at === null ? <span className="dim">never</span> : <Ago at={row.last_import_at} />),
  },
  {
    head: 'From',
    wide: true,
    cell: (row) => (row.source === null ? <span className="dim">nowhere yet</span> : <span className="mono">{row.source}</span>),
  },
  { head: 'Seen', unit: 'items', numeric: true, cell: (row) => count(row.items) },
  { head: 'New', unit: 'recalls', numeric: true, cell: (row) => count(row.new_recalls) },
  { head: 'Corrected', unit: 'revisions', numeric: true, cell: (row) => count(row.new_revisions) },
  { head: 'Refused', unit: 'items', numeric: true, cell: (row) => count(row.refused) },
]

export function Component() {
  const { items } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Feeds" lead={<p>What the agencies published, as of the last import of each.</p>} />
      {items.length === 0 ? (
        <Empty title="No feed was imported yet">
          <p>Recalls come from the agencies' feeds. Import the first file on the server:</p>
          <p>
            <code className="mono">npx tocsin feed import CPSC FILE</code>
          </p>
        </Empty>
      ) : (
        <Table label="Feeds" columns={COLUMNS} rows={items} rowKey={(row) => row.agency} phone="stacks" />
      )}
    </>
  )
}
