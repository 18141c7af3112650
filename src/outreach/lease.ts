/** A lease on a bucket, kept alive while its holder works. What time it is, is the database's business; here only durations are measured. */
import { performance } from 'node:perf_hooks'

export type Lease = {
  /** True while no other worker can have taken over: nothing new may be started once it is false. */
  held: () => boolean
  /** Says that the lease was prolonged by a statement begun at `since` (`performance.now()`). */
  prolonged: (since: number) => void
  end: () => void
}

/**
 * Starts a heartbeat that calls `renew` three times in the length of a lease. A renewal that is refused, or a process that stood still for
 * longer than its lease, ends it; the monotonic clock of `performance.now()` does not jump when the machine's time is set.
 */
export function keepLease(options: { leaseSeconds: number; claimedAt: number; renew: () => Promise<boolean> }): Lease {
  const lengthMs = options.leaseSeconds * 1_000
  let until = options.claimedAt + lengthMs
  let refused = false
  function prolonged(since: number): void {
    until = Math.max(until, since + lengthMs)
  }
  async function beat(): Promise<void> {
    const since = performance.now()
    try {
      if (await options.renew()) prolonged(since)
      else refused = true
    } catch {
      // A database that cannot be asked prolongs nothing: the lease then runs out by itself.
    }
  }
  const timer = setInterval(() => void beat(), lengthMs / 3)
  return {
    held: () => !refused && performance.now() < until,
    prolonged,
    end: () => clearInterval(timer),
  }
}
