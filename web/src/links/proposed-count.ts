/** How many pairs of recalls wait for a person, for the tab in the frame. Asked when the desk opens and after each ruling. */
import { useEffect, useSyncExternalStore } from 'react'
import { get } from '../api.ts'
import { api } from '../paths.ts'

let proposed: number | null = null
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Asks again. A count that cannot be had is no count: the tab then shows none. */
export async function refreshProposedCount(): Promise<void> {
  try {
    proposed = (await get<{ proposed: number }>(api.linkCount())).proposed
  } catch {
    proposed = null
  }
  for (const listener of listeners) listener()
}

/** Null where it is not known, or nobody may know it. */
export function useProposedCount(wanted: boolean): number | null {
  useEffect(() => {
    if (wanted) void refreshProposedCount()
  }, [wanted])
  const count = useSyncExternalStore(subscribe, () => proposed)
  return wanted ? count : null
}
