/** The reach funnel: how far every affected buyer has come, from identified to remedied. */
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { BarHeadings, BarNumber, BarRow } from '../ui/bars.tsx'
import { count, share } from '../ui/format.ts'
import { Picture } from '../ui/picture.tsx'
import styles from '../ui/picture.module.css'
import { Table, type Column } from '../ui/table.tsx'
import { word } from '../ui/words.ts'
import type { Campaign } from './types.ts'

type Row = { stage: string; buyers: number; share: string; lost: number; to: string }

export function ReachFunnel({ data }: { data: Campaign }) {
  const { campaign, figures, funnel } = data
  const id = campaign.campaign_id
  const identified = funnel[0]?.buyers ?? 0
  const rows = funnel.map<Row>(({ stage, buyers }, index) => ({
    stage,
    buyers,
    share: share(buyers, identified),
    lost: (funnel[index - 1]?.buyers ?? buyers) - buyers,
    to: paths.campaignList(id, 'buyers', stage === 'identified' ? {} : { stage }),
  }))
  const buyers = (state: string, value: number) => (
    <Link to={paths.campaignList(id, 'buyers', { state })} className="quiet">
      {count(value)} {state}
    </Link>
  )
  return (
    <Picture
      name="funnel"
      title="How far every buyer was reached"
      lead={
        <>
          {count(identified)} identified = {buyers('delivered', figures.delivered_buyers)} + {buyers('pending', figures.pending_buyers)} +{' '}
          {buyers('unreachable', figures.unreachable_buyers)}.
        </>
      }
      picture={
        <div>
          <BarHeadings unit="buyers" />
          <ol className={styles['rows']}>
            {rows.map((row, index) => (
              <BarRow
                key={row.stage}
                name={<Link to={row.to}>{word(row.stage)}</Link>}
                value={row.buyers}
                number={<BarNumber value={row.buyers} unit="buyers" />}
                fill={index === 0 ? 'outline' : 'accent'}
                scale={identified}
                whole={identified}
              />
            ))}
          </ol>
        </div>
      }
      table={<Table label="How far every buyer was reached" columns={COLUMNS} rows={rows} rowKey={(row) => row.stage} />}
    />
  )
}

const COLUMNS: readonly Column<Row>[] = [
  { head: 'Stage', cell: (row) => <Link to={row.to}>{word(row.stage)}</Link> },
  { head: 'Reached it', unit: 'buyers', numeric: true, cell: (row) => count(row.buyers) },
  { head: 'Share', numeric: true, cell: (row) => row.share },
  { head: 'Not yet', unit: 'since the stage before', numeric: true, cell: (row) => count(row.lost) },
]
