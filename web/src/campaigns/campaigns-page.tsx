/** The desk's first page: every campaign with where it stands. */
import { Button } from '@mantine/core'
import { Link, redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { get, whoAmI } from '../api.ts'
import { api, paths } from '../paths.ts'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, recallIdName, share } from '../ui/format.ts'
import { ListFoot } from '../ui/list.tsx'
import { SignInPage } from '../ui/problem.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Ago } from '../ui/time.tsx'
import type { CampaignSummary, List } from './types.ts'

/** The campaigns, or `null` for someone who is not signed in; sellers have their own first page. */
export async function loader({ request }: LoaderFunctionArgs): Promise<List<CampaignSummary> | null> {
  const staff = await whoAmI()
  if (staff === null) return null
  if (staff.kind === 'seller') throw redirect(paths.seller())
  return get<List<CampaignSummary>>(api.campaigns({ cursor: new URL(request.url).searchParams.get('cursor') }), request.signal)
}

const COLUMNS: readonly Column<CampaignSummary>[] = [
  {
    head: 'Campaign',
    wide: true,
    cell: (row) => (
      <>
        <Link to={paths.campaign(row.campaign_id)}>{row.title}</Link>
        <span className="dim small" style={{ display: 'block' }}>
          {recallIdName(row.recall_id)}
        </span>
      </>
    ),
  },
  { head: 'Opened', cell: (row) => <Ago at={row.opened_at} /> },
  {
    head: 'Stopped',
    unit: 'listings',
    numeric: true,
    cell: (row) => <Rows to={paths.campaignList(row.campaign_id, 'listings')} value={row.listings_stopped} />,
  },
  {
    head: 'Held',
    unit: 'units',
    numeric: true,
    cell: (row) => <Rows to={paths.campaignList(row.campaign_id, 'stock')} value={row.held_units} />,
  },
  {
    head: 'Affected',
    unit: 'units',
    numeric: true,
    cell: (row) => <Rows to={paths.campaignList(row.campaign_id, 'lines', { answer: 'affected' })} value={row.affected_units} />,
  },
  {
    head: 'Affected',
    unit: 'buyers',
    numeric: true,
    cell: (row) => <Rows to={paths.campaignList(row.campaign_id, 'buyers', { answer: 'affected' })} value={row.affected_buyers} />,
  },
  {
    head: 'Delivered',
    unit: 'buyers',
    numeric: true,
    cell: (row) => (
      <Rows
        to={paths.campaignList(row.campaign_id, 'buyers', { state: 'delivered' })}
        value={row.delivered_buyers}
        of={row.affected_buyers}
      />
    ),
  },
  {
    head: 'Remedied',
    unit: 'units',
    numeric: true,
    cell: (row) => (
      <Rows
        to={paths.campaignList(row.campaign_id, 'lines', { remedy_state: 'refunded' })}
        value={row.remedied_units}
        of={row.affected_units}
      />
    ),
  },
]

/** A number that leads to its rows, with its share of a whole where there is one. */
function Rows({ to, value, of }: { to: string; value: number; of?: number }) {
  return (
    <span>
      <Link to={to} className="quiet">
        {count(value)}
      </Link>
      {of !== undefined && value <= of && <span className="dim"> {share(value, of)}</span>}
    </span>
  )
}

export function Component() {
  const data = useLoaderData<typeof loader>()
  if (data === null) return <SignInPage />
  return (
    <>
      <PageHead
        title="Campaigns"
        action={
          data.items.length === 0 ? undefined : (
            <Button component={Link} to={paths.recalls({ touching: 'true' })} variant="default">
              Open a campaign from a recall
            </Button>
          )
        }
      />
      {data.items.length === 0 ? (
        <Empty title="No campaigns yet">
          <p>
            A campaign stops the listings that a recall affects, holds their stock, writes to every buyer and gives each a remedy. You open
            one from a recall that touches this marketplace.
          </p>
          <Button component={Link} to={paths.recalls({ touching: 'true' })}>
            Open a campaign from a recall
          </Button>
        </Empty>
      ) : (
        <>
          <Table label="Campaigns" columns={COLUMNS} rows={data.items} rowKey={(row) => row.campaign_id} phone="stacks" />
          <ListFoot shown={data.items.length} next={data.next} csv={api.campaigns({ format: 'csv' })} />
        </>
      )}
    </>
  )
}
