/** What follows when recalls came in: every listing is screened against them, and the open campaigns take up what is theirs. */
import { sweepCampaigns, type CampaignCounts } from './campaigns/index.ts'
import { importsOwed, markFollowedUp } from './feeds/index.ts'
import { screenAll, type Progress, type ScreenCounts } from './matching/index.ts'
import type { Database } from './platform/db.ts'
import type { Enqueue } from './platform/jobs.ts'
import { proposeLinks } from './recalls/index.ts'

export type FollowUp = { screened: ScreenCounts; swept: Record<string, CampaignCounts> }

/**
 * Screens all listings against all recalls, sweeps every campaign, proposes which recalls of several agencies are one, and only then counts the imports up to now as followed up: a process
 * that dies in between leaves that owed, and the next follow-up does it.
 */
export async function followUp(
  deps: { database: Database; enqueue: Enqueue },
  order: { at: Date; actor: string; onProgress?: Progress },
): Promise<FollowUp> {
  const { at, actor, onProgress } = order
  const owed = await importsOwed(deps.database.db)
  const screened = await screenAll(deps.database, { at, ...(onProgress === undefined ? {} : { onProgress }) })
  const swept = await sweepCampaigns(deps, { actor, at })
  await proposeLinks(deps.database, { at })
  await markFollowedUp(deps.database.db, owed, at)
  return { screened, swept }
}
