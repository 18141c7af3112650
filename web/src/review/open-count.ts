/** How many matches wait for a person, for the tab in the frame. Asked when the desk opens and after each ruling. */
import { useEffect, useSyncExternalStore } from 'react'
import { get } from '../api.ts'
import { api } from '../paths.ts'
import type { Queue } from './types.ts'

let open: number | null = null
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Asks again. A count that cannot be had is no count: the tab then shows none. */
export async function refreshOpenCount(): Promise<void> {
  try {
    open = (await get<Queue>(api.review({ limit: '1' }))).counts.open
  } catch {
    open = null
  }
  for (const listener of listeners) listener()
}

/** Null where it is not known, or nobody may know it. */
export function useOpenCount(wanted: boolean): number | null {
  useEffect(() => {
    if (wanted) void refreshOpenCount()
  }, [wanted])
  const count = useSyncExternalStore(subscribe, () => open)
  return wanted ? count : null
}
