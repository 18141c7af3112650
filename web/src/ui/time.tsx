/** Moments: ages in words with the exact time on hover, or the exact time with its zone. Ages grow while the page is open. */
import { useSyncExternalStore } from 'react'
import { age, exactTime, until } from './format.ts'

const MINUTE = 60_000
let now = Date.now()
const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (ticking === undefined) {
    now = Date.now()
    ticking = setInterval(() => {
      now = Date.now()
      for (const each of listeners) each()
    }, MINUTE)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(ticking)
      ticking = undefined
    }
  }
}

/** `4 h ago`, the exact moment on hover. */
export function Ago({ at }: { at: string }) {
  const minute = useSyncExternalStore(subscribe, () => now)
  return (
    <time dateTime={at} title={exactTime(at)} className="nowrap">
      {age(at, minute)}
    </time>
  )
}

/** `in 25 min`, the exact moment on hover. */
export function Ahead({ at }: { at: string }) {
  const minute = useSyncExternalStore(subscribe, () => now)
  return (
    <time dateTime={at} title={exactTime(at)} className="nowrap">
      {until(at, minute)}
    </time>
  )
}

/** `23 Nov 2026, 06:05:12 CET`, its age on hover. */
export function Exact({ at }: { at: string }) {
  const minute = useSyncExternalStore(subscribe, () => now)
  return (
    <time dateTime={at} title={age(at, minute)} className="nowrap number">
      {exactTime(at)}
    </time>
  )
}
