/** Slows down guessing: after so many failures for one key, further tries are refused until the first of them is old enough. In memory. */
export type Throttle = {
  /** Minutes to wait before the next try of this key, or 0 where it may try now. */
  waitMinutes: (key: string, at: Date) => number
  failed: (key: string, at: Date) => void
  succeeded: (key: string) => void
}

// A bound on memory: an attacker who makes keys up pushes out the oldest, never grows the process.
const KEYS_MAX = 10_000

export function openThrottle(options: { failuresMax: number; windowMinutes: number }): Throttle {
  const failures = new Map<string, number[]>()
  const windowMs = options.windowMinutes * 60_000

  function recent(key: string, at: Date): number[] {
    return (failures.get(key) ?? []).filter((time) => at.getTime() - time < windowMs)
  }
  return {
    waitMinutes(key, at) {
      const times = recent(key, at)
      return times.length < options.failuresMax ? 0 : Math.ceil((times[0]! + windowMs - at.getTime()) / 60_000)
    },
    failed(key, at) {
      const times = [...recent(key, at), at.getTime()]
      failures.delete(key)
      failures.set(key, times.slice(-options.failuresMax))
      if (failures.size > KEYS_MAX) failures.delete(failures.keys().next().value!)
    },
    succeeded(key) {
      failures.delete(key)
    },
  }
}
