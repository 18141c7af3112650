/** Bodies as they came over the wire, in files under the hash of their bytes, until they are old. The documents in them live in the database. */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { newId } from '../platform/ids.ts'

export type KeptBody = { sha256: Buffer; bytes: number }

/** A body that is arriving. Either `keep` or `drop` ends it. */
export type Draft = {
  write: (chunk: Buffer) => Promise<void>
  bytes: () => number
  keep: () => Promise<KeptBody>
  drop: () => Promise<void>
}

export type Bodies = {
  draft: () => Promise<Draft>
  pathOf: (sha256: Buffer) => string
  /** Removes a body; one that is not there is no error. */
  forget: (sha256: Buffer) => Promise<void>
  /** Removes what killed processes left half written before `before`. */
  sweep: (before: Date) => Promise<void>
}

const DRAFTS = 'drafts'

/** Opens the folder `HOME/feeds`. */
export function openBodies(home: string): Bodies {
  const folder = path.join(home, 'feeds')
  function pathOf(sha256: Buffer): string {
    const hex = sha256.toString('hex')
    return path.join(folder, hex.slice(0, 2), hex)
  }
  return {
    pathOf,
    async draft() {
      await mkdir(path.join(folder, DRAFTS), { recursive: true, mode: 0o700 })
      return await openDraft(path.join(folder, DRAFTS, newId()), pathOf)
    },
    async forget(sha256) {
      await rm(pathOf(sha256), { force: true })
    },
    async sweep(before) {
      const drafts = await readdir(path.join(folder, DRAFTS)).catch(() => [])
      for (const name of drafts) {
        const file = path.join(folder, DRAFTS, name)
        const found = await stat(file).catch(() => null)
        if (found !== null && found.mtime < before) await rm(file, { force: true })
      }
    },
  }
}

async function openDraft(file: string, pathOf: (sha256: Buffer) => string): Promise<Draft> {
  const handle = await open(file, 'w', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  return {
    bytes: () => bytes,
    async write(chunk) {
      hash.update(chunk)
      bytes += chunk.length
      await handle.write(chunk)
    },
    async keep() {
      await handle.sync()
      await handle.close()
      const sha256 = hash.digest()
      const target = pathOf(sha256)
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
      await rename(file, target)
      return { sha256, bytes }
    },
    async drop() {
      await handle.close()
      await rm(file, { force: true })
    },
  }
}
