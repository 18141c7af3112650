/** Weight of evidence: reasons for to the right of zero, reasons against to the left, and the sum that gives the answer. */
import type { Reason } from '../recalls/types.ts'
import { weight as signed } from './format.ts'
import styles from './picture.module.css'

export function Evidence({ reasons, total }: { reasons: readonly Reason[]; total: number }) {
  const reach = Math.max(1, Math.abs(total), ...reasons.map((reason) => Math.abs(reason.weight)))
  const sorted = reasons.toSorted((a, b) => b.weight - a.weight)
  return (
    <dl className={styles['evidence']}>
      <dt className="dim small">Reason</dt>
      <dd className="dim small" aria-hidden="true">
        <Zero />
      </dd>
      <dd className={`dim small ${styles['bits']}`}>Bits</dd>
      {sorted.map((reason) => (
        <Row key={`${reason.field} ${reason.text}`} value={reason.weight} reach={reach}>
          {reason.text}
        </Row>
      ))}
      <Row value={total} reach={reach} sum>
        Weight of evidence
      </Row>
    </dl>
  )
}

function Zero() {
  return (
    <span style={{ display: 'flex', justifyContent: 'space-between' }}>
      <span>against</span>
      <span>for</span>
    </span>
  )
}

function Row({ value, reach, sum = false, children }: { value: number; reach: number; sum?: boolean; children: React.ReactNode }) {
  const width = (Math.abs(value) / reach) * 50
  const extra = sum ? ` ${styles['sum']}` : ''
  return (
    <>
      <dt className={extra}>{children}</dt>
      <dd aria-hidden="true" className={extra}>
        <svg width="100%" height="16" style={{ display: 'block' }}>
          <line x1="50%" x2="50%" y1="0" y2="16" stroke="var(--line-strong)" />
          <rect
            x={`${value < 0 ? 50 - width : 50}%`}
            y="3"
            width={`${width}%`}
            height="10"
            fill={value < 0 ? 'url(#ink-hatch)' : sum ? 'var(--bar-ink)' : 'var(--bar-accent)'}
            stroke={value < 0 || sum ? 'var(--bar-ink)' : 'var(--bar-accent)'}
          />
        </svg>
      </dd>
      <dd className={styles['bits'] + extra}>{signed(value)}</dd>
    </>
  )
}
