/** When a source is to be asked next. Pure. */
import type { SourceState } from './queries-health.ts'
import type { Source } from './sources.ts'

const MINUTE_MS = 60_000
/** After a failure a source is asked again sooner than usual, then ever more rarely, up to its usual rhythm. */
const RETRY_MINUTES = 5
/** Where an agency refuses us, or sends everything each time, asking more often does not help. */
const NOT_SOONER: ReadonlySet<string> = new Set(['forbidden', 'address_refused', 'refused_before', 'window_ignored'])

/** `state` is null where the source was never asked: then it is due now. A pull that never ended was killed, and is due again at once. */
export function dueAt(
  source: Source,
  state: Pick<SourceState, 'lastPullAt' | 'lastOutcome' | 'lastReason' | 'failuresSince' | 'notBefore'> | null,
): Date {
  if (state === null) return new Date(0)
  const { lastPullAt, lastOutcome, lastReason, failuresSince, notBefore } = state
  let minutes = source.everyMinutes
  const sooner = RETRY_MINUTES * 2 ** Math.min(Math.max(failuresSince - 1, 0), 20)
  if (lastOutcome === null || lastReason === 'stopped') minutes = 0
  else if (lastReason === 'more') minutes = RETRY_MINUTES
  else if ((lastOutcome === 'failed' || lastOutcome === 'died' || lastOutcome === 'incomplete') && !NOT_SOONER.has(lastReason ?? ''))
    minutes = Math.min(sooner, source.everyMinutes)
  const due = lastPullAt.getTime() + minutes * MINUTE_MS
  return new Date(Math.max(due, notBefore?.getTime() ?? 0))
}
