/** The identity of what an agency says: the hash of a recall's content, whatever bytes it was read from. Pure. */
import { sha256 } from '../platform/ids.ts'
import type { Recall } from './recall.ts'

/** SHA-256 of the recall as JSON with sorted keys. Two documents that say the same have the same hash. */
export function contentHash(recall: Recall): Buffer {
  return sha256(JSON.stringify(recall, sortedKeys))
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
