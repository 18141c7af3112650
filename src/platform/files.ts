/** Files under the hash of their bytes, in a local folder. The same bytes are kept once. */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { newId, sha256 } from './ids.ts'

export type Files = {
  /** Keeps the bytes and returns their SHA-256; flushed to disk before it returns. */
  put: (bytes: Uint8Array) => Promise<Buffer>
  /** The bytes, or `null` where nothing was kept under this hash. */
  get: (hash: Buffer) => Promise<Buffer | null>
}

export function openFiles(home: string): Files {
  function fileOf(hash: Buffer): string {
    const hex = hash.toString('hex')
    return path.join(home, 'files', hex.slice(0, 2), hex)
  }
  return {
    async put(bytes) {
      const hash = sha256(bytes)
      const target = fileOf(hash)
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
      const draft = `${target}.${newId()}`
      const handle = await open(draft, 'w', 0o600)
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(draft, target)
      return hash
    },
    async get(hash) {
      try {
        return await readFile(fileOf(hash))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
  }
}
