/** Horizontal bars from zero: name, bar, number and share in one row, so that each bar carries its own label. Fills differ by pattern as well as by colour. */
import type { ReactNode } from 'react'
import { count, share } from './format.ts'
import styles from './picture.module.css'

export type Fill = 'ink' | 'accent' | 'quiet' | 'ink-hatch' | 'accent-hatch' | 'outline'

/** The patterns that the bars of a page use; once per page. */
export function Patterns() {
  return (
    <svg width="0" height="0" aria-hidden="true" style={{ position: 'absolute' }}>
      <defs>
        <Hatch id="ink-hatch" colour="var(--bar-ink)" />
        <Hatch id="accent-hatch" colour="var(--bar-accent)" />
      </defs>
    </svg>
  )
}

function Hatch({ id, colour }: { id: string; colour: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="2.5" height="6" fill={colour} />
    </pattern>
  )
}

const PAINT: Record<Fill, { fill: string; stroke: string }> = {
  ink: { fill: 'var(--bar-ink)', stroke: 'var(--bar-ink)' },
  accent: { fill: 'var(--bar-accent)', stroke: 'var(--bar-accent)' },
  quiet: { fill: 'var(--bar-quiet)', stroke: 'var(--line-strong)' },
  'ink-hatch': { fill: 'url(#ink-hatch)', stroke: 'var(--bar-ink)' },
  'accent-hatch': { fill: 'url(#accent-hatch)', stroke: 'var(--bar-accent)' },
  outline: { fill: 'none', stroke: 'var(--line-strong)' },
}

/** The heads of the two number columns, once above a group of bars. */
export function BarHeadings({ unit }: { unit: string }) {
  return (
    <div className={`${styles['bar']} ${styles['headings']}`} aria-hidden="true">
      <span />
      <span className={styles['trackCell']} />
      <span>{unit}</span>
      <span>share</span>
    </div>
  )
}

/**
 * One bar from `start` to `start + value`, on a scale from 0 to `scale`. `joins` draws hairlines to the bars above and below, as a waterfall
 * has them. The share is of `whole`.
 */
export function BarRow(props: {
  name: ReactNode
  value: number
  number: ReactNode
  fill: Fill
  scale: number
  whole: number
  start?: number
  isWhole?: boolean
  joins?: { above: boolean; below: boolean }
}) {
  const { name, value, number, fill, scale, whole, start = 0, isWhole = false, joins } = props
  const percent = (units: number) => (scale <= 0 ? 0 : (units / scale) * 100)
  const left = percent(start)
  const right = percent(start + value)
  const paint = PAINT[fill]
  return (
    <li className={styles['bar']} data-whole={isWhole ? '' : undefined} style={{ maxWidth: 'none' }}>
      <span className={styles['name']}>{name}</span>
      <span className={styles['trackCell']}>
        <svg className={styles['track']} aria-hidden="true">
          {joins?.above === true && <line x1={`${left}%`} x2={`${left}%`} y1="0" y2="50%" stroke="var(--line-strong)" />}
          {joins?.below === true && <line x1={`${right}%`} x2={`${right}%`} y1="50%" y2="100%" stroke="var(--line-strong)" />}
          {/* A bar of few units among many stays visible: it is never thinner than its outline. */}
          {value > 0 && (
            <rect x={`${left}%`} y="20%" width={`${Math.max(right - left, 0.15)}%`} height="60%" fill={paint.fill} stroke={paint.stroke} />
          )}
          {value === 0 && <line x1={`${left}%`} x2={`${left}%`} y1="20%" y2="80%" stroke={paint.stroke} strokeWidth="2" />}
        </svg>
      </span>
      <span>{number}</span>
      <span>{share(value, whole)}</span>
    </li>
  )
}

/** The number of a bar, spoken with its unit. */
export function BarNumber({ value, unit }: { value: number; unit: string }) {
  return (
    <>
      {count(value)}
      <span className="visually-hidden"> {unit}</span>
    </>
  )
}
