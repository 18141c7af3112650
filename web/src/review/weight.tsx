/** The weight of evidence as a waterfall: each reason's bar begins where the one before ended, and the lines say where the answer changes. */
import { weight as signed } from '../ui/format.ts'
import { Picture } from '../ui/picture.tsx'
import { Table, type Column } from '../ui/table.tsx'
import styles from './review.module.css'
import type { Marked } from './texts.tsx'
import type { ReviewedMatch } from './types.ts'
import { percentAt, waterfall, type Bar, type Waterfall } from './waterfall.ts'

const LINES: Record<string, string> = { possibly: 'possibly', affected: 'affected', auto: 'stop at once' }

type Pointed = Pick<Marked, 'active' | 'setActive'>

export function WeightPicture({ match, ...marked }: { match: ReviewedMatch } & Pointed) {
  const drawn = waterfall(match.reasons, match.thresholds)
  if (drawn.bars.length === 0) {
    return (
      <section className="stack" aria-label="Weight of evidence">
        <h2>Weight of evidence</h2>
        <p>The engine found nothing that speaks for this match. A person put the listing beside this recall.</p>
      </section>
    )
  }
  return (
    <Picture
      name="weight"
      title={`Weight of evidence: ${signed(drawn.total)} bits`}
      lead={`Each bar is one comparison and begins where the one before ended. Of 100 pairs that look like this, ${odds(match.probability)} are the same product.`}
      picture={<Bars drawn={drawn} {...marked} />}
      table={<Table label="Weight of evidence" columns={COLUMNS} rows={rows(drawn)} rowKey={(row) => row.no} phone="stacks" />}
    />
  )
}

/** Of a hundred, in whole numbers; never all and never none. */
function odds(probability: number): string {
  const whole = Math.round(probability * 100)
  if (whole >= 100) return 'more than 99'
  return whole <= 0 ? 'less than one' : `about ${whole}`
}

function Bars({ drawn, active, setActive }: { drawn: Waterfall } & Pointed) {
  return (
    <div className={styles['waterfall']}>
      <div className={styles['lines']} aria-hidden="true">
        <span />
        <span className={styles['axis']}>
          {drawn.lines.map((line) => (
            <span
              key={line.name}
              style={{ left: `${percentAt(drawn, line.bits)}%` }}
              data-far={percentAt(drawn, line.bits) > 75 ? '' : undefined}
            >
              {LINES[line.name] ?? line.name}
            </span>
          ))}
        </span>
        <span>bits</span>
      </div>
      <ol>
        {drawn.bars.map((bar) => (
          <li key={bar.no} data-active={active === bar.no ? '' : undefined}>
            <button
              type="button"
              onMouseEnter={() => setActive(bar.no)}
              onMouseLeave={() => setActive(null)}
              onFocus={() => setActive(bar.no)}
              onBlur={() => setActive(null)}
              onClick={() => showPlaces(bar.no)}
            >
              <span className={styles['reason']}>
                <span className={styles['no']}>{bar.no}</span> {bar.reason.text}
              </span>
              <Track drawn={drawn} from={bar.from} to={bar.to} />
              <span className={styles['bits']}>{signed(bar.reason.weight)}</span>
            </button>
          </li>
        ))}
        <li data-sum="">
          <span className={styles['reason']}>Weight of evidence</span>
          <Track drawn={drawn} from={0} to={drawn.total} sum />
          <span className={styles['bits']}>{signed(drawn.total)}</span>
        </li>
      </ol>
    </div>
  )
}

/** Brings the first place of a reason onto the screen: on a phone the texts are far from the bars. */
function showPlaces(no: number): void {
  const place = Array.from(document.querySelectorAll('mark[data-reason]')).find((mark) =>
    mark.getAttribute('data-reason')?.split(' ').includes(String(no)),
  )
  place?.scrollIntoView({ block: 'center', behavior: 'smooth' })
}

function Track({ drawn, from, to, sum = false }: { drawn: Waterfall; from: number; to: number; sum?: boolean }) {
  const [left, right] = [percentAt(drawn, Math.min(from, to)), percentAt(drawn, Math.max(from, to))]
  const against = to < from
  const zero = percentAt(drawn, 0)
  return (
    <span className={styles['track']}>
      <svg aria-hidden="true">
        {drawn.lines.map((line) => (
          <line
            key={line.name}
            x1={`${percentAt(drawn, line.bits)}%`}
            x2={`${percentAt(drawn, line.bits)}%`}
            y1="0"
            y2="100%"
            stroke="var(--line-strong)"
            strokeDasharray="2 3"
          />
        ))}
        <line x1={`${zero}%`} x2={`${zero}%`} y1="0" y2="100%" stroke="var(--line-strong)" />
        <rect
          x={`${left}%`}
          style={{ y: 'calc(50% - 8px)' }}
          width={`${Math.max(right - left, 0.3)}%`}
          height="16"
          fill={against ? 'url(#ink-hatch)' : sum ? 'var(--bar-ink)' : 'var(--bar-accent)'}
          stroke={against || sum ? 'var(--bar-ink)' : 'var(--bar-accent)'}
        />
      </svg>
    </span>
  )
}

type Line = { no: string; text: string; bits: number; sum: number | null }

const COLUMNS: readonly Column<Line>[] = [
  { head: 'Reason', wide: true, cell: (row) => row.text },
  { head: 'Bits', numeric: true, cell: (row) => signed(row.bits) },
  { head: 'Together', unit: 'bits', numeric: true, cell: (row) => (row.sum === null ? '' : signed(row.sum)) },
]

function rows(drawn: Waterfall): Line[] {
  return [
    ...drawn.bars.map((bar: Bar) => ({ no: String(bar.no), text: `${bar.no}. ${bar.reason.text}`, bits: bar.reason.weight, sum: bar.to })),
    ...drawn.lines.map((line) => ({
      no: `line ${line.name}`,
      text: `From here: ${LINES[line.name] ?? line.name}`,
      bits: line.bits,
      sum: null,
    })),
  ]
}
