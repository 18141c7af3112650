/**
 * Response over time: the share of the identified buyers who acknowledged, opened a case and were refunded, with the waves as marks.
 * The two dashed lines are what the literature found: consumers corrected 6 % with a press release and 50 % with direct notice
 * (CPSC Recall Effectiveness Workshop, closed cases of fiscal years 2013–16).
 */
import { useElementSize } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { count, day, share } from '../ui/format.ts'
import { Picture } from '../ui/picture.tsx'
import styles from '../ui/picture.module.css'
import { Table, type Column } from '../ui/table.tsx'
import { running, spread } from './figures.ts'
import type { Campaign, ResponseDay } from './types.ts'

type Series = { key: 'acknowledged' | 'cases' | 'refunded'; name: string; colour: string; dash: string }
const SERIES: readonly Series[] = [
  { key: 'acknowledged', name: 'Acknowledged', colour: 'var(--bar-ink)', dash: '' },
  { key: 'cases', name: 'Cases', colour: 'var(--bar-accent)', dash: '6 3' },
  { key: 'refunded', name: 'Refunded', colour: 'var(--bar-accent)', dash: '' },
]
const LITERATURE = [0.06, 0.5]
const HEIGHT = 240
const MARGIN = { top: 24, right: 132, bottom: 24, left: 40 }
const LABEL_GAP = 16

export function ResponseOverTime({ data }: { data: Campaign }) {
  const identified = data.funnel[0]?.buyers ?? 0
  const points = running(data.response, data.campaign.opened_at)
  const waves = data.timeline.filter((step) => step.step === 'wave_started')
  return (
    <Picture
      name="response"
      title="How buyers responded"
      lead={<Lead data={data} last={points.at(-1)} identified={identified} />}
      picture={<Chart points={points} identified={identified} openedAt={data.campaign.opened_at} waves={waves.map((wave) => wave.at)} />}
      table={<Table label="How buyers responded" columns={COLUMNS} rows={tableRows(data, points, identified)} rowKey={(row) => row.day} />}
    />
  )
}

function Lead({ data, last, identified }: { data: Campaign; last: ResponseDay | undefined; identified: number }) {
  if (last === undefined || last.acknowledged + last.cases + last.refunded === 0) {
    return 'No buyer has answered yet. Their answers appear here day by day.'
  }
  const id = data.campaign.campaign_id
  return (
    <>
      <Rows to={paths.campaignList(id, 'buyers', { stage: 'acknowledged' })}>{count(last.acknowledged)} acknowledged</Rows>,{' '}
      <Rows to={paths.campaignList(id, 'cases')}>{count(last.cases)} opened a case</Rows>,{' '}
      <Rows to={paths.campaignList(id, 'buyers', { stage: 'remedied' })}>{count(last.refunded)} refunded</Rows>, of {count(identified)}{' '}
      identified buyers.
    </>
  )
}

function Rows({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className="quiet">
      {children}
    </Link>
  )
}

