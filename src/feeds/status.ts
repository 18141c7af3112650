/** How each feed is doing: its last import, what it brought, and what was wrong with it. */
import type { Db } from '../platform/db.ts'
import { AGENCIES, type Agency } from '../recalls/index.ts'
import type { FeedProblem } from './contract.ts'
import { feedHealth, type AgencyHealth } from './health.ts'
import { newestPublished } from './queries-health.ts'
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

/** What was taken in of an agency, by pull or by file, and how it is heard; each null where there is nothing of it. */
export type FeedOverview = {
  agency: Agency
  last: FeedStatus | null
  health: AgencyHealth | null
  /** Of its newest recall, `YYYY-MM-DD`, however it came in. */
  newestPublishedOn: string | null
}

/** Every agency that was ever taken in or asked, by name. */
export async function feedOverview(db: Db, at: Date): Promise<FeedOverview[]> {
  const [statuses, healths, newest] = [await feedStatus(db), await feedHealth(db, at), await newestPublished(db)]
  return AGENCIES.toSorted()
    .map((agency) => ({
      agency,
      last: statuses.find((each) => each.agency === agency) ?? null,
      health: healths.find((each) => each.agency === agency) ?? null,
      newestPublishedOn: newest.get(agency) ?? null,
    }))
    .filter(({ last, health }) => last !== null || health !== null)
}
