/** The reach account: how fast and how far the notices came, where, by which channel, and who is still waited for and why. */
import type { ReactNode } from 'react'
import { Link, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import { api, paths, type Search } from '../paths.ts'
import { BarHeadings, BarNumber, BarRow, Patterns } from '../ui/bars.tsx'
import { count, exactTime, share } from '../ui/format.ts'
import { Picture } from '../ui/picture.tsx'
import pictures from '../ui/picture.module.css'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { word } from '../ui/words.ts'
import { CampaignHead } from './campaign-head.tsx'
import { useCampaign } from './campaign.ts'
import styles from './campaigns.module.css'
import { ReachFunnel } from './funnel.tsx'
import {
  duration,
  NOT_STATED,
  outcomesOf,
  placeOf,
  type AttemptCounts,
  type ReachAccount,
  type ReachTime,
  type ReasonRow,
  type RegionRow,
} from './reach.ts'
import { Administrators, type Administrator } from './administrators.tsx'
import { revoke, ToldBySellers, type SellerListItem } from './told-by-sellers.tsx'
import type { List } from './types.ts'
import { RegionMap } from './region-map.tsx'

type Loaded = { account: ReachAccount; lists: List<SellerListItem>; administrators: List<Administrator> }

export async function loader({ params, request }: LoaderFunctionArgs): Promise<Loaded> {
  const id = params['campaignId'] ?? ''
  const [account, lists, administrators] = await Promise.all([
    get<ReachAccount>(api.reach(id), request.signal),
    get<List<SellerListItem>>(api.sellerLists(id), request.signal),
    get<List<Administrator>>(api.administrators(id, { limit: '20' }), request.signal),
  ])
  return { account, lists, administrators }
}

export async function action({ params, request }: ActionFunctionArgs) {
  return await revoke(params['campaignId'] ?? '', await request.formData())
}

export function Component() {
  const { account, lists, administrators } = useLoaderData<typeof loader>()
  const data = useCampaign()
  const id = account.campaign_id
  return (
    <>
      <CampaignHead title="Reach" lead={<p>Every buyer of this campaign, accounted for. Each number leads to its rows.</p>} below={[]} />
      <div className={styles['overview']}>
        <Patterns />
        <div className={styles['pair']}>
          <ReachFunnel data={data} />
          <Times times={account.times} />
        </div>
        <Reasons account={account} />
        <ToldBySellers account={account} lists={lists} />
        <Administrators id={id} administrators={administrators} />
        <Regions account={account} />
        <Attempts
          id={id}
          title="By channel"
          table="channels"
          lead="What became of each attempt. A buyer may have several."
          first="Channel"
          rows={account.channels.items.map(({ channel, ...counts }) => ({ name: word(channel), of: { channel }, ...counts }))}
          more={account.channels.more}
        />
        <Attempts
          id={id}
          title="By mail domain"
          table="domains"
          lead="E-mails by the domain that they went to. Addresses are kept nowhere."
          first="Domain"
          rows={account.domains.items.map(({ domain, ...counts }) => ({
            name: domain === NOT_STATED ? 'No address' : domain,
            of: { channel: 'email', domain },
            ...counts,
          }))}
          more={account.domains.more}
        />
      </div>
    </>
  )
}

function Section({ title, lead, csv, children }: { title: string; lead: ReactNode; csv?: string; children: ReactNode }) {
  const name = title.toLowerCase().replaceAll(' ', '-')
  return (
    <section className="stack" aria-labelledby={name}>
      <h2 id={name}>{title}</h2>
      <p>{lead}</p>
      {children}
      {csv !== undefined && (
        <p className="no-print">
          <a href={csv} download>
            Download as CSV<span className="visually-hidden">: {title}</span>
          </a>
        </p>
      )}
    </section>
  )
}

function Times({ times }: { times: readonly ReachTime[] }) {
  return (
    <Section title="How long it took" lead="Since the campaign opened. Counted over all identified buyers.">
      <Table label="How long it took" columns={TIMES} rows={times} rowKey={(row) => String(row.share)} />
    </Section>
  )
}

const TIMES: readonly Column<ReachTime>[] = [
  { head: 'Share of buyers', cell: (row) => `${Math.round(row.share * 100)} %` },
  { head: 'Sent to them after', cell: (row) => <Took seconds={row.sent_seconds} at={row.sent_at} /> },
  { head: 'Delivered after', cell: (row) => <Took seconds={row.delivered_seconds} at={row.delivered_at} /> },
]

function Took({ seconds, at }: { seconds: number | null; at: string | null }) {
  if (seconds === null || at === null) return <span className="dim">not yet</span>
  return (
    <time dateTime={at} title={exactTime(at)}>
      {duration(seconds)}
    </time>
  )
}

function reasonColumns(account: ReachAccount): Column<ReasonRow>[] {
  return [
    { head: 'Why', wide: true, cell: (row) => row.reason },
    { head: 'Notice', cell: (row) => <State state={row.state} /> },
    {
      head: 'Buyers',
      numeric: true,
      cell: (row) => <Figure id={account.campaign_id} list="buyers" of={{ state: row.state, reason: row.reason }} value={row.buyers} />,
    },
    { head: 'Share', numeric: true, cell: (row) => share(row.buyers, account.buyers.identified) },
  ]
}

function Reasons({ account }: { account: ReachAccount }) {
  const order = ['unreachable', 'pending', 'delivered']
  const rows = account.reasons.items.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  return (
    <Section title="Where the notices stand, and why" lead="Each buyer once." csv={api.reachTable(account.campaign_id, 'reasons')}>
      <Table
        label="Where the notices stand, and why"
        columns={reasonColumns(account)}
        rows={rows}
        rowKey={(row) => `${row.state} ${row.reason}`}
        phone="stacks"
      />
    </Section>
  )
}

function placeFilter(row: RegionRow): Search {
  return { country: row.country, region: row.region }
}

function regionColumns(id: string): Column<RegionRow>[] {
  const figure = (field: 'delivered' | 'pending' | 'unreachable'): Column<RegionRow> => ({
    head: word(field),
    numeric: true,
    cell: (row) => <Figure id={id} list="buyers" of={{ ...placeFilter(row), state: field }} value={row[field]} />,
  })
  return [
    { head: 'Region', cell: placeOf },
    { head: 'Buyers', numeric: true, cell: (row) => <Figure id={id} list="buyers" of={placeFilter(row)} value={row.buyers} /> },
    figure('delivered'),
    { head: 'Share', numeric: true, cell: (row) => share(row.delivered, row.buyers) },
    figure('pending'),
    figure('unreachable'),
    {
      head: word('acknowledged'),
      numeric: true,
      cell: (row) => <Figure id={id} list="buyers" of={{ ...placeFilter(row), stage: 'acknowledged' }} value={row.acknowledged} />,
    },
  ]
}

function Regions({ account }: { account: ReachAccount }) {
  const { campaign_id: id, regions } = account
  const largest = Math.max(...regions.items.map((row) => row.buyers))
  return (
    <div>
      <Picture
        name="regions"
        title="By region"
        lead={
          <>
            Buyers whose notice is delivered, of all in the region. {regions.more && 'The regions with the most buyers; the file has all. '}
            <a href={api.reachTable(id, 'regions')} download>
              Download as CSV<span className="visually-hidden">: By region</span>
            </a>
          </>
        }
        picture={
          <div className={pictures['rows']}>
            <RegionMap id={id} places={account.places} />
            <BarHeadings unit="delivered" />
            <ol className={pictures['rows']}>
              {regions.items.map((row) => (
                <BarRow
                  key={`${row.country} ${row.region}`}
                  name={<Link to={paths.campaignList(id, 'buyers', placeFilter(row))}>{placeOf(row)}</Link>}
                  value={row.delivered}
                  number={<BarNumber value={row.delivered} unit={`of ${count(row.buyers)} buyers delivered`} />}
                  fill="accent"
                  scale={largest}
                  whole={row.buyers}
                />
              ))}
            </ol>
          </div>
        }
        table={
          <Table label="By region" columns={regionColumns(id)} rows={regions.items} rowKey={(row) => `${row.country} ${row.region}`} />
        }
      />
    </div>
  )
}

type AttemptRow = { name: string; of: Search } & AttemptCounts

function attemptColumns(id: string, first: string, rows: readonly AttemptRow[]): Column<AttemptRow>[] {
  return [
    { head: first, cell: (row) => row.name },
    { head: 'Attempts', numeric: true, cell: (row) => <Figure id={id} list="deliveries" of={row.of} value={row.attempts} /> },
    ...outcomesOf(rows).map((outcome): Column<AttemptRow> => ({
      head: word(outcome),
      numeric: true,
      cell: (row) => (
        <>
          <Figure id={id} list="deliveries" of={{ ...row.of, outcome }} value={row[outcome]} />{' '}
          <span className="dim">{share(row[outcome], row.attempts)}</span>
        </>
      ),
    })),
    ...(rows.every((row) => row.came_back === 0)
      ? []
      : [
          {
            head: 'Came back later',
            unit: 'of the accepted',
            numeric: true,
            cell: (row: AttemptRow) => (
              <>
                <Figure id={id} list="deliveries" of={{ ...row.of, came_back: 'true' }} value={row.came_back} />{' '}
                <span className="dim">{share(row.came_back, row.accepted)}</span>
              </>
            ),
          },
        ]),
  ]
}

function Attempts(props: {
  id: string
  title: string
  lead: string
  first: string
  table: 'channels' | 'domains'
  rows: readonly AttemptRow[]
  more: boolean
}) {
  const { id, title, lead, first, rows, table, more } = props
  return (
    <Section title={title} lead={`${lead}${more ? ' The largest ones; the file has all.' : ''}`} csv={api.reachTable(id, table)}>
      {rows.length === 0 ? (
        <p className="dim">Nothing was sent yet. Each attempt is counted here as soon as it is made.</p>
      ) : (
        <Table label={title} columns={attemptColumns(id, first, rows)} rows={rows} rowKey={(row) => row.name} />
      )}
    </Section>
  )
}

/** A figure that leads to its rows; of none there are no rows to show. */
function Figure({ id, list, of, value }: { id: string; list: 'buyers' | 'deliveries'; of: Search; value: number }) {
  return value === 0 ? <span className="dim">0</span> : <Link to={paths.campaignList(id, list, of)}>{count(value)}</Link>
}
