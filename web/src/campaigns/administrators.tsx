/** Administrators of business accounts, told beside their buyers. Only where the campaign concerns one. */
import { api } from '../paths.ts'
import { count } from '../ui/format.ts'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Ago } from '../ui/time.tsx'
import type { List } from './types.ts'

export type Administrator = { administrator_id: string; buyers: number; units: number; state: 'pending' | 'told' | 'ended'; state_at: string; state_reason: string } // prettier-ignore

export function Administrators({ id, administrators }: { id: string; administrators: List<Administrator> }) {
  if (administrators.items.length === 0) return null
  return (
    <section className="stack" aria-labelledby="administrators">
      <h2 id="administrators">Administrators of business accounts</h2>
      <p>
        Each is told once how much was bought in their account. It is no buyer’s notice, and no figure above counts it.
        {administrators.next !== null && ' The first ones; the file has all.'}
      </p>
      <Table
        label="Administrators of business accounts"
        columns={COLUMNS}
        rows={administrators.items}
        rowKey={(row) => row.administrator_id}
      />
      <p className="no-print">
        <a href={api.administrators(id, { format: 'csv' })} download>
          Download as CSV<span className="visually-hidden">: Administrators of business accounts</span>
        </a>
      </p>
    </section>
  )
}

const COLUMNS: readonly Column<Administrator>[] = [
  { head: 'Administrator', cell: (row) => <span className="mono">{row.administrator_id}</span> },
  { head: 'Buyers', numeric: true, cell: (row) => count(row.buyers) },
  { head: 'Units', numeric: true, cell: (row) => count(row.units) },
  {
    head: 'State',
    cell: (row) => (
      <>
        <State state={row.state === 'ended' ? 'not_reached' : row.state} /> <Ago at={row.state_at} />
      </>
    ),
  },
  { head: 'Why', wide: true, cell: (row) => row.state_reason },
]
