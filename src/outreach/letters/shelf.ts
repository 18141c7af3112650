/** Where printed letters lie until they are handed over: below TOCSIN_HOME/letters, for the account that Tocsin runs as and nobody else. */
import { createReadStream } from 'node:fs'
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ReadStream } from 'node:fs'
import { newId } from '../../platform/ids.ts'

export type LetterShelf = {
  /** An empty folder in which a job's files are written. What an attempt before this one left is removed. */
  draft: (printJobId: string) => Promise<string>
  /** Makes a draft the job's files, in place of any before. */
  keep: (printJobId: string, draft: string) => Promise<void>
  /** Removes a draft that nobody wants any more. */
  discard: (draft: string) => Promise<void>
  /** Null where the file is not there any more. */
  read: (printJobId: string, name: string) => Promise<ReadStream | null>
  folderOf: (printJobId: string) => string
  /** Removes a job's files, drafts included. */
  remove: (printJobId: string) => Promise<void>
}

const DRAFT = '.draft-'
/** What files of a print job are called: nothing else is read, whatever is asked for. */
const NAME = /^[a-z0-9-]{1,60}\.(?:pdf|csv)$/

export function openLetterShelf(home: string): LetterShelf {
  const shelf = path.join(home, 'letters')
  const folderOf = (printJobId: string): string => path.join(shelf, printJobId)

  async function removeDrafts(printJobId: string): Promise<void> {
    const names = await readdir(shelf).catch(() => [])
    for (const name of names)
      if (name.startsWith(`${DRAFT}${printJobId}`)) await rm(path.join(shelf, name), { recursive: true, force: true })
  }

  return {
    folderOf,
    async draft(printJobId) {
      await mkdir(shelf, { recursive: true, mode: 0o700 })
      // A folder that was there before keeps its mode otherwise.
      await chmod(shelf, 0o700)
      await removeDrafts(printJobId)
      const draft = path.join(shelf, `${DRAFT}${printJobId}-${newId()}`)
      await mkdir(draft, { mode: 0o700 })
      return draft
    },
    async keep(printJobId, draft) {
      await rm(folderOf(printJobId), { recursive: true, force: true })
      await rename(draft, folderOf(printJobId))
      const folder = await open(shelf)
      await folder.sync().finally(() => folder.close())
    },
    async discard(draft) {
      await rm(draft, { recursive: true, force: true })
    },
    async read(printJobId, name) {
      if (!NAME.test(name) || !/^[0-9a-f-]{36}$/.test(printJobId)) return null
      const file = path.join(folderOf(printJobId), name)
      const there = await stat(file).then(() => true, () => false) // prettier-ignore
      return there ? createReadStream(file) : null
    },
    async remove(printJobId) {
      await removeDrafts(printJobId)
      await rm(folderOf(printJobId), { recursive: true, force: true })
    },
  }
}
