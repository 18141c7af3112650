/** One stopped listing, for its seller: why, which units, until when, what to do, who decides. */
import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import { api, paths } from '../paths.ts'
import { Patterns } from '../ui/bars.tsx'
import { Facts, PageHead } from '../ui/blocks.tsx'
import { Evidence } from '../ui/evidence.tsx'
import { count, counted, recallName } from '../ui/format.ts'
import { Table, type Column } from '../ui/table.tsx'
import { Ago, Exact } from '../ui/time.tsx'
import { word } from '../ui/words.ts'
import styles from './sellers.module.css'
import type { ReleaseStatement, SellerStopDetail, StatementOfReasons } from './types.ts'

export function loader({ params, request }: LoaderFunctionArgs): Promise<SellerStopDetail> {
  const campaign = new URL(request.url).searchParams.get('campaign')
  return get<SellerStopDetail>(api.sellerStop(params['listingId'] ?? '', campaign), request.signal)
}

type Hold = SellerStopDetail['holds'][number]

const HOLDS: readonly Column<Hold>[] = [
  { head: 'Centre', cell: (row) => row.centre_name },
  { head: 'Lot', cell: (row) => (row.lot === '' ? <span className="dim">not told apart</span> : <span className="mono">{row.lot}</span>) },
  { head: 'Held', cell: (row) => <Ago at={row.placed_at} /> },
  { head: 'Units', numeric: true, cell: (row) => count(row.units) },
]

export function Component() {
  const stop = useLoaderData<typeof loader>()
  const { statement } = stop
  return (
    <>
      <Patterns />
      <PageHead
        title={stop.title}
        crumbs={[{ to: paths.seller(), name: 'Seller centre' }]}
        lead={
          <p>
            {stop.released_at === null ? (
              <>
                This listing has been stopped since <Exact at={stop.placed_at} />.
              </>
            ) : (
              <>
                This listing was stopped on <Exact at={stop.placed_at} /> and released on <Exact at={stop.released_at} />.
              </>
            )}
          </p>
        }
      />
      <div className={styles['page']}>
        {stop.release !== null && <Released stop={stop} release={stop.release} />}
        <section className="stack" aria-labelledby="why-title">
          <h2 id="why-title">{stop.released_at === null ? 'Why' : 'Why it was stopped'}</h2>
          <p className="prose">{statement.facts}</p>
          {stop.released_at === null && <p>{statement.what}</p>}
        </section>
        {stop.released_at === null && (
          <section className="stack" aria-labelledby="do-title">
            <h2 id="do-title">What you can do</h2>
            <p className="prose">{statement.redress}</p>
          </section>
        )}
        <section className="stack" aria-labelledby="units-title">
          <h2 id="units-title">Which units</h2>
          <p>
            {counted(stop.units.held, 'unit')} held in our centres. {counted(stop.units.with_consumers, 'unit')} with your buyers;{' '}
            {count(stop.affected_units)} of them affected by the recall.
          </p>
          {stop.holds.length > 0 && (
            <Table label="Units held, by centre" columns={HOLDS} rows={stop.holds} rowKey={(row) => `${row.centre_id} ${row.lot}`} />
          )}
          <TakenBack stop={stop} />
        </section>
        <section className="stack" aria-labelledby="evidence-title">
          <h2 id="evidence-title">How we know it is this product</h2>
          <p className="dim">
            Each bar is one comparison of your listing with the recall. Bars to the right say it is the recalled product, bars to the left
            say it is not. If one of them is wrong, that is what to show us: a photo of the label or the model number.
          </p>
          <Evidence reasons={stop.reasons} total={stop.reasons.reduce((sum, reason) => sum + reason.weight, 0)} />
        </section>
        {stop.earlier.length > 0 && (
          <section className="stack" aria-labelledby="earlier-title">
            <h2 id="earlier-title">Before this</h2>
            {stop.earlier.map((each) => (
              <p key={each.stop_no}>
                Stopped on <Exact at={each.placed_at} />
                {each.released_at !== null && (
                  <>
                    , released on <Exact at={each.released_at} />
                  </>
                )}
                .{each.why_released !== null && ` Why it was released: ${each.why_released}`}
              </p>
            ))}
          </section>
        )}
        <section className="stack" aria-labelledby="statement-title">
          <h2 id="statement-title">Statement of reasons</h2>
          <Statement stop={stop} />
        </section>
      </div>
    </>
  )
}

/** The end of the stop, first: what is free, why, and what stays as it was done. */
function Released({ stop, release }: { stop: SellerStopDetail; release: ReleaseStatement }) {
  return (
    <section className="stack" aria-labelledby="released-title">
      <h2 id="released-title">Released</h2>
      <p className="prose">{release.what}</p>
      <Facts
        facts={[
          ['When', stop.released_at === null ? '' : <Exact key="when" at={stop.released_at} />],
          ['Why', release.why],
          [
            'Your stock',
            `${release.stock} ${counted(stop.units.sellable, 'unit')} in our centres ${stop.units.sellable === 1 ? 'is' : 'are'} free now.`,
          ],
          ['What stays', release.stays],
          ['Questions', release.redress],
        ]}
      />
    </section>
  )
}

/** What the table of shelves leaves out of the units held: orders that had not shipped. */
function TakenBack({ stop }: { stop: SellerStopDetail }) {
  const units = stop.units.held - stop.holds.reduce((sum, hold) => sum + hold.units, 0)
  if (units === 0) return null
  return <p>{counted(units, 'more held unit')} came from orders that we took back before they shipped.</p>
}

function Statement({ stop: { statement, recall } }: { stop: SellerStopDetail }) {
  return (
    <Facts
      facts={[
        ['Where it holds', statement.scope_territory],
        ['Until', statement.until],
        ['Found by', word(statement.found_by)],
        ['Decided', statement.automated ? 'by a rule, without a person' : 'by a person'],
        ['Ground', <GroundLink key="ground" statement={statement} recall={recall} />],
      ]}
    />
  )
}

function GroundLink({ statement, recall }: { statement: StatementOfReasons; recall: SellerStopDetail['recall'] }) {
  return (
    <>
      {statement.ground}{' '}
      {statement.grounds_url !== null && (
        <a href={statement.grounds_url} rel="noreferrer" target="_blank">
          Read {recallName(recall.agency, recall.recall_number)} on {recall.agency}'s own page
        </a>
      )}
    </>
  )
}
