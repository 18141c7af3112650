/** The seller centre's first page: what is stopped, where the units are, what to do next. */
import { useLoaderData, type LoaderFunctionArgs, Link } from 'react-router'
import { get } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api, paths } from '../paths.ts'
import { KeyFigures, PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, counted, day, printedNumber, recallName } from '../ui/format.ts'
import { ListFoot } from '../ui/list.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Ago } from '../ui/time.tsx'
import { Gates } from './gates.tsx'
import styles from './sellers.module.css'
import type { SellerGate, SellerStop, SellerSummary } from './types.ts'

export async function loader({
  request,
}: LoaderFunctionArgs): Promise<{ summary: SellerSummary; stops: List<SellerStop>; gates: List<SellerGate> }> {
  const cursor = new URL(request.url).searchParams.get('cursor')
  const [summary, stops, gates] = await Promise.all([
    get<SellerSummary>(api.sellerSummary(), request.signal),
    get<List<SellerStop>>(api.sellerStops({ cursor }), request.signal),
    get<List<SellerGate>>(api.sellerGates(), request.signal),
  ])
  return { summary, stops, gates }
}

const COLUMNS: readonly Column<SellerStop>[] = [
  {
    head: 'Listing',
    wide: true,
    cell: (row) => (
      <>
        <Link to={paths.sellerStop(row.listing_id, row.campaign_id)}>{row.title}</Link>
        <span className="dim small mono" style={{ display: 'block' }}>
          {row.listing_id}
        </span>
      </>
    ),
  },
  {
    head: 'Why',
    cell: (row) => (
      <span className="nowrap" title={row.recall.title}>
        Recall {recallName(row.recall.agency, row.recall.recall_number)}
      </span>
    ),
  },
  {
    head: 'Stopped',
    cell: (row) =>
      row.released_at === null ? (
        <Ago at={row.placed_at} />
      ) : (
        <>
          released <Ago at={row.released_at} />
        </>
      ),
  },
  { head: 'Held', unit: 'units', numeric: true, cell: (row) => count(row.units.held) },
  { head: 'With consumers', unit: 'units', numeric: true, cell: (row) => count(row.units.with_consumers) },
  { head: 'Affected', unit: 'units', numeric: true, cell: (row) => count(row.affected_units) },
]

export function Component() {
  const { summary, stops, gates } = useLoaderData<typeof loader>()
  if (stops.items.length === 0) return <NothingStopped summary={summary} gates={gates} />
  const recalls = [...new Map(stops.items.map((stop) => [stop.recall.recall_id, stop.recall])).values()]
  const campaigns = [...new Map(stops.items.map((stop) => [stop.campaign_id, stop])).values()].filter((stop) => stop.affected_units > 0)
  return (
    <>
      <PageHead title={headline(summary, recalls)} lead={<Why recalls={recalls} />} />
      <div className={styles['page']}>
        <KeyFigures
          figures={[
            {
              name: 'Listings stopped',
              value: summary.listings_stopped,
              to: '#stops',
              beside: `of ${counted(summary.listings, 'listing')}`,
            },
            { name: 'Units held', value: summary.units_held, to: '#stops', beside: 'safe in our centres' },
            { name: 'Units affected', value: summary.units_affected, to: '#stops', beside: 'with your buyers' },
            { name: 'Units refunded', value: summary.units_refunded, to: '#stops', beside: 'to your buyers' },
          ]}
        />
        <section className="stack" aria-labelledby="next-title">
          <h2 id="next-title">What to do next</h2>
          <ol className={styles['next']}>
            <li>Open each stopped listing below and read its reasons.</li>
            <li>Stop selling the same product elsewhere. Keep your own stock where it is.</li>
            <li>If your product is not the recalled one, tell us why. Each listing's page says how.</li>
          </ol>
          <p className="dim">
            We write to your buyers and look after their remedy. You do not need to contact them. If you tell them too, say so: then nobody
            is told by both of us at once.
          </p>
          <ul className={styles['plain']}>
            {campaigns.map(({ campaign_id: id, recall }) => (
              <li key={id}>
                <Link to={paths.sellerTold(id)}>Who tells your buyers: recall {recallName(recall.agency, recall.recall_number)}</Link>
              </li>
            ))}
          </ul>
        </section>
        <Gates gates={gates} />
        <section className="stack" id="stops" aria-labelledby="stops-title">
          <h2 id="stops-title">Stopped listings</h2>
          <Table
            label="Stopped listings"
            columns={COLUMNS}
            rows={stops.items}
            rowKey={(row) => `${row.listing_id} ${row.campaign_id}`}
            phone="stacks"
          />
          <ListFoot shown={stops.items.length} next={stops.next} csv={api.sellerStops({ format: 'csv' })} />
        </section>
      </div>
    </>
  )
}

/** `A recall touches 24 of your listings`; released ones do not count. */
function headline(summary: SellerSummary, recalls: readonly SellerStop['recall'][]): string {
  if (summary.listings_stopped === 0) return 'None of your listings is stopped any more'
  return `${recalls.length === 1 ? 'A recall touches' : 'Recalls touch'} ${count(summary.listings_stopped)} of your listings`
}

/** The reason first: which recalls stand behind the stops. */
function Why({ recalls }: { recalls: readonly SellerStop['recall'][] }) {
  return (
    <>
      {recalls.map((recall) => (
        <p key={recall.recall_id}>
          Why: {recall.agency} published recall {printedNumber(recall.recall_number)} on {day(recall.published_on)}:{' '}
          {recall.url === null ? (
            recall.title
          ) : (
            <a href={recall.url} rel="noreferrer" target="_blank">
              {recall.title}
            </a>
          )}
        </p>
      ))}
      <p>This is about the product, not about you. Nobody can buy these listings here at present, and their stock stays in our centres.</p>
    </>
  )
}

function NothingStopped({ summary, gates }: { summary: SellerSummary; gates: List<SellerGate> }) {
  if (gates.items.length > 0) {
    return (
      <>
        <PageHead title={summary.name} lead={<p>This is about the products, not about you.</p>} />
        <Gates gates={gates} />
      </>
    )
  }
  return (
    <>
      <PageHead title={summary.name} />
      <Empty title="Nothing of yours is stopped">
        <p>
          All {counted(summary.listings, 'listing')} can be sold. If a recall touches one of them, you will see here which units, why, until
          when, and what you can do.
        </p>
      </Empty>
    </>
  )
}
