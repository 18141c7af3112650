/** A state as a word with a sign beside it: how full the sign is says how far along, without colour. */
import styles from './blocks.module.css'
import { word } from './words.ts'

type Sign = 'full' | 'half' | 'empty' | 'crossed'

const SIGNS: Record<string, Sign> = {
  affected: 'full',
  possibly: 'half',
  'order:answered': 'full',
  'order:told': 'full',
  'order:told_by_you': 'half',
  'order:left_to_you': 'half',
  'order:not_reached': 'crossed',
  told: 'full',
  announced: 'half',
  lapsed: 'crossed',
  not_reached: 'crossed',
  no: 'empty',
  delivered: 'full',
  pending: 'half',
  unreachable: 'crossed',
  accepted: 'full',
  confirmed: 'full',
  seen: 'full',
  refused_for_now: 'half',
  refused: 'crossed',
  failed: 'crossed',
  no_contact: 'crossed',
  no_case: 'empty',
  awaiting_proof: 'half',
  refund_asked: 'half',
  refunded: 'full',
  refund_refused: 'crossed',
  paid: 'full',
  unsettled: 'half',
  in_flight: 'half',
  out_of_scope: 'empty',
  heard: 'full',
  not_heard: 'crossed',
  failing: 'half',
  held: 'half',
  done: 'full',
  unchanged: 'full',
  incomplete: 'half',
  under_way: 'half',
  died: 'crossed',
}

export function State({ state }: { state: string }) {
  return (
    <span className={styles['state']}>
      <Mark sign={SIGNS[state] ?? 'empty'} />
      {word(state)}
    </span>
  )
}

function Mark({ sign }: { sign: Sign }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <circle cx="5" cy="5" r="4" fill={sign === 'full' ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.5" />
      {sign === 'half' && <path d="M5 1a4 4 0 0 1 0 8z" fill="currentColor" />}
      {sign === 'crossed' && <path d="M2.2 7.8 7.8 2.2" stroke="currentColor" strokeWidth="1.5" />}
    </svg>
  )
}
