/** The review queue: every match that a person must look at, the worst danger first. */
import { useMemo, useRef } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api, changedSearch, paths } from '../paths.ts'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, counted, recallName, weight } from '../ui/format.ts'
import { useKeys, type Keys } from '../ui/keys.tsx'
import { ListFoot } from '../ui/list.tsx'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { word } from '../ui/words.ts'
import { QueueFilters } from './filters.tsx'
import { filtersIn, QUEUE_FILTERS, useQueue } from './queue.ts'
import styles from './review.module.css'
import { Severity } from './severity.tsx'
import type { QueueItem } from './types.ts'

const COLUMNS: readonly Column<QueueItem>[] = [
  { head: 'Listing', wide: true, cell: (row) => <ListingCell row={row} /> },
  { head: 'Recall', wide: true, cell: (row) => <RecallCell row={row} /> },
  { head: 'Danger', cell: (row) => <Severity severity={row.severity} /> },
  { head: 'To do', cell: (row) => word(`why:${row.why}`) },
  { head: 'The engine says', cell: (row) => <State state={row.answer} /> },
  { head: 'Weight', unit: 'bits', numeric: true, cell: (row) => weight(row.weight) },
  { head: 'With buyers', unit: 'units', numeric: true, cell: (row) => count(row.sold_units) },
  { head: 'In stock', unit: 'units', numeric: true, cell: (row) => count(row.stock_units) },
]

export function Component() {
  const { items, next, counts } = useQueue()
  const [search] = useSearchParams()
  const filtered = QUEUE_FILTERS.some((name) => search.has(name)) || search.has('cursor')
  const region = useRef<HTMLDivElement>(null)
  useRowKeys(region)
  return (
    <>
      <PageHead title="Review" lead={<p>{lead(counts.open, filtered)}</p>} />
      <QueueFilters counts={counts} items={items} />
      <div ref={region}>
        {items.length > 0 ? (
          <Table
            label="Review queue"
            columns={COLUMNS}
            rows={items}
            rowKey={(row) => `${row.listing_id} ${row.recall_id}`}
            phone="stacks"
          />
        ) : (
          <NothingOpen filtered={filtered} />
        )}
      </div>
      <ListFoot shown={items.length} next={next} csv={api.review({ ...filtersIn(search), format: 'csv' })} />
    </>
  )
}

function lead(open: number, filtered: boolean): string {
  if (open === 0) return 'Listings that may be recalled products, where a person has the last word.'
  const one = open === 1
  const waits = `${counted(open, 'match', 'matches')} ${one ? 'waits' : 'wait'} for a person${filtered ? ' with these filters' : ''}`
  return `${waits}. The worst danger comes first, then the strongest evidence, then the most units.`
}

function NothingOpen({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty title="Nothing waits with these filters">
      <p>
        <Link to="?">Show everything that waits</Link>
      </p>
    </Empty>
  ) : (
    <Empty title="Nothing waits for you">
      <p>
        Matches come here when a recall or a listing is new or changes, and the evidence needs a person. Those that were stopped at once
        come here too, to be confirmed.
      </p>
      <p>
        See <Link to={paths.rulings()}>what was ruled</Link>, or look at{' '}
        <Link to={paths.recalls({ touching: 'true' })}>recalls that touch this marketplace</Link>.
      </p>
    </Empty>
  )
}

function ListingCell({ row }: { row: QueueItem }) {
  const [search] = useSearchParams()
  return (
    <>
      <Link
        to={paths.reviewMatch(row.recall_id, row.listing_id, { ...filtersIn(search), cursor: search.get('cursor') })}
        data-open
        className={styles['target']}
      >
        {row.title.trim() === '' ? row.listing_id : row.title}
      </Link>
      <br />
      <span className="dim small">
        {row.brand !== null && `${row.brand} · `}
        <Link to={changedSearch(search, { seller: row.seller_id })} className={`quiet ${styles['target']}`}>
          {row.seller_name}
        </Link>
      </span>
    </>
  )
}

function RecallCell({ row }: { row: QueueItem }) {
  const [search] = useSearchParams()
  return (
    <span className="small">
      <Link to={changedSearch(search, { recall: row.recall_id })} className={`quiet ${styles['target']}`}>
        {recallName(row.agency, row.recall_number)}
      </Link>
      <span className={`dim ${styles['twoLines']}`} title={row.recall_title}>
        {row.recall_title}
      </span>
    </span>
  )
}

/** `j` and `k` walk the rows; Enter opens the one with the focus. */
function useRowKeys(region: React.RefObject<HTMLDivElement | null>): void {
  const keys = useMemo<Keys>(() => {
    function walk(step: number): void {
      const links = Array.from(region.current?.querySelectorAll<HTMLElement>('[data-open]') ?? [])
      const here = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement) === true)
      links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)]?.focus()
    }
    return { j: { does: 'Next match (Enter opens it)', run: () => walk(1) }, k: { does: 'Match before', run: () => walk(-1) } }
  }, [region])
  useKeys(keys)
}
