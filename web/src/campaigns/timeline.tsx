/** The timeline: what was done, when, by whom, with which counts. */
import { Link } from 'react-router'
import { paths, type CampaignList } from '../paths.ts'
import { Actor } from '../ui/actor.tsx'
import { Picture } from '../ui/picture.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Exact } from '../ui/time.tsx'
import { word } from '../ui/words.ts'
import styles from './campaigns.module.css'
import { countsText } from './figures.ts'
import type { Campaign, TimelineStep } from './types.ts'

/** Where the rows of a step are. */
const STEP_LISTS: Record<string, CampaignList> = {
  listings_stopped: 'listings',
  stock_held: 'stock',
  orders_intercepted: 'interceptions',
  lines_found: 'lines',
  notices_made: 'buyers',
  wave_started: 'deliveries',
  wave_sent: 'deliveries',
  listings_released: 'listings',
}

/** What these steps are about is on the page of changes and releases. */
const STEPS_OF_CHANGES = new Set([
  'change_proposed',
  'scope_widened',
  'scope_narrowed',
  'change_refused',
  'release_asked',
  'release_refused',
])

export function Timeline({ data }: { data: Campaign }) {
  const id = data.campaign.campaign_id
  const rows = data.timeline.map((step) => ({ ...step, to: toOf(id, step) }))
  return (
    <Picture
      name="timeline"
      title="What happened"
      picture={
        <ol className={styles['timeline']}>
          {rows.map((row) => (
            <li key={row.step_no}>
              <span className="dim">
                <Exact at={row.at} />
              </span>
              <span>
                <strong>{word(`step:${row.step}`)}</strong> <Counts row={row} />
              </span>
              <span className="dim">
                by <Actor actor={row.actor} />
              </span>
            </li>
          ))}
        </ol>
      }
      table={<Table label="What happened" columns={COLUMNS} rows={rows} rowKey={(row) => String(row.step_no)} />}
    />
  )
}

type Row = TimelineStep & { to: string | null }

function toOf(campaignId: string, step: TimelineStep): string | null {
  if (STEPS_OF_CHANGES.has(step.step)) return paths.campaignChanges(campaignId)
  const list = STEP_LISTS[step.step]
  return list === undefined ? null : paths.campaignList(campaignId, list)
}

function Counts({ row }: { row: Row }) {
  const text = countsText(row.counts)
  if (text === '') return null
  if (row.to === null) return <span className="dim">{text}</span>
  return (
    <Link to={row.to} className="quiet">
      {text}
    </Link>
  )
}

const COLUMNS: readonly Column<Row>[] = [
  { head: 'Step', cell: (row) => word(`step:${row.step}`) },
  { head: 'When', cell: (row) => <Exact at={row.at} /> },
  { head: 'By', cell: (row) => <Actor actor={row.actor} /> },
  { head: 'Counts', cell: (row) => <Counts row={row} /> },
]