function Chart({
  points,
  identified,
  openedAt,
  waves,
}: {
  points: readonly ResponseDay[]
  identified: number
  openedAt: string
  waves: readonly string[]
}) {
  const { ref, width } = useElementSize()
  const inner = Math.max(width - MARGIN.left - MARGIN.right, 0)
  const bottom = HEIGHT - MARGIN.bottom
  const shareOf = (value: number) => (identified === 0 ? 0 : value / identified)
  const highest = Math.max(0, ...points.flatMap((point) => SERIES.map((series) => shareOf(point[series.key]))))
  const top = highest > 0.58 ? 1 : 0.6
  // A point stands at the end of its day; the campaign begins at zero.
  const x = (days: number) => MARGIN.left + (days / Math.max(points.length, 1)) * inner
  const y = (value: number) => bottom - (value / top) * (bottom - MARGIN.top)
  const start = Date.parse(openedAt.slice(0, 10))
  const ends = spread(
    SERIES.map((series) => y(shareOf(points.at(-1)?.[series.key] ?? 0)) + 4),
    LABEL_GAP,
    MARGIN.top,
    bottom + 4,
  )
  return (
    <div ref={ref} className={styles['chart']}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
          <Axes width={width} y={y} top={top} />
          {waves.map((at, index) => (
            <Wave key={at} x={x((Date.parse(at) - start) / 86_400_000)} name={`Wave ${index + 1}`} bottom={bottom} />
          ))}
          {SERIES.map((series, index) => (
            <g key={series.key}>
              <polyline
                points={[`${x(0)},${y(0)}`, ...points.map((point, i) => `${x(i + 1)},${y(shareOf(point[series.key]))}`)].join(' ')}
                fill="none"
                stroke={series.colour}
                strokeWidth="2"
                strokeDasharray={series.dash}
              />
              <text x={width - MARGIN.right + 8} y={ends[index]}>
                {series.name} {share(points.at(-1)?.[series.key] ?? 0, identified)}
              </text>
            </g>
          ))}
          <text data-dim x={MARGIN.left} y={HEIGHT - 6}>
            {day(openedAt)}
          </text>
          <text data-dim x={width - MARGIN.right} y={HEIGHT - 6} textAnchor="end">
            {points.length > 1 ? day(points.at(-1)?.day ?? openedAt) : ''}
          </text>
        </svg>
      )}
      <p className="dim small">
        Dotted: of the consumers of closed CPSC recalls, 6 % acted after a press release alone, 50 % after direct notice (2013–16).
      </p>
    </div>
  )
}

function Axes({ width, y, top }: { width: number; y: (value: number) => number; top: number }) {
  const right = width - MARGIN.right
  return (
    <>
      <line x1={MARGIN.left} x2={right} y1={y(0)} y2={y(0)} stroke="var(--line-strong)" />
      <text data-dim x={MARGIN.left - 8} y={y(0) + 4} textAnchor="end">
        0 %
      </text>
      {top === 1 && (
        <text data-dim x={MARGIN.left - 8} y={y(1) + 4} textAnchor="end">
          100 %
        </text>
      )}
      {LITERATURE.map((value) => (
        <g key={value}>
          <line x1={MARGIN.left} x2={right} y1={y(value)} y2={y(value)} stroke="var(--line-strong)" strokeDasharray="2 4" />
          <text data-dim x={MARGIN.left - 8} y={y(value) + 4} textAnchor="end">
            {value * 100} %
          </text>
        </g>
      ))}
    </>
  )
}

function Wave({ x, name, bottom }: { x: number; name: string; bottom: number }) {
  return (
    <g>
      <line x1={x} x2={x} y1={MARGIN.top - 6} y2={bottom} stroke="var(--line-strong)" />
      <text data-dim x={x} y={MARGIN.top - 12} textAnchor={x < 80 ? 'start' : 'middle'}>
        {name}
      </text>
    </g>
  )
}

type DayRow = { campaignId: string; day: string; onDay: ResponseDay; total: ResponseDay; identified: number }

function tableRows(data: Campaign, points: readonly ResponseDay[], identified: number): DayRow[] {
  const byDay = new Map(data.response.map((entry) => [entry.day, entry]))
  return points.map((total) => ({
    campaignId: data.campaign.campaign_id,
    day: total.day,
    onDay: byDay.get(total.day) ?? { day: total.day, acknowledged: 0, cases: 0, refunded: 0 },
    total,
    identified,
  }))
}

/** Where the rows of one day are. */
function dayPath(series: Series, row: DayRow): string {
  if (series.key === 'acknowledged') return paths.campaignList(row.campaignId, 'buyers', { acknowledged_on: row.day })
  return paths.campaignList(row.campaignId, 'cases', { [series.key === 'cases' ? 'opened_on' : 'refunded_on']: row.day })
}

const COLUMNS: readonly Column<DayRow>[] = [
  { head: 'Day', unit: 'UTC', cell: (row) => <span className="nowrap">{day(row.day)}</span> },
  ...SERIES.map<Column<DayRow>>((series) => ({
    head: series.name,
    unit: 'buyers, share so far',
    numeric: true,
    cell: (row) => (
      <>
        {row.onDay[series.key] === 0 ? '0' : <Rows to={dayPath(series, row)}>{count(row.onDay[series.key])}</Rows>}{' '}
        <span className="dim">{share(row.total[series.key], row.identified)}</span>
      </>
    ),
  })),
]
