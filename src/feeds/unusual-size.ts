/** Is a dump of another size than usual? Pure. A feed that shrinks must not look like recalls that ended, nor one that doubles like news. */
import { sha256 } from '../platform/ids.ts'

/** From this many times the usual size on, or this part of it down, a dump waits for a person. */
const TIMES = 2

export type Unusual = { kind: 'grown' | 'shrunk'; said: string }

/** `usual`: items of the last dump that was taken in; null where none was, and then nothing is unusual. */
export function unusualSize(items: number, usual: number | null): Unusual | null {
  if (usual === null || usual === 0) return null
  if (items >= usual * TIMES) return { kind: 'grown', said: `it has ${items} items and the last one had ${usual}: twice as many, or more` }
  if (items * TIMES <= usual) return { kind: 'shrunk', said: `it has ${items} items and the last one had ${usual}: half as many, or fewer` }
  return null
}

/** The identity of what several bodies hold together: of one, its own; of more, of their hashes in order. */
export function contentOf(unpacked: readonly Buffer[]): Buffer {
  return unpacked.length === 1 ? unpacked[0]! : sha256(Buffer.concat(unpacked))
}
