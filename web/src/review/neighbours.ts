/** Which match comes before and after in the queue. Pure. */
import type { QueueItem } from './types.ts'

export type Pair = { recall_id: string; listing_id: string }

/** `at` counts from 0; -1 for a match that is not among these: then the first of them comes next. */
export function neighbours(items: readonly QueueItem[], here: Pair): { at: number; before: QueueItem | null; after: QueueItem | null } {
  const at = items.findIndex((item) => item.recall_id === here.recall_id && item.listing_id === here.listing_id)
  if (at < 0) return { at, before: null, after: items[0] ?? null }
  return { at, before: items[at - 1] ?? null, after: items[at + 1] ?? null }
}
