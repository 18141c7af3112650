/** How each feed is doing: its last import, what it brought, and what was wrong with it. */
import type { Db } from '../platform/db.ts'
import type { FeedProblem } from './contract.ts'
import { countDocuments, importErrors, lastImports, type LastImport } from './queries.ts'

export type FeedStatus = LastImport & {
  /** Documents kept of this agency, from all imports. */
  documents: number
  /** The first problems of the last import. */
  problems: FeedProblem[]
}

const PROBLEMS_SHOWN = 20

/** One entry per agency that was ever imported. */
export async function feedStatus(db: Db): Promise<FeedStatus[]> {
  const statuses: FeedStatus[] = []
  for (const last of await lastImports(db)) {
    const documents = await countDocuments(db, last.agency)
    statuses.push({ ...last, documents, problems: await importErrors(db, last.importId, PROBLEMS_SHOWN) })
  }
  return statuses
}
